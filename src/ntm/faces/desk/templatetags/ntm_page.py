"""Khung trang: the head, addresses that carry the day, and what the parts of a page need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from ntm.faces.desk import access, day, navigation
from ntm.records.people import authority

register = template.Library()


@dataclass(frozen=True)
class Frame:
    """Khung: what the head and the foot of every page show."""

    asked: day.AskedDay
    now: datetime
    user: Any
    name: str
    actor: authority.Actor | None
    offices: list[OfficeChoice]
    doors: list[navigation.Door]
    kept: list[tuple[str, str]]
    search_url: str | None

    @property
    def rows(self) -> list[navigation.Row]:
        """Thanh các phòng: single doors and heads with several."""
        return navigation.rows(self.doors)


@dataclass(frozen=True)
class OfficeChoice:
    """Chức danh để chọn."""

    holding_id: int
    label: str
    here: bool


@register.simple_tag(takes_context=True)
def desk_frame(context: Context) -> Frame:
    """Head and foot of the page, for a visitor, a person without an office and an officer alike."""
    request = context.get("request")
    now = timezone.now()
    if request is None:
        today = day.today()
        return Frame(day.AskedDay(today, today), now, None, "", None, [], [], [], None)
    user = getattr(request, "user", None)
    signed_in = user if user is not None and user.is_authenticated else None
    actor = access.actor_or_none(request)
    return Frame(
        asked=day.asked(request),
        now=now,
        user=signed_in,
        name=str(signed_in) if signed_in else "",
        actor=actor,
        offices=_offices(signed_in, actor),
        doors=navigation.doors(request, context.get("room")) if signed_in else [],
        kept=_pairs(request, {day.PARAMETER}),
        search_url=_reverse("desk:search") if signed_in else None,
    )


def _offices(user: Any, actor: authority.Actor | None) -> list[OfficeChoice]:
    if user is None:
        return []
    acting = actor.holding_id if actor else None
    return [
        OfficeChoice(one.holding_id, one.office_label, one.holding_id == acting)
        for one in authority.actors_of(user, on=day.today())
    ]


def _reverse(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def _pairs(request: HttpRequest, without: set[str]) -> list[tuple[str, str]]:
    """The parameters of the present address, except those that a form types anew."""
    return [(name, value) for name, values in request.GET.lists() if name not in without for value in values]


@register.simple_tag(takes_context=True)
def url_with(context: Context, **changed: object) -> str:
    """The present address with some parameters set anew; None takes one out. `{% url_with trang=2 %}`"""
    request = context.get("request")
    if request is None:
        return ""
    query = request.GET.copy()
    for name, value in changed.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return request.path + ("?" + query.urlencode() if query else "")


@register.simple_tag(takes_context=True)
def url_without(context: Context, filters: Iterable[Any]) -> str:
    """The present address without the given filters."""
    return url_with(context, **{one.name: None for one in filters}, trang=None)


@register.simple_tag(takes_context=True)
def desk_url(context: Context, name: str, *args: object, **kwargs: object) -> str:
    """Địa chỉ kèm ngày xem: like `{% url %}`, carrying the asked day. `{% desk_url 'desk:unit' unit_id=7 %}`"""
    request = context.get("request")
    return reverse(name, args=args, kwargs=kwargs) + (day.asked(request).query if request else "")


@register.simple_tag(takes_context=True)
def kept_parameters(context: Context, filters: Iterable[Any]) -> list[tuple[str, str]]:
    """What a filter bar must carry on: everything but its own fields and the page number."""
    request = context.get("request")
    return _pairs(request, {one.name for one in filters} | {"trang"}) if request else []


@register.filter
def paper(text: str) -> str:
    """Words for a string of CSS: letters, figures and plain stops only, so that no name ends the string."""
    return "".join(letter for letter in text if letter.isalnum() or letter in " .,-")


@register.filter
def any_value(filters: Sequence[Any]) -> bool:
    return any(one.value for one in filters)


@register.filter
def page_range(paginator: Any, number: int) -> list[Any]:
    """1 2 3 … 17: page numbers with an ellipsis where some are left out."""
    return list(paginator.get_elided_page_range(number, on_each_side=2, on_ends=1))
