"""Giao ban: the agenda of a meeting, from what is overdue, what falls due, and what changed since the one before.

While the meeting is prepared the agenda is drawn from the records; once it was held it is what was kept of that day.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from ntm.records.planning.models import (
    Conclusion,
    Meeting,
    Occurrence,
    OccurrenceState,
    ProgressNote,
    TargetShare,
    TaskBody,
)
from ntm.records.planning.queries import unit_parts
from ntm.records.planning.queries.tasks import Scope, Standing, TaskLine, lines, scope_rows
from ntm.records.standing.models import CriterionStanding
from ntm.records.standing.models.intervals import Basis, OutcomeCode
from ntm.records.units import queries as units

__all__ = [
    "MOST",
    "Agenda",
    "AgendaTask",
    "Answered",
    "Gained",
    "agenda",
    "conclusions",
    "frozen",
    "meetings",
    "next_day",
    "thawed",
]

MOST = 200  # lines of one part of an agenda
_PACE = range(7, 93)  # days between two meetings that are taken for a pace
_USUAL = 31  # days until the next one otherwise
_NAMED = 12  # units named that are not done


@dataclass(frozen=True, slots=True)
class AgendaTask:
    """Một việc trong nội dung giao ban."""

    occurrence_id: int
    what: str
    lead: str
    coordinating: str
    due: date | None
    days: int | None
    standing: str
    percent: int | None
    said: str  # the last note
    said_on: date | None
    units: str = ""  # of a task of all lower units: how many are done, and which are not


@dataclass(frozen=True, slots=True)
class Gained:
    """Tiêu chí mới được xác nhận đạt, hoặc không còn đạt."""

    unit_id: int
    unit: str
    set_name: str
    criterion_no: int
    on: date
    met: bool


@dataclass(frozen=True, slots=True)
class Answered:
    """Đơn vị dưới trả lời phần giao."""

    unit_id: int
    unit: str
    target: str
    accepted: bool
    reason: str
    on: date


@dataclass(frozen=True, slots=True)
class Agenda:
    """Nội dung giao ban: `due` falls due until `until`; `concluded` is what became of the last meeting's conclusions."""

    since: date
    on: date
    until: date
    overdue: tuple[AgendaTask, ...]
    due: tuple[AgendaTask, ...]
    changed: tuple[AgendaTask, ...]
    done: tuple[AgendaTask, ...]
    concluded: tuple[AgendaTask, ...]
    gained: tuple[Gained, ...]
    answered: tuple[Answered, ...]


def agenda(meeting: Meeting, on: date, *, until: date | None = None) -> Agenda:
    """Nội dung của cuộc họp on a day; what was kept when it was held."""
    if meeting.agenda is not None:
        return thawed(meeting.agenda)
    last = until or next_day(meeting)
    rows = scope_rows(Scope("unit", (meeting.unit_id,)))
    still = rows.filter(state__in=(OccurrenceState.OPEN, OccurrenceState.STARTED))
    noted = ProgressNote.objects.filter(occurrence=OuterRef("pk"), on__gt=meeting.since, on__lte=on)
    parts: dict[str, QuerySet[Occurrence]] = {
        "overdue": still.filter(due__lt=on).order_by("due", "pk"),
        "due": still.filter(due__gte=on, due__lte=last).order_by("due", "pk"),
        "changed": still.filter(Exists(noted)).order_by("due", "pk"),
        "done": rows.filter(state=OccurrenceState.DONE, ended_on__gt=meeting.since, ended_on__lte=on).order_by(
            "ended_on", "pk"
        ),
        "concluded": _of_the_last(meeting),
    }
    chosen = {name: list(part.select_related("task__group")[:MOST]) for name, part in parts.items()}
    told = _told([row for part in chosen.values() for row in part], on)
    tasks = {name: tuple(told[row.pk] for row in part) for name, part in chosen.items()}
    return Agenda(
        meeting.since,
        on,
        last,
        **tasks,
        gained=_gained(meeting, on),
        answered=_answered(meeting, on),
    )


def next_day(meeting: Meeting) -> date:
    """Cuộc sau, if the meetings keep their pace: as long after this one as this one is after the last."""
    pace = (meeting.on - meeting.since).days
    return meeting.on + timedelta(days=pace if pace in _PACE else _USUAL)


def meetings(unit_id: int, *, body_id: int | None = None) -> QuerySet[Meeting]:
    """Các cuộc giao ban của một đơn vị, the newest first."""
    rows = Meeting.objects.filter(unit_id=unit_id).select_related("body", "file")
    return (rows if body_id is None else rows.filter(body_id=body_id)).order_by("-on", "-pk")


def conclusions(meeting: Meeting) -> list[Conclusion]:
    """Kết luận của cuộc họp, with their tasks and bodies."""
    rows = meeting.conclusions.select_related("task", "about__task").prefetch_related(
        "task__bodies", "task__occurrences"
    )
    return list(rows.order_by("order", "pk"))


def frozen(kept: Agenda) -> dict[str, Any]:
    """As it is kept with the meeting."""
    return {name: _plain(value) for name, value in asdict(kept).items()}


def thawed(kept: dict[str, Any]) -> Agenda:
    """As it was kept."""
    kinds: dict[str, Any] = {"gained": Gained, "answered": Answered}
    values: dict[str, Any] = {}
    for name in (field.name for field in fields(Agenda)):
        value = kept[name]
        if isinstance(value, str):
            values[name] = date.fromisoformat(value)
        else:
            values[name] = tuple(_row(kinds.get(name, AgendaTask), row) for row in value)
    return Agenda(**values)


_DAYS = ("due", "said_on", "on")


def _row(kind: Any, row: dict[str, Any]) -> Any:
    return kind(**{key: date.fromisoformat(value) if key in _DAYS and value else value for key, value in row.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return value


def _told(rows: list[Occurrence], on: date) -> dict[int, AgendaTask]:
    """Every line with its last note and the units that are not done: a fixed number of queries."""
    wanted = {row.pk: row for row in rows}
    notes = ProgressNote.objects.filter(occurrence__in=wanted, on__lte=on).order_by("occurrence_id", "at", "pk")
    last = {row[0]: row[1:] for row in notes.values_list("occurrence_id", "text", "on")}
    told = lines(list(wanted.values()), on)
    left = unit_parts.left([line.occurrence_id for line in told if line.units is not None and line.units.left], on)
    return {
        line.occurrence_id: _task(line, last.get(line.occurrence_id), left.get(line.occurrence_id, ())) for line in told
    }


def _units(line: TaskLine, left: tuple[str, ...]) -> str:
    if line.units is None:
        return ""
    told = f"{line.units.done}/{line.units.all} đơn vị đã xong"
    if not left or len(left) == line.units.all:
        return told
    more = f" và {len(left) - _NAMED} đơn vị khác" if len(left) > _NAMED else ""
    return f"{told}; chưa xong: {', '.join(left[:_NAMED])}{more}"


def _task(line: TaskLine, said: tuple[str, date] | None, left: tuple[str, ...]) -> AgendaTask:
    return AgendaTask(
        line.occurrence_id,
        line.what,
        line.words(TaskBody.Part.LEAD),
        line.words(TaskBody.Part.COORDINATING),
        line.due,
        line.days,
        (Standing.AT_RISK if line.lagging and line.standing is Standing.SOON else line.standing).value,
        line.percent,
        said[0] if said else line.result,
        said[1] if said else None,
        _units(line, left),
    )


def _of_the_last(meeting: Meeting) -> QuerySet[Occurrence]:
    """What the meeting before concluded."""
    before = Meeting.objects.filter(unit_id=meeting.unit_id, body_id=meeting.body_id, state=Meeting.State.HELD)
    last = before.filter(on__lte=meeting.on).exclude(pk=meeting.pk).order_by("-on", "-pk").values("pk")[:1]
    rows = Occurrence.objects.filter(
        whole=None, task__conclusion__meeting_id__in=list(last.values_list("pk", flat=True))
    )
    return rows.order_by("due", "pk")


def _gained(meeting: Meeting, on: date) -> tuple[Gained, ...]:
    """Verified criteria that a unit of the area began to meet, or ceased to meet, since the last meeting."""
    below = units.positions_within(meeting.unit_id, on).values("unit_id")
    rows = CriterionStanding.objects.filter(
        Q(unit_id=meeting.unit_id) | Q(unit_id__in=below),
        set__current=True,
        basis=Basis.CONFIRMED,
        start__gt=meeting.since,
        start__lte=on,
    )
    before = CriterionStanding.objects.filter(
        unit=OuterRef("unit"), set=OuterRef("set"), basis=OuterRef("basis"), no=OuterRef("no"), end=OuterRef("start")
    )
    met = before.filter(outcome=OutcomeCode.MET)
    began = Q(outcome=OutcomeCode.MET) & ~Q(Exists(met))
    ceased = Q(outcome=OutcomeCode.NOT_MET) & Q(Exists(met))
    found = list(
        rows.filter(began | ceased)
        .order_by("start", "unit_id", "no", "pk")
        .values_list("unit_id", "set__name", "no", "start", "outcome")[:MOST]
    )
    labels = units.labels({row[0] for row in found}, on)
    return tuple(
        Gained(unit, labels[unit].title, name, no, start, outcome == OutcomeCode.MET)
        for unit, name, no, start, outcome in found
    )


def _answered(meeting: Meeting, on: date) -> tuple[Answered, ...]:
    rows = (
        TargetShare.objects.filter(
            target__plan__unit_id=meeting.unit_id,
            until=None,
            answered_at__date__gt=meeting.since,
            answered_at__date__lte=on,
        )
        .exclude(answer=TargetShare.Answer.NONE)
        .select_related("target")
        .order_by("answered_at", "pk")
    )
    found = list(rows[:MOST])
    labels = units.labels({row.unit_id for row in found}, on)
    return tuple(_answer(row, labels) for row in found if row.answered_at is not None)


def _answer(row: TargetShare, labels: dict[int, units.UnitLabel]) -> Answered:
    day = row.answered_at.date() if row.answered_at else date.min
    accepted = row.answer == TargetShare.Answer.ACCEPTED
    return Answered(row.unit_id, labels[row.unit_id].title, row.target.what, accepted, row.reason, day)
