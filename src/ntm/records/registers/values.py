"""Giá trị gõ vào: words of a form or a cell -> the value of a field, and back; what is wrong is a sentence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from ntm.domain.official.dates import parse_date, write_date
from ntm.domain.official.money import parse_money, write_money
from ntm.domain.official.numbers import parse_number, write_number
from ntm.domain.official.text import fold, nfc
from ntm.records.registers.catalogue import Field
from ntm.records.registers.refusals import Refused

__all__ = ["check", "read", "write"]

_MOST_COUNT = 10**9
_MOST_MONEY = 10**16
_EARLIEST, _LATEST = date(1945, 9, 2), date(2100, 12, 31)


def read(field: Field, typed: str) -> Any:
    """Đọc một ô; None where nothing was typed."""
    text = nfc(typed).replace("\x00", "").strip()
    if not text:
        return None
    try:
        return check(field, _parse(field, text))
    except Refused:
        raise
    except ValueError as reason:
        raise Refused(str(reason), field.name) from None


def _parse(field: Field, text: str) -> Any:
    if field.kind == "day":
        return parse_date(text)
    if field.kind == "money":
        return parse_money(text, "đồng")
    if field.kind == "count":
        number = parse_number(text) if not (field.name == "year" and text.isdecimal()) else Decimal(text)
        if number != number.to_integral_value():
            raise Refused(f"{field.capital}: “{text[:30]}” phải là số nguyên.", field.name)
        return int(number)
    if field.kind == "decimal":
        return parse_number(text)
    if field.kind == "choice":
        return _choice(field, text)
    return text


def _choice(field: Field, text: str) -> str:
    for value, words in field.choices:
        if text == value or fold(text) == fold(words):
            return value
    told = "; ".join(words for _, words in field.choices)
    raise Refused(f"{field.capital}: “{text[:40]}” không có trong các lựa chọn: {told}.", field.name)


def check(field: Field, value: Any) -> Any:
    """The bounds of a value, whoever gives it."""
    if value is None or value == "":
        return value
    wrong = _wrong(field, value)
    if wrong:
        raise Refused(f"{field.capital}: {wrong}", field.name)
    return value


def _wrong(field: Field, value: Any) -> str:
    if field.kind in ("count", "money"):
        most = _MOST_MONEY if field.kind == "money" else _MOST_COUNT
        if isinstance(value, bool) or not isinstance(value, int):
            return "phải là số nguyên."
        return "không được là số âm." if value < 0 else "lớn quá, kiểm tra lại." if value > most else ""
    if field.kind == "decimal":
        if not isinstance(value, Decimal) or not value.is_finite() or value < 0 or value >= 1000:
            return "phải là số từ 0 đến dưới 1000."
        return "" if value == value.quantize(Decimal("0.01")) else "nhiều nhất hai số lẻ."
    if field.kind == "day":
        if not isinstance(value, date):
            return "phải là ngày."
        return "" if _EARLIEST <= value <= _LATEST else "ngày phải từ 02/9/1945 đến 31/12/2100."
    if not isinstance(value, str):
        return "phải là chữ."
    if field.kind == "choice":
        return "" if value in dict(field.choices) else "không có trong các lựa chọn."
    longest = field.longest or 4000
    return f"dài quá {longest} chữ." if len(value) > longest else ""


def write(field: Field, value: Any) -> str:
    """Viết một ô, as it may be typed again."""
    if value is None or value == "":
        return ""
    if field.kind == "day":
        return write_date(value)
    if field.kind == "money":
        return write_money(value)
    if field.name == "year":
        return str(value)
    if field.kind in ("count", "decimal"):
        return write_number(Decimal(value).normalize() if field.kind == "decimal" else Decimal(value))
    if field.kind == "choice":
        return dict(field.choices).get(value, str(value))
    return str(value)
