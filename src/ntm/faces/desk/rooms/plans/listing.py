"""Kế hoạch trong tầm mắt: what waits for me, then all of them by year, unit, kind and state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET

from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import show
from ntm.faces.desk.rooms.administration.filters import Choice
from ntm.faces.desk.rooms.plans.place import ROOM, address, address_or_none, crumbs, plans_page, title_of
from ntm.records.people import authority
from ntm.records.planning.models import Plan, PlanKind, PlanState, VersionState
from ntm.records.planning.queries import days, waiting
from ntm.records.planning.queries import plans as queries
from ntm.records.planning.queries.waiting import Waiting
from ntm.records.standing import descent
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

_EACH = 50
_MOST_PLACES = 150  # units to choose from; more of them are found by name
_ADDRESSES = {
    "sign": "plan_issue",
    "write": "plan",
    "comment": "plan_comments",
    "answer_comments": "plan_comments",
    "answer_shares": "plan_given",
}


@dataclass(frozen=True, slots=True)
class Line:
    """Một kế hoạch của danh sách."""

    plan: Plan
    state: PlanState
    title: str
    place: str
    number: str
    url: str
    amended: bool


@dataclass(frozen=True, slots=True)
class Wait:
    """Một việc chờ."""

    said: str
    title: str
    url: str


@require_GET
@plans_page
def plans(request: HttpRequest) -> HttpResponse:
    """Danh sách kế hoạch."""
    who, on = actor(request), asked_day(request)
    given = {name: request.GET.get(name, "").strip() for name in ("nam", "don-vi", "loai", "tinh-trang")}
    seen = queries.visible(who, on)
    years = list(seen.order_by().values_list("year", "year_to").distinct())
    places = list(seen.order_by("unit_id").values_list("unit_id", flat=True).distinct()[: _MOST_PLACES + 1])
    page = Paginator(_narrowed(seen, given, on), _EACH).get_page(request.GET.get("trang"))
    waits = waiting.waiting_for(who, on)
    shown = [] if len(places) > _MOST_PLACES else places
    labels = units.labels(
        {*(one.unit_id for one in page.object_list), *(one.plan.unit_id for one in waits), *shown}, on
    )
    context = {
        "page": page,
        "lines": [_line(request, one, labels, on) for one in page.object_list],
        "waits": [_wait(request, one, labels) for one in waits],
        "filters": _filters(given, years, shown, labels),
        "may_draft": _may_draft(request),
        "any": bool(years),
    }
    return show(request, "desk/plans/plans.html", context, room=ROOM, crumbs=crumbs(request))


def _narrowed(rows: Any, given: dict[str, str], on: date) -> Any:
    rows = rows.prefetch_related("versions")
    if given["nam"].isascii() and given["nam"].isdigit() and len(given["nam"]) == 4:
        rows = rows.filter(year__lte=int(given["nam"]), year_to__gte=int(given["nam"]))
    if given["don-vi"].isascii() and given["don-vi"].isdigit() and len(given["don-vi"]) < 12:
        rows = rows.filter(unit_id=int(given["don-vi"]))
    elif given["don-vi"]:
        rows = rows.filter(unit_id__in=[one.id for one in units.find(given["don-vi"], on, limit=_MOST_PLACES)])
    if given["loai"] in PlanKind.values:
        rows = rows.filter(kind=given["loai"])
    if given["tinh-trang"] in PlanState.values:
        rows = days.in_state(rows, given["tinh-trang"], on)
    return rows


def _filters(
    given: dict[str, str], spans: Sequence[tuple[int, int]], shown: Sequence[int], labels: dict[int, UnitLabel]
) -> tuple[Choice, ...]:
    """Ô lọc: the units to choose from where they are few, else a name to type."""
    years = sorted({year for first, last in spans for year in range(first, last + 1)}, reverse=True)
    places = sorted(shown, key=lambda pk: (_rank(labels[pk]), descent.order(labels[pk])))
    listed = (("", gettext("mọi đơn vị")), *((str(pk), labels[pk].title) for pk in places))
    return (
        Choice("nam", gettext("Năm"), given["nam"], (("", gettext("mọi năm")), *((str(y), y) for y in years))),
        Choice("don-vi", gettext("Đơn vị"), given["don-vi"], listed if places else None),
        Choice("loai", gettext("Loại"), given["loai"], (("", gettext("mọi loại")), *PlanKind.choices)),
        Choice(
            "tinh-trang",
            gettext("Tình trạng"),
            given["tinh-trang"],
            (("", gettext("mọi tình trạng")), *PlanState.choices),
        ),
    )


def _rank(label: UnitLabel) -> int:
    return ("tinh", "huyen", "xa", "thon").index(label.level)


def _line(request: HttpRequest, plan: Plan, labels: dict[int, UnitLabel], on: date) -> Line:
    label = labels[plan.unit_id]
    rows = plan.versions.all()  # type: ignore[attr-defined]
    known = days.states(rows, plan.on, on)
    last = days.in_force(rows, on)
    number = "/".join(one for one in (last.number, last.symbol) if one) if last else ""
    place = " · ".join(one.title for one in label.ancestors)
    state, amended = days.plan_state(plan, known, on), VersionState.SUPERSEDED in known.values()
    return Line(plan, state, title_of(plan, label), place, number, address(request, "plan", plan.pk), amended)


def _wait(request: HttpRequest, one: Waiting, labels: dict[int, UnitLabel]) -> Wait:
    said = {
        "sign": gettext("Chờ ký, ghi ban hành"),
        "write": gettext("Đang soạn"),
        "comment": gettext("Được hỏi ý kiến, chưa góp ý"),
        "answer_comments": ngettext("%(n)s ý kiến chưa trả lời", "%(n)s ý kiến chưa trả lời", one.count)
        % {"n": one.count},
        "answer_shares": ngettext("%(n)s phần giao chưa trả lời", "%(n)s phần giao chưa trả lời", one.count)
        % {"n": one.count},
    }[one.what]
    name, key = _ADDRESSES[one.what], one.plan.pk
    if one.what == "answer_shares":
        key = actor(request).unit_id or 0
    if address_or_none(name, key) is None:
        name, key = "plan", one.plan.pk
    return Wait(said, title_of(one.plan, labels.get(one.plan.unit_id)), address(request, name, key))


def _may_draft(request: HttpRequest) -> bool:
    reach = authority.reach(actor(request), "plan.draft", on=asked_day(request))
    return reach.everywhere or bool(reach.unit_ids)
