"""Bàn làm việc: the first page after signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ntm.faces.desk import navigation
from ntm.faces.desk.access import actor_or_none, page
from ntm.faces.desk.pages import show


@page
def home(request: HttpRequest) -> HttpResponse:
    """Bàn làm việc: under which office the person is here, and the rooms that this office walks."""
    doors = [door for door in navigation.doors(request, "home") if door.room.key != "home"]
    return show(request, "desk/home/home.html", {"actor": actor_or_none(request), "doors": doors}, room="home")
