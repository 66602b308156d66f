"""Địa bàn trong câu hỏi: units of a level below a unit on a day, as one indexed condition."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from ntm.records.standing.models import Observation
from ntm.records.units.models import Level, Position, UnitName
from ntm.records.units.models.dated import on_day

__all__ = ["ANCESTOR", "URBAN", "positions", "within"]

URBAN = ("Phường", "Thị trấn", "Đặc khu")  # of the commune level, outside the programme unless an office judges them

# level of the upper unit -> the column that names it
ANCESTOR: dict[str, str] = {Level.PROVINCE: "province", Level.DISTRICT: "district", Level.COMMUNE: "commune"}


def positions(unit_id: int | None, upper_level: str | None, level: str, on: date) -> QuerySet[Position]:
    """Vị trí của các đơn vị cấp `level` được xét trong địa bàn; the country when unit_id is None.

    Plans count communes ("124/184 xã"): wards and towns are left out, except those that have figures of their own.
    """
    rows = Position.objects.on(on).filter(level=level)
    if level == Level.COMMUNE and upper_level != level:
        rows = rows.filter(~Exists(_urban_not_judged(on)))
    return rows if unit_id is None else rows.filter(within(unit_id, upper_level, level))


def _urban_not_judged(on: date) -> QuerySet[UnitName]:
    """The position's unit is a ward or town without a figure since it became one: a commune's earlier ones do not count."""
    judged = Observation.objects.filter(unit_id=OuterRef("unit_id"), as_of__gte=OuterRef("start"))
    named = UnitName.objects.on(on).filter(unit_id=OuterRef("unit_id"), kind__in=URBAN)
    return named.filter(~Exists(judged))


def within(unit_id: int, upper_level: str | None, level: str) -> Q:
    """The condition that a position lies in the unit (or is the unit's own)."""
    if upper_level == level or upper_level not in ANCESTOR:
        return Q(unit_id=unit_id)
    return Q(**{f"{ANCESTOR[upper_level]}_id": unit_id})


def in_force(on: date) -> Q:
    """The condition that an interval covers the day."""
    return on_day(on)
