"""Xem sổ: the registers of a unit, the list of one, one entry with its history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.faces.desk import day, tables
from ntm.faces.desk.access import actor
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.registers import shown, spent
from ntm.faces.desk.rooms.registers.place import ROOM, Place, at_register, at_unit, capital, registers_page
from ntm.faces.desk.rooms.units.choosing import Filter
from ntm.records.registers import catalogue
from ntm.records.registers.catalogue import Register
from ntm.records.registers.queries import entries
from ntm.records.registers.refusals import NoSuchEntry
from ntm.records.units import queries as units

__all__ = ["download", "entry", "of_unit", "register", "registers"]

YEAR, BELOW = "nam", "cap-duoi"
MOST_SHOWN = 2000


@require_GET
@registers_page
def registers(request: HttpRequest) -> HttpResponse:
    """Sổ theo dõi: of the office's own unit; a central office chooses a province."""
    who, asked = actor(request), day.asked(request)
    if who.unit_id is not None:
        return HttpResponseRedirect(reverse("desk:registers_unit", args=(who.unit_id,)) + asked.query)
    who.require("register.read", None, on=asked.on)
    provinces = [
        (one, reverse("desk:registers_unit", args=(one.id,)) + asked.query) for one in units.provinces(asked.on)
    ]
    crumbs = (Crumb(gettext("Sổ theo dõi")),)
    return show(request, "desk/registers/country.html", {"provinces": provinces}, room=ROOM, crumbs=crumbs)


@dataclass(frozen=True)
class Card:
    """Một sổ trên trang của đơn vị."""

    register: Register
    url: str
    every: int
    year: int


@require_GET
@at_unit
def of_unit(request: HttpRequest, place: Place) -> HttpResponse:
    """Các sổ của một đơn vị: how many entries up to the day, and of its year."""
    found = entries.tallies(place.label.id, place.on)
    cards = [
        Card(one, reverse("desk:register", args=(place.label.id, one.slug)) + place.carried, *found[one.code])
        for one in catalogue.registers()
    ]
    below = units.children(place.label.id, place.on)
    lower = [(capital(one.title), reverse("desk:registers_unit", args=(one.id,)) + place.carried) for one in below]
    context = {"place": place, "cards": cards, "lower": lower}
    return show(request, "desk/registers/unit.html", context, room=ROOM, crumbs=place.crumbs())


@require_GET
@at_register
def register(request: HttpRequest, place: Place) -> HttpResponse:
    """Một sổ: the entries of the unit and below it, up to the day."""
    one = _of_unit(place)
    year, below = _year(request), request.GET.get(BELOW, "") != "khong"
    rows = _rows(place, one, year, below)
    labels = units.labels({row.unit_id for row in rows}, place.on)
    table = shown.table_of(place, one, rows[:MOST_SHOWN], labels, year=year)
    years = entries.years(one, place.label.id, place.on)
    if year is not None and year not in years:
        years = sorted([*years, year], reverse=True)
    filters = [
        Filter(YEAR, gettext("Năm"), str(year or ""), (("", gettext("mọi năm")), *((str(y), str(y)) for y in years))),
        Filter(
            BELOW,
            gettext("Phạm vi"),
            "" if below else "khong",
            (("", gettext("cả cấp dưới")), ("khong", gettext("chỉ đơn vị này"))),
        ),
    ]
    context = {
        "place": place,
        "register": one,
        "table": table,
        "filters": filters,
        "empty": not rows,
        "filtered": year is not None or not below,
        "left_off": max(0, len(rows) - MOST_SHOWN),
        "urls": _urls(place),
    }
    return show(request, "desk/registers/register.html", context, room=ROOM, crumbs=place.crumbs())


def _of_unit(place: Place) -> Register:
    """A register that a unit has by itself, not one inside another's entries."""
    assert place.register is not None
    if place.register.parent:
        above = catalogue.of(place.register.parent)
        raise NoSuchEntry(
            gettext("Sổ “%(inner)s” nằm trong từng mục của sổ “%(outer)s”: mở sổ đó.")
            % {"inner": place.register.title, "outer": above.title}
        )
    return place.register


def _year(request: HttpRequest) -> int | None:
    typed = request.GET.get(YEAR, "")
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal() and 1945 <= int(typed[:5]) <= 2100):
        raise ValueError(gettext("“%(year)s” không phải một năm; ghi như 2026.") % {"year": typed[:20]})
    return int(typed)


def _rows(place: Place, one: Register, year: int | None, below: bool) -> list[Any]:
    return list(entries.listed(one, place.label.id, place.on, year=year, below=below))


def _urls(place: Place) -> dict[str, str]:
    names = ("register", "register_add", "register_import", "register_template")
    return {name.removeprefix("register_"): place.url(name) for name in names}


@require_GET
@at_register
def download(request: HttpRequest, place: Place) -> HttpResponse:
    """Danh sách tải về."""
    one, year = _of_unit(place), _year(request)
    rows = _rows(place, one, year, request.GET.get(BELOW, "") != "khong")
    labels = units.labels({row.unit_id for row in rows}, place.on)
    return tables.download(shown.table_of(place, one, rows, labels, year=year), "xlsx", f"so-{one.slug}")


@require_GET
@at_register
def entry(request: HttpRequest, place: Place, entry_id: int) -> HttpResponse:
    """Một mục: its columns, the lines inside it, how it came to stand so."""
    assert place.register is not None
    whole = entries.whole(place.register.code, entry_id)
    place.who.require("register.read", whole.entry.unit_id, on=place.on)
    of = units.label(whole.entry.unit_id, place.on)
    may = whole.entry.current and place.who.allows("register.record", whole.entry.unit_id, on=place.today)
    inner = [
        (
            child,
            shown.inside_table(_beside(place, child), child, rows),
            place.url("register_add_inside", whole.entry.pk, child.slug) if may else "",
            bool(rows),
        )
        for child, rows in whole.inside
    ]
    parent = None
    if whole.parent is not None:
        above = catalogue.of(place.register.parent)
        parent = (above.naming(whole.parent), _beside(place, above).url("register_entry", whole.parent.pk))
    title = capital(place.register.naming(whole.entry))
    context = {
        "place": place,
        "register": place.register,
        "whole": whole,
        "title": title,
        "of": of,
        "facts": shown.facts(whole, spent.criterion_name(place, whole.entry)),
        "money": spent.money_of(place, whole),
        "history": shown.history(whole),
        "inner": inner,
        "parent": parent,
        "correct_url": place.url("register_correct", whole.entry.pk) if may else "",
        "withdraw_url": place.url("register_withdraw", whole.entry.pk) if may else "",
    }
    return show(request, "desk/registers/entry.html", context, room=ROOM, crumbs=place.crumbs(Crumb(title)))


def _beside(place: Place, other: Register) -> Place:
    return Place(place.who, place.label, place.on, place.today, place.carried, other)
