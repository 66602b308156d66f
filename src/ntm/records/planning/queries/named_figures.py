"""Số của chỉ tiêu và chỉ số có tên: the unit's own figure, a sum where figures add up, else what is known of the units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from ntm.domain.criteria.model import CriteriaSet
from ntm.domain.official.numbers import write_number
from ntm.domain.targets import Measured, Point, Target, metric
from ntm.domain.targets.metrics import METRICS, indicator_of
from ntm.records.planning.models import PlanTarget
from ntm.records.planning.queries.measured import Measuring, goal
from ntm.records.planning.queries.standing_of_plan import PlanFacts, Seen

__all__ = ["metric_codes", "of_indicator", "of_metric"]


def metric_codes(rows: Iterable[PlanTarget], content: CriteriaSet) -> frozenset[str]:
    """Indicators that measure the named metrics of these targets, in the plan's set."""
    found = {indicator_of(METRICS[row.metric], content) for row in rows if row.metric in METRICS}
    return frozenset(code for code in found if code is not None)


def of_indicator(row: PlanTarget, target: Target, facts: PlanFacts) -> Measuring:
    """Một chỉ tiêu của bộ: the unit's own figure; of several units only their range can be told."""
    if not facts.alone:
        return Measuring(target, _of_units(target.indicator, facts, adds=False))
    return _own_figure(target, target.indicator, facts)


def _own_figure(target: Target, code: str, facts: PlanFacts) -> Measuring:
    seen = facts.figures.get((facts.plan.unit_id, code), [])
    if not seen:
        return Measuring(target, Measured(why_not=f"chưa có số đã nhận của chỉ tiêu {code}"))
    start = _latest(seen, facts.since)
    measured = Measured(seen[-1].value, start.value if start else None, assumed=seen[-1].assumed)
    history = tuple(Point(one.on, one.value) for one in seen if one.on >= facts.since)
    return Measuring(target, measured, history, goal(target, measured.start))


def _latest(seen: list[Seen], day: date) -> Seen | None:
    return next((one for one in reversed(seen) if one.on <= day), None)


def _of_units(code: str, facts: PlanFacts, *, adds: bool) -> Measured:
    """Figures of the units below: a sum where they may be added up, else the range alone, never an average of shares."""
    rows = [facts.figures.get((unit, code), []) for unit in facts.ids]
    known = [seen[-1] for seen in rows if seen]
    if not known:
        return Measured(why_not=f"chưa có số đã nhận của chỉ tiêu {code}")
    partial = len(facts.ids) - len(known)
    if adds:
        start = [one for seen in rows if (one := _latest(seen, facts.since)) is not None]
        total = sum((one.value for one in known), Decimal(0))
        begun = sum((one.value for one in start), Decimal(0)) if start else None
        return Measured(total, begun, partial=partial, assumed=any(one.assumed for one in known))
    low, high = min(one.value for one in known), max(one.value for one in known)
    span = f"từ {write_number(low)} đến {write_number(high)}" if low != high else f"đều {write_number(low)}"
    return Measured(
        why_not=f"chưa có số chung của địa bàn; {len(known)}/{len(facts.ids)} đơn vị có số riêng, {span}",
        partial=partial,
    )


def of_metric(target: Target, facts: PlanFacts, counted: Mapping[str, Decimal]) -> Measuring:
    """Chỉ số có tên: counted by a register, else the indicator that measures it; else there is no figure."""
    if target.metric not in METRICS:
        return Measuring(target, Measured(why_not="chỉ tiêu chưa gắn với chỉ số nào"))
    one = metric(target.metric)
    if target.metric in counted:
        value = counted[target.metric]
        return Measuring(target, Measured(value, Decimal(0), value))
    code = indicator_of(one, facts.content) if facts.content is not None else None
    if code is None:
        where = "sổ theo dõi" if one.register else "bộ tiêu chí của kế hoạch"
        return Measuring(target, Measured(why_not=f"{where} chưa có số của “{one.name}”"))
    if facts.alone:
        return _own_figure(target, code, facts)
    return Measuring(target, _of_units(code, facts, adds=one.adds))
