"""Bàn làm việc: what waits for me, what changed in my area, my units at a glance; first steps where there is nothing yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

from ntm.faces.desk import day, navigation
from ntm.faces.desk.access import actor_or_none, asked_day, page
from ntm.faces.desk.pages import show
from ntm.faces.desk.rooms.home.waiting import tasks
from ntm.faces.desk.rooms.home.work import work_of
from ntm.faces.desk.rooms.units import words
from ntm.faces.desk.rooms.units.lower import table_url
from ntm.records.people import queries as people
from ntm.records.people.authority import Actor
from ntm.records.people.models import Role
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.queries import campaigns, changes, mine, steps
from ntm.records.standing.queries.rollup import LOW
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitNotFound

SHOWN_TASKS = 12
SHOWN_SETS = 3


@dataclass(frozen=True)
class _Below:
    """Địa bàn theo một bộ, with what opens its table and its sums; the office's own word, verified or not."""

    area: mine.AreaSet
    unit_id: int | None
    carried: str

    @property
    def low(self) -> int:
        return LOW

    @property
    def titles(self) -> list[tuple[str, int]]:
        total = self.area.total
        return [(words.title_words(kind), one.cumulative) for kind, one in total.titles.items()] if total else []

    def _url(self, name: str, **more: object) -> str:
        basis = words.basis_key(Basis.SELF)
        return table_url(name, self.unit_id, self.area.row, self.carried, can_cu=basis, **more)

    @property
    def rollup_url(self) -> str:
        return self._url("rollup")

    @property
    def matrix_url(self) -> str:
        """The country has no table of all its communes."""
        return self._url("matrix") if self.unit_id is not None else ""


@page
def home(request: HttpRequest) -> HttpResponse:
    """Bàn làm việc của chức danh đang dùng."""
    who, on = actor_or_none(request), asked_day(request)
    doors = [door for door in navigation.doors(request, "home") if door.room.key != "home"]
    context: dict[str, Any] = {"actor": who, "doors": doors, "on": on}
    if who is None:
        context["administrators"] = people.administrators_exist(on)
        return show(request, "desk/home/first.html", context, room="home")
    if who.role == Role.ADMINISTRATOR:
        context["steps"] = steps.first_steps(on)
        context["links"] = _links("desk:units", "desk:administration", "desk:law", "desk:accounts")
    return show(request, "desk/home/home.html", context | _desk(request, who), room="home")


def _desk(request: HttpRequest, who: Actor) -> dict[str, Any]:
    on = asked_day(request)
    waiting = tasks(who, on, day.asked(request).query)
    sets = mine.sets_in_use(who.unit_id, on)[:SHOWN_SETS]
    label = None
    if who.unit_id is not None:
        try:
            label = units.label(who.unit_id, on)
        except UnitNotFound:
            label = None
    own = mine.own_strips(label, sets, on) if label else []
    known = label is not None or who.unit_id is None  # a unit that is not there on the day has nothing below it
    lower = [row for row in sets if known and (label is None or row.level != label.level)]
    below = [_Below(mine.strips_below(label, row, on), who.unit_id, day.asked(request).query) for row in lower]
    return {
        "label": label,
        "tasks": waiting[:SHOWN_TASKS],
        "more_tasks": max(0, len(waiting) - SHOWN_TASKS),
        "work": work_of(who, on),
        "own": own,
        "below": below,
        "alarms": mine.alarms_told(who, sets, on),
        "happenings": changes.happenings(who, on),
        "campaigns": campaigns.in_sight(who, on, locked=False),
        "may_open": who.allows("campaign.open", who.unit_id, on=on),
    }


def _links(*names: str) -> dict[str, str]:
    """Addresses of rooms that exist in this installation."""
    found = {}
    for name in names:
        try:
            found[name.partition(":")[2]] = reverse(name)
        except NoReverseMatch:
            continue
    return found
