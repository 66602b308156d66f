"""Ngày xem: the day a page is asked about. The address carries it (`?ngay=2022-12-31`); people read and type dd/mm/yyyy.

No parameter means today in Việt Nam. A day typed wrongly is said so, and the page shows today.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from ntm.domain.official.dates import parse_date

PARAMETER = "ngay"
EARLIEST = date(1945, 9, 2)
LATEST = date(2100, 12, 31)


@dataclass(frozen=True)
class AskedDay:
    """Ngày xem: the day, today beside it, and what was wrong with the day typed, if anything."""

    on: date
    today: date
    complaint: str | None = None
    typed: str | None = None  # the words as typed, where the address should be written anew
    demonstration: bool = False  # `today` is the demonstration day of the office, not the clock's

    @property
    def is_today(self) -> bool:
        return self.on == self.today

    @property
    def state(self) -> str:
        """past, today or future: how the head of the page is tinted."""
        if self.on < self.today:
            return "past"
        return "future" if self.on > self.today else "today"

    @property
    def query(self) -> str:
        """What a link must carry: `?ngay=2022-12-31`, or nothing for today."""
        return "" if self.is_today else "?" + urlencode({PARAMETER: self.on.isoformat()})

    def landmarks(self) -> list[date]:
        """Days that offices often ask for: today, the last quarter ends and the ends of the last years."""
        ends = [quarter_end(self.today, back) for back in range(1, 5)]
        years = [date(self.today.year - back, 12, 31) for back in range(1, 6)]
        return [self.today, *sorted({*ends, *years}, reverse=True)]


def quarter_end(today: date, back: int) -> date:
    """The last day of the quarter that ended `back` quarters ago."""
    first_of_quarter = (today.year * 4 + (today.month - 1) // 3) - back + 1
    year, quarter = divmod(first_of_quarter, 4)
    return date(year, quarter * 3 + 1, 1) - timedelta(days=1)


def today() -> date:
    """Hôm nay: today in Việt Nam. The one place where the desk asks the clock for a day."""
    return timezone.localdate()


def asked(request: HttpRequest) -> AskedDay:
    """Ngày xem của trang: the asked day of a request, worked out once."""
    known = getattr(request, "_asked_day", None)
    if known is None:
        shown = getattr(request, "_demonstration_day", None)
        known = _read(request.GET.get(PARAMETER, "").strip(), shown or today())
        known = replace(known, demonstration=shown is not None)
        request._asked_day = known  # type: ignore[attr-defined]
    return known


def asked_day(request: HttpRequest) -> date:
    """The day that queries are to be asked with."""
    return asked(request).on


def _read(text: str, now: date) -> AskedDay:
    if not text:
        return AskedDay(now, now)
    try:
        day = date.fromisoformat(text)
        typed = None
    except ValueError:
        try:
            day = parse_date(text)
        except ValueError as error:
            return AskedDay(now, now, complaint=str(error))
        typed = text
    if not EARLIEST <= day <= LATEST:
        return AskedDay(
            now,
            now,
            complaint=gettext("Ngày “%(text)s” ở ngoài khoảng từ 02/9/1945 đến 31/12/2100.") % {"text": text[:40]},
        )
    return AskedDay(day, now, typed=typed)
