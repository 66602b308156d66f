"""Số nguyên có thang: exact or refused; levels with more digits than a row are moved without changing a comparison."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from assessment_builders import DAY, criteria_set, criterion, facts, indicator, level, one_indicator_set
from hypothesis import given
from hypothesis import strategies as st

from ntm.domain.assessment import Facts, Nothing, NotInForce, Outcome, columns, evaluate
from ntm.domain.assessment.columns.codes import FIGURE, NOTHING, OUTCOMES
from ntm.domain.assessment.columns.plan import bound
from ntm.domain.assessment.columns.table import LARGEST
from ntm.domain.assessment.comparing import holds
from ntm.domain.criteria import catalogue
from ntm.domain.criteria.model import Comparator, Kind


@given(
    st.sampled_from(list(Comparator)),
    st.decimals(-50, 50, places=4, allow_nan=False, allow_infinity=False),
    st.integers(-600, 600),
    st.integers(0, 2),
)
def test_a_bound_decides_as_the_level_does(comparator: Comparator, asked: Decimal, whole: int, digits: int) -> None:
    sense, limit = bound(comparator, asked, digits)
    by_bound = {">=": whole >= limit, "<=": whole <= limit, "=": whole == limit}[sense]
    figure, exact = Fraction(whole, 10**digits), Fraction(asked)
    assert by_bound == {">=": figure >= exact, ">": figure > exact, "<=": figure <= exact, "<": figure < exact}.get(
        comparator.value, figure == exact
    )
    assert by_bound == holds(Decimal(whole).scaleb(-digits), comparator, asked)


def test_a_row_has_the_digits_that_its_figures_and_levels_have() -> None:
    built = criteria_set(
        criterion(1, indicator("1.1", Kind.NUMBER, "5"), indicator("1.2", Kind.NUMBER, "0.125")),
        criterion(2, indicator("2.1", Kind.NUMBER, "7")),
    )
    table = columns.table_from_facts(built, [facts({"1.1": "59.580", "1.2": "100", "2.1": "3"})])
    digits = dict(zip(table.layout.codes, table.layout.digits, strict=True))
    assert (digits["1.1"], digits["1.2"], digits["2.1"]) == (2, 3, 0)
    row = table.layout.codes.index("1.1")
    assert (int(table.values[row, 0]), int(table.states[row, 0])) == (5958, FIGURE)


def test_zero_and_nothing_are_two_states() -> None:
    built = one_indicator_set(indicator("1", Kind.NUMBER, "0", comparator=Comparator.LE))
    told = [facts({"1": "0"}, unit="A"), facts({}, unit="B"), facts({"1": Nothing.NOT_CONSIDERED}, unit="C")]
    result = columns.evaluate(built, columns.table_from_facts(built, told), DAY)
    assert [result.criterion(1, at) for at in range(3)] == [Outcome.MET, Outcome.NO_DATA, Outcome.NOT_CONSIDERED]


@pytest.mark.parametrize("figure", ["9" * 19, "0." + "1" * 19, "1" * 10 + "." + "1" * 12, "Infinity", "NaN"])
def test_what_does_not_fit_is_refused_by_name(figure: str) -> None:
    built = one_indicator_set(indicator("10", Kind.NUMBER, "68"))
    with pytest.raises(columns.ScaleError):
        columns.table_from_facts(built, [facts({"10": figure})])


def test_a_level_beyond_every_figure_is_still_compared() -> None:
    huge = level("9" * 30)
    for comparator, outcome in (
        (Comparator.GE, Outcome.NOT_MET),
        (Comparator.LE, Outcome.MET),
        (Comparator.EQ, Outcome.NOT_MET),
    ):
        sense, limit = bound(comparator, Decimal("9" * 30), 0)
        value = LARGEST
        decided = {">=": value >= limit, "<=": value <= limit, "=": value == limit}[sense]
        assert decided == (outcome is Outcome.MET)
        built = one_indicator_set(indicator("1", Kind.NUMBER, huge, comparator=comparator))
        result = columns.evaluate(built, columns.table_from_facts(built, [facts({"1": "5"})]), DAY)
        assert result.criterion(1, 0) is outcome


def test_a_table_with_numbers_out_of_range_is_refused() -> None:
    built = one_indicator_set(indicator("1", Kind.NUMBER, "1"))
    table = columns.table_from_facts(built, [facts({"1": "1"})])
    values = table.values.copy()
    values[0, 0] = LARGEST + 1
    with pytest.raises(columns.ScaleError):
        columns.ColumnTable(table.layout, table.units, table.region, table.group, table.flags, values, table.states)
    with pytest.raises(ValueError, match="dòng"):
        columns.ColumnTable(
            table.layout, table.units, table.region, table.group, table.flags, table.values[:-1], table.states
        )
    with pytest.raises(TypeError, match="int64"):
        columns.ColumnTable(
            table.layout, table.units, table.region, table.group, table.flags, values.astype(float), table.states
        )


def test_a_table_of_another_set_is_refused() -> None:
    first = one_indicator_set(indicator("1", Kind.NUMBER, "1"))
    other = one_indicator_set(indicator("2", Kind.NUMBER, "1"))
    with pytest.raises(ValueError, match="bo-thu"):
        columns.evaluate(other, columns.table_from_facts(first, [facts()]), DAY)


def test_a_day_out_of_force_is_refused_as_for_one_unit() -> None:
    built = one_indicator_set(indicator("1", Kind.NUMBER, "1"))
    with pytest.raises(NotInForce):
        columns.evaluate(built, columns.table_from_facts(built, [facts()]), date(2030, 1, 1))


def test_an_indicator_not_in_force_takes_part_in_nothing() -> None:
    later = indicator("1.2", Kind.NUMBER, "9", start=date(2024, 3, 1))
    built = criteria_set(criterion(1, indicator("1.1", Kind.NUMBER, "1"), later))
    table = columns.table_from_facts(built, [facts({"1.1": "1", "1.2": "1"})])
    before = columns.evaluate(built, table, date(2024, 2, 29))
    after = columns.evaluate(built, table, date(2024, 3, 1))
    assert (before.indicator("1.2", 0), before.criterion(1, 0)) == (None, Outcome.MET)
    assert (after.indicator("1.2", 0), after.criterion(1, 0)) == (Outcome.NOT_MET, Outcome.NOT_MET)


def test_figures_that_arrive_later_are_judged_in_the_same_table() -> None:
    built = one_indicator_set(indicator("1", Kind.NUMBER, level("5", region="dbsh"), level("3")))
    table = columns.table_from_facts(built, [facts({"1": "4"}, region="dbsh")])
    assert columns.evaluate(built, table, DAY).criterion(1, 0) is Outcome.NOT_MET
    row = table.layout.codes.index("1")
    table.values[row, 0] = 5
    assert columns.evaluate(built, table, DAY).criterion(1, 0) is Outcome.MET
    table.states[row, 0] = NOTHING
    assert columns.evaluate(built, table, DAY).criterion(1, 0) is Outcome.NO_DATA
    with pytest.raises(ValueError, match="read-only"):
        table.region[0] = 0


def test_an_empty_table_gives_empty_outcomes() -> None:
    built = one_indicator_set(indicator("1", Kind.NUMBER, "1"))
    result = columns.evaluate(built, columns.table_from_facts(built, []), DAY)
    assert (result.units, result.criteria.shape, result.title.shape) == ((), (1, 0), (0,))


@pytest.mark.parametrize("code", catalogue().codes())
def test_the_shipped_sets_are_judged_alike_in_columns(code: str) -> None:
    built, chance = catalogue().get(code), Random(code)
    on = max(built.start or date(2023, 1, 1), date(2023, 6, 30))
    if built.end and on >= built.end:
        on = date(built.end.year - 2, 6, 30)
    regions = [None, *(region for region, _ in built.regions)]
    told = []
    for at in range(60):
        values: dict[str, object] = {f"TC{one.no}": True for one in built.criteria if chance.random() < 0.3}
        for _, one in built.indicators():
            for each in (one, *one.parts):
                edges = [level.value for level in each.thresholds if isinstance(level.value, Decimal)] or [Decimal(50)]
                figure = chance.choice(edges) + chance.choice((Decimal(0), Decimal("0.01"), Decimal("-0.01")))
                in_words = each.is_judged_in_words or bool(each.parts)
                values[each.code] = chance.choice((True, True, False, Nothing.NOT_CONSIDERED)) if in_words else figure
        conditions = {one.code: chance.choice((True, True, False)) for one in built.title_rule.conditions}
        told.append(Facts(f"Xã {at}", region=chance.choice(regions), values=values, conditions=conditions))  # type: ignore[arg-type]
    result = columns.evaluate(built, columns.table_from_facts(built, told), on)
    alone = [evaluate(built, one, on) for one in told]
    assert np.array_equal(result.met, [one.met for one in alone])
    assert np.array_equal(result.no_data, [one.no_data for one in alone])
    assert [OUTCOMES[at] for at in result.title.tolist()] == [one.title.outcome for one in alone]
