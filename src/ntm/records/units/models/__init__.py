"""Đơn vị hành chính: identity, dated words about it, what follows what, and where it lies on each day."""

from ntm.records.units.models.changes import Change, ChangeKind, Succession
from ntm.records.units.models.dated import FROM_THE_BEGINNING, Dated, DatedQuerySet
from ntm.records.units.models.positions import Position
from ntm.records.units.models.statuses import GROUPS, STATUS_FLAGS, StatusKind, UnitStatus
from ntm.records.units.models.units import LEVEL_ORDER, Level, Unit, UnitCode, UnitName, UnitParent

__all__ = [
    "FROM_THE_BEGINNING",
    "GROUPS",
    "LEVEL_ORDER",
    "STATUS_FLAGS",
    "Change",
    "ChangeKind",
    "Dated",
    "DatedQuerySet",
    "Level",
    "Position",
    "StatusKind",
    "Succession",
    "Unit",
    "UnitCode",
    "UnitName",
    "UnitParent",
    "UnitStatus",
]
