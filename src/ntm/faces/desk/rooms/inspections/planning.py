"""Lập đợt kiểm tra: by itself, or for one time of a task ("Tháng 3, 6, 9, 11"): team, days, units, criteria."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.tasks.place import ROOM, address, crumbs, deed_day, number, one_day, work_page
from ntm.faces.desk.rooms.tasks.programme_deeds import numbers
from ntm.records.people.authority import Actor, Denied
from ntm.records.planning import task_access
from ntm.records.planning.models import Inspection, Occurrence
from ntm.records.planning.queries import plans
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import inspections as services
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["new"]


@require_http_methods(["GET", "POST"])
@work_page
def new(request: HttpRequest) -> HttpResponse:
    """Lập một đợt; `?viec=` fulfils one occurrence of a task."""
    who, on = actor(request), asked_day(request)
    row = _occurrence(who, number(request.GET.get("viec")), on)
    unit = row.task.unit_id if row else who.unit_id
    if unit is None:
        raise ValueError(gettext("Đợt kiểm tra do một đơn vị tổ chức; chức danh này chưa gắn đơn vị nào."))
    who.require("inspection.hold", unit, on=on)
    sentence, status = "", 200
    if request.method == "POST":
        try:
            made = _make(request, who, unit, row)
        except (Denied, ValueError) as reason:
            sentence, status = str(reason), 403 if isinstance(reason, Denied) else 422
        else:
            messages.success(request, gettext("Đã lập đợt kiểm tra “%(title)s”.") % {"title": made.title})
            return HttpResponseRedirect(address(request, "inspection", made.pk))
    context = {
        "row": row,
        "places": _places(unit, on),
        "plans": [] if row else plans.of_unit(who, unit, on),
        "typed": _typed(request, row, on),
        "chosen": set(request.POST.getlist("don-vi")),
        "sentence": sentence,
    }
    crumb = crumbs(request, Crumb(gettext("Kiểm tra"), address(request, "inspections")), Crumb(gettext("Lập đợt")))
    return show(request, "desk/inspections/new.html", context, room=ROOM, crumbs=crumb, status=status)


def _occurrence(who: Actor, occurrence_id: int | None, on: date) -> Occurrence | None:
    if occurrence_id is None:
        return None
    row = Occurrence.objects.select_related("task").filter(pk=occurrence_id).first()
    if row is None:
        raise Refused(gettext("Không tìm thấy việc này."))
    task_access.require_read(who, row, on)
    return row


def _places(unit_id: int, on: date) -> list[UnitLabel]:
    """Units just below; an office of a commune visits its villages."""
    return list(units.children(unit_id, on))


def _typed(request: HttpRequest, row: Occurrence | None, on: date) -> dict[str, Any]:
    if request.method == "POST":
        return request.POST.dict()
    start, end = (row.start or on, row.due or on) if row else (on, on)
    return {
        "title": row.task.what.splitlines()[0][:300] if row else "",
        "start": f"{start.day:02d}/{start.month:02d}/{start.year}",
        "end": f"{end.day:02d}/{end.month:02d}/{end.year}",
        "criteria": ", ".join(map(str, row.task.criteria)) if row else "",
    }


def _make(request: HttpRequest, who: Actor, unit: int, row: Occurrence | None) -> Inspection:
    on, got = deed_day(request), request.POST
    criteria = numbers(got.get("criteria", ""))
    chosen = [one for text in got.getlist("don-vi") if (one := number(text)) is not None]
    start, end = one_day(got.get("start")), one_day(got.get("end"))
    if start is None or end is None:
        raise Refused(gettext("Ghi ngày bắt đầu và ngày kết thúc của đợt."))
    words = {name: got.get(name, "") for name in ("title", "head", "team", "decision")}
    values: dict[str, Any] = {**words, "start": start, "end": end, "on": on}
    visits = dict.fromkeys(chosen, criteria)
    if row is not None:
        return services.plan_for(who, row.pk, visits=visits, **values)
    return services.plan_inspection(who, unit_id=unit, visits=visits, plan_id=number(got.get("plan_id")), **values)
