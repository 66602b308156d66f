"""Trang của phòng văn bản: refusals as sentences, and addresses that carry the day."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from ntm.faces.desk import day
from ntm.faces.desk.access import page
from ntm.faces.desk.pages import Crumb, show
from ntm.records.archive.services import FileMissing
from ntm.records.units.queries import UnitNotFound

ROOM = "reading"
View = Callable[..., HttpResponse]


def stopped(request: HttpRequest, sentence: str, *, status: int = 422) -> HttpResponse:
    """Một trang, hay một mảnh, chỉ có câu từ chối."""
    return show(
        request, "desk/reading/stopped.html", {"sentence": sentence}, room=ROOM, crumbs=crumbs(request), status=status
    )


def reading_page(view: View) -> View:
    """A page of this room: what a service refuses is a sentence with 422, what is not there 404."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (UnitNotFound, FileMissing) as reason:
            return stopped(request, str(reason), status=404)
        except ValueError as reason:
            return stopped(request, str(reason))

    return page(wrapped)


def address(request: HttpRequest, name: str, *args: object) -> str:
    """An address of the desk with the asked day."""
    return reverse(f"desk:{name}", args=args) + day.asked(request).query


def item_address(request: HttpRequest, document_id: int, item_id: int) -> str:
    """An item on the reading desk, also where its part is long."""
    base = address(request, "document", document_id)
    return f"{base}{'&' if '?' in base else '?'}muc={item_id}#m{item_id}"


def crumbs(request: HttpRequest, *more: Crumb) -> tuple[Crumb, ...]:
    """Văn bản › ..."""
    return (Crumb(gettext("Văn bản"), address(request, "reading")), *more)
