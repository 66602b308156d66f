"""Nhiệm vụ: groups and tasks of a plan's open version, and tasks given outside a plan; who directs, leads, coordinates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from django.db import transaction

from ntm.records.audit import services as audit
from ntm.records.people.authority import Actor
from ntm.records.planning import drawing, drawing_units
from ntm.records.planning.bodies import Directory
from ntm.records.planning.drawing import draw_many, draw_occurrences, understood
from ntm.records.planning.models import (
    Occurrence,
    OccurrenceState,
    Plan,
    PlanTarget,
    Task,
    TaskBody,
    TaskGroup,
)
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import editing
from ntm.records.planning.services.copying import copied
from ntm.records.planning.task_drafts import PARTS, TaskDraft, check, check_gaps, draft_of, keep_bodies, row_of, said

__all__ = [
    "TaskDraft",
    "add",
    "add_group",
    "add_many",
    "change",
    "change_group",
    "draw_many",
    "draw_occurrences",
    "give",
    "move",
    "remove",
    "remove_group",
    "reorder",
    "take_effect",
    "understood",
]


@transaction.atomic
def add_group(
    actor: Actor,
    plan_id: int,
    *,
    name: str,
    on: date,
    no: str = "",
    deadline_words: str = "",
    order: int | None = None,
    **source: Any,
) -> TaskGroup:
    """Thêm nhóm nhiệm vụ; its deadline is that of its tasks that have none. `source`: read_item_id, assumed, source_place."""
    draft = editing.draft(actor, plan_id, on)
    name = said(name, "Ghi tên nhóm nhiệm vụ.")
    understood(deadline_words, draft.plan.year)
    group = TaskGroup.objects.create(
        plan=draft.plan,
        since=draft.no,
        no=no.strip(),
        name=name,
        deadline_words=deadline_words.strip(),
        order=editing.next_order(TaskGroup, plan_id, draft.no) if order is None else order,
        **source,
    )
    editing.log(actor, "task.group", draft.plan, on, subject=group, name=name, change="thêm")
    return group


@transaction.atomic
def change_group(actor: Actor, group_id: int, *, on: date, **values: str) -> TaskGroup:
    """Sửa nhóm: no, name, deadline_words; its tasks come along."""
    draft, group = _group(actor, group_id, on)
    if unknown := set(values) - {"no", "name", "deadline_words"}:
        raise TypeError(f"a group of tasks has no {', '.join(sorted(unknown))}")
    values = {key: value.strip() for key, value in values.items()}
    if "name" in values:
        said(values["name"], "Ghi tên nhóm nhiệm vụ.")
    understood(values.get("deadline_words", ""), draft.plan.year)
    label = values.pop("no", group.no)
    new = editing.changed(group, draft.no, **values)
    if new.no != label:
        new.no = label
        new.save(update_fields=["no"])
    for task in _tasks_of(group, draft.no):
        if task.deadline_words or "deadline_words" not in values:
            later: dict[str, Any] = {}
        else:
            later = {"last_due": drawing.last_due(new.deadline_words, task.deadline_year)}
        if new.pk != group.pk or later:
            _changed(task, draft.no, {"group_id": new.pk, **later})
    editing.log(actor, "task.group", draft.plan, on, subject=new, name=new.name, change="sửa")
    return new


@transaction.atomic
def remove_group(actor: Actor, group_id: int, *, on: date) -> None:
    """Bỏ nhóm that holds no task any more."""
    draft, group = _group(actor, group_id, on)
    if _tasks_of(group, draft.no).exists():
        raise Refused(f"Nhóm “{group.name}” còn nhiệm vụ: chuyển hoặc bỏ các nhiệm vụ trước.")
    editing.removed([group], draft.no)
    editing.log(actor, "task.group", draft.plan, on, subject=group, name=group.name, change="bỏ")


def add(actor: Actor, plan_id: int, task: TaskDraft, *, on: date) -> Task:
    """Thêm nhiệm vụ vào dự thảo kế hoạch."""
    return add_many(actor, plan_id, [task], on=on)[0]


@transaction.atomic
def add_many(actor: Actor, plan_id: int, drafts: Sequence[TaskDraft], *, on: date) -> list[Task]:
    """Thêm nhiều nhiệm vụ, in a fixed number of queries, with one entry in the log."""
    draft = editing.draft(actor, plan_id, on)
    plan, first = draft.plan, editing.next_order(Task, plan_id, draft.no)
    groups = {one.pk: one for one in plan.task_groups.in_version(draft.no)}  # type: ignore[attr-defined]
    targets = set(PlanTarget.objects.in_version(draft.no).filter(plan=plan).values_list("pk", flat=True))
    rows: list[Task] = []
    check_gaps(plan.unit_id, drafts, on)
    for at, one in enumerate(drafts):
        check(plan, one)
        if one.group_id is not None and one.group_id not in groups:
            raise Refused("Nhóm nhiệm vụ này không còn trong dự thảo; tải lại trang rồi chọn lại nhóm.")
        if one.target_id is not None and one.target_id not in targets:
            raise Refused("Chỉ tiêu này không còn trong dự thảo; tải lại trang rồi chọn lại chỉ tiêu.")
        words = one.deadline_words or (groups[one.group_id].deadline_words if one.group_id else "")
        row = row_of(one, unit_id=plan.unit_id, year=plan.year, year_to=plan.year_to, words=words)
        row.plan, row.since, row.order = plan, draft.no, first + at if one.order is None else one.order
        rows.append(row)
    Task.objects.bulk_create(rows)
    keep_bodies(rows, drafts, Directory.of(plan.unit_id, on))
    only = drafts[0] if len(drafts) == 1 else None
    told = {"what": rows[0].what[:200], "deadline": rows[0].deadline_words} if only else {"count": len(rows)}
    editing.log(actor, "task.add", plan, on, subject=rows[0] if only else None, **told)
    return rows


@transaction.atomic
def change(actor: Actor, task_id: int, *, on: date, **values: Any) -> Task:
    """Sửa nhiệm vụ trong dự thảo: the fields of TaskDraft by name; of an issued task a new row stands in its place."""
    found = Task.objects.filter(pk=task_id, plan__isnull=False).first()
    if found is None or found.plan_id is None:
        raise Refused("Không tìm thấy nhiệm vụ này trong kế hoạch nào.")
    draft = editing.draft(actor, found.plan_id, on)
    task = editing.living(Task, draft, task_id)
    if unknown := set(values) - {one.name for one in fields(TaskDraft)} - {"read_item_id", "assumed", "source_place"}:
        raise TypeError(f"a task has no {', '.join(sorted(unknown))}")
    before = draft_of(task)
    after = replace(before, **values)
    if after == before:
        return task
    check(draft.plan, after)
    if after.gap_id != before.gap_id:
        check_gaps(task.unit_id, [after], on)
    group = None
    if after.group_id is not None:
        group = editing.living(TaskGroup, draft, after.group_id)
    if after.target_id is not None:
        editing.living(PlanTarget, draft, after.target_id)
    words = after.deadline_words or (group.deadline_words if group else "")
    fresh = row_of(after, unit_id=task.unit_id, year=draft.plan.year, year_to=draft.plan.year_to, words=words)
    names = ("no", "what", "product", "deadline_words", "deadline_year", "last_due", "criteria", "group_id", "gap_id",
             "target_id", "order")  # fmt: skip
    row = _changed(task, draft.no, {name: getattr(fresh, name) for name in names})
    if any(getattr(before, part) != getattr(after, part) for part in PARTS):
        row.bodies.all().delete()
        keep_bodies([row], [after], Directory.of(row.unit_id, on))
    changed = [name for name in values if getattr(before, name) != getattr(after, name)]
    detail = {name: {"before": getattr(before, name), "after": getattr(after, name)} for name in changed}
    editing.log(actor, "task.change", draft.plan, on, subject=row, what=row.what[:200], changed=changed, fields=detail)
    return row


@transaction.atomic
def move(actor: Actor, task_id: int, *, group_id: int | None, order: int, on: date) -> Task:
    """Chuyển nhiệm vụ sang nhóm khác hoặc chỗ khác."""
    return change(actor, task_id, on=on, group_id=group_id, order=order)


@transaction.atomic
def reorder(actor: Actor, plan_id: int, ids: Sequence[int], *, on: date) -> int:
    """Xếp lại thứ tự: every task of the draft, in the order given; returns how many moved."""
    draft = editing.draft(actor, plan_id, on)
    rows = {row.pk: row for row in Task.objects.in_version(draft.no).filter(plan_id=plan_id)}
    if set(ids) != set(rows) or len(ids) != len(rows):
        raise Refused("Danh sách sắp xếp không đủ hoặc thừa nhiệm vụ; tải lại trang rồi xếp lại.")
    moved = [(at, rows[pk]) for at, pk in enumerate(ids) if rows[pk].order != at]
    for at, row in moved:
        _changed(row, draft.no, {"order": at})
    if moved:
        editing.log(actor, "task.change", draft.plan, on, changed=["order"], count=len(moved))
    return len(moved)


@transaction.atomic
def remove(actor: Actor, task_id: int, *, on: date) -> None:
    """Bỏ nhiệm vụ khỏi dự thảo; what was reported on it stays readable."""
    plan_id = Task.objects.filter(pk=task_id).values_list("plan_id", flat=True).first()
    if plan_id is None:
        raise Refused("Không tìm thấy nhiệm vụ này trong kế hoạch nào.")
    draft = editing.draft(actor, plan_id, on)
    task = editing.living(Task, draft, task_id)
    editing.removed([task], draft.no)
    task.bodies.filter(until=None).update(until=draft.no)
    editing.log(actor, "task.remove", draft.plan, on, subject=task, what=task.what[:200])


@transaction.atomic
def take_effect(plan: Plan, no: int, *, actor: Actor, on: date) -> int:
    """Kế hoạch có hiệu lực: called when version `no` is issued; gives the occurrences newly drawn.

    Occurrences of tasks that this version dropped: finished ones stay, the others end as not done, with the reason.
    """
    tasks = list(Task.objects.in_version(no).filter(plan=plan).order_by("order", "pk"))
    made = draw_many(tasks)
    drawing_units.draw(tasks, on)
    left = Occurrence.objects.filter(
        task__plan=plan, task__until__lte=no, state__in=(OccurrenceState.OPEN, OccurrenceState.STARTED)
    )
    left.update(state=OccurrenceState.CANCELLED, ended_on=on, result="Kế hoạch điều chỉnh đã bỏ nhiệm vụ này.")
    editing.log(actor, "task.draw", plan, on, count=len(made), version=no)
    return len(made)


@transaction.atomic
def give(
    actor: Actor,
    draft: TaskDraft,
    *,
    unit_id: int,
    origin: str,
    on: date,
    year: int | None = None,
    parent: Task | None = None,
    from_occurrence: Occurrence | None = None,
    draw: bool = True,
) -> Task:
    """Giao việc ngoài kế hoạch: of a meeting, an inspection, or a part of a larger task; the caller asked for authority."""
    check(None, draft)
    check_gaps(unit_id, [draft], on)
    row = row_of(draft, unit_id=unit_id, year=year or on.year, year_to=year or on.year, words=draft.deadline_words)
    row.origin, row.parent, row.from_occurrence = origin, parent, from_occurrence
    row.save(force_insert=True)
    keep_bodies([row], [draft], Directory.of(unit_id, on))
    audit.record(
        actor=actor.stamp(),
        verb="task.add",
        subject=row,
        unit_id=unit_id,
        on=on,
        detail={"what": row.what[:200], "deadline": row.deadline_words, "origin": str(origin)},
    )
    if draw:
        drawing.begin(draw_many([row]), on)
        drawing_units.draw([row], on)
    return row


def _changed(task: Task, version: int, values: dict[str, Any]) -> Task:
    """In place, or replaced with its bodies; the new row remembers the old one."""
    new = task.since != version
    label = values.pop("no", task.no)
    row = editing.changed(task, version, **values, **({"replaces_id": task.pk} if new else {}))
    if row.no != label:
        row.no = label
        row.save(update_fields=["no"])
    if not new:
        return row
    older = list(task.bodies.order_by("pk"))
    task.bodies.filter(until=None).update(until=version)
    TaskBody.objects.bulk_create(copied(one, task_id=row.pk, since=version) for one in older)
    return row


def _group(actor: Actor, group_id: int, on: date) -> tuple[editing.Draft, TaskGroup]:
    plan_id = TaskGroup.objects.filter(pk=group_id).values_list("plan_id", flat=True).first()
    if plan_id is None:
        raise Refused("Không tìm thấy nhóm nhiệm vụ này.")
    draft = editing.draft(actor, plan_id, on)
    return draft, editing.living(TaskGroup, draft, group_id)


def _tasks_of(group: TaskGroup, no: int) -> Any:
    return Task.objects.in_version(no).filter(group=group).order_by("order", "pk")
