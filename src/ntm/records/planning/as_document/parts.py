"""Các phần của một lần ban hành, as rows with what they hang on: loaded in a fixed number of queries for the checks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ntm.records.planning.models import (
    CriterionCell,
    Plan,
    PlanBasis,
    PlanDuty,
    PlanMoney,
    PlanRecipient,
    PlanSection,
    PlanTarget,
    PlanVersion,
    RoadmapStep,
    TargetShare,
    Task,
    TaskBody,
    TaskGroup,
)
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["PlanParts", "exact", "load"]


@dataclass(frozen=True)
class PlanParts:
    """Một lần ban hành: head and rows, and what its units were called on its day."""

    plan: Plan
    version: PlanVersion
    on: date  # the day it is judged on: of its signature, else the day asked
    issued: bool
    label: UnitLabel
    labels: dict[int, UnitLabel]
    bases: list[PlanBasis]
    sections: list[PlanSection]
    targets: list[PlanTarget]
    shares: dict[int, list[TargetShare]]
    cells: list[CriterionCell]
    roadmap: list[RoadmapStep]
    tasks: list[Task]
    groups: dict[int, TaskGroup]
    bodies: dict[int, list[TaskBody]] = field(default_factory=dict)
    duties: list[PlanDuty] = field(default_factory=list)
    money: list[PlanMoney] = field(default_factory=list)
    recipients: list[PlanRecipient] = field(default_factory=list)
    asked: date = date.max  # the day of the question: other plans are taken as they stood then

    @property
    def year(self) -> int:
        return self.plan.year


def load(plan: Plan, no: int, on: date | None = None) -> PlanParts:
    """Các phần của lần `no`. A draft is judged as of `on`, else of the day it was begun."""
    version = plan.versions.get(no=no)
    day = version.issued_on or on or plan.on
    shares: dict[int, list[TargetShare]] = defaultdict(list)
    for share in TargetShare.objects.in_version(no).filter(target__plan=plan).order_by("order", "pk"):
        shares[share.target_id].append(share)
    bodies: dict[int, list[TaskBody]] = defaultdict(list)
    for body in TaskBody.objects.filter(task__plan=plan, since__lte=no).order_by("part", "order", "pk"):
        if body.until is None or body.until > no:
            bodies[body.task_id].append(body)
    cells = list(plan.cells.in_version(no).order_by("unit_id", "criterion_no", "pk"))
    roadmap = list(plan.roadmap.in_version(no).order_by("start", "order", "pk"))
    named = {cell.unit_id for cell in cells} | {share.unit_id for rows in shares.values() for share in rows}
    named |= {step.unit_id for step in roadmap if step.unit_id is not None}
    labels = units.labels({plan.unit_id, *named}, day)
    return PlanParts(
        plan=plan,
        version=version,
        on=day,
        issued=version.issued_on is not None,
        label=labels[plan.unit_id],
        labels=labels,
        bases=list(plan.bases.in_version(no).order_by("order", "pk")),
        sections=list(plan.sections.in_version(no).order_by("order", "pk")),
        targets=list(plan.targets.in_version(no).order_by("order", "pk")),
        shares=dict(shares),
        cells=cells,
        roadmap=roadmap,
        tasks=list(plan.tasks.in_version(no).filter(parent__isnull=True).order_by("order", "pk")),
        groups={group.pk: group for group in plan.task_groups.in_version(no)},
        bodies=dict(bodies),
        duties=list(plan.duties.in_version(no).order_by("order", "pk")),
        money=list(plan.money.in_version(no).order_by("order", "pk")),
        recipients=list(plan.recipients.in_version(no).order_by("order", "pk")),
        asked=on or date.max,
    )


def exact(value: Decimal | None) -> Decimal | None:
    """The figure without the noughts that its column fills up: 6 of 6.0000."""
    return None if value is None else value.normalize() + 0
