"""Con số và cách làm tròn: how exact a written figure is, and when two figures are the same but for rounding."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from ntm.domain.documents.reading.model import MoneyItem
from ntm.domain.official.money import write_money
from ntm.domain.official.numbers import NumberError, parse_number, write_number

_FIGURE = re.compile(r"\d[\d.,\s]*")


def places(words: str) -> int:
    """Digits after the comma: 2 of "16,67"."""
    match = _FIGURE.search(words)
    return len(match[0].strip().rstrip(".,").partition(",")[2]) if match else 0


def figure(text: str) -> Decimal | None:
    """The figure that a cell of a table is, None where it is words or empty."""
    stripped = text.strip().strip("*")
    if not stripped or not any(c.isdigit() for c in stripped):
        return None
    try:
        return parse_number(stripped)
    except NumberError:
        return None


def same(computed: Decimal, stated: Decimal, digits: int) -> bool:
    """Equal when the computed figure is rounded (either way at the half) to the digits of the stated one."""
    step = Decimal(1).scaleb(-digits)
    return abs(computed - stated) <= step / 2


def rounded(value: Decimal, digits: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def plain(value: Decimal, digits: int | None = None) -> str:
    """ "1.234,5" for a sentence; six digits after the comma at the most."""
    return write_number(value if digits is None else rounded(value, digits))


def step(item: MoneyItem) -> int:
    """What the last written digit of the amount is worth, in đồng: 100 million of "17,5 tỷ"."""
    match = _FIGURE.search(item.words)
    if match is None or not item.amount:
        return 1
    try:
        value = parse_number(match[0].strip().rstrip(".,"))
    except NumberError:
        return 1
    if not value:
        return 1
    worth = abs(Decimal(item.amount) / value)
    return max(int(worth.scaleb(-places(item.words))), 1)


def money(amount: int, like: MoneyItem | None = None) -> str:
    """The amount in the measure that the document uses beside it."""
    words = (like.words if like else "").lower()
    if amount % 1000 or amount == 0:
        return write_money(amount, "đồng")
    if "triệu" in words or (not like and abs(amount) < 10**9):
        return write_money(amount, "triệu")
    if "tỷ" in words or "tỉ" in words or abs(amount) >= 10**9:
        return write_money(amount, "tỷ")
    return write_money(amount, "triệu")
