"""Bài toán chính: how much of which package, so that the joint money suffices; HiGHS gives prices, packages answer them.

Every package there is takes part: at given prices the best of each block is found at once, its column is added when it
pays, and the sum of the best is a true upper bound (Lagrange). The answer then is whole for nearly every block; the few
others, with some neighbours, are settled by one small integer program.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

from ntm.domain.allocation.ledger import INFINITY, Ledger
from ntm.domain.allocation.packages import Columns
from ntm.domain.allocation.solving import Floats, new_solver

__all__ = ["Chosen", "Master", "Pool", "Settled"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
ROUNDS = 40
CLOSE = 1e-5  # of the bound: then more prices are not worth their time


class Pool:
    """Mọi cột của mọi khối, in arrays; the columns of a block stand together."""

    def __init__(self, columns: Sequence[Columns], values: Sequence[Floats], loose: Sequence[int] = ()) -> None:
        sizes = np.array([len(one.own) for one in columns], dtype=np.int64)
        self.first = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self.block = np.repeat(np.arange(len(columns)), sizes)
        self.values = np.concatenate(values)
        width = max(len(one.rows) for one in columns)
        self.rows = np.zeros((len(self.block), width), dtype=np.int64)
        self.entries = np.zeros((len(self.block), width))
        for at, one in zip(self.first, columns, strict=False):
            self.rows[at : at + len(one.own), : len(one.rows)] = one.rows
            self.entries[at : at + len(one.own), : len(one.rows)] = one.values
        self.blocks = len(columns)
        self.real = np.ones(len(self.block), dtype=bool)
        self.real[self.first[np.array(loose, dtype=np.int64) + 1] - 1] = False  # dreams, for the bound only

    def best(self, reduced: Floats) -> Ints:
        """The best column of each block."""
        most = np.maximum.reduceat(reduced, self.first[:-1])
        at = np.flatnonzero(reduced == most[self.block])
        found: Ints = at[np.unique(self.block[at], return_index=True)[1]]
        return found


@dataclass(frozen=True)
class Chosen:
    """Lựa chọn nguyên: the column of each block, and the flows of wide sources to classes in tỷ."""

    columns: Ints
    flows: Floats


@dataclass(frozen=True)
class Settled:
    """Kết quả của một mục tiêu: the choice, the bound, the solver's seconds."""

    chosen: Chosen
    bound: float
    seconds: float


class Master:
    """Bài toán chính qua các mục tiêu."""

    def __init__(self, pool: Pool, ledger: Ledger, start: Ints) -> None:
        self.pool, self.ledger = pool, ledger
        self.goals = pool.values.shape[1]
        self.joint = pool.blocks  # rows: blocks, ledger, floors
        self.floor_rows = self.joint + len(ledger.low)
        self.floors = np.full(self.goals, -INFINITY)
        self.taken = np.zeros(len(pool.block), dtype=bool)
        self.order: list[int] = []
        self.prices = np.zeros(len(ledger.low))
        self.goal_prices = np.zeros(self.goals)
        self.spent = 0.0  # seconds of the solver
        self.bound = INFINITY  # at these prices
        self.solver: Any = new_solver({"solver": "simplex"})
        low = np.concatenate([np.full(pool.blocks, -INFINITY), ledger.low, self.floors])
        high = np.concatenate([np.ones(pool.blocks), ledger.high, np.full(self.goals, INFINITY)])
        self.solver.addRows(len(low), low, high, 0, np.zeros(len(low), dtype=np.int32), _no_ints(), np.zeros(0))
        self.solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self.flow_entries = [ledger.flow_rows(wide, source) for wide, source in ledger.flows]
        starts = np.cumsum([0, *(len(one) for one in self.flow_entries)])[:-1]
        inside = np.array([row for rows in self.flow_entries for row in rows], dtype=np.int32) + self.joint
        count = len(self.flow_entries)
        self.solver.addCols(
            count,
            np.zeros(count),
            np.zeros(count),
            np.full(count, INFINITY),
            len(inside),
            starts.astype(np.int32),
            inside.astype(np.int32),
            np.ones(len(inside)),
        )
        self.add(start, np.zeros(self.goals))

    def keep(self, goal: int, floor: float) -> None:
        """From now on this goal stays at least so high."""
        self.floors[goal] = floor
        self.solver.changeRowBounds(self.floor_rows + goal, floor, INFINITY)

    def add(self, columns: Ints, objective: Floats) -> None:
        """Thêm các cột chưa có."""
        new = np.unique(columns[~self.taken[columns]])
        if not len(new):
            return
        self.taken[new] = True
        self.order += new.tolist()
        pool, width = self.pool, 1 + self.pool.rows.shape[1] + self.goals
        rows = np.empty((len(new), width), dtype=np.int64)
        entries = np.empty((len(new), width))
        rows[:, 0], entries[:, 0] = pool.block[new], 1.0
        rows[:, 1 : -self.goals] = pool.rows[new] + self.joint
        entries[:, 1 : -self.goals] = pool.entries[new]
        rows[:, -self.goals :] = self.floor_rows + np.arange(self.goals)
        entries[:, -self.goals :] = pool.values[new]
        kept = entries != 0
        starts = np.concatenate([[0], np.cumsum(kept.sum(axis=1))[:-1]])
        self.solver.addCols(
            len(new),
            pool.values[new] @ objective,
            np.zeros(len(new)),
            np.full(len(new), INFINITY),
            int(kept.sum()),
            starts.astype(np.int32),
            rows[kept].astype(np.int32),
            entries[kept],
        )

    def reduced(self, objective: Floats) -> Floats:
        """Lợi của mỗi cột ở giá hiện tại."""
        pool = self.pool
        cost = np.einsum("ij,ij->i", self.prices[pool.rows], pool.entries)
        found: Floats = pool.values @ (objective - self.goal_prices) - cost
        return found

    def worth(self, columns: Columns, values: Floats, objective: Floats) -> Floats:
        """Lợi của các cột ngoài pool ở giá hiện tại."""
        found: Floats = values @ (objective - self.goal_prices) - columns.values @ self.prices[columns.rows]
        return found

    def relax(self, objective: Floats, seconds: float) -> tuple[float, Floats]:
        """Giải bài toán nới: the bound, and the value of each column of the pool."""
        began = self.spent
        self.solver.setOptionValue("time_limit", began + max(0.05, seconds))
        count = len(self.flow_entries)
        indices = np.arange(count, count + len(self.order), dtype=np.int32)
        self.solver.changeColsCost(len(indices), indices, self.pool.values[self.order] @ objective)
        bound = INFINITY
        for _ in range(ROUNDS):
            self.solver.run()
            self.spent = self.solver.getRunTime()
            if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                break
            solution = self.solver.getSolution()
            duals = np.array(solution.row_dual)
            value = self.solver.getInfo().objective_function_value
            self._set_prices(duals)
            reduced = self.reduced(objective)
            best = self.pool.best(reduced)
            self.bound = self._fixed_part() + float(np.maximum(reduced[best], 0.0).sum())
            bound = min(bound, self.bound)
            if bound - value <= CLOSE * abs(bound) or self.spent - began >= seconds:
                break
            paying = best[reduced[best] > duals[: self.joint] + 1e-7]
            before = len(self.order)
            self.add(paying, objective)
            if len(self.order) == before:
                break
        x = np.zeros(len(self.pool.block))
        values = np.array(self.solver.getSolution().col_value)
        if len(values) == count + len(self.order):
            x[self.order] = values[count:]
        return bound, x

    def _set_prices(self, duals: Floats) -> None:
        """Prices that are allowed exactly: each with its sign, and no flow that would pay."""
        ledger = np.array(duals[self.joint : self.floor_rows])
        high, low = np.array(self.ledger.high), np.array(self.ledger.low)
        ledger = np.where(
            np.isfinite(high), np.maximum(ledger, 0.0), np.where(np.isfinite(low), np.minimum(ledger, 0.0), 0.0)
        )
        for rows in self.flow_entries:
            ledger[rows[-1]] = max(ledger[rows[-1]], -float(ledger[rows[:-1]].sum()))
        self.prices = ledger
        self.goal_prices = np.where(np.isfinite(self.floors), np.minimum(duals[self.floor_rows :], 0.0), 0.0)

    def _fixed_part(self) -> float:
        high = np.array(self.ledger.high)
        edges = np.where(np.isfinite(high), high, 0.0)
        floors = np.where(np.isfinite(self.floors), self.floors, 0.0)
        return float(self.prices @ edges + self.goal_prices @ floors)


def _no_ints() -> npt.NDArray[np.int32]:
    return np.zeros(0, dtype=np.int32)
