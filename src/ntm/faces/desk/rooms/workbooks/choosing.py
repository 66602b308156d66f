"""Chọn bảng tính nào: for which unit or area, under which set, of which day; the office's own area first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext

from ntm.faces.desk import day
from ntm.faces.desk.access import actor
from ntm.faces.desk.rooms.units import words
from ntm.faces.desk.rooms.units.choosing import SET, Filter, province_code
from ntm.records.people import authority
from ntm.records.people.authority import Actor
from ntm.records.standing.models import RegisteredSet
from ntm.records.standing.models.observations import Stage
from ntm.records.standing.queries import entering, sets
from ntm.records.standing.refusals import Refused
from ntm.records.standing.services import workbooks as services
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["AS_OF", "UNIT", "Choice", "choice_of"]

UNIT, AS_OF = "don-vi", "den-ngay"
# level of the area -> levels whose figures a workbook of it can hold, the usual one first
_LEVELS = {
    "tinh": ("xa", "huyen", "tinh", "thon"),
    "huyen": ("xa", "huyen", "thon"),
    "xa": ("xa", "thon"),
    "thon": ("thon",),
}


@dataclass(frozen=True)
class Choice:
    """Bảng tính đang chọn: label is None while a central office has not chosen a province; row None where there is no set."""

    who: Actor
    label: UnitLabel | None
    places: tuple[UnitLabel, ...]
    sets: tuple[RegisteredSet, ...]
    row: RegisteredSet | None
    as_of: date
    count: int
    stage: Stage
    on: date
    problem: str = ""  # why there is nothing to download, where a set is in force

    @property
    def title(self) -> str:
        return words.capital(self.label.title) if self.label else ""

    @property
    def set_name(self) -> str:
        return words.set_name(self.row) if self.row else ""

    @property
    def units_words(self) -> str:
        return str(words.LEVELS[self.row.level]) if self.row else ""

    @property
    def own_self(self) -> bool:
        """What comes back are drafts of a self-assessment."""
        return self.stage == Stage.SELF

    @property
    def may_return(self) -> bool:
        """May this office bring such a workbook back? For saying it beforehand; the service asks again."""
        if self.label is None:
            return False
        action = "observation.record" if self.own_self else "observation.verify"
        reach = authority.reach(self.who, action, on=self.as_of)
        some = reach.everywhere or bool(reach.unit_ids)
        return some and self.who.allows("workbook.upload", self.label.id, on=self.as_of)

    @property
    def only_own_criteria(self) -> bool:
        return self.who.role == "sector_officer"

    def filters(self) -> list[Filter]:
        """Địa bàn và bộ."""
        here = str(self.label.id) if self.label else ""
        shown = [(str(one.id), _indented(one, self.who.unit_id)) for one in self.places]
        if self.label is None:
            shown.insert(0, ("", gettext("Chọn tỉnh, thành phố")))
        made = [Filter(UNIT, gettext("Địa bàn"), here, tuple(shown))]
        if self.sets:
            options = tuple((row.code, self._set_words(row)) for row in self.sets)
            made.append(Filter(SET, gettext("Bộ tiêu chí"), self.row.code if self.row else "", options))
        return made

    def _set_words(self, row: RegisteredSet) -> str:
        names = [words.set_name(one) for one in self.sets if one.level == row.level]
        name = words.set_name(row, scope=names.count(words.set_name(row)) > 1)
        return f"{words.capital(str(words.LEVELS[row.level]))} · {name}"


def _indented(one: UnitLabel, own: int | None) -> str:
    return words.capital(one.title) + (gettext(" (của cơ quan)") if one.id == own else "")


def choice_of(request: HttpRequest) -> Choice:
    """What the address asks for; the office's own area where it says nothing."""
    who, asked = actor(request), day.asked(request)
    label = _label(request, who, asked.on)
    places = _places(who, label, asked.on)
    found = _sets(label, asked.on) if label else ()
    code = request.GET.get(SET, "")
    row = next((one for one in found if one.code == code), None)
    if row is None and found and label:
        usual = [one for one in found if one.level == found[0].level]
        row = sets.usual_in_area(label.id, label.level, usual, asked.on) or found[0]
    if row is None or label is None:
        return Choice(who, label, places, found, None, asked.on, 0, Stage.VERIFIED, asked.on)
    proposed = asked.on if day.PARAMETER in request.GET else entering.entry_day(label.id, row, asked.today).on
    as_of, count, stage, problem = _scope(who, label.id, row, [proposed, asked.on])
    return Choice(who, label, places, found, row, as_of, count, stage, asked.on, problem)


def _scope(who: Actor, unit_id: int, row: RegisteredSet, days: list[date]) -> tuple[date, int, Stage, str]:
    """The first of these days on which the area has units for the set; why there is none otherwise."""
    problem = ""
    for on in dict.fromkeys(days):
        try:
            return on, *services.scope(who, unit_id=unit_id, row=row, as_of=on), ""
        except Refused as reason:
            problem = problem or str(reason)
    return days[0], 0, Stage.VERIFIED, problem


def _label(request: HttpRequest, who: Actor, on: date) -> UnitLabel | None:
    typed = request.GET.get(UNIT, "")
    if typed and not (typed.isascii() and typed.isdigit() and len(typed) < 18):
        raise ValueError(gettext("“%(typed)s” không phải số của một đơn vị.") % {"typed": typed[:40]})
    unit_id = int(typed) if typed else who.unit_id
    who.require("workbook.download", unit_id, on=on)
    return units.label(unit_id, on) if unit_id is not None else None


def _places(who: Actor, label: UnitLabel | None, on: date) -> tuple[UnitLabel, ...]:
    """Own area first, then the way down to the chosen unit, then what lies directly below it (or beside it)."""
    if label is None:
        return tuple(units.provinces(on))
    way = [label, *label.ancestors]
    own = next((place for place, one in enumerate(way) if one.id == who.unit_id), len(way) - 1)
    down = list(reversed(way[: own + 1]))
    below = units.children(label.id, on) if label.level != "thon" else []
    if not below and len(way) > 1 and own > 0:
        below = [one for one in units.children(way[1].id, on) if one.id != label.id]
    listed = {one.id: one for one in (*down, *below)}
    if who.unit_id is None:
        listed |= {one.id: one for one in units.provinces(on) if one.id not in listed}
    return tuple(listed.values())


def _sets(label: UnitLabel, on: date) -> tuple[RegisteredSet, ...]:
    """Sets in force for units that exist there; a level without any unit is not offered."""
    province = province_code(label)
    there = {label.level, *units.counts_below([label.id], label.level, on).get(label.id, {})}
    levels = [level for level in _LEVELS[label.level] if level in there]
    return tuple(row for level in levels for row in sets.in_force(level, on, province))
