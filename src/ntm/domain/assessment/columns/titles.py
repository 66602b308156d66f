"""Danh hiệu theo cột: the criteria requirement, the points and each other condition, as bytes."""

from __future__ import annotations

from decimal import Decimal

import numpy as np

from ntm.domain.assessment import points as scoring
from ntm.domain.assessment.columns.codes import (
    FIGURE,
    LOW_BITS,
    MET,
    NO_DATA,
    NOT_CONSIDERED,
    NOT_MET,
    NOTHING,
    Bytes,
    Ints,
)
from ntm.domain.assessment.columns.judging import COMPARISONS
from ntm.domain.assessment.columns.plan import Plan, bound
from ntm.domain.assessment.columns.table import LARGEST, ColumnTable, ScaleError, condition_row, digits_of, scaled
from ntm.domain.assessment.combining import needed
from ntm.domain.assessment.title import POINTS
from ntm.domain.criteria.model import Comparator, Kind, TitleCondition

__all__ = ["title_outcomes"]


def title_outcomes(
    plan: Plan, table: ColumnTable, indicators: Bytes, criteria: Bytes, stated: Bytes | None, counts: tuple[Bytes, ...]
) -> Bytes:
    """Kết quả danh hiệu. counts: not met, without data, met, not considered, a unit each."""
    whole = _requirement(plan, criteria, stated, counts)
    for condition in plan.criteria_set.title_rule.conditions:
        if condition.code != POINTS:
            np.minimum(whole, _condition(condition, table), out=whole)
    points = _points(plan, table, indicators)
    if points is not None:
        np.minimum(whole, points, out=whole)
    return np.minimum(whole, np.uint8(MET))


def _requirement(plan: Plan, criteria: Bytes, stated: Bytes | None, counts: tuple[Bytes, ...]) -> Bytes:
    rule = plan.criteria_set.title_rule.criteria
    not_met, unknown, met, _ = counts
    if rule == "none":
        return np.full(not_met.shape, NOT_CONSIDERED, np.uint8)
    if rule == "all":
        none_failed = not_met == 0
        sure = none_failed & (unknown == 0) & (met > 0)
        whole: Bytes = none_failed.view(np.uint8) + sure.view(np.uint8)  # 0 NOT_MET, 1 NO_DATA, 2 MET
    else:
        number = needed(rule)
        possible = met.astype(np.int64) + unknown
        whole = np.where(met >= number, MET, np.where(possible < number, NOT_MET, NO_DATA)).astype(np.uint8)
    if not plan.criteria_set.complete:
        computed = (criteria == MET) if stated is None else (criteria == MET) & (stated == 0)
        np.copyto(whole, np.uint8(NO_DATA), where=(whole == MET) & computed.any(axis=0))
    return whole


def _condition(condition: TitleCondition, table: ColumnTable) -> Bytes:
    """Một điều kiện: stated, counted or compared, in this order, as for one unit."""
    row = table.layout.row(condition_row(condition.code))
    if row is None:
        state = np.full(len(table.units), NOTHING, np.uint8)
        values: Ints = np.zeros(len(table.units), np.int64)
        digits = 0
    else:
        state, values, digits = table.states[row], table.values[row], table.layout.digits[row]
    judged = np.full(len(table.units), NO_DATA, np.uint8)
    if isinstance(condition.value, Decimal) and condition.comparator is not None:
        sense, limit = bound(condition.comparator, condition.value, digits)
        holds = COMPARISONS[Comparator(sense)](values, limit)
        judged = holds.view(np.uint8) + holds.view(np.uint8)
    outcome = np.maximum(judged, state) & np.uint8(LOW_BITS)
    counts = table.lower.get(condition.of_title or "") if condition.kind is Kind.TITLE_SHARE else None
    if counts is not None:
        counted = _share(condition, *counts)
        from_counts = (counts[1] >= 0) & ((state == FIGURE) | (state == NOTHING))
        outcome = np.where(from_counts, counted, outcome)
    return outcome


def _share(condition: TitleCondition, holders: Ints, units: Ints) -> Bytes:
    if not isinstance(condition.value, Decimal) or condition.comparator is None:
        return np.full(units.shape, NO_DATA, np.uint8)
    digits = digits_of(condition.value)
    level = scaled(condition.value, digits, condition.code)
    factor = 100 * 10**digits
    if max(int(np.abs(holders).max(initial=0)) * factor, int(np.abs(units).max(initial=0)) * abs(level)) > LARGEST:
        raise ScaleError(f"Điều kiện {condition.code}: số đơn vị vượt quá phạm vi tính đúng tuyệt đối")
    holds = COMPARISONS[condition.comparator](holders * factor, level * units)
    usable = (units > 0) & (holders >= 0) & (holders <= units)
    return np.where(usable, np.where(holds, MET, NOT_MET), NO_DATA).astype(np.uint8)


def _points(plan: Plan, table: ColumnTable, indicators: Bytes) -> Bytes | None:
    """Điểm: what is sure, the most it could be, else the total that was typed; all on one scale."""
    criteria_set = plan.criteria_set
    level = scoring.required(criteria_set)
    own = next((one for one in criteria_set.title_rule.conditions if one.code == POINTS), None)
    if level is None and own is not None and isinstance(own.value, Decimal):
        level = own.value
    if level is None:
        return None
    typed_row = table.layout.row(condition_row(POINTS))
    scoring_rows = [
        (table.layout.codes.index(one.indicator.code), one.indicator)
        for criterion in plan.sheet.criteria
        for one in criterion.indicators
        if one.indicator.kind is Kind.POINTS or one.indicator.max_points is not None
    ]
    digits = max(
        digits_of(level),
        *(digits_of(one.max_points) for _, one in scoring_rows if one.max_points is not None),
        *(table.layout.digits[row] for row, one in scoring_rows if one.kind is Kind.POINTS),
        table.layout.digits[typed_row] if typed_row is not None else 0,
        0,
    )
    limit = scaled(level, digits, POINTS)
    count = len(table.units)
    sure, unknown, unbounded = np.zeros(count, np.int64), np.zeros(count, np.int64), np.zeros(count, np.bool_)
    for row, one in scoring_rows:
        most = None if one.max_points is None else scaled(one.max_points, digits, one.code)
        if one.kind is Kind.POINTS:
            known = table.states[row] == FIGURE
            sure += np.where(known, _moved(table.values[row], digits - table.layout.digits[row], known, one.code), 0)
        else:
            known = (indicators[row] == MET) | (indicators[row] == NOT_MET)
            sure += np.where(indicators[row] == MET, most or 0, 0)
        if most is None:
            unbounded |= ~known
        else:
            unknown += np.where(known, 0, most)
    outcome = np.full(count, NO_DATA, np.uint8)
    if typed_row is not None:
        typed = table.states[typed_row] == FIGURE
        values = _moved(table.values[typed_row], digits - table.layout.digits[typed_row], typed, POINTS)
        outcome = np.where(typed, np.where(values >= limit, MET, NOT_MET), NO_DATA).astype(np.uint8)
    if scoring_rows:
        outcome = np.where(~unbounded & (sure + unknown < limit), np.uint8(NOT_MET), outcome)
        outcome = np.where(sure >= limit, np.uint8(MET), outcome)
    return outcome


def _moved(values: Ints, digits: int, used: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], code: str) -> Ints:
    """Đổi sang thang chung."""
    kept: Ints = np.where(used, values, np.int64(0))
    if int(np.abs(kept).max(initial=0)) * 10**digits > LARGEST // 1024:
        raise ScaleError(f"{code}: số điểm vượt quá phạm vi tính đúng tuyệt đối")
    return kept * np.int64(10**digits)
