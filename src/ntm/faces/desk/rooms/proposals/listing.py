"""Các đề xuất của một địa bàn: state, what was reached; two are chosen to be set side by side."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.faces.desk.pages import show
from ntm.faces.desk.rooms.funding.place import ROOM, place_of
from ntm.faces.desk.rooms.proposals.place import crumbs, proposals_page
from ntm.records.funding.queries import proposals as queries

__all__ = ["proposals"]

_EACH = 30


@require_GET
@proposals_page
def proposals(request: HttpRequest) -> HttpResponse:
    """Danh sách đề xuất của địa bàn trong năm."""
    place = place_of(request)
    if place.unit_id is None:
        raise ValueError(gettext("Chọn một địa bàn: đề xuất phân bổ lập cho tỉnh, huyện hoặc xã."))
    rows = queries.listed(place.who, place.unit_id, place.year, place.on)
    page = Paginator(rows, _EACH).get_page(request.GET.get("trang"))
    context = {
        "place": place,
        "page": page,
        "done": sum(one.state == "done" for one in page.object_list),
        "may": place.may("money.allocate") and place.label is not None and place.label.level != "thon",
        "new_url": place.url("proposal_new", place.unit_id),
        "filters": place.filters(medium=False, scope=False),
    }
    tabs = place.tabs("proposals")
    return show(request, "desk/proposals/list.html", context, room=ROOM, crumbs=crumbs(place), tabs=tabs)
