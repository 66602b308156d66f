"""Ngày tháng: "ngày 30 tháng 01 năm 2018", "30/9/2026", month only, year only; read and written."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ntm.domain.official.text import flat, nfc

__all__ = [
    "DateError",
    "FoundDate",
    "PartialDate",
    "find_dates",
    "month_end",
    "parse_date",
    "parse_partial_date",
    "write_date",
    "write_partial_date",
]

_SEP = r"\s?[/.-]\s?"
_NUMERIC = r"(?P<d>[0-9]{1,2})\s?(?P<sep>[/.-])\s?(?P<m>[0-9]{1,2})\s?(?P=sep)\s?(?P<y>[0-9]{4})(?![0-9])"
_WORDS = r"ngay\s{0,3}(?P<wd>[0-9]{1,2})\s{0,3}thang\s{0,3}(?P<wm>[0-9]{1,2})\s{0,3}nam\s{0,3}(?P<wy>[0-9]{4})(?![0-9])"
_MONTH = r"(?:thang\s{0,3})?(?P<mm>[0-9]{1,2})\s?/\s?(?P<my>[0-9]{4})(?![0-9/])"
_MONTH_WORDS = r"thang\s{0,3}(?P<nm>[0-9]{1,2})\s{0,3}nam\s{0,3}(?P<ny>[0-9]{4})(?![0-9])"
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_FULL = re.compile(rf"(?:ngay\s{{0,3}})?{_NUMERIC}|{_WORDS}")
_PARTIAL = re.compile(rf"{_MONTH}|{_MONTH_WORDS}|(?:nam\s{{0,3}})?(?P<yy>[0-9]{{4}})(?![0-9/])")
_FIND = re.compile(rf"(?<![0-9/.])(?:(?:ngay\s{{0,3}})?{_NUMERIC}|{_WORDS}|{_MONTH}|{_MONTH_WORDS})")
_BLANK_DAY = re.compile(r"(?:ngay)[\s.…_]{0,40}thang[\s.…_]{0,40}[0-9]{0,2}[\s.…_]{0,40}nam\s{0,3}[0-9]{4}")


class DateError(ValueError):
    """Ngày tháng không đọc được: says what is wrong and how to write it."""


@dataclass(frozen=True, order=True)
class PartialDate:
    """Ngày tháng có thể thiếu: a year, perhaps its month, perhaps its day; `first` and `last` bound it."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def first(self) -> date:
        """The first day it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def full(self) -> date | None:
        """The date when the day is known, else None: nothing is invented."""
        return self.first if self.month and self.day else None


@dataclass(frozen=True)
class FoundDate:
    """Ngày tháng trong câu: the date as far as it is said, its words and their place."""

    when: PartialDate
    text: str
    start: int
    end: int


def month_end(year: int, month: int) -> date:
    """Ngày cuối tháng."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _build(year: int, month: int, day: int, text: str) -> date:
    if not 1900 <= year <= 2199:
        raise DateError(f"“{text}”: năm {year} không hợp lệ; năm viết đủ bốn chữ số, từ 1900 đến 2199.")
    if not 1 <= month <= 12:
        raise DateError(f"“{text}”: không có tháng {month}; hãy viết ngày/tháng/năm, ví dụ 30/9/2026.")
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise DateError(f"“{text}”: tháng {month:02d} năm {year} chỉ có {days} ngày, không có ngày {day}.")
    return date(year, month, day)


def parse_date(text: str) -> date:
    """Đọc ngày: "ngày 30 tháng 01 năm 2018", "30/9/2026", "30-9-2026", "2026-09-30"; a blank day is refused."""
    shown = " ".join(nfc(text).split())
    if len(shown) > 80:
        raise DateError(f"“{shown[:30]}…” quá dài, không phải một ngày tháng.")
    words = flat(shown)
    if iso := _ISO.fullmatch(words):
        return _build(int(iso[1]), int(iso[2]), int(iso[3]), shown)
    if found := _FULL.fullmatch(words):
        year, month, day = (int(found[a] or found[b]) for a, b in (("y", "wy"), ("m", "wm"), ("d", "wd")))
        return _build(year, month, day, shown)
    raise _why(shown, words)


def _why(shown: str, words: str) -> DateError:
    if not words:
        return DateError("Chưa có ngày tháng; hãy viết như 30/9/2026.")
    if _BLANK_DAY.search(words):
        return DateError(f"“{shown}” còn để trống ngày hoặc tháng; hãy ghi đủ ngày, tháng, năm.")
    if _PARTIAL.fullmatch(words):
        return DateError(f"“{shown}” chưa có ngày; hãy ghi đủ ngày, tháng, năm như 30/9/2026.")
    if re.fullmatch(rf"[0-9]{{1,2}}{_SEP}[0-9]{{1,2}}", words):
        return DateError(f"“{shown}” chưa có năm; hãy ghi đủ ngày, tháng, năm như 30/9/2026.")
    if re.fullmatch(rf"[0-9]{{1,2}}{_SEP}[0-9]{{1,2}}{_SEP}[0-9]{{2,3}}", words):
        return DateError(f"“{shown}”: năm phải viết đủ bốn chữ số, ví dụ 30/9/2026.")
    return DateError(f"“{shown}” không phải ngày tháng; hãy viết như 30/9/2026 hoặc ngày 30 tháng 9 năm 2026.")


def parse_partial_date(text: str) -> PartialDate:
    """Đọc ngày tháng có thể thiếu: "12/2022", "tháng 12 năm 2022", "năm 2022", or a whole date."""
    shown = " ".join(nfc(text).split())
    found = _PARTIAL.fullmatch(flat(shown)) if len(shown) <= 80 else None
    if found is None:
        whole = parse_date(text)
        return PartialDate(whole.year, whole.month, whole.day)
    month = found["mm"] or found["nm"]
    year = int(found["my"] or found["ny"] or found["yy"])
    _build(year, int(month or 1), 1, shown)
    return PartialDate(year, int(month) if month else None)


def _padded(number: int, below: int) -> str:
    return f"{number:02d}" if number < below else str(number)


def write_date(day: date, *, words: bool = False) -> str:
    """Viết ngày (Nghị định 30/2020/NĐ-CP: a 0 before days under 10 and months 1 and 2): "08/3/2022"."""
    d, m = _padded(day.day, 10), _padded(day.month, 3)
    return f"ngày {d} tháng {m} năm {day.year}" if words else f"{d}/{m}/{day.year}"


def write_partial_date(when: PartialDate) -> str:
    """Viết ngày tháng có thể thiếu: "30/9/2026", "tháng 12/2022", "năm 2022"."""
    if full := when.full:
        return write_date(full)
    return f"tháng {_padded(when.month, 3)}/{when.year}" if when.month else f"năm {when.year}"


def find_dates(text: str) -> Iterator[FoundDate]:
    """Tìm ngày tháng trong câu (whole dates and month/year); impossible ones such as 31/02/2020 are left out."""
    for found in _FIND.finditer(flat(text)):
        parts = {key: int(value) for key, value in found.groupdict().items() if value and key != "sep"}
        year = parts.get("y") or parts.get("wy") or parts.get("my") or parts["ny"]
        month = parts.get("m") or parts.get("wm") or parts.get("mm") or parts.get("nm", 0)
        day = parts.get("d") or parts.get("wd")
        shown = text[found.start() : found.end()]
        try:
            _build(year, month, day or 1, shown)
        except DateError:
            continue
        yield FoundDate(PartialDate(year, month, day), shown, found.start(), found.end())
