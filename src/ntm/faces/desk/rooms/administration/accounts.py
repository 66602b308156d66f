"""Tài khoản: the list, one account, a new one with its office, closing, reopening, a new password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ntm.faces.desk.access import actor, page
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.administration.acting import (
    REFUSALS,
    ROOM,
    attempted,
    done,
    office_today,
    page_number,
    refusal_of,
    tabs,
)
from ntm.faces.desk.rooms.administration.filters import Choice
from ntm.faces.desk.rooms.administration.forms import AccountForm
from ntm.records.people import directory, services
from ntm.records.people.models import Role, User

_EACH = 50


@require_GET
@page
def accounts(request: HttpRequest) -> HttpResponse:
    """Danh sách tài khoản của địa bàn."""
    on, words = office_today(request), request.GET.get("q", "").strip()
    state, role = request.GET.get("trang-thai", ""), request.GET.get("vai-tro", "")
    found = directory.accounts(actor(request), on, words=words, state=state, role=role)
    shown = Paginator(found, _EACH).get_page(page_number(request))
    context = {
        "lines": directory.account_lines(shown.object_list, on),
        "numbers": shown,
        "filters": (
            Choice("q", gettext("Tên hoặc tên đăng nhập"), words),
            Choice(
                "trang-thai",
                gettext("Trạng thái"),
                state,
                (("", gettext("tất cả")), ("open", gettext("đang mở")), ("closed", gettext("đã khoá"))),
            ),
            Choice("vai-tro", gettext("Vai trò"), role, (("", gettext("mọi vai trò")), *Role.choices)),
        ),
    }
    return show(
        request,
        "desk/administration/accounts.html",
        context,
        room=ROOM,
        crumbs=_crumbs(gettext("Tài khoản")),
        tabs=tabs(request, "desk:accounts"),
    )


@require_GET
@page
def account(request: HttpRequest, user_id: int) -> HttpResponse:
    """Trang của một tài khoản."""
    return _account(request, user_id)


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest, office_id: int) -> HttpResponse:
    """Tài khoản mới cho một chức danh; its first password is shown once."""
    who, on = actor(request), office_today(request)
    line = directory.office(who, office_id, on)
    if line is None:
        raise Http404
    form = AccountForm(request.POST or None, initial={"start": on})
    if request.method == "POST":
        opened = attempted(form, lambda given: services.open_account(who, office=line.office, on=on, **given))
        if opened is not None:
            return _password(request, opened.user, opened.password, line.office.title)
    context = {"form": form, "line": line}
    crumbs = _crumbs(gettext("Tài khoản mới"), Crumb(gettext("Chức danh"), reverse("desk:offices")))
    status = 422 if form.errors else 200
    return show(request, "desk/administration/account_new.html", context, room=ROOM, crumbs=crumbs, status=status)


@require_POST
@page
def close(request: HttpRequest, user_id: int) -> HttpResponse:
    """Khoá tài khoản."""
    return _change(request, user_id, services.close_user, gettext("Đã khoá tài khoản %(username)s."))


@require_POST
@page
def reopen(request: HttpRequest, user_id: int) -> HttpResponse:
    """Mở lại tài khoản."""
    return _change(request, user_id, services.reopen_user, gettext("Đã mở lại tài khoản %(username)s."))


@require_POST
@page
def reset_second_factor(request: HttpRequest, user_id: int) -> HttpResponse:
    """Xoá xác thực hai bước bị mất."""
    reason = request.POST.get("reason", "")

    def take_off(*given: Any, **more: Any) -> int:
        return services.reset_second_factor(*given, reason=reason, **more)

    sentence = gettext("Đã xoá xác thực hai bước của %(username)s; người ấy bật lại sau khi đăng nhập.")
    return _change(request, user_id, take_off, sentence)


@require_POST
@page
def reset_password(request: HttpRequest, user_id: int) -> HttpResponse:
    """Cấp lại mật khẩu tạm, shown once."""
    user = _known(request, user_id).user
    try:
        password = services.reset_password(actor(request), user, on=office_today(request))
    except REFUSALS as refusal:
        return _account(request, user_id, str(refusal))
    return _password(request, user, password, "")


def _change(request: HttpRequest, user_id: int, verb: Callable[..., Any], sentence: str) -> HttpResponse:
    user = _known(request, user_id).user
    refused = refusal_of(lambda: verb(actor(request), user, on=office_today(request)))
    if refused:
        return _account(request, user_id, refused)
    return done(request, sentence % {"username": user.username}, reverse("desk:account", args=[user_id]))


def _known(request: HttpRequest, user_id: int) -> directory.AccountPage:
    found = directory.account(actor(request), user_id, office_today(request))
    if found is None:
        raise Http404
    return found


def _account(request: HttpRequest, user_id: int, refused: str = "") -> HttpResponse:
    found = _known(request, user_id)
    on = office_today(request)
    context = {
        "account": found,
        "holdings": [(one, found.units.get(one.office.unit_id), one.on(on)) for one in found.holdings],
        "refused": refused,
        "on": on,
        "two_step": bool(found.second_factor),
        "self": found.user.pk == actor(request).user_id,
    }
    crumbs = _crumbs(str(found.user), Crumb(gettext("Tài khoản"), reverse("desk:accounts")))
    status = 422 if refused else 200
    return show(request, "desk/administration/account.html", context, room=ROOM, crumbs=crumbs, status=status)


def _password(request: HttpRequest, user: User, password: str, office: str) -> HttpResponse:
    context = {"user_": user, "password": password, "office": office}
    crumbs = _crumbs(str(user), Crumb(gettext("Tài khoản"), reverse("desk:accounts")))
    return show(request, "desk/administration/password.html", context, room=ROOM, crumbs=crumbs)


def _crumbs(last: str, *between: Crumb) -> tuple[Crumb, ...]:
    return (Crumb(gettext("Quản trị"), reverse("desk:administration")), *between, Crumb(last))
