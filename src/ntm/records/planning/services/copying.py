"""Chép phần của kế hoạch: last year's plan as the beginning of this one; and a withdrawn version undone."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from ntm.domain.instruments import InForce
from ntm.records.archive import instruments
from ntm.records.planning.models import (
    CriterionCell,
    Plan,
    PlanBasis,
    PlanDuty,
    PlanFindingAnswer,
    PlanMoney,
    PlanRecipient,
    PlanSection,
    PlanTarget,
    RoadmapStep,
    TargetShare,
    Task,
    TaskBody,
    TaskGroup,
    Versioned,
)
from ntm.records.planning.services.editing import understood

__all__ = ["copied", "copied_answer", "copy_parts", "shifted", "undo_version"]

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_PERIOD = re.compile(r"(?<!\d)(?:19|20)\d{2}\s*[-–]\s*(?:19|20)\d{2}(?!\d)")
_OF_PLAN: tuple[type[Versioned], ...] = (
    PlanBasis, PlanSection, PlanDuty, PlanMoney, PlanRecipient, PlanTarget, CriterionCell, RoadmapStep, TaskGroup, Task,
)  # fmt: skip


def shifted(words: str, years: int) -> str:
    """Lời chuyển sang năm khác: years that the words name move; a period ("giai đoạn 2016-2020") stays."""
    kept = [found.span() for found in _PERIOD.finditer(words)]

    def move(found: re.Match[str]) -> str:
        inside = any(start <= found.start() < end for start, end in kept)
        return found[0] if inside else str(int(found[0]) + years)

    return _YEAR.sub(move, words)


def copied(row: Any, **values: Any) -> Any:
    """A new row like this one, of version 1, not yet written; it remembers no document and no share."""
    fields = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    return type(row)(**(fields | {"since": 1, "until": None} | values))


def copied_answer(row: PlanFindingAnswer, no: int) -> PlanFindingAnswer:
    """Giải trình ấy cho một lần khác: same words, by whom and when they were said."""
    fields = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields if not one.primary_key}
    return PlanFindingAnswer(**(fields | {"version_no": no}))


def copy_parts(source: Plan, no: int, plan: Plan, *, shift: int, on: date) -> list[str]:
    """Chép sang kế hoạch mới; returns the bases left out, told in words."""
    fresh = {"plan_id": plan.pk, "read_item_id": None}
    PlanSection.objects.bulk_create(
        [copied(row, **fresh, kept=True) for row in source.sections.in_version(no).order_by("order", "pk")]
    )
    recipients = source.recipients.in_version(no).order_by("order", "pk")
    PlanRecipient.objects.bulk_create([copied(row, **fresh) for row in recipients])
    duties = source.duties.in_version(no).order_by("order", "pk")
    PlanDuty.objects.bulk_create([copied(row, **fresh, text=shifted(row.text, shift)) for row in duties])
    left_out = _bases(source, no, fresh, on)
    targets = _targets(source, no, plan, fresh, shift)
    _tasks(source, no, plan, fresh, shift, targets)
    return left_out


def undo_version(plan: Plan, no: int) -> None:
    """Bỏ mọi thay đổi của một lần: parts begun in it end with it, parts ended in it stand again."""
    parts: list[Any] = [model.objects.filter(plan=plan) for model in _OF_PLAN]
    parts += [TargetShare.objects.filter(target__plan=plan), TaskBody.objects.filter(task__plan=plan)]
    for rows in parts:
        rows.filter(since=no, until__isnull=True).update(until=no)
        rows.filter(until=no, since__lt=no).update(until=None)
    _point_back(plan, no)


def _point_back(plan: Plan, no: int) -> None:
    """Tasks that were pointed at a target of the withdrawn version point again at the one it replaced."""
    gone = {row.pk: row for row in PlanTarget.objects.filter(plan=plan, since=no, until=no)}
    if not gone:
        return
    standing = {row.order: row.pk for row in PlanTarget.objects.filter(plan=plan, until__isnull=True)}
    tasks = list(Task.objects.filter(target_id__in=gone, until__isnull=True))
    for task in tasks:
        task.target_id = standing.get(gone[task.target_id].order)
    Task.objects.bulk_update(tasks, ["target"])


def _bases(source: Plan, no: int, fresh: dict[str, Any], on: date) -> list[str]:
    listing = instruments.listing()
    kept, left_out = [], []
    for row in source.bases.in_version(no).order_by("order", "pk"):
        line = listing.get(row.key) if row.key else None
        if line is not None and line.judge(on).state is InForce.NO:
            left_out.append(f"{row.number}: {line.judge(on).reason}")
            continue
        kept.append(copied(row, **fresh))
    PlanBasis.objects.bulk_create(kept)
    return left_out


def _targets(source: Plan, no: int, plan: Plan, fresh: dict[str, Any], shift: int) -> dict[int, PlanTarget]:
    found: dict[int, PlanTarget] = {}
    for row in source.targets.in_version(no).order_by("order", "pk"):
        words = shifted(row.deadline_words, shift)
        found[row.pk] = copied(
            row,
            **fresh,
            share_of_id=None,
            residual_reason="",
            what=shifted(row.what, shift)[:1000],
            deadline_words=words[:300],
            due=understood(words, issued=None, year=plan.year, year_to=plan.year_to),
        )
    PlanTarget.objects.bulk_create(found.values())
    return found


def _tasks(
    source: Plan, no: int, plan: Plan, fresh: dict[str, Any], shift: int, targets: dict[int, PlanTarget]
) -> None:
    groups = {
        row.pk: copied(row, **fresh, name=shifted(row.name, shift), deadline_words=shifted(row.deadline_words, shift))
        for row in source.task_groups.in_version(no).order_by("order", "pk")
    }
    TaskGroup.objects.bulk_create(groups.values())
    tasks: dict[int, Task] = {}
    for row in source.tasks.in_version(no).filter(origin=Task.Origin.PLAN).order_by("order", "pk"):
        words = shifted(row.deadline_words, shift)
        group = groups.get(row.group_id)
        target = targets.get(row.target_id)
        told = words or (group.deadline_words if group else "")
        tasks[row.pk] = copied(
            row,
            **fresh,
            unit_id=plan.unit_id,
            group_id=group.pk if group else None,
            target_id=target.pk if target else None,
            gap_id=None,
            parent_id=None,
            from_occurrence_id=None,
            replaces_id=None,
            what=shifted(row.what, shift),
            deadline_words=words[:300],
            deadline_year=row.deadline_year + shift,
            last_due=understood(told, issued=None, year=row.deadline_year + shift) if told else None,
        )
    Task.objects.bulk_create(tasks.values())
    bodies = TaskBody.objects.filter(task_id__in=tasks, since__lte=no).exclude(until__lte=no)
    TaskBody.objects.bulk_create([copied(row, task_id=tasks[row.task_id].pk) for row in bodies.order_by("order", "pk")])
