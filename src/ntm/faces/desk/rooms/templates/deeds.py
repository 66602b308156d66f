"""Làm với một mẫu: put in force, retired, withdrawn; refused, its page stays with the sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from ntm.domain.official.dates import parse_date, write_date
from ntm.faces.desk.rooms.plans.place import refusal
from ntm.faces.desk.rooms.templates.place import TemplateSight, address, at_template
from ntm.faces.desk.rooms.templates.views import show_template
from ntm.records.archive.templates import services
from ntm.records.people.authority import Denied

__all__ = ["retire", "use", "withdraw"]


def _done(request: HttpRequest, here: TemplateSight, act: Callable[[], str]) -> HttpResponse:
    try:
        said = act()
    except (Denied, ValueError) as reason:
        return show_template(request, here, *refusal(reason))
    messages.success(request, said)
    return HttpResponseRedirect(address(request, "office_template", here.template.pk))


def _day(request: HttpRequest, name: str, on: date) -> date:
    """The day typed, 30/9/2026 or 2026-09-30; empty: the day looked at."""
    typed = request.POST.get(name, "").strip()
    if not typed:
        return on
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return parse_date(typed)


@require_POST
@at_template
def use(request: HttpRequest, here: TemplateSight) -> HttpResponse:
    """Đưa vào dùng từ một ngày."""

    def act() -> str:
        since = _day(request, "since", here.on)
        services.put_in_force(here.who, here.template.pk, since=since, on=here.on)
        return gettext("Đã đưa mẫu vào dùng từ ngày %(since)s.") % {"since": write_date(since)}

    return _done(request, here, act)


@require_POST
@at_template
def retire(request: HttpRequest, here: TemplateSight) -> HttpResponse:
    """Thôi dùng từ một ngày."""

    def act() -> str:
        until = _day(request, "until", here.on)
        services.retire(here.who, here.template.pk, until=until, reason=request.POST.get("reason", ""), on=here.on)
        return gettext("Từ ngày %(until)s không dùng mẫu này nữa.") % {"until": write_date(until)}

    return _done(request, here, act)


@require_POST
@at_template
def withdraw(request: HttpRequest, here: TemplateSight) -> HttpResponse:
    """Bỏ mẫu tải nhầm."""

    def act() -> str:
        services.withdraw(here.who, here.template.pk, reason=request.POST.get("reason", ""), on=here.on)
        return gettext("Đã bỏ mẫu.")

    return _done(request, here, act)
