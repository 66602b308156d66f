"""Ghép phương án của các nhóm: whole plans of every group at the same prices, then one plan for each that all fits.

What joins the groups (a national reserve, the goals already reached) is priced. The best plans at these prices, each an
integer program of its own, give a bound much nearer than packages cut in parts (Lagrange); a small program over all
plans found gives an answer and the next prices. The prices move only a little at a time, around the best so far.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import highspy
import numpy as np

from ntm.domain.allocation.choosing import Part, Terms, choose
from ntm.domain.allocation.grouping import JOINT, Groups
from ntm.domain.allocation.ledger import INFINITY
from ntm.domain.allocation.master import Chosen, Master, Settled
from ntm.domain.allocation.plans import Found, Plan, Planner, Prices
from ntm.domain.allocation.solving import Floats, Program, as_lp, new_solver, solve

__all__ = ["NEAR", "combine"]

THREADS = 2  # the solver leaves the interpreter free; answers are taken in the order of the groups
ROUNDS = 12
NEAR = 2e-3  # of the bound: then it is near enough
MOVE = 0.15  # part of a price by which it may change in a round
EDGE = 0.01  # of the bound, spread over what passes through a row: the least by which its price may change
EACH = 5.0  # seconds of a group
PICKING = 3.0  # seconds of one choice among the plans
NODES = 5000  # of it
MENDING, MENDED = 6.0, 40  # seconds and nodes of all blocks choosing again


def combine(
    master: Master,
    goal: int,
    groups: Groups,
    bound: float,
    before: Chosen,
    *,
    step: float,
    seconds: float,
    tell: Callable[[float], None],
) -> Settled:
    """Một mục tiêu trên nhiều nhóm. bound: a true one, of the relaxed problem; before: the answer that stands."""
    near = max(NEAR * abs(bound), 0.999 * step)  # nearer than a step is the optimum itself
    planner = Planner(master, groups, goal, near / (2 * len(groups.members)))
    plans = _Plans(master, planner, goal, bound, before)
    center = prices = Prices(np.where(groups.of_row == JOINT, master.prices, 0.0), master.goal_prices)
    best, spent = before, 0.0
    with _workers() as workers:
        for number in range(ROUNDS):
            reached, took = plans.fixed(prices), 0.0
            for at, found in enumerate(_asked(workers, plans, prices, seconds - spent)):
                plans.add(found.plans)
                reached, took = reached + found.bound, took + found.seconds
                tell((number + (at + 1) / len(groups.members)) / ROUNDS)
            if reached < bound:
                bound, center = reached, prices
            best, more = plans.pick(best, near / 4)
            spent += took / THREADS + more
            if number == 0 and bound - plans.value(best) > near:
                best, more = plans.mend(best, near, seconds - spent)
                spent += more
            if bound - plans.value(best) <= near or spent >= seconds:
                break
            following = plans.prices(center)
            if following.same(prices):
                break
            prices = following
    return Settled(best, bound, spent)


@contextmanager
def _workers() -> Iterator[ThreadPoolExecutor]:
    """Who is stopped in between waits only for what is being solved, not for what was still to be."""
    workers = ThreadPoolExecutor(THREADS)
    try:
        yield workers
    finally:
        workers.shutdown(cancel_futures=True)


def _asked(workers: ThreadPoolExecutor, plans: _Plans, prices: Prices, seconds: float) -> Iterator[Found]:
    """The best plan of every group, in the order of the groups; bounds alone once the seconds are gone."""
    known, taken = plans.worth(prices), list[float]()

    def ask(group: int) -> Found:
        found = plans.planner.best(group, prices, known[group], min(EACH, seconds - sum(taken) / THREADS))
        taken.append(found.seconds)
        return found

    return workers.map(ask, range(len(known)))


class _Plans:
    """Các phương án đã tìm được, and what they must keep together: joint rows, floors of the goals before."""

    def __init__(self, master: Master, planner: Planner, goal: int, bound: float, before: Chosen) -> None:
        self.master, self.planner, self.goal = master, planner, goal
        self.found: list[Plan] = []
        self.known: set[tuple[int, bytes]] = set()
        self.joint, self.flows = planner.joint, planner.groups.joint_flows
        self.floors = np.flatnonzero(np.isfinite(master.floors))
        low, high = np.array(master.ledger.low), np.array(master.ledger.high)
        self.low = np.concatenate([low[self.joint], master.floors[self.floors]])
        self.high = np.concatenate([high[self.joint], np.full(len(self.floors), INFINITY)])
        for group in range(len(planner.groups.members)):
            self.add([planner.plan_of(group, before)])
        through = np.abs(np.stack([self._row(one) for one in self.found])).sum(axis=0)
        self.edge = EDGE * abs(bound) / np.maximum(np.maximum(through, np.abs(self._edges())), 1.0)

    def add(self, plans: Iterable[Plan]) -> None:
        """Thêm những phương án chưa có."""
        for plan in plans:
            if (plan.group, plan.columns.tobytes()) not in self.known:
                self.known.add((plan.group, plan.columns.tobytes()))
                self.found.append(plan)

    def worth(self, prices: Prices) -> list[float]:
        """The most that a plan found is worth at these prices, for each group."""
        best = [-INFINITY] * len(self.planner.groups.members)
        for one in self.found:
            paid = prices.rows[self.joint] @ one.uses + prices.goals @ one.values
            best[one.group] = max(best[one.group], float(one.values[self.goal] - paid))
        return best

    def value(self, chosen: Chosen) -> float:
        return float(self.master.pool.values[chosen.columns, self.goal].sum())

    def fixed(self, prices: Prices) -> float:
        """What the bound has beside the groups."""
        return float(np.concatenate([prices.rows[self.joint], prices.goals[self.floors]]) @ self._edges())

    def _edges(self) -> Floats:
        return np.where(np.isfinite(self.high), self.high, np.where(np.isfinite(self.low), self.low, 0.0))

    def _row(self, plan: Plan) -> Floats:
        return np.concatenate([plan.uses, plan.values[self.floors]])

    def _program(self, center: Floats | None) -> Program:
        """One plan for each group. With prices to stay near, in parts, and a row may be missed or left at a price."""
        count, flows, groups = len(self.found), len(self.flows), len(self.planner.groups.members)
        rows, others = len(self.low), count + flows
        block = np.array([one.group for one in self.found])
        table = np.stack([self._row(one) for one in self.found])
        at = {int(row): groups + number for number, row in enumerate(self.joint)}
        moved = [
            (at[row], count + number) for number, one in enumerate(self.flows) for row in self.master.flow_entries[one]
        ]
        moves = np.array(moved, dtype=np.int64).reshape(len(moved), 2)
        where = np.nonzero(table)
        entries = [
            (block, np.arange(count), np.ones(count)),
            (groups + where[1], where[0], table[where]),
            (moves[:, 0], moves[:, 1], np.ones(len(moves))),
        ]
        cost = [np.array([one.values[self.goal] for one in self.found]), np.zeros(flows)]
        if center is not None:
            every, side = np.arange(rows), np.where(np.isfinite(self.high), 1.0, -1.0)
            width = MOVE * np.abs(center) + self.edge
            entries += [(groups + every, others + every, -side), (groups + every, others + rows + every, side)]
            cost += [-np.abs(center) - width, np.maximum(np.abs(center) - width, 0.0)]
        made = np.concatenate(cost)
        return Program(
            made,
            np.concatenate([np.ones(count), np.full(len(made) - count, INFINITY)]),
            np.arange(len(made)) < (count if center is None else 0),
            np.concatenate([np.ones(groups), self.low]),
            np.concatenate([np.ones(groups), self.high]),
            np.concatenate([one[0] for one in entries]),
            np.concatenate([one[1] for one in entries]),
            np.concatenate([one[2] for one in entries]),
        )

    def prices(self, center: Prices) -> Prices:
        """Giá của vòng sau: of all plans mixed, near the best prices so far."""
        old = np.concatenate([center.rows[self.joint], center.goals[self.floors]])
        solver = new_solver({"solver": "simplex"})
        solver.passModel(as_lp(self._program(old)))
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return center
        duals = np.array(solver.getSolution().row_dual)[len(self.planner.groups.members) :]
        duals = np.where(np.isfinite(self.high), np.maximum(duals, 0.0), np.minimum(duals, 0.0))
        rows, goals = np.zeros_like(center.rows), np.zeros_like(center.goals)
        rows[self.joint], goals[self.floors] = duals[: len(self.joint)], duals[len(self.joint) :]
        for flow in self.flows:  # none may pay
            entered = self.master.flow_entries[flow]
            rows[entered[-1]] -= min(float(rows[entered].sum()), 0.0)
        return Prices(rows, goals)

    def pick(self, best: Chosen, near: float) -> tuple[Chosen, float]:
        """Mỗi nhóm một phương án, all kept whole; the answer before stands where nothing is better."""
        program = self._program(None)
        answer = solve(program, gap=0.0, seconds=PICKING, absolute=near, nodes=NODES)
        if answer.values is None:
            return best, answer.seconds
        columns, flows = best.columns.copy(), best.flows.copy()
        for plan, taken in zip(self.found, answer.values, strict=False):
            if taken > 0.5:
                columns[self.planner.groups.members[plan.group]] = plan.columns
                flows[self.planner.flows[plan.group]] = plan.flows
        flows[self.flows] = answer.values[len(self.found) :]
        made = Chosen(columns, flows)
        return (made if self.value(made) > self.value(best) else best), answer.seconds

    def mend(self, best: Chosen, near: float, seconds: float) -> tuple[Chosen, float]:
        """Every block chooses again among its packages in any plan: while plans are few, it is these that fit."""
        pool = self.master.pool
        wanted = np.zeros(len(pool.block), dtype=bool)
        for one in self.found:
            wanted[one.columns] = True
        part, terms = Part(np.ones(pool.blocks, dtype=bool), wanted, best.columns), Terms(self.master, self.goal)
        found, answer = choose(self.master, terms, part, best, near, min(MENDING, seconds), MENDED)
        if found is None or self.value(found) <= self.value(best) or not terms.holds(found):
            return best, answer.seconds
        self.add([self.planner.plan_of(group, found) for group in range(len(self.planner.groups.members))])
        return found, answer.seconds
