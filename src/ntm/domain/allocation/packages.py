"""Gói của một khối: the sets of works worth considering together in a unit, each with its effects and its need of money.

A package completes some criteria (or pays some debts) and nothing else. When criterion A needs no more of any kind of
money than criterion B of the same unit, no package with B and without A is needed: exchanging them loses nothing,
to the đồng. What the unit's own money pays is part of the package: one column for each order of filling its classes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, permutations

import numpy as np
import numpy.typing as npt

from ntm.domain.allocation.eligibility import Eligibility, MoneyClass, least, most
from ntm.domain.allocation.formulation import weight
from ntm.domain.allocation.ledger import Block, Ledger, WideClass
from ntm.domain.allocation.model import Unit, Works

__all__ = ["Columns", "Kit", "columns", "completing", "dream", "effects_of"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
MOST_PACKAGES = 20000  # of one block; beyond, its bound is a looser one
MOST_DEBTS = 3  # whose every subset is tried however many packages there are; more while there are few


@dataclass(frozen=True)
class Kit:
    """Một khối với mọi số đồng của nó as arrays: by work (cost) and by class of money (least and most of its own)."""

    block: Block
    units: tuple[Unit, ...]
    classes: tuple[MoneyClass, ...]
    wide: tuple[WideClass, ...]
    in_class: Bools  # classes x works
    cost: Ints
    own_low: Ints
    own_high: Ints
    weights: Ints
    ceiling: int
    needs: tuple[tuple[str, str], ...]  # unit and criterion, of those that can be completed
    matrix: Bools  # needs x works
    owed: Mapping[str, int]  # debts of each unit, also those nobody may pay
    gated: bool  # no new work beside an unpaid debt
    rules: tuple[Ints, ...]  # of minimum shares: what each work adds to each, in thousandths of a đồng
    helped: bool

    @classmethod
    def of(
        cls,
        block: Block,
        units: Mapping[str, Unit],
        eligible: Eligibility,
        ledger: Ledger,
        owed: Mapping[str, int],
    ) -> Kit:
        """Từ bài toán; its classes are entered in the ledger."""
        moneys = [eligible.classes[one.id] for one in block.works]
        classes = tuple(dict.fromkeys(moneys))
        wide = tuple(ledger.wide(one, block.own, eligible) for one in classes)
        bounds = [_own_bounds(one, money, block.own) for one, money in zip(block.works, moneys, strict=True)]
        at = {one.id: number for number, one in enumerate(block.works)}
        members = tuple(units[one] for one in block.units)
        needs = [
            (unit.id, one)
            for unit in members
            for one in unit.missing
            if one.works and all(work in at for work in one.works)
        ]
        matrix = np.zeros((len(needs), len(at)), dtype=bool)
        for row, (_, criterion) in enumerate(needs):
            matrix[row, [at[work] for work in criterion.works]] = True
        return cls(
            block,
            members,
            classes,
            wide,
            np.array([[one == money for money in moneys] for one in classes], dtype=bool),
            np.array([one.cost for one in block.works], dtype=np.int64),
            np.array([low for low, _ in bounds], dtype=np.int64),
            np.array([high for _, high in bounds], dtype=np.int64),
            np.array([weight(one, units[one.unit], eligible.problem) for one in block.works], dtype=np.int64),
            eligible.sources[block.own].ceiling if block.own else 0,
            tuple((unit, criterion.code) for unit, criterion in needs),
            matrix,
            {one: owed.get(one, 0) for one in block.units},
            eligible.problem.rules.no_new_while_debt,
            tuple(
                np.array(
                    [(1000 * (one.unit in rule.units) - rule.at_least) * one.cost for one in block.works],
                    dtype=np.int64,
                )
                for rule in eligible.problem.rules.minimum_shares
            ),
            any(one in rule.units for one in block.units for rule in eligible.problem.rules.minimum_shares),
        )

    def sums(self, chosen: Bools, amounts: Ints) -> Ints:
        """Tổng theo từng nhóm vốn: packages x classes."""
        found: Ints = chosen.astype(np.int64) @ (self.in_class * amounts).T
        return found


def _own_bounds(work: Works, money: MoneyClass, own: str | None) -> tuple[int, int]:
    """The đồng that the inner source must and may give to this work."""
    wide = [one for one in money.sources if one != own]
    if own is None or own not in money.sources:
        return 0, 0
    low, high, others = 0, work.cost, 0
    for share in money.shares:
        if own in share.sources:
            low, high = least(work.cost, share), most(work.cost, share)
        else:
            others += least(work.cost, share)
    return (low if wide else work.cost), min(high, work.cost - others)


@dataclass(frozen=True)
class Columns:
    """Các cột của một khối: works chosen, own money by class, and entries in the ledger's rows."""

    chosen: Bools  # columns x works
    own: Ints  # columns x classes, đồng
    rows: Ints  # entries, the same for every column of the block
    values: Floats  # columns x entries


def columns(kit: Kit, chosen: Bools, ledger: Ledger) -> Columns:
    """Các gói thành cột, those that own money or a debt forbids left out."""
    chosen = chosen[_allowed(kit, chosen)]
    low, high, cost = (kit.sums(chosen, one) for one in (kit.own_low, kit.own_high, kit.cost))
    payable = np.all(low <= high, axis=1) & (low.sum(axis=1) <= kit.ceiling)
    chosen, low, high, cost = chosen[payable], low[payable], high[payable], cost[payable]
    room = kit.ceiling - low.sum(axis=1)
    using = [number for number in range(len(kit.classes)) if np.any(high[:, number] > low[:, number])]
    packages: list[Ints] = []
    owns: list[Ints] = []
    for order in permutations(using):
        own, left = low.copy(), room.copy()
        for number in order:
            more = np.minimum(high[:, number] - low[:, number], left)
            own[:, number] += more
            left -= more
        new = np.ones(len(own), dtype=bool)
        for earlier in owns:
            new &= np.any(own != earlier, axis=1)
        packages.append(np.flatnonzero(new))
        owns.append(own)
    at = np.concatenate(packages)
    own = np.concatenate([one[new] for one, new in zip(owns, packages, strict=True)])
    rows, values = _entries(kit, chosen, cost[at] - own, at, ledger)
    return Columns(chosen[at], own, rows, values)


def dream(columns: Columns) -> Columns:
    """Thêm một cột không tốn tiền: where some packages were left out, the bound stays true by it; never chosen."""
    first = slice(0, 1)
    return Columns(
        np.concatenate([columns.chosen, np.ones_like(columns.chosen[first])]),
        np.concatenate([columns.own, np.zeros_like(columns.own[first])]),
        columns.rows,
        np.concatenate([columns.values, np.zeros_like(columns.values[first])]),
    )


def _allowed(kit: Kit, chosen: Bools) -> Bools:
    """No new work beside an unpaid debt."""
    allowed = np.ones(len(chosen), dtype=bool)
    if not kit.gated:
        return allowed
    works = kit.block.works
    for unit in kit.units:
        debts = np.array([one.is_debt and one.unit == unit.id for one in works], dtype=bool)
        owed = kit.owed[unit.id]
        gated = np.array([one.unit == unit.id and one.is_new and not one.reason for one in works], dtype=bool)
        if owed and gated.any():
            paid = chosen[:, debts].sum(axis=1) == owed
            allowed &= paid | ~chosen[:, gated].any(axis=1)
    return allowed


def _entries(kit: Kit, chosen: Bools, demand: Ints, at: Ints, ledger: Ledger) -> tuple[Ints, Floats]:
    rows: list[int] = []
    values: list[Floats] = []
    for number, wide in enumerate(kit.wide):
        if not wide.sources:
            continue
        rows.append(wide.total)
        values.append(-demand[:, number] / ledger.scale)
        for share, low_row, high_row in zip(wide.shares, wide.least, wide.most, strict=True):
            for row, rounded in ((low_row, least), (high_row, most)):
                each = np.array([rounded(one.cost, share) for one in kit.block.works], dtype=np.int64)
                rows.append(row)
                values.append(-kit.sums(chosen, each)[at, number] / ledger.scale)
    for part, row in zip(kit.rules, ledger.rules, strict=True):
        rows.append(row)
        values.append((chosen.astype(np.int64) @ part)[at] / (1000 * ledger.scale))
    entries: Floats = np.array(values, dtype=np.float64).T.reshape(len(at), len(rows))
    merged, where = np.unique(np.array(rows, dtype=np.int64), return_inverse=True)  # two classes may share a row
    sums = np.zeros((len(at), len(merged)))
    for number, column in enumerate(where):
        sums[:, column] += entries[:, number]
    return merged, sums


def effects_of(kit: Kit, chosen: Bools, scale: int) -> Floats:
    """Kết quả của từng gói: columns x goals, debts in the solver's measure."""
    counted = kit.matrix.astype(np.int64)
    met = chosen.astype(np.int64) @ counted.T == counted.sum(axis=1)
    works = kit.block.works
    debt = np.array([one.cost * one.is_debt for one in works], dtype=np.int64)
    titles, due = np.zeros(len(chosen)), np.zeros(len(chosen))
    for unit in kit.units:
        mine = [row for row, (id, _) in enumerate(kit.needs) if id == unit.id]
        if len(mine) < len(unit.missing) or not (unit.missing or kit.owed[unit.id]):
            continue
        paid = chosen[:, [one.is_debt and one.unit == unit.id for one in works]].sum(axis=1) == kit.owed[unit.id]
        reached = met[:, mine].all(axis=1) & paid
        titles += reached
        due += reached * unit.due_this_year
    found: Floats = np.stack(
        [chosen @ debt / scale, due, titles, met.sum(axis=1), chosen @ kit.weights], axis=1, dtype=np.float64
    )
    return found


def completing(kit: Kit, *, weighed: bool = False) -> tuple[Bools, bool]:
    """Các gói hoàn thành tiêu chí và trả nợ: packages x works, and whether every useful one is among them.

    weighed: the weight of works counts too, so that less can be exchanged.
    """
    matrix = kit.matrix
    before = _dominators(kit, weighed)
    states, whole = _closed_sets(matrix.astype(np.int64) @ kit.cost, before)
    owed = [number for number, one in enumerate(kit.block.works) if one.is_debt]
    paid, every = _debts(owed, kit.cost, MOST_PACKAGES // len(states))
    picked = np.array([[state >> row & 1 for row in range(len(matrix))] for state in states], dtype=np.int64)
    done = (picked.reshape(len(states), len(matrix)) @ matrix.astype(np.int64)) > 0
    chosen = np.repeat(done, len(paid), axis=0)
    for number, debts in enumerate(paid):
        chosen[number :: len(paid), debts] = True
    return np.unique(chosen, axis=0), whole and every


def _debts(owed: list[int], cost: Ints, most: int) -> tuple[list[list[int]], bool]:
    if len(owed) <= MOST_DEBTS or 1 << len(owed) <= most:
        return [list(some) for size in range(len(owed) + 1) for some in combinations(owed, size)], True
    ordered = sorted(owed, key=lambda one: (int(cost[one]), one))
    return [ordered[:size] for size in range(len(owed) + 1)], False


def _dominators(kit: Kit, weighed: bool) -> list[int]:
    """For each criterion the bits of those that must be taken before it."""
    matrix, units = kit.matrix, [unit for unit, _ in kit.needs]
    before = [0] * len(matrix)
    if kit.helped or matrix.sum(axis=0).max(initial=0) > 1:  # a work of two criteria: nothing is exchanged
        return before
    gated = np.array([one.is_new and not one.reason for one in kit.block.works], dtype=bool)
    elsewhere = np.array([one.unit not in kit.block.units[:1] for one in kit.block.works], dtype=bool)
    low, high, cost = (kit.sums(matrix, one) for one in (kit.own_low, kit.own_high, kit.cost))
    measured = np.concatenate([low, high, cost, cost - high, cost - low, *_shared(kit, cost)], axis=1)
    flags = (matrix & gated).any(axis=1).astype(np.int64) + 2 * (matrix & elsewhere).any(axis=1)
    weights = matrix @ kit.weights
    for b in range(len(matrix)):
        for a in range(len(matrix)):
            same = a != b and units[a] == units[b] and not flags[a] & 2
            if weighed and (matrix[a].sum() > 1 or weights[a] < weights[b]):
                continue
            no_worse = same and flags[a] <= flags[b] and bool(np.all(measured[a] <= measured[b]))
            if no_worse and (np.any(measured[a] < measured[b]) or flags[a] < flags[b] or a < b):
                before[b] |= 1 << a
    return before


def _shared(kit: Kit, cost: Ints) -> list[Ints]:
    """The least and the most of every wide share, and what is left beside them."""
    found: list[Ints] = []
    for wide in kit.wide:
        for share in wide.shares:
            for rounded in (least, most):
                part = kit.sums(
                    kit.matrix, np.array([rounded(one.cost, share) for one in kit.block.works], dtype=np.int64)
                )
                found += [part, cost - part]
    return found


def _closed_sets(cost: Ints, before: list[int]) -> tuple[list[int], bool]:
    """Every set that takes what must be taken before; cut off when there are too many, the full set kept."""
    order = sorted(range(len(before)), key=lambda one: (before[one].bit_count(), int(cost[one]), one))
    states = [0]
    for one in order:
        states += [state | 1 << one for state in states if before[one] & ~state == 0]
        if len(states) > MOST_PACKAGES:
            return [*states[: MOST_PACKAGES - 1], (1 << len(before)) - 1], False
    return states, True
