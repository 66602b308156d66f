"""Đánh giá: facts x set x day -> outcome with reasons. One unit at a time, or many by the same sheets of levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from ntm.domain.assessment import criterion as criteria
from ntm.domain.assessment import indicator as indicators
from ntm.domain.assessment import title
from ntm.domain.assessment.levels import Applied, Resolve, Sheet, Way, sheet
from ntm.domain.assessment.model import (
    Assessment,
    Facts,
    IndicatorResult,
    Nothing,
    NotInForce,
    Outcome,
    criterion_fact,
)
from ntm.domain.criteria.model import CriteriaSet, Indicator

__all__ = ["Evaluator", "evaluate", "evaluate_all", "known_codes", "unknown_codes"]

_MOST_KEPT = 50_000  # results of single figures that one sheet keeps for the next unit


def evaluate(criteria_set: CriteriaSet, facts: Facts, on: date, *, resolve: Resolve | None = None) -> Assessment:
    """Đánh giá mức độ đạt chuẩn: judge the facts by the set in force on that day. NotInForce if it is not.

    resolve: finds another set by code (levels relative to another set, titles of sets that extend another); default the
    shipped catalogue.
    """
    return Evaluator(criteria_set, on, resolve=resolve).evaluate(facts)


def evaluate_all(
    criteria_set: CriteriaSet, facts: Iterable[Facts], on: date, *, resolve: Resolve | None = None
) -> Iterator[Assessment]:
    """Đánh giá nhiều đơn vị: the levels of a region and group are worked out once."""
    evaluator = Evaluator(criteria_set, on, resolve=resolve)
    return (evaluator.evaluate(one) for one in facts)


class Evaluator:
    """Người chấm của một bộ, một ngày: keeps the sheet of levels of each region and group it has met."""

    def __init__(self, criteria_set: CriteriaSet, on: date, *, resolve: Resolve | None = None) -> None:
        if not criteria_set.in_force(on):
            raise NotInForce(criteria_set, on)
        self._set, self._on, self._resolve = criteria_set, on, resolve
        self._sheets: dict[tuple[str | None, str | None], _Judge] = {}

    def evaluate(self, facts: Facts) -> Assessment:
        judge = self._judge(facts)
        results = tuple(
            criteria.judge(one.criterion, tuple(judge.indicator(applied, facts) for applied in one.indicators), facts)
            for one in judge.sheet.criteria
        )
        counts = dict.fromkeys(Outcome, 0)
        for result in results:
            counts[result.outcome] += 1
        return Assessment(
            unit=facts.unit,
            set_code=self._set.code,
            set_hash=self._set.hash,
            on=self._on,
            met=counts[Outcome.MET],
            not_met=counts[Outcome.NOT_MET],
            no_data=counts[Outcome.NO_DATA],
            not_considered=counts[Outcome.NOT_CONSIDERED],
            title=title.judge(judge.sheet, results, facts, self._resolve),
            criteria=results,
        )

    def _judge(self, facts: Facts) -> _Judge:
        region = self._set.level_region(facts.region, facts.statuses)
        key = (region, facts.group)
        if key not in self._sheets:
            self._sheets[key] = _Judge(sheet(self._set, self._on, region, facts.group, self._resolve))
        return self._sheets[key]


class _Judge:
    """A sheet, and the results of single figures already judged by it: a country repeats most of them."""

    def __init__(self, levels: Sheet) -> None:
        self.sheet = levels
        self._figures: dict[tuple[int, Decimal], IndicatorResult] = {}
        self._others: dict[tuple[int, bool | Nothing], IndicatorResult] = {}

    def indicator(self, applied: Applied, facts: Facts) -> IndicatorResult:
        fact = facts.values.get(applied.indicator.code, Nothing.NO_DATA)
        if applied.way not in (Way.FIGURE, Way.WORDS) or applied.indicator.code in facts.not_considered_reasons:
            return indicators.judge(applied, facts)
        if isinstance(fact, Decimal):
            return self._figure(applied, fact)
        key = (id(applied), fact)
        kept = self._others.get(key)
        if kept is None:
            kept = self._others[key] = indicators.judge_fact(applied, fact)
        return kept

    def _figure(self, applied: Applied, fact: Decimal) -> IndicatorResult:
        key = (id(applied), fact)
        kept = self._figures.get(key)
        if kept is None:
            kept = indicators.judge_fact(applied, fact)
            if len(self._figures) < _MOST_KEPT:
                self._figures[key] = kept
        return kept


def known_codes(criteria_set: CriteriaSet) -> frozenset[str]:
    """Mã mà bộ này nhận số liệu: indicators, their parts, and TC<no> of every criterion."""

    def within(indicator: Indicator) -> Iterator[str]:
        yield indicator.code
        for part in indicator.parts:
            yield from within(part)

    codes = {code for _, indicator in criteria_set.indicators() for code in within(indicator)}
    return frozenset(codes | {criterion_fact(criterion.no) for criterion in criteria_set.criteria})


def unknown_codes(criteria_set: CriteriaSet, facts: Facts) -> frozenset[str]:
    """Mã lạ: codes of facts that the set does not know; evaluate leaves them alone, an entry form must not."""
    return frozenset(facts.values) - known_codes(criteria_set)
