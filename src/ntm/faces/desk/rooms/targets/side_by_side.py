"""Hai kế hoạch cạnh nhau: upper and lower, target by target, and what the lower one does not carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.domain.documents.checking import not_carried
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.plans.place import ROOM, PlanSight, at_plan, sight, title_of
from ntm.faces.desk.rooms.targets import words
from ntm.faces.desk.rooms.targets.place import whole
from ntm.records.planning import carried_plans, checkable
from ntm.records.planning.queries import plans as plan_queries
from ntm.records.planning.queries import targets as queries
from ntm.records.planning.queries.targets import SideBySide
from ntm.records.units import queries as units

__all__ = ["beside"]


@dataclass(frozen=True)
class RowShown:
    """Cùng một chỉ tiêu ở hai kế hoạch."""

    what: str
    one: str
    two: str
    one_due: str
    two_due: str
    differs: bool
    difference: str


@require_GET
@at_plan
def beside(request: HttpRequest, here: PlanSight, other_id: int | None = None) -> HttpResponse:
    """Đối chiếu với một kế hoạch khác; without one: the plan above, else a choice."""
    choices = _choices(here)
    typed = whole(request.GET.get("voi", ""))
    other_id = (
        other_id or typed or (here.plan.upper_id if here.plan.upper_id in {pk for pk, _name in choices} else None)
    )
    context: dict[str, Any] = {"here": here, "choices": choices, "other_id": other_id}
    if other_id is not None and other_id != here.plan.pk:
        other = sight(request, other_id)
        rows = [_shown(one) for one in queries.beside(here.plan, here.no, other.plan, other.no)]
        context |= {
            "other": other,
            "rows": rows,
            "differing": sum(one.differs for one in rows),
            "lacks": _lacks(here, other),
        }
    return show(
        request, "desk/targets/beside.html", context, room=ROOM, crumbs=here.crumbs(Crumb(gettext("Đối chiếu"))),
        tabs=here.tabs("plan_targets"),
    )  # fmt: skip


def _choices(here: PlanSight) -> list[tuple[int, str]]:
    """Kế hoạch cùng năm của đơn vị trên và đơn vị dưới that the office sees."""
    rows = (
        plan_queries.visible(here.who, here.on)
        .filter(year__lte=here.plan.year_to, year_to__gte=here.plan.year)
        .exclude(pk=here.plan.pk)
    )
    near = {one.id for one in here.label.ancestors} | {here.plan.unit_id}
    near |= {one.id for one in units.children(here.plan.unit_id, here.on)}
    found = [one for one in rows if one.unit_id in near or one.upper_id == here.plan.pk or one.pk == here.plan.upper_id]
    labels = units.labels({one.unit_id for one in found}, here.on)
    return [(one.pk, title_of(one, labels[one.unit_id])) for one in found]


def _shown(row: SideBySide) -> RowShown:
    known = row.one or row.two
    assert known is not None  # a line stands for a target of one of the two
    difference = words.signed(row.apart) if row.apart else ""
    if row.one is None or row.two is None:
        difference = gettext("chỉ có ở một kế hoạch")
    elif not difference and row.differs:
        difference = gettext("khác hạn hoặc cách so sánh")
    return RowShown(
        known.what,
        words.level_words(row.one),
        words.level_words(row.two),
        words.due_words(row.one) if row.one else "",
        words.due_words(row.two) if row.two else "",
        row.differs,
        difference,
    )


def _lacks(here: PlanSight, other: PlanSight) -> list[str]:
    """Kế hoạch dưới chưa gánh gì của kế hoạch trên, whichever of the two is the upper one."""
    upper, lower = _order(here, other)
    if upper is None or lower is None:
        return []
    above = checkable.checkable(upper.plan, upper.no, upper.on)
    below = checkable.checkable(lower.plan, lower.no, lower.on)
    own = {below.parts.label.name: below.reading}
    found = [one.message for one in not_carried(above.reading, own)]
    found += [one.message for one in carried_plans.shortfalls(below.parts, above.parts)]
    return list(dict.fromkeys(found))


def _order(here: PlanSight, other: PlanSight) -> tuple[PlanSight | None, PlanSight | None]:
    if here.plan.unit_id in {one.id for one in other.label.ancestors}:
        return here, other
    if other.plan.unit_id in {one.id for one in here.label.ancestors}:
        return other, here
    return None, None
