"""Đối chiếu: the document beside the standing of its day, and beside the plans of the units below."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.reading import shown
from ntm.faces.desk.rooms.reading.place import ROOM, address, crumbs, reading_page
from ntm.records.archive.documents import carrying, queries
from ntm.records.archive.models import DocumentReading, OfficialDocument, ReadingState
from ntm.records.people.authority import Actor
from ntm.records.standing.queries import against_plan
from ntm.records.standing.queries.against_plan import Compared
from ntm.records.units import queries as units

CHOSEN = "duoi"


def records(who: Actor, found: OfficialDocument, on: date) -> Compared | None:
    """Văn bản cạnh hiện trạng của ngày ban hành; None where the office may not read that standing."""
    if found.current is None or found.unit_id is None:
        return None
    return against_plan.for_reader(who, found.current.content, found.unit_id, carrying.day_of(found, on), on=on)


def findings(compared: Compared | None, reading: DocumentReading) -> list[shown.Finding]:
    """The findings against the records, as the page shows the others; they are asked anew each time, so none is answered."""
    if compared is None:
        return []
    pages = {int(no): int(boxes[0][0]) for no, boxes in reading.places.items() if boxes}
    return [
        shown.Finding(f"h{no}", one.severity, one.message, one.computed, one.stated, one.lines, pages)
        for no, one in enumerate(compared.findings)
    ]


@require_GET
@reading_page
def lower(request: HttpRequest, document_id: int) -> HttpResponse:
    """Kế hoạch cấp dưới có nhận đủ không: the newest plan of each unit below, or those chosen, beside this one."""
    who, on = actor(request), asked_day(request)
    found = queries.one(who, document_id, on)
    if found.current is None or found.current.state != ReadingState.DONE:
        raise ValueError(gettext("Văn bản chưa đọc xong: chờ đọc xong rồi so."))
    offered = carrying.lower(who, found, on)
    asked = {int(one) for one in request.GET.getlist(CHOSEN) if one.isascii() and one.isdigit()}
    chosen = [one for one in offered if (one.document.pk in asked if asked else one.newest)]
    compared = carrying.compare(found, chosen)
    pages = {int(no): int(boxes[0][0]) for no, boxes in found.current.places.items() if boxes}
    context = {
        "document": found,
        "unit": units.label(found.unit_id, on) if found.unit_id else None,
        "offered": offered,
        "chosen": {one.document.pk for one in chosen},
        "rows": compared.rows,
        "short": sum(bool(one.left) for one in compared.rows),
        "compared": sum(one.taken is not None for one in compared.rows),
        "findings": [
            shown.Finding(f"c{no}", one.severity, one.message, one.computed, one.stated, one.lines, pages)
            for no, one in enumerate(compared.findings)
        ],
    }
    trail = crumbs(
        request, Crumb(found.name, address(request, "document", found.pk)), Crumb(gettext("Kế hoạch cấp dưới"))
    )
    return show(request, "desk/reading/lower.html", context, room=ROOM, crumbs=trail)
