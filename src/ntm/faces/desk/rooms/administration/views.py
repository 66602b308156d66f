"""Quản trị: the doors of the room, the table of authority, the state of the installation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.faces.desk.access import actor, page
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.administration.acting import ROOM, doors, office_today, tabs
from ntm.faces.desk.rooms.administration.powers import by_thing
from ntm.records.people.models import Role
from ntm.records.standing.queries import installation as state


@require_GET
@page
def administration(request: HttpRequest) -> HttpResponse:
    """Cửa vào phòng Quản trị."""
    who = actor(request)
    context = {"doors": doors(request), "actor": who, "security": reverse("mfa_index")}
    return show(
        request,
        "desk/administration/administration.html",
        context,
        room=ROOM,
        crumbs=(Crumb(gettext("Quản trị")),),
    )


@require_GET
@page
def authority_table(request: HttpRequest) -> HttpResponse:
    """Bảng thẩm quyền: what each role may do, where and why."""
    role = request.GET.get("vai_tro", "")
    chosen = Role(role) if role in Role.values else None
    context = {"things": by_thing(chosen), "roles": list(Role), "chosen": chosen, "actor": actor(request)}
    crumbs = (Crumb(gettext("Quản trị"), reverse("desk:administration")), Crumb(gettext("Thẩm quyền")))
    return show(
        request,
        "desk/administration/authority.html",
        context,
        room=ROOM,
        crumbs=crumbs,
        tabs=tabs(request, "desk:authority"),
    )


@require_GET
@page
def installation(request: HttpRequest) -> HttpResponse:
    """Tình trạng bản cài đặt, for who looks after it."""
    context = {"state": state.installation(actor(request), office_today(request))}
    crumbs = (Crumb(gettext("Quản trị"), reverse("desk:administration")), Crumb(gettext("Bản cài đặt")))
    return show(
        request,
        "desk/administration/installation.html",
        context,
        room=ROOM,
        crumbs=crumbs,
        tabs=tabs(request, "desk:installation"),
    )
