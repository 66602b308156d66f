"""Giao ban: the list of a unit's meetings, and one meeting with its whole agenda on one page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.tasks.listing import tasks_tabs
from ntm.faces.desk.rooms.tasks.place import ROOM, address, crumbs, number, work_page
from ntm.faces.desk.rooms.tasks.programme import understood_words
from ntm.records.archive.models import OfficeTemplate
from ntm.records.archive.templates import queries as templates
from ntm.records.people import queries as people
from ntm.records.people.authority import Actor
from ntm.records.planning.bodies import Directory
from ntm.records.planning.models import Meeting, TaskBody
from ntm.records.planning.queries import meetings as asked
from ntm.records.planning.queries.meetings import Agenda, AgendaTask
from ntm.records.planning.refusals import Refused
from ntm.records.units import queries as units

__all__ = ["meeting", "meetings", "opened", "show_meeting", "show_meetings"]

FIELDS = ("text", "lead", "coordinating", "directing", "deadline_words", "product")


@dataclass(frozen=True)
class PartShown:
    """Một phần của nội dung giao ban."""

    key: str
    heading: str
    lines: tuple[AgendaTask, ...]


@dataclass(frozen=True)
class ConcludedShown:
    """Một kết luận, with its bodies and, once it was given out, where its task is."""

    row: Any
    lead: str
    coordinating: str
    occurrence_id: int | None
    days: str


@require_GET
@work_page
def meetings(request: HttpRequest) -> HttpResponse:
    """Các cuộc giao ban của đơn vị."""
    return show_meetings(request)


def show_meetings(request: HttpRequest, sentence: str = "", status: int = 200) -> HttpResponse:
    """The list, and the form that opens one."""
    who, on = actor(request), asked_day(request)
    unit = _unit(who)
    who.require("task.read", unit, on=on)
    may = who.allows("meeting.hold", unit, on=on)
    context = {
        "rows": list(asked.meetings(unit)[:200]),
        "place": units.label(unit, on),
        "may": may,
        "bodies": list(people.bodies(unit, on)) if may else [],
        "typed": request.POST,
        "sentence": sentence,
        "opening": may and (bool(sentence) or "mo" in request.GET),
        "on": on,
    }
    tabs = tasks_tabs(request, "meetings")
    return show(request, "desk/meetings/meetings.html", context, room=ROOM, tabs=tabs, status=status)


def _unit(who: Actor) -> int:
    if who.unit_id is None:
        raise ValueError(gettext("Giao ban ghi theo đơn vị; chức danh này của trung ương, chưa gắn đơn vị nào."))
    return who.unit_id


def opened(who: Actor, meeting_id: int, on: date) -> Meeting:
    """Cuộc giao ban, for who may read its unit's work; Refused where there is none."""
    found = Meeting.objects.select_related("body", "file", "opened_by").filter(pk=meeting_id).first()
    if found is None:
        raise Refused(gettext("Không tìm thấy cuộc giao ban này."))
    who.require("task.read", found.unit_id, on=on)
    return found


def template_of(found: Meeting) -> OfficeTemplate | None:
    """Mẫu biên bản của đơn vị vào ngày họp; None: mẫu chung."""
    return templates.applying("minutes", found.unit_id, found.on, found.body.name if found.body else "")


@require_GET
@work_page
def meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Một cuộc giao ban."""
    return show_meeting(request, meeting_id)


def show_meeting(
    request: HttpRequest, meeting_id: int, sentence: str = "", status: int = 200, form: str = ""
) -> HttpResponse:
    """The agenda, the conclusions and what may be done; after a refusal with the sentence and what was typed."""
    who, on = actor(request), asked_day(request)
    found = opened(who, meeting_id, on)
    held = found.state == Meeting.State.HELD
    may = who.allows("meeting.hold", found.unit_id, on=on)
    told = asked.agenda(found, found.on)
    about = number(request.POST.get("about_id") or request.GET.get("ve"))
    typed = request.POST if form == "conclude" else {}
    context: dict[str, Any] = {
        "meeting": found,
        "template": template_of(found),
        "held": held,
        "may": may,
        "editing": may and not held,
        "told": told,
        "parts": _parts(told),
        "place": units.label(found.unit_id, found.on),
        "concluded": [_concluded(row, found.on.year) for row in asked.conclusions(found)],
        "about": _about(told, about),
        "typed": typed,
        "told_days": understood_words(typed.get("deadline_words", ""), found.on.year) if typed else "",
        "directory": Directory.of(found.unit_id, found.on).names() if may and not held else (),
        "sentence": sentence,
        "form": form,
        "held_words": request.POST if form in ("hold", "change") else None,
        "on": on,
    }
    crumb = crumbs(request, Crumb(gettext("Giao ban"), address(request, "meetings")), Crumb(found.title))
    return show(request, "desk/meetings/meeting.html", context, room=ROOM, crumbs=crumb, status=status)


def _parts(told: Agenda) -> list[PartShown]:
    parts = (
        PartShown("concluded", gettext("Kết luận cuộc họp trước"), told.concluded),
        PartShown("overdue", gettext("Quá hạn"), told.overdue),
        PartShown("due", gettext("Đến hạn trước cuộc họp sau"), told.due),
        PartShown("changed", gettext("Có tiến độ từ cuộc họp trước"), told.changed),
        PartShown("done", gettext("Đã xong từ cuộc họp trước"), told.done),
    )
    return [part for part in parts if part.lines]


def _about(told: Agenda, occurrence_id: int | None) -> AgendaTask | None:
    """The line of the agenda that a conclusion is to be about."""
    lines = (*told.overdue, *told.due, *told.changed, *told.done, *told.concluded)
    return next((one for one in lines if one.occurrence_id == occurrence_id), None)


def _concluded(row: Any, year: int) -> ConcludedShown:
    bodies = list(row.task.bodies.all()) if row.task else []
    wholes = [one for one in row.task.occurrences.all() if one.whole_id is None] if row.task else []
    times = sorted(wholes, key=lambda one: one.no)
    words = {part: ", ".join(one.words for one in bodies if one.part == part) for part in TaskBody.Part.values}
    return ConcludedShown(
        row,
        words[TaskBody.Part.LEAD],
        words[TaskBody.Part.COORDINATING],
        times[0].pk if times else None,
        understood_words(row.task.deadline_words, year) if row.task else "",
    )
