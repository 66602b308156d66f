"""Lời của thể thức: number and symbol, place and date, "(Kèm theo …)", lists with their stops, as decree 30/2020 asks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from ntm.domain.official.dates import PartialDate, write_date
from ntm.domain.official.money import Measure, write_amount
from ntm.domain.official.numbers import write_number, write_roman

from .content import Cell, Column, Letterhead

BLANK = "\u00a0" * 5  # room for a number or a day that is written by hand
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def clean(text: str) -> str:
    """Chữ ghi được vào tệp: letters that XML has no place for are left out."""
    return _BAD.sub("", text)


def number_text(number: str) -> str:
    """Số văn bản: "7" -> "07"; a blank stays room to write in."""
    number = number.strip()
    return number.zfill(2) if number.isdigit() else number


def number_line(header: Letterhead) -> str:
    """Số, ký hiệu: "Số: 15/KH-UBND"."""
    number = number_text(header.number) or BLANK
    return f"Số: {number}/{header.symbol.strip().lstrip('/')}" if header.symbol.strip() else f"Số: {number}"


def date_words(day: date | PartialDate | None, *, short: bool = False) -> str:
    """Ngày: "ngày 30 tháng 01 năm 2018"; what is not known is left blank; `short` writes "ngày 30/01/2018" when whole."""
    if isinstance(day, PartialDate):
        whole = day.full
        if whole is None:
            month = f"{day.month:02d}" if day.month and day.month < 3 else str(day.month or BLANK)
            return f"ngày {BLANK} tháng {month} năm {day.year}"
        day = whole
    if day is None:
        return f"ngày {BLANK} tháng {BLANK} năm {BLANK}"
    return f"ngày {write_date(day)}" if short else write_date(day, words=True)


def place_line(header: Letterhead) -> str:
    """Địa danh và thời gian: "Văn Quan, ngày 30 tháng 01 năm 2018"."""
    return f"{header.place.strip()}, {date_words(header.date)}"


def attached_sentence(kind: str, header: Letterhead) -> str:
    """Chỉ dẫn của phụ lục: "(Kèm theo Kế hoạch số 15/KH-UBND ngày 30 tháng 01 năm 2018 của UBND huyện Văn Quan)"."""
    number = number_line(header).removeprefix("Số: ")
    by = f" của {header.issuer_words.strip()}" if header.issuer_words.strip() else ""
    return f"(Kèm theo {kind} số {number} {date_words(header.date)}{by})"


def with_stop(text: str, stop: str) -> str:
    """The words with that stop at their end and no other."""
    return text.strip().rstrip(";.,").rstrip() + stop


def list_with_stops(items: Sequence[str]) -> list[str]:
    """Mỗi dòng một mục: ";" at the end of each, "." at the last."""
    last = len(items) - 1
    return [with_stop(item, "." if at == last else ";") for at, item in enumerate(items)]


def recipient_lines(recipients: Sequence[str]) -> list[str]:
    """Nơi nhận: "- X;" a line, the last "- Lưu: VT, … ." """
    return [f"- {line}" for line in list_with_stops([item.strip().lstrip("-– ") for item in recipients])]


def count(value: int) -> str:
    """Số lượng: under ten with a 0 before it."""
    return f"{value:02d}" if 0 <= value < 10 else write_number(Decimal(value))


def next_label(depth: int, place: int) -> str:
    """Số mục: Roman for the first depth, Arabic for the second."""
    return f"{write_roman(place)}." if depth == 1 else f"{place}."


def cell_text(cell: Cell, column: Column) -> str:
    """Ô của bảng bằng chữ."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    return write_number(Decimal(cell), column.places)


def money_cell(amount: int | None, measure: Measure) -> Decimal | None:
    """Số tiền (đồng) theo đơn vị tính của bảng, exact."""
    if amount is None:
        return None
    scale = {"đồng": 0, "nghìn": 3, "triệu": 6, "tỷ": 9}[measure]
    value = Decimal(amount).scaleb(-scale)
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()


def money_words(amount: int, measure: Measure) -> str:
    """Số tiền trong câu."""
    return f"{write_amount(amount, measure)} {'đồng' if measure == 'đồng' else measure + ' đồng'}"
