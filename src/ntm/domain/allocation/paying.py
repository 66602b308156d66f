"""Trả tiền: the choice of the solver counted out in whole đồng, once, at the end."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ntm.domain.allocation.eligibility import Eligibility
from ntm.domain.allocation.formulation import weight
from ntm.domain.allocation.ledger import Ledger
from ntm.domain.allocation.model import Problem, Works
from ntm.domain.allocation.packages import Floats, Kit
from ntm.domain.allocation.proposal import effects, faults
from ntm.domain.allocation.splitting import Amounts, split

__all__ = ["Payment", "pay"]


@dataclass(frozen=True)
class Payment:
    """Điều phải trả: the works, the own money of each block by class, the flows of wide sources to classes."""

    works: frozenset[str]
    own: tuple[tuple[int, ...], ...]
    flows: Floats


def pay(
    problem: Problem, eligible: Eligibility, kits: Sequence[Kit], ledger: Ledger, payment: Payment
) -> tuple[Amounts, dict[str, int]]:
    """Chia vốn tới từng đồng; what the solver rounded up by a few đồng gives way, the least effect first."""
    purse_of, budget = _budgets(kits, ledger, payment)
    works = [one for one in problem.works if one.id in payment.works]
    while works:
        amounts, missing = split(eligible, works, purse_of, budget)
        if not missing and not faults(problem, amounts, eligible):
            break
        works.remove(_least(problem, works, missing))
    else:
        amounts = {}
    slack = {one.id: one.ceiling for one in problem.sources}
    for given in amounts.values():
        for source, amount in given.items():
            slack[source] -= amount
    return amounts, slack


def _budgets(
    kits: Sequence[Kit], ledger: Ledger, payment: Payment
) -> tuple[dict[str, object], dict[tuple[object, str], int]]:
    """What each class of works of each block gets from each source."""
    left: dict[tuple[int, str], int] = defaultdict(int)
    for (wide, source), flow in zip(ledger.flows, payment.flows, strict=True):
        left[wide.total, source] += math.ceil(flow * ledger.scale - 0.5)
    purse_of: dict[str, object] = {}
    budget: dict[tuple[object, str], int] = {}
    for number, (kit, own) in enumerate(zip(kits, payment.own, strict=True)):
        for at, wide in enumerate(kit.wide):
            purse, demand = (number, at), -own[at]
            for work, inside in zip(kit.block.works, kit.in_class[at], strict=True):
                if inside:
                    purse_of[work.id] = purse
                    demand += work.cost if work.id in payment.works else 0
            if kit.block.own is not None and own[at]:
                budget[purse, kit.block.own] = own[at]
            for source in wide.sources:
                given = min(max(demand, 0), left[wide.total, source])
                left[wide.total, source] -= given
                demand -= given
                budget[purse, source] = given
    return purse_of, budget


def _least(problem: Problem, works: list[Works], missing: int) -> Works:
    """The work whose loss loses least of the goals, in their order, and that is dear enough."""
    units = {one.id: one for one in problem.units}
    whole = {one.id for one in works}
    before = effects(problem, whole)
    serving = {work for unit in problem.units for one in unit.missing for work in one.works}

    def loss(work: Works) -> tuple[object, ...]:
        return (
            work.is_debt,
            work.id in serving,
            work.cost < missing,
            weight(work, units[work.unit], problem),
            work.cost,
            work.id,
        )

    plain = [one for one in works if not one.is_debt and one.id not in serving]
    if plain:
        return min(plain, key=loss)
    criteria = {(unit.id, one.code): one.works for unit in problem.units for one in unit.missing}
    untitled = {work for (unit, _), needed in criteria.items() if unit not in before.titles for work in needed}
    return min(works, key=lambda one: (one.is_debt, one.id not in untitled, *loss(one)))
