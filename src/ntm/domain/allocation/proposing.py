"""Lập đề xuất phân bổ: goal after goal, each among the answers that keep what the ones before it reached."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable

import numpy as np

from ntm.domain.allocation.eligibility import Eligibility
from ntm.domain.allocation.filling import Filled, fill, top_up
from ntm.domain.allocation.formulation import Goal
from ntm.domain.allocation.ledger import INFINITY, Ledger, blocks, measure
from ntm.domain.allocation.master import Chosen, Master, Pool
from ntm.domain.allocation.model import Problem
from ntm.domain.allocation.packages import Columns, Floats, Kit, columns, completing, dream, effects_of
from ntm.domain.allocation.paying import Payment, pay
from ntm.domain.allocation.proposal import GOAL_NAMES, Effects, GoalResult, Proposal, effects
from ntm.domain.allocation.settling import settle

__all__ = ["Progress", "Work", "propose"]

Progress = Callable[[float, str], None]  # part done (0 to 1), what is being done in Vietnamese
EXACT = 150  # units: up to here every goal is solved to the proven optimum
GIVE = 4  # thousandths of a large problem's bound: so much of titles is given for what comes after


def _silent(part: float, what: str) -> None:
    """Nobody asked for the progress."""


def propose(
    problem: Problem, time_limit: float = 60.0, progress: Progress = _silent, *, exact: int = EXACT
) -> Proposal:
    """Đề xuất phân bổ vốn trong số giây cho phép (of the solver); the same problem gives the same proposal.

    exact: units up to which every goal is solved to the proven optimum.
    """
    if not any(one.sources for one in Eligibility(problem).classes.values()):
        nothing = effects(problem, ())
        return Proposal({}, tuple(GoalResult(one, 0, 0, True) for one in Goal.ALL), nothing, True, 0.0)
    work = Work(problem, time_limit, progress, exact)
    for goal in work.goals[:-1]:
        work.reach(goal)
    work.fill()
    return work.result()


class Work:
    """Lời giải đang lập: packages of every block, the master program, what was chosen so far."""

    def __init__(self, problem: Problem, time_limit: float, progress: Progress, exact: int) -> None:
        self.problem, self.left, self.spent, self.progress = problem, time_limit, 0.0, progress
        self.eligible, self.ledger = Eligibility(problem), Ledger(measure(problem))
        self.exact = len(problem.units) <= exact
        rules, owed = problem.rules, Counter(one.unit for one in problem.works if one.is_debt)
        due = any(one.due_this_year for one in problem.units)
        skipped = {Goal.DEBT} if not (rules.debt_first and owed) else set()
        skipped |= {Goal.DUE} if not (rules.due_first and due) else set()
        self.goals = [one for one in Goal.ALL if one not in skipped]
        progress(0.0, "lập các gói công trình")
        units = {one.id: one for one in problem.units}
        self.kits = [Kit.of(block, units, self.eligible, self.ledger, owed) for block in blocks(problem, self.eligible)]
        self.ledger.rules += [self.ledger.row(0.0, INFINITY) for _ in rules.minimum_shares]
        self.columns: list[Columns] = []
        self.values, loose = [], []
        for number, kit in enumerate(self.kits):
            if number % 200 == 0:
                progress(0.1 * number / len(self.kits), "lập các gói công trình")
            chosen, whole = completing(kit)
            made = columns(kit, chosen, self.ledger)
            if not whole:
                made = dream(made)
                loose.append(number)
            self.columns.append(made)
            self.values.append(effects_of(kit, made.chosen, self.ledger.scale))
        self.whole = not loose
        self.pool = Pool(self.columns, self.values, loose)
        nothing = self.pool.first[:-1]
        self.master = Master(self.pool, self.ledger, nothing)
        self.chosen = Chosen(nothing, np.zeros(len(self.ledger.flows)))
        self.bounds: dict[str, int] = {}
        self.filled: Filled | None = None
        self.dear: tuple[int, float] | None = None  # titles that were in reach, and the most criteria beside them

    def reach(self, goal: str) -> None:
        """Một mục tiêu."""
        at, began, whole = Goal.ALL.index(goal), self._began(goal), 0.8 / len(self.goals)
        self.progress(began, GOAL_NAMES[goal])
        relaxed = self._relax(goal)
        step = 1.0 if goal != Goal.DEBT else 1.0 / self.ledger.scale
        settled = settle(
            self.master,
            at,
            relaxed,
            self.chosen,
            exact=self.exact,
            step=step,
            seconds=self.left * (0.95 if goal == Goal.CRITERIA and not self.exact else 0.4),
            tell=lambda part: self.progress(began + whole * part, GOAL_NAMES[goal]),
        )
        self._took(settled.seconds)
        self.chosen = settled.chosen
        value = float(self.pool.values[self.chosen.columns, at].sum())
        self.master.add(self.chosen.columns, np.eye(len(Goal.ALL))[at])
        self.master.keep(at, value - (1e-9 * value + 0.4 * step if goal == Goal.DEBT else 0.0))
        proven = settled.bound <= value + 0.6 * step + 1e-9 * value
        self.bounds[goal] = self._whole(goal, value if proven else settled.bound)
        if goal == Goal.TITLES and not self.exact:
            self._give(value, settled.bound)

    def _began(self, goal: str) -> float:
        return 0.1 + 0.8 * self.goals.index(goal) / len(self.goals)

    def _relax(self, goal: str) -> tuple[float, Floats]:
        before = self.master.spent
        found = self.master.relax(np.eye(len(Goal.ALL))[Goal.ALL.index(goal)], self.left / 2)
        self._took(self.master.spent - before)
        return found

    def _give(self, titles: float, bound: float) -> None:
        """The last titles cost out of all proportion: some may be given, and what all of them would leave is known."""
        floor = min(titles, math.ceil(bound * (1 - GIVE / 1000)))
        if floor < titles:
            self.dear = round(titles), self._relax(Goal.CRITERIA)[0]
            self.master.keep(Goal.ALL.index(Goal.TITLES), floor)

    def _took(self, seconds: float) -> None:
        self.left, self.spent = self.left - seconds, self.spent + seconds

    def _whole(self, goal: str, bound: float) -> int:
        """The bound in whole đồng or whole numbers."""
        if not math.isfinite(bound):
            return self._most(goal)
        if goal == Goal.DEBT:
            return min(self._most(goal), round(bound * self.ledger.scale))
        return math.floor(bound + 1e-6)

    def _most(self, goal: str) -> int:
        """Everything there is to reach."""
        if goal == Goal.CRITERIA:
            return sum(len(one.missing) for one in self.problem.units)
        return effects(self.problem, [one.id for one in self.problem.works]).value(goal)

    def fill(self) -> None:
        """Mục tiêu cuối, in a small problem with its proof."""
        self.progress(0.8, GOAL_NAMES[Goal.WEIGHT])
        if not self.exact:
            return
        packages, values = [], []
        slack = self.master.bound - float(self.pool.values[self.chosen.columns, 3].sum()) + 1e-6 * self.master.bound
        for kit in self.kits:
            chosen, _ = completing(kit, weighed=True)
            made = columns(kit, chosen, self.ledger)
            reached = effects_of(kit, made.chosen, self.ledger.scale)
            reduced = self.master.worth(made, reached, np.eye(len(Goal.ALL))[3])
            kept = made.chosen[reduced >= reduced.max() - slack] if math.isfinite(slack) else made.chosen
            packages.append(np.unique(kept, axis=0))
            values.append(effects_of(kit, packages[-1], self.ledger.scale))
        floors = {at: float(floor) for at, floor in enumerate(self.master.floors) if math.isfinite(floor)}
        self.filled = fill(self.kits, packages, values, self.ledger, floors, self.left)
        self._took(self.filled.seconds)

    def _payment(self) -> Payment:
        filled = self.filled
        if filled is not None and filled.works is not None:
            return Payment(filled.works, filled.own, filled.flows)
        first = self.pool.first
        picked = [int(at - start) for at, start in zip(self.chosen.columns, first, strict=False)]
        works = {
            work.id
            for kit, made, at in zip(self.kits, self.columns, picked, strict=True)
            for work, inside in zip(kit.block.works, made.chosen[at], strict=True)
            if inside
        }
        own = tuple(tuple(made.own[at].tolist()) for made, at in zip(self.columns, picked, strict=True))
        return Payment(frozenset(works), own, self.chosen.flows)

    def result(self) -> Proposal:
        """Đề xuất cuối cùng, in whole đồng."""
        self.progress(0.9, "chia vốn đến từng đồng")
        amounts, slack = pay(self.problem, self.eligible, self.kits, self.ledger, self._payment())
        if self.filled is None or not self.filled.finished:
            top_up(self.eligible, self.kits, amounts, slack)
        reached = effects(self.problem, amounts)
        bounds = self.bounds
        proven = self.filled is not None and self.filled.finished and self.whole
        bounds[Goal.WEIGHT] = self._whole(Goal.WEIGHT, self.filled.bound if self.filled and proven else INFINITY)
        results = tuple(
            GoalResult(goal, reached.value(goal), max(reached.value(goal), bounds[goal]), self.left > 0)
            for goal in self.goals
        )
        self.progress(1.0, "xong")
        ordered = {id: amounts[id] for id in sorted(amounts)}
        finished = all(one.finished for one in results)
        return Proposal(ordered, results, reached, finished, self.spent, self._remarks(reached))

    def _remarks(self, reached: Effects) -> tuple[str, ...]:
        """What was given up, told openly."""
        if self.dear is None or len(reached.titles) >= self.dear[0]:
            return ()
        titles, left = self.dear[0], self.dear[0] - len(reached.titles)
        more = len(reached.criteria) - math.floor(self.dear[1] + 1e-6)
        gained = f"thêm ít nhất {more} tiêu chí" if more > 0 else "thêm tiêu chí"
        return (
            f"Để lại {left} xã có thể đạt danh hiệu để được {gained}: giữ đủ {titles} xã thì các xã cuối cùng dùng hết "
            f"vốn của nhiều tiêu chí ở nơi khác. Số xã để lại không quá {GIVE} phần nghìn "
            "của số nhiều nhất có thể.",
        )
