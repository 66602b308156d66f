"""Trang của các phòng công việc: refusals as sentences, addresses that carry the day, deeds that come back to a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from ntm.domain.official.dates import parse_date, write_date
from ntm.faces.desk import day
from ntm.faces.desk.access import page
from ntm.faces.desk.pages import Crumb, show
from ntm.records.archive.services import FileMissing
from ntm.records.people.authority import Denied
from ntm.records.units.queries import UnitNotFound

__all__ = [
    "ROOM",
    "Again",
    "address",
    "at_page",
    "crumbs",
    "deed",
    "deed_day",
    "number",
    "one_day",
    "uploaded",
    "work_page",
]

ROOM = "tasks"
View = Callable[..., HttpResponse]
Again = Callable[[str, int], HttpResponse]  # the page once more, with what was refused and why


def work_page(view: View) -> View:
    """A page of work: what a service refuses is a sentence with 422, what is not there 404."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (UnitNotFound, FileMissing) as reason:
            return _stopped(request, str(reason), 404)
        except ValueError as reason:
            return _stopped(request, str(reason), 422)

    return page(wrapped)


def _stopped(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    context = {"sentence": sentence}
    return show(request, "desk/tasks/stopped.html", context, room=ROOM, crumbs=crumbs(request), status=status)


def address(request: HttpRequest, name: str, *args: object) -> str:
    """An address of the desk with the asked day."""
    return reverse(f"desk:{name}", args=args) + day.asked(request).query


def crumbs(request: HttpRequest, *more: Crumb) -> tuple[Crumb, ...]:
    """Nhiệm vụ › ..."""
    return (Crumb(gettext("Nhiệm vụ"), address(request, "tasks")), *more)


def deed_day(request: HttpRequest) -> date:
    """Ngày ghi: the day of the page; what has not come yet is not reported on."""
    asked = day.asked(request)
    if asked.on > asked.today:
        raise ValueError(
            gettext("Ngày %(day)s chưa đến nên chưa ghi được. Về hôm nay rồi ghi.") % {"day": write_date(asked.on)}
        )
    return asked.on


def deed(request: HttpRequest, act: Callable[[date], str], back: str, again: Again) -> HttpResponse:
    """Làm một việc rồi về trang: done, said, redirected; refused, the page once more with what was typed."""
    try:
        said = act(deed_day(request))
    except (Denied, ValueError) as reason:
        at_page(request, back)
        return again(str(reason), 403 if isinstance(reason, Denied) else 422)
    messages.success(request, said)
    return HttpResponseRedirect(back)


def at_page(request: HttpRequest, url: str) -> None:
    """The page shown in answer to a form has the links of the page itself, not of the form's address."""
    request.path = urlsplit(url).path


def number(text: str | None, otherwise: int | None = None) -> int | None:
    """A whole number of an address or a form, None where there is none."""
    typed = (text or "").strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else otherwise


def one_day(text: str | None) -> date | None:
    """A day typed dd/mm/yyyy, None where nothing was typed."""
    return parse_date(text) if (text or "").strip() else None


def uploaded(request: HttpRequest, name: str = "tep") -> list[tuple[str, bytes]]:
    """The files sent with a form."""
    return [(file.name or "tep", file.read()) for file in request.FILES.getlist(name)]
