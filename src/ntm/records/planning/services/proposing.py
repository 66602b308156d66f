"""Đề xuất từ hiện trạng: criteria nearly met, cheap ones, those of the units due this year; accepted, they become cells.

A plan to keep titles is proposed what its holders have to keep and what they lost; a plan for communes under ten, theirs.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from ntm.records.people.authority import Actor
from ntm.records.planning.models import CriterionCell, Mode, Plan, PlanKind, PlanTarget, Subject, TargetShare
from ntm.records.planning.queries import days
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import cells, editing, targets
from ntm.records.planning.services.cells import CellPlan
from ntm.records.standing import descent, registry
from ntm.records.standing.models import CriterionStanding, Gap, IndicatorStanding, RegisteredSet, TitleHeld
from ntm.records.standing.models.intervals import Basis, OutcomeCode
from ntm.records.standing.queries import area
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["NEAR", "Proposal", "accept_proposals", "proposals"]

NEAR = 2  # indicators missing, at most
_TEN = 10
_OURS = re.compile(r"Hoàn thành thêm \d+ tiêu chí")  # as it is written below
_LACKING = (OutcomeCode.NOT_MET, OutcomeCode.NO_DATA)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Một đề xuất: a unit could gain this criterion; why, what is missing, what the open gaps would cost (đồng)."""

    unit: UnitLabel
    criterion_no: int
    name: str
    why: tuple[str, ...]
    missing: tuple[str, ...]  # codes of indicators
    cost: int | None
    due: bool  # the unit is to reach its title this year
    near: bool
    mode: str = Mode.GAIN


def proposals(plan: Plan, no: int, on: date, basis: Basis = Basis.CONFIRMED) -> list[Proposal]:
    """Đề xuất cho một dự thảo on a day, the surest first; a fixed number of queries, cells already planned left out."""
    if plan.set is None:
        return []
    row = plan.set
    ids = _units(plan, row, on)
    outcomes = _outcomes(row, ids, on, basis)
    asked = _asked(plan, row, outcomes, on)
    planned = set(CriterionCell.objects.in_version(no).filter(plan=plan).values_list("unit_id", "criterion_no"))
    missing, sizes = _missing(row, ids, on, basis)
    costs = _costs(row, ids, on)
    due = _due(plan, row, on)
    labels = units.labels(ids, on)
    names = {one.no: one.name for one in registry.content(row).criteria}
    found = []
    for place in sorted(asked.keys() - planned):
        unit, number = place
        keep = outcomes[place] == OutcomeCode.MET
        lacking = () if keep else tuple(sorted(missing.get(place, ())))
        near = 0 < len(lacking) <= NEAR and len(lacking) < sizes[number]
        cost = None if keep else costs.get(place)
        why = (*asked[place], *_why(lacking, sizes[number], cost, near=near, due=unit in due and not keep))
        if why and number in names:
            mode = Mode.KEEP if keep else Mode.GAIN
            found.append(Proposal(labels[unit], number, names[number], why, lacking, cost, unit in due, near, mode))
    return sorted(found, key=_order)


def _asked(
    plan: Plan, row: RegisteredSet, outcomes: dict[tuple[int, int], int], on: date
) -> dict[tuple[int, int], tuple[str, ...]]:
    """Which criteria of which units this kind of plan is about, and what it says of them."""
    unmet = [place for place, outcome in outcomes.items() if outcome == OutcomeCode.NOT_MET]
    if plan.kind == PlanKind.KEEPING:
        held = TitleHeld.objects.filter(area.in_force(on), level=row.level, title_kind=row.title_kind)
        holders = set(held.values_list("unit_id", flat=True))
        said = {
            OutcomeCode.MET: "đơn vị giữ danh hiệu, đang đạt",
            OutcomeCode.NOT_MET: "đơn vị giữ danh hiệu, nay chưa đạt",
        }
        return {place: (said[OutcomeCode(one)],) for place, one in outcomes.items() if place[0] in holders}
    if plan.kind == PlanKind.UNDER_TEN:
        met = Counter(unit for (unit, _no), outcome in outcomes.items() if outcome == OutcomeCode.MET)
        return {
            (unit, no): (f"đơn vị mới đạt {met[unit]} tiêu chí, còn {_TEN - met[unit]} để đủ {_TEN}",)
            for unit, no in unmet
            if met[unit] < _TEN
        }
    return dict.fromkeys(unmet, ())


@transaction.atomic
def accept_proposals(
    actor: Actor,
    plan_id: int,
    places: Iterable[tuple[int, int]],
    *,
    on: date,
    deadline_words: str = "",
    with_target: bool = False,
    keep: Collection[tuple[int, int]] = (),
) -> list[CriterionCell]:
    """Nhận đề xuất: each (unit, criterion) becomes a cell, those of `keep` one to keep; `with_target` keeps the count of
    criteria gained in step."""
    wanted = {place: Mode.KEEP if place in keep else Mode.GAIN for place in places}
    if not wanted:
        raise Refused("Chưa chọn đề xuất nào.")
    chosen = [CellPlan(*place, mode, deadline_words) for place, mode in wanted.items()]
    made = cells.set_many(actor, plan_id, chosen, on=on)
    found = editing.open_version(plan_id)
    if with_target:
        _count_again(found)
    editing.log(actor, "plan.propose", found.plan, on, no=found.no, count=len(made))
    return made


def _count_again(found: editing.Draft) -> None:
    """The target "so many criteria gained" of the whole area, written or brought in step with the cells."""
    plan = found.plan
    count = CriterionCell.objects.in_version(found.no).filter(plan=plan, mode=Mode.GAIN).count()
    rows = PlanTarget.objects.in_version(found.no).filter(plan=plan, subject=Subject.CRITERIA, mode=Mode.GAIN)
    ours = [one for one in rows.order_by("order", "pk") if _OURS.fullmatch(one.what)]
    row = ours[0] if ours else rows.filter(shares=None).order_by("order", "pk").first()
    values = {"value": Decimal(count), "what": f"Hoàn thành thêm {count} tiêu chí"}
    if row is not None:
        targets.replaced(row, found.no, values)
        return
    PlanTarget.objects.create(
        plan=plan,
        since=found.no,
        order=editing.next_order(PlanTarget, plan.pk, found.no),
        subject=Subject.CRITERIA,
        mode=Mode.GAIN,
        op=">=",
        measure="tiêu chí",
        due=date(plan.year_to, 12, 31),
        **values,
    )


def _units(plan: Plan, row: RegisteredSet, on: date) -> set[int]:
    if plan.level == row.level:
        return {plan.unit_id}
    return set(area.positions(plan.unit_id, plan.level, row.level, on).values_list("unit_id", flat=True))


def _outcomes(row: RegisteredSet, ids: set[int], on: date, basis: Basis) -> dict[tuple[int, int], int]:
    """Tiêu chí đạt và chưa đạt; those without data are left out."""
    judged = (OutcomeCode.MET, OutcomeCode.NOT_MET)
    rows = CriterionStanding.objects.filter(area.in_force(on), set=row, basis=basis, outcome__in=judged)
    return {(unit, no): outcome for unit, no, outcome in rows.values_list("unit_id", "no", "outcome") if unit in ids}


def _missing(
    row: RegisteredSet, ids: set[int], on: date, basis: Basis
) -> tuple[dict[tuple[int, int], set[str]], dict[int, int]]:
    """Indicators not met or without data by (unit, criterion), and how many indicators each criterion has."""
    of = {one.code: criterion.no for criterion in registry.content(row).criteria for one in criterion.indicators}
    sizes = {criterion.no: len(criterion.indicators) for criterion in registry.content(row).criteria}
    rows = IndicatorStanding.objects.filter(area.in_force(on), set=row, basis=basis, outcome__in=_LACKING)
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    for unit, code in rows.values_list("unit_id", "code"):
        if unit in ids and code in of:
            found[unit, of[code]].add(code)
    return found, sizes


def _costs(row: RegisteredSet, ids: set[int], on: date) -> dict[tuple[int, int], int]:
    """Kinh phí của hạng mục còn thiếu, where every open one has a cost."""
    rows = Gap.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on), set=row, opened_on__lte=on)
    found: dict[tuple[int, int], list[int | None]] = defaultdict(list)
    for unit, no, cost in rows.values_list("unit_id", "criterion_no", "cost"):
        if unit in ids:
            found[unit, no].append(cost)
    return {place: sum(c for c in them if c is not None) for place, them in found.items() if None not in them}


def _due(plan: Plan, row: RegisteredSet, on: date) -> set[int]:
    """Đơn vị phải đạt danh hiệu trong năm: by name in this draft, or in a plan in force on the day."""
    rows = TargetShare.objects.annotate(force=days.no_in_force(on, "target__plan")).filter(
        days.standing_in("force") | Q(target__plan=plan, until=None),
        target__subject=Subject.TITLE,
        target__mode__in=(Mode.GAIN, Mode.TOTAL),
        target__title_kind=row.title_kind,
        target__title_level=row.level,
        due__year__gte=plan.year,
        due__year__lte=plan.year_to,
    )
    return set(rows.values_list("unit_id", flat=True))


def _why(lacking: tuple[str, ...], size: int, cost: int | None, *, near: bool, due: bool) -> tuple[str, ...]:
    said = []
    if due:
        said.append("đơn vị phấn đấu đạt danh hiệu trong năm")
    if near:
        said.append(f"chỉ còn {len(lacking)}/{size} chỉ tiêu chưa đạt: {', '.join(lacking)}")
    if cost is not None:
        said.append("hạng mục còn thiếu đã có kinh phí ước tính")
    return tuple(said)


def _order(one: Proposal) -> tuple[object, ...]:
    cost = one.cost if one.cost is not None else 10**18
    return (not one.due, not one.near, len(one.missing) or 99, cost, descent.order(one.unit), one.criterion_no)
