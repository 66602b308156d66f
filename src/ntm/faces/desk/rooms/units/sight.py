"""Trang của một đơn vị: the unit, the day and who asks, worked out once; refusals as sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from ntm.faces.desk import day
from ntm.faces.desk.access import actor, page
from ntm.faces.desk.pages import Crumb, Tab, show
from ntm.faces.desk.rooms.units import choosing, words
from ntm.records.people.authority import Actor
from ntm.records.people.authority_table import Scope, table
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel, UnitNotFound
from ntm.records.units.services import authority_day

__all__ = ["Sight", "at_unit", "country_crumb", "link", "units_page"]

View = Callable[..., HttpResponse]
_ADDRESSES = {
    "unit": "unit",
    "children": "unit_children",
    "history": "unit_history",
    "lineage": "unit_lineage",
    "bodies": "unit_bodies",
    "body_create": "body_create",
    "watch_assign": "watch_assign",
    "changes": "unit_changes",
    "dating": "unit_dating",
    "statuses": "unit_statuses",
    "village_add": "village_add",
    "village_sheet": "village_sheet",
    "village_take": "village_take",
    "village_template": "village_template",
}
_KEPT = (choosing.SET, choosing.BASIS)


@dataclass(frozen=True)
class Sight:
    """Đơn vị đang xem: who looks, at which unit, on which day; addresses that keep day, set and basis."""

    who: Actor
    label: UnitLabel
    on: date
    today: date
    carried: str  # ?ngay=
    query: str  # ?ngay=&bo=&can-cu=

    def url(self, name: str, **more: object) -> str:
        """An address of this unit that keeps day, set and basis."""
        return reverse(f"desk:{name}", kwargs={"unit_id": self.label.id, **more}) + self.query

    @property
    def urls(self) -> dict[str, str]:
        """The unit's own addresses, for its templates."""
        return {key: self.url(name) for key, name in _ADDRESSES.items()}

    @property
    def title(self) -> str:
        return words.capital(self.label.title)

    @property
    def place(self) -> str:
        return words.place_of(self.label)

    def may(self, action: str) -> bool:
        """May this office do it here, today? For showing a button; the service asks again."""
        return self.who.allows(action, self.label.id, on=self.today)

    def _reads(self, action: str) -> bool:
        """By the table and the label alone: a tab asks the database nothing; its page says no where it must."""
        scope = table()[self.who.role, action].scope
        if scope is Scope.NONE or scope.everywhere:
            return scope.everywhere
        if self.label.id == self.who.unit_id:
            return scope is not Scope.BELOW
        if scope in (Scope.OWN_UNIT, Scope.OWN_CRITERIA_IN_UNIT):
            return False
        return self.who.unit_id is None or self.who.unit_id in {one.id for one in self.label.ancestors}

    def crumbs(self, *more: Crumb) -> tuple[Crumb, ...]:
        uppers = [
            Crumb(words.capital(one.title), reverse("desk:unit", kwargs={"unit_id": one.id}) + self.carried)
            for one in reversed(self.label.ancestors)
        ]
        here = Crumb(self.title, self.url("unit")) if more else Crumb(self.title)
        return (country_crumb(self.carried), *uppers, here, *more)

    def tabs(self, here: str) -> tuple[Tab, ...]:
        """Các thẻ của đơn vị."""
        lower = {"thon": None, "xa": gettext("Các thôn")}.get(self.label.level, gettext("Đơn vị cấp dưới"))
        faces = [
            ("unit", gettext("Tiêu chí")),
            ("unit_plans", gettext("Kế hoạch")),
            ("unit_children", lower),
            ("unit_bodies", gettext("Cơ quan")),
            ("unit_tasks", gettext("Nhiệm vụ") if self._reads("task.read") else None),
            ("unit_history", gettext("Lịch sử")),
            ("unit_lineage", gettext("Diễn biến")),
        ]
        made = [Tab(label, self.url(name), here=name == here) for name, label in faces if label]
        if self._reads("money.read"):
            money = reverse("desk:funding") + (self.carried or "?") + ("&" if self.carried else "")
            made.insert(-2, Tab(gettext("Nguồn lực"), f"{money}don-vi={self.label.id}"))
        return tuple(made)


def units_page(view: View) -> View:
    """Trang có câu từ chối: 404 where no such unit is, 422 where a rule says no."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except UnitNotFound as reason:
            return show(request, "desk/units/stopped.html", {"sentence": str(reason)}, room="units", status=404)
        except ValueError as reason:
            return show(request, "desk/units/stopped.html", {"sentence": str(reason)}, room="units", status=422)

    return page(wrapped)


def at_unit(action: str = "standing.read") -> Callable[[View], View]:
    """Trang của một đơn vị; the office must be allowed the action there (reading: where the unit lay on the asked day)."""

    def outer(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, unit_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
            asked, who = day.asked(request), actor(request)
            label = units.label(unit_id, asked.on)
            _require(who, action, label, asked)
            here = Sight(who, label, asked.on, asked.today, asked.query, kept(request, asked))
            return view(request, here, *args, **kwargs)

        return units_page(wrapped)

    return outer


def _require(who: Actor, action: str, label: UnitLabel, asked: day.AskedDay) -> None:
    """Reading follows the day looked at, deeds follow today; a unit of another time is read by whom its place allows."""
    if action != "standing.read":
        who.require(action, label.id, on=authority_day(units.get(label.id), asked.today))
    elif not any(who.allows(action, one.id, on=asked.on) for one in label.ancestors):
        who.require(action, label.id, on=asked.on)


def kept(request: HttpRequest, asked: day.AskedDay, **changed: str) -> str:
    """The part of the address that every link of the unit keeps."""
    query = QueryDict(mutable=True)
    if not asked.is_today:
        query[day.PARAMETER] = asked.on.isoformat()
    for name in _KEPT:
        value = request.GET.get(name, "")
        if value:
            query[name] = value
    for name, value in changed.items():
        query[name] = value
    return "?" + query.urlencode() if query else ""


def link(name: str, query: str, *args: object, **kwargs: object) -> str:
    """An address of the desk with its query."""
    return reverse(f"desk:{name}", args=args, kwargs=kwargs) + query


def country_crumb(carried: str) -> Crumb:
    """Cả nước."""
    return Crumb(gettext("Cả nước"), reverse("desk:units") + carried)
