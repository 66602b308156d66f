"""Lịch sử: the versions of a plan, and two of them side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.plans.place import ROOM, PlanSight, at_plan
from ntm.faces.desk.rooms.plans.shown import Kind, differences
from ntm.records.planning.models import PlanVersion, VersionState
from ntm.records.planning.queries import comparing
from ntm.records.units import queries as units


@require_GET
@at_plan
def versions(request: HttpRequest, here: PlanSight) -> HttpResponse:
    """Các lần ban hành, and what differs between two of them (`truoc`, `sau`)."""
    states = here.seen.states
    known = [one for one in here.seen.versions if states[one.no] != VersionState.WITHDRAWN]
    before, after = _chosen(request, known)
    found = _between(here, before, after) if before and after else None
    context = {
        "here": here,
        "versions": [(one, states[one.no]) for one in here.seen.versions],
        "known": known,
        "before": before,
        "after": after,
        "found": found,
        "copied": here.plan.copied_from,
    }
    trail = here.crumbs(Crumb(gettext("Lịch sử")))
    return show(
        request, "desk/plans/versions.html", context, room=ROOM, crumbs=trail, tabs=here.tabs("plan_versions")
    )  # fmt: skip


def _chosen(request: HttpRequest, known: list[PlanVersion]) -> tuple[PlanVersion | None, PlanVersion | None]:
    """The two asked for, else the last two."""
    if len(known) < 2:
        return None, None
    asked = (request.GET.get("truoc", ""), request.GET.get("sau", ""))
    before, after = (next((one for one in known if str(one.no) == no), None) for no in asked)
    if any(asked) and (before is None or after is None):
        raise ValueError(gettext("Chọn hai lần ban hành để so."))
    first, last = before or known[-2], after or known[-1]
    return (first, last) if first.no <= last.no else (last, first)


def _between(here: PlanSight, before: PlanVersion, after: PlanVersion) -> list[Kind]:
    found = comparing.compare_versions(here.plan, before.no, after.no)
    named = {
        row.unit_id
        for one in (found["cells"], found["shares"])
        for row in (*one.gone, *one.come, *(new for _old, new, _names in one.changed))
    }
    return differences(found, units.labels(named, here.on) if named else {})
