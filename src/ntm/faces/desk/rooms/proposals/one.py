"""Một đề xuất: its progress, then what it reaches, its works with reasons, units, sources, and what each rule costs."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.faces.desk import day
from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import Crumb, Tab, show
from ntm.faces.desk.rooms.funding.place import ROOM, Place
from ntm.faces.desk.rooms.proposals import shown, written
from ntm.faces.desk.rooms.proposals.place import address, crumbs, place_for, proposals_page
from ntm.faces.desk.rooms.units import words
from ntm.records.funding import working_out
from ntm.records.funding.models import AllocationProposal
from ntm.records.funding.queries import proposals as queries
from ntm.records.funding.queries.proposals import Opened
from ntm.records.units import queries as units

__all__ = ["download", "page_of", "progress", "proposal", "why"]

VIEW, _EACH = "xem", 100
_FACES = ("tong-hop", "co", "khong", "don-vi", "nguon")


@require_GET
@proposals_page
def proposal(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Trang của một đề xuất."""
    return page_of(request, proposal_id)


def page_of(request: HttpRequest, proposal_id: int, sentence: str = "", status: int = 200) -> HttpResponse:
    """The page, with what was refused."""
    found = queries.one(actor(request), proposal_id, asked_day(request), light=False)
    place = place_for(request, found)
    context = _always(place, found) | {"sentence": sentence}
    trail = crumbs(place, Crumb(found.title))
    if found.result is None:
        context["dead"] = working_out.dead(found)
        return show(request, "desk/proposals/waiting.html", context, room=ROOM, crumbs=trail, status=status)
    view = Opened(found, units.label(found.unit_id, found.on))
    face = request.GET.get(VIEW, _FACES[0])
    if face not in _FACES:
        raise ValueError(gettext("Không có mặt “%(face)s” của đề xuất.") % {"face": face[:20]})
    context |= {"view": view, "face": face, **_parts(request, view, face, place)}
    tabs = _tabs(request, view, face)
    return show(request, "desk/proposals/proposal.html", context, room=ROOM, crumbs=trail, tabs=tabs, status=status)


def _always(place: Place, found: AllocationProposal) -> dict[str, Any]:
    return {
        "place": place,
        "proposal": found,
        "set_name": words.set_name(found.set),
        "basis": str(words.BASES[found.basis][1]),  # type: ignore[index]
        "may": place.may("money.allocate"),
        "again_url": place.url("proposal_new", found.unit_id, tu=found.pk),
        "withdraw_changes": [gettext("Phương án rời danh sách; nội dung và lý do rút vẫn giữ lại.")],
    }


def _tabs(request: HttpRequest, view: Opened, face: str) -> tuple[Tab, ...]:
    chosen = sum(line.chosen for line in view.lines)
    labels = {
        "tong-hop": (gettext("Tổng hợp"), None),
        "co": (gettext("Được đề xuất"), chosen),
        "khong": (gettext("Chưa được"), len(view.lines) - chosen),
        "don-vi": (gettext("Đơn vị"), len(view.units)),
        "nguon": (gettext("Nguồn vốn"), len(view.sources)),
    }
    base = address(request, "proposal", view.proposal.pk)
    sign = "&" if "?" in base else "?"
    return tuple(
        Tab(label, base if key == _FACES[0] else f"{base}{sign}{VIEW}={key}", key == face, count)
        for key, (label, count) in labels.items()
    )


def _parts(request: HttpRequest, view: Opened, face: str, place: Place) -> dict[str, Any]:
    file_url = address(request, "proposal_file", view.proposal.pk)
    if face in ("co", "khong"):
        lines = [line for line in view.lines if line.chosen == (face == "co")]
        page = Paginator(lines, _EACH).get_page(request.GET.get("trang"))
        reasons = address(request, "proposal_why", view.proposal.pk, "ITEM")
        table = shown.works_table(view, list(page.object_list), reasons, file_url, chosen=face == "co")
        return {"page": page, "table": table if lines else None}
    if face == "don-vi":
        page = Paginator(view.units, _EACH).get_page(request.GET.get("trang"))
        return {"page": page, "table": shown.units_table(list(page.object_list))}
    if face == "nguon":
        return {"table": shown.sources_table(view), "ceilings": view.result["ceilings"]}
    pricing = queries.pricing(view.proposal)
    return {
        "goals": shown.goals(view),
        "effects": view.answer.effects,
        "chosen": sum(line.chosen for line in view.lines),
        "considered": len(view.lines),
        "remarks": view.result["remarks"],
        "asked": queries.asked(view.proposal),
        "pricing": pricing,
        "pricing_dead": pricing is not None and working_out.dead(pricing),
        "prepared": _prepared(view, place),
        "file_url": file_url,
        "reaching": [one for one in view.units if one.reaches][:60],
    }


def _prepared(view: Opened, place: Place) -> dict[str, Any] | None:
    if not place.may("money.allocate") or not view.answer.amounts:
        return None
    labels = units.labels({line.unit_id for line in view.lines if line.chosen}, place.on)
    made = shown.prepared(view, {pk: label.code or label.name for pk, label in labels.items()})
    url = reverse("desk:funding_decide", args=(view.proposal.unit_id, made.act))
    return {"lines": made, "url": url + place.query()}


@require_GET
@proposals_page
def progress(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Tiến độ: asked every second by the page; when it is over the page is loaded again."""
    found = queries.one(actor(request), proposal_id, asked_day(request))
    priced = queries.pricing(found) if request.GET.get("gia") else None
    run = priced or found
    if not run.running:
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    return render(request, "desk/proposals/progress.html", {"proposal": found, "run": run, "pricing": priced})


@require_GET
@proposals_page
def why(request: HttpRequest, proposal_id: int, item: str) -> HttpResponse:
    """Vì sao có, vì sao không."""
    view = queries.opened(actor(request), proposal_id, asked_day(request))
    place = place_for(request, view.proposal)
    reasons = view.why(item)
    line = next(one for one in view.lines if one.id == item)
    back = address(request, "proposal", proposal_id)
    back += f"{'&' if '?' in back else '?'}{VIEW}={'co' if line.chosen else 'khong'}"
    works_url = reverse("desk:works_one", args=(line.works_id,)) + day.asked(request).query if line.works_id else ""
    context = _always(place, view.proposal) | {"line": line, "reasons": reasons, "back": back, "works_url": works_url}
    trail = crumbs(place, Crumb(view.proposal.title, address(request, "proposal", proposal_id)), Crumb(line.name))
    return show(request, "desk/proposals/why.html", context, room=ROOM, crumbs=trail)


@require_GET
@proposals_page
def download(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Cả phương án trong một bảng tính, tính bằng đồng."""
    view = queries.opened(actor(request), proposal_id, asked_day(request))
    return written.workbook(view)
