"""Kiểm tra, đôn đốc: the rounds of an area, one round with its findings, and the sheet filled in at a unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.tasks.listing import tasks_tabs
from ntm.faces.desk.rooms.tasks.place import ROOM, address, at_page, crumbs, deed, one_day, work_page
from ntm.records.people.authority import Actor
from ntm.records.planning import task_access
from ntm.records.planning.models import Inspection, InspectionFinding
from ntm.records.planning.queries import inspections as asked
from ntm.records.planning.queries.inspections import CheckItem, Told, VisitTold
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import inspections as services
from ntm.records.planning.services.inspections import Found
from ntm.records.planning.services.tasks import TaskDraft
from ntm.records.units import queries as units

__all__ = ["cancel", "finish", "follow_up", "inspection", "inspections", "visit"]

GENERAL = "chung"


@dataclass(frozen=True)
class ItemShown:
    """Một tiêu chí trên phiếu: what was found before, and what was typed just now."""

    key: str
    name: str
    item: CheckItem | None
    before: InspectionFinding | None
    result: str
    text: str


@require_GET
@work_page
def inspections(request: HttpRequest) -> HttpResponse:
    """Các đợt kiểm tra của đơn vị, và các đợt đến đơn vị."""
    who, on = actor(request), asked_day(request)
    if who.unit_id is None:
        raise ValueError(gettext("Đợt kiểm tra ghi theo đơn vị; chức danh này chưa gắn đơn vị nào."))
    who.require("task.read", who.unit_id, on=on)
    rows = list(asked.inspections(who.unit_id)[:200])
    context = {
        "rows": rows,
        "labels": units.labels({one.unit_id for one in rows}, on),
        "place": units.label(who.unit_id, on),
        "may": who.allows("inspection.hold", who.unit_id, on=on),
    }
    tabs = tasks_tabs(request, "inspections")
    return show(request, "desk/inspections/inspections.html", context, room=ROOM, tabs=tabs)


@require_GET
@work_page
def inspection(request: HttpRequest, inspection_id: int) -> HttpResponse:
    """Một đợt kiểm tra."""
    return _inspection(request, inspection_id)


def _told(who: Actor, inspection_id: int, on: date) -> Told:
    told = asked.inspection(inspection_id, on)
    task_access.require_inspection(who, [told.inspection.unit_id, *(one.unit.id for one in told.visits)], on)
    return told


def _inspection(
    request: HttpRequest, inspection_id: int, sentence: str = "", status: int = 200, form: str = ""
) -> HttpResponse:
    who, on = actor(request), asked_day(request)
    told = _told(who, inspection_id, on)
    row = told.inspection
    may = who.allows("inspection.hold", row.unit_id, on=on)
    found = [one for seen in told.visits for one in seen.findings]
    context = {
        "told": told,
        "row": row,
        "place": units.label(row.unit_id, on),
        "may": may,
        "open": may and row.state == Inspection.State.PLANNED,
        "follows": may and row.state != Inspection.State.CANCELLED,
        "counts": {value: sum(one.result == value for one in found) for value in InspectionFinding.Result.values},
        "visited": sum(one.visit.on is not None for one in told.visits),
        "sentence": sentence,
        "form": form,
        "typed": request.POST if form else {},
        "on": on,
    }
    return show(
        request,
        "desk/inspections/inspection.html",
        context,
        room=ROOM,
        crumbs=_crumbs(request, Crumb(row.title)),
        status=status,
    )


def _crumbs(request: HttpRequest, *more: Crumb) -> tuple[Crumb, ...]:
    return crumbs(request, Crumb(gettext("Kiểm tra"), address(request, "inspections")), *more)


@require_http_methods(["GET", "POST"])
@work_page
def visit(request: HttpRequest, inspection_id: int, unit_id: int) -> HttpResponse:
    """Phiếu kiểm tra tại một đơn vị: one choice and a few words a criterion."""
    who, on = actor(request), asked_day(request)
    if request.method == "GET":
        return _sheet(request, inspection_id, unit_id)

    def act(day_of_deed: date) -> str:
        told = _visit(_told(who, inspection_id, on), unit_id)
        found = [one for one in _typed(request, told) if one is not None]
        visited = one_day(request.POST.get("ngay-kiem-tra"))
        if visited is None:
            raise Refused(gettext("Ghi ngày kiểm tra tại đơn vị."))
        remarks = request.POST.get("nhan-xet", "")
        services.record(
            who, inspection_id, unit_id=unit_id, visited_on=visited, findings=found, remarks=remarks, on=day_of_deed
        )
        return gettext("Đã ghi %(n)s kết quả ở %(unit)s.") % {"n": len(found), "unit": told.unit.title}

    return deed(
        request,
        act,
        address(request, "inspection", inspection_id),
        lambda sentence, status: _sheet(request, inspection_id, unit_id, sentence, status),
    )


def _visit(told: Told, unit_id: int) -> VisitTold:
    found = next((one for one in told.visits if one.unit.id == unit_id), None)
    if found is None:
        raise Refused(gettext("Đơn vị này không có trong đợt kiểm tra."))
    return found


def _typed(request: HttpRequest, told: VisitTold) -> list[Found | None]:
    keys = [*(str(item.no) for item in told.checklist), GENERAL]
    return [_found(key, request.POST.get(f"kq-{key}", ""), request.POST.get(f"loi-{key}", "")) for key in keys]


def _found(key: str, result: str, text: str) -> Found | None:
    no = None if key == GENERAL else int(key)
    if not result:
        if text.strip():
            about = gettext("nội dung chung") if no is None else gettext("tiêu chí %(no)s") % {"no": no}
            raise Refused(gettext("Chọn kết quả cho %(about)s: đã ghi lời nhưng chưa chọn.") % {"about": about})
        return None
    return Found(result, text, no)


def _sheet(
    request: HttpRequest, inspection_id: int, unit_id: int, sentence: str = "", status: int = 200
) -> HttpResponse:
    who, on = actor(request), asked_day(request)
    told = _told(who, inspection_id, on)
    who.require("inspection.hold", told.inspection.unit_id, on=on)
    one = _visit(told, unit_id)
    at_page(request, address(request, "inspection_visit", inspection_id, unit_id))
    inside = min(max(on, told.inspection.start), told.inspection.end)
    context = {
        "row": told.inspection,
        "one": one,
        "items": [_item(request, item, one) for item in (*one.checklist, None)],
        "results": InspectionFinding.Result.choices,
        "visited": request.POST.get("ngay-kiem-tra") or f"{inside.day:02d}/{inside.month:02d}/{inside.year}",
        "remarks": request.POST.get("nhan-xet", one.visit.remarks),
        "sentence": sentence,
    }
    crumb = _crumbs(
        request,
        Crumb(told.inspection.title, address(request, "inspection", inspection_id)),
        Crumb(one.unit.title[:1].upper() + one.unit.title[1:]),
    )
    return show(request, "desk/inspections/visit.html", context, room=ROOM, crumbs=crumb, status=status)


def _item(request: HttpRequest, item: CheckItem | None, one: VisitTold) -> ItemShown:
    key = GENERAL if item is None else str(item.no)
    name = gettext("Nội dung chung, ngoài tiêu chí") if item is None else f"{item.no}. {item.name}"
    before = one.latest.get(None if item is None else item.no)
    return ItemShown(key, name, item, before, request.POST.get(f"kq-{key}", ""), request.POST.get(f"loi-{key}", ""))


def _done(request: HttpRequest, inspection_id: int, form: str, act: Callable[[date], str]) -> HttpResponse:
    return deed(
        request,
        act,
        address(request, "inspection", inspection_id),
        lambda sentence, status: _inspection(request, inspection_id, sentence, status, form),
    )


@require_POST
@work_page
def follow_up(request: HttpRequest, inspection_id: int, finding_id: int) -> HttpResponse:
    """Giao việc khắc phục một kết quả."""
    who, got = actor(request), request.POST

    def act(on: date) -> str:
        names = ("what", "deadline_words", "lead", "product")
        draft = TaskDraft(**{name: got.get(name, "") for name in names})
        task = services.follow_up(who, finding_id, draft, on=on)
        return gettext("Đã giao việc: %(what)s.") % {"what": task.what[:120]}

    return _done(request, inspection_id, f"follow-{finding_id}", act)


@require_POST
@work_page
def finish(request: HttpRequest, inspection_id: int) -> HttpResponse:
    """Kết thúc đợt."""
    who = actor(request)

    def act(on: date) -> str:
        services.finish(who, inspection_id, result=request.POST.get("ket-qua", ""), on=on)
        return gettext("Đã kết thúc đợt kiểm tra.")

    return _done(request, inspection_id, "finish", act)


@require_POST
@work_page
def cancel(request: HttpRequest, inspection_id: int) -> HttpResponse:
    """Không tiến hành, có lý do."""
    who = actor(request)

    def act(on: date) -> str:
        services.cancel(who, inspection_id, reason=request.POST.get("reason", ""), on=on)
        return gettext("Đã ghi đợt kiểm tra không tiến hành.")

    return _done(request, inspection_id, "cancel", act)
