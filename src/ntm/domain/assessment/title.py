"""Danh hiệu: judged apart from the criteria; each condition has its own outcome, and what stands in the way is told."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ntm.domain.assessment import points as scoring
from ntm.domain.assessment.combining import needed, stated_outcome
from ntm.domain.assessment.comparing import holds, relation
from ntm.domain.assessment.explain import figure, measured
from ntm.domain.assessment.levels import EXACT, Resolve, Sheet, find
from ntm.domain.assessment.model import ConditionResult, CriterionResult, Facts, Nothing, Outcome, TitleResult
from ntm.domain.criteria.model import CriteriaSet, Kind, TitleCondition

__all__ = ["POINTS", "criteria_requirement", "extends", "judge", "judge_condition"]

POINTS = "points"
_MOST_EXTENDS = 8  # a chain of sets that extend each other ends long before


def judge(sheet: Sheet, results: Sequence[CriterionResult], facts: Facts, resolve: Resolve | None) -> TitleResult:
    """Xét danh hiệu: anything failed, then anything unknown, else met."""
    criteria_set = sheet.criteria_set
    outcome, sentence = criteria_requirement(criteria_set, results)
    conditions = [
        judge_condition(condition, facts, resolve)
        for condition in criteria_set.title_rule.conditions
        if condition.code != POINTS
    ]
    points: Decimal | None = None
    scored = _points(sheet, results, facts)
    if scored is not None:
        condition_result, points = scored
        conditions.append(condition_result)
    outcomes = [outcome, *(one.outcome for one in conditions)]
    whole = _whole(outcomes)
    return TitleResult(whole, _sentence(criteria_set, whole, outcome, sentence, conditions), tuple(conditions), points)


def _whole(outcomes: Sequence[Outcome]) -> Outcome:
    if Outcome.NOT_MET in outcomes:
        return Outcome.NOT_MET
    return Outcome.NO_DATA if Outcome.NO_DATA in outcomes else Outcome.MET


def criteria_requirement(criteria_set: CriteriaSet, results: Sequence[CriterionResult]) -> tuple[Outcome, str]:
    """Yêu cầu về tiêu chí: all of them met or not considered, or so many met."""
    rule = criteria_set.title_rule.criteria
    numbers = {outcome: [str(one.no) for one in results if one.outcome is outcome] for outcome in Outcome}
    met, unknown = numbers[Outcome.MET], numbers[Outcome.NO_DATA]
    if rule == "none":
        return Outcome.NOT_CONSIDERED, "không đòi hỏi riêng về số tiêu chí"
    if rule == "all":
        if numbers[Outcome.NOT_MET]:
            return Outcome.NOT_MET, f"chưa đạt tiêu chí {', '.join(numbers[Outcome.NOT_MET])}"
        if unknown:
            return Outcome.NO_DATA, f"chưa có số liệu tiêu chí {', '.join(unknown)}"
        if not met:
            return Outcome.NO_DATA, "không có tiêu chí nào được xét"
    else:
        number = needed(rule)
        if len(met) + len(unknown) < number:
            return Outcome.NOT_MET, f"đạt {len(met)} tiêu chí, phải đạt ít nhất {number}"
        if len(met) < number:
            return Outcome.NO_DATA, f"đạt {len(met)}/{number} tiêu chí, còn {len(unknown)} tiêu chí chưa có số liệu"
    if not criteria_set.complete and not all(one.stated for one in results if one.outcome is Outcome.MET):
        note = criteria_set.completeness_note or "một số chỉ tiêu chưa có trong dữ liệu"
        return Outcome.NO_DATA, f"bộ tiêu chí chưa đủ chỉ tiêu trong dữ liệu ({note})"
    return Outcome.MET, f"đạt {len(met)} tiêu chí, không xét {len(numbers[Outcome.NOT_CONSIDERED])}"


def judge_condition(condition: TitleCondition, facts: Facts, resolve: Resolve | None) -> ConditionResult:
    """Xét một điều kiện: compared when it is a figure, stated when it is yes/no."""
    outcome, sentence = _condition(condition, facts, resolve)
    return ConditionResult(
        condition.code,
        outcome,
        f"{condition.text}: {sentence} ({condition.reference.instrument}): {outcome.vietnamese}",
        condition.check.verified,
    )


def _condition(condition: TitleCondition, facts: Facts, resolve: Resolve | None) -> tuple[Outcome, str]:
    fact = facts.conditions.get(condition.code, Nothing.NO_DATA)
    if isinstance(fact, bool) or fact is Nothing.NOT_CONSIDERED:
        said = stated_outcome(fact)
        return said, "đơn vị báo cáo không xét" if said is Outcome.NOT_CONSIDERED else f"kết luận {said.vietnamese}"
    if isinstance(condition.value, str):
        return _previous_title(condition.value, facts, resolve)
    counts = facts.lower_titles.get(condition.of_title or "") if condition.kind is Kind.TITLE_SHARE else None
    if counts is not None:
        return _share(condition, *counts)
    if not isinstance(fact, Decimal):
        return Outcome.NO_DATA, "chưa có số liệu"
    if not isinstance(condition.value, Decimal) or condition.comparator is None:
        return Outcome.NO_DATA, f"{figure(fact)}, chưa có mức trong dữ liệu để so sánh"
    outcome = Outcome.MET if holds(fact, condition.comparator, condition.value) else Outcome.NOT_MET
    sign = relation(condition.comparator, fact, condition.value)
    return outcome, f"{figure(fact)} {sign} {measured(condition.value, condition.measure)}"


def _previous_title(wanted: str, facts: Facts, resolve: Resolve | None) -> tuple[Outcome, str]:
    if facts.titles is None:
        return Outcome.NO_DATA, f"chưa rõ đơn vị có giữ danh hiệu {wanted} hay không"
    for held in sorted(facts.titles):
        if extends(held, wanted, resolve):
            return Outcome.MET, f"đang giữ danh hiệu {held}"
    return Outcome.NOT_MET, f"không giữ danh hiệu {wanted}"


def extends(held: str, wanted: str, resolve: Resolve | None) -> bool:
    """Danh hiệu theo bộ của tỉnh cũng là danh hiệu theo bộ quốc gia mà nó áp dụng."""
    code: str | None = held
    for _ in range(_MOST_EXTENDS):
        if code is None or code == wanted:
            break
        found = find(resolve, code)
        code = found.extends if found else None
    return code == wanted


def _share(condition: TitleCondition, holders: int, units: int) -> tuple[Outcome, str]:
    if not 0 <= holders <= units or units == 0:
        return Outcome.NO_DATA, f"{holders}/{units} đơn vị, không tính được tỷ lệ"
    if not isinstance(condition.value, Decimal) or condition.comparator is None:
        return Outcome.NO_DATA, f"{holders}/{units} đơn vị, chưa có mức trong dữ liệu để so sánh"
    level = EXACT.multiply(condition.value, Decimal(units))
    outcome = Outcome.MET if holds(Decimal(holders * 100), condition.comparator, level) else Outcome.NOT_MET
    sign = relation(condition.comparator, Decimal(holders * 100), level)
    return outcome, f"{holders}/{units} đơn vị {sign} {figure(condition.value)}%"


def _points(
    sheet: Sheet, results: Sequence[CriterionResult], facts: Facts
) -> tuple[ConditionResult, Decimal | None] | None:
    """Điều kiện về điểm, nếu bộ này chấm điểm."""
    level = scoring.required(sheet.criteria_set)
    own = next((one for one in sheet.criteria_set.title_rule.conditions if one.code == POINTS), None)
    if level is None and own is not None and isinstance(own.value, Decimal):
        level = own.value
    if level is None:
        return None
    typed = facts.conditions.get(POINTS)
    outcome, points = scoring.outcome(
        scoring.count(sheet.criteria, results), typed if isinstance(typed, Decimal) else None, level
    )
    shown = "chưa đủ số liệu để tính điểm" if points is None else f"{figure(points)} điểm"
    rule = sheet.criteria_set.scoring
    checked = own.check.verified if own else bool(rule and rule.check.verified)
    sentence = f"Phải đạt từ {figure(level)} điểm; {shown}: {outcome.vietnamese}"
    return ConditionResult(POINTS, outcome, sentence, checked), points


def _sentence(
    criteria_set: CriteriaSet, whole: Outcome, outcome: Outcome, sentence: str, conditions: Sequence[ConditionResult]
) -> str:
    if whole is Outcome.MET:
        return f"{criteria_set.title}: {sentence}; đủ các điều kiện khác: đạt"
    reasons = [sentence] if outcome is whole else []
    reasons += [one.explanation for one in conditions if one.outcome is whole]
    return f"{criteria_set.title}: {'; '.join(reasons)}"
