"""Lịch: a month or a week of what falls due, meets and is inspected; and the keys under which a calendar program reads it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ntm.faces.desk import day
from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import show
from ntm.faces.desk.rooms.tasks.listing import tasks_tabs
from ntm.faces.desk.rooms.tasks.place import ROOM, address, deed, deed_day, number, work_page
from ntm.records.people.authority import Actor, Denied
from ntm.records.people.models import Body
from ntm.records.planning.bodies import acts_for
from ntm.records.planning.queries import calendar, tasks
from ntm.records.planning.queries.tasks import Scope
from ntm.records.planning.services import feeds

__all__ = ["feed", "make_key", "month", "withdraw_key"]

_SHOWN = 4  # items of one day before the rest is folded
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


@require_GET
@work_page
def month(request: HttpRequest) -> HttpResponse:
    """Lịch tháng của cơ quan tôi, hoặc của đơn vị."""
    return _month(request)


def _month(request: HttpRequest, *, key: str = "", sentence: str = "", status: int = 200) -> HttpResponse:
    who, on = actor(request), asked_day(request)
    whose = "don-vi" if request.GET.get("cua") == "don-vi" else "co-quan"
    mine = acts_for(who, on)
    context: dict[str, Any] = {
        **_grid(request, _scope(who, whose, on), on),
        "shown": _SHOWN,
        "whose": whose,
        "on": on,
        "keys": feeds.own(who),
        "bodies": list(Body.objects.filter(pk__in=mine).order_by("name")),
        "feed_url": request.build_absolute_uri(reverse("desk:task_feed", args=(key,))) if key else "",
        "sentence": sentence,
        "may_unit": who.unit_id is not None and who.allows("task.read", who.unit_id, on=on),
    }
    tabs = tasks_tabs(request, "task_calendar")
    return show(request, "desk/tasks/calendar.html", context, room=ROOM, tabs=tabs, status=status)


def _grid(request: HttpRequest, scope: Scope, on: date) -> dict[str, Any]:
    """A month, or with `?tuan=` the week of a day; the way to the one before, the one after, and to the other of the two."""
    asked = request.GET.get("tuan")
    if asked is not None:
        monday = _asked_day(asked, on)
        monday -= timedelta(days=monday.weekday())
        return {
            "week": calendar.week(scope, monday, on),
            "first": monday,
            "last": monday + timedelta(days=6),
            "before": f"{monday - timedelta(days=7):%Y-%m-%d}",
            "after": f"{monday + timedelta(days=7):%Y-%m-%d}",
            "month_of": f"{monday:%Y-%m}",
        }
    year, no = _asked_month(request.GET.get("thang", ""), on)
    first = date(year, no, 1)
    begins = on if (on.year, on.month) == (year, no) else first
    return {
        "month": calendar.month(scope, year, no, on),
        "first": first,
        "before": f"{(first - timedelta(days=1)):%Y-%m}",
        "after": f"{(first + timedelta(days=31)):%Y-%m}",
        "week_of": f"{begins:%Y-%m-%d}",
    }


def _asked_day(text: str, on: date) -> date:
    """ "2020-03-16", or the day of the page."""
    if not text.strip():
        return on
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        found = date.min
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise ValueError(gettext("Tuần “%(text)s” không đúng; ghi một ngày, ví dụ 2026-03-16.") % {"text": text[:20]})
    return found


def _scope(who: Actor, whose: str, on: date) -> Scope:
    if whose == "co-quan" or who.unit_id is None:
        return tasks.for_actor(who, on)
    who.require("task.read", who.unit_id, on=on)
    return Scope("unit", (who.unit_id,))


def _asked_month(text: str, on: date) -> tuple[int, int]:
    """ "2020-03", or the month of the day."""
    if not text.strip():
        return on.year, on.month
    year, _dash, no = text.partition("-")
    found = (number(year, 0) or 0, number(no, 0) or 0)
    if not (_FIRST_YEAR <= found[0] <= _LAST_YEAR and 1 <= found[1] <= 12):
        raise ValueError(gettext("Tháng “%(text)s” không đúng; ghi năm-tháng, ví dụ 2026-03.") % {"text": text[:20]})
    return found


@require_POST
@work_page
def make_key(request: HttpRequest) -> HttpResponse:
    """Lập khoá: its address is shown this once, so the page is the answer, not a redirect."""
    try:
        key = feeds.make(actor(request), on=deed_day(request), body_id=number(request.POST.get("co-quan")))
    except (Denied, ValueError) as reason:
        return _month(request, sentence=str(reason), status=403 if isinstance(reason, Denied) else 422)
    request.path = reverse("desk:task_calendar")
    return _month(request, key=key)


@require_POST
@work_page
def withdraw_key(request: HttpRequest, key_id: int) -> HttpResponse:
    """Rút khoá."""
    who = actor(request)

    def act(on: date) -> str:
        feeds.withdraw(who, key_id, on=on)
        return gettext("Đã rút khoá; địa chỉ cũ không cho xem gì nữa.")

    return deed(
        request,
        act,
        address(request, "task_calendar"),
        lambda sentence, status: _month(request, sentence=sentence, status=status),
    )


@require_GET
@never_cache
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """Lịch iCal theo khoá bí mật: no login, nothing but what the key is for."""
    found = calendar.ical(key, day.today())
    if found is None:
        raise Http404(gettext("Không có lịch này, hoặc khoá đã rút."))
    response = HttpResponse(found, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="ntm.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response
