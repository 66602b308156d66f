"""Đo đề xuất phân bổ vốn: a generated country and a generated district; the figures and names mean nothing."""

from __future__ import annotations

import random

from benchmarks import settings
from benchmarks.timing import Result, Results, seconds
from ntm.domain.allocation.model import Kind, MissingCriterion, Problem, Rules, Share, Source, Unit, Works
from ntm.domain.allocation.proposal import Proposal
from ntm.domain.allocation.proposing import propose

CRITERIA = 19
TRIEU = 10**6


def generate(communes: int, provinces: int, seed: int, *, plenty: float = 0.15) -> Problem:
    """Bài toán sinh ngẫu nhiên: 19 works a commune; some criteria need two or three of them together; some communes owe.

    Ceilings: the country's two, each province's two, each commune's own money and people's contributions;
    `plenty` is the part of the whole need that the ceilings cover.
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
    for province, members in sorted(of_province.items()):
        for kind in Kind:
            ceiling = int(need[kind][province] * plenty * draw.uniform(0.3, 0.6))
            id = f"prov{province:02d}-{kind}"
            sources.append(Source(id, ceiling, frozenset({kind}), units=frozenset(members)))
    for kind in Kind:
        ceiling = int(sum(need[kind]) * plenty * 0.4)
        sources.append(Source(f"nat-{kind}", ceiling, frozenset({kind}), pays_debt=False))
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
    free = [work.id for work in made if not work.is_debt]
    draw.shuffle(free)
    missing = []
    for code in range(1, draw.randrange(2, 10)):
        take = draw.choice((1, 1, 1, 2, 2, 3))
        together, free = free[:take], free[take:]
        if together:
            missing.append(MissingCriterion(f"{code:02d}", frozenset(together)))
    return Unit(unit, unit, tuple(missing), draw.random() < 0.3, draw.random() < 0.15)


def measure(results: Results) -> None:
    """Một huyện tới tối ưu, rồi cả nước trong 60 giây; the worst gap of the goals is told beside."""
    country = settings.ALLOCATION_COMMUNES
    for communes, provinces, limit, most, near in ((23, 1, 20.0, 2.0, 0.0), (country, 34, 60.0, 60.0, 0.005)):
        found: list[Proposal] = []
        problem = generate(communes, provinces, seed=1)
        taken = seconds(lambda found=found, problem=problem, limit=limit: found.append(propose(problem, limit)))
        goals = found[0].goals
        told = "; ".join(f"{one.goal} {one.value}/{one.bound} ({100 * one.gap:.2f} %)" for one in goals)
        results.add(
            Result(
                f"đề xuất phân bổ vốn: {communes} xã x {CRITERIA} công trình",
                "s",
                taken,
                target=f"<= {most:g} s, cách cận <= {100 * near:g} %",
                reached=taken <= most and max(one.gap for one in goals) <= near,
                note=told,
            )
        )
