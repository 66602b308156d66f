"""Tác động khi đổi bộ tiêu chí: who would gain or lose which criterion and the title if another set applied, and why.

Figures are carried from one set to the other by the correspondence of their indicators (ntm.domain.criteria.diff): a
figure where both measure the same thing, a conclusion only where what is asked did not change. What cannot be carried
is unknown, and said so; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from ntm.domain.assessment.evaluation import Evaluator
from ntm.domain.assessment.levels import Resolve
from ntm.domain.assessment.model import Assessment, CriterionResult, Fact, Facts, Nothing, Outcome
from ntm.domain.criteria.comparison import Change, Difference, IndicatorChange, diff
from ntm.domain.criteria.model import CriteriaSet, Indicator

__all__ = ["CriterionImpact", "Effect", "Impact", "UnitImpact", "carried", "day_within", "impact"]


class Effect(StrEnum):
    """Tác động. UNKNOWN: one side has no data. NEW, DROPPED: the criterion is in one set only."""

    GAINED = "gained"
    LOST = "lost"
    SAME = "same"
    UNKNOWN = "unknown"
    NEW = "new"
    DROPPED = "dropped"

    @property
    def vietnamese(self) -> str:
        return _VIETNAMESE[self]


# Income of a person is always a year's, whether the set writes it or not.
_SAME_MEASURE = {"triệu đồng/người": "triệu đồng/người/năm"}
_VIETNAMESE = {
    Effect.GAINED: "thêm đạt",
    Effect.LOST: "mất đạt",
    Effect.SAME: "không đổi",
    Effect.UNKNOWN: "chưa kết luận được",
    Effect.NEW: "tiêu chí mới",
    Effect.DROPPED: "tiêu chí bỏ",
}


@dataclass(frozen=True)
class CriterionImpact:
    """Một tiêu chí ở hai bộ; before or after is None where that set does not have it."""

    before: CriterionResult | None
    after: CriterionResult | None
    effect: Effect
    reasons: tuple[str, ...]  # the sentences of the indicators that decide, by the new set


@dataclass(frozen=True)
class UnitImpact:
    """Tác động đối với một đơn vị."""

    unit: str
    before: Assessment
    after: Assessment
    criteria: tuple[CriterionImpact, ...]
    title: Effect
    title_reason: str

    def of(self, effect: Effect) -> tuple[CriterionImpact, ...]:
        return tuple(one for one in self.criteria if one.effect is effect)


@dataclass(frozen=True)
class Impact:
    """Tác động đối với nhiều đơn vị. Each set is asked on a day on which it applies: the day given, or the nearest."""

    before_set: str
    after_set: str
    before_on: date
    after_on: date
    units: tuple[UnitImpact, ...]
    not_carried: tuple[str, ...]  # indicators of the old set whose figures say nothing about the new one

    def title(self, effect: Effect) -> tuple[str, ...]:
        """Những đơn vị mà danh hiệu chịu tác động này."""
        return tuple(one.unit for one in self.units if one.title is effect)

    def criterion(self, number: int, effect: Effect) -> tuple[str, ...]:
        """Những đơn vị mà tiêu chí số ấy của bộ mới chịu tác động này."""
        return tuple(
            unit.unit
            for unit in self.units
            if any(one.after is not None and one.after.no == number for one in unit.of(effect))
        )


def impact(
    old_set: CriteriaSet,
    new_set: CriteriaSet,
    facts_by_unit: Mapping[str, Facts],
    on: date,
    *,
    new_facts: Mapping[str, Facts] | None = None,
    resolve: Resolve | None = None,
) -> Impact:
    """Ai được, ai mất gì nếu áp dụng bộ mới.

    facts_by_unit is in the codes of the old set; new_facts, where an office has them, is in the codes of the new set
    and goes before what is carried.
    """
    before_on, after_on = day_within(old_set, on), day_within(new_set, on)
    difference = diff(old_set, new_set, before_on, after_on)
    before = Evaluator(old_set, before_on, resolve=resolve)
    after = Evaluator(new_set, after_on, resolve=resolve)
    units = []
    for name, facts in facts_by_unit.items():
        told = _with(carried(facts, difference), (new_facts or {}).get(name))
        units.append(_unit(name, before.evaluate(facts), after.evaluate(told), difference))
    left = tuple(
        one.before.code
        for one in difference.indicators
        if one.before is not None and (one.after is None or one.guess or not _comparable(one.before, one.after))
    )
    return Impact(old_set.code, new_set.code, before_on, after_on, tuple(units), left)


def day_within(criteria_set: CriteriaSet, on: date) -> date:
    """Ngày gần nhất mà bộ có hiệu lực: the day itself, the first day of a later set, the last day of an earlier one."""
    if criteria_set.start is not None and on < criteria_set.start:
        return criteria_set.start
    if criteria_set.end is not None and on >= criteria_set.end:
        return criteria_set.end - timedelta(days=1)
    return on


def carried(facts: Facts, difference: Difference) -> Facts:
    """Số liệu của bộ cũ nói được gì về bộ mới, in the codes of the new set. Conclusions of whole criteria say nothing."""
    values: dict[str, Fact] = {}
    reasons: dict[str, str] = {}
    for change in difference.indicators:
        if change.before is None or change.after is None or change.guess:
            continue
        for old, new in _same_parts(change.before, change.after):
            fact = facts.values.get(old.code, Nothing.NO_DATA)
            if _carries(fact, old, new, change):
                values[new.code] = fact
                if old.code in facts.not_considered_reasons:
                    reasons[new.code] = facts.not_considered_reasons[old.code]
    known = {one.code for one in difference.after.title_rule.conditions}
    conditions = {code: fact for code, fact in facts.conditions.items() if code in known}
    return replace(facts, values=values, conditions=conditions, not_considered_reasons=reasons)


def _same_parts(old: Indicator, new: Indicator) -> Iterable[tuple[Indicator, Indicator]]:
    """Chỉ tiêu và các nội dung thành phần cùng mã, cùng lời văn."""
    yield old, new
    parts = {part.code: part for part in new.parts}
    for part in old.parts:
        other = parts.get(part.code)
        if other is not None and part.text == other.text:
            yield from _same_parts(part, other)


def _comparable(old: Indicator, new: Indicator) -> bool:
    """Đo cùng một thứ: both figures in one measure, or both judged in words."""
    if old.is_judged_in_words or new.is_judged_in_words:
        return old.is_judged_in_words and new.is_judged_in_words
    return _measure(old) == _measure(new)


def _measure(indicator: Indicator) -> str:
    """Đơn vị tính, bỏ phần chú thích trong ngoặc: "% (theo km)" is a share like any other."""
    measure = (indicator.measure or "").split(" (", 1)[0]
    return _SAME_MEASURE.get(measure, measure)


def _carries(fact: Fact, old: Indicator, new: Indicator, change: IndicatorChange) -> bool:
    if fact is Nothing.NO_DATA:
        return False
    if isinstance(fact, Decimal):
        return _comparable(old, new) and not new.is_judged_in_words
    return change.change is Change.UNCHANGED


def _with(facts: Facts, own: Facts | None) -> Facts:
    if own is None:
        return facts
    return replace(
        facts,
        values={**facts.values, **own.values},
        conditions={**facts.conditions, **own.conditions},
        lower_titles={**facts.lower_titles, **own.lower_titles},
        titles=facts.titles if own.titles is None else own.titles,
        not_considered_reasons={**facts.not_considered_reasons, **own.not_considered_reasons},
    )


def _unit(name: str, before: Assessment, after: Assessment, difference: Difference) -> UnitImpact:
    old = {one.no: one for one in before.criteria}
    new = {one.no: one for one in after.criteria}
    criteria = tuple(
        _criterion(old[one.before.no] if one.before else None, new[one.after.no] if one.after else None)
        for one in difference.criteria
    )
    effect = _effect(before.title.outcome, after.title.outcome)
    return UnitImpact(name, before, after, criteria, effect, after.title.explanation)


def _criterion(before: CriterionResult | None, after: CriterionResult | None) -> CriterionImpact:
    if after is None:
        return CriterionImpact(before, None, Effect.DROPPED, ())
    deciding = tuple(f"{one.code}: {one.explanation}" for one in after.indicators if one.outcome is after.outcome)
    reasons = deciding if after.outcome in (Outcome.NOT_MET, Outcome.NO_DATA) else (after.explanation,)
    effect = Effect.NEW if before is None else _effect(before.outcome, after.outcome)
    return CriterionImpact(before, after, effect, reasons or (after.explanation,))


def _effect(before: Outcome, after: Outcome) -> Effect:
    """Không xét hold as đạt does for the title, so going from one to the other neither gains nor loses."""
    if Outcome.NO_DATA in (before, after):
        return Effect.UNKNOWN if before is not after else Effect.SAME
    first, second = before is not Outcome.NOT_MET, after is not Outcome.NOT_MET
    if first == second:
        return Effect.SAME
    return Effect.GAINED if second else Effect.LOST
