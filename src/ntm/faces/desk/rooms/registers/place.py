"""Chỗ của sổ: the unit, the register, the day and who asks, worked out once for the views; refusals as sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from ntm.faces.desk import day
from ntm.faces.desk.access import actor, page
from ntm.faces.desk.pages import Crumb, show
from ntm.records.people.authority import Actor, Denied
from ntm.records.registers import catalogue
from ntm.records.registers.catalogue import Register
from ntm.records.registers.refusals import NoSuchEntry
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel, UnitNotFound

__all__ = ["ROOM", "Place", "at_register", "at_unit", "capital", "refusal", "registers_page"]

ROOM = "registers"
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Place:
    """Đơn vị và sổ đang xem: `on` is the day looked at, `today` the day on which things are recorded."""

    who: Actor
    label: UnitLabel
    on: date
    today: date
    carried: str  # ?ngay=
    register: Register | None = None

    @property
    def title(self) -> str:
        return capital(self.label.title)

    @property
    def may_record(self) -> bool:
        """For showing a button; the service asks again."""
        return self.who.allows("register.record", self.label.id, on=self.today)

    def url(self, name: str, *args: object) -> str:
        """An address of this register of this unit, with the day."""
        own = () if self.register is None else (self.register.slug,)
        return reverse(f"desk:{name}", args=(self.label.id, *own, *args)) + self.carried

    def crumbs(self, *more: Crumb) -> tuple[Crumb, ...]:
        """Sổ theo dõi › xã Thạch Lỗi › Hợp tác xã › ..."""
        unit_url = reverse("desk:registers_unit", args=(self.label.id,)) + self.carried
        steps = [Crumb(gettext("Sổ theo dõi"), reverse("desk:registers") + self.carried)]
        steps.append(Crumb(self.title, unit_url if self.register or more else None))
        if self.register is not None:
            whole = catalogue.of(self.register.parent) if self.register.parent else self.register
            url = reverse("desk:register", args=(self.label.id, whole.slug)) + self.carried
            steps.append(Crumb(whole.title, url if more else None))
        return (*steps, *more)


def capital(words: str) -> str:
    """With a capital letter."""
    return words[:1].upper() + words[1:]


def refusal(reason: Exception) -> tuple[str, int]:
    """Câu từ chối and its status, for a page shown again with what was typed."""
    return str(reason), 403 if isinstance(reason, Denied) else 422


def registers_page(view: View) -> View:
    """A page of this room: what a service refuses is a sentence with 422, what is not there 404."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (UnitNotFound, NoSuchEntry) as reason:
            return _stopped(request, str(reason), 404)
        except ValueError as reason:
            return _stopped(request, str(reason), 422)

    return page(wrapped)


def at_unit(view: View) -> View:
    """Trang sổ của một đơn vị, for who may read its registers on that day."""

    @wraps(view)
    def wrapped(request: HttpRequest, unit_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, _place(request, unit_id), *args, **kwargs)

    return registers_page(wrapped)


def at_register(view: View) -> View:
    """Trang của một sổ của một đơn vị."""

    @wraps(view)
    def wrapped(request: HttpRequest, unit_id: int, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, _place(request, unit_id, catalogue.of(slug)), *args, **kwargs)

    return registers_page(wrapped)


def _place(request: HttpRequest, unit_id: int, register: Register | None = None) -> Place:
    who, asked = actor(request), day.asked(request)
    label = units.label(unit_id, asked.on)
    who.require("register.read", unit_id, on=asked.on)
    return Place(who, label, asked.on, asked.today, asked.query, register)


def _stopped(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    context = {"sentence": sentence}
    crumbs = (Crumb(gettext("Sổ theo dõi"), reverse("desk:registers")), Crumb(gettext("Chưa làm được")))
    return show(request, "desk/registers/stopped.html", context, room=ROOM, crumbs=crumbs, status=status)
