"""Phương án của một nhóm khối: at given prices of what joins the groups, the best packages of one group, and its bound.

Only the packages nearest to paying are tried. What one of the others could add at most is known from their regret, so
the bound holds for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from ntm.domain.allocation.grouping import Groups
from ntm.domain.allocation.ledger import INFINITY
from ntm.domain.allocation.master import Chosen, Ints, Master
from ntm.domain.allocation.solving import Floats, Program, as_lp, new_solver, solve

__all__ = ["Found", "Plan", "Planner", "Prices"]

WIDTH = 1500  # packages tried in a group
NODES = 200  # of one search
MET = 4  # lesser plans kept of one search: what fits together need not be the best of each


@dataclass(frozen=True)
class Prices:
    """Giá: of the ledger's rows (only the joint ones count here), and of the goals kept (none above 0)."""

    rows: Floats
    goals: Floats

    def same(self, other: Prices) -> bool:
        return np.array_equal(self.rows, other.rows) and np.array_equal(self.goals, other.goals)


@dataclass(frozen=True)
class Plan:
    """Phương án: a package for each block of the group, the group's flows; what it reaches, and takes of joint rows."""

    group: int
    columns: Ints
    flows: Floats
    values: Floats
    uses: Floats


@dataclass(frozen=True)
class Found:
    """Kết quả của một lần tìm: the bound is of worth at the asked prices."""

    plans: tuple[Plan, ...]
    bound: float
    seconds: float


class Planner:
    """Người lập phương án cho từng nhóm. Groups may be asked at the same time, each by one thread."""

    def __init__(self, master: Master, groups: Groups, goal: int, near: float) -> None:
        self.master, self.groups, self.near = master, groups, near
        self.objective = np.zeros(master.goals)
        self.objective[goal] = 1.0
        count = range(len(groups.members))
        self.columns = [np.flatnonzero(groups.of_column == one) for one in count]
        self.rows = [np.flatnonzero(groups.of_row == one) for one in count]
        self.flows = [np.flatnonzero(groups.of_flow == one) for one in count]
        self.joint = groups.joint_rows
        self.inner = [master.prices[rows].copy() for rows in self.rows]  # prices of the group's own rows

    def plan_of(self, group: int, chosen: Chosen) -> Plan:
        """Phương án sẵn có trong một lựa chọn."""
        return self._plan(group, chosen.columns[self.groups.members[group]], chosen.flows[self.flows[group]])

    def best(self, group: int, prices: Prices, known: float, seconds: float) -> Found:
        """Phương án tốt nhất của nhóm ở giá này. Only the bound where the worth already known is near it, or without
        seconds."""
        columns = self.columns[group]
        worth, regret, whole = self._judged(group, prices)
        near = _nearest(regret, min(WIDTH, len(columns)))
        solver = new_solver({"solver": "simplex"})
        solver.passModel(as_lp(self._program(group, prices, columns[near], worth[near], whole=False)))
        solver.run()
        if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            duals = np.array(solver.getSolution().row_dual)
            self._price_inner(group, prices, duals[len(duals) - len(self.rows[group]) :])
            worth, regret, whole = self._judged(group, prices)
            near = _nearest(regret, min(WIDTH, len(columns)))
        if seconds <= 0 or whole - known <= self.near:
            return Found((), whole, solver.getRunTime())
        real = near[self.master.pool.real[columns[near]]]
        program = self._program(group, prices, columns[real], worth[real], whole=True)
        answer = solve(program, gap=0.0, seconds=seconds, absolute=self.near, nodes=NODES, others=True)
        lost = np.delete(regret, real).min(initial=INFINITY)  # by any package that was not tried
        bound = min(whole, max(answer.bound, whole - float(lost)))
        answers = (*answer.others[-MET:], *([] if answer.values is None else [answer.values]))
        plans = tuple(self._read(group, columns[real], one) for one in answers)
        return Found(plans, bound, solver.getRunTime() + answer.seconds)

    def _read(self, group: int, columns: Ints, answer: Floats) -> Plan:
        members, pool = self.groups.members[group], self.master.pool
        taken = columns[answer[: len(columns)] > 0.5]
        picked = pool.first[members]  # nothing is the first package of each block
        picked[np.searchsorted(members, pool.block[taken])] = taken
        return self._plan(group, picked, answer[len(columns) :])

    def _judged(self, group: int, prices: Prices) -> tuple[Floats, Floats, float]:
        """What each package is worth at the joint prices; what it loses beside the best of its block once the group's
        own prices are paid too; the bound of the group by all of them."""
        pool, columns, own = self.master.pool, self.columns[group], self.rows[group]
        rows, entries = pool.rows[columns], pool.entries[columns]
        worth = pool.values[columns] @ (self.objective - prices.goals) - _paid(prices.rows, rows, entries)
        inner = np.zeros(len(prices.rows))
        inner[own] = self.inner[group]
        reduced = worth - _paid(inner, rows, entries)
        at = np.searchsorted(self.groups.members[group], pool.block[columns])
        best = np.full(len(self.groups.members[group]), -INFINITY)
        np.maximum.at(best, at, reduced)
        high = np.array(self.master.ledger.high)[own]
        edges = np.where(np.isfinite(high), high, 0.0)
        return worth, best[at] - reduced, float(best.sum() + self.inner[group] @ edges)

    def _price_inner(self, group: int, prices: Prices, duals: Floats) -> None:
        """Prices that are allowed exactly: each with its sign, and no flow that would pay."""
        own, low, high = self.rows[group], np.array(self.master.ledger.low), np.array(self.master.ledger.high)
        found = prices.rows.copy()
        found[own] = np.where(
            np.isfinite(high[own]), np.maximum(duals, 0.0), np.where(np.isfinite(low[own]), np.minimum(duals, 0.0), 0.0)
        )
        for flow in self.flows[group]:
            rows = self.master.flow_entries[flow]
            short = -float(found[rows].sum())
            if short > 0 and self.groups.of_row[rows[-1]] == group:
                found[rows[-1]] += short
            elif short > 0:
                found[rows[0]] += short
                if found[rows[0]] > 0:  # the shares alone would make it pay
                    found[rows[0]] = 0.0
                    found[rows[1:-1]] = np.maximum(found[rows[1:-1]], 0.0)
        self.inner[group] = found[own]

    def _program(self, group: int, prices: Prices, columns: Ints, worth: Floats, *, whole: bool) -> Program:
        """Bài toán của nhóm: a package at most for each block, the group's own rows kept, the joint ones paid."""
        pool, own, flows = self.master.pool, self.rows[group], self.flows[group]
        blocks, block = np.unique(pool.block[columns], return_inverse=True)
        count, at = len(columns), np.full(len(prices.rows), -1, dtype=np.int64)
        at[own] = len(blocks) + np.arange(len(own))
        rows, entries = at[pool.rows[columns]], pool.entries[columns]
        inside = (rows >= 0) & (entries != 0)
        moved, moving = self._moved(group, at, count)
        return Program(
            np.concatenate([worth, -np.array([prices.rows[self.master.flow_entries[one]].sum() for one in flows])]),
            np.concatenate([np.ones(count), np.full(len(flows), INFINITY)]),
            np.arange(count + len(flows)) < (count if whole else 0),
            np.concatenate([np.full(len(blocks), -INFINITY), np.array(self.master.ledger.low)[own]]),
            np.concatenate([np.ones(len(blocks)), np.array(self.master.ledger.high)[own]]),
            np.concatenate([block, rows[inside], moved]),
            np.concatenate([np.arange(count), np.nonzero(inside)[0], moving]),
            np.concatenate([np.ones(count), entries[inside], np.ones(len(moved))]),
        )

    def _moved(self, group: int, at: Ints, first: int) -> tuple[Ints, Ints]:
        """Where the group's flows enter its own rows."""
        pairs = [
            (int(at[row]), first + number)
            for number, flow in enumerate(self.flows[group])
            for row in self.master.flow_entries[flow]
            if at[row] >= 0
        ]
        found = np.array(pairs, dtype=np.int64).reshape(len(pairs), 2)
        return found[:, 0], found[:, 1]

    def _plan(self, group: int, picked: Ints, flows: Floats) -> Plan:
        """The plan of these packages; of the joint money it takes no more than it must."""
        master, own, mine = self.master, self.rows[group], self.flows[group]
        used = np.zeros(len(master.ledger.low))
        np.add.at(used, master.pool.rows[picked].ravel(), master.pool.entries[picked].ravel())
        at = np.full(len(used), -1, dtype=np.int64)
        at[own] = np.arange(len(own))
        moved, moving = self._moved(group, at, 0)
        outside = np.array([self.groups.of_row[master.flow_entries[one][-1]] != group for one in mine], dtype=bool)
        answer = solve(
            Program(
                -outside.astype(np.float64),
                np.full(len(mine), INFINITY),
                np.zeros(len(mine), dtype=bool),
                np.array(master.ledger.low)[own] - used[own],
                np.array(master.ledger.high)[own] - used[own],
                moved,
                moving,
                np.ones(len(moved)),
            ),
            gap=0.0,
            seconds=1.0,
        )
        if answer.values is not None:
            flows = answer.values
        for amount, one in zip(flows, mine, strict=True):
            used[master.flow_entries[one]] += amount
        return Plan(group, picked, flows, master.pool.values[picked].sum(axis=0), used[self.joint])


def _paid(prices: Floats, rows: Ints, entries: Floats) -> Floats:
    found: Floats = np.einsum("ij,ij->i", prices[rows], entries)
    return found


def _nearest(regret: Floats, count: int) -> Ints:
    """The columns that lose least, in their order."""
    found: Ints = np.sort(np.argsort(regret, kind="stable")[:count])
    return found
