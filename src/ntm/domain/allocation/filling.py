"""Mục tiêu cuối: works beside the packages, by weight, among the answers that keep what every earlier goal reached.

A small problem is one program: packages that the earlier bound still allows, and every other work by itself. In a large
one the choice stands, and what money is left goes to the works that weigh most for their cost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ntm.domain.allocation.eligibility import Eligibility, least, most
from ntm.domain.allocation.ledger import INFINITY, Ledger
from ntm.domain.allocation.packages import Bools, Floats, Ints, Kit
from ntm.domain.allocation.solving import Program, solve
from ntm.domain.allocation.splitting import Amounts

__all__ = ["Filled", "fill", "top_up"]


@dataclass(frozen=True)
class Filled:
    """Kết quả: works, own money by block and class, flows of wide sources; the bound; whether it was proven."""

    works: frozenset[str] | None
    own: tuple[tuple[int, ...], ...]
    flows: Floats
    bound: float
    seconds: float
    finished: bool


class _Rows:
    """Các dòng và cột đang lập."""

    def __init__(self) -> None:
        self.low: list[float] = []
        self.high: list[float] = []
        self.cost: list[float] = []
        self.upper: list[float] = []
        self.whole: list[bool] = []
        self.entries: list[tuple[int, int, float]] = []

    def column(self, cost: float, upper: float, whole: bool) -> int:
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, low: float, high: float) -> int:
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def program(self) -> Program:
        merged: dict[tuple[int, int], float] = {}
        for row, column, value in self.entries:
            merged[row, column] = merged.get((row, column), 0.0) + value
        entries = [(row, column, value) for (row, column), value in merged.items() if value]
        return Program(
            np.array(self.cost),
            np.array(self.upper),
            np.array(self.whole, dtype=bool),
            np.array(self.low),
            np.array(self.high),
            np.array([one[0] for one in entries], dtype=np.int64),
            np.array([one[1] for one in entries], dtype=np.int64),
            np.array([one[2] for one in entries], dtype=np.float64),
        )


class _Block:
    """Một khối trong bài toán cuối: its packages, its other works, its own money by class."""

    def __init__(self, rows: _Rows, kit: Kit, packages: Bools, ledger: Ledger) -> None:
        self.rows, self.kit, self.scale = rows, kit, ledger.scale
        works, weights = kit.block.works, kit.weights
        self.packages = [rows.column(float(one @ weights), 1.0, True) for one in packages]
        self.alone = [
            -1 if one.is_debt else rows.column(float(w), 1.0, True) for one, w in zip(works, weights, strict=True)
        ]
        self.own = [rows.column(0.0, INFINITY, False) for _ in kit.classes]
        self._choice(packages)
        self._money(packages)

    def _choice(self, packages: Bools) -> None:
        rows, works = self.rows, self.kit.block.works
        one = rows.row(1.0, 1.0)
        rows.entries += [(one, column, 1.0) for column in self.packages]
        for number, column in enumerate(self.alone):
            if column >= 0:
                row = rows.row(-INFINITY, 1.0)
                rows.entries.append((row, column, 1.0))
                rows.entries += [(row, at, 1.0) for at, p in zip(self.packages, packages, strict=True) if p[number]]
        if not self.kit.gated:
            return
        for unit in self.kit.block.units:
            debts = [n for n, one in enumerate(works) if one.is_debt and one.unit == unit]
            if not self.kit.owed[unit]:
                continue
            free = packages[:, debts].sum(axis=1) == self.kit.owed[unit]
            for number, work in enumerate(works):
                if work.unit == unit and work.is_new and not work.reason:
                    row = rows.row(-INFINITY, 0.0)
                    rows.entries.append((row, self.alone[number], 1.0))
                    rows.entries += [(row, at, -1.0) for at, paid in zip(self.packages, free, strict=True) if paid]

    def _money(self, packages: Bools) -> None:
        rows, kit = self.rows, self.kit
        if kit.block.own:
            row = rows.row(-INFINITY, kit.ceiling / self.scale)
            rows.entries += [(row, column, 1.0) for column in self.own]
        for number, wide in enumerate(kit.wide):
            below, above = rows.row(0.0, INFINITY), rows.row(-INFINITY, 0.0)
            self._amounts(below, number, packages, kit.own_low, self.own[number])
            self._amounts(above, number, packages, kit.own_high, self.own[number])
            if not wide.sources:
                continue
            self._amounts(wide.total, number, packages, kit.cost, self.own[number])
            for share, low_row, high_row in zip(wide.shares, wide.least, wide.most, strict=True):
                for row, rounded in ((low_row, least), (high_row, most)):
                    each = np.array([rounded(one.cost, share) for one in kit.block.works], dtype=np.int64)
                    self._amounts(row, number, packages, each, None)

    def _amounts(self, row: int, number: int, packages: Bools, each: Ints, own: int | None) -> None:
        """Minus what packages and works need in this class; plus what own money gives."""
        masked = np.where(self.kit.in_class[number], each, 0)
        sums = packages.astype(np.int64) @ masked
        entries = list(zip([*self.packages, *self.alone], [*sums.tolist(), *masked.tolist()], strict=True))
        self.rows.entries += [(row, at, -amount / self.scale) for at, amount in entries if amount and at >= 0]
        if own is not None:
            self.rows.entries.append((row, own, 1.0))


def fill(
    kits: Sequence[Kit],
    packages: Sequence[Bools],
    values: Sequence[Floats],
    ledger: Ledger,
    floors: Mapping[int, float],
    seconds: float,
) -> Filled:
    """Bài toán cuối, whole."""
    rows = _Rows()
    for low, high in zip(ledger.low, ledger.high, strict=True):
        rows.row(low, high)
    flows = []
    for wide, source in ledger.flows:
        flows.append(rows.column(0.0, INFINITY, False))
        rows.entries += [(row, flows[-1], 1.0) for row in ledger.flow_rows(wide, source)]
    kept = {goal: rows.row(floor, INFINITY) for goal, floor in floors.items()}
    made = []
    for kit, some, reached in zip(kits, packages, values, strict=True):
        block = _Block(rows, kit, some, ledger)
        made.append(block)
        for goal, row in kept.items():
            rows.entries += [
                (row, at, float(value)) for at, value in zip(block.packages, reached[:, goal], strict=True) if value
            ]
        for rule, row in zip(kit.rules, ledger.rules, strict=True):
            _rule(rows, row, block, some, rule, ledger.scale)
    answer = solve(rows.program(), gap=0.0, seconds=seconds)
    if answer.values is None:
        return Filled(None, (), np.zeros(0), answer.bound, answer.seconds, False)
    x = answer.values
    works: set[str] = set()
    for kit, block, some in zip(kits, made, packages, strict=True):
        for at, package in zip(block.packages, some, strict=True):
            if x[at] > 0.5:
                works |= {one.id for one, picked in zip(kit.block.works, package, strict=True) if picked}
        works |= {one.id for one, at in zip(kit.block.works, block.alone, strict=True) if at >= 0 and x[at] > 0.5}
    own = tuple(tuple(round(x[at] * ledger.scale) for at in block.own) for block in made)
    return Filled(frozenset(works), own, x[flows], answer.bound, answer.seconds, answer.finished)


def _rule(rows: _Rows, row: int, block: _Block, packages: Bools, part: Ints, scale: int) -> None:
    amounts = [*(packages.astype(np.int64) @ part).tolist(), *part.tolist()]
    columns = [*block.packages, *block.alone]
    rows.entries += [
        (row, at, amount / (1000 * scale)) for at, amount in zip(columns, amounts, strict=True) if amount and at >= 0
    ]


def top_up(eligible: Eligibility, kits: Sequence[Kit], amounts: Amounts, slack: dict[str, int]) -> None:
    """Phần vốn còn lại cho những công trình nặng nhất so với chi phí; amounts and slack are changed in place."""
    ranked = sorted(
        (work.cost / weight, work.id, kit, number)
        for kit in kits
        for number, (work, weight) in enumerate(zip(kit.block.works, kit.weights.tolist(), strict=True))
        if work.id not in amounts
    )
    for _, id, kit, number in ranked:
        work, own = kit.block.works[number], kit.block.own
        at = int(np.flatnonzero(kit.in_class[:, number])[0])
        wide = kit.wide[at]
        debts = [one.id for one in kit.block.works if one.is_debt and one.unit == work.unit]
        owing = len([one for one in debts if one in amounts]) < kit.owed[work.unit]
        breaks = any(part[number] < 0 for part in kit.rules)
        if breaks or wide.shares or (kit.gated and owing and work.is_new and not work.reason):
            continue
        given: dict[str, int] = {}
        if own is not None and own in eligible.classes[id].sources:
            given[own] = min(int(kit.own_high[number]), slack[own])
            if given[own] < kit.own_low[number]:
                continue
        left = work.cost - sum(given.values())
        for source in wide.sources:
            given[source] = min(left, slack[source])
            left -= given[source]
        if left == 0:
            amounts[id] = {source: amount for source, amount in given.items() if amount}
            for source, amount in given.items():
                slack[source] -= amount
