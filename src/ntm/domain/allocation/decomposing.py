"""Chia bài toán lớn: groups of units joined only by a few wide sources are solved one by one at the price of those sources.

The prices come from the program whose works may be cut in parts. Solved at any prices, the groups together give a true
upper bound (Lagrange). Then the groups take their turn under the ceilings that remain, each at the same prices, so that
none takes more of a wide source than it is worth; what is left at the end is offered once more without a price.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from ntm.domain.allocation.eligibility import Eligibility
from ntm.domain.allocation.formulation import Matrix, Partition
from ntm.domain.allocation.model import Problem
from ntm.domain.allocation.solving import Answer, Floats, Program, prices, solve

__all__ = ["LARGE", "partition", "solve_stage"]

LARGE = 400  # units; up to here one program is solved whole
SAMPLE = 9000  # columns of the sample from which prices are learnt
Tick = Callable[[float], None]


def partition(problem: Problem, eligible: Eligibility, large: int = LARGE) -> Partition:
    """Chia nhóm đơn vị: the widest sources are set aside one by one until no group is large."""
    users: dict[str, set[str]] = {}
    links: list[list[str]] = [
        [unit.id, *(home[work] for criterion in unit.missing for work in criterion.works)]
        for home in [{work.id: work.unit for work in problem.works}]
        for unit in problem.units
    ]
    for work in problem.works:
        for source in eligible.classes[work.id].sources:
            users.setdefault(source, set()).add(work.unit)
    widest = sorted(users, key=lambda source: (-len(users[source]), source))
    ids = [unit.id for unit in problem.units]
    for aside in range(len(widest) + 1):
        kept = [sorted(users[source]) for source in widest[aside:]]
        groups = _grouped(ids, [*links, *kept])
        count = len(set(groups.values()))
        if max(np.bincount(list(groups.values())), default=0) <= large or aside == 12:
            break
    joined = aside > 0 or bool(problem.rules.minimum_shares)
    return Partition(groups, count, joined and count > 1)


def _grouped(ids: list[str], links: list[list[str]]) -> dict[str, int]:
    above = {one: one for one in ids}

    def top(one: str) -> str:
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    for link in links:
        for other in link[1:]:
            above[top(other)] = top(link[0])
    numbers: dict[str, int] = {}
    return {one: numbers.setdefault(top(one), len(numbers)) for one in ids}


def solve_stage(matrix: Matrix, start: Floats, *, gap: float, seconds: float, tick: Tick = lambda _: None) -> Answer:
    """Giải một bước: whole when there is one group, by groups otherwise. `start` is an answer that is allowed."""
    program, group = Program.of(matrix), np.array(matrix.group, dtype=np.int64)
    if not len(group) or not program.cost.any():
        return Answer(start, 0.0, 0.0, True)
    if len(set(matrix.group)) == 1:
        return solve(program, gap=gap, seconds=seconds, start=start)
    return _Turns(program, group, start, gap, seconds, tick).run()


class _Turns:
    """Các nhóm lần lượt."""

    def __init__(
        self, program: Program, group: npt.NDArray[np.int64], start: Floats, gap: float, seconds: float, tick: Tick
    ) -> None:
        self.program, self.group, self.x = program, group, start.copy()
        self.near = 1e-6  # what each group may fall short of its best
        self.gap, self.left, self.spent, self.tick = gap, seconds, 0.0, tick
        low = np.full(len(program.low), np.iinfo(np.int64).max)
        high = np.full(len(program.low), -1)
        np.minimum.at(low, program.rows, group[program.columns])
        np.maximum.at(high, program.rows, group[program.columns])
        self.linking = low < high
        self.parts = [_Part(program, group, one, self.linking) for one in sorted(set(group.tolist()))]
        self.finished = True

    def run(self) -> Answer:
        program, price = self.program, np.zeros(len(self.program.low))
        if self.linking.any():
            sample, rows = self._sample()
            found, reached, took = prices(sample, self.left / 4)
            self.near = max(1e-6, 0.4 * self.gap * reached / max(1, len(self.parts[:: self._step()])))
            price[rows] = found
            self._took(took)
        price = np.where(self.linking, price, 0.0)
        price = np.where(np.isfinite(program.high), price, -price)  # a floor pays what a ceiling costs
        edge = np.where(np.isfinite(program.high), program.high, program.low)
        bound = float(np.sum(price[self.linking] * edge[self.linking]))
        priced = []
        for number, part in enumerate(self.parts):
            answer = part.solve(price, self.near, self._share(number, 2), None, None, self.x[part.columns])
            self._took(answer.seconds)
            bound += answer.bound
            priced.append(answer)
            self.tick(0.6 * (number + 1) / len(self.parts))
        if not self.linking.any():
            for part, answer in zip(self.parts, priced, strict=True):
                self._accept(part, answer)
            return Answer(self.x, bound, self.spent, self.finished)
        allotted = self._allotments(priced)
        ahead = np.zeros(len(price))
        for number, (part, answer) in enumerate(zip(self.parts, priced, strict=True)):
            ahead += allotted[number]
            self._turn(part, price, answer, self._share(number, 2), np.maximum(ahead, part.uses(self.x)))
            ahead -= part.uses(self.x)
            self.tick(0.6 + 0.2 * (number + 1) / len(self.parts))
        for number, part in enumerate(self.parts):
            if bound - float(program.cost @ self.x) <= self.gap * abs(bound) or self.left <= 0:
                break
            self._turn(part, price / 50, None, self._share(number, 1), None)
            self.tick(0.8 + 0.2 * (number + 1) / len(self.parts))
        return Answer(self.x, bound, self.spent, self.finished)

    def _step(self) -> int:
        return max(1, len(self.group) // SAMPLE)

    def _sample(self) -> tuple[Program, npt.NDArray[np.int64]]:
        """Every n-th group with its part of the wide sources: enough to learn their prices."""
        program, step = self.program, self._step()
        numbers = [part.number for part in self.parts[::step]]
        kept = np.isin(self.group, numbers)
        at = np.cumsum(kept) - 1
        entries = np.flatnonzero(kept[program.columns])
        rows, numbered = np.unique(program.rows[entries], return_inverse=True)
        every = np.bincount(program.rows, minlength=len(program.low))[rows]
        part = np.where(self.linking[rows], np.bincount(numbered) / every, 1.0)
        reached = program.activity(np.where(kept, self.x, 0.0))[rows]
        low = np.where(self.linking[rows], np.minimum(program.low[rows], reached), program.low[rows])
        sample = Program(
            program.cost[kept],
            program.upper[kept],
            program.whole[kept],
            low,
            program.high[rows] * part,
            numbered.astype(np.int64),
            at[program.columns[entries]],
            program.values[entries],
        )
        return sample, rows

    def _allotments(self, priced: list[Answer]) -> Floats:
        """Each group's part of a wide source, as it would take at these prices."""
        used = np.array(
            [
                part.uses_of(answer.values) if answer.values is not None else part.uses(self.x)
                for part, answer in zip(self.parts, priced, strict=True)
            ]
        )
        whole = np.maximum(used.sum(axis=0), 1e-9)
        limit = np.where(np.isfinite(self.program.high), self.program.high, 0.0)
        allotted: Floats = used * (limit / whole)
        return allotted

    def _share(self, done: int, passes: int) -> float:
        return self.left * 2 / max(1, passes * (len(self.parts) - done))

    def _took(self, seconds: float) -> None:
        self.left -= seconds
        self.spent += seconds

    def _room(self, part: _Part) -> tuple[Floats, Floats]:
        """What the other groups leave of the linking rows."""
        rest = self.x.copy()
        rest[part.columns] = 0.0
        used = self.program.activity(rest)
        return self.program.low - used, self.program.high - used

    def _turn(self, part: _Part, price: Floats, free: Answer | None, seconds: float, allotted: Floats | None) -> None:
        low, high = self._room(part)
        if allotted is not None:
            high = np.minimum(high, np.where(np.isfinite(self.program.high), allotted + 1e-7, np.inf))
        if free is not None and free.values is not None and part.allows(free.values, low, high):
            self._accept(part, free)
            return
        if self.left <= 0:
            self.finished = False
            return
        answer = part.solve(price, self.near, seconds, low, high, self.x[part.columns])
        self._took(answer.seconds)
        self._accept(part, answer)

    def _accept(self, part: _Part, answer: Answer) -> None:
        if answer.values is not None:
            self.x[part.columns] = answer.values
        self.finished = self.finished and answer.finished


class _Part:
    """Một nhóm: its columns, its own rows, and its entries in the linking rows."""

    def __init__(
        self, program: Program, group: npt.NDArray[np.int64], number: int, linking: npt.NDArray[np.bool_]
    ) -> None:
        self.whole_program, self.linking = program, linking
        self.number, mine = number, group == number
        self.columns = np.flatnonzero(mine)
        at = np.full(len(group), -1)
        at[self.columns] = np.arange(len(self.columns))
        self.entries = np.flatnonzero(mine[program.columns])
        self.row_ids = program.rows[self.entries]
        self.at = at[program.columns[self.entries]]
        self.values = program.values[self.entries]

    def uses(self, x: Floats) -> Floats:
        """Lượng dùng của các nguồn rộng, in an answer of the whole."""
        return self.uses_of(x[self.columns])

    def uses_of(self, x: Floats) -> Floats:
        """Lượng dùng của các nguồn rộng, in an answer of this group."""
        used = np.bincount(self.row_ids, self.values * x[self.at], minlength=len(self.linking))
        return np.where(self.linking, used, 0.0)

    def allows(self, x: Floats, low: Floats, high: Floats) -> bool:
        """Lời giải có vừa với phần còn lại của các nguồn rộng không."""
        used = np.bincount(self.row_ids, self.values * x[self.at], minlength=len(low))
        rows = self.linking
        return bool(np.all(used[rows] <= high[rows] + 1e-7) and np.all(used[rows] >= low[rows] - 1e-7))

    def solve(
        self, price: Floats, near: float, seconds: float, low: Floats | None, high: Floats | None, start: Floats
    ) -> Answer:
        """Giải nhóm này ở giá đã cho, with the linking rows kept only when their room is given."""
        whole = self.whole_program
        cost = whole.cost[self.columns] - np.bincount(
            self.at, self.values * price[self.row_ids], minlength=len(self.columns)
        )
        kept = np.arange(len(self.entries)) if low is not None else np.flatnonzero(~self.linking[self.row_ids])
        rows, numbered = np.unique(self.row_ids[kept], return_inverse=True)
        row_low, row_high = whole.low[rows], whole.high[rows]
        if low is not None and high is not None:
            linked = self.linking[rows]
            row_low, row_high = np.where(linked, low[rows], row_low), np.where(linked, high[rows], row_high)
        program = Program(
            cost,
            whole.upper[self.columns],
            whole.whole[self.columns],
            row_low,
            row_high,
            numbered.astype(np.int64),
            self.at[kept],
            self.values[kept],
        )
        return solve(program, gap=0.0, seconds=seconds, start=start, absolute=near)
