"""Bàn làm việc: what waits for me, what changed in my area, my units at a glance; first steps where there is nothing yet."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse

from ntm.faces.desk import day, navigation
from ntm.faces.desk.access import actor_or_none, asked_day, page
from ntm.faces.desk.pages import show
from ntm.faces.desk.rooms.home.waiting import tasks
from ntm.faces.desk.rooms.home.work import work_of
from ntm.records.people import queries as people
from ntm.records.people.authority import Actor
from ntm.records.people.models import Role
from ntm.records.standing.queries import campaigns, changes, mine, steps
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitNotFound

SHOWN_TASKS = 12
SHOWN_SETS = 3


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
    below = [mine.strips_below(who.unit_id, row, on) for row in sets if label is None or row.level != label.level]
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
