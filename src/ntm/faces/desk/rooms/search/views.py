"""Tìm: one page of grouped answers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.faces.desk.access import actor, asked_day, page
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.search.finding import find

_LONGEST, _SHORTEST = 120, 2


@require_GET
@page
def search(request: HttpRequest) -> HttpResponse:
    """Kết quả tìm."""
    actor(request)
    asked = " ".join(request.GET.get("q", "").split())[:_LONGEST]
    long_enough = len(asked) >= _SHORTEST
    groups = find(request, asked, asked_day(request)) if long_enough else ()
    context = {
        "asked": asked,
        "groups": groups,
        "long_enough": long_enough,
        "count": sum(len(group.found) for group in groups),
    }
    return show(request, "desk/search/search.html", context, crumbs=(Crumb(gettext("Tìm kiếm")),))
