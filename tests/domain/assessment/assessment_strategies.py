"""Criteria sets and facts of every kind, drawn at random: small numbers, so that equality and both sides are common."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from assessment_builders import CHECKED, DECISION, condition, criteria_set, criterion, facts, indicator, level
from hypothesis import strategies as st

from ntm.domain.assessment import Facts, Nothing
from ntm.domain.criteria.model import (
    Comparator,
    CriteriaSet,
    Criterion,
    Indicator,
    Kind,
    Scoring,
    SpecialRule,
    Threshold,
    TitleRule,
)

DAYS = (date(2023, 6, 1), date(2024, 3, 1), date(2024, 2, 29), date(2025, 12, 31))
REGIONS = (None, "dbsh", "tdmn_phia_bac", "tay_nguyen")
GROUPS = (None, "nhom_1")
STATUSES = ("dac_biet_kho_khan", "an_toan_khu", "bien_gioi")
LOWER = ("xa-ntm", "xa-nang-cao")

figures = st.integers(-30, 1100).flatmap(lambda n: st.sampled_from([0, 1, 2, 3]).map(lambda k: Decimal(n).scaleb(-k)))
edges = st.one_of(st.none(), st.sampled_from(DAYS))


@st.composite
def levels(draw: st.DrawFn) -> Threshold:
    return level(
        str(draw(figures)),
        region=draw(st.sampled_from(REGIONS)),
        group=draw(st.sampled_from(GROUPS)),
        start=draw(edges),
        end=draw(edges),
    )


@st.composite
def indicators(draw: st.DrawFn, code: str, depth: int = 0) -> Indicator:
    kinds = list(Kind) if depth < 2 else [kind for kind in Kind if kind not in (Kind.ALL_OF, Kind.ANY_OF)]
    kind = draw(st.sampled_from(kinds))
    more: dict[str, Any] = {
        "comparator": draw(st.sampled_from([*Comparator, None] if draw(st.integers(0, 9)) == 0 else list(Comparator))),
        "start": draw(st.one_of(st.none(), st.none(), edges)),
        "end": draw(st.one_of(st.none(), st.none(), edges)),
        "missing_regions": frozenset(draw(st.sets(st.sampled_from(["dbsh", "tay_nguyen"]), max_size=1))),
        "max_points": draw(st.one_of(st.none(), st.sampled_from([Decimal(5), Decimal("2.5")]))),
    }
    if kind in (Kind.ALL_OF, Kind.ANY_OF):
        count = draw(st.integers(0, 3))
        more["parts"] = tuple(draw(indicators(f"{code}.{at}", depth + 1)) for at in range(1, count + 1))
    if kind is Kind.TITLE_SHARE:
        more["of_title"] = draw(st.sampled_from(LOWER))
    if kind is Kind.RATIO and draw(st.booleans()):
        more["relative_to"] = ("khac", draw(st.sampled_from(["1", "2", "9"])))
    thresholds = draw(st.lists(levels(), max_size=4)) if kind not in (Kind.YES_NO, Kind.QUALITATIVE) else []
    return indicator(code, kind, *thresholds, **more)


@st.composite
def criteria(draw: st.DrawFn, no: int) -> Criterion:
    count = draw(st.integers(0, 4))
    rule = draw(st.sampled_from(["all", "all", "any", "at_least:2"]))
    return criterion(no, *(draw(indicators(f"{no}.{at}")) for at in range(1, count + 1)), rule=rule)


conditions = st.lists(
    st.sampled_from(
        [
            condition("satisfaction", Kind.PERCENT, Decimal("90.5")),
            condition("unknown_level", Kind.PERCENT, None),
            condition("no_debt"),
            condition("previous_title", Kind.YES_NO, "xa-ntm"),
            condition("A1", Kind.TITLE_SHARE, Decimal("66.67"), of_title="xa-ntm"),
            condition("ceiling", Kind.NUMBER, Decimal(3), comparator=Comparator.LT),
            condition("points", Kind.NUMBER, Decimal(7)),
        ]
    ),
    unique_by=lambda one: one.code,
)


@st.composite
def sets(draw: st.DrawFn) -> CriteriaSet:
    count = draw(st.integers(1, 4))
    rule = TitleRule(
        criteria=draw(st.sampled_from(["all", "all", "at_least:2", "none"])),
        conditions=tuple(draw(conditions)),
        points_required=draw(st.one_of(st.none(), st.just(Decimal("7.5")))),
    )
    special = SpecialRule(frozenset({"dac_biet_kho_khan", "an_toan_khu"}), "tdmn_phia_bac", "", DECISION, CHECKED)
    scoring = Scoring(Decimal(10), Decimal(6), DECISION, CHECKED)
    return criteria_set(
        *(draw(criteria(no)) for no in range(1, count + 1)),
        title_rule=rule,
        special_rules=draw(st.sampled_from([(), (special,)])),
        scoring=draw(st.sampled_from([None, scoring])),
        complete=draw(st.booleans()),
    )


def codes_of(built: CriteriaSet) -> list[str]:
    def within(one: Indicator) -> list[str]:
        return [one.code, *(code for part in one.parts for code in within(part))]

    return [code for _, one in built.indicators() for code in within(one)]


def fact_values(built: CriteriaSet) -> st.SearchStrategy[Any]:
    """Figures near the levels of the set, and every kind of answer."""
    near = sorted(
        {value.value for _, one in built.indicators() for value in one.thresholds if isinstance(value.value, Decimal)}
    )
    steps = [value + step for value in near for step in (Decimal(0), Decimal("0.001"), Decimal("-0.001"))]
    told: list[st.SearchStrategy[Any]] = [figures, st.booleans(), st.sampled_from(list(Nothing))]
    return st.one_of(*told, *([st.sampled_from(steps)] if steps else []))


@st.composite
def unit_facts(draw: st.DrawFn, built: CriteriaSet, name: str) -> Facts:
    values = fact_values(built)
    codes = [*codes_of(built), *(f"TC{one.no}" for one in built.criteria)]
    chosen = draw(st.lists(st.sampled_from(codes), unique=True))
    asked = [one.code for one in built.title_rule.conditions] + ["points"]
    told = draw(st.lists(st.sampled_from(asked), unique=True))
    counts = st.tuples(st.integers(0, 4), st.integers(0, 4))
    return facts(
        {code: draw(values) for code in chosen},
        unit=name,
        region=draw(st.sampled_from(REGIONS)),
        group=draw(st.sampled_from(GROUPS)),
        statuses=frozenset(draw(st.sets(st.sampled_from(STATUSES), max_size=2))),
        lower_titles=draw(st.dictionaries(st.sampled_from(LOWER), counts, max_size=2)),
        conditions={code: draw(values) for code in told},
        titles=draw(st.one_of(st.none(), st.frozensets(st.sampled_from(["xa-ntm", "xa-tinh", "thon"]), max_size=2))),
    )


@st.composite
def worlds(draw: st.DrawFn) -> tuple[CriteriaSet, list[Facts], date]:
    """A set, some units, a day."""
    built = draw(sets())
    count = draw(st.integers(1, 6))
    return built, [draw(unit_facts(built, f"Xã {at}")) for at in range(count)], draw(st.sampled_from(DAYS))
