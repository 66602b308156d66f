"""Địa bàn của sổ: a unit with all below it, and the units whose territory became its own.

An entry counts where its unit lay on the entry's own day; a unit that another one has taken in since is that one's past.
"""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q

from ntm.records.units import queries as units
from ntm.records.units.models import Succession

__all__ = ["own", "within"]

_COLUMN = {"tinh": "province_id", "huyen": "district_id", "xa": "commune_id", "thon": "unit_id"}
_DEEPEST = 8  # successions that follow one another


def within(unit_id: int | None, on: date) -> Q:
    """The condition that an entry is of the unit or of one below it; without a unit, of the country."""
    if unit_id is None:
        return Q()
    at = "unit__positions__"
    here = Q(**{f"{at}start__lte": F("start")}) & (Q(**{f"{at}end": None}) | Q(**{f"{at}end__gt": F("start")}))
    level = units.get(unit_id).level
    return here & Q(**{f"{at}{_COLUMN[level]}__in": _with_past(unit_id, on)})


def own(unit_id: int) -> Q:
    """The condition that an entry is of the unit itself."""
    return Q(unit_id=unit_id)


def _with_past(unit_id: int, on: date) -> list[int]:
    """The unit, and those whose greater part went to it by that day: a few questions at most, one where nothing merged."""
    found, layer = [unit_id], [unit_id]
    for _ in range(_DEEPEST):
        rows = Succession.objects.filter(
            successor_id__in=layer, main=True, change__undone_on=None, change__on__lte=on
        ).exclude(predecessor_id__in=found)
        layer = sorted(set(rows.values_list("predecessor_id", flat=True)))
        if not layer:
            break
        found += layer
    return found
