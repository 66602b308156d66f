"""Sửa mục: how a field is written for a person, and how what a person typed becomes a value again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ntm.domain.official.dates import parse_date, write_date
from ntm.domain.official.money import parse_money, write_money
from ntm.domain.official.numbers import parse_number, write_number
from ntm.domain.official.text import nfc
from ntm.records.archive.documents.shape import Field, fields_of
from ntm.records.archive.models import ReadItem

LONGEST = 4000
_TY, _TRIEU = 1_000_000_000, 1_000_000
MOST_MONEY = 10**18  # a million tỷ: more is a slip of the hand


class Unreadable(ValueError):
    """Ô gõ chưa đọc được: a sentence a field."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        super().__init__(" ".join(sentences.values()))
        self.sentences = dict(sentences)


def current(item: ReadItem, corrected: Mapping[str, Any] | None) -> dict[str, Any]:
    """The value of an item with what a person corrected in it."""
    return {**item.value, **(corrected or {})}


def written(field: Field, value: Any) -> str:
    """A field's value as a person writes it: 1.234,5; 13,3 tỷ đồng; 30/9/2026; lists by line or comma."""
    if value in (None, "", []):
        return ""
    try:
        return _written(field, value)
    except (ValueError, ArithmeticError, TypeError):
        return str(value)


def _written(field: Field, value: Any) -> str:
    if field.form == "number":
        return write_number(Decimal(str(value)))
    if field.form == "money":
        return money_words(int(value))
    if field.form == "day":
        return write_date(date.fromisoformat(str(value))) if len(str(value)) == 10 else str(value)
    if field.form == "lines":
        return "\n".join(str(one) for one in value)
    if field.form in ("names", "whole_list"):
        return ", ".join(str(one) for one in value)
    return str(value)


def money_words(amount: int) -> str:
    """An amount in the measure that people use for its size."""
    size = abs(amount)
    return write_money(amount, "tỷ" if size >= _TY else "triệu" if size >= _TRIEU else "đồng")


def shown(field: Field, value: Any) -> str:
    """The same for reading: a choice in its words."""
    if field.form == "choice":
        return str(dict(field.choices).get(value or "", value or ""))
    return written(field, value)


def corrected(item: ReadItem, typed: Mapping[str, str]) -> dict[str, Any]:
    """Only the fields whose value differs from what was read; raises Unreadable with a sentence a field."""
    changed: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for field in fields_of(item.section, item.key):
        if field.name not in typed:
            continue
        text = nfc(typed[field.name].replace("\r\n", "\n")).strip()
        if text == written(field, item.value.get(field.name)).strip():
            continue
        try:
            value = _parsed(field, text)
        except ValueError as reason:
            wrong[field.name] = f"{field.label}: {reason}"
            continue
        if value != item.value.get(field.name):
            changed[field.name] = value
    if wrong:
        raise Unreadable(wrong)
    return changed


def _parsed(field: Field, text: str) -> Any:
    if len(text) > LONGEST:
        raise ValueError(_("dài quá %(most)s chữ: viết gọn lại.") % {"most": LONGEST})
    if field.form == "choice":
        if text not in dict(field.choices):
            raise ValueError(_("chọn một trong các giá trị có sẵn."))
        return text or None
    if not text:
        return [] if field.form in ("lines", "names", "whole_list") else None
    if field.form == "lines":
        return [line.strip() for line in text.split("\n") if line.strip()]
    if field.form == "names":
        return [name.strip() for name in text.replace("\n", ",").replace(";", ",").split(",") if name.strip()]
    if field.form == "whole_list":
        return [_whole(part) for part in text.replace(";", ",").split(",") if part.strip()]
    if field.form == "whole":
        return _whole(text)
    if field.form == "number":
        return _exact(parse_number(text))
    if field.form == "money":
        return _money(text)
    if field.form == "day":
        return parse_date(text).isoformat()
    return " ".join(text.split()) if field.form == "text" else text


def _whole(text: str) -> int:
    number = parse_number(text.strip())
    if number != number.to_integral_value() or not 0 <= number < 10**9:
        raise ValueError(_("“%(text)s” không phải số nguyên.") % {"text": text.strip()})
    return int(number)


def _exact(number: Decimal) -> int | str:
    return int(number) if number == number.to_integral_value() else str(number.normalize())


def _money(text: str) -> int:
    amount = parse_money(text)
    if abs(amount) > MOST_MONEY:
        raise ValueError(_("số tiền quá lớn, xem lại đơn vị tính."))
    return amount
