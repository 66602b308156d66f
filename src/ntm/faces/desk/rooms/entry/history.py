"""Lịch sử của một chỉ tiêu: all that was said, by whom, when, on what, and which decision's level it met."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.entry.place import desk_page
from ntm.records.people import authority
from ntm.records.standing import registry, typing_in
from ntm.records.standing.queries import history as histories
from ntm.records.units import queries as units


@require_GET
@desk_page
def history(request: HttpRequest, unit_id: int, set_code: str, code: str) -> HttpResponse:
    """Lịch sử: opens in the side panel; drafts only for their office."""
    who, on, row = actor(request), asked_day(request), registry.by_code(set_code)
    who.require("standing.read", unit_id, on=on)
    charge = typing_in.charge_of_code(set_code, code)
    own = authority.allows(who, "draft.read", unit_id, on=on, criterion=charge)
    asked, no = typing_in.find_asked(registry.content(row), code)
    label = units.label(unit_id, on)
    told = gettext("tiêu chí %(no)s") % {"no": asked} if isinstance(asked, int) else code
    shown = told if told[-1:].isdigit() or code[:1].isdigit() else gettext("điều kiện danh hiệu")
    context = {
        "label": label,
        "row": row,
        "shown": shown,
        "asked": asked,
        "no": no,
        "is_conclusion": isinstance(asked, int),
        "entries": histories.told(unit_id, row, code, with_drafts=own),
        "own": own,
    }
    crumbs = (
        Crumb(gettext("Nhập số liệu"), reverse("desk:entries")),
        Crumb(label.title[:1].upper() + label.title[1:]),
        Crumb(shown),
    )
    return show(request, "desk/entry/history.html", context, room="entry", crumbs=crumbs)
