"""Kế hoạch và nhiệm vụ: what the offices do every day with large plans; each part is a function of its own.

Server time by Django's test client or of the service itself, p50 and p95, the number of queries, and the bare SQL below it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from benchmarks import settings
from benchmarks.timing import Results, median, milliseconds, queries, seconds
from benchmarks.world import World
from ntm.records.people.models import Body, BodyKind, Holding, Office, User
from ntm.records.planning.models import Occurrence, OccurrenceState, Task, TaskBody
from ntm.records.units.models import Position

MOST = 100.0
OCCURRENCES = 10_000
YEAR = 2024
ON = date(YEAR, 6, 15)
_TIMES = 4  # each task falls due once a quarter
_START = date(2015, 1, 1)


def measure(results: Results, world: World) -> None:
    """Mọi phần của tệp này."""
    measure_list(results, world)


def measure_list(results: Results, world: World) -> None:
    """Danh sách việc của một cơ quan có 10.000 kỳ: first page, a page far in, and one state."""
    body, client = _office(world)
    _work(world, body)
    page = reverse("desk:tasks")
    day = f"ngay={ON.isoformat()}"
    floor = median(lambda: _bare(body), 5)
    for what, query in (
        ("trang đầu", day),
        ("quá hạn", f"{day}&xem=qua-han"),
        ("đã xong", f"{day}&xem=da-xong"),
        ("trang thứ 100", f"{day}&xem=tat-ca&trang=100"),
    ):
        address = f"{page}?{query}"
        answer = client.get(address)
        if answer.status_code != 200:
            raise AssertionError(f"{address}: {answer.status_code} {answer.get('Location', '')}")
        with queries() as count:
            client.get(address)
        times = [seconds(lambda address=address: client.get(address)) for _ in range(settings.REPEATS)]
        more: dict[str, Any] = {"floor": floor, "floor_is": "SELECT trần đếm và một trang", "queries": count[0]}
        note = f"{OCCURRENCES} kỳ, {len(answer.content) / 1024:.0f} KB"
        results.add(milliseconds(f"danh sách việc của cơ quan, {what}", times, most=MOST, note=note, **more))


def _office(world: World) -> tuple[Body, Client]:
    """A department of the first commune's province, and one person who works there."""
    place = Position.objects.on(ON).filter(unit_id=world.communes[0]).get()
    body = Body.objects.create(unit_id=place.province_id, kind=BodyKind.DEPARTMENT, name="Sở (đo)", start=_START)
    office = Office.objects.create(role="sector_officer", unit_id=place.province_id, title="Sở (đo)", body=body)
    user = User.objects.create(username="do.so", full_name="Người của sở (đo)")
    Holding.objects.create(user=user, office=office, start=_START)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return body, client


def _work(world: World, body: Body) -> None:
    """10.000 kỳ of 2.500 tasks that the body leads, spread over the year; a third done, some under way. As many again of
    another body, so that the list has something to leave out."""
    number = OCCURRENCES // _TIMES
    tasks = Task.objects.bulk_create(
        (
            Task(unit_id=body.unit_id, origin=Task.Origin.MEETING, what=f"Việc đo thứ {at}", deadline_year=YEAR)
            for at in range(2 * number)
        ),
        batch_size=1000,
    )
    other = Body.objects.create(unit_id=body.unit_id, kind=BodyKind.DEPARTMENT, name="Sở khác (đo)", start=_START)
    TaskBody.objects.bulk_create(
        (
            TaskBody(task=task, part=part, words=one.name, body=one)
            for at, task in enumerate(tasks)
            for part, one in (
                (TaskBody.Part.LEAD, body if at < number else other),
                (TaskBody.Part.COORDINATING, other),
            )
        ),
        batch_size=1000,
    )
    Occurrence.objects.bulk_create(
        (_occurrence(task, at, no) for at, task in enumerate(tasks) for no in range(1, _TIMES + 1)), batch_size=1000
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _occurrence(task: Task, at: int, no: int) -> Occurrence:
    start = date(YEAR, 1, 1) + timedelta(days=(at * 7 + no * 90) % 330)
    due = start + timedelta(days=30)
    done = (at + no) % 3 == 0 and due < ON
    state = OccurrenceState.DONE if done else OccurrenceState.STARTED if at % 5 == 0 else OccurrenceState.OPEN
    return Occurrence(task=task, no=no, start=start, due=due, state=state, ended_on=due if done else None)


def _bare(body: Body) -> None:
    """What any list of a body must ask: how many are open, and the first page of them."""
    inside = "SELECT task_id FROM planning_taskbody WHERE body_id = %s"
    still = "NOT (state IN ('done', 'cancelled') AND ended_on IS NOT NULL AND ended_on <= %s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT COUNT(*) FROM planning_occurrence WHERE task_id IN ({inside}) AND {still}",
            [body.pk, ON],
        )
        cursor.fetchall()
        cursor.execute(
            f"SELECT id, due, state FROM planning_occurrence WHERE task_id IN ({inside}) AND {still} "
            "ORDER BY due, id LIMIT 50",
            [body.pk, ON],
        )
        cursor.fetchall()
