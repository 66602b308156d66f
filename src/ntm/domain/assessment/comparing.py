"""So sánh: a figure against a level, exactly as both are written; nothing is rounded."""

from __future__ import annotations

from decimal import Decimal

from ntm.domain.criteria.model import Comparator

__all__ = ["holds", "relation"]


def holds(value: Decimal | int, comparator: Comparator, level: Decimal | int) -> bool:
    """Đạt mức hay không."""
    match comparator:
        case Comparator.GE:
            return value >= level
        case Comparator.GT:
            return value > level
        case Comparator.LE:
            return value <= level
        case Comparator.LT:
            return value < level
        case Comparator.EQ:
            return value == level


def relation(comparator: Comparator, value: Decimal, level: Decimal) -> str:
    """Dấu đúng giữa hai số: the true relation, told in the terms of the comparator that was asked."""
    if holds(value, comparator, level):
        return {Comparator.GE: "≥", Comparator.LE: "≤"}.get(comparator, comparator.value)
    opposite = {Comparator.GE: "<", Comparator.GT: "≤", Comparator.LE: ">", Comparator.LT: "≥", Comparator.EQ: "≠"}
    return opposite[comparator]
