"""Địa bàn của tiền: the unit, budget year and scope of a page of money, worked out once; refusals as sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from ntm.domain import funds
from ntm.faces.desk import day
from ntm.faces.desk.access import actor, page
from ntm.faces.desk.pages import Crumb, Tab, show
from ntm.faces.desk.rooms.units import words
from ntm.faces.desk.rooms.units.choosing import Filter
from ntm.records.archive.services import FileMissing
from ntm.records.funding.queries.areas import Scope
from ntm.records.people.authority import Actor
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel, UnitNotFound

__all__ = ["LAST", "ROOM", "UNIT", "YEAR", "NotHere", "Place", "funding_page", "number_in", "place_of", "stopped"]

ROOM, UNIT, YEAR, LAST, SCOPE = "funding", "don-vi", "nam", "den-nam", "pham-vi"
View = Callable[..., HttpResponse]


class NotHere(LookupError):
    """Không có: works, entry or file that is not there."""


@dataclass(frozen=True)
class Place:
    """Địa bàn, năm ngân sách, and who looks; label is None for the country."""

    who: Actor
    label: UnitLabel | None
    year: int
    last: int
    scope: Scope
    asked: day.AskedDay

    @property
    def on(self) -> date:
        return self.asked.on

    @property
    def unit_id(self) -> int | None:
        return self.label.id if self.label else None

    @property
    def title(self) -> str:
        return words.capital(self.label.title) if self.label else gettext("Cả nước")

    @property
    def years(self) -> str:
        """ "năm 2023", "giai đoạn 2021-2025"."""
        if self.last == self.year:
            return gettext("năm %(year)s") % {"year": self.year}
        return gettext("giai đoạn %(first)s-%(last)s") % {"first": self.year, "last": self.last}

    def query(self, **more: object) -> str:
        """What every address of the room keeps."""
        kept: dict[str, object] = {} if self.asked.is_today else {day.PARAMETER: self.on.isoformat()}
        kept |= {UNIT: self.unit_id or "ca-nuoc", YEAR: self.year}
        if self.last != self.year:
            kept[LAST] = self.last
        if self.scope is Scope.OWN:
            kept[SCOPE] = "rieng"
        kept |= {name: value for name, value in more.items() if value is not None}
        return "?" + urlencode(kept)

    def url(self, name: str, *args: object, **more: object) -> str:
        """An address of this room that keeps unit, year, scope and day."""
        return reverse(f"desk:{name}", args=args) + self.query(**more)

    def unit_url(self, unit_id: int, name: str = "funding") -> str:
        """The same page of another unit."""
        return self.url(name, **{UNIT: unit_id})

    def may(self, action: str) -> bool:
        """For showing a button; the service asks again, on the entry's day."""
        return self.label is not None and self.who.allows(action, self.label.id, on=self.on)

    def tabs(self, here: str) -> tuple[Tab, ...]:
        """Các mặt của tiền ở một địa bàn."""
        faces = [
            ("funding", gettext("Cân đối")),
            ("funding_sources", gettext("Nguồn và sử dụng")),
            ("funding_pace", gettext("Giải ngân")),
            ("works", gettext("Công trình")),
            ("debts", gettext("Nợ đọng")),
        ]
        if self.label is not None:
            faces.append(("contributions", gettext("Đóng góp")))
            faces.append(("funding_books", gettext("Sổ bút toán")))
            faces.append(("proposals", gettext("Đề xuất phân bổ")))
        return tuple(Tab(label, self.url(name), here=name == here) for name, label in faces)

    def crumbs(self, *more: Crumb) -> tuple[Crumb, ...]:
        """Country, upper units, the unit: each opens its own balance, where this office may read it."""
        found = [Crumb(gettext("Nguồn lực"), reverse("desk:funding") + self.asked.query)]
        if self.label is not None:
            for one in reversed(self.label.ancestors):
                open_ = self.who.allows("money.read", one.id, on=self.on)
                found.append(Crumb(words.capital(one.title), self.unit_url(one.id) if open_ else None))
        found.append(Crumb(self.title, self.url("funding") if more else None))
        return (*found, *more)

    def filters(self, *more: Filter, medium: bool = True, scope: bool = True) -> list[Filter]:
        """Năm, trung hạn, phạm vi."""
        years = tuple((str(year), str(year)) for year in known_years())
        found = [Filter(YEAR, gettext("Năm ngân sách"), str(self.year), years)]
        if medium:
            lasts = (("", gettext("chỉ một năm")), *(one for one in years if int(one[0]) > self.year))
            found.append(Filter(LAST, gettext("Đến năm"), str(self.last) if self.last != self.year else "", lasts))
        if scope and self.label is not None and self.label.level != "thon":
            options = (("", gettext("cả địa bàn")), ("rieng", gettext("riêng đơn vị này")))
            found.append(Filter(SCOPE, gettext("Cộng"), "rieng" if self.scope is Scope.OWN else "", options))
        return [*found, *more]


def known_years() -> range:
    """Các năm ngân sách có danh mục nguồn vốn."""
    periods = funds.catalogue().periods
    return range(periods[0].start.year, periods[-1].end.year)


def place_of(request: HttpRequest, action: str = "money.read", unit_id: int | None = None) -> Place:
    """Địa bàn được hỏi: of the address, else the office's own; the office must be allowed to read its money."""
    who, asked = actor(request), day.asked(request)
    label = _label(request, who, unit_id, asked.on)
    who.require(action, label.id if label else None, on=asked.on)
    years = known_years()
    year = number_in(request, YEAR, min(max(asked.on.year, years[0]), years[-1]))
    last = number_in(request, LAST, year)
    if year not in years or last not in years:
        raise ValueError(gettext("Năm ngân sách từ %(first)s đến %(last)s.") % {"first": years[0], "last": years[-1]})
    scope = Scope.OWN if request.GET.get(SCOPE) == "rieng" and label else Scope.AREA
    return Place(who, label, year, max(year, last), scope, asked)


def _label(request: HttpRequest, who: Actor, unit_id: int | None, on: date) -> UnitLabel | None:
    if unit_id is None:
        typed = request.GET.get(UNIT)
        if typed in ("", "ca-nuoc"):
            return None
        unit_id = number_in(request, UNIT, who.unit_id or 0) or None
    return units.label(unit_id, on) if unit_id is not None else None


def number_in(request: HttpRequest, name: str, usual: int) -> int:
    """A whole number of the address."""
    typed = request.GET.get(name, "").strip()
    if not typed:
        return usual
    if not (typed.isascii() and typed.isdigit() and len(typed) < 18):
        raise ValueError(gettext("“%(typed)s” trong địa chỉ không phải một số.") % {"typed": typed[:40]})
    return int(typed)


def stopped(request: HttpRequest, sentence: str, status: int = 422) -> HttpResponse:
    """Một trang chỉ có câu từ chối."""
    return show(request, "desk/funding/stopped.html", {"sentence": sentence}, room=ROOM, status=status)


def funding_page(view: View) -> View:
    """Trang có câu từ chối: 404 where nothing is, 422 where a rule says no, 403 from the shell."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (UnitNotFound, FileMissing, NotHere) as reason:
            return stopped(request, str(reason), 404)
        except (ValueError, funds.UnknownSource) as reason:
            return stopped(request, str(reason))

    return page(wrapped)
