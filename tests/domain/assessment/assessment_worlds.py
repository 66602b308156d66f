"""A crowded world from a seed: every indicator of every unit has an answer more often than not, most figures at the
edge of a level of their own indicator. Quicker than drawing each choice, so many more units are tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from assessment_builders import CHECKED, DECISION, condition, criteria_set, criterion, facts, indicator, level
from assessment_strategies import DAYS, GROUPS, LOWER, REGIONS, STATUSES

from ntm.domain.assessment import Fact, Facts, Nothing
from ntm.domain.criteria.model import (
    Comparator,
    CriteriaSet,
    Indicator,
    Kind,
    Scoring,
    SpecialRule,
    Threshold,
    TitleRule,
)

STEPS = (Decimal(0), Decimal("0.01"), Decimal("-0.01"), Decimal("0.0001"), Decimal("-0.0001"))
CONDITIONS = (
    condition("satisfaction", Kind.PERCENT, Decimal("90.5")),
    condition("unknown_level", Kind.PERCENT, None),
    condition("no_debt"),
    condition("previous_title", Kind.YES_NO, "xa-ntm"),
    condition("A1", Kind.TITLE_SHARE, Decimal("66.67"), of_title="xa-ntm"),
    condition("ceiling", Kind.NUMBER, Decimal(3), comparator=Comparator.LT),
    condition("floor", Kind.NUMBER, Decimal("2.5"), comparator=Comparator.GT),
    condition("points", Kind.NUMBER, Decimal(7)),
)


def world(seed: int) -> tuple[CriteriaSet, list[Facts], date]:
    chance = Random(seed)
    built = _set(chance)
    return built, [_facts(chance, built, at) for at in range(24)], chance.choice(DAYS)


def _set(chance: Random) -> CriteriaSet:
    rules = ("all", "all", "all", "any", "at_least:2")
    criteria = [
        criterion(
            no,
            *(_indicator(chance, f"{no}.{at}") for at in range(1, chance.randint(0 if no == 1 else 1, 3) + 1)),
            rule=chance.choice(rules),
        )
        for no in range(1, chance.randint(1, 3) + 1)
    ]
    return criteria_set(
        *criteria,
        title_rule=TitleRule(
            criteria=chance.choice(("all", "all", "at_least:1", "none")),
            conditions=tuple(one for one in CONDITIONS if chance.random() < 0.25),
            points_required=chance.choice((None, None, Decimal("7.5"))),
        ),
        special_rules=chance.choice(((), _specials())),
        scoring=chance.choice((None, None, Scoring(Decimal(10), Decimal(6), DECISION, CHECKED))),
        complete=chance.random() < 0.7,
    )


def _specials() -> tuple[SpecialRule, ...]:
    first = SpecialRule(frozenset({"dac_biet_kho_khan", "an_toan_khu"}), "tdmn_phia_bac", "", DECISION, CHECKED)
    return first, replace(first, statuses=frozenset({"an_toan_khu", "bien_gioi"}), region="tay_nguyen")


def _indicator(chance: Random, code: str, depth: int = 0) -> Indicator:
    kinds = [kind for kind in Kind if depth < 2 or kind not in (Kind.ALL_OF, Kind.ANY_OF)]
    kind = chance.choice(kinds)
    more: dict[str, Any] = {
        "comparator": None if chance.random() < 0.05 else chance.choice(list(Comparator)),
        "start": chance.choice(DAYS) if chance.random() < 0.1 else None,
        "end": chance.choice(DAYS) if chance.random() < 0.1 else None,
        "missing_regions": frozenset({"dbsh"}) if chance.random() < 0.2 else frozenset(),
        "max_points": chance.choice((None, Decimal(5), Decimal("2.5"))),
    }
    if kind in (Kind.ALL_OF, Kind.ANY_OF):
        more["parts"] = tuple(
            _indicator(chance, f"{code}.{at}", depth + 1) for at in range(1, chance.randint(0, 3) + 1)
        )
    if kind is Kind.TITLE_SHARE:
        more["of_title"] = chance.choice(LOWER)
    if kind is Kind.RATIO and chance.random() < 0.7:
        more["relative_to"] = ("khac", chance.choice(("1", "2", "9")))
    words = kind in (Kind.YES_NO, Kind.QUALITATIVE)
    levels = [] if words else [_level(chance) for _ in range(chance.randint(0, 3))]
    return indicator(code, kind, *levels, **more)


def _level(chance: Random) -> Threshold:
    return level(
        str(chance.choice(("0", "5", "66.67", "3.3", "100", "1.234"))),
        region=chance.choice(REGIONS) if chance.random() < 0.5 else None,
        group=chance.choice(GROUPS) if chance.random() < 0.2 else None,
        start=chance.choice(DAYS) if chance.random() < 0.2 else None,
        end=chance.choice(DAYS) if chance.random() < 0.2 else None,
    )


def _within(one: Indicator) -> Iterator[Indicator]:
    yield one
    for part in one.parts:
        yield from _within(part)


def _fact(chance: Random, edges: list[Decimal], figure: float) -> Fact | None:
    drawn = chance.random()
    if drawn < figure:
        return chance.choice(edges) + chance.choice(STEPS)
    if drawn < 0.9:
        return chance.random() < 0.6
    return chance.choice((None, Nothing.NO_DATA, Nothing.NOT_CONSIDERED, Nothing.NOT_CONSIDERED))


def _facts(chance: Random, built: CriteriaSet, at: int) -> Facts:
    values: dict[str, Fact | str] = {}
    for _, top in built.indicators():
        for one in _within(top):
            edges = [level.value for level in one.thresholds if isinstance(level.value, Decimal)] or [Decimal(3)]
            edges += [edge * Decimal("3.3") for edge in edges if one.relative_to]
            in_words = one.is_judged_in_words or one.parts
            fact = _fact(chance, edges, 0.05 if in_words else 0.6) if not one.parts or chance.random() < 0.3 else None
            if fact is not None:
                values[one.code] = fact
    for one in built.criteria:
        if chance.random() < 0.15:
            values[f"TC{one.no}"] = chance.choice((True, False, Nothing.NOT_CONSIDERED, Decimal(1)))
    edges = [Decimal("90.5"), Decimal(3), Decimal("2.5"), Decimal(7), Decimal("7.5"), Decimal(6), Decimal("66.67")]
    asked = [*(one.code for one in built.title_rule.conditions), "points"]
    told = {code: _fact(chance, edges, 0.5) for code in asked if chance.random() < 0.9}
    return facts(
        values,
        unit=f"Xã {at}",
        region=chance.choice(REGIONS),
        group=chance.choice(GROUPS),
        statuses=frozenset(status for status in STATUSES if chance.random() < 0.2),
        lower_titles={
            title: chance.choice(((2, 3), (3, 3), (0, 3), (1, 20), (0, 0), (4, 3)))
            for title in LOWER
            if chance.random() < 0.5
        },
        conditions={code: fact for code, fact in told.items() if fact is not None},
        titles=chance.choice((None, frozenset(), frozenset({"xa-ntm"}), frozenset({"xa-tinh"}), frozenset({"thon"}))),
    )
