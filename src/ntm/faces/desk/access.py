"""Ai đang làm việc: who is asking, under which office, and the page they get when they may not.

A view is wrapped once, by `@page`; then `actor(request)` and `asked_day(request)` are there, and a refusal from any
service (`authority.Denied`) becomes a page with its sentence. Nothing is decided here: people.authority decides.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.vary import vary_on_headers

from ntm.faces.desk import day
from ntm.faces.desk.day import asked_day, today
from ntm.records.people import authority

__all__ = ["HOLDING", "actor", "actor_or_none", "asked_day", "page", "refused", "today"]

HOLDING = authority.SESSION_KEY  # the session's key of the office under which the person acts

View = Callable[..., HttpResponse]


def actor(request: HttpRequest) -> authority.Actor:
    """Người đang làm việc: the person under the office chosen in the head, as of today. Raises authority.Denied."""
    known = getattr(request, "_actor", None)
    if known is None:
        known = _acting(request)
        request._actor = known  # type: ignore[attr-defined]
    return known


def _acting(request: HttpRequest) -> authority.Actor:
    chosen = request.session.get(HOLDING)
    try:
        return authority.actor_for(request.user, chosen, on=today())
    except authority.Denied:
        if chosen is None:
            raise
        del request.session[HOLDING]  # the chosen office has ended: another one may still be held
        return authority.actor_for(request.user, None, on=today())


def actor_or_none(request: HttpRequest) -> authority.Actor | None:
    """The same for the head of a page: None for a visitor and for a person who holds no office today."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return None
    try:
        return actor(request)
    except authority.Denied:
        return None


def page(view: View) -> View:
    """Trang của bàn làm việc: signed in, day understood, refusals said in a sentence, never kept by a shared cache."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _sign_in(request)
        if request.user.must_change_password:
            messages.warning(request, gettext("Đổi mật khẩu được cấp trước khi làm việc."))
            return HttpResponseRedirect(reverse("account_change_password"))
        who = actor_or_none(request)
        request._demonstration_day = who.demonstration_day if who else None  # type: ignore[attr-defined]
        asked = day.asked(request)
        if asked.typed and request.method == "GET":
            return HttpResponseRedirect(_with_day(request, asked))
        try:
            return view(request, *args, **kwargs)
        except authority.Denied as denial:
            return refused(request, str(denial))

    return never_cache(vary_on_headers("HX-Request", "HX-Target")(wrapped))


def refused(request: HttpRequest, sentence: str) -> HttpResponse:
    """Không được phép: 403 with the sentence that says why and what to do; a fragment inside a page, a page otherwise."""
    htmx = getattr(request, "htmx", False)
    template = "desk/parts/refusal.html" if htmx else "403.html"
    return render(request, template, {"sentence": sentence}, status=403)


def _sign_in(request: HttpRequest) -> HttpResponse:
    if getattr(request, "htmx", False):
        # What was typed stays on the page: a notice with a way to sign in elsewhere, no redirect.
        return render(request, "desk/parts/session_over.html", {"login_url": settings.LOGIN_URL}, status=401)
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")


def _with_day(request: HttpRequest, asked: day.AskedDay) -> str:
    query = request.GET.copy()
    query[day.PARAMETER] = asked.on.isoformat()
    if asked.is_today:
        del query[day.PARAMETER]
    return request.path + ("?" + query.urlencode() if query else "")
