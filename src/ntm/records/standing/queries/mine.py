"""Địa bàn của tôi nhìn nhanh: the sets in use there, the strip of each unit, and the alarms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ntm.domain.assessment import Outcome
from ntm.records.people.authority import Actor
from ntm.records.standing import drawing, registry
from ntm.records.standing.models import RegisteredSet, UnitStanding
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.queries import alarms as watching
from ntm.records.standing.queries import area, glance, matrix, rollup
from ntm.records.standing.queries.alarms import Alarm
from ntm.records.standing.queries.rollup import RollupRow
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["AlarmTold", "AreaSet", "StripCell", "UnitStrip", "alarms_told", "own_strips", "sets_in_use", "strips_below"]

_MOST_STRIPS = 40  # more units than this are a table, not a glance
_MOST_UNITS = 80  # with more units than this only their sums are asked for


@dataclass(frozen=True, slots=True)
class StripCell:
    """Một ô của dải."""

    no: int
    name: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class UnitStrip:
    """Một đơn vị nhìn nhanh theo một bộ."""

    unit: UnitLabel
    row: RegisteredSet
    cells: tuple[StripCell, ...]

    @property
    def met(self) -> int:
        return sum(cell.outcome is Outcome.MET for cell in self.cells)


@dataclass(frozen=True, slots=True)
class AreaSet:
    """Các đơn vị cấp dưới theo một bộ: strips while they are few, else only counts; `total` where they are very many."""

    row: RegisteredSet
    strips: tuple[UnitStrip, ...]
    units: int
    with_data: int
    met: int
    total: RollupRow | None = None


@dataclass(frozen=True, slots=True)
class AlarmTold:
    """Cảnh báo với tên đơn vị và tên tiêu chí."""

    alarm: Alarm
    unit: UnitLabel
    row: RegisteredSet
    name: str


def sets_in_use(unit_id: int | None, on: date) -> list[RegisteredSet]:
    """Các bộ có hiện trạng trong địa bàn ngày đó, those of the highest level first."""
    rows = UnitStanding.objects.filter(area.in_force(on))
    if unit_id is not None:
        ids = [unit_id, *units.descendant_ids(unit_id, on)]
        rows = rows.filter(unit_id__in=ids)
    found = RegisteredSet.objects.in_bulk(rows.values_list("set_id", flat=True).distinct())
    order = {"tinh": 0, "huyen": 1, "xa": 2, "thon": 3}
    return sorted(found.values(), key=lambda row: (order[row.level], row.title_kind != "ntm", row.code))


def own_strips(label: UnitLabel, sets: list[RegisteredSet], on: date) -> list[UnitStrip]:
    """Dải ô của chính đơn vị, a query a set; the office's own word, verified or not."""
    made = []
    for row in sets:
        if row.level == label.level:
            found = glance.outcomes(label.id, row, on, Basis.SELF)
            cells = tuple(
                StripCell(one.no, one.name, found.get(one.no, Outcome.NO_DATA))
                for one in registry.content(row).criteria
            )
            made.append(UnitStrip(label, row, cells))
    return made


def strips_below(label: UnitLabel | None, row: RegisteredSet, on: date) -> AreaSet:
    """Các đơn vị của bộ đó trong địa bàn, those that have met most last so that what lags is seen first; a province or the
    country, which has too many for a glance, gets its sums alone."""
    unit_id = label.id if label else None
    if _has_very_many(label, row, on):
        total = rollup.rollup(unit_id, row, on, Basis.SELF).total
        return AreaSet(row, (), total.units, total.with_data, total.met_total, total)
    table = matrix.matrix(unit_id, row, on, Basis.SELF)
    with_data = [one for one in table.rows if one.no_data < len(table.numbers)]
    strips = [
        UnitStrip(
            one.unit,
            row,
            tuple(
                StripCell(no, name, drawing.OUTCOME_OF[cell.outcome])
                for no, name, cell in zip(table.numbers, table.names, one.cells, strict=True)
            ),
        )
        for one in (with_data if len(with_data) <= _MOST_STRIPS else ())
    ]
    return AreaSet(row, tuple(sorted(strips, key=lambda one: one.met)), len(table.rows), len(with_data), table.met)


def _has_very_many(label: UnitLabel | None, row: RegisteredSet, on: date) -> bool:
    """Only a province or the country can have; whoever is below them is not asked."""
    if label is not None and label.level != "tinh":
        return False
    places = area.every_position(label.id if label else None, label.level if label else None, row.level, on)
    return places.count() > _MOST_UNITS


def alarms_told(actor: Actor, sets: list[RegisteredSet], on: date, *, most: int = 12) -> list[AlarmTold]:
    """Cảnh báo của địa bàn, with words; of the sets in use there. Those of the country are a table of their own."""
    if actor.unit_id is None:
        return []
    found = [(alarm, row) for row in sets for alarm in watching.alarms(actor.unit_id, row, on, Basis.SELF)]
    found = sorted(found, key=lambda pair: pair[0].since, reverse=True)[:most]
    labels = units.labels({alarm.unit_id for alarm, _ in found}, on)
    return [AlarmTold(alarm, labels[alarm.unit_id], row, _name(alarm, row)) for alarm, row in found]


def _name(alarm: Alarm, row: RegisteredSet) -> str:
    criteria_set = registry.content(row)
    for criterion in criteria_set.criteria:
        if str(criterion.no) == alarm.code and alarm.kind is not watching.AlarmKind.FAR:
            return criterion.name
    for _, indicator in criteria_set.indicators():
        if indicator.code == alarm.code:
            return indicator.text
    return ""
