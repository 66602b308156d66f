"""Xét tiêu chí và danh hiệu: rules, stated conclusions, counts, conditions, points."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from assessment_builders import CHECKED, DAY, DECISION, condition, criteria_set, criterion, facts, indicator

from ntm.domain.assessment import Assessment, CriterionResult, Fact, Nothing, Outcome, evaluate
from ntm.domain.criteria.model import CriteriaSet, Kind, Scoring, TitleRule

MET, NOT_MET, NO_DATA, NOT_CONSIDERED = Outcome.MET, Outcome.NOT_MET, Outcome.NO_DATA, Outcome.NOT_CONSIDERED
X = Nothing.NOT_CONSIDERED
SHORT: dict[str, Fact | None] = {"m": True, "f": False, "-": None, "x": X}


def judged(rule: str, pattern: str, said: Fact | None = None) -> CriterionResult:
    """A criterion of yes/no indicators: "mf-x" is met, not met, no data, not considered."""
    codes = [f"1.{at}" for at in range(1, len(pattern) + 1)]
    built = criteria_set(criterion(1, *(indicator(code, Kind.YES_NO, True) for code in codes), rule=rule))
    values = {code: SHORT[mark] for code, mark in zip(codes, pattern, strict=True) if SHORT[mark] is not None}
    if said is not None:
        values["TC1"] = said
    return evaluate(built, facts(values), DAY).criteria[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("all", {"mmm": MET, "mmx": MET, "mfx": NOT_MET, "mf-": NOT_MET, "m-x": NO_DATA, "xxx": NOT_CONSIDERED}),
        ("any", {"mf-": MET, "f-x": NO_DATA, "ffx": NOT_MET, "xxx": NOT_CONSIDERED, "---": NO_DATA}),
        (
            "at_least:2",
            {
                "mmf": MET,
                "mff": NOT_MET,
                "m-f": NO_DATA,
                "mmx": MET,
                "mxx": NOT_MET,
                "xxx": NOT_CONSIDERED,
                "m--": NO_DATA,
            },
        ),
    ],
)
def test_a_criterion_follows_its_rule(rule: str, expected: dict[str, Outcome]) -> None:
    assert {pattern: judged(rule, pattern).outcome for pattern in expected} == expected


def test_a_rule_outside_the_list_is_refused() -> None:
    with pytest.raises(ValueError, match="most_of"):
        judged("most_of", "mm")


@pytest.mark.parametrize(
    ("pattern", "said", "outcome", "stated", "contradicted"),
    [
        ("--", True, MET, True, False),
        ("m-", True, MET, True, False),
        ("m-", False, NOT_MET, True, False),
        ("--", X, NOT_CONSIDERED, True, False),
        ("mm", False, MET, False, True),
        ("fm", True, NOT_MET, False, True),
        ("f-", True, NOT_MET, False, True),
        ("xx", True, NOT_CONSIDERED, False, True),
        ("ff", False, NOT_MET, False, False),
        ("mm", True, MET, False, False),
        ("mm", None, MET, False, False),
    ],
)
def test_a_stated_conclusion_yields_to_figures(
    pattern: str, said: Fact | None, outcome: Outcome, stated: bool, contradicted: bool
) -> None:
    result = judged("all", pattern, said)
    assert (result.outcome, result.stated, result.contradiction is not None) == (outcome, stated, contradicted)


def test_a_contradiction_is_told() -> None:
    result = judged("all", "mf", True)
    assert result.contradiction is not None
    assert "tiêu chí 1 là đạt" in result.contradiction and "kết quả chưa đạt" in result.contradiction
    assert result.explanation == "Chỉ tiêu 1.2 chưa đạt"


def test_a_criterion_without_indicators_can_only_be_stated() -> None:
    built = criteria_set(criterion(1))
    assert evaluate(built, facts(), DAY).criteria[0].outcome is NO_DATA
    assert evaluate(built, facts({"TC1": True}), DAY).criteria[0].outcome is MET
    assert evaluate(built, facts({"TC1": False}), DAY).criteria[0].outcome is NOT_MET


def four(rule: TitleRule | None = None, **more: object) -> CriteriaSet:
    criteria = [criterion(no, indicator(str(no), Kind.YES_NO, True)) for no in (1, 2, 3, 4)]
    return criteria_set(*criteria, title_rule=rule or TitleRule(), **more)


def assess(built: CriteriaSet, pattern: str, **more: object) -> Assessment:
    values = {str(at): SHORT[mark] for at, mark in enumerate(pattern, 1) if SHORT[mark] is not None}
    return evaluate(built, facts(values, **more), DAY)  # type: ignore[arg-type]


def test_the_counts_are_four_and_add_up() -> None:
    result = assess(four(), "mf-x")
    assert (result.met, result.not_met, result.no_data, result.not_considered) == (1, 1, 1, 1)
    assert (result.unit, result.set_code, result.set_hash, result.on) == ("Xã Thử", "bo-thu", "0" * 64, DAY)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("all", {"mmmm": MET, "mmmx": MET, "mmm-": NO_DATA, "mf--": NOT_MET, "xxxx": NO_DATA}),
        ("at_least:3", {"mmmf": MET, "mmf-": NO_DATA, "mff-": NOT_MET, "mmxx": NOT_MET}),
        ("none", {"ffff": MET}),
    ],
)
def test_the_title_asks_for_criteria(rule: str, expected: dict[str, Outcome]) -> None:
    built = four(TitleRule(criteria=rule))
    assert {pattern: assess(built, pattern).title.outcome for pattern in expected} == expected


def test_the_title_says_what_stands_in_the_way() -> None:
    assert assess(four(), "mfmf").title.explanation == "Xã thử: chưa đạt tiêu chí 2, 4"
    assert assess(four(), "m-m-").title.explanation == "Xã thử: chưa có số liệu tiêu chí 2, 4"


CONDITIONS = TitleRule(
    conditions=(
        condition("satisfaction", Kind.PERCENT, Decimal(90)),
        condition("no_debt"),
        condition("security"),
        condition("previous_title", Kind.YES_NO, "xa-ntm"),
    )
)
GOOD: dict[str, Fact] = {"satisfaction": Decimal("90"), "no_debt": True, "security": True}


@pytest.mark.parametrize(
    ("changed", "titles", "title"),
    [
        ({}, {"xa-ntm"}, MET),
        ({"satisfaction": Decimal("89.99")}, {"xa-ntm"}, NOT_MET),
        ({"satisfaction": True}, {"xa-ntm"}, MET),
        ({"satisfaction": Nothing.NO_DATA}, {"xa-ntm"}, NO_DATA),
        ({"no_debt": False}, {"xa-ntm"}, NOT_MET),
        ({"no_debt": Nothing.NO_DATA, "security": False}, {"xa-ntm"}, NOT_MET),
        ({"security": X}, {"xa-ntm"}, MET),
        ({}, set(), NOT_MET),
        ({}, {"thon"}, NOT_MET),
        ({}, None, NO_DATA),
        ({"previous_title": True}, None, MET),
        ({}, {"xa-ntm-tinh"}, MET),
    ],
)
def test_each_condition_of_the_title_counts(changed: dict[str, Fact], titles: set[str] | None, title: Outcome) -> None:
    provincial = four(code="xa-ntm-tinh", extends="xa-ntm")
    values = {str(no): True for no in (1, 2, 3, 4)}
    told = facts(values, conditions=GOOD | changed, titles=None if titles is None else frozenset(titles))
    shelf = {"xa-ntm-tinh": provincial}
    result = evaluate(four(CONDITIONS), told, DAY, resolve=shelf.get)
    assert result.title.outcome is title
    assert result.met == 4
    assert [one.code for one in result.title.conditions] == ["satisfaction", "no_debt", "security", "previous_title"]


def test_a_condition_without_a_known_level_can_only_be_stated() -> None:
    built = four(TitleRule(conditions=(condition("satisfaction", Kind.PERCENT, None),)))
    assert assess(built, "mmmm", conditions={"satisfaction": Decimal(99)}).title.outcome is NO_DATA
    assert assess(built, "mmmm", conditions={"satisfaction": True}).title.outcome is MET


def test_a_condition_may_be_a_share_of_lower_units() -> None:
    share = condition("A1", Kind.TITLE_SHARE, Decimal(100), of_title="xa-ntm")
    built = four(TitleRule(conditions=(share,)))
    assert assess(built, "mmmm", lower_titles={"xa-ntm": (23, 23)}).title.outcome is MET
    assert assess(built, "mmmm", lower_titles={"xa-ntm": (22, 23)}).title.outcome is NOT_MET
    assert assess(built, "mmmm", lower_titles={"xa-ntm": (0, 0)}).title.outcome is NO_DATA
    assert assess(built, "mmmm", conditions={"A1": Decimal(100)}).title.outcome is MET
    assert assess(built, "mmmm").title.outcome is NO_DATA


def test_an_incomplete_set_gives_no_title_from_computed_criteria() -> None:
    built = four(complete=False, completeness_note="thiếu 43 chỉ tiêu")
    result = assess(built, "mmmm")
    assert result.title.outcome is NO_DATA
    assert "thiếu 43 chỉ tiêu" in result.title.explanation
    assert assess(built, "mmmf").title.outcome is NOT_MET
    stated = evaluate(built, facts({f"TC{no}": True for no in (1, 2, 3, 4)}), DAY)
    assert stated.title.outcome is MET


def scored(required: str, *points: str) -> CriteriaSet:
    criteria = [
        criterion(no, indicator(str(no), Kind.YES_NO, True, max_points=Decimal(most)))
        for no, most in enumerate(points, 1)
    ]
    scoring = Scoring(Decimal(100), Decimal(required), DECISION, CHECKED)
    return criteria_set(*criteria, title_rule=TitleRule(criteria="none"), scoring=scoring)


@pytest.mark.parametrize(
    ("pattern", "typed", "outcome", "points"),
    [
        ("mmm", None, MET, "100"),
        ("mmf", None, NOT_MET, "60"),
        ("mm-", None, NO_DATA, None),
        ("mm-", "97.5", MET, "97.5"),
        ("mmx", "94.9", NOT_MET, "94.9"),
        ("fm-", "99", NOT_MET, "40"),
    ],
)
def test_points_are_summed_where_they_decide(
    pattern: str, typed: str | None, outcome: Outcome, points: str | None
) -> None:
    conditions = {"points": Decimal(typed)} if typed else {}
    title = assess(scored("95", "20", "40", "40"), pattern, conditions=conditions).title
    assert title.outcome is outcome
    assert title.points == (None if points is None else Decimal(points))
    assert title.conditions[-1].code == "points"


def test_a_points_indicator_gives_what_was_typed() -> None:
    built = scored("95", "20", "40", "40")
    own = indicator("4", Kind.POINTS, max_points=Decimal("10"))
    built = replace(built, criteria=(*built.criteria, criterion(4, own)))
    told = facts({"1": False, "2": True, "3": True, "4": "7.5"})
    assert evaluate(built, told, DAY).title.points == Decimal("87.5")
    assert evaluate(built, told, DAY).title.outcome is NOT_MET


def test_points_may_be_required_by_the_title_alone() -> None:
    built = four(TitleRule(points_required=Decimal(99)))
    assert assess(built, "mmmm", conditions={"points": Decimal(99)}).title.outcome is MET
    assert assess(built, "mmmm", conditions={"points": Decimal("98.9")}).title.outcome is NOT_MET
    assert assess(built, "mmmm").title.outcome is NO_DATA
