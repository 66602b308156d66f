"""Trang của phòng đề xuất: where a proposal belongs, its crumbs; refusals as sentences."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from ntm.faces.desk import day
from ntm.faces.desk.pages import Crumb
from ntm.faces.desk.rooms.funding.place import NotHere, Place, funding_page, place_of
from ntm.records.funding.models import AllocationProposal
from ntm.records.funding.queries.proposals import NoProposal

__all__ = ["address", "crumbs", "list_address", "place_for", "proposals_page"]

View = Callable[..., HttpResponse]


def proposals_page(view: View) -> View:
    """A page of this room: 404 where no proposal is, 422 where a rule says no."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NoProposal as reason:
            raise NotHere(str(reason)) from None

    return funding_page(wrapped)


def place_for(request: HttpRequest, proposal: AllocationProposal) -> Place:
    """Địa bàn và năm của một đề xuất."""
    found = place_of(request, "money.read", proposal.unit_id)
    return Place(found.who, found.label, proposal.year, proposal.year, found.scope, found.asked)


def address(request: HttpRequest, name: str, *args: object) -> str:
    """An address of the room that keeps the day."""
    return reverse(f"desk:{name}", args=args) + day.asked(request).query


def list_address(place: Place) -> str:
    """The list of the place and year."""
    return place.url("proposals")


def crumbs(place: Place, *more: Crumb) -> tuple[Crumb, ...]:
    """Nguồn lực › địa bàn › đề xuất › ..."""
    return place.crumbs(Crumb(gettext("Đề xuất phân bổ"), list_address(place) if more else None), *more)
