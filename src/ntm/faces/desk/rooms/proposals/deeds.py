"""Việc với một đề xuất: withdrawn, or asked what each of its rules costs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.rooms.proposals.one import page_of
from ntm.faces.desk.rooms.proposals.place import address, list_address, place_for, proposals_page
from ntm.records.funding.queries import proposals as queries
from ntm.records.funding.services import proposing
from ntm.records.people.authority import Denied

__all__ = ["price", "withdraw"]


@require_POST
@proposals_page
def price(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Hỏi giá của từng quy tắc."""
    try:
        proposing.price_rules(actor(request), proposal_id, on=asked_day(request))
    except (Denied, ValueError) as reason:
        return page_of(request, proposal_id, str(reason), 403 if isinstance(reason, Denied) else 422)
    messages.success(request, gettext("Đang tính giá của từng quy tắc; trang tự cho biết khi xong."))
    return HttpResponseRedirect(address(request, "proposal", proposal_id))


@require_POST
@proposals_page
def withdraw(request: HttpRequest, proposal_id: int) -> HttpResponse:
    """Rút một đề xuất."""
    who, on = actor(request), asked_day(request)
    found = queries.one(who, proposal_id, on)
    try:
        proposing.withdraw(who, proposal_id, reason=request.POST.get("reason", ""), on=on)
    except (Denied, ValueError) as reason:
        return page_of(request, proposal_id, str(reason), 403 if isinstance(reason, Denied) else 422)
    messages.success(request, gettext("Đã rút “%(title)s”.") % {"title": found.title})
    return HttpResponseRedirect(list_address(place_for(request, found)))
