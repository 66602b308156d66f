"""Phần của từng đơn vị: a task of "BCĐ các xã" has, for each time it falls due, a part of every such unit below."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q

from ntm.domain.official.text import fold
from ntm.records.people.models import BodyKind
from ntm.records.planning.body_classes import Every
from ntm.records.planning.drawing import risk_day, touched
from ntm.records.planning.models import ENDED, Occurrence, OccurrenceState, Reminder, Task, TaskBody
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["draw", "every_of"]

_PARTS = (TaskBody.Part.LEAD, TaskBody.Part.COORDINATING)  # who leads has its part as lead, though it coordinates too
_Wanted = dict[int, tuple[str, str]]  # unit -> kind of body, part


def every_of(row: TaskBody) -> Every | None:
    """The class of bodies that a cell means, if it means one."""
    if not row.every_level:
        return None
    return Every(BodyKind(row.every_kind), row.every_level, row.every_of, row.every_unit_id)


def draw(tasks: Iterable[Task], on: date) -> int:
    """Lập phần của các đơn vị that stand on that day, after the occurrences themselves; gives how many are new.

    A part that was reported on stays as it is; one that nobody touched goes when the unit is no longer meant.
    """
    wanted = _wanted(list(tasks), on)
    before: dict[int, dict[int, Occurrence]] = defaultdict(dict)
    rows = Occurrence.objects.filter(task_id__in=wanted).filter(Q(whole=None) | Q(of_unit__isnull=False))
    wholes: list[Occurrence] = []
    for row in rows.order_by("task_id", "no", "pk"):
        if row.whole_id is None:
            wholes.append(row)
        else:
            before[row.whole_id][row.of_unit_id or 0] = row
    used = touched([row.pk for parts in before.values() for row in parts.values()])
    new: list[Occurrence] = []
    moved: list[Occurrence] = []
    gone: list[Occurrence] = []
    for whole in wholes:
        if whole.state in ENDED:
            continue
        units_wanted, there = wanted[whole.task_id], before.get(whole.pk, {})
        new += [_part(whole, unit, *told) for unit, told in units_wanted.items() if unit not in there]
        for unit, row in there.items():
            if row.state in ENDED:
                continue
            if unit not in units_wanted and row.state == OccurrenceState.OPEN and row.pk not in used:
                gone.append(row)
            elif _follow(row, whole, units_wanted.get(unit), noted=row.pk in used):
                moved.append(row)
    _write(new, moved, gone)
    return len(new)


def _wanted(tasks: Collection[Task], on: date) -> dict[int, _Wanted]:
    """Of each task the units meant by its classes of bodies; tasks that had parts once are asked about too."""
    bodies = TaskBody.objects.filter(task__in=tasks, part__in=_PARTS, until=None).exclude(every_level="")
    told: dict[int, list[TaskBody]] = defaultdict(list)
    for body in bodies.order_by("task_id", "order", "pk"):
        told[body.task_id].append(body)
    had = set(Occurrence.objects.filter(task__in=tasks, whole__isnull=False).values_list("task_id", flat=True))
    below: dict[tuple[int, str], list[UnitLabel]] = {}
    found: dict[int, _Wanted] = {}
    for task in tasks:
        if task.pk not in told and task.pk not in had:
            continue
        chosen: _Wanted = {}
        for body in sorted(told[task.pk], key=lambda one: _PARTS.index(TaskBody.Part(one.part))):
            meant = every_of(body)
            if meant is None:
                continue
            key = (task.unit_id, meant.level)
            if key not in below:
                ids = units.descendant_ids(task.unit_id, on, meant.level)
                below[key] = list(units.labels(ids, on).values())
            for unit in below[key]:
                if meant.fits(unit.id, unit.level, fold(unit.kind)):
                    chosen.setdefault(unit.id, (meant.kind.value, body.part))
        found[task.pk] = chosen
    return found


def _part(whole: Occurrence, unit: int, kind: str, part: str) -> Occurrence:
    return Occurrence(
        task_id=whole.task_id,
        no=whole.no,
        start=whole.start,
        due=whole.due,
        risk_on=risk_day(whole.start, whole.due, noted=False, percent=None),
        whole=whole,
        of_unit_id=unit,
        of_kind=kind,
        of_part=part,
    )


def _follow(row: Occurrence, whole: Occurrence, told: tuple[str, str] | None, *, noted: bool) -> bool:
    """The days of the whole, and who it is for now; has anything changed?"""
    kind, part = told or (row.of_kind, row.of_part)
    after = (whole.start, whole.due, whole.task_id, kind, part)
    if (row.start, row.due, row.task_id, row.of_kind, row.of_part) == after:
        return False
    row.start, row.due, row.task_id, row.of_kind, row.of_part = after
    row.risk_on = risk_day(row.start, row.due, noted=noted, percent=row.percent)
    return True


def _write(new: list[Occurrence], moved: list[Occurrence], gone: list[Occurrence]) -> None:
    Reminder.objects.filter(occurrence__in=[row.pk for row in gone]).delete()
    Occurrence.objects.filter(pk__in=[row.pk for row in gone]).delete()
    names = ["task", "start", "due", "of_kind", "of_part", "risk_on"]
    Occurrence.objects.bulk_update(moved, names, batch_size=500)
    Occurrence.objects.bulk_create(new, batch_size=500)
