"""Lập đề xuất phân bổ: goal after goal, each among the answers that keep what the ones before it reached."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from ntm.domain.allocation.decomposing import LARGE, partition, solve_stage
from ntm.domain.allocation.eligibility import Eligibility
from ntm.domain.allocation.formulation import Floors, Goal, Matrix, Partition, Stage, build, weight
from ntm.domain.allocation.model import Problem
from ntm.domain.allocation.proposal import GOAL_NAMES, GoalResult, Proposal, effects, faults
from ntm.domain.allocation.solving import Answer, Floats
from ntm.domain.allocation.splitting import Amounts, split

__all__ = ["Progress", "propose"]

Progress = Callable[[float, str], None]  # part done (0 to 1), what is being done in Vietnamese
TRIES = 8
NEAR = 0.003  # of a large problem; a small one is solved to the optimum


def _silent(part: float, what: str) -> None:
    """Nobody asked for the progress."""


def propose(problem: Problem, time_limit: float = 60.0, progress: Progress = _silent) -> Proposal:
    """Đề xuất phân bổ vốn trong số giây cho phép (of the solver); the same problem gives the same proposal."""
    work = _Work(problem, time_limit, progress)
    for number, goal in enumerate(work.goals):
        work.reach(goal, number)
    return work.result()


class _Work:
    """Lời giải đang lập: what was chosen so far, the money of each purse, the floors to keep."""

    def __init__(self, problem: Problem, time_limit: float, progress: Progress) -> None:
        self.problem, self.left, self.spent, self.progress = problem, time_limit, 0.0, progress
        self.eligible = Eligibility(problem)
        self.parts: Partition = partition(problem, self.eligible, LARGE)
        self.units = {one.id: one for one in problem.units}
        self.costs = {one.id: one.cost for one in problem.works}
        self.chosen: set[str] = set()
        self.amounts: Amounts = {}
        self.money: dict[tuple[object, str], int] = {}
        self.floors: Floors = ()
        self.results: list[GoalResult] = []
        self.purse_of: dict[str, object] = {
            one.id: (self.eligible.classes[one.id], self.parts.of_unit[one.unit]) for one in problem.works
        }
        self.gap = 0.0 if len(problem.units) <= LARGE else NEAR
        rules, debts = problem.rules, any(one.is_debt for one in problem.works)
        due = any(one.due_this_year for one in problem.units)
        skipped = {Goal.DEBT} if not (rules.debt_first and debts) else set()
        skipped |= {Goal.DUE} if not (rules.due_first and due) else set()
        self.goals = [one for one in Goal.ALL if one not in skipped]

    def reach(self, goal: str, number: int) -> None:
        """Một mục tiêu."""
        steps = len(self.goals)
        self.progress(number / steps, GOAL_NAMES[goal])
        matrix = build(self.problem, self.eligible, Stage(goal, self.floors), self.parts)
        answer = solve_stage(
            matrix,
            self._start(matrix),
            gap=self.gap,
            seconds=self.left / (steps - number),
            tick=lambda part: self.progress((number + part) / steps, GOAL_NAMES[goal]),
        )
        self.left -= answer.seconds
        self.spent += answer.seconds
        before = effects(self.problem, self.chosen).value(goal)
        kept = self._take(matrix, answer)
        value = effects(self.problem, self.chosen).value(goal)
        unit = matrix.scale if goal == Goal.DEBT else 1
        bound = answer.bound * unit
        tidy = math.floor(bound + 1e-6) if math.isfinite(bound) else self._most(goal)
        if abs(bound - value) <= 1e-8 * value:  # the solver's own rounding
            tidy = value
        self.results.append(GoalResult(goal, value, max(value, tidy), answer.finished and kept))
        self.floors += ((goal, max(before, value), self._by_group(goal)),)

    def _start(self, matrix: Matrix) -> Floats:
        """The answer so far, in the columns of this step."""
        x = np.zeros(len(matrix.upper))
        reached = effects(self.problem, self.chosen)
        for pair, column in matrix.criteria.items():
            x[column] = pair in reached.criteria
        for unit, column in matrix.titles.items():
            x[column] = unit in reached.titles
        for column, works in matrix.blocks:
            x[column] = all(one.id in self.chosen for one in works)
        for key, column in matrix.purses.items():
            x[column] = matrix.money(self.money.get(key, 0))
        return x

    def _take(self, matrix: Matrix, answer: Answer) -> bool:
        """Take the answer when it can be paid in whole đồng; keep the former one otherwise."""
        if answer.values is None:
            return False
        values = answer.values
        picked = {work.id for column, works in matrix.blocks if values[column] > 0.5 for work in works}
        budget: dict[tuple[object, str], int] = {
            key: math.ceil(values[column] * matrix.scale - 0.5) for key, column in matrix.purses.items()
        }
        blocks: list[set[str]] = [{one.id for one in works} for column, works in matrix.blocks if values[column] > 0.5]
        for _ in range(TRIES):
            works = [one for one in self.problem.works if one.id in picked]
            amounts, missing = split(self.eligible, works, self.purse_of, budget)
            if not missing and not faults(self.problem, amounts, self.eligible) and self._keeps(picked):
                break
            spare: list[set[str]] = [one for one in blocks if one <= picked and not one & self.chosen]
            if not spare:  # the solver rounds by a few đồng; then the smallest new block gives way
                return False
            ranked = sorted((self._cost(ones) < missing, self._cost(ones), sorted(ones)) for ones in spare)
            picked -= set(ranked[0][2])
        else:
            return False
        self.chosen, self.amounts, self.money = picked, amounts, {}
        for id, given in amounts.items():
            for source, amount in given.items():
                key = self.purse_of[id], source
                self.money[key] = self.money.get(key, 0) + amount
        return True

    def _keeps(self, works: set[str]) -> bool:
        reached = effects(self.problem, works)
        return all(reached.value(goal) >= floor for goal, floor, _ in self.floors)

    def _cost(self, works: set[str]) -> int:
        return sum(self.costs[one] for one in works)

    def _by_group(self, goal: str) -> tuple[int, ...]:
        found = [0] * self.parts.count
        reached, works = effects(self.problem, self.chosen), {one.id: one for one in self.problem.works}
        if goal in (Goal.DUE, Goal.TITLES):
            for unit in reached.due_titles if goal == Goal.DUE else reached.titles:
                found[self.parts.of_unit[unit]] += 1
        elif goal == Goal.CRITERIA:
            for unit, _ in reached.criteria:
                found[self.parts.of_unit[unit]] += 1
        for id in self.chosen if goal in (Goal.DEBT, Goal.WEIGHT) else ():
            work = works[id]
            if goal == Goal.WEIGHT:
                found[self.parts.of_unit[work.unit]] += weight(work, self.units[work.unit], self.problem)
            elif work.is_debt:
                found[self.parts.of_unit[work.unit]] += work.cost
        return tuple(found)

    def _most(self, goal: str) -> int:
        """Everything there is to reach: the bound when the solver had no time to find a better one."""
        if goal == Goal.CRITERIA:
            return sum(len(one.missing) for one in self.problem.units)
        return effects(self.problem, [one.id for one in self.problem.works]).value(goal)

    def result(self) -> Proposal:
        """Đề xuất cuối cùng."""
        self.progress(1.0, "xong")
        amounts: Mapping[str, Mapping[str, int]] = {id: self.amounts[id] for id in sorted(self.amounts)}
        reached = effects(self.problem, self.chosen)
        finished = all(one.finished for one in self.results)
        return Proposal(amounts, tuple(self.results), reached, finished, self.spent)
