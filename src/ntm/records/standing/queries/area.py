"""Địa bàn trong câu hỏi: units of a level below a unit on a day, as one indexed condition."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from ntm.records.standing.models import Observation
from ntm.records.units.models import Level, Position, UnitName
from ntm.records.units.models.dated import on_day

__all__ = ["ANCESTOR", "URBAN", "every_position", "positions", "urban_not_judged", "within"]

URBAN = ("Phường", "Thị trấn", "Đặc khu")  # of the commune level, outside the programme unless an office judges them

# level of the upper unit -> the column that names it
ANCESTOR: dict[str, str] = {Level.PROVINCE: "province", Level.DISTRICT: "district", Level.COMMUNE: "commune"}


def positions(unit_id: int | None, upper_level: str | None, level: str, on: date) -> QuerySet[Position]:
    """Vị trí của các đơn vị cấp `level` được xét trong địa bàn; the country when unit_id is None.

    Plans count communes ("124/184 xã"): wards and towns are left out, except those that have figures of their own.
    """
    rows = every_position(unit_id, upper_level, level, on)
    if level == Level.COMMUNE and upper_level != level:
        rows = rows.exclude(unit_id__in=urban_not_judged(unit_id, upper_level, on).values("unit_id"))
    return rows


def every_position(unit_id: int | None, upper_level: str | None, level: str, on: date) -> QuerySet[Position]:
    """The same with the wards and towns that are not judged."""
    rows = Position.objects.on(on).filter(level=level)
    return rows if unit_id is None else rows.filter(within(unit_id, upper_level, level))


def urban_not_judged(unit_id: int | None, upper_level: str | None, on: date) -> QuerySet[UnitName]:
    """Phường, thị trấn của địa bàn without a figure since they became one: a commune's earlier ones do not count.

    Asked once a question and not once a unit: as a list to leave out, which both databases keep in memory.
    """
    judged = Observation.objects.filter(unit_id=OuterRef("unit_id"), as_of__gte=OuterRef("unit__positions__start"))
    # in one filter with what looks at it: else it would be joined twice; the level lets both databases begin at the communes
    placed = joined(unit_id, upper_level, Level.COMMUNE, on)
    return UnitName.objects.on(on).filter(placed, ~Exists(judged), kind__in=URBAN)


def within(unit_id: int, upper_level: str | None, level: str, through: str = "") -> Q:
    """The condition that a position lies in the unit (or is the unit's own); `through`: the relation that leads to it."""
    own = upper_level == level or upper_level not in ANCESTOR
    return Q(**{f"{through}{'unit' if own else ANCESTOR[str(upper_level)]}_id": unit_id})


def joined(unit_id: int | None, upper_level: str | None, level: str, on: date) -> Q:
    """The condition on a table of units that joins the positions of that day: of this level, in the unit."""
    at = "unit__positions__"
    here = on_day(on, at) & Q(**{f"{at}level": level})
    return here if unit_id is None else here & within(unit_id, upper_level, level, at)


def in_force(on: date) -> Q:
    """The condition that an interval covers the day."""
    return on_day(on)
