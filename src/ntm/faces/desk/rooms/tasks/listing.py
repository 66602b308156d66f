"""Danh sách việc: of my body, my own, of the unit; narrowed, counted, by page; reported in place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from ntm.faces.desk import day
from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import Crumb, Tab, show
from ntm.faces.desk.rooms.tasks import words
from ntm.faces.desk.rooms.tasks.place import ROOM, address, deed, number, work_page
from ntm.faces.desk.rooms.units.sight import Sight, at_unit
from ntm.records.people.authority import Actor
from ntm.records.people.models import Body
from ntm.records.planning import task_access
from ntm.records.planning.bodies import acts_for, seats
from ntm.records.planning.models import Occurrence
from ntm.records.planning.queries import reminders, tasks
from ntm.records.planning.queries.tasks import PAGE, Look, Page, Scope
from ntm.records.planning.services import progress

__all__ = ["quick", "tasks_tabs", "work", "work_of_unit"]

OFFICE, OWN, UNIT = "co-quan", "toi", "don-vi"
_QUICK = 5  # lines of a page


@dataclass(frozen=True)
class Choice:
    """Một cách xem: its words in the address, its label, how many."""

    word: str
    label: object
    count: int
    here: bool


@require_GET
@work_page
def work(request: HttpRequest) -> HttpResponse:
    """Việc của cơ quan tôi, của tôi, của đơn vị."""
    return _work(request)


def _work(request: HttpRequest, sentence: str = "", status: int = 200) -> HttpResponse:
    who, on = actor(request), asked_day(request)
    whose = request.GET.get("cua", OFFICE)
    mine = acts_for(who, on)
    scope = _scope(who, whose, mine, on, request)
    context = listed(request, who, scope)
    bodies = list(Body.objects.filter(pk__in=mine).order_by("name")) if whose == OFFICE else []
    context |= {
        "whose": whose,
        "bodies": bodies,
        "narrowed": _narrowing(request, bodies) if whose == OFFICE and (mine or scope.seats) else [],
        "unseen": reminders.unseen(who.user_id, on),
        "sentence": sentence,
        "typed": request.POST,
        "nobody": whose == OFFICE and not mine and not scope.seats,
    }
    tabs = tasks_tabs(request, "tasks", whose)
    return show(request, "desk/tasks/tasks.html", context, room=ROOM, tabs=tabs, status=status)


def _scope(who: Actor, whose: str, mine: frozenset[int], on: date, request: HttpRequest) -> Scope:
    if whose == OWN:
        return Scope("person", (), user_id=who.user_id)
    if whose == UNIT:
        who.require("task.read", who.unit_id, on=on)
        if who.unit_id is None:
            raise ValueError(gettext("Chức danh này của trung ương; mở một đơn vị để xem việc của đơn vị đó."))
        return Scope("unit", (who.unit_id,))
    chosen, part = number(request.GET.get("co-quan")), request.GET.get("vai", "")
    parts = (part,) if part in dict(words.PARTS) else ()
    if chosen in mine:
        return Scope("body", (chosen,), parts=parts)
    if parts:
        return Scope("bodies", tuple(sorted(mine)), parts=parts, seats=seats(who, on))
    return tasks.for_actor(who, on)


@dataclass(frozen=True)
class Filter:
    """Ô lọc, as parts/filters.html wants it."""

    name: str
    label: str
    value: str
    options: tuple[tuple[str, object], ...]


def _narrowing(request: HttpRequest, bodies: list[Body]) -> list[Filter]:
    part = request.GET.get("vai", "")
    found = [Filter("vai", gettext("Vai trò"), part, (("", gettext("mọi vai trò")), *words.PARTS))]
    if len(bodies) > 1:
        options = (("", gettext("mọi cơ quan tôi làm việc thay")), *((str(one.pk), one.name) for one in bodies))
        found.append(Filter("co-quan", gettext("Cơ quan"), request.GET.get("co-quan", ""), options))
    return found


def listed(request: HttpRequest, who: Actor, scope: Scope) -> dict[str, Any]:
    """One page of a list with its counts, and which of its lines this office may report."""
    on = asked_day(request)
    look = words.SHORT.get(request.GET.get("xem", ""), Look.OPEN)
    page = tasks.listed(scope, on, look=look, page=number(request.GET.get("trang"), 1) or 1)
    return {
        "page": page,
        "pages": Paginator(range(page.total), PAGE).page(page.page) if page.total else None,
        "looks": choices(page),
        "reportable": _reportable(who, page, on),
        "on": on,
    }


def choices(page: Page) -> list[Choice]:
    """Các cách xem with their counts; those of nothing only where they are looked at."""
    return [
        Choice(word, label, page.counts[look], look is page.look)
        for look, word, label in words.LOOKS
        if page.counts[look] or look in (Look.OPEN, Look.OVERDUE, Look.SOON, page.look)
    ]


def _reportable(who: Actor, page: Page, on: date) -> set[int]:
    open_ids = [one.occurrence_id for one in page.lines if one.ended_on is None]
    rows = Occurrence.objects.filter(pk__in=open_ids).select_related("task")
    return set(task_access.reportable(who, list(rows), on)) if open_ids else set()


def tasks_tabs(request: HttpRequest, here: str, whose: str = OFFICE) -> tuple[Tab, ...]:
    """Các thẻ của phòng nhiệm vụ."""
    who = actor(request)
    base = address(request, "tasks")
    joint = "&" if "?" in base else "?"
    faces = [
        Tab(gettext("Cơ quan tôi"), base, here=here == "tasks" and whose == OFFICE),
        Tab(gettext("Phần của tôi"), f"{base}{joint}cua={OWN}", here=here == "tasks" and whose == OWN),
    ]
    if who.unit_id is not None and who.allows("task.read", who.unit_id, on=asked_day(request)):
        faces.append(Tab(gettext("Đơn vị"), f"{base}{joint}cua={UNIT}", here=here == "tasks" and whose == UNIT))
    more = (
        ("task_calendar", gettext("Lịch")),
        ("meetings", gettext("Giao ban")),
        ("inspections", gettext("Kiểm tra")),
        ("responsibility", gettext("Trách nhiệm")),
    )
    faces += [Tab(label, address(request, name), here=here == name) for name, label in more]
    return tuple(faces)


@require_GET
@at_unit()
def work_of_unit(request: HttpRequest, here: Sight) -> HttpResponse:
    """Nhiệm vụ của một đơn vị: given there, or with a part for a body of it."""
    here.who.require("task.read", here.label.id, on=here.on)
    context = {"here": here, **listed(request, here.who, Scope("unit", (here.label.id,)))}
    crumb = here.crumbs(Crumb(gettext("Nhiệm vụ")))
    return show(request, "desk/tasks/unit.html", context, room="units", crumbs=crumb, tabs=here.tabs("unit_tasks"))


@require_POST
@work_page
def quick(request: HttpRequest, occurrence_id: int) -> HttpResponse:
    """Báo nhanh từ danh sách: under way, or done with its result; back to the same list."""
    who = actor(request)
    said = request.POST.get("loi", "")

    def act(on: date) -> str:
        if request.POST.get("viec") == "xong":
            row = progress.finish(who, occurrence_id, result=said, on=on)
            return gettext("Đã báo xong: %(what)s.") % {"what": row.task.what[:120]}
        words_said = said.strip() or gettext("Bắt đầu làm.")
        note = progress.note(who, occurrence_id, text=words_said, on=on)
        return gettext("Đã ghi đang làm: %(what)s.") % {"what": note.occurrence.task.what[:120]}

    query = request.GET.urlencode()
    back = reverse("desk:tasks") + (f"?{query}" if query else day.asked(request).query)
    return deed(request, act, back, lambda sentence, status: _work(request, sentence, status))
