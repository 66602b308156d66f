"""Ai được báo việc nào: the giver always; a lead body's office its own tasks; a coordinating body its part; of a task of
all lower units, each unit its own part."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from ntm.records.people import authority
from ntm.records.people.authority import Actor
from ntm.records.planning.bodies import acts_for, seats
from ntm.records.planning.models import Occurrence, PersonPart, Task, TaskBody

__all__ = [
    "bodies_of",
    "held",
    "may_give",
    "may_read",
    "may_report",
    "reportable",
    "require_give",
    "require_inspection",
    "require_read",
    "require_report",
    "sits",
]


def bodies_of(task_id: int, *parts: TaskBody.Part) -> frozenset[int]:
    """The known bodies of a task in these parts; of a part of a larger task, also those of the larger one."""
    tasks = {task_id, Task.objects.filter(pk=task_id).values_list("parent_id", flat=True).first()}
    found = TaskBody.objects.filter(task_id__in=tasks - {None}, part__in=parts, body__isnull=False)
    return frozenset(found.values_list("body_id", flat=True))


def held(actor: Actor, task: Task, on: date, *parts: TaskBody.Part) -> frozenset[int]:
    """The bodies of the task in these parts for which the actor acts."""
    return bodies_of(task.pk, *parts) & acts_for(actor, on)


def may_give(actor: Actor, task: Task, on: date) -> bool:
    """Is the task the actor's to give, cancel or open again?"""
    return actor.allows("task.give", task.unit_id, on=on)


def require_give(actor: Actor, task: Task, on: date) -> None:
    """Denied unless the task is the actor's to give."""
    actor.require("task.give", task.unit_id, on=on)


def sits(actor: Actor, row: Occurrence, on: date) -> bool:
    """Is it the part of a lower unit, and does the actor sit there?"""
    return row.of_unit_id is not None and (row.of_unit_id, row.of_kind) in seats(actor, on)


def may_report(actor: Actor, row: Occurrence, on: date) -> bool:
    """May the actor say how the work goes?"""
    if may_give(actor, row.task, on):
        return True
    if not actor.allows("task.report", actor.unit_id, on=on):
        return False
    if row.of_unit_id is not None:
        return sits(actor, row, on)
    return bool(held(actor, row.task, on, TaskBody.Part.LEAD))


def reportable(actor: Actor, rows: Collection[Occurrence], on: date) -> frozenset[int]:
    """Những kỳ nào được báo, of a page: the same answer as may_report, in a fixed number of queries."""
    given = authority.reach(actor, "task.give", on=on)
    found = {row.pk for row in rows if given.covers(row.task.unit_id)}
    left = [row for row in rows if row.pk not in found]
    if not left or not actor.allows("task.report", actor.unit_id, on=on):
        return frozenset(found)
    mine, sat = acts_for(actor, on), set(seats(actor, on))
    wanted = {row.task_id for row in left} | {row.task.parent_id for row in left if row.task.parent_id}
    led = set(
        TaskBody.objects.filter(task_id__in=wanted, part=TaskBody.Part.LEAD, body_id__in=mine).values_list(
            "task_id", flat=True
        )
    )
    for row in left:
        if row.of_unit_id is not None:
            own = (row.of_unit_id, row.of_kind) in sat
        else:
            own = row.task_id in led or row.task.parent_id in led
        if own:
            found.add(row.pk)
    return frozenset(found)


def require_report(actor: Actor, row: Occurrence, on: date) -> None:
    """Denied unless the actor leads the work, gave it, or it is the part of its unit."""
    if not may_report(actor, row, on):
        actor.require("task.report", actor.unit_id, on=on)
        actor.require("task.give", row.task.unit_id, on=on)


def may_read(actor: Actor, row: Occurrence, on: date) -> bool:
    """May the actor see how the work goes: in its area, of a body it acts for, or with a part of his own."""
    places = {row.task.unit_id, row.of_unit_id} - {None}
    if any(actor.allows("task.read", place, on=on) for place in places):
        return True
    if PersonPart.objects.filter(occurrence__task=row.task, user_id=actor.user_id, withdrawn_at=None).exists():
        return True
    if row.of_unit_id is not None:
        return sits(actor, row, on)
    return bool(held(actor, row.task, on, *TaskBody.Part))


def require_read(actor: Actor, row: Occurrence, on: date) -> None:
    """Denied unless the work is the actor's to see."""
    if not may_read(actor, row, on):
        actor.require("task.read", row.task.unit_id, on=on)


def require_inspection(actor: Actor, unit_ids: Collection[int], on: date) -> None:
    """Denied unless the actor reads the work of one of these: who organises an inspection first, then who is visited."""
    area = authority.reach(actor, "task.read", on=on)
    if not any(area.covers(unit) for unit in unit_ids):
        for unit in unit_ids:
            actor.require("task.read", unit, on=on)
