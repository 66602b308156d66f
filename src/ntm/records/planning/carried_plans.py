"""Kế hoạch trên và kế hoạch dưới: the lists of stored plans, and what a lower plan does not carry of its share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ntm.domain.documents.checking import Finding
from ntm.domain.targets import Mode, Subject, Target, carrying
from ntm.records.planning.as_document.parts import PlanParts, exact
from ntm.records.planning.models import CriterionCell, Plan, PlanTarget, PlanVersion, TargetShare
from ntm.records.planning.queries import days, given
from ntm.records.units import queries as units

__all__ = ["as_target", "lower_of", "shortfalls", "upper_of"]


def as_target(row: PlanTarget) -> Target:
    """The row as a checkable target of the domain."""
    return Target(
        subject=Subject(row.subject),
        mode=Mode(row.mode),
        what=row.what,
        op=row.op,
        value=exact(row.value),
        high=exact(row.high),
        of=row.of,
        measure=row.measure,
        due=row.due,
        title_kind=row.title_kind,
        title_level=row.title_level,
        criterion=row.criterion_no,
        indicator=row.indicator_code,
        metric=row.metric,
        bound=row.bound,
    )


def lower_of(plan: Plan, on: date) -> dict[str, PlanParts]:
    """Kế hoạch của các đơn vị dưới, by the unit's name: head, cells and targets only, in a fixed number of queries."""
    return {parts.label.name: parts for parts in _light(list(plan.lower.select_related("set").order_by("pk")), on)}


def upper_of(plan: Plan, on: date) -> PlanParts | None:
    """Kế hoạch cấp trên; only what it gives this plan's unit counts for the plan."""
    if plan.upper_id is None:
        return None
    rows = _light(list(Plan.objects.filter(pk=plan.upper_id).select_related("set")), on)
    if not rows:
        return None
    one = rows[0]
    return replace(one, cells=[cell for cell in one.cells if cell.unit_id == plan.unit_id])


def _light(plans: list[Plan], on: date) -> list[PlanParts]:
    """The version in force of each plan on the day, else the one being drafted then."""
    rows: dict[int, list[PlanVersion]] = {}
    for version in PlanVersion.objects.filter(plan__in=plans).order_by("no"):
        rows.setdefault(version.plan_id, []).append(version)
    found = {plan.pk: days.newest(rows.get(plan.pk, ()), plan.on, on) for plan in plans}
    versions = {pk: version for pk, version in found.items() if version is not None}
    cells: dict[int, list[CriterionCell]] = {}
    for cell in CriterionCell.objects.filter(plan__in=plans).order_by("unit_id", "criterion_no", "pk"):
        if _stands(cell, versions.get(cell.plan_id)):
            cells.setdefault(cell.plan_id, []).append(cell)
    targets: dict[int, list[PlanTarget]] = {}
    for target in PlanTarget.objects.filter(plan__in=plans).order_by("order", "pk"):
        if _stands(target, versions.get(target.plan_id)):
            targets.setdefault(target.plan_id, []).append(target)
    day = max((plan.on for plan in plans), default=None)
    named = {plan.unit_id for plan in plans} | {cell.unit_id for rows in cells.values() for cell in rows}
    labels = units.labels(named, day) if day is not None else {}
    return [
        PlanParts(
            plan=plan,
            version=versions[plan.pk],
            on=versions[plan.pk].issued_on or plan.on,
            issued=versions[plan.pk].issued_on is not None,
            label=labels[plan.unit_id],
            labels=labels,
            bases=[],
            sections=[],
            targets=targets.get(plan.pk, []),
            shares={},
            cells=cells.get(plan.pk, []),
            roadmap=[],
            tasks=[],
            groups={},
        )
        for plan in plans
        if plan.pk in versions
    ]


def _stands(row: CriterionCell | PlanTarget, version: PlanVersion | None) -> bool:
    return version is not None and row.since <= version.no and (row.until is None or row.until > version.no)


def shortfalls(lower: PlanParts, upper: PlanParts) -> list[Finding]:
    """Phần cấp trên giao đơn vị này mà kế hoạch của nó không có, ghi nhỏ hơn hoặc muộn hơn. A share whose answer is an
    objection is not asked; one taken up by a target of the plan is asked of that target."""
    rows = {target.pk: target for target in upper.targets}
    shares = (
        TargetShare.objects.in_version(upper.version.no)
        .filter(target_id__in=rows, unit_id=lower.plan.unit_id)
        .exclude(answer=TargetShare.Answer.OBJECTED)
        .order_by("order", "pk")
    )
    older = given.chains(lower.plan.unit_id, [upper.plan.pk])
    taken = {row.share_of_id: as_target(row) for row in lower.targets if row.share_of_id is not None}
    own = [as_target(row) for row in lower.targets]
    found = []
    for share in shares:
        if share.value is None:
            continue  # a name only: the list of names is the criteria's and titles' own
        whole = as_target(rows[share.target_id])
        asked = replace(whole, value=exact(share.value), high=None, of=None, due=share.due or whole.due)
        mine = [replace(taken[one], **_same_key(asked)) for one in (share.pk, *older.get(share.pk, ())) if one in taken]
        mine = mine[:1] or own
        for lack in carrying.shortfalls([asked], mine, lower.label.title):
            told = lack.lower.asked if lack.lower is not None else "không có"
            found.append(
                Finding(
                    "not-carried", "medium", lack.sentence, f"kế hoạch dưới: {told}", f"cấp trên giao: {asked.asked}"
                )
            )
    return found


def _same_key(asked: Target) -> dict[str, object]:
    """A target that takes up a share speaks of the same thing, whatever its own words call it."""
    names = ("subject", "mode", "title_kind", "title_level", "criterion", "indicator", "metric", "bound")
    return {name: getattr(asked, name) for name in names}
