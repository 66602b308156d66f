"""Đánh giá mức độ đạt chuẩn: facts, set and day to outcome with reasons."""

from ntm.domain.assessment.evaluation import Evaluator, evaluate, evaluate_all, known_codes, unknown_codes
from ntm.domain.assessment.model import (
    Assessment,
    ConditionResult,
    CriterionResult,
    Fact,
    Facts,
    IndicatorResult,
    Nothing,
    NotInForce,
    Outcome,
    TitleResult,
    criterion_fact,
)

__all__ = [
    "Assessment",
    "ConditionResult",
    "CriterionResult",
    "Evaluator",
    "Fact",
    "Facts",
    "IndicatorResult",
    "NotInForce",
    "Nothing",
    "Outcome",
    "TitleResult",
    "criterion_fact",
    "evaluate",
    "evaluate_all",
    "known_codes",
    "unknown_codes",
]
