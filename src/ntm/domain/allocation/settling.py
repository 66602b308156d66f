"""Lời giải nguyên: from the master's parts of packages to one package for each block, with its proof where asked.

A small problem is one integer program. In a large one the blocks in parts are settled first; then whole groups of
blocks at joint prices where money falls into groups, or else neighbourhoods one after another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import numpy as np

from ntm.domain.allocation.choosing import Part, Terms, choose
from ntm.domain.allocation.combining import NEAR, combine
from ntm.domain.allocation.grouping import Groups
from ntm.domain.allocation.master import Bools, Chosen, Master, Settled
from ntm.domain.allocation.solving import Floats

__all__ = ["settle"]

PASSES = ((1.02, 0.98), (4.0, 0.0))  # missing a floor by one costs, and passing it gains, this many times its price
WIDTH = 24  # columns of a free block
EACH = 1.0  # seconds of a neighbourhood


def settle(
    master: Master,
    goal: int,
    relaxed: tuple[float, Floats],
    before: Chosen,
    *,
    exact: bool,
    step: float,
    seconds: float,
    tell: Callable[[float], None],
) -> Settled:
    """Chọn một gói cho mỗi khối. relaxed: the bound and the parts of packages that reach it; step: the least by which
    two values of this goal can differ."""
    bound, x = relaxed
    if exact:
        return _exactly(master, goal, bound, before, step, seconds)
    groups = Groups.of(master)
    settled = _nearly(master, goal, bound, x, before, seconds, groups)
    value = float(master.pool.values[settled.chosen.columns, goal].sum())
    if not groups.natural or bound - value <= max(NEAR * abs(bound), 0.999 * step):
        return settled
    left = seconds - settled.seconds
    combined = combine(master, goal, groups, bound, settled.chosen, step=step, seconds=left, tell=tell)
    return Settled(combined.chosen, combined.bound, settled.seconds + combined.seconds)


def _regret(master: Master, goal: int) -> Floats:
    objective = np.zeros(master.goals)
    objective[goal] = 1.0
    reduced = master.reduced(objective)
    found: Floats = reduced[master.pool.best(reduced)][master.pool.block] - reduced
    return found


def _exactly(master: Master, goal: int, bound: float, before: Chosen, step: float, seconds: float) -> Settled:
    """The columns of the master first; then every column that a better answer could still use."""
    pool, spent, regret = master.pool, 0.0, _regret(master, goal)
    best, value, wanted = before, float(pool.values[before.columns, goal].sum()), master.taken.copy()
    every, terms = np.ones(pool.blocks, dtype=bool), Terms(master, goal)
    for last in (False, True):
        if bound < value + step * 0.999:
            break
        if last:  # a better answer loses less than this in all
            wanted = regret <= master.bound - value - 0.999 * step + 1e-6 * max(1.0, bound)
        wanted[best.columns] = True
        found, answer = choose(master, terms, Part(every, wanted, best.columns), best, 0.0, seconds - spent)
        spent += answer.seconds
        if found is not None and pool.values[found.columns, goal].sum() >= value:
            best, value = found, float(pool.values[found.columns, goal].sum())
        if last and answer.finished and pool.real.all():
            bound = min(bound, value)
    return Settled(best, bound, spent)


def _nearly(
    master: Master, goal: int, bound: float, x: Floats, before: Chosen, seconds: float, groups: Groups
) -> Settled:
    """Blocks that are whole stay, the others are settled together; then, without groups to be settled as such,
    neighbourhoods take their turns.

    At first the earlier goals are kept only at their price, so that every neighbourhood does what is best on the whole;
    then what is missing of them is made good.
    """
    pool, regret = master.pool, _regret(master, goal)
    x = x.copy()
    x[pool.first[:-1]] += 1.0 - np.bincount(pool.block, x, pool.blocks)  # nothing is the first package of each block
    top = pool.best(np.where(pool.real, x, -1.0))
    order = np.lexsort((regret, pool.block))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order)) - pool.first[pool.block[order]]
    wanted = (rank < WIDTH) | (x > 1e-9)
    loose, strict = (Terms(master, goal, *one) for one in PASSES)
    near = NEAR * abs(bound)
    part = Part(x[top] < 1 - 1e-6, wanted, top)
    found, answer = choose(master, loose, part, None, near, min(2.0, seconds / 4))
    best, spent = found or before, answer.seconds
    hoods = [] if groups.natural else _hoods(master)
    for terms, frees in ((loose, _alone(hoods, pool.blocks)), (strict, _paired(hoods, pool.blocks))):
        for free in frees:
            if bound - strict.worth(best) <= near or spent >= seconds:
                break
            wanted[best.columns] = True
            part = Part(free, wanted, best.columns)
            found, answer = choose(master, terms, part, best, near / (2 * len(hoods)), min(EACH, seconds - spent))
            spent += answer.seconds
            if found is not None and terms.worth(found) > terms.worth(best):
                best = found
    if strict.worth(best) < strict.worth(before) or not strict.holds(best):
        best = before
    return Settled(best, bound, spent)


def _alone(groups: list[list[int]], blocks: int) -> Iterator[Bools]:
    for group in groups:
        free = np.zeros(blocks, dtype=bool)
        free[group] = True
        yield free


def _paired(groups: list[list[int]], blocks: int) -> Iterator[Bools]:
    for apart in range(1, len(groups)):
        for number, group in enumerate(groups):
            free = np.zeros(blocks, dtype=bool)
            free[[*group, *groups[(number + apart) % len(groups)]]] = True
            yield free


def _hoods(master: Master) -> list[list[int]]:
    """Blocks that share their narrowest wide source."""
    of_row: dict[int, set[int]] = {}
    for rows in master.flow_entries:
        of_row.setdefault(rows[0], set()).add(rows[-1])
    entered = master.pool.rows[master.pool.first[:-1]].tolist()
    reached = [set().union(*(of_row.get(row, set()) for row in rows)) for rows in entered]
    users = Counter(source for ones in reached for source in ones)
    members: dict[int, list[int]] = {}
    for block, ones in enumerate(reached):
        members.setdefault(min(ones, key=lambda one: (users[one], one), default=-1), []).append(block)
    return [members[key] for key in sorted(members)]
