"""Địa bàn trong câu hỏi: units of a level below a unit on a day, as one indexed condition."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from ntm.records.units.models import Level, Position
from ntm.records.units.models.dated import on_day

__all__ = ["ANCESTOR", "positions", "within"]

# level of the upper unit -> the column that names it
ANCESTOR: dict[str, str] = {Level.PROVINCE: "province", Level.DISTRICT: "district", Level.COMMUNE: "commune"}


def positions(unit_id: int | None, upper_level: str | None, level: str, on: date) -> QuerySet[Position]:
    """Vị trí của các đơn vị cấp `level` trong địa bàn; the country when unit_id is None."""
    rows = Position.objects.on(on).filter(level=level)
    return rows if unit_id is None else rows.filter(within(unit_id, upper_level, level))


def within(unit_id: int, upper_level: str | None, level: str) -> Q:
    """The condition that a position lies in the unit (or is the unit's own)."""
    if upper_level == level or upper_level not in ANCESTOR:
        return Q(unit_id=unit_id)
    return Q(**{f"{ANCESTOR[upper_level]}_id": unit_id})


def in_force(on: date) -> Q:
    """The condition that an interval covers the day."""
    return on_day(on)
