"""Trước và trên một đơn vị: the units it came from, and every unit it ever lay in."""

from __future__ import annotations

from datetime import date, timedelta

from ntm.domain.official.text import natural_key
from ntm.records.units import queries as units
from ntm.records.units.models import Position, Succession
from ntm.records.units.queries import UnitLabel

__all__ = ["ever_above", "order", "predecessors"]


def predecessors(unit_id: int, on: date) -> list[UnitLabel]:
    """Các đơn vị mà đơn vị này do sắp xếp mà thành, by that day, as they were called the day before."""
    rows = Succession.objects.filter(successor_id=unit_id, change__on__lte=on, change__undone_on=None)
    return [
        units.label(row.predecessor_id, row.change.on - timedelta(days=1))
        for row in rows.select_related("change").order_by("predecessor_id")
    ]


def ever_above(unit_id: int) -> set[int]:
    """Every unit above it on any day."""
    above: set[int] = set()
    for row in Position.objects.filter(unit_id=unit_id).values_list("commune_id", "district_id", "province_id"):
        above.update(one for one in row if one is not None and one != unit_id)
    return above


def order(label: UnitLabel) -> tuple[str, ...]:
    """Thứ tự trong biểu: by the codes of the upper units from the top down, then its own, then the name."""
    return (*((upper.code or "~") for upper in reversed(label.ancestors)), label.code or "~", natural_key(label.name))
