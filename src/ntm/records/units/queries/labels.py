"""Cách gọi đơn vị: code, name, kind and upper units as they were on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ntm.domain.gazetteer.model import titled
from ntm.records.units.models import DatedQuerySet, Position, UnitCode, UnitName

_PAGE = 5000  # numbers in one IN (...)


class UnitNotFound(LookupError):
    """Không có đơn vị."""

    def __init__(self, unit_id: int) -> None:
        super().__init__(f"Không có đơn vị số {unit_id} trong hệ thống.")


@dataclass(frozen=True, slots=True)
class UnitLabel:
    """Đơn vị trong một ngày; upper units from the nearest up.

    `living` is false where the unit does not stand on that day and the words are those of its nearest day.
    """

    id: int
    code: str | None
    name: str
    kind: str
    level: str
    ancestors: tuple[UnitLabel, ...] = ()
    living: bool = True

    @property
    def title(self) -> str:
        """ "xã Thạch Lỗi"."""
        return titled(self.kind, self.name)

    @property
    def full_title(self) -> str:
        """ "xã Thạch Lỗi, huyện Cẩm Giàng, tỉnh Hải Dương"."""
        return ", ".join([self.title, *(upper.title for upper in self.ancestors)])

    def __str__(self) -> str:
        return self.full_title


def label(unit_id: int, on: date) -> UnitLabel:
    """One unit as it is called on that day; of its nearest day where it does not stand on it."""
    found = labels([unit_id], on)
    if unit_id not in found:
        raise UnitNotFound(unit_id)
    return found[unit_id]


def labels(unit_ids: Iterable[int], on: date) -> dict[int, UnitLabel]:
    """Many units at once, in three queries (three more where some do not stand on that day)."""
    wanted = list(dict.fromkeys(unit_ids))
    found: dict[int, UnitLabel] = {}
    for first in range(0, len(wanted), _PAGE):
        found |= _labels(wanted[first : first + _PAGE], on)
    return found


_COLUMNS = ("unit_id", "level", "commune_id", "district_id", "province_id", "start", "end")


def _labels(wanted: list[int], on: date) -> dict[int, UnitLabel]:
    positions = {row[0]: row for row in Position.objects.on(on).filter(unit_id__in=wanted).values_list(*_COLUMNS)}
    gone = [unit for unit in wanted if unit not in positions]
    if gone:
        positions |= _nearest(Position.objects.filter(unit_id__in=gone), on, _COLUMNS)
    everyone = {unit for row in positions.values() for unit in (row[0], *row[2:5]) if unit is not None}
    names = _words(UnitName.objects.all(), everyone, on, ("unit_id", "kind", "name", "start", "end"))
    codes = _words(UnitCode.objects.all(), everyone, on, ("unit_id", "code", "start", "end"), gone_only=set(gone))
    made: dict[int, UnitLabel] = {}
    away = set(gone)

    def make(unit: int, level: str, uppers: tuple[UnitLabel, ...], living: bool) -> UnitLabel:
        kind, name = names[unit][1:3]
        code = codes[unit][1] if unit in codes else None
        return UnitLabel(unit, code, name, kind, level, uppers, living)

    for unit in wanted:
        if unit not in positions:
            continue
        _unit, level, commune, district, province, *_days = positions[unit]
        uppers: list[UnitLabel] = []
        for upper, of_level in ((province, "tinh"), (district, "huyen"), (commune, "xa")):
            if upper is not None and upper != unit:
                uppers.append(make(upper, of_level, tuple(reversed(uppers)), True))
        made[unit] = make(unit, level, tuple(reversed(uppers)), unit not in away)
    return made


def _words(
    rows: DatedQuerySet, units: set[int], on: date, columns: tuple[str, ...], gone_only: set[int] | None = None
) -> dict[int, tuple[Any, ...]]:
    """Words of a day; for units without words on it, those of the nearest day."""
    found = {row[0]: row for row in rows.on(on).filter(unit_id__in=units).values_list(*columns)}
    missing = [unit for unit in units if unit not in found and (gone_only is None or unit in gone_only)]
    if missing:
        found |= _nearest(rows.filter(unit_id__in=missing), on, columns)
    return found


def _nearest(rows: Any, on: date, columns: tuple[str, ...]) -> dict[int, tuple[Any, ...]]:
    by_unit: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows.values_list(*columns):
        by_unit[row[0]].append(row)
    return {unit: min(found, key=lambda row: _distance(row, on)) for unit, found in by_unit.items()}


def _distance(row: Sequence[Any], on: date) -> int:
    start, end = row[-2:]
    if on < start:
        return int((start - on).days)
    return 0 if end is None or on < end else int((on - end).days) + 1
