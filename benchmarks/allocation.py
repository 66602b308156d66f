"""Đo đề xuất phân bổ vốn: a generated country and a generated district; the figures and names mean nothing."""

from __future__ import annotations

import os
import random
import time

from benchmarks import settings
from benchmarks.timing import Result, Results, seconds
from ntm.domain.allocation.formulation import Goal
from ntm.domain.allocation.model import Kind, MissingCriterion, Problem, Rules, Share, Source, Unit, Works
from ntm.domain.allocation.proposal import Proposal
from ntm.domain.allocation.proposing import propose

CRITERIA = 19
TRIEU = 10**6


def generate(communes: int, provinces: int, seed: int, *, plenty: float = 0.33) -> Problem:
    """Bài toán sinh ngẫu nhiên: 19 works a commune; some criteria need two or three of them together; some communes owe.

    Sources by kind: the State's money allotted to each province (pays no debts) and a tenth of it kept back for all,
    each province's own, each commune's own with its co-funding. The ceilings of State and province cover `plenty` of
    what is asked for, more in one province than in another; a commune's own money 2 to 10 % of its need.
    """
    draw = random.Random(seed)
    units: list[Unit] = []
    works: list[Works] = []
    sources: list[Source] = []
    of_province: dict[int, list[str]] = {}
    need = {kind: [0] * provinces for kind in Kind}
    for number in range(communes):
        unit, province = f"x{number:05d}", number % provinces
        of_province.setdefault(province, []).append(unit)
        own, made = f"own-{unit}", _works(draw, unit, f"own-{unit}")
        for work in made:
            need[work.kind][province] += work.cost
        works += made
        cost = sum(work.cost for work in made)
        sources.append(Source(own, int(cost * draw.uniform(0.02, 0.10)), frozenset(Kind), units=frozenset({unit})))
        units.append(_unit(draw, unit, made))
    kept = dict.fromkeys(Kind, 0)
    for province, members in sorted(of_province.items()):
        for kind in Kind:
            there, whole = frozenset(members), need[kind][province] * plenty
            state = int(whole * draw.uniform(0.4, 0.8))
            own_money = int(whole * draw.uniform(0.2, 0.4))
            kept[kind] += state // 10
            id = f"{province:02d}-{kind}"
            sources.append(Source(f"tw-{id}", state - state // 10, frozenset({kind}), units=there, pays_debt=False))
            sources.append(Source(f"tinh-{id}", own_money, frozenset({kind}), units=there))
    sources += [Source(f"tw-{kind}", kept[kind], frozenset({kind}), pays_debt=False) for kind in Kind]
    return Problem(tuple(units), tuple(works), tuple(sources), Rules())


def _works(draw: random.Random, unit: str, own: str) -> list[Works]:
    made = []
    owes = draw.random() < 0.2
    for item in range(CRITERIA):
        kind = Kind.RECURRENT if draw.random() < 0.3 else Kind.INVESTMENT
        most = 900 if kind is Kind.RECURRENT else 6000
        cost = draw.randrange(60, most) * TRIEU + draw.randrange(0, 10**6)
        debt = owes and item == 0
        made.append(
            Works(
                f"{unit}-{item:02d}",
                unit,
                cost // 4 if debt else cost,
                Kind.INVESTMENT if debt else kind,
                shares=() if debt else (Share(frozenset({own}), 50, 400, "đối ứng"),),
                is_debt=debt,
                started=draw.random() < 0.2,
                reason="công trình cấp bách" if draw.random() < 0.1 else "",
            )
        )
    return made


def _unit(draw: random.Random, unit: str, made: list[Works]) -> Unit:
    """2 to 15 criteria missing, each completed by one, two or three works; what is left over completes nothing."""
    free = [work.id for work in made if not work.is_debt]
    draw.shuffle(free)
    missing = []
    for code in range(1, draw.randrange(3, 17)):
        take = draw.choice((1, 1, 1, 2, 2, 3))
        together, free = free[:take], free[take:]
        if together:
            missing.append(MissingCriterion(f"{code:02d}", frozenset(together)))
    return Unit(unit, unit, tuple(missing), draw.random() < 0.3, draw.random() < 0.15)


def measure(results: Results) -> None:
    """Một huyện tới tối ưu in every goal, rồi cả nước trong 60 giây: titles, then criteria; every gap is told beside."""
    country = settings.ALLOCATION_COMMUNES
    for communes, provinces, limit, most, near in ((23, 1, 20.0, 2.0, 0.0), (country, 34, 40.0, 60.0, 0.005)):
        found: list[Proposal] = []
        problem = generate(communes, provinces, seed=1)
        spent = time.process_time()
        taken = seconds(lambda found=found, problem=problem, limit=limit: found.append(propose(problem, limit)))
        spent = time.process_time() - spent
        goals = found[0].goals
        judged = [one for one in goals if communes <= 23 or one.goal in (Goal.TITLES, Goal.CRITERIA)]
        told = "; ".join(f"{one.goal} {one.value}/{one.bound} ({100 * one.gap:.2f} %)" for one in goals)
        results.add(
            Result(
                f"đề xuất phân bổ vốn: {communes} xã x {CRITERIA} công trình",
                "s",
                taken,
                target=f"<= {most:g} s, cách cận <= {100 * near:g} %",
                reached=taken <= most and max(one.gap for one in judged) <= near,
                note=f"{told}; CPU {spent:.1f} s, load {os.getloadavg()[0]:.1f}; {' '.join(found[0].remarks)}",
            )
        )
