"""Bài toán lớn: groups of communes at joint prices; bounds are true, answers keep every rule, what is given is told."""

from __future__ import annotations

import random
import threading
from dataclasses import replace

import pytest

from ntm.domain.allocation import (
    Kind,
    MinimumShare,
    MissingCriterion,
    Problem,
    Rules,
    Share,
    Source,
    Unit,
    Works,
    faults,
    propose,
)
from ntm.domain.allocation.grouping import Groups
from ntm.domain.allocation.proposing import Work

INVEST, RECUR = frozenset({Kind.INVESTMENT}), frozenset({Kind.RECURRENT})


def country(seed: int, provinces: int = 3, communes: int = 4) -> Problem:
    """Some provinces, their own money, a reserve for all; by seed also debts, shares of wide sources, works that only
    the reserve may pay, a minimum share."""
    draw = random.Random(seed)
    units, works, sources = [], [], [Source("tw", draw.randrange(20, 60), INVEST), Source("sn", 9, RECUR)]
    for province in range(provinces):
        members = frozenset(f"{province}-{number}" for number in range(communes))
        sources.append(Source(f"tinh-{province}", draw.randrange(20, 60), INVEST, units=members))
        sources.append(Source(f"sn-{province}", draw.randrange(0, 20), RECUR, units=members))
        for unit in sorted(members):
            made = [_work(draw, unit, number, f"tinh-{province}", seed) for number in range(4)]
            free = [one.id for one in made if not one.is_debt]
            cut = draw.randrange(1, len(free))
            sets = (frozenset(free[:cut]), frozenset(free[cut:]), frozenset(free[:1]))
            missing = tuple(MissingCriterion(str(code), some) for code, some in enumerate(sets[: draw.randrange(1, 4)]))
            units.append(Unit(unit, unit, missing, draw.random() < 0.3))
            works += made
    shares = (MinimumShare("tỉnh 0", frozenset(f"0-{number}" for number in range(communes)), 300),)
    return Problem(tuple(units), tuple(works), tuple(sources), Rules(minimum_shares=shares if seed % 3 == 0 else ()))


def _work(draw: random.Random, unit: str, number: int, local: str, seed: int) -> Works:
    kind = Kind.RECURRENT if draw.random() < 0.3 else Kind.INVESTMENT
    wide = (Share(frozenset({local}), 200, 800, "vốn tỉnh"),) if seed % 4 == 1 and kind is Kind.INVESTMENT else ()
    alone = frozenset({"tw"}) if seed % 4 == 2 and number == 3 and kind is Kind.INVESTMENT else None
    debt = number == 0 and draw.random() < 0.2
    return Works(f"{unit}-{number}", unit, draw.randrange(3, 20), kind, sources=alone, shares=wide, is_debt=debt)


@pytest.mark.parametrize("seed", range(8))
def test_the_bound_of_the_large_way_is_never_below_the_optimum(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ntm.domain.allocation.settling.NEAR", 0.0)
    monkeypatch.setattr("ntm.domain.allocation.combining.NEAR", 0.0)
    monkeypatch.setattr("ntm.domain.allocation.combining.ROUNDS", 3)
    problem = country(seed)
    best, large = propose(problem, 20), propose(problem, 20, exact=0)
    assert best.finished and faults(problem, large.amounts) == ()
    for optimum, found in zip(best.goals, large.goals, strict=True):
        assert found.value <= optimum.value == optimum.bound <= found.bound
        if found.value < optimum.value:
            break  # what comes after is sought among other choices


def test_groups_are_joined_by_narrow_money_and_only_the_reserve_joins_them() -> None:
    work = Work(country(2), 20, lambda part, what: None, 0)
    groups = Groups.of(work.master)
    assert groups.natural and [len(one) for one in groups.members] == [4, 4, 4]
    reserve = {work.ledger.of_source["tw"], work.ledger.of_source["sn"]}
    only = {wide.total for wide in work.ledger.classes.values() if wide.sources in (("tw",), ("sn",))}
    assert set(groups.joint_rows.tolist()) == reserve | only and len(groups.joint_flows) == len(only) == 2
    assert all(groups.of_row[row] >= 0 for name, row in work.ledger.of_source.items() if "-" in name)


def test_one_purse_for_all_makes_no_groups() -> None:
    problem = country(0)
    wide = replace(problem, sources=tuple(one for one in problem.sources if one.units is None))
    assert not Groups.of(Work(wide, 20, lambda part, what: None, 0).master).natural
    large = propose(wide, 20, exact=0)
    best = propose(wide, 20)
    assert faults(wide, large.amounts) == () and large.goals[0].value <= best.goals[0].value <= large.goals[0].bound


def test_the_same_country_gives_the_same_proposal_and_tells_how_far_it_is() -> None:
    parts: list[float] = []
    first = propose(country(5), 20, lambda part, what: parts.append(part), exact=0)
    assert parts == sorted(parts) and parts[-1] == 1.0 and len(set(parts)) > 20
    assert propose(country(5), 20, exact=0).amounts == first.amounts


def test_who_is_stopped_in_between_leaves_nothing_running(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ntm.domain.allocation.settling.NEAR", 0.0)

    def stop(part: float, what: str) -> None:
        if part > 0.3:
            raise KeyError(what)

    with pytest.raises(KeyError):
        propose(country(5), 20, stop, exact=0)
    assert not [one for one in threading.enumerate() if one.name.startswith("ThreadPool") and one.is_alive()]


def test_a_title_given_for_many_criteria_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three titles of 1, one of 10, and a commune that completes ten criteria for 10 but never its title."""
    costs = {"a": (1,), "b": (1,), "c": (1,), "dear": (10,), "many": (1,) * 10}
    works = tuple(
        Works(f"{unit}{number}", unit, cost, Kind.INVESTMENT)
        for unit, each in costs.items()
        for number, cost in enumerate(each)
    )
    units = tuple(
        Unit(
            unit,
            unit,
            (
                *(MissingCriterion(str(number), frozenset({f"{unit}{number}"})) for number in range(len(each))),
                *([MissingCriterion("99", frozenset())] if unit == "many" else []),
            ),
        )
        for unit, each in costs.items()
    )
    problem = Problem(units, works, (Source("tw", 13, INVEST),))
    first = propose(problem, 20, exact=0)
    assert (len(first.effects.titles), len(first.effects.criteria), first.remarks) == (4, 4, ())
    monkeypatch.setattr("ntm.domain.allocation.proposing.GIVE", 250)
    given = propose(problem, 20, exact=0)
    assert (len(given.effects.titles), len(given.effects.criteria)) == (3, 13)
    assert "Để lại 1 xã có thể đạt danh hiệu để được thêm ít nhất 9 tiêu chí" in given.remarks[0]
    assert "không quá 250 phần nghìn của số nhiều nhất" in given.remarks[0]
    assert propose(problem, 20).remarks == ()


@pytest.mark.parametrize("seed", (0, 3, 5))
def test_where_packages_are_left_out_nothing_is_called_proven_that_is_not(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = country(seed)
    best = propose(problem, 20)
    monkeypatch.setattr("ntm.domain.allocation.packages.MOST_PACKAGES", 2)
    for exact in (150, 0):
        cut = propose(problem, 20, exact=exact)
        assert faults(problem, cut.amounts) == ()
        for optimum, found in zip(best.goals, cut.goals, strict=True):
            assert found.value <= optimum.value <= found.bound
            if found.value < optimum.value:
                break


def test_every_set_of_many_debts_is_weighed() -> None:
    """Five debts, money for 17: 9 and 8 fill it, no row of the smallest does."""
    debts = tuple(Works(f"no{cost}", "a", cost, Kind.INVESTMENT, is_debt=True) for cost in (5, 6, 7, 8, 9))
    proposal = propose(Problem((Unit("a", "A"),), debts, (Source("tw", 17, INVEST),)))
    assert proposal.effects.debt_paid == 17 and proposal.goals[0].bound == 17 and len(proposal.works) == 2
