"""Chọn bộ và căn cứ: which set and which basis a page shows, read from the address (`?bo=`, `?can-cu=`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext

from ntm.faces.desk.rooms.units import words
from ntm.records.standing.models import RegisteredSet
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.queries import choice as next_sets
from ntm.records.standing.queries import sets
from ntm.records.units.queries import UnitLabel

__all__ = [
    "BASIS",
    "SET",
    "Choice",
    "Filter",
    "Option",
    "basis_of",
    "filters",
    "options",
    "province_code",
    "set_of_unit",
]

SET, BASIS = "bo", "can-cu"


@dataclass(frozen=True, slots=True)
class Option:
    """Một lựa chọn trong hộp chọn."""

    value: str
    label: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Bộ đang xem và các bộ khác; `asked` keeps a code that is not in force that day."""

    row: RegisteredSet | None
    sets: tuple[RegisteredSet, ...]
    asked: str = ""

    @property
    def options(self) -> list[Option]:
        return options(self.sets, self.row)


def options(rows: Sequence[RegisteredSet], chosen: RegisteredSet | None) -> list[Option]:
    """The sets by their short names; where two have one name, whose each is."""
    names = [words.set_name(row) for row in rows]
    return [
        Option(row.code, words.set_name(row, scope=names.count(name) > 1), chosen is not None and row.pk == chosen.pk)
        for row, name in zip(rows, names, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Filter:
    """Một ô của thanh lọc, as parts/filters.html wants it."""

    name: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...] = ()


def filters(choice: Choice, basis: Basis) -> list[Filter]:
    """Chọn bộ và căn cứ; nothing where there is nothing to choose."""
    if not choice.sets:
        return []
    shown = tuple((one.value, one.label) for one in choice.options)
    if choice.row is None:
        shown = (("", "—"), *shown)
    bases = tuple((key, str(label)) for key, label in words.BASES.values())
    return [
        Filter(SET, gettext("Bộ tiêu chí"), choice.row.code if choice.row else "", shown),
        Filter(BASIS, gettext("Kết quả theo"), words.basis_key(basis), bases),
    ]


def set_of_unit(request: HttpRequest, label: UnitLabel, on: date) -> Choice:
    """Bộ của trang đơn vị."""
    rows = sets.in_force(label.level, on, province_code(label))
    asked = request.GET.get(SET, "")
    chosen = next((row for row in rows if row.code == asked), None)
    if chosen is None and not asked:
        chosen = next_sets.next_of_unit(label.id, rows, on)
    return Choice(chosen, rows, asked if chosen is None else "")


def basis_of(request: HttpRequest) -> Basis:
    """Căn cứ: what was verified, unless the office's own word is asked for."""
    return Basis.SELF if request.GET.get(BASIS) == words.basis_key(Basis.SELF) else Basis.CONFIRMED


def province_code(label: UnitLabel) -> str | None:
    """Mã tỉnh của đơn vị, from its label."""
    return next((one.code for one in (label, *label.ancestors) if one.level == "tinh"), None)
