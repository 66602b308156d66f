"""Bàn đọc: one document, its source on the left, its draft and findings on the right; progress while it is being read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

import ntm
from ntm.domain.documents.checking import SEVERITIES
from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.reading import beside, shown
from ntm.faces.desk.rooms.reading.place import ROOM, address, crumbs, reading_page
from ntm.records.archive.documents import queries, services, source
from ntm.records.archive.models import DocumentReading, OfficialDocument, Section
from ntm.records.units import queries as units

MOST_LETTERS = 12_000  # of the source that stand in the page itself
AS_TEXT = "chu"  # ?xem=chu: the lines instead of the pages


@require_GET
@reading_page
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    """Bàn đọc của một văn bản; while it is being read, its progress."""
    who, on = actor(request), asked_day(request)
    found = queries.one(who, document_id, on)
    latest = queries.latest_reading(found)
    context = {
        "document": found,
        "latest": latest,
        "unit": units.label(found.unit_id, on) if found.unit_id else None,
        "own": found.uploaded_by_id == who.user_id,
    }
    reading = found.current
    if reading is None or reading.state != "done":
        waiting = queries.waiting_before(latest) if latest and latest.state == "queued" else 0
        context |= {"waiting": waiting}
        return show(request, "desk/reading/waiting.html", context, room=ROOM, crumbs=crumbs(request, Crumb(found.name)))
    allowed = services.decider(who, found, on=on)
    asked = request.GET.get("muc", "")
    item = int(asked) if asked.isascii() and asked.isdigit() else None
    parts = shown.parts(queries.items(found, allowed), request.GET.get("du", ""), item)
    compared = beside.records(who, found, on)
    against = beside.findings(compared, reading)
    context |= {
        "reading": reading,
        "upper": context["unit"] is not None and context["unit"].level != "thon",
        "compared": compared,
        "beside": against,
        "parts": parts,
        "may": services.may_decide_some(who, found, on=on),
        "findings": findings(found),
        "progress": counts(parts),
        "newer": reading.version != ntm.__version__,
        "marked": marked(reading, parts, against),
        **panel(request, found, reading, whole=request.GET.get("xem") == AS_TEXT),
    }
    return show(request, "desk/reading/document.html", context, room=ROOM, crumbs=crumbs(request, Crumb(found.name)))


def findings(found: OfficialDocument) -> list[shown.Finding]:
    """The findings by weight, with their answers."""
    reading = found.current
    assert reading is not None
    pages = {int(no): int(boxes[0][0]) for no, boxes in reading.places.items() if boxes}
    answers = queries.answers(found)
    rows = [
        shown.Finding(no, one["severity"], one["message"], one["computed"], one["stated"], one["lines"], pages, answers.get(no))
        for no, one in enumerate(reading.findings)
    ]  # fmt: skip
    return sorted(rows, key=lambda one: (SEVERITIES.index(one.severity), int(one.number)))  # type: ignore[arg-type]


def counts(parts: list[shown.Part]) -> dict[str, int]:
    """How far the deciding is; `waiting` are decided and not yet confirmed as they stand."""
    rows = [row for part in parts for row in part.rows]
    taken = [row for row in rows if row.item.state in ("accepted", "corrected")]
    return {
        "all": len(rows),
        "decided": sum(bool(row.item.state) for row in rows),
        "taken": len(taken),
        "confirmed": sum(row.item.confirmed for row in rows),
        "waiting": sum(not row.item.confirmed for row in taken)
        + sum(row.item.confirmed and row.item.state not in ("accepted", "corrected") for row in rows),
    }


def marked(reading: DocumentReading, parts: list[shown.Part], against: Sequence[shown.Finding] = ()) -> dict[str, Any]:
    """What the script needs: the places of lines that something was read on, and the first item of each line."""
    first: dict[str, int] = {}
    order = [*Section.values[1:], Section.HEADER]
    for part in sorted(parts, key=lambda one: order.index(one.key)):
        for row in part.rows:
            for no in row.item.item.lines:
                first.setdefault(str(no), row.pk)
    wanted = {*first, *(str(no) for one in reading.findings for no in one["lines"])}
    wanted |= {str(no) for one in against for no in one.lines}
    places = {no: boxes for no, boxes in reading.places.items() if no in wanted}
    return {"items": first, "places": places}


def panel(
    request: HttpRequest, found: OfficialDocument, reading: DocumentReading, *, whole: bool = True
) -> dict[str, Any]:
    """The source: its pages when they are drawn and wanted, else its lines; many lines come after the page."""
    as_text = request.GET.get("xem") == AS_TEXT or not reading.drawn
    here = address(request, "document", found.pk)
    context: dict[str, Any] = {
        "document": found,
        "reading": reading,
        "as_text": as_text,
        "drawing": reading.drawn is None,
        "as_pages_url": here if reading.drawn else "",
        "as_text_url": f"{here}{'&' if '?' in here else '?'}xem={AS_TEXT}",
        "doubtful": any(len(row) > 2 and row[2] for row in reading.source),
    }
    if as_text:
        late = not whole and reading.drawn is not None and sum(len(row[0]) for row in reading.source) > MOST_LETTERS
        context |= {"late": late, "lines": [] if late else source.from_rows(reading.source)}
    else:
        context["pictures"] = list(enumerate(reading.drawn or (), 1))
    return context


@require_GET
@reading_page
def source_panel(request: HttpRequest, document_id: int) -> HttpResponse:
    """The left side alone: asked again while the pages are being drawn."""
    found = queries.one(actor(request), document_id, asked_day(request))
    if found.current is None or found.current.state != "done":
        raise ValueError(gettext("Văn bản chưa đọc xong."))
    if found.current.drawn is None:
        return HttpResponse(status=204)
    context = panel(request, found, found.current) | {"marked_later": {"places": found.current.places}}
    return render(request, "desk/reading/source.html", context)


@require_GET
@reading_page
def progress(request: HttpRequest, document_id: int) -> HttpResponse:
    """Tiến độ: asked every second by the page; when it is over the page is loaded again."""
    found = queries.light(actor(request), document_id, asked_day(request))
    latest = queries.latest_reading(found)
    if latest is None or not latest.running:
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    waiting = queries.waiting_before(latest) if latest.state == "queued" else 0
    return render(request, "desk/reading/progress.html", {"document": found, "latest": latest, "waiting": waiting})


@require_POST
@reading_page
def read_again(request: HttpRequest, document_id: int) -> HttpResponse:
    """Đọc lại."""
    who, on = actor(request), asked_day(request)
    services.read_document(who, queries.light(who, document_id, on), on=on)
    messages.success(request, gettext("Máy đang đọc lại văn bản."))
    return HttpResponseRedirect(address(request, "document", document_id))


@require_POST
@reading_page
def withdraw(request: HttpRequest, document_id: int) -> HttpResponse:
    """Rút văn bản tải nhầm."""
    who, on = actor(request), asked_day(request)
    found = queries.light(who, document_id, on)
    services.withdraw_document(who, found, reason=request.POST.get("reason", ""), on=on)
    messages.success(request, gettext("Đã rút văn bản “%(name)s”.") % {"name": found.name})
    return HttpResponseRedirect(address(request, "reading"))
