"""Xét một chỉ tiêu: one fact against what applies, with the sentence that says why."""

from __future__ import annotations

from decimal import Decimal

from ntm.domain.assessment import explain
from ntm.domain.assessment.combining import all_of, any_of, stated_outcome
from ntm.domain.assessment.comparing import holds
from ntm.domain.assessment.levels import EXACT, Applied, Way
from ntm.domain.assessment.model import Fact, Facts, IndicatorResult, Nothing, Outcome
from ntm.domain.criteria.model import Comparator

__all__ = ["judge", "judge_fact"]


def judge(applied: Applied, facts: Facts) -> IndicatorResult:
    """Xét một chỉ tiêu theo số liệu của đơn vị, kể cả các nội dung thành phần."""
    code = applied.indicator.code
    fact = facts.values.get(code, Nothing.NO_DATA)
    if fact is Nothing.NOT_CONSIDERED:
        return _not_considered(applied, facts.not_considered_reasons.get(code))
    if applied.way in (Way.ALL, Way.ANY):
        return _compound(applied, facts, fact)
    counts = facts.lower_titles.get(applied.indicator.of_title or "") if applied.way is Way.SHARE else None
    if counts is not None:
        return _share(applied, *counts)
    return judge_fact(applied, fact)


def judge_fact(applied: Applied, fact: Fact) -> IndicatorResult:
    """Xét theo đúng một số liệu: depends on nothing else, so results may be kept and used again."""
    if fact is Nothing.NOT_CONSIDERED:
        return _not_considered(applied, None)
    if fact is Nothing.NO_DATA:
        return _result(applied, Outcome.NO_DATA, fact, explain.no_figure(applied))
    if applied.way is Way.WORDS:
        if isinstance(fact, bool):
            return _result(applied, stated_outcome(fact), fact, explain.words(applied, fact))
        return _result(applied, Outcome.NO_DATA, fact, explain.wrong_kind(fact))
    if isinstance(fact, bool):
        return _result(applied, stated_outcome(fact), fact, explain.stated(applied, fact))
    assert isinstance(fact, Decimal)
    level = applied.level.figure
    if level is None:
        shown = explain.measured(fact, applied.indicator.measure)
        return _result(applied, Outcome.NO_DATA, fact, explain.no_level(applied, shown))
    comparator = applied.indicator.comparator or Comparator.GE
    outcome = Outcome.MET if holds(fact, comparator, level) else Outcome.NOT_MET
    return _result(applied, outcome, fact, explain.compared(applied, fact, level, outcome), EXACT.subtract(fact, level))


def _share(applied: Applied, holders: int, units: int) -> IndicatorResult:
    """Tỷ lệ đơn vị cấp dưới giữ danh hiệu: holders x 100 against level x units; nothing is divided."""
    if units <= 0 or not 0 <= holders <= units:
        sentence = (
            "Không có đơn vị cấp dưới nào để tính tỷ lệ; nếu địa bàn không có đơn vị loại này thì ghi không xét: "
            "chưa có số liệu"
            if units == 0
            else f"{holders}/{units} không phải số đơn vị trên tổng số: chưa có số liệu"
        )
        return _result(applied, Outcome.NO_DATA, Nothing.NO_DATA, sentence)
    level = applied.level.figure
    percent = Decimal(holders * 100) / Decimal(units)
    if level is None:
        sentence = explain.no_level(applied, f"{holders}/{units} đơn vị")
        return _result(applied, Outcome.NO_DATA, percent, sentence)
    comparator = applied.indicator.comparator or Comparator.GE
    outcome = (
        Outcome.MET
        if holds(Decimal(holders * 100), comparator, EXACT.multiply(level, Decimal(units)))
        else Outcome.NOT_MET
    )
    sentence = explain.share(applied, holders, units, level, outcome)
    return _result(applied, outcome, percent, sentence, percent - level)


def _compound(applied: Applied, facts: Facts, fact: Fact) -> IndicatorResult:
    parts = tuple(judge(part, facts) for part in applied.parts)
    outcomes = [part.outcome for part in parts]
    outcome = all_of(outcomes) if applied.way is Way.ALL else any_of(outcomes)
    said = stated_outcome(fact)
    if outcome is Outcome.NO_DATA and said is not Outcome.NO_DATA:
        assert isinstance(fact, bool)
        return _result(applied, said, fact, explain.stated(applied, fact), parts=parts)
    sentence = explain.parts_sentence(applied.way, outcome, parts)
    return _result(applied, outcome, fact, sentence, parts=parts)


def _not_considered(applied: Applied, reason: str | None) -> IndicatorResult:
    sentence = explain.not_considered(applied, reason)
    return _result(applied, Outcome.NOT_CONSIDERED, Nothing.NOT_CONSIDERED, sentence)


def _result(
    applied: Applied,
    outcome: Outcome,
    value: Fact,
    sentence: str,
    gap: Decimal | None = None,
    parts: tuple[IndicatorResult, ...] = (),
) -> IndicatorResult:
    by_parts = bool(applied.parts)
    return IndicatorResult(
        code=applied.indicator.code,
        outcome=outcome,
        value=value,
        threshold=None if by_parts else applied.level.threshold,
        explanation=sentence,
        reference=applied.level.reference,
        checked=applied.level.checked and all(part.checked for part in parts),
        gap=gap,
        parts=parts,
    )
