"""Danh sách việc: of a body, a person, a unit, a plan; as of any day, by page, in a fixed number of queries.

A state on a day that is past is told from the days on which work ended; what was reported after it is not counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from ntm.records.people.authority import Actor
from ntm.records.planning.bodies import Seat, acts_for, seats, seats_of
from ntm.records.planning.models import (
    ENDED,
    CoordinationPart,
    Occurrence,
    OccurrenceState,
    PersonPart,
    ProgressNote,
    Task,
    TaskBody,
)
from ntm.records.planning.queries.unit_parts import UnitPart, UnitsDone, parts, units_done
from ntm.records.planning.refusals import Refused

__all__ = [
    "PAGE",
    "SOON",
    "Detail",
    "Look",
    "Page",
    "Scope",
    "Standing",
    "TaskLine",
    "detail",
    "for_actor",
    "lines",
    "listed",
    "next_of_each",
    "of_body",
    "of_person",
    "of_plan",
    "of_unit",
    "scope_rows",
]

SOON = 7  # days before the last day from which a task is due soon
PAGE = 50


class Look(StrEnum):
    """Xem việc nào. AT_RISK may be due soon as well; the others do not overlap."""

    ALL = "all"
    OPEN = "open"  # everything that has not ended
    OVERDUE = "overdue"
    SOON = "soon"
    AT_RISK = "at_risk"
    UNDATED = "undated"
    DONE = "done"
    CANCELLED = "cancelled"


class Standing(StrEnum):
    """Việc đang thế nào on the day asked."""

    OVERDUE = "overdue"
    SOON = "soon"
    AT_RISK = "at_risk"
    ON_COURSE = "on_course"
    UNDATED = "undated"
    DONE = "done"
    DONE_LATE = "done_late"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Scope:
    """Danh sách của ai: `kind` is "body", "bodies", "person", "unit", "plan" or "actor"."""

    kind: str
    ids: tuple[int, ...]
    user_id: int | None = None
    parts: tuple[str, ...] = ()  # of a body: in which parts; empty: any
    seats: tuple[Seat, ...] = ()  # of an office: where it does the part of a lower unit


@dataclass(frozen=True, slots=True)
class BodyPart:
    """Cơ quan và vai trò trong một việc."""

    part: str
    words: str
    body_id: int | None


@dataclass(frozen=True, slots=True)
class TaskLine:
    """Một dòng của danh sách; `days` are left until the last day, negative when it is past."""

    occurrence_id: int
    task_id: int
    unit_id: int
    plan_id: int | None
    no: str
    group: str
    what: str
    product: str
    origin: str
    deadline_words: str
    start: date | None
    due: date | None
    days: int | None
    state: str
    standing: Standing
    lagging: bool
    percent: int | None
    ended_on: date | None
    result: str
    result_number: str
    noted_on: date | None
    criteria: tuple[int, ...]
    target_id: int | None
    parent_id: int | None
    bodies: tuple[BodyPart, ...]
    whole_id: int | None = None  # of the part of a lower unit: the occurrence that it is a part of
    of_unit_id: int | None = None
    of_part: str = ""
    units: UnitsDone | None = None  # of a task of all lower units: how many are done

    def words(self, part: str) -> str:
        """The bodies of one part as a sentence's list."""
        return ", ".join(one.words for one in self.bodies if one.part == part)


@dataclass(frozen=True, slots=True)
class Page:
    """Một trang của danh sách, with how many there are of each kind."""

    lines: tuple[TaskLine, ...]
    counts: dict[Look, int]
    look: Look
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Detail:
    """Một việc và mọi điều đã ghi về nó."""

    line: TaskLine
    task: Task
    notes: tuple[ProgressNote, ...]
    coordination: tuple[CoordinationPart, ...]
    people: tuple[PersonPart, ...]
    others: tuple[TaskLine, ...]  # the other times that the same task falls due
    below: tuple[TaskLine, ...]  # smaller tasks split from it
    row: Occurrence
    units: tuple[UnitPart, ...]  # of a task of all lower units: each one's part


def of_body(body_id: int, on: date, *, look: Look = Look.OPEN, page: int = 1, parts: Sequence[str] = ()) -> Page:
    """Việc của một cơ quan, in any part or in these."""
    return listed(Scope("body", (body_id,), parts=tuple(parts)), on, look=look, page=page)


def of_person(user_id: int, on: date, *, look: Look = Look.OPEN, page: int = 1) -> Page:
    """Việc của một người: of which a part was given to him."""
    return listed(Scope("person", (), user_id=user_id), on, look=look, page=page)


def of_unit(unit_id: int, on: date, *, look: Look = Look.OPEN, page: int = 1) -> Page:
    """Việc của một đơn vị: given there, or with a part for a body of it."""
    return listed(Scope("unit", (unit_id,)), on, look=look, page=page)


def of_plan(plan_id: int, on: date, *, look: Look = Look.ALL, page: int = 1) -> Page:
    """Việc của một kế hoạch, with the smaller ones split from them."""
    return listed(Scope("plan", (plan_id,)), on, look=look, page=page)


def for_actor(actor: Actor, on: date) -> Scope:
    """Việc của tôi: of the bodies that the office acts for, and parts given to the person."""
    return Scope("actor", tuple(sorted(acts_for(actor, on))), user_id=actor.user_id, seats=seats(actor, on))


def listed(scope: Scope, on: date, *, look: Look = Look.OPEN, page: int = 1, size: int = PAGE) -> Page:
    """Một danh sách: counts, one page, its bodies, notes and units: a fixed number of queries however long the list."""
    rows = scope_rows(scope)
    counts = _counts(rows, on)
    total = counts[look]
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    first = (page - 1) * size
    order = ("-ended_on", "-pk") if look in (Look.DONE, Look.CANCELLED) else (F("due").asc(nulls_last=True), "pk")
    here = list(_looked(rows, look, on).order_by(*order).values_list("pk", flat=True)[first : first + size])
    found = Occurrence.objects.select_related("task__group").in_bulk(here)  # only a page's rows are read whole
    chosen = [found[pk] for pk in here]
    return Page(tuple(lines(chosen, on)), counts, look, page, pages, total)


def detail(occurrence_id: int, on: date) -> Detail:
    """Một việc: its notes with files, who coordinated, whose parts, and its other occurrences."""
    joined = ("task__group", "task__plan", "task__target", "task__gap__set")
    row = Occurrence.objects.select_related(*joined).filter(pk=occurrence_id).first()
    if row is None:
        raise Refused("Không tìm thấy việc này.")
    same_place = Q(task=row.task, of_unit=row.of_unit_id)
    others = Occurrence.objects.filter(same_place | Q(task__from_occurrence=row, whole=None)).exclude(pk=row.pk)
    near = list(others.select_related("task__group").order_by("due", "pk"))
    told = lines([row, *near], on)
    same = tuple(one for one in told[1:] if one.task_id == row.task_id)
    below = tuple(one for one in told[1:] if one.task_id != row.task_id)
    notes = row.notes.select_related("by").prefetch_related("files__file").order_by("-at", "-pk")
    return Detail(
        told[0],
        row.task,
        tuple(notes),
        tuple(row.coordination.select_related("task_body", "by").order_by("at", "pk")),
        tuple(row.people.select_related("user", "given_by").filter(withdrawn_at=None).order_by("due", "pk")),
        same,
        below,
        row,
        parts(row.pk, on) if told[0].units is not None else (),
    )


def scope_rows(scope: Scope) -> QuerySet[Occurrence]:
    """The occurrences of a scope; a task is in force once it has any. A lower unit's part stands in its list only."""
    rows = Occurrence.objects.all()
    if scope.kind == "plan":
        return rows.filter(Q(task__plan_id__in=scope.ids) | Q(task__parent__plan_id__in=scope.ids), whole=None)
    if scope.kind == "person":
        return rows.filter(pk__in=_given_to(scope.user_id))
    bodies = TaskBody.objects.all()
    if scope.kind == "unit":
        own = Q(task__unit_id__in=scope.ids) | Q(task_id__in=_tasks(bodies, body__unit_id__in=scope.ids))
        return rows.filter(Q(whole=None) & own | Q(of_unit_id__in=scope.ids))
    if scope.parts:
        bodies = bodies.filter(part__in=scope.parts)
    mine = Q(whole=None, task_id__in=_tasks(bodies, body_id__in=scope.ids)) | _seated(scope)
    return rows.filter(mine | Q(pk__in=_given_to(scope.user_id)) if scope.kind == "actor" else mine)


def _seated(scope: Scope) -> Q:
    """The parts of lower units that are done where the office, or the bodies asked about, sit."""
    kinds: dict[int, list[str]] = defaultdict(list)
    for unit, kind in scope.seats or (seats_of(scope.ids) if scope.ids else ()):
        kinds[unit].append(kind)
    found = Q(pk__in=())
    for unit, of_kinds in kinds.items():
        found |= Q(of_unit_id=unit, of_kind__in=of_kinds)
    return found & Q(of_part__in=scope.parts) if scope.parts else found


def next_of_each(rows: Sequence[Occurrence], on: date) -> dict[int, TaskLine]:
    """Mỗi nhiệm vụ một dòng: of its times, in the order given, the first that has not ended, else the last one."""
    chosen: dict[int, TaskLine] = {}
    for line in lines(rows, on):
        known = chosen.get(line.task_id)
        if known is None or known.ended_on is not None:
            chosen[line.task_id] = line
    return chosen


def lines(rows: Sequence[Occurrence], on: date) -> list[TaskLine]:
    """Each occurrence as a line, with the bodies, the day of the last note and the units that are done: three queries."""
    tasks = {row.task_id for row in rows}
    bodies: dict[int, list[BodyPart]] = defaultdict(list)
    told = TaskBody.objects.filter(task_id__in=tasks).order_by("task_id", "order", "pk")
    for task_id, part, words, body_id in told.values_list("task_id", "part", "words", "body_id"):
        bodies[task_id].append(BodyPart(part, words, body_id))
    notes = ProgressNote.objects.filter(occurrence__in=[row.pk for row in rows], on__lte=on)
    last = dict(notes.order_by().values_list("occurrence_id").annotate(last=Max("on")))
    done = units_done([row.pk for row in rows if row.whole_id is None], on)
    return [_line(row, tuple(bodies[row.task_id]), last.get(row.pk), done.get(row.pk), on) for row in rows]


def standing(row: Occurrence, on: date) -> Standing:
    """Việc đang thế nào on that day."""
    if row.state in ENDED and row.ended_on is not None and row.ended_on <= on:
        if row.state == OccurrenceState.CANCELLED:
            return Standing.CANCELLED
        return Standing.DONE_LATE if row.due is not None and row.ended_on > row.due else Standing.DONE
    if row.due is None:
        return Standing.UNDATED
    if row.due < on:
        return Standing.OVERDUE
    if row.due <= on + timedelta(days=SOON):
        return Standing.SOON
    return Standing.AT_RISK if row.risk_on is not None and row.risk_on <= on else Standing.ON_COURSE


def _line(
    row: Occurrence, bodies: tuple[BodyPart, ...], noted: date | None, done: UnitsDone | None, on: date
) -> TaskLine:
    task, told = row.task, standing(row, on)
    ended = told in (Standing.DONE, Standing.DONE_LATE, Standing.CANCELLED)
    lagging = not ended and row.due is not None and row.due >= on and row.risk_on is not None and row.risk_on <= on
    return TaskLine(
        occurrence_id=row.pk,
        task_id=task.pk,
        unit_id=task.unit_id,
        plan_id=task.plan_id,
        no=task.no,
        group=task.group.name if task.group else "",
        what=task.what,
        product=task.product,
        origin=task.origin,
        deadline_words=task.deadline_words or (task.group.deadline_words if task.group else ""),
        start=row.start,
        due=row.due,
        days=None if row.due is None or ended else (row.due - on).days,
        state=row.state if ended or row.state not in ENDED else OccurrenceState.STARTED,
        standing=told,
        lagging=lagging,
        percent=row.percent if ended or row.state not in ENDED else None,
        ended_on=row.ended_on if ended else None,
        result=row.result if ended else "",
        result_number=row.result_number if ended else "",
        noted_on=noted,
        criteria=tuple(task.criteria),
        target_id=task.target_id,
        parent_id=task.parent_id,
        bodies=bodies,
        whole_id=row.whole_id,
        of_unit_id=row.of_unit_id,
        of_part=row.of_part,
        units=done,
    )


def _tasks(bodies: QuerySet[TaskBody], **of: Any) -> QuerySet[Any]:
    return bodies.filter(**of).values("task_id")


def _given_to(user_id: int | None) -> QuerySet[Any]:
    return PersonPart.objects.filter(user_id=user_id, withdrawn_at=None).values("occurrence_id")


def _ended(on: date) -> Q:
    return Q(state__in=ENDED, ended_on__lte=on)


def _condition(look: Look, on: date) -> Q:
    soon = on + timedelta(days=SOON)
    if look is Look.ALL:
        return Q()
    if look in (Look.DONE, Look.CANCELLED):
        return Q(state=look.value, ended_on__lte=on)
    still = ~_ended(on)
    dates = {
        Look.OPEN: Q(),
        Look.OVERDUE: Q(due__lt=on),
        Look.SOON: Q(due__gte=on, due__lte=soon),
        Look.AT_RISK: Q(due__gte=on, risk_on__lte=on),
        Look.UNDATED: Q(due__isnull=True),
    }[look]
    return still & dates


def _looked(rows: QuerySet[Occurrence], look: Look, on: date) -> QuerySet[Occurrence]:
    return rows.filter(_condition(look, on))


def _counts(rows: QuerySet[Occurrence], on: date) -> dict[Look, int]:
    whole = {Look.ALL.value: Count("pk")}
    told = rows.order_by().aggregate(
        **whole, **{look.value: Count("pk", filter=_condition(look, on)) for look in Look if look is not Look.ALL}
    )
    return {look: told[look.value] for look in Look}
