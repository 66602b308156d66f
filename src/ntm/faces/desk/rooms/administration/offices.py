"""Chức danh: the list, one office with everybody who held it, a new one, giving and ending."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ntm.faces.desk.access import actor, page
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.administration.acting import (
    ROOM,
    attempted,
    done,
    office_today,
    page_number,
    tabs,
    unit_named,
)
from ntm.faces.desk.rooms.administration.filters import Choice
from ntm.faces.desk.rooms.administration.forms import EndHoldingForm, GiveForm, OfficeForm
from ntm.records.people import directory, services
from ntm.records.people.models import Holding, Office, Role

_EACH = 50


@require_GET
@page
def offices(request: HttpRequest) -> HttpResponse:
    """Danh sách chức danh của địa bàn."""
    on, words, role = office_today(request), request.GET.get("q", "").strip(), request.GET.get("vai-tro", "")
    found = directory.offices(actor(request), on, words=words, role=role)
    shown = Paginator(found, _EACH).get_page(page_number(request))
    context = {
        "lines": directory.office_lines(shown.object_list, on),
        "numbers": shown,
        "filters": (
            Choice("q", gettext("Tên chức danh"), words),
            Choice("vai-tro", gettext("Vai trò"), role, (("", gettext("mọi vai trò")), *Role.choices)),
        ),
    }
    return show(
        request,
        "desk/administration/offices.html",
        context,
        room=ROOM,
        crumbs=(Crumb(gettext("Quản trị"), reverse("desk:administration")), Crumb(gettext("Chức danh"))),
        tabs=tabs(request, "desk:offices"),
    )


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest) -> HttpResponse:
    """Chức danh mới."""
    who, on = actor(request), office_today(request)
    who.require("people.manage", who.unit_id, on=on)
    form = OfficeForm(request.POST or None)

    def create(given: dict[str, str]) -> Office:
        unit = unit_named(given["unit"], on) if given["unit"].strip() else None
        return services.create_office(
            who, role=given["role"], title=given["title"], unit_id=unit, criteria=form.codes(), on=on
        )

    if request.method == "POST":
        made = attempted(form, create)
        if made is not None:
            sentence = gettext("Đã lập chức danh «%(office)s». Giao cho một người để dùng được.") % {
                "office": made.title
            }
            return done(request, sentence, reverse("desk:office", args=[made.pk]))
    crumbs = _crumbs(gettext("Chức danh mới"))
    status = 422 if form.errors else 200
    context = {"form": form}
    return show(request, "desk/administration/office_new.html", context, room=ROOM, crumbs=crumbs, status=status)


@require_GET
@page
def office(request: HttpRequest, office_id: int) -> HttpResponse:
    """Trang của một chức danh."""
    return _office(request, office_id)


@require_POST
@page
def give(request: HttpRequest, office_id: int) -> HttpResponse:
    """Giao chức danh cho một tài khoản đã có."""
    who, on = actor(request), office_today(request)
    line = _known(request, office_id)
    form = GiveForm(request.POST)

    def hand_over(given: dict[str, object]) -> Holding:
        user = directory.account_named(str(given["username"]))
        return services.give_office(
            who,
            user=user,
            office=line.office,
            start=given["start"],
            end=given["end"],
            decision=given["decision"],
            on=on,
        )

    holding = attempted(form, hand_over)
    if holding is None:
        return _office(request, office_id, give=form)
    sentence = gettext("Đã giao chức danh «%(office)s» cho %(name)s.") % {
        "office": line.office.title,
        "name": holding.user.full_name,
    }
    return done(request, sentence, reverse("desk:office", args=[office_id]))


@require_POST
@page
def end(request: HttpRequest, office_id: int, holding_id: int) -> HttpResponse:
    """Kết thúc việc giữ chức danh của một người."""
    who, on = actor(request), office_today(request)
    line = _known(request, office_id)
    holding = next((one for one in line.holders if one.pk == holding_id), None)
    if holding is None:
        raise Http404
    form = EndHoldingForm(request.POST)
    if attempted(form, lambda given: services.end_office(who, holding, end=given["end"], on=on)) is None:
        return _office(request, office_id, ending=(holding_id, form))
    sentence = gettext("%(name)s thôi giữ chức danh «%(office)s».") % {
        "name": holding.user.full_name,
        "office": line.office.title,
    }
    return done(request, sentence, reverse("desk:office", args=[office_id]))


def _known(request: HttpRequest, office_id: int) -> directory.OfficeLine:
    found = directory.office(actor(request), office_id, office_today(request))
    if found is None:
        raise Http404
    return found


def _office(
    request: HttpRequest,
    office_id: int,
    *,
    give: GiveForm | None = None,
    ending: tuple[int, Form] | None = None,
) -> HttpResponse:
    line, on = _known(request, office_id), office_today(request)
    wrong = ending[1] if ending else None
    holders = [
        (one, one.on(on), wrong if ending and one.pk == ending[0] else EndHoldingForm(auto_id=f"id-{one.pk}-%s"))
        for one in line.holders
    ]
    context = {"line": line, "holders": holders, "form": give or GiveForm(initial={"start": on}), "wrong": wrong}
    status = 422 if give is not None or ending else 200
    crumbs = _crumbs(line.office.title)
    return show(request, "desk/administration/office.html", context, room=ROOM, crumbs=crumbs, status=status)


def _crumbs(last: str) -> tuple[Crumb, ...]:
    return (
        Crumb(gettext("Quản trị"), reverse("desk:administration")),
        Crumb(gettext("Chức danh"), reverse("desk:offices")),
        Crumb(last),
    )
