"""Có đủ tiền không: sums that decide; whole đồng only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

__all__ = ["OpenVolume", "cell_shortage", "open_volumes", "value_of"]


def cell_shortage(allocated: Mapping[int | None, int], paid: Mapping[int | None, int]) -> int:
    """Chi vượt phân bổ bao nhiêu, 0 when it does not: money given for one works does not pay another.

    Both by works; None is money not yet detailed by works (in `allocated`), spending that belongs to none (in `paid`).
    """
    free = allocated.get(None, 0) - paid.get(None, 0)
    for works in {*allocated, *paid} - {None}:
        free -= max(0, paid.get(works, 0) - allocated.get(works, 0))
    held = sum(allocated.values()) - sum(paid.values())
    return max(0, -free, -held)


@dataclass(frozen=True, slots=True)
class OpenVolume:
    """Khối lượng đã nghiệm thu còn nợ: when accepted, how much is left to pay, to whom."""

    accepted_on: date
    left: int
    creditor: str


def open_volumes(volumes: Iterable[tuple[date, int, str]], paid: int) -> tuple[OpenVolume, ...]:
    """Nợ theo tuổi: payments clear the oldest accepted volume first."""
    left = max(0, paid)
    found = []
    for day, amount, creditor in sorted(volumes):
        cleared = min(left, amount)
        left -= cleared
        if amount > cleared:
            found.append(OpenVolume(day, amount - cleared, creditor))
    return tuple(found)


def value_of(quantity: Decimal, price: int) -> int:
    """Giá trị quy đổi: quantity times price, to the nearest đồng, half up."""
    return int((quantity * price).quantize(Decimal(1), ROUND_HALF_UP))
