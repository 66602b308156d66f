"""Địa bàn của tiền: a unit with all below it, as one indexed condition; entries add up without counting twice.

An entry counts where its unit lay on the entry's own day: money of a district that has ended stays in its province.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import F, Q, Sum

from ntm.records.units import queries as units
from ntm.records.units.models import Level, Position

__all__ = ["COLUMN_OF", "IN_ONE", "Part", "Scope", "apart", "group_column", "parts", "placed", "summed", "within"]

IN_ONE = 2000  # numbers in one IN (...)
COLUMN_OF = {"tinh": "province_id", "huyen": "district_id", "xa": "commune_id", "thon": "unit_id"}  # of positions


class Scope(StrEnum):
    """Phạm vi cộng: the unit's own entries, or with all units below it."""

    OWN = "own"
    AREA = "area"


def placed(unit_id: int | None, day: str = "placed_on", through: str = "") -> Q:
    """The condition on an entry and its unit's position of the entry's day; `day`: the column that names it.

    `through`: the relation ("works__") whose unit and day are meant, where they are not the entry's own.
    """
    return _placed(unit_id, _column(unit_id), day, through)


def _placed(unit_id: int | None, column: str, day: str = "placed_on", through: str = "") -> Q:
    at = f"{through}unit__positions__"
    of_day = F(f"{through}{day}")
    here = Q(**{f"{at}start__lte": of_day}) & (Q(**{f"{at}end": None}) | Q(**{f"{at}end__gt": of_day}))
    return here & Q(**{f"{at}{column}": unit_id}) if column else here


def _column(unit_id: int | None) -> str:
    """The column of positions that holds this unit; none for the country. One query: asked once for a question."""
    return "" if unit_id is None else COLUMN_OF[units.get(unit_id).level]


def within(unit_id: int | None, scope: Scope = Scope.AREA, day: str = "placed_on", through: str = "") -> Q:
    """The condition that an entry is of the unit, or of its area; without a unit, of the country."""
    if unit_id is None:
        return Q()
    return Q(**{f"{through}unit_id": unit_id}) if scope is Scope.OWN else placed(unit_id, day, through)


def group_column(unit_id: int | None, on: date) -> str:
    """The column of the next lower level: provinces for the country, districts while there were any."""
    if unit_id is None:
        return "province_id"
    level = units.get(unit_id).level
    if level == Level.PROVINCE:
        districts = Position.objects.on(on).filter(level=Level.DISTRICT, province_id=unit_id).exists()
        return "district_id" if districts else "commune_id"
    return "commune_id" if level == Level.DISTRICT else "unit_id"


@dataclass(frozen=True, slots=True)
class Homes:
    """Các đơn vị từng ở địa bàn. steady: in it all their days, under one lower unit; moved: the others, asked by the day."""

    steady: dict[int, int | None]
    moved: frozenset[int]


def _inside(unit_id: int, column: str) -> Q:
    """Of the units that ever lay in the area: a condition without their days, for those known to be steady."""
    return Q(unit_id__in=Position.objects.filter(**{column: unit_id}).order_by().values("unit_id"))


def _homes(unit_id: int, column: str, of_lower: str) -> Homes:
    """Where each unit of the area lay: one query, so that most entries need no position of their own."""
    seen: dict[int, set[tuple[bool, int | None]]] = defaultdict(set)
    rows = Position.objects.filter(_inside(unit_id, column)).order_by()
    for unit, upper, lower in rows.values_list("unit_id", F(column), F(of_lower)):
        seen[unit].add((upper == unit_id, lower))
    steady = {unit: lower for unit, places in seen.items() if len(places) == 1 for here, lower in places if here}
    return Homes(steady, frozenset(seen.keys() - steady.keys()))


@dataclass(frozen=True, slots=True)
class Part:
    """Một phần của địa bàn: which entries, by what they are grouped, and the lower unit of a unit where that is one."""

    where: Q
    lower: Any
    homes: dict[int, int | None] | None = None


def parts(unit_id: int | None, of_lower: str) -> list[Part]:
    """Units that never moved are added up by the unit alone, in the order of the index; the others by the entry's day.

    `of_lower`: the column of the lower units by which they are told apart, from `group_column`.
    """
    column = _column(unit_id)
    by_day = Part(_placed(unit_id, column), F(f"unit__positions__{of_lower}"))
    if unit_id is None:
        return [by_day]
    found = _homes(unit_id, column, of_lower)
    if len(found.moved) > IN_ONE:
        return [by_day]
    still = [Part(_inside(unit_id, column), F("unit_id"), found.steady)] if found.steady else []
    moved = Q(unit_id__in=sorted(found.moved))
    return [*still, Part(by_day.where & moved, by_day.lower)] if found.moved else still


def apart(unit_id: int | None) -> list[Q]:
    """The area in conditions that share no entry, where nobody asks for lower units: few entries need a position."""
    column = _column(unit_id)
    if unit_id is None:
        return [_placed(None, column)]
    moved = sorted(_homes(unit_id, column, column).moved)
    if len(moved) > IN_ONE:
        return [_placed(unit_id, column)]
    still = _inside(unit_id, column) & ~Q(unit_id__in=moved)
    return [still, _placed(unit_id, column) & Q(unit_id__in=moved)] if moved else [still]


def summed(model: Any, area: list[Part], of_years: Q, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Cộng: lower unit, columns, sum; the same key may come once from each part."""
    for part in area:
        rows = model.objects.filter(part.where, of_years).order_by()
        sums = rows.values_list(part.lower, *columns).annotate(sum=Sum("amount"))
        if part.homes is None:
            yield from sums
            continue
        for unit, *rest in sums:
            if unit in part.homes:
                yield part.homes[unit], *rest
