"""Theo cột bằng từng đơn vị: for sets and facts of every kind, the columns give what evaluate gives."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from assessment_builders import DAY, criterion, indicator, level
from assessment_builders import criteria_set as build_set
from assessment_strategies import worlds
from assessment_worlds import world
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm.domain.assessment import Facts, IndicatorResult, Outcome, columns, evaluate
from ntm.domain.criteria.model import CriteriaSet, Kind

OTHER = build_set(
    criterion(1, indicator("1", Kind.NUMBER, level("3.3"), level("2", region="dbsh"))),
    criterion(2, indicator("2", Kind.NUMBER, level("1", start=date(2024, 3, 1)))),
    code="khac",
)
PROVINCIAL = build_set(criterion(1), code="xa-tinh", extends="xa-ntm")


def shelf(code: str) -> CriteriaSet | None:
    return {"khac": OTHER, "xa-tinh": PROVINCIAL}.get(code)


def flat(results: tuple[IndicatorResult, ...]) -> dict[str, Outcome]:
    found = {}
    for one in results:
        found[one.code] = one.outcome
        found |= flat(one.parts)
    return found


def assert_equal(built: CriteriaSet, told: list[Facts], on: date) -> None:
    table = columns.table_from_facts(built, told, resolve=shelf)
    result = columns.evaluate(built, table, on, resolve=shelf)
    by_unit = {one.unit: one for one in told}
    for column, unit in enumerate(table.units):
        alone = evaluate(built, by_unit[unit], on, resolve=shelf)
        found = flat(tuple(one for each in alone.criteria for one in each.indicators))
        assert {code: result.indicator(code, column) for code in found} == found
        assert [result.criterion(one.no, column) for one in alone.criteria] == [one.outcome for one in alone.criteria]
        counts = (result.met, result.not_met, result.no_data, result.not_considered)
        assert tuple(int(one[column]) for one in counts) == (
            alone.met,
            alone.not_met,
            alone.no_data,
            alone.not_considered,
        )
        assert result.title_of(column) is alone.title.outcome
        if result.stated is not None:
            assert [bool(one) for one in result.stated[:, column]] == [one.stated for one in alone.criteria]
        else:
            assert not any(one.stated for one in alone.criteria)


@settings(max_examples=150)
@given(st.integers(0, 10**9))
def test_the_columns_of_a_crowded_world_give_what_one_by_one_gives(seed: int) -> None:
    assert_equal(*world(seed))


@settings(max_examples=30)
@given(worlds())
def test_the_columns_give_what_one_by_one_gives(world: tuple[CriteriaSet, list[Facts], date]) -> None:
    assert_equal(*world)


@settings(max_examples=15)
@given(worlds())
def test_a_column_read_back_is_judged_the_same(world: tuple[CriteriaSet, list[Facts], date]) -> None:
    built, told, on = world
    table = columns.table_from_facts(built, told, resolve=shelf)
    back = [columns.facts_of(table, column) for column in range(len(table.units))]
    again = columns.table_from_facts(built, back, resolve=shelf)
    first = columns.evaluate(built, table, on, resolve=shelf)
    second = columns.evaluate(built, again, on, resolve=shelf)
    outcomes = {unit: first.title_of(at) for at, unit in enumerate(first.units)}
    assert outcomes == {unit: second.title_of(at) for at, unit in enumerate(second.units)}
    assert (sorted(first.met), sorted(first.no_data)) == (sorted(second.met), sorted(second.no_data))


def test_units_in_any_order_are_judged_the_same() -> None:
    """More runs than slices are worth: the levels are gathered per unit instead."""
    one = indicator(
        "1",
        Kind.NUMBER,
        level("5"),
        level("7", region="dbsh"),
        missing_regions=frozenset({"tay_nguyen"}),
    )
    built = build_set(criterion(1, one))
    regions = (None, "dbsh", "tay_nguyen")
    told = [Facts(f"Xã {at:04}", region=regions[at % 3], values={"1": Decimal(at % 10)}) for at in range(900)]
    table = columns.table_from_facts(built, told)
    order = sorted(range(900), key=lambda column: table.units[column])
    mixed = columns.ColumnTable(
        table.layout,
        tuple(table.units[column] for column in order),
        table.region[order],
        table.group[order],
        table.flags[order],
        table.values[:, order],
        table.states[:, order],
    )
    result = columns.evaluate(built, mixed, DAY)
    expected = [evaluate(built, one, DAY).criteria[0].outcome for one in told]
    assert [result.criterion(1, column) for column in range(900)] == expected
    assert {Outcome.MET, Outcome.NOT_MET, Outcome.NO_DATA} == set(expected)
