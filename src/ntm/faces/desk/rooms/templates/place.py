"""Trang của phòng mẫu: whose templates are looked at, crumbs; refusals as sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from ntm.domain.documents.writing.template_fields import OFFERS, TemplateKind
from ntm.faces.desk import day
from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import Crumb
from ntm.faces.desk.rooms.plans.place import NotThere, plans_page
from ntm.records.archive.models import OfficeTemplate
from ntm.records.archive.services import FileMissing
from ntm.records.archive.templates import queries
from ntm.records.archive.templates.refusals import NoTemplate
from ntm.records.people.authority import Actor
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["TemplateSight", "address", "at_template", "crumbs", "kind_in", "list_address", "template_page", "unit_of"]

UNIT = "don-vi"
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class TemplateSight:
    """Mẫu đang xem: who looks, on which day, and what may be done."""

    who: Actor
    on: date
    template: OfficeTemplate
    label: UnitLabel
    may: bool


def template_page(view: View) -> View:
    """A page of this room: 404 where no template is, 422 where a rule says no."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (NoTemplate, FileMissing) as reason:
            raise NotThere(str(reason)) from None

    return plans_page(wrapped)


def at_template(view: View) -> View:
    """Trang của một mẫu."""

    @wraps(view)
    def wrapped(request: HttpRequest, template_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, sight(request, template_id), *args, **kwargs)

    return template_page(wrapped)


def sight(request: HttpRequest, template_id: int) -> TemplateSight:
    """The template as this office sees it."""
    who, on = actor(request), asked_day(request)
    found = queries.get(who, template_id, on)
    may = who.allows("template.manage", found.unit_id, on=on)
    return TemplateSight(who, on, found, units.label(found.unit_id, on), may)


def unit_of(request: HttpRequest) -> UnitLabel:
    """Đơn vị đang xem: the one asked for, else the office's own."""
    who, on, asked = actor(request), asked_day(request), request.GET.get(UNIT, "")
    unit_id = int(asked) if asked.isdecimal() and len(asked) < 12 else who.unit_id
    if unit_id is None:
        raise ValueError(gettext("Mẫu văn bản giữ theo đơn vị: mở từ kế hoạch của một đơn vị."))
    who.require("plan.read", unit_id, on=on)
    return units.label(unit_id, on)


def kind_in(kind: str) -> TemplateKind:
    """Loại văn bản trong địa chỉ."""
    if kind not in OFFERS:
        raise NotThere(gettext("Không có loại văn bản này."))
    return cast(TemplateKind, kind)


def address(request: HttpRequest, name: str, *args: object) -> str:
    """An address of the room that keeps the day."""
    return reverse(f"desk:{name}", args=args) + day.asked(request).query


def list_address(request: HttpRequest, unit_id: int) -> str:
    """Danh sách mẫu của một đơn vị."""
    base = address(request, "office_templates")
    return f"{base}{'&' if '?' in base else '?'}{UNIT}={unit_id}"


def crumbs(request: HttpRequest, unit_id: int | None = None, *more: Crumb) -> tuple[Crumb, ...]:
    """Kế hoạch › Mẫu văn bản › ..."""
    back = (list_address(request, unit_id) if unit_id else address(request, "office_templates")) if more else None
    return (
        Crumb(gettext("Kế hoạch"), address(request, "plans")),
        Crumb(gettext("Mẫu văn bản"), back),
        *more,
    )
