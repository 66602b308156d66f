"""Chấm điểm: the sure points of a unit and the most it could have, for provinces that score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ntm.domain.assessment.levels import EXACT, AppliedCriterion
from ntm.domain.assessment.model import CriterionResult, IndicatorResult, Outcome
from ntm.domain.criteria.model import CriteriaSet, Indicator, Kind

__all__ = ["Points", "count", "outcome", "required"]


@dataclass(frozen=True)
class Points:
    """Điểm: `sure` is earned; `most` adds the maxima of what is without data or not considered (None: no bound)."""

    sure: Decimal
    most: Decimal | None


def required(criteria_set: CriteriaSet) -> Decimal | None:
    """Điểm phải đạt: the title's own number first, then the scoring's."""
    if criteria_set.title_rule.points_required is not None:
        return criteria_set.title_rule.points_required
    return criteria_set.scoring.required if criteria_set.scoring else None


def count(applied: Sequence[AppliedCriterion], results: Sequence[CriterionResult]) -> Points | None:
    """Cộng điểm, exactly. None: nothing in this set scores."""
    sure = unknown = Decimal(0)
    scored, bounded = False, True
    for rule, result in zip(applied, results, strict=True):
        for one, judged in zip(rule.indicators, result.indicators, strict=True):
            indicator = one.indicator
            if indicator.kind is not Kind.POINTS and indicator.max_points is None:
                continue
            scored = True
            earned = _earned(indicator, judged)
            if earned is not None:
                sure = EXACT.add(sure, earned)
            elif indicator.max_points is None:
                bounded = False
            else:
                unknown = EXACT.add(unknown, indicator.max_points)
    return Points(sure, EXACT.add(sure, unknown) if bounded else None) if scored else None


def _earned(indicator: Indicator, judged: IndicatorResult) -> Decimal | None:
    """Điểm của một chỉ tiêu: the typed score, or the maximum when met and nothing when not; None: not known."""
    if indicator.kind is Kind.POINTS:
        return judged.value if isinstance(judged.value, Decimal) else None
    if judged.outcome is Outcome.MET:
        return indicator.max_points
    return Decimal(0) if judged.outcome is Outcome.NOT_MET else None


def outcome(points: Points | None, typed: Decimal | None, level: Decimal) -> tuple[Outcome, Decimal | None]:
    """Đủ điểm hay chưa, and the points it rests on: computed where they decide, else the total that was typed."""
    if points is not None and points.sure >= level:
        return Outcome.MET, points.sure
    if points is not None and points.most is not None and points.most < level:
        return Outcome.NOT_MET, points.sure
    if typed is not None:
        return (Outcome.MET if typed >= level else Outcome.NOT_MET), typed
    return Outcome.NO_DATA, None
