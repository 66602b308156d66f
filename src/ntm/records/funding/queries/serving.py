"""Nhiệm vụ và công trình: the works that a task serves, the tasks that serve a work, and works to choose from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from ntm.domain.official.text import fold
from ntm.records.funding.models import TaskWorks, Works
from ntm.records.funding.queries.areas import within
from ntm.records.planning.models import Occurrence, Task
from ntm.records.planning.queries import tasks
from ntm.records.planning.queries.tasks import TaskLine
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["Choice", "choices", "tasks_of", "versions_of", "works_of"]

_MOST = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """Một công trình để chọn, with its unit."""

    works: Works
    unit: UnitLabel


def works_of(task: Task, on: date) -> tuple[Works, ...]:
    """Công trình mà nhiệm vụ phục vụ ngày đó; what an earlier version of the task served counts too."""
    rows = TaskWorks.objects.filter(_on(on), task_id__in=_earlier([task.pk])).select_related("works")
    found = {row.works_id: row.works for row in rows.order_by("works__unit_id", "works__code", "pk")}
    return tuple(found.values())


def tasks_of(works_id: int, on: date) -> tuple[TaskLine, ...]:
    """Nhiệm vụ phục vụ công trình: each task that is in force, by the time of it that comes next."""
    first = TaskWorks.objects.filter(_on(on), works_id=works_id).order_by("task_id").values_list("task_id", flat=True)
    rows = Occurrence.objects.filter(task_id__in=_later(list(first)), whole=None).select_related("task__group")
    return tuple(tasks.next_of_each(list(rows.order_by("due", "pk")), on).values())


def versions_of(task: Task) -> set[int]:
    """The task and those that it took the place of."""
    return _earlier([task.pk])


def choices(unit_id: int, words: str, on: date, *, chosen: Collection[int] = ()) -> tuple[Choice, ...]:
    """Công trình của địa bàn để chọn: those chosen first, then those whose code, name or unit has the words, typed however."""
    there = Works.objects.filter(within(unit_id, day="on"), on__lte=on).order_by("unit_id", "code")
    fitting = there.exclude(pk__in=chosen)
    for word in fold(words).split():
        fitting = fitting.filter(Q(key__contains=word) | Q(unit_id__in=units.having(word, on)))
    rows = [*there.filter(pk__in=chosen), *fitting[:_MOST]]
    labels = units.labels({row.unit_id for row in rows}, on)
    return tuple(Choice(row, labels[row.unit_id]) for row in rows)


def _on(on: date) -> Q:
    return Q(on__lte=on) & (Q(until=None) | Q(until__gt=on))


def _earlier(ids: Collection[int]) -> set[int]:
    """The tasks themselves and those that they took the place of, version by version."""
    found, step = set(ids), set(ids)
    while step:
        before = Task.objects.filter(pk__in=step, replaces__isnull=False).order_by("pk")
        step = set(before.values_list("replaces_id", flat=True)) - found
        found |= step
    return found


def _later(ids: Collection[int]) -> set[int]:
    found, step = set(ids), set(ids)
    while step:
        step = set(Task.objects.filter(replaces_id__in=step).order_by("pk").values_list("pk", flat=True)) - found
        found |= step
    return found
