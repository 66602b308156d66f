"""Ô như tệp giữ: what a cell's value alone does not tell, and how its forms, days and references are read."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

__all__ = ["LONGEST", "RawCell", "Sheet", "SheetBroken", "day_of", "form_of", "place_of", "plain"]

LONGEST = 2_000  # characters kept of one text
_MOST_DIGITS = 30
_PERCENT_FORMS = frozenset({9, 10})
_DAY_FORMS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


class SheetBroken(ValueError):
    """Gói hỏng: what is inside is not a workbook as the format has it."""


@dataclass(frozen=True, slots=True)
class RawCell:
    """Một ô: kind is text, number, bool, error, day or formula; `text` is what it shows, a number with its point."""

    kind: str
    text: str
    percent: bool = False
    day: date | None = None

    @property
    def number(self) -> Decimal | None:
        """As a person reads it: the fifteen digits that Excel itself shows; percent as percent."""
        if self.kind != "number":
            return None
        try:
            value = Decimal(format(Decimal(self.text), ".15g"))
        except InvalidOperation:
            return None
        if not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS:
            return None
        value = value * 100 if self.percent else value
        return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


@dataclass(frozen=True)
class Sheet:
    """Một trang: filled cells by (row, column), both from 0; merged areas as (first row, first column, last row, last
    column)."""

    cells: dict[tuple[int, int], RawCell]
    merged: tuple[tuple[int, int, int, int], ...]

    def rows(self) -> dict[int, dict[int, RawCell]]:
        """Filled cells row by row, from the top."""
        found: dict[int, dict[int, RawCell]] = {}
        for row, column in sorted(self.cells):
            found.setdefault(row, {})[column] = self.cells[row, column]
        return found


def plain(text: str) -> str:
    """As a person reads it: composed letters, Excel's escapes undone, no more than anybody types."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text[: LONGEST * 8])
    return unicodedata.normalize("NFC", text[: LONGEST + 1]).replace("\x00", "").strip()


def form_of(number: int, code: str) -> str:
    """What a number form makes of a number."""
    if code:
        bare = _QUOTED.sub("", code.split(";")[0])
        if "%" in bare:
            return "percent"
        return "day" if re.search(r"[dmyhs]", bare, re.IGNORECASE) and bare.lower() != "general" else ""
    return "percent" if number in _PERCENT_FORMS else "day" if number in _DAY_FORMS else ""


def day_of(value: Decimal, since_1904: bool) -> date | None:
    """Ngày of a serial number; None beyond what Excel itself shows as a day."""
    if not 0 <= value < 2_958_466:
        return None
    days = int(value)
    if since_1904:
        return date(1904, 1, 1) + timedelta(days)
    return date(1899, 12, 31) + timedelta(days if days < 60 else days - 1) if days else date(1899, 12, 31)


def place_of(reference: str) -> tuple[int, int]:
    """ "F12" -> (11, 5)."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise SheetBroken(f"{reference}: not a cell")
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1
