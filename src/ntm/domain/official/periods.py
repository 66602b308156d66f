"""Kỳ, giai đoạn: month, quarter, half-year, year, phase; calendar and administrative (a year runs 15/12 to 14/12)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ntm.domain.official.dates import DateError, month_end
from ntm.domain.official.numbers import parse_roman, write_roman
from ntm.domain.official.text import flat, nfc

__all__ = ["FoundPeriod", "Period", "PeriodKind", "find_periods", "parse_period", "write_period"]

PeriodKind = Literal["month", "quarter", "half", "nine_months", "year", "phase"]

_QUARTER = r"qu[yi]\s{0,2}(?P<q>[1-4]|iv|i{1,3})(?:\s?/\s?|\s{1,2}nam\s{1,2}|\s{1,2})(?P<qy>[0-9]{4})"
_MONTH = r"(?:thang\s{0,2})?(?P<m>[0-9]{1,2})\s?/\s?(?P<my>[0-9]{4})"
_MONTH += r"|thang\s{0,2}(?P<nm>[0-9]{1,2})\s{1,2}nam\s{1,2}(?P<ny>[0-9]{4})"
_HALF = r"(?P<h>0?6|0?9|sau|chin)\s{0,2}thang\s{1,2}(?P<part>dau|cuoi)(?:\s{1,2}nam)?\s{1,2}(?P<hy>[0-9]{4})"
_PHASE = r"(?:(?P<word>giai doan|nhiem ky|thoi ky)\s{1,2})?(?P<a>[0-9]{4})\s?-\s?(?P<b>[0-9]{4})"
_YEAR = r"(?:nam\s{1,2})?(?P<y>[0-9]{4})"
_WHOLE = re.compile(rf"(?:{_HALF}|{_QUARTER}|{_MONTH}|{_PHASE}|{_YEAR})(?![0-9/])")
_IN_SENTENCE = re.compile(
    rf"(?<![0-9/.a-z])(?:{_HALF}|{_QUARTER}|{_PHASE}|nam\s{{1,2}}(?P<y>[0-9]{{4}}))(?![0-9/])(?!-[0-9])"
)


@dataclass(frozen=True, order=True)
class Period:
    """Kỳ: both ends belong to it. `number` is the month, quarter or half; `administrative` closes on day 14."""

    year: int
    kind: PeriodKind
    number: int = 1
    last_year: int | None = None
    administrative: bool = False

    def __post_init__(self) -> None:
        highest = {"month": 12, "quarter": 4, "half": 2}.get(self.kind, 1)
        if not 1 <= self.number <= highest:
            raise DateError(f"Kỳ không hợp lệ: số {self.number}, chỉ có từ 1 đến {highest}.")
        if not (1900 <= self.year <= 2199 and self.year <= (self.last_year or self.year) <= 2199):
            raise DateError(f"Kỳ không hợp lệ: năm {self.year} đến {self.last_year or self.year}.")

    @property
    def months(self) -> tuple[int, int]:
        """The first and the last month."""
        size = {"month": 1, "quarter": 3, "half": 6, "nine_months": 9}.get(self.kind, 12)
        return (self.number - 1) * size + 1, self.number * size

    @property
    def start(self) -> date:
        """Ngày đầu kỳ. Administrative: day 15 of the month before (Nghị định 09/2019/NĐ-CP, điều 12)."""
        first = date(self.year, self.months[0], 1)
        return (first - timedelta(days=1)).replace(day=15) if self.administrative else first

    @property
    def end(self) -> date:
        """Ngày cuối kỳ, still inside it. Administrative: day 14 of the last month."""
        year, month = self.last_year or self.year, self.months[1]
        return date(year, month, 14) if self.administrative else month_end(year, month)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __str__(self) -> str:
        return write_period(self)


@dataclass(frozen=True)
class FoundPeriod:
    """Kỳ trong câu: the period, its words and their place."""

    period: Period
    text: str
    start: int
    end: int


def parse_period(text: str, *, administrative: bool = False) -> Period:
    """Đọc kỳ: "tháng 12/2022", "quý I năm 2018", "6 tháng đầu năm 2020", "năm 2018", "giai đoạn 2016 - 2020"."""
    shown = " ".join(nfc(text).split())
    found = _WHOLE.fullmatch(flat(shown)) if len(shown) <= 80 else None
    if found is None:
        raise DateError(
            f"“{shown[:40]}” không phải một kỳ; hãy viết như tháng 12/2022, quý I/2023, "
            "6 tháng đầu năm 2023, năm 2023, giai đoạn 2021 - 2025."
        )
    return _period(found, administrative)


def _period(found: re.Match[str], administrative: bool) -> Period:
    got = found.groupdict()
    if got["h"]:
        if got["h"] in ("9", "09", "chin"):
            if got["part"] == "cuoi":
                raise DateError("Không có kỳ “9 tháng cuối năm”; hãy viết 9 tháng đầu năm hoặc 6 tháng cuối năm.")
            return Period(int(got["hy"]), "nine_months", administrative=administrative)
        return Period(int(got["hy"]), "half", 1 if got["part"] == "dau" else 2, administrative=administrative)
    if got["q"]:
        number = int(got["q"]) if got["q"].isdigit() else parse_roman(got["q"])
        return Period(int(got["qy"]), "quarter", number, administrative=administrative)
    if got.get("m") or got.get("nm"):
        return Period(int(got["my"] or got["ny"]), "month", int(got["m"] or got["nm"]), administrative=administrative)
    if got["a"]:
        return Period(int(got["a"]), "phase", last_year=int(got["b"]), administrative=administrative)
    return Period(int(got["y"]), "year", administrative=administrative)


def write_period(period: Period) -> str:
    """Viết kỳ: "quý I/2020", "tháng 12/2022", "giai đoạn 2016 - 2020"; parse_period reads it back."""
    year = period.year
    match period.kind:
        case "month":
            return f"tháng {period.number:02d}/{year}" if period.number < 3 else f"tháng {period.number}/{year}"
        case "quarter":
            return f"quý {write_roman(period.number)}/{year}"
        case "half":
            return f"6 tháng {'đầu' if period.number == 1 else 'cuối'} năm {year}"
        case "nine_months":
            return f"9 tháng đầu năm {year}"
        case "phase":
            return f"giai đoạn {year} - {period.last_year}"
        case _:
            return f"năm {year}"


def find_periods(text: str) -> Iterator[FoundPeriod]:
    """Tìm kỳ trong câu: phases, quarters, half-years and years; those that cannot be are left out."""
    for found in _IN_SENTENCE.finditer(flat(text)):
        try:
            period = _period(found, administrative=False)
        except DateError:
            continue
        yield FoundPeriod(period, text[found.start() : found.end()], found.start(), found.end())
