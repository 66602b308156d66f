"""Chọn lại một phần: some blocks choose again among some of their packages, by one integer program; the others stay."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ntm.domain.allocation.ledger import INFINITY
from ntm.domain.allocation.master import Bools, Chosen, Ints, Master
from ntm.domain.allocation.solving import Answer, Floats, Program, solve

__all__ = ["Part", "Terms", "choose"]


@dataclass(frozen=True)
class Part:
    """Phần được chọn lại: the free blocks, the columns they may take, and the columns of all as they are."""

    free: Bools
    wanted: Bools
    base: Ints


class Terms:
    """Cách tính: the goal, and what missing or passing each floor costs or gains (none: no floor may be missed)."""

    def __init__(self, master: Master, goal: int, short: float | None = None, over: float = 0.0) -> None:
        self.goal, self.values = goal, master.pool.values
        self.floors = np.flatnonzero(np.isfinite(master.floors))
        self.least = master.floors[self.floors]
        self.soft = short is not None
        prices = -master.goal_prices[self.floors]
        self.short, self.over = 1.0 + (short or 0.0) * prices, over * prices

    def apart(self, chosen: Chosen) -> Floats:
        """How much each floor is passed (negative: missed)."""
        found: Floats = self.values[chosen.columns][:, self.floors].sum(axis=0) - self.least
        return found

    def worth(self, chosen: Chosen) -> float:
        apart = self.apart(chosen)
        value = self.values[chosen.columns, self.goal].sum()
        return float(value - np.maximum(-apart, 0.0) @ self.short + np.maximum(apart, 0.0) @ self.over)

    def holds(self, chosen: Chosen) -> bool:
        return bool(np.all(self.apart(chosen) >= -1e-6))


def choose(
    master: Master,
    terms: Terms,
    part: Part,
    start: Chosen | None,
    near: float,
    seconds: float,
    nodes: int | None = None,
) -> tuple[Chosen | None, Answer]:
    """Bài toán nguyên trên phần được chọn lại."""
    pool, ledger = master.pool, master.ledger
    columns = np.flatnonzero(part.wanted & part.free[pool.block] & pool.real)
    fixed = part.base[~part.free]
    blocks, block = np.unique(pool.block[columns], return_inverse=True)
    floors = terms.floors
    count, flows, soft = len(columns), len(master.flow_entries), len(floors) if terms.soft else 0
    at, first = np.arange(count), len(blocks)
    after = first + len(ledger.low)
    inside = [(row + first, count + number) for number, ones in enumerate(master.flow_entries) for row in ones]
    numbers = np.arange(soft)
    others = count + flows
    rows: list[npt.ArrayLike] = [block, (pool.rows[columns] + first).ravel(), [row for row, _ in inside]]
    where: list[npt.ArrayLike] = [at, np.repeat(at, pool.rows.shape[1]), [column for _, column in inside]]
    values = [np.ones(count), pool.entries[columns].ravel(), np.ones(len(inside))]
    rows += [np.full(count, after + number) for number in range(len(floors))] + [after + numbers, after + numbers]
    where += [at for _ in floors] + [others + numbers, others + soft + numbers]
    values += [pool.values[columns, floor] for floor in floors] + [np.ones(soft), -np.ones(soft)]
    entries = np.concatenate(values)
    used = np.bincount(pool.rows[fixed].ravel(), pool.entries[fixed].ravel(), len(ledger.low))
    held = pool.values[fixed].sum(axis=0)[floors]
    program = Program(
        np.concatenate([pool.values[columns, terms.goal], np.zeros(flows), -terms.short[:soft], terms.over[:soft]]),
        np.concatenate([np.ones(count), np.full(flows + 2 * soft, INFINITY)]),
        np.arange(others + 2 * soft) < count,
        np.concatenate([np.ones(first), np.array(ledger.low) - used, terms.least - held]),
        np.concatenate([np.ones(first), np.array(ledger.high) - used, np.full(len(floors), INFINITY)]),
        np.concatenate([np.asarray(one) for one in rows]).astype(np.int64)[entries != 0],
        np.concatenate([np.asarray(one) for one in where]).astype(np.int64)[entries != 0],
        entries[entries != 0],
    )
    given = None
    if start is not None:
        apart = terms.apart(start)[:soft]
        rest = np.maximum(-apart, 0.0), np.maximum(apart, 0.0)
        given = np.concatenate([np.isin(columns, start.columns), start.flows, *rest]).astype(np.float64)
    answer = solve(program, gap=0.0, seconds=seconds, start=given, absolute=max(near, 1e-6), nodes=nodes)
    if answer.values is None:
        return None, answer
    chosen = part.base.copy()
    taken = columns[answer.values[:count] > 0.5]
    chosen[pool.block[taken]] = taken
    return Chosen(chosen, answer.values[count : count + flows]), answer
