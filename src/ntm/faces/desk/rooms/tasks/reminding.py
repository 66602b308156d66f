"""Lời nhắc của tôi: what the system told this person, and that it was seen."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.tasks.place import ROOM, address, crumbs, deed, number, work_page
from ntm.records.planning.queries import reminders as asked
from ntm.records.planning.services import reminders as services

__all__ = ["reminders", "seen"]

_MOST = 200


@require_GET
@work_page
def reminders(request: HttpRequest) -> HttpResponse:
    """Lời nhắc, the newest first."""
    return _reminders(request)


def _reminders(request: HttpRequest, sentence: str = "", status: int = 200) -> HttpResponse:
    who, on = actor(request), asked_day(request)
    rows = list(asked.listed(who.user_id, on)[:_MOST])
    context = {"rows": rows, "unseen": [row for row in rows if row.seen_at is None], "on": on, "sentence": sentence}
    crumb = crumbs(request, Crumb(gettext("Lời nhắc")))
    return show(request, "desk/tasks/reminders.html", context, room=ROOM, crumbs=crumb, status=status)


@require_POST
@work_page
def seen(request: HttpRequest) -> HttpResponse:
    """Đã xem các lời nhắc trên trang."""
    who = actor(request)

    def act(on: date) -> str:
        ids = [found for text in request.POST.getlist("nhac") if (found := number(text)) is not None]
        count = services.seen(who, ids, on=on)
        return gettext("Đã ghi xem %(n)s lời nhắc.") % {"n": count}

    return deed(
        request, act, address(request, "reminders"), lambda sentence, status: _reminders(request, sentence, status)
    )
