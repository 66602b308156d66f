"""Khoá API của chính mình: issued for the office in which one acts, shown once, revoked."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from ntm.faces.desk.access import actor, page
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.administration.acting import ROOM, attempted, done, office_today, refusal_of, tabs
from ntm.faces.desk.rooms.administration.forms import TokenForm
from ntm.records.people import directory, services

_USUAL = timedelta(days=180)


@require_http_methods(["GET", "POST"])
@page
def tokens(request: HttpRequest) -> HttpResponse:
    """Danh sách khoá và cấp khoá mới."""
    who, on = actor(request), office_today(request)
    who.require("token.manage", who.unit_id, on=on)
    form = TokenForm(request.POST or None, initial={"expires": on + _USUAL})
    issued = None
    if request.method == "POST":
        issued = attempted(form, lambda given: services.issue_token(who, on=on, **given))
    if issued is not None:
        form = TokenForm(initial={"expires": on + _USUAL})
    return _tokens(request, form, secret=issued.secret if issued else "", name=issued.token.name if issued else "")


@require_POST
@page
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """Thu hồi khoá."""
    who, on = actor(request), office_today(request)
    token = directory.own_tokens(who).filter(pk=token_id).first()
    if token is None:
        raise Http404
    refused = refusal_of(lambda: services.revoke_token(who, token, on=on))
    if refused:
        return _tokens(request, TokenForm(initial={"expires": on + _USUAL}), refused=refused)
    return done(request, gettext("Đã thu hồi khoá «%(name)s».") % {"name": token.name}, reverse("desk:tokens"))


def _tokens(
    request: HttpRequest, form: TokenForm, *, secret: str = "", name: str = "", refused: str = ""
) -> HttpResponse:
    on = office_today(request)
    lines = [(one, one.revoked is None and on < one.expires) for one in directory.own_tokens(actor(request))]
    context = {"lines": lines, "form": form, "secret": secret, "name": name, "refused": refused}
    crumbs = (Crumb(gettext("Quản trị"), reverse("desk:administration")), Crumb(gettext("Khoá API")))
    return show(
        request,
        "desk/administration/tokens.html",
        context,
        room=ROOM,
        crumbs=crumbs,
        tabs=tabs(request, "desk:tokens"),
        status=422 if refused or form.errors else 200,
    )
