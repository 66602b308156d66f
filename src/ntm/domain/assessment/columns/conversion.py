"""Từ số liệu sang cột và ngược lại: the facts of many units as a table for one set, and a column back as facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import numpy as np

from ntm.domain.assessment.columns import codes
from ntm.domain.assessment.columns.codes import FIGURE, NOTHING, Ints, state_of
from ntm.domain.assessment.columns.plan import walk
from ntm.domain.assessment.columns.table import ColumnTable, Layout, ScaleError, condition_row, digits_of, scaled
from ntm.domain.assessment.levels import EXACT, Resolve
from ntm.domain.assessment.model import Fact, Facts, Nothing, criterion_fact
from ntm.domain.assessment.title import POINTS, extends
from ntm.domain.criteria.model import Comparator, CriteriaSet, Indicator, Kind, TitleCondition

__all__ = ["facts_of", "row_codes", "table_from_facts"]

# In each sense the levels that are the same everywhere come before those by region or group.
_ORDER = {Comparator.GE: 0, Comparator.GT: 0, Comparator.LE: 2, Comparator.LT: 2, Comparator.EQ: 4, None: 0}


def row_codes(criteria_set: CriteriaSet) -> tuple[str, ...]:
    """Thứ tự dòng: figures first, those compared in one sense together; then words; then TC<no>; then conditions."""
    indicators = [one for _, top in criteria_set.indicators() for one in walk(top)]
    ordered = sorted(range(len(indicators)), key=lambda at: (_place(indicators[at]), at))
    stated = [criterion_fact(criterion.no) for criterion in criteria_set.criteria]
    conditions = [condition_row(code) for code in _condition_codes(criteria_set)]
    return (*(indicators[at].code for at in ordered), *stated, *conditions)


def _place(indicator: Indicator) -> int:
    if indicator.is_judged_in_words or indicator.kind in (Kind.ALL_OF, Kind.ANY_OF):
        return 7
    if not indicator.thresholds:
        return 6
    by_place = any(level.region or level.group for level in indicator.thresholds) or indicator.kind is Kind.RATIO
    return _ORDER[indicator.comparator] + by_place


def _condition_codes(criteria_set: CriteriaSet) -> list[str]:
    named = [condition.code for condition in criteria_set.title_rule.conditions]
    return named if POINTS in named else [*named, POINTS]


def table_from_facts(
    criteria_set: CriteriaSet, facts: Iterable[Facts], *, resolve: Resolve | None = None
) -> ColumnTable:
    """Lập bảng: a column a unit, in the order given; digits of a row are those its figures and levels have."""
    units = list(facts)
    names = row_codes(criteria_set)
    columns = [[_fact(criteria_set, code, one, resolve) for one in units] for code in names]
    levels = {
        one.code: [level.value for level in one.thresholds if isinstance(level.value, Decimal)]
        for _, top in criteria_set.indicators()
        for one in walk(top)
    }
    states = np.full((len(names), len(units)), NOTHING, np.uint8)
    values = np.zeros((len(names), len(units)), np.int64)
    digits: list[int] = []
    for row, (code, column) in enumerate(zip(names, columns, strict=True)):
        digits.append(_fill(code, column, levels.get(code, ()), values[row], states[row]))
    layout = Layout(
        names,
        tuple(digits),
        tuple(dict.fromkeys(one.region for one in units)) or (None,),
        tuple(dict.fromkeys(one.group for one in units)) or (None,),
        tuple(sorted({status for rule in criteria_set.special_rules for status in rule.statuses})),
    )
    return ColumnTable(
        layout,
        tuple(one.unit for one in units),
        np.array([layout.regions.index(one.region) for one in units], np.intp),
        np.array([layout.groups.index(one.group) for one in units], np.intp),
        np.array([_flags(layout, one) for one in units], np.uint32),
        values,
        states,
        _lower(units),
    )


def _flags(layout: Layout, facts: Facts) -> int:
    return sum(1 << bit for bit, status in enumerate(layout.statuses) if status in facts.statuses)


def _fact(criteria_set: CriteriaSet, code: str, facts: Facts, resolve: Resolve | None) -> Fact:
    if not code.startswith("@"):
        return facts.values.get(code, Nothing.NO_DATA)
    fact = facts.conditions.get(code[1:], Nothing.NO_DATA)
    wanted = _wanted_title(criteria_set.title_rule.conditions, code[1:])
    if wanted is None or isinstance(fact, bool) or fact is Nothing.NOT_CONSIDERED:
        return fact
    if facts.titles is None:
        return Nothing.NO_DATA
    return any(extends(held, wanted, resolve) for held in facts.titles)


def _wanted_title(conditions: Sequence[TitleCondition], code: str) -> str | None:
    for condition in conditions:
        if condition.code == code and isinstance(condition.value, str):
            return condition.value
    return None


def _fill(code: str, column: list[Fact], levels: Sequence[Decimal], values: Ints, states: np.ndarray) -> int:  # type: ignore[type-arg]
    """Ghi một dòng, and give its digits. Each different figure is converted once."""
    figures = {fact for fact in column if isinstance(fact, Decimal)}
    try:
        digits = max((digits_of(figure) for figure in (*figures, *levels)), default=0)
    except ArithmeticError as wrong:
        raise ScaleError(f"Chỉ tiêu {code}: có số quá dài để tính đúng tuyệt đối") from wrong
    whole = {figure: scaled(figure, digits, code) for figure in figures}
    for at, fact in enumerate(column):
        if isinstance(fact, Decimal):
            values[at], states[at] = whole[fact], FIGURE
        elif fact is not Nothing.NO_DATA:
            states[at] = state_of(fact)
    return digits


def _lower(units: Sequence[Facts]) -> dict[str, tuple[Ints, Ints]]:
    titles = {title for one in units for title in one.lower_titles}
    counts: dict[str, tuple[Ints, Ints]] = {}
    for title in sorted(titles):
        pairs = [one.lower_titles.get(title) for one in units]
        holders = np.array([0 if pair is None else pair[0] for pair in pairs], np.int64)
        total = np.array([-1 if pair is None else _not_negative(title, pair[1]) for pair in pairs], np.int64)
        counts[title] = holders, total
    return counts


def _not_negative(title: str, units: int) -> int:
    if units < 0:
        raise ValueError(f"Số đơn vị cấp dưới của danh hiệu {title} không thể âm: {units}")
    return units


def facts_of(table: ColumnTable, column: int) -> Facts:
    """Trả một cột về số liệu: what the table knows of one unit; a title held comes back as a stated condition."""

    def told(prefix: str) -> Iterator[tuple[str, Fact]]:
        for row, code in enumerate(table.layout.codes):
            if code.startswith("@") == bool(prefix):
                fact = _read(table, row, column)
                if fact is not Nothing.NO_DATA:
                    yield code.removeprefix(prefix), fact

    statuses = (status for bit, status in enumerate(table.layout.statuses) if int(table.flags[column]) >> bit & 1)
    return Facts(
        unit=table.units[column],
        region=table.layout.regions[int(table.region[column])],
        group=table.layout.groups[int(table.group[column])],
        statuses=frozenset(statuses),
        values=dict(told("")),
        lower_titles={
            title: (int(holders[column]), int(units[column]))
            for title, (holders, units) in table.lower.items()
            if units[column] >= 0
        },
        conditions=dict(told("@")),
    )


def _read(table: ColumnTable, row: int, column: int) -> Fact:
    match int(table.states[row, column]):
        case codes.FIGURE:
            return Decimal(int(table.values[row, column])).scaleb(-table.layout.digits[row], EXACT)
        case codes.SAID_MET:
            return True
        case codes.SAID_NOT_MET:
            return False
        case codes.SAID_NOT_CONSIDERED:
            return Nothing.NOT_CONSIDERED
        case _:
            return Nothing.NO_DATA
