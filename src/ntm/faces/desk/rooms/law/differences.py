"""So sánh hai bộ: what changed, and for a unit or an area who would gain or lose what."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.domain.assessment.impact import Effect
from ntm.domain.criteria import diff
from ntm.domain.criteria.comparison import Change
from ntm.faces.desk.access import actor, asked_day, page
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.administration.acting import REFUSALS, ROOM, carried, link, unit_named
from ntm.faces.desk.rooms.administration.filters import Choice
from ntm.faces.desk.rooms.law import differing, words
from ntm.records.standing import registry
from ntm.records.standing.queries.impact import impact_of
from ntm.records.standing.queries.listed_sets import set_lines

_MOST_LINES = 300


@require_GET
@page
def set_diff(request: HttpRequest) -> HttpResponse:
    """Bộ trước, bộ sau, and maybe an area."""
    on = asked_day(request)
    before, after = request.GET.get("truoc", ""), request.GET.get("sau", "")
    area, unchanged = request.GET.get("dia_ban", "").strip(), request.GET.get("ca", "") == "1"
    options = (
        ("", gettext("chọn bộ")),
        *((line.row.code, words.short_name(line.row, line.content, line.province)) for line in set_lines(on)),
    )
    context: dict[str, Any] = {
        "filters": (
            Choice("truoc", gettext("Bộ trước"), before, options),
            Choice("sau", gettext("Bộ sau"), after, options),
            Choice("dia_ban", gettext("Tác động đến (tên hoặc mã)"), area),
        ),
        "unchanged": unchanged,
        "effects": Effect,
    }
    refused = ""
    if before and after:
        try:
            one, other = registry.content(registry.by_code(before)), registry.content(registry.by_code(after))
            difference = diff(one, other)
            context |= {
                "difference": difference,
                "one": one,
                "other": other,
                "counted": differing.counted(difference),
                "changes": differing.changes(difference, but=() if unchanged else (Change.UNCHANGED,)),
                "guesses": sum(change.guess for change in difference.indicators),
            }
            if area:
                context |= _impact(request, before, after, area)
        except REFUSALS as refusal:
            refused = str(refusal)
    crumbs = (
        Crumb(gettext("Bộ tiêu chí"), reverse("desk:sets") + carried(request)),
        Crumb(gettext("So sánh hai bộ")),
    )
    status = 422 if refused else 200
    context |= {"refused": refused, "on": on}
    return show(request, "desk/law/diff.html", context, room=ROOM, crumbs=crumbs, status=status)


def _impact(request: HttpRequest, before: str, after: str, area: str) -> dict[str, Any]:
    on = asked_day(request)
    report = impact_of(actor(request), before, after, unit_named(area, on), on)
    query = carried(request)
    lines = [(line, link("desk:unit", query, unit_id=line.label.id)) for line in report.lines[:_MOST_LINES]]
    criteria = [(one, [one.effects[effect] for effect in _COLUMNS]) for one in report.criteria]
    return {
        "report": report,
        "lines": lines,
        "more": max(0, len(report.lines) - _MOST_LINES),
        "criteria": criteria,
        "titles": [(effect.vietnamese, report.title(effect)) for effect in Effect if report.title(effect)],
        "columns": [effect.vietnamese for effect in _COLUMNS],
    }


_COLUMNS = (Effect.GAINED, Effect.LOST, Effect.SAME, Effect.UNKNOWN, Effect.NEW, Effect.DROPPED)
