"""Vẽ khoảng hiện trạng: from facts and law to half-open intervals. Nothing is written here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

from ntm.domain.assessment import Assessment, Evaluator, Outcome
from ntm.domain.criteria.model import CriteriaSet, Criterion, Indicator
from ntm.records.standing import registry
from ntm.records.standing.facts import Timeline, condition_codes
from ntm.records.standing.models.intervals import OutcomeCode

__all__ = ["CODE_OF", "OUTCOME_OF", "CriterionSpan", "Drawing", "IndicatorSpan", "UnitSpan", "draw", "evaluator"]

CODE_OF: dict[Outcome, OutcomeCode] = {
    Outcome.NO_DATA: OutcomeCode.NO_DATA,
    Outcome.MET: OutcomeCode.MET,
    Outcome.NOT_MET: OutcomeCode.NOT_MET,
    Outcome.NOT_CONSIDERED: OutcomeCode.NOT_CONSIDERED,
}
OUTCOME_OF: dict[int, Outcome] = {int(code): outcome for outcome, code in CODE_OF.items()}


@dataclass(frozen=True, slots=True)
class IndicatorSpan:
    """Khoảng của một chỉ tiêu, with the observation it rests on."""

    code: str
    start: date
    end: date | None
    outcome: OutcomeCode
    observation_id: int | None
    assumed: bool


@dataclass(frozen=True, slots=True)
class CriterionSpan:
    """Khoảng của một tiêu chí."""

    no: int
    start: date
    end: date | None
    outcome: OutcomeCode
    assumed: bool
    stated: bool


@dataclass(frozen=True, slots=True)
class UnitSpan:
    """Khoảng của đơn vị: counts of criteria and what the title rule says."""

    start: date
    end: date | None
    met: int
    not_met: int
    no_data: int
    not_considered: int
    title_outcome: OutcomeCode
    assumed: bool


@dataclass
class Drawing:
    """Hiện trạng của một đơn vị theo một bộ: all intervals, ordered by what they are of and their first day."""

    units: list[UnitSpan] = field(default_factory=list)
    criteria: list[CriterionSpan] = field(default_factory=list)
    indicators: list[IndicatorSpan] = field(default_factory=list)


def draw(criteria_set: CriteriaSet, line: Timeline) -> Drawing:
    """Vẽ từ ngày có số liệu đầu tiên: one judgement a day on which facts, law, geography or titles change."""
    marks = _marks(criteria_set, line)
    drawing = Drawing()
    conditions = condition_codes(criteria_set)
    codes = {criterion.no: codes_of(criterion) for criterion in criteria_set.criteria}
    last: dict[object, int] = {}
    for start, end in zip(marks, [*marks[1:], criteria_set.end], strict=True) if marks else ():
        judged = evaluator(criteria_set, start).evaluate(line.facts(start, conditions))
        _add(drawing.units, last, None, _unit_span(judged, start, end, line, codes))
        for one in judged.criteria:
            assumed = line.assumed(codes[one.no], start)
            span = CriterionSpan(one.no, start, end, CODE_OF[one.outcome], assumed, one.stated)
            _add(drawing.criteria, last, one.no, span)
            for indicator in one.indicators:
                row = line.at(indicator.code, start)
                if row is None and indicator.outcome is Outcome.NO_DATA:
                    continue
                here = CODE_OF[indicator.outcome]
                part = IndicatorSpan(indicator.code, start, end, here, row and row.pk, bool(row and row.assumed))
                _add(drawing.indicators, last, indicator.code, part)
    drawing.criteria = [s for s in drawing.criteria if s.outcome != OutcomeCode.NO_DATA or s.assumed or s.stated]
    return drawing


@lru_cache(maxsize=512)
def _evaluator(set_hash: str, on: date, holder: _BySet) -> Evaluator:
    return Evaluator(holder.criteria_set, on, resolve=registry.resolve)


@dataclass(frozen=True, eq=False, slots=True)
class _BySet:
    criteria_set: CriteriaSet

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _BySet) and other.criteria_set.hash == self.criteria_set.hash

    def __hash__(self) -> int:
        return hash(self.criteria_set.hash)


def evaluator(criteria_set: CriteriaSet, on: date) -> Evaluator:
    """Người chấm của bộ và ngày: kept, because a country asks the same levels again and again."""
    return _evaluator(criteria_set.hash, on, _BySet(criteria_set))


def codes_of(criterion: Criterion) -> list[str]:
    """Codes under which something of a criterion can be observed: the stated conclusion, indicators, their parts."""
    codes = [f"TC{criterion.no}"]
    stack: list[Indicator] = list(criterion.indicators)
    while stack:
        indicator = stack.pop()
        codes.append(indicator.code)
        stack.extend(indicator.parts)
    return codes


def law_dates(criteria_set: CriteriaSet) -> frozenset[date]:
    """Ngày mà yêu cầu của bộ thay đổi: days on which a level or an indicator begins or ends."""
    return _law_dates(criteria_set.hash, _BySet(criteria_set))


@lru_cache(maxsize=128)
def _law_dates(set_hash: str, holder: _BySet) -> frozenset[date]:
    days: set[date] = set()
    stack: list[Indicator] = [indicator for _, indicator in holder.criteria_set.indicators()]
    while stack:
        indicator = stack.pop()
        stack.extend(indicator.parts)
        days.update(day for day in (indicator.start, indicator.end) if day)
        days.update(day for level in indicator.thresholds for day in (level.start, level.end) if day)
        if indicator.relative_to:
            other = registry.resolve(indicator.relative_to[0])
            base = other.indicator(indicator.relative_to[1])
            days.update(day for day in (other.start, other.end, base.start, base.end) if day)
            days.update(day for level in base.thresholds for day in (level.start, level.end) if day)
    return frozenset(days)


def _marks(criteria_set: CriteriaSet, line: Timeline) -> list[date]:
    """Breakpoints, from the first figure (or the first title counted) on, inside the set's days in force."""
    by_titles = bool(line.holdings.wanted)
    first = line.first_day() or (min(line.holdings.dates(), default=None) if by_titles else None)
    if first is None:
        return []
    begin = max(first, criteria_set.start) if criteria_set.start else first
    end = criteria_set.end or date.max
    days = line.dates() | law_dates(criteria_set) | line.holdings.dates()
    return sorted({begin} | {day for day in days if begin < day < end}) if begin < end else []


def _unit_span(
    judged: Assessment, start: date, end: date | None, line: Timeline, codes: dict[int, list[str]]
) -> UnitSpan:
    return UnitSpan(
        start,
        end,
        judged.met,
        judged.not_met,
        judged.no_data,
        judged.not_considered,
        CODE_OF[judged.title.outcome],
        any(line.assumed(some, start) for some in codes.values()),
    )


Span = TypeVar("Span", IndicatorSpan, CriterionSpan, UnitSpan)


def _add(spans: list[Span], last: dict[object, int], key: object, span: Span) -> None:
    """Append, or lengthen the neighbour that says the same."""
    place = last.get(key)
    before = spans[place] if place is not None else None
    if before is not None and before.end == span.start and _says(before) == _says(span):
        spans[place] = replace(before, end=span.end)  # type: ignore[index]
    else:
        last[key] = len(spans)
        spans.append(span)


# what a span says, apart from its days; the getter of each kind is made once
_SAYS: dict[type[Any], Callable[[Any], tuple[object, ...]]] = {
    kind: attrgetter(*(one.name for one in fields(kind) if one.name not in ("start", "end")))
    for kind in (IndicatorSpan, CriterionSpan, UnitSpan)
}


def _says(span: IndicatorSpan | CriterionSpan | UnitSpan) -> tuple[object, ...]:
    return _SAYS[type(span)](span)
