"""Nhiệm vụ: lists of an office, of a unit, of a plan; progress reported, work finished."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status

from ntm.faces.api.numbers import Id, Small
from ntm.faces.api.paging import Page, Paging, paged
from ntm.faces.api.routes.changes import Made
from ntm.faces.api.routes.units import unit_of
from ntm.faces.api.security import actor
from ntm.records.planning.queries import plans as readings
from ntm.records.planning.queries import tasks as lists
from ntm.records.planning.services import progress

router = Router(tags=["tasks"])


class BodyOut(Schema):
    part: str
    words: str
    body: int | None


class TaskOut(Schema):
    """Một kỳ của một nhiệm vụ; `standing` as of the day asked."""

    occurrence: int
    task: int
    plan: int | None
    no: str
    group: str
    what: str
    product: str
    deadline: str
    start: date | None
    due: date | None
    days: int | None
    state: str
    standing: str
    percent: int | None
    ended_on: date | None
    result: str
    criteria: list[int]
    bodies: list[BodyOut]
    part_of: int | None  # of one unit's part: the occurrence of the whole
    units: int | None  # of a task of all lower units: how many have a part
    units_done: int | None


class NoteIn(Schema):
    on: date
    text: str
    percent: Small | None = None


class FinishIn(Schema):
    on: date
    result: str
    result_number: str = ""


def task_out(line: lists.TaskLine) -> TaskOut:
    """A line as the interface gives it."""
    return TaskOut(
        occurrence=line.occurrence_id,
        task=line.task_id,
        plan=line.plan_id,
        no=line.no,
        group=line.group,
        what=line.what,
        product=line.product,
        deadline=line.deadline_words,
        start=line.start,
        due=line.due,
        days=line.days,
        state=line.state,
        standing=line.standing.value,
        percent=line.percent,
        ended_on=line.ended_on,
        result=line.result,
        criteria=list(line.criteria),
        bodies=[BodyOut(part=one.part, words=one.words, body=one.body_id) for one in line.bodies],
        part_of=line.whole_id,
        units=line.units.all if line.units else None,
        units_done=line.units.done if line.units else None,
    )


@router.get("/tasks", response=Page[TaskOut], summary="Việc của cơ quan mình, hoặc của một đơn vị")
def tasks(
    request: HttpRequest, paging: Query[Paging], on: date, unit: str | None = None, look: lists.Look = lists.Look.OPEN
):
    who = actor(request)
    if unit is None:
        scope = lists.for_actor(who, on)
    else:
        unit_id = unit_of(unit, on)
        who.require("task.read", unit_id, on=on)
        scope = lists.Scope("unit", (unit_id,))
    return _page(request, scope, on, look, paging)


@router.get("/plans/{plan}/tasks", response=Page[TaskOut], summary="Chương trình công tác của một kế hoạch")
def plan_tasks(request: HttpRequest, paging: Query[Paging], plan: Id, on: date, look: lists.Look = lists.Look.ALL):
    seen = readings.get(actor(request), plan, on)
    return _page(request, lists.Scope("plan", (seen.plan.pk,)), on, look, paging)


def _page(request: HttpRequest, scope: lists.Scope, on: date, look: lists.Look, paging: Paging):  # type: ignore[no-untyped-def]
    found = lists.listed(scope, on, look=look, page=paging.page, size=paging.size)
    page = paged(request, range(found.total), paging, total=found.total)
    # the list answers a page that is past its end with its last one; here there is nothing
    items = [task_out(line) for line in found.lines] if page["items"] else []
    return {**page, "items": items}


@router.post("/tasks/{occurrence}/notes", response={201: Made}, summary="Ghi tiến độ")
def note(request: HttpRequest, occurrence: Id, payload: NoteIn):
    made = progress.note(actor(request), occurrence, text=payload.text, percent=payload.percent, on=payload.on)
    return Status(201, Made(id=made.pk))


@router.post("/tasks/{occurrence}/finish", response={201: Made}, summary="Báo đã xong, có kết quả")
def finish(request: HttpRequest, occurrence: Id, payload: FinishIn):
    progress.finish(
        actor(request), occurrence, result=payload.result, result_number=payload.result_number, on=payload.on
    )
    return Status(201, Made(id=occurrence))
