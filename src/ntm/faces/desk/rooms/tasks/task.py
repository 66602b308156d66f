"""Một việc: who directs, leads and coordinates it, what it serves, what was said of it, and what may be done now."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.tasks.place import ROOM, address, crumbs, work_page
from ntm.records.archive import services as archive
from ntm.records.archive.documents import queries as documents
from ntm.records.archive.models import FileUse
from ntm.records.archive.services import FileMissing
from ntm.records.funding.queries import serving
from ntm.records.people.authority import Actor
from ntm.records.people.models import User
from ntm.records.planning import task_access
from ntm.records.planning.bodies import acts_for
from ntm.records.planning.models import Occurrence, ProgressNote, Task, TaskBody
from ntm.records.planning.queries import tasks
from ntm.records.planning.queries.tasks import Detail
from ntm.records.planning.services import sharing
from ntm.records.standing import registry
from ntm.records.units import queries as units

__all__ = ["back_to", "file", "guarded", "show_task", "task"]


_DOCUMENTS = 40  # official documents to choose a result from, the latest first


@dataclass(frozen=True)
class FileShown:
    """Một tệp, as parts/files.html wants it."""

    name: str
    url: str
    bytes: int
    kind: str
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class CoordinatingBody:
    """Cơ quan phối hợp: what it said of its part, and whether this office may say it."""

    row: TaskBody
    said: Any  # CoordinationPart or None
    may: bool


@dataclass(frozen=True)
class May:
    """Được làm gì; every service asks again."""

    report: bool
    give: bool
    open: bool  # not ended
    inspect: bool
    people: tuple[User, ...] = field(default=())


@require_GET
@work_page
def task(request: HttpRequest, occurrence_id: int) -> HttpResponse:
    """Trang của một kỳ."""
    return show_task(request, occurrence_id)


def show_task(
    request: HttpRequest, occurrence_id: int, sentence: str = "", status: int = 200, form: str = ""
) -> HttpResponse:
    """The page; after a refusal with the sentence in the form that was sent, and what was typed in it."""
    who, on = actor(request), asked_day(request)
    told = tasks.detail(occurrence_id, on)
    row = told.row
    task_access.require_read(who, row, on)
    may = _may(who, told, row, on)
    context = {
        "told": told,
        "line": told.line,
        "task": told.task,
        "may": may,
        "on": on,
        "place": _place(told, on),
        "criteria": _criteria(told.task),
        "coordinating": _coordinating(who, told, may, on),
        "notes": [(one, _files(occurrence_id, one)) for one in told.notes],
        "split_from": _whole(told.task),
        "whole": _of_units(who, row, on),
        "of_unit": units.label(row.of_unit_id, on) if row.of_unit_id is not None else None,
        "unit_parts": [(one, tasks.standing(one.row, on)) for one in told.units],
        "from_meeting": getattr(told.task, "conclusion", None),
        "from_inspection": getattr(told.task, "inspection_finding", None),
        "document_url": _document(told),
        "documents": list(documents.visible(who, on).order_by("-on", "-pk")[:_DOCUMENTS])
        if may.report and may.open
        else [],
        **_serves(who, told, may, on),
        "sentence": sentence,
        "form": form,
        "typed": request.POST if form else {},
        "user_id": who.user_id,
    }
    crumb = crumbs(request, Crumb(told.line.what[:60]))
    return show(request, "desk/tasks/task.html", context, room=ROOM, crumbs=crumb, status=status)


def _may(who: Actor, told: Detail, row: Occurrence, on: date) -> May:
    report = task_access.may_report(who, row, on)
    still = told.line.ended_on is None
    people = tuple(sharing.people_to_share(who, row, on)) if report and still else ()
    inspect = still and row.whole_id is None and who.allows("inspection.hold", told.task.unit_id, on=on)
    return May(report, task_access.may_give(who, told.task, on), still, inspect, people)


def _place(told: Detail, on: date) -> units.UnitLabel:
    """Nơi giao as it was called on the day, or when the work fell due where the unit is no more."""
    try:
        return units.label(told.task.unit_id, on)
    except units.UnitNotFound:
        return units.label(told.task.unit_id, told.line.due or date(told.task.deadline_year, 1, 1))


def _criteria(task: Task) -> list[str]:
    """The criteria that it serves, by number and name where the plan has a set."""
    if not task.criteria:
        return []
    plan = task.plan or (task.parent.plan if task.parent else None)
    known = {one.no: one.name for one in registry.content(plan.set).criteria} if plan and plan.set else {}
    return [f"{no} {known[no]}" if no in known else str(no) for no in task.criteria]


def _serves(who: Actor, told: Detail, may: May, on: date) -> dict[str, Any]:
    """Hạng mục và công trình mà việc phục vụ, with their pages; works to choose from for who gives the task."""
    gap, unit_id = told.task.gap, told.task.unit_id
    sees = who.allows("money.read", unit_id, on=on)
    found = serving.works_of(told.task, on)
    ids = {one.pk for one in found}
    choose = sees and may.give and told.row.whole_id is None
    return {
        "gap_unit": units.label(gap.unit_id, on) if gap else None,
        "gap_url": reverse("desk:unit", args=(gap.unit_id,)) + f"?bo={gap.set.code}#tc-{gap.criterion_no}"
        if gap
        else "",
        "served_works": found,
        "works_ids": ids,
        "works_choices": serving.choices(unit_id, "", on, chosen=ids) if choose else (),
        "may_works": sees,
    }


def _coordinating(who: Actor, told: Detail, may: May, on: date) -> list[CoordinatingBody]:
    rows = told.task.bodies.filter(part=TaskBody.Part.COORDINATING, every_level="")
    parts = list(rows.order_by("order", "pk")) if told.row.whole_id is None else []
    if not parts:
        return []
    said = {one.task_body_id: one for one in told.coordination}
    mine = acts_for(who, on)
    own = mine if who.allows("task.report", who.unit_id, on=on) else frozenset()
    return [
        CoordinatingBody(row, said.get(row.pk), may.open and row.pk not in said and (row.body_id in own or may.give))
        for row in parts
    ]


def _files(occurrence_id: int, note: ProgressNote) -> list[FileShown]:
    return [_file(occurrence_id, use) for use in note.files.all()]


def _file(occurrence_id: int, use: FileUse) -> FileShown:
    kind = use.name.rpartition(".")[2] or "tệp"
    url = reverse("desk:task_file", args=(occurrence_id, use.pk))
    return FileShown(use.name, url, use.file.size, kind)


def _whole(task: Task) -> Occurrence | None:
    """The occurrence of the larger task from which it was split."""
    if task.from_occurrence_id is None:
        return None
    return Occurrence.objects.select_related("task").filter(pk=task.from_occurrence_id).first()


def _of_units(who: Actor, row: Occurrence, on: date) -> Occurrence | None:
    """The occurrence of which this is one unit's part, for who may see it."""
    if row.whole_id is None:
        return None
    whole = Occurrence.objects.select_related("task").get(pk=row.whole_id)
    return whole if task_access.may_read(who, whole, on) else None


def _document(told: Detail) -> str:
    """The address of the result document at the reading desk."""
    found = Occurrence.objects.filter(pk=told.line.occurrence_id).values_list("result_document_id", flat=True).first()
    if found is None or told.line.ended_on is None:
        return ""
    try:
        return reverse("desk:document", args=(found,))
    except NoReverseMatch:
        return ""


@require_GET
@work_page
def file(request: HttpRequest, occurrence_id: int, use_id: int) -> HttpResponseBase:
    """Tệp của một lần ghi tiến độ, for who may see the task; always as a download unless it is a picture or PDF."""
    who, on = actor(request), asked_day(request)
    note = (
        ProgressNote.objects.filter(occurrence_id=occurrence_id, files=use_id)
        .select_related("occurrence__task")
        .first()
    )
    if note is None:
        raise FileMissing(gettext("Không có tệp này trong các lần ghi tiến độ của việc."))
    task_access.require_read(who, note.occurrence, on)
    use = note.files.get(pk=use_id)
    opened = archive.open_for(who, use.file_id, use.on)
    response = FileResponse(opened.stream, content_type=opened.content_type)
    response["Content-Length"] = str(opened.size)
    return guarded(response, use.name, inline=opened.inline)


def guarded(response: HttpResponseBase, name: str, *, inline: bool = False) -> HttpResponseBase:
    """Tệp trả về: never run, never guessed at, never kept by a shared cache."""
    how = "inline" if inline else "attachment"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def back_to(request: HttpRequest, occurrence_id: int, part: str = "") -> str:
    """Về trang của việc."""
    return address(request, "task", occurrence_id) + (f"#{part}" if part else "")
