"""Nhiệm vụ và hạng mục còn thiếu: gaps of an area to choose from, and the tasks that are to close a gap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from ntm.domain.official.text import fold
from ntm.records.planning.models import Occurrence, Task
from ntm.records.planning.queries.tasks import TaskLine, next_of_each
from ntm.records.standing.models import Gap
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["Choice", "choices", "tasks_of"]

_MOST = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """Một hạng mục để chọn, with its unit."""

    gap: Gap
    unit: UnitLabel


def choices(
    unit_id: int, words: str, on: date, *, chosen: int | None = None, criteria: Collection[int] = ()
) -> tuple[Choice, ...]:
    """Hạng mục còn mở của địa bàn: the chosen one first, then those with the words (of its text or unit), typed however;
    of these criteria where any are told."""
    below = units.positions_within(unit_id, on).order_by().values("unit_id")
    still = Gap.objects.filter(Q(unit_id=unit_id) | Q(unit_id__in=below), opened_on__lte=on)
    fitting = still.filter(Q(closed_on=None) | Q(closed_on__gt=on)).exclude(pk=chosen)
    if criteria:
        fitting = fitting.filter(criterion_no__in=criteria)
    for word in fold(words).split():
        fitting = fitting.filter(Q(key__contains=word) | Q(unit_id__in=units.having(word, on)))
    picked = Gap.objects.filter(pk=chosen) if chosen is not None else Gap.objects.none()
    rows = [*picked, *fitting.order_by("unit_id", "criterion_no", "pk")[:_MOST]]
    labels = units.labels({row.unit_id for row in rows}, on)
    return tuple(Choice(row, labels[row.unit_id]) for row in rows)


def tasks_of(gap_ids: Collection[int], on: date) -> dict[int, tuple[TaskLine, ...]]:
    """Nhiệm vụ phục vụ mỗi hạng mục, also those given for its words before they were corrected; each task by the time of
    it that comes next."""
    meant = _with_older(gap_ids)
    of_task = dict(Task.objects.filter(gap_id__in=meant).order_by("pk").values_list("pk", "gap_id"))
    rows = Occurrence.objects.filter(task_id__in=of_task, whole=None).select_related("task__group")
    chosen = next_of_each(list(rows.order_by("due", "pk")), on) if of_task else {}
    found: dict[int, list[TaskLine]] = defaultdict(list)
    for task_id, line in chosen.items():
        found[meant[of_task[task_id] or 0]].append(line)
    return {gap: tuple(told) for gap, told in found.items()}


def _with_older(gap_ids: Collection[int]) -> dict[int, int]:
    """Each gap and the older words of it -> the gap asked about."""
    found = {gap: gap for gap in gap_ids}
    step = set(found)
    while step:
        older = Gap.objects.filter(pk__in=step, supersedes__isnull=False).order_by("pk")
        pairs = [(pk, before) for pk, before in older.values_list("pk", "supersedes_id") if before not in found]
        found |= {before: found[pk] for pk, before in pairs}
        step = {before for _pk, before in pairs}
    return found
