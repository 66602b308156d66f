"""Kế hoạch dưới có gánh đủ kế hoạch trên: what is missing, smaller or later; two plans side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ntm.domain.official.dates import write_date
from ntm.domain.official.numbers import write_number
from ntm.domain.targets.model import Target


class Lack(StrEnum):
    """Thiếu gì."""

    MISSING = "missing"
    SMALLER = "smaller"
    LATER = "later"


@dataclass(frozen=True)
class Shortfall:
    """Chỗ kế hoạch dưới không gánh đủ."""

    lack: Lack
    upper: Target
    lower: Target | None
    sentence: str


@dataclass(frozen=True)
class Beside:
    """Hai kế hoạch cạnh nhau: one thing, as each tells it."""

    what: str
    left: Target | None
    right: Target | None

    @property
    def differs(self) -> bool:
        if self.left is None or self.right is None:
            return True
        return (self.left.value, self.left.high, self.left.op, self.left.due) != (
            self.right.value,
            self.right.high,
            self.right.op,
            self.right.due,
        )


def shortfalls(upper: Sequence[Target], lower: Sequence[Target], who: str) -> tuple[Shortfall, ...]:
    """Những gì cấp trên giao mà kế hoạch của `who` không có, ghi nhỏ hơn hoặc muộn hơn."""
    own: dict[tuple[str, ...], Target] = {}
    for one in lower:
        own.setdefault(one.key, one)
    found: list[Shortfall] = []
    for asked in upper:
        mine = own.get(asked.key)
        if mine is None:
            words = f"Cấp trên giao {who} “{asked.what}” ({asked.asked}), nhưng kế hoạch của {who} không có."
            found.append(Shortfall(Lack.MISSING, asked, None, words))
            continue
        if asked.value is not None and _smaller(asked, mine):
            told = "không nêu mức" if mine.value is None else f"chỉ ghi {write_number(mine.value)}"
            words = f"“{asked.what}”: cấp trên giao {asked.asked}, kế hoạch của {who} {told}."
            found.append(Shortfall(Lack.SMALLER, asked, mine, words))
        if asked.due is not None and (mine.due is None or mine.due > asked.due):
            day = write_date(mine.due) if mine.due is not None else "không nêu hạn"
            words = f"“{asked.what}”: hạn cấp trên {write_date(asked.due)}, kế hoạch của {who}: {day}."
            found.append(Shortfall(Lack.LATER, asked, mine, words))
    return tuple(found)


def _smaller(asked: Target, mine: Target) -> bool:
    if mine.value is None:
        return True
    value = asked.value or Decimal(0)
    if asked.counted == "down":
        return mine.value > value
    return mine.value < value or (mine.value == value and asked.op == ">" and mine.op != ">")


def beside(left: Sequence[Target], right: Sequence[Target]) -> tuple[Beside, ...]:
    """Hai kế hoạch cạnh nhau, in the order of the left one; what only the right one has comes last."""
    others: dict[tuple[str, ...], Target] = {}
    for one in right:
        others.setdefault(one.key, one)
    rows = [Beside(one.what, one, others.pop(one.key, None)) for one in left]
    return (*rows, *(Beside(one.what, None, one) for one in others.values()))


def criteria_left_out(asked: dict[int, date | None], promised: dict[int, date | None]) -> tuple[list[int], list[int]]:
    """(criteria that the upper plan gives a unit and its own plan has not, those that it has for a later day)."""
    missing = sorted(set(asked) - set(promised))
    later = []
    for no in sorted(set(asked) & set(promised)):
        due, own = asked[no], promised[no]
        if due is not None and (own is None or own > due):
            later.append(no)
    return missing, later
