"""Xét một tiêu chí: from its indicators, or from a stated conclusion where they decide nothing."""

from __future__ import annotations

from ntm.domain.assessment import explain
from ntm.domain.assessment.combining import by_rule, stated_outcome
from ntm.domain.assessment.model import CriterionResult, Facts, IndicatorResult, Outcome, criterion_fact
from ntm.domain.criteria.model import Criterion

__all__ = ["judge"]


def judge(criterion: Criterion, indicators: tuple[IndicatorResult, ...], facts: Facts) -> CriterionResult:
    """Đạt khi mọi chỉ tiêu được xét đều đạt (hoặc theo quy tắc riêng của tiêu chí)."""
    computed = by_rule(criterion.rule, [one.outcome for one in indicators])
    said = stated_outcome(facts.values.get(criterion_fact(criterion.no)))
    no, name = criterion.no, criterion.name
    if computed is Outcome.NO_DATA and said is not Outcome.NO_DATA:
        return CriterionResult(no, name, said, explain.stated_criterion(no, said), indicators, stated=True)
    sentence = explain.criterion_sentence(computed, indicators)
    if said in (Outcome.NO_DATA, computed):
        return CriterionResult(no, name, computed, sentence, indicators)
    return CriterionResult(
        no, name, computed, sentence, indicators, contradiction=explain.contradiction(no, said, computed)
    )
