"""Lời nhắc của tôi: what the system told this person, that it was seen; when reminders go, and whom they told."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.tasks.place import ROOM, address, crumbs, deed, number, work_page
from ntm.records.people.authority import Actor
from ntm.records.planning import daily
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
    context = {
        "rows": rows,
        "unseen": [row for row in rows if row.seen_at is None],
        "on": on,
        "sentence": sentence,
        "has_address": bool(request.user.email),  # type: ignore[union-attr]
        **_of_itself(who, on),
    }
    crumb = crumbs(request, Crumb(gettext("Lời nhắc")))
    return show(request, "desk/tasks/reminders.html", context, room=ROOM, crumbs=crumb, status=status)


def _of_itself(who: Actor, on: date) -> dict[str, Any]:
    """Nhắc việc tự chạy: when last, whom about this unit's work, when next, and where letters go."""
    run = asked.last_run(on)
    chases = who.unit_id is not None and who.allows("task.give", who.unit_id, on=on)
    told = asked.told_of_unit(who.unit_id, run.on) if run is not None and chases and who.unit_id is not None else []
    return {
        "run": run,
        "chases": chases,
        "told": told[:_MOST],
        "next_at": daily.next_at() if daily.queued() else None,
        "queued": daily.queued(),
        "morning": f"{daily.MORNING:%H:%M}",
        "letters": daily.leaves(),
    }


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
