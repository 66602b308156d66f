"""Phục vụ việc gì: gaps and works to choose for a task, as they are looked for; works tied to a task that is under way."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.rooms.tasks.choices import served
from ntm.faces.desk.rooms.tasks.place import deed, number, work_page
from ntm.faces.desk.rooms.tasks.task import back_to, show_task
from ntm.records.funding.services import serving
from ntm.records.people.authority import Actor
from ntm.records.planning import task_access
from ntm.records.planning.models import Occurrence
from ntm.records.planning.queries import plans
from ntm.records.planning.refusals import Refused

__all__ = ["gap_choices", "may_see_works", "tie", "works_choices", "works_of_task"]


def chosen_works(request: HttpRequest, source: QueryDict) -> set[int]:
    """The works ticked."""
    return {found for text in source.getlist("works_id") if (found := number(text)) is not None}


@require_GET
@work_page
def gap_choices(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Hạng mục còn thiếu hợp với lời tìm: a fragment."""
    who, on = actor(request), asked_day(request)
    seen = plans.get(who, plan_id, on)
    chosen = number(request.GET.get("gap_id"))
    context = served(request.GET, seen.plan.unit_id, on, gap_id=chosen, works_ids=set())
    return render(request, "desk/tasks/gap_choices.html", context)


@require_GET
@work_page
def works_choices(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Công trình hợp với lời tìm: a fragment."""
    who, on = actor(request), asked_day(request)
    seen = plans.get(who, plan_id, on)
    if not may_see_works(who, seen.plan.unit_id, on):
        return HttpResponse("")
    context = served(request.GET, seen.plan.unit_id, on, gap_id=None, works_ids=chosen_works(request, request.GET))
    return render(request, "desk/tasks/works_choices.html", context)


def may_see_works(who: Actor, unit_id: int, on: date) -> bool:
    """Works are of the money's book."""
    return who.allows("money.read", unit_id, on=on)


def _given(who: Actor, occurrence_id: int, on: date) -> Occurrence:
    row = Occurrence.objects.select_related("task").filter(pk=occurrence_id).first()
    if row is None:
        raise Refused(gettext("Không tìm thấy việc này."))
    task_access.require_give(who, row.task, on)
    return row


@require_GET
@work_page
def works_of_task(request: HttpRequest, occurrence_id: int) -> HttpResponse:
    """Công trình để gắn với một việc đang làm: a fragment."""
    who, on = actor(request), asked_day(request)
    row = _given(who, occurrence_id, on)
    context = served(request.GET, row.task.unit_id, on, gap_id=None, works_ids=chosen_works(request, request.GET))
    return render(request, "desk/tasks/works_choices.html", context)


@require_POST
@work_page
def tie(request: HttpRequest, occurrence_id: int) -> HttpResponse:
    """Gắn công trình với nhiệm vụ: those ticked and no others."""
    who = actor(request)

    def act(on: date) -> str:
        row = _given(who, occurrence_id, on)
        found = serving.serve(who, row.task_id, chosen_works(request, request.POST), on=on)
        return gettext("Nhiệm vụ phục vụ %(n)s công trình.") % {"n": len(found)}

    return deed(
        request,
        act,
        back_to(request, occurrence_id),
        lambda sentence, status: show_task(request, occurrence_id, sentence, status, "works"),
    )
