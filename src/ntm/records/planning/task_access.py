"""Ai được báo việc nào: the giver always; a lead body's office its own tasks; a coordinating body its part."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from ntm.records.people import authority
from ntm.records.people.authority import Actor
from ntm.records.planning.bodies import acts_for
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


def may_report(actor: Actor, task: Task, on: date) -> bool:
    """May the actor say how the task goes?"""
    if may_give(actor, task, on):
        return True
    if not actor.allows("task.report", actor.unit_id, on=on):
        return False
    return bool(held(actor, task, on, TaskBody.Part.LEAD))


def reportable(actor: Actor, tasks: Collection[Task], on: date) -> frozenset[int]:
    """Những việc nào được báo, of a page of tasks: the same answer as may_report, in a fixed number of queries."""
    given = authority.reach(actor, "task.give", on=on)
    found = {task.pk for task in tasks if given.covers(task.unit_id)}
    left = [task for task in tasks if task.pk not in found]
    if not left or not actor.allows("task.report", actor.unit_id, on=on):
        return frozenset(found)
    mine = acts_for(actor, on)
    wanted = {task.pk for task in left} | {task.parent_id for task in left if task.parent_id}
    led = set(
        TaskBody.objects.filter(task_id__in=wanted, part=TaskBody.Part.LEAD, body_id__in=mine).values_list(
            "task_id", flat=True
        )
    )
    return frozenset(found | {task.pk for task in left if task.pk in led or task.parent_id in led})


def require_report(actor: Actor, task: Task, on: date) -> None:
    """Denied unless the actor leads the task or gave it."""
    if not may_report(actor, task, on):
        actor.require("task.report", actor.unit_id, on=on)
        actor.require("task.give", task.unit_id, on=on)


def may_read(actor: Actor, task: Task, on: date) -> bool:
    """May the actor see how the task goes: in its area, of a body it acts for, or with a part of his own."""
    if actor.allows("task.read", task.unit_id, on=on):
        return True
    if PersonPart.objects.filter(occurrence__task=task, user_id=actor.user_id, withdrawn_at=None).exists():
        return True
    return bool(held(actor, task, on, *TaskBody.Part))


def require_read(actor: Actor, occurrence: Occurrence, on: date) -> None:
    """Denied unless the task is the actor's to see."""
    if not may_read(actor, occurrence.task, on):
        actor.require("task.read", occurrence.task.unit_id, on=on)


def require_inspection(actor: Actor, unit_ids: Collection[int], on: date) -> None:
    """Denied unless the actor reads the work of one of these: who organises an inspection first, then who is visited."""
    area = authority.reach(actor, "task.read", on=on)
    if not any(area.covers(unit) for unit in unit_ids):
        for unit in unit_ids:
            actor.require("task.read", unit, on=on)
