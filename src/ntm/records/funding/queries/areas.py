"""Địa bàn của tiền: a unit with all below it, as one indexed condition; entries add up without counting twice.

An entry counts where its unit lay on the entry's own day: money of a district that has ended stays in its province.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.db.models import F, Q

from ntm.records.units import queries as units
from ntm.records.units.models import Level, Position

__all__ = ["Scope", "group_column", "placed", "within"]

_COLUMN = {"tinh": "province_id", "huyen": "district_id", "xa": "commune_id", "thon": "unit_id"}


class Scope(StrEnum):
    """Phạm vi cộng: the unit's own entries, or with all units below it."""

    OWN = "own"
    AREA = "area"


def placed(unit_id: int | None, day: str = "placed_on", through: str = "") -> Q:
    """The condition on an entry and its unit's position of the entry's day; `day`: the column that names it.

    `through`: the relation ("works__") whose unit and day are meant, where they are not the entry's own.
    """
    at = f"{through}unit__positions__"
    of_day = F(f"{through}{day}")
    here = Q(**{f"{at}start__lte": of_day}) & (Q(**{f"{at}end": None}) | Q(**{f"{at}end__gt": of_day}))
    if unit_id is None:
        return here
    return here & Q(**{f"{at}{_COLUMN[units.get(unit_id).level]}": unit_id})


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
