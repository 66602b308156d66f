"""Lập đợt kiểm tra: by itself, or for one time of a task ("Tháng 3, 6, 9, 11"): team, days, units, criteria."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from ntm.domain.official.text import natural_key
from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.tasks.place import ROOM, address, crumbs, deed_day, number, one_day, work_page
from ntm.faces.desk.rooms.tasks.programme_deeds import numbers
from ntm.records.people.authority import Actor, Denied
from ntm.records.planning import task_access
from ntm.records.planning.models import Inspection, Occurrence
from ntm.records.planning.queries import plans, visit_lists
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import inspections as services
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["new"]

_MANY = 12  # units from which the list gets a search box


@dataclass(frozen=True)
class PlaceShown:
    """Một đơn vị để chọn, with how many criteria it meets where there are figures."""

    label: UnitLabel
    met: int | None
    of: int | None


@dataclass(frozen=True)
class GroupShown:
    """Các đơn vị của một huyện; without a title, of the whole area."""

    title: str
    units: list[PlaceShown]


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
    chosen = set(request.POST.getlist("don-vi"))
    groups = _groups(unit, on)
    context = {
        "row": row,
        "groups": groups,
        "many": sum(len(one.units) for one in groups) > _MANY,
        "chosen_count": len(chosen),
        "plans": [] if row else plans.of_unit(who, unit, on),
        "typed": _typed(request, row, on),
        "chosen": chosen,
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


def _groups(unit_id: int, on: date) -> list[GroupShown]:
    """Units to choose from: a province's by district while there are districts, with each district itself; a commune's
    villages. A few queries however many."""
    own = units.label(unit_id, on)
    wanted = [level for level in ("huyen", "xa") if own.level == "tinh" or (own.level, level) == ("huyen", "xa")]
    ids = [one for level in wanted for one in units.descendant_ids(unit_id, on, level)]
    labels = units.labels(ids, on) if wanted else {one.id: one for one in units.children(unit_id, on)}
    met = visit_lists.standing_of(visit_lists.sets_of(list(labels), on), on)
    of_district: dict[int, list[PlaceShown]] = defaultdict(list)
    for label in sorted(labels.values(), key=lambda one: (one.level != "huyen", natural_key(one.name), one.id)):
        upper = label.ancestors[0] if label.level == "xa" and label.ancestors else label
        key = upper.id if upper.level == "huyen" else 0
        of_district[key].append(PlaceShown(label, *met.get(label.id, (None, None))))
    heads = sorted(of_district, key=lambda one: natural_key(labels[one].name) if one in labels else "")
    return [GroupShown(labels[one].title if one in labels else "", of_district[one]) for one in heads]


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
    unmet = got.get("danh-muc") == "chua-dat"
    values: dict[str, Any] = {**words, "start": start, "end": end, "on": on, "only_unmet": unmet}
    visits = dict.fromkeys(chosen, criteria)
    if row is not None:
        return services.plan_for(who, row.pk, visits=visits, **values)
    return services.plan_inspection(who, unit_id=unit, visits=visits, plan_id=number(got.get("plan_id")), **values)
