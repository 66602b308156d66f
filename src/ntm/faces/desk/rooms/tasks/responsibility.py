"""Trách nhiệm theo cơ quan: how many tasks each was given, done on time, late, overdue; of a unit, or of one plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import show
from ntm.faces.desk.rooms.tasks import words
from ntm.faces.desk.rooms.tasks.listing import Filter, tasks_tabs
from ntm.faces.desk.rooms.tasks.place import ROOM, number, one_day, work_page
from ntm.records.people.authority import Actor
from ntm.records.planning.models import TaskBody
from ntm.records.planning.queries import plans
from ntm.records.planning.queries import responsibility as asked
from ntm.records.planning.queries.responsibility import Responsibility
from ntm.records.units import queries as units

__all__ = ["responsibility"]


@dataclass(frozen=True)
class Band:
    """Một đoạn của thanh: what it counts, how many, its share of the whole."""

    css: str
    label: str
    count: int
    share: str  # a width in per cent, with a point


@dataclass(frozen=True)
class Line:
    """Một cơ quan, with its bar."""

    row: Responsibility
    bands: tuple[Band, ...]
    said: str


@require_GET
@work_page
def responsibility(request: HttpRequest) -> HttpResponse:
    """Trách nhiệm của các cơ quan trong địa bàn."""
    who, on = actor(request), asked_day(request)
    part = request.GET.get("vai", "")
    part = part if part in dict(words.PARTS) else TaskBody.Part.LEAD.value
    plan_id = number(request.GET.get("ke-hoach"))
    since, until = one_day(request.GET.get("tu")), one_day(request.GET.get("den"))
    since, until = since or date(on.year, 1, 1), until or date(on.year, 12, 31)
    if until < since:
        raise ValueError(gettext("Ngày cuối trước ngày đầu; ghi lại khoảng thời gian."))
    rows, about, unit_id = _rows(who, on, plan_id, since, until, part, number(request.GET.get("don-vi")))
    lines = [_line(row) for row in rows]
    context = {
        "lines": lines,
        "total": _line(asked.total(rows)) if rows else None,
        "about": about,
        "plan_id": plan_id,
        "since": since,
        "until": until,
        "unit_id": unit_id,
        "filters": _filters(request, part, plan_id, since, until),
        "part": dict(words.PARTS)[part],
        "on": on,
    }
    tabs = tasks_tabs(request, "responsibility")
    return show(request, "desk/tasks/responsibility.html", context, room=ROOM, tabs=tabs)


def _rows(
    who: Actor, on: date, plan_id: int | None, since: date, until: date, part: str, unit_id: int | None
) -> tuple[list[Responsibility], str, int | None]:
    if plan_id is not None:
        seen = plans.get(who, plan_id, on)
        return asked.of_plan(plan_id, on, part=part), seen.version.title, None
    unit = unit_id if unit_id is not None else who.unit_id
    if unit is None:
        raise ValueError(gettext("Chức danh này của trung ương; mở một kế hoạch hoặc một đơn vị để xem."))
    who.require("task.read", unit, on=on)
    return asked.of_unit(unit, on, since=since, until=until, part=part), units.label(unit, on).full_title, unit_id


def _filters(request: HttpRequest, part: str, plan_id: int | None, since: date, until: date) -> list[Filter]:
    found = [Filter("vai", gettext("Vai trò"), part, words.PARTS)]
    if plan_id is None:
        for name, label, value in (("tu", gettext("Hạn từ ngày"), since), ("den", gettext("đến ngày"), until)):
            typed = request.GET.get(name, "")
            shown = typed or f"{value.day:02d}/{value.month:02d}/{value.year}"
            found.append(Filter(name, label, shown, ()))
    return found


def _line(row: Responsibility) -> Line:
    told = (
        ("done", gettext("đúng hạn"), row.done_on_time),
        ("done-late", gettext("muộn"), row.done_late),
        ("overdue", gettext("quá hạn"), row.overdue),
        ("open", gettext("còn hạn"), row.open),
        ("undated", gettext("không có hạn"), row.undated),
    )
    bands = tuple(
        Band(css, label, count, f"{100 * count / row.given:.2f}") for css, label, count in told if count and row.given
    )
    return Line(row, bands, ", ".join(f"{one.count} {one.label}" for one in bands))
