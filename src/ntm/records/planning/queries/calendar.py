"""Lịch: what falls due, is inspected or meets on each day of a month or a week; and the same as an iCal feed."""

from __future__ import annotations

import calendar
import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Max, Q, QuerySet
from icalendar import Calendar, Event

from ntm.domain.official.dates import month_end, write_date
from ntm.records.people.authority import actors_of
from ntm.records.people.models import Body
from ntm.records.planning.bodies import acts_for, seats
from ntm.records.planning.models import (
    FeedKey,
    Inspection,
    Meeting,
    Occurrence,
    OccurrenceState,
    TaskBody,
)
from ntm.records.planning.queries.tasks import Scope, Standing, scope_rows, standing

__all__ = ["Day", "Item", "Month", "digest_of", "ical", "month", "week"]

_BACK, _AHEAD = timedelta(days=180), timedelta(days=730)  # what a feed tells


@dataclass(frozen=True, slots=True)
class Item:
    """Một mục trên lịch; `kind` is "task", "inspection" or "meeting"."""

    kind: str
    id: int
    title: str
    start: date
    end: date  # the last day, included
    standing: Standing | None = None  # of a task
    lead: str = ""  # of a task: who leads it; of a meeting its chair, of an inspection its head
    place: str = ""  # of a meeting


@dataclass(frozen=True, slots=True)
class Day:
    """Một ngày trên lịch tháng."""

    day: date
    inside: bool  # in the month itself
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """Lịch một tháng: whole weeks from Monday."""

    year: int
    number: int
    weeks: tuple[tuple[Day, ...], ...]


def month(scope: Scope, year: int, number: int, on: date) -> Month:
    """Lịch tháng of a body, a unit, a person or an office; each state as of `on`."""
    weeks = calendar.Calendar().monthdatescalendar(year, number)
    by_day = _by_day(scope, weeks[0][0], weeks[-1][-1], on)
    last = month_end(year, number)
    grid = tuple(
        tuple(Day(day, date(year, number, 1) <= day <= last, tuple(by_day[day])) for day in week) for week in weeks
    )
    return Month(year, number, grid)


def week(scope: Scope, day: date, on: date) -> tuple[Day, ...]:
    """Lịch tuần: the seven days from Monday of the week in which the day lies."""
    first = day - timedelta(days=day.weekday())
    by_day = _by_day(scope, first, first + timedelta(days=6), on)
    days = (first + timedelta(days=step) for step in range(7))
    return tuple(Day(one, True, tuple(by_day[one])) for one in days)


def _by_day(scope: Scope, first: date, last: date, on: date) -> dict[date, list[Item]]:
    """What stands on each day: work on its last day, an inspection on each of its days."""
    by_day: dict[date, list[Item]] = defaultdict(list)
    for item in _items(scope, first, last, on):
        begins = max(item.start, first) if item.kind == "inspection" else item.end
        for step in range((min(item.end, last) - begins).days + 1):
            by_day[begins + timedelta(days=step)].append(item)
    return by_day


def digest_of(key: str) -> str:
    """The only thing that is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def ical(key: str, on: date) -> bytes | None:
    """Lịch iCal theo khoá; None for a key that is unknown, withdrawn, or of a closed account."""
    row = FeedKey.objects.select_related("user", "body").filter(digest=digest_of(key), withdrawn_at=None).first()
    if row is None or not row.user.is_active:
        return None
    stood = [actor.demonstration_day for actor in actors_of(row.user, on=on) if actor.demonstration_day is not None]
    on = max(stood, default=on)  # an office of the demonstration stands on a day of its own
    if row.body is not None:
        scope, name = Scope("body", (row.body_id or 0,)), f"Việc của {row.body.name}"
    else:
        actors = list(actors_of(row.user, on=on))
        held = {body for actor in actors for body in acts_for(actor, on)}
        sat = {seat for actor in actors for seat in seats(actor, on)}
        scope = Scope("actor", tuple(sorted(held)), user_id=row.user_id, seats=tuple(sorted(sat)))
        name = f"Việc của {row.user.full_name}"
    feed = Calendar()
    feed.add("prodid", "-//NTM//lich cong tac//VI")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", name)
    items = _items(scope, on - _BACK, on + _AHEAD, on)
    stamps = _stamps([item.id for item in items if item.kind == "task"])
    for item in items:
        feed.add_component(_event(item, stamps.get(item.id, row.made_at) if item.kind == "task" else row.made_at))
    return bytes(feed.to_ical())


def _items(scope: Scope, first: date, last: date, on: date) -> list[Item]:
    """Four queries, and one for the units of the bodies."""
    rows = scope_rows(scope).filter(due__gte=first, due__lte=last).exclude(state=OccurrenceState.CANCELLED)
    leads = _leads(rows)
    found = [
        Item(
            "task", row.pk, row.task.what, row.start or row.due, row.due, standing(row, on), leads.get(row.task_id, "")
        )
        for row in rows.select_related("task").order_by("due", "pk")
        if row.due is not None
    ]
    here = _units_of(scope)
    bodies = scope.ids if scope.kind in ("body", "bodies", "actor") else ()
    visits = Inspection.objects.filter(start__lte=last, end__gte=first).exclude(state=Inspection.State.CANCELLED)
    visits = visits.filter(Q(unit_id__in=here) | Q(visits__unit_id__in=here)).distinct().order_by("start", "pk")
    found += [Item("inspection", row.pk, row.title, row.start, row.end, lead=row.head) for row in visits]
    meetings = Meeting.objects.filter(on__gte=first, on__lte=last)
    meetings = meetings.filter(Q(unit_id__in=here, body=None) | Q(body_id__in=bodies) | _of_unit(scope, here))
    found += [
        Item("meeting", row.pk, row.title, row.on, row.on, lead=row.chair, place=row.place)
        for row in meetings.order_by("on", "pk")
    ]
    return found


def _leads(rows: QuerySet[Occurrence]) -> dict[int, str]:
    """The words of who leads each task; one query."""
    parts = TaskBody.objects.filter(part=TaskBody.Part.LEAD, task_id__in=rows.order_by().values("task_id"))
    told: dict[int, list[str]] = defaultdict(list)
    for task_id, words in parts.order_by("task_id", "order", "pk").values_list("task_id", "words"):
        told[task_id].append(words)
    return {task: ", ".join(words) for task, words in told.items()}


def _of_unit(scope: Scope, here: frozenset[int]) -> Q:
    return Q(unit_id__in=here if scope.kind == "unit" else frozenset())


def _units_of(scope: Scope) -> frozenset[int]:
    if scope.kind == "unit":
        return frozenset(scope.ids)
    if scope.kind in ("person", "plan"):
        return frozenset()
    return frozenset(Body.objects.filter(pk__in=scope.ids, unit__isnull=False).values_list("unit_id", flat=True))


def _stamps(ids: list[int]) -> dict[int, datetime]:
    """When each was last reported on: an event's stamp comes from the data, so an unchanged feed is the same feed."""
    rows = Occurrence.objects.filter(pk__in=ids, notes__isnull=False).order_by()
    return dict(rows.values_list("pk").annotate(at=Max("notes__at")))


def _event(item: Item, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", f"{item.kind}-{item.id}@ntm")
    event.add("dtstamp", stamp.astimezone(UTC))
    begins = item.end if item.kind == "task" else item.start
    event.add("dtstart", begins)
    event.add("dtend", item.end + timedelta(days=1))
    done = item.standing in (Standing.DONE, Standing.DONE_LATE)
    event.add("summary", f"{'Đã xong: ' if done else ''}{item.title}")
    if item.kind == "task":
        event.add("description", f"Từ {write_date(item.start)}, hạn {write_date(item.end)}.")
    event.add("transp", "TRANSPARENT")
    return event
