"""Một trang về một đơn vị cho lãnh đạo: standing, plan, work, gaps and what waits for a decision, on one sheet of A4."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.domain.official.dates import write_date
from ntm.domain.targets import State
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.targets import words
from ntm.faces.desk.rooms.targets.place import address_of
from ntm.faces.desk.rooms.units.sight import Sight, at_unit
from ntm.faces.desk.rooms.units.words import capital, set_name, title_words
from ntm.records.planning.models import TargetShare
from ntm.records.planning.queries import one_page as queries
from ntm.records.planning.queries import plans as plan_queries
from ntm.records.planning.queries.one_page import Decision, OnePage, PlanOnPage
from ntm.records.registers.queries import counting
from ntm.records.standing import registry
from ntm.records.standing.queries.alarms import Alarm, AlarmKind

__all__ = ["one_page"]

_DECISIONS = 10
_LINES = 6


@dataclass(frozen=True)
class PlanShown:
    """Một kế hoạch trên trang."""

    plan: PlanOnPage
    url: str
    states: list[tuple[Any, int]]
    behind: list[str]


@dataclass(frozen=True)
class DecisionShown:
    """Một việc chờ quyết định, and where it opens."""

    sentence: str
    url: str


@require_GET
@at_unit()
def one_page(request: HttpRequest, here: Sight) -> HttpResponse:
    """Trang này in ra một tờ; drafts are told only to who may see them."""
    here.who.require("task.read", here.label.id, on=here.on)  # overdue work stands on it
    found = queries.one_page(here.label.id, here.on, counted=counting.counted_for_unit(here.label.id, here.on))
    seen = set(plan_queries.visible(here.who, here.on).filter(unit_id=here.label.id).values_list("pk", flat=True))
    names = {}
    if found.strip is not None:
        names = {one.no: one.name for one in registry.content(found.strip.row).criteria}
    context = {
        "here": here,
        "page": found,
        "set_name": set_name(found.strip.row) if found.strip else "",
        "titles": [(title_words(kind), number) for kind, number in sorted(found.strip.titles.items())]
        if found.strip
        else [],
        "own": found.strip is not None and found.strip.row.level == here.label.level,
        "plans": [_plan(here, one) for one in found.plans if one.plan.pk in seen],
        "decisions": _decisions(here, found, seen)[:_DECISIONS],
        "gaps": [(gap, names.get(gap.no, "")) for gap in found.gaps[:_LINES]],
        "overdue": found.overdue[:_LINES],
        "soon": found.due_soon[:_LINES],
        "alarms": [_alarm(one, found) for one in found.alarms[:_LINES]],
    }
    crumbs = here.crumbs(Crumb(gettext("Một trang cho lãnh đạo")))
    return show(request, "desk/targets/one_page.html", context, room="units", crumbs=crumbs)


def _alarm(one: Alarm, found: OnePage) -> str:
    """Một cảnh báo, in one sentence."""
    said = {
        AlarmKind.TITLE_AT_RISK: gettext("đã công nhận, nay chưa đạt tiêu chí %(code)s"),
        AlarmKind.LOST: gettext("từng đạt, nay chưa đạt tiêu chí %(code)s"),
        AlarmKind.FAR: gettext("số liệu khác xa năm trước ở chỉ tiêu %(code)s"),
    }[one.kind] % {"code": one.code}
    return f"{capital(found.labels[one.unit_id].title)}: {said} ({write_date(one.since)})"


def _plan(here: Sight, one: PlanOnPage) -> PlanShown:
    states = [(words.STATES[state], number) for state, number in one.counts.items() if number or state is State.BEHIND]
    behind = [f"{row.target.what}: {row.progress.sentence}" for row in one.behind[:4]]
    return PlanShown(one, address_of("plan_progress", here.carried, one.plan.pk), states, behind)


def _decisions(here: Sight, found: OnePage, seen: set[int]) -> list[DecisionShown]:
    """Việc chờ quyết định; what speaks of a draft that this office may not see is left out."""
    targets = [one.pk for one in found.decisions if one.kind == "objection"]
    of_target = dict(TargetShare.objects.filter(target_id__in=targets).values_list("target_id", "target__plan_id"))
    return [
        DecisionShown(one.sentence, _where(here, one, of_target))
        for one in found.decisions
        if (one.kind != "sign" or one.pk in _reviewed(here, seen))
        and (one.kind != "objection" or of_target.get(one.pk) in seen)
    ]


def _reviewed(here: Sight, seen: set[int]) -> set[int]:
    """Kế hoạch có dự thảo chờ ký mà cơ quan này xem được: its own drafters, and those who are asked."""
    own = any(
        here.who.allows(action, here.label.id, on=here.on) for action in ("plan.draft", "plan.issue", "plan.comment")
    )
    return seen if own else set()


def _where(here: Sight, one: Decision, of_target: dict[int, int]) -> str:
    if one.kind == "sign":
        return address_of("plan", here.carried, one.pk)
    if one.kind == "objection" and one.pk in of_target:
        found = address_of("plan_cascade", here.carried, of_target[one.pk])
        return f"{found}{'&' if '?' in found else '?'}chi-tieu={one.pk}" if found else ""
    if one.kind == "near":
        return address_of("unit", here.carried, one.pk)
    return ""
