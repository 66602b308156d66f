"""Địa bàn và bộ của biểu: which units, under which set, on which basis, read from the address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext

from ntm.faces.desk import day
from ntm.faces.desk.access import actor
from ntm.faces.desk.pages import Crumb, Tab
from ntm.faces.desk.rooms.units import choosing, words
from ntm.faces.desk.rooms.units.choosing import Filter
from ntm.faces.desk.rooms.units.lower import table_url
from ntm.faces.desk.rooms.units.sight import country_crumb, link
from ntm.records.people import authority
from ntm.records.people.authority import Actor
from ntm.records.standing.models import RegisteredSet
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.queries import sets
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["UNIT", "Place", "place_of"]

UNIT = "don-vi"
# level of the unit -> levels whose tables it has, the usual one first
_LEVELS: dict[str | None, tuple[str, ...]] = {
    None: ("tinh",), "tinh": ("xa", "huyen", "thon"), "huyen": ("xa", "thon", "huyen"), "xa": ("thon", "xa"), "thon": ("thon",),
}  # fmt: skip
_ROLLUP_LEVELS: dict[str | None, tuple[str, ...]] = {**_LEVELS, None: ("xa", "huyen", "tinh", "thon")}


@dataclass(frozen=True)
class Place:
    """Địa bàn của biểu: label is None for the country; row is None where no set is in force."""

    who: Actor
    label: UnitLabel | None
    row: RegisteredSet | None
    sets: tuple[RegisteredSet, ...]
    basis: Basis
    on: date
    today: date
    carried: str
    asked: str  # a code of a set that is not in force that day

    @property
    def unit_id(self) -> int | None:
        return self.label.id if self.label else None

    @property
    def title(self) -> str:
        return words.capital(self.label.title) if self.label else gettext("Cả nước")

    @property
    def set_name(self) -> str:
        return words.set_name(self.row) if self.row else ""

    @property
    def level_words(self) -> str:
        return str(words.LEVELS[self.row.level]) if self.row else ""

    @property
    def units_words(self) -> str:
        """ "Xã", "Thôn", "Huyện" as the head of a column."""
        return words.capital(self.level_words)

    def url(self, name: str, **more: object) -> str:
        """An address of this room that keeps unit, set, basis and day."""
        basis = {"can_cu": words.basis_key(self.basis)} if self.basis != Basis.CONFIRMED else {}
        return table_url(name, self.unit_id, self.row, self.carried, **basis, **more)

    def unit_query(self) -> str:
        """What a link to a unit's page keeps."""
        query = {choosing.SET: self.row.code} if self.row else {}
        if self.basis != Basis.CONFIRMED:
            query[choosing.BASIS] = words.basis_key(self.basis)
        own = urlencode(query)
        return self.carried + (("&" if self.carried else "?") + own if own else "")

    def on_day(self, on: date) -> Place:
        """The same place, its addresses carrying another day."""
        return replace(self, on=on, carried="?" + urlencode({day.PARAMETER: on.isoformat()}))

    @cached_property
    def _unit_pattern(self) -> str:
        return link("unit", self.unit_query(), 0)

    @cached_property
    def _criterion_pattern(self) -> str:
        return link("unit_criterion", self.unit_query(), unit_id=0, no=0)

    def unit_url(self, unit_id: int) -> str:
        """The unit's page; two hundred of them in a table, so the address is worked out once."""
        return self._unit_pattern.replace("/0/", f"/{unit_id}/", 1)

    def criterion_url(self, unit_id: int | str, no: int | str) -> str:
        """The side panel of a cell; ROW and COLUMN where the table fills them in."""
        return self._criterion_pattern.replace("/0/tieu-chi/0/", f"/{unit_id}/tieu-chi/{no}/", 1)

    def tabs(self, here: str) -> tuple[Tab, ...]:
        """Bảng, so sánh, tổng hợp, cảnh báo of the same units."""
        faces = (
            ("matrix", gettext("Bảng tiêu chí")), ("compare", gettext("So sánh hai ngày")),
            ("rollup", gettext("Tổng hợp")), ("alarms", gettext("Cảnh báo")),
        )  # fmt: skip
        return tuple(Tab(label, self.url(name), here=name == here) for name, label in faces)

    def crumbs(self, last: str) -> tuple[Crumb, ...]:
        if self.label is None:
            return (country_crumb(self.carried), Crumb(last))
        uppers = [
            Crumb(words.capital(one.title), link("unit", self.carried, one.id))
            for one in reversed(self.label.ancestors)
        ]
        own = Crumb(self.title, link("unit", self.carried, self.label.id))
        return (country_crumb(self.carried), *uppers, own, Crumb(last))

    def filters(self) -> list[Filter]:
        """Chọn bộ và căn cứ."""
        choice = choosing.Choice(self.row, self.sets)
        found = choosing.filters(choice, self.basis)
        return [Filter(one.name, one.label, one.value, _by_level(self, one)) for one in found]


def _by_level(place: Place, one: Filter) -> tuple[tuple[str, str], ...]:
    """Sets of several levels name their level."""
    if one.name != choosing.SET or len({row.level for row in place.sets}) < 2:
        return one.options
    levels = {row.code: words.capital(str(words.LEVELS[row.level])) for row in place.sets}
    return tuple((code, f"{levels[code]} · {label}" if code in levels else label) for code, label in one.options)


def place_of(request: HttpRequest, unit_id: int | None = None, *, whole_country: bool = False) -> Place:
    """Địa bàn được hỏi: of the address, else that of the office (a village's office: its commune)."""
    who, asked = actor(request), day.asked(request)
    label = _label(request, who, unit_id, asked.on)
    authority.require(who, "standing.read", label.id if label else None, on=asked.on)
    level = label.level if label else None
    rows = _sets(label, (_ROLLUP_LEVELS if whole_country else _LEVELS)[level], asked.on)
    code = request.GET.get(choosing.SET, "")
    row = next((one for one in rows if one.code == code), None)
    if row is None and not code and rows:
        usual = [one for one in rows if one.level == rows[0].level]
        row = sets.usual_in_area(label.id if label else None, level, usual, asked.on)
    basis = choosing.basis_of(request)
    return Place(who, label, row, rows, basis, asked.on, asked.today, asked.query, code if row is None else "")


def _label(request: HttpRequest, who: Actor, unit_id: int | None, on: date) -> UnitLabel | None:
    typed = request.GET.get(UNIT)
    if unit_id is None and typed is not None:
        if typed in ("", "ca-nuoc"):
            return None
        if not (typed.isascii() and typed.isdigit() and len(typed) < 18):
            raise ValueError(gettext("“%(typed)s” không phải số của một đơn vị.") % {"typed": typed[:40]})
        unit_id = int(typed)
    elif unit_id is None:
        unit_id = who.unit_id
    if unit_id is None:
        return None
    label = units.label(unit_id, on)
    return label.ancestors[0] if typed is None and label.level == "thon" and label.ancestors else label


def _sets(label: UnitLabel | None, levels: tuple[str, ...], on: date) -> tuple[RegisteredSet, ...]:
    code = choosing.province_code(label) if label else None
    return tuple(row for level in levels for row in sets.in_force(level, on, code))
