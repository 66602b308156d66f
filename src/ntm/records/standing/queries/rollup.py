"""Tổng hợp: units by number of criteria met, averages, titles; for each lower unit and for the whole. Indexed sums only."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from django.db.models import Count, F, Min, Q

from ntm.records.standing import descent
from ntm.records.standing.models import CriterionStanding, RegisteredSet, TitleHeld, UnitStanding
from ntm.records.standing.models.intervals import Basis, OutcomeCode
from ntm.records.standing.queries import area, choice
from ntm.records.units import queries as units
from ntm.records.units.models import Level, Position
from ntm.records.units.models.dated import on_day
from ntm.records.units.queries import UnitLabel, by_codes

__all__ = ["LOW", "Rollup", "RollupRow", "TitleCount", "criterion_counts", "rollup"]

LOW = 10  # "dưới 10 tiêu chí": the number that plans and reports watch


@dataclass(frozen=True, slots=True)
class TitleCount:
    """Số đơn vị giữ danh hiệu: cumulative on the day, and new in the day's year (by the title's own year)."""

    cumulative: int = 0
    new_this_year: int = 0


@dataclass
class RollupRow:
    """Một dòng tổng hợp. met_total: criteria met, all units together; by_met: number met -> number of units."""

    unit: UnitLabel | None
    units: int = 0
    with_data: int = 0
    met_total: int = 0
    by_met: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    assumed: int = 0  # units whose standing rests on an assumed figure
    titles: dict[str, TitleCount] = field(default_factory=dict)

    @property
    def average(self) -> Decimal | None:
        """Bình quân tiêu chí/đơn vị, over all units of the area, those without data counting none; one decimal, half up."""
        if not self.units or not self.with_data:
            return None
        return (Decimal(self.met_total) / self.units).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def exact_average(self) -> Decimal | None:
        """The same, not rounded to what a plan prints."""
        return Decimal(self.met_total) / self.units if self.units and self.with_data else None

    @property
    def low(self) -> int:
        """Số đơn vị có số liệu, đạt dưới 10 tiêu chí."""
        return sum(number for met, number in self.by_met.items() if met < LOW)

    def band(self, least: int, most: int) -> int:
        """Số đơn vị đạt từ `least` đến `most` tiêu chí."""
        return sum(number for met, number in self.by_met.items() if least <= met <= most)


@dataclass(frozen=True)
class Rollup:
    """Bảng tổng hợp: the whole and its parts."""

    row: RegisteredSet
    on: date
    basis: Basis
    total: RollupRow
    rows: tuple[RollupRow, ...]
    criteria: int
    title_kinds: tuple[str, ...]
    # the asked one, and for the country those of provinces that stand in its place
    sets: tuple[RegisteredSet, ...] = ()


def rollup(unit_id: int | None, row: RegisteredSet, on: date, basis: Basis = Basis.CONFIRMED) -> Rollup:
    """Tổng hợp một địa bàn theo đơn vị cấp dưới trực tiếp của nó; the country by provinces when unit_id is None, where
    a province with a set of its own counts under that set."""
    upper = units.label(unit_id, on) if unit_id is not None else None
    upper_level = upper.level if upper else None
    counted = choice.family(row, on) if unit_id is None else (row,)
    asked = _Asked(unit_id, upper_level, row.level, on, _group_column(upper_level, row.level, on))
    rows: dict[int | None, RollupRow] = {}
    _units(rows, asked)
    _standing(rows, asked, counted, basis)
    kinds = _titles(rows, asked)
    rows = {key: one for key, one in rows.items() if one.units}
    labels = units.labels([key for key in rows if key is not None], on)
    for key, one in rows.items():
        one.unit = labels.get(key) if key is not None else None
    ordered = sorted(rows.values(), key=lambda one: descent.order(one.unit) if one.unit else ("~",))
    total = _sum(upper, list(rows.values()), kinds)
    widest = max((met for one in rows.values() for met in one.by_met), default=0)
    return Rollup(row, on, basis, total, tuple(ordered), widest, kinds, counted)


@dataclass(frozen=True)
class _Asked:
    """Which units are counted, and by the column of which upper unit. Wards and towns without figures are asked for once and
    taken away here: for the country that is one pass over them instead of one in every question."""

    unit_id: int | None
    upper_level: str | None
    level: str
    on: date
    group: str

    @cached_property
    def left_out(self) -> dict[int, int | None]:
        """Phường, thị trấn không xét: unit -> the upper unit under which it would be counted."""
        if self.level != Level.COMMUNE or self.upper_level == self.level:
            return {}
        urban = area.urban_not_judged(self.unit_id, self.upper_level, self.on)
        return dict(urban.values_list("unit_id", f"unit__positions__{self.group}"))

    @property
    def joined(self) -> Q:
        """The condition on a table of units that joins their positions."""
        return area.joined(self.unit_id, self.upper_level, self.level, self.on)

    @property
    def key(self) -> F:
        return F(f"unit__positions__{self.group}")


def _units(rows: dict[int | None, RollupRow], asked: _Asked) -> None:
    """How many units each upper unit has: all, less those that are not judged."""
    places = area.every_position(asked.unit_id, asked.upper_level, asked.level, asked.on)
    left_out = Counter(asked.left_out.values())
    for key, number in places.values_list(asked.group).annotate(number=Count("pk")):
        if number > left_out[key]:
            rows[key] = RollupRow(None, units=number - left_out[key])


def _group_column(upper_level: str | None, level: str, on: date) -> str:
    """The column of the next lower level: provinces for the country; below a province districts while there were any."""
    if upper_level is None:
        return "province_id"
    if upper_level == Level.PROVINCE and level in (Level.COMMUNE, Level.VILLAGE):
        districts = Position.objects.on(on).filter(level=Level.DISTRICT).exists()
        return "district_id" if districts else "commune_id"
    if upper_level == Level.DISTRICT and level in (Level.COMMUNE, Level.VILLAGE):
        return "commune_id"
    return "unit_id"


def _standing(
    rows: dict[int | None, RollupRow], asked: _Asked, counted: tuple[RegisteredSet, ...], basis: Basis
) -> None:
    """Sum the unit intervals of the day: one GROUP BY over upper unit, set and number met. A province with its own set
    counts under that one only, all others under the first."""
    common, own = counted[0].pk, _own_sets(counted, asked.on)
    spans = UnitStanding.objects.filter(on_day(asked.on), set__in=[one.pk for one in counted], basis=basis)
    grouped = spans.filter(asked.joined).values_list(asked.key, "set_id", "met", "assumed").annotate(Count("pk"))
    for key, set_id, met, assumed, number in grouped:
        if set_id == own.get(key, common):
            _add(rows, key, met, assumed, number)
    if not asked.left_out:
        return
    earlier = spans.filter(unit_id__in=list(asked.left_out))
    for unit, set_id, met, assumed in earlier.values_list("unit_id", "set_id", "met", "assumed"):
        key = asked.left_out[unit]
        if set_id == own.get(key, common):
            _add(rows, key, met, assumed, -1)


def _add(rows: dict[int | None, RollupRow], key: int | None, met: int, assumed: bool, number: int) -> None:
    here = rows.setdefault(key, RollupRow(None))
    here.with_data += number
    here.met_total += met * number
    here.by_met[met] += number
    if not here.by_met[met]:
        del here.by_met[met]
    here.assumed += number if assumed else 0


def _own_sets(counted: tuple[RegisteredSet, ...], on: date) -> dict[int | None, int]:
    """Tỉnh có bộ riêng: province -> its set."""
    provincial = counted[1:]
    codes = by_codes({row.province_code for row in provincial}, on)
    return {codes[row.province_code]: row.pk for row in provincial if row.province_code in codes}


def _titles(rows: dict[int | None, RollupRow], asked: _Asked) -> tuple[str, ...]:
    held = TitleHeld.objects.filter(on_day(asked.on), asked.joined, level=asked.level)
    first = held.values_list("unit_id", "title_kind", asked.key).annotate(Min("year"))
    cumulative: dict[tuple[int | None, str], int] = defaultdict(int)
    new: dict[tuple[int | None, str], int] = defaultdict(int)
    for unit, kind, key, year in first:
        if unit not in asked.left_out:
            cumulative[key, kind] += 1
            new[key, kind] += year == asked.on.year
    for (key, kind), number in cumulative.items():
        here = rows.setdefault(key, RollupRow(None))
        here.titles[kind] = TitleCount(number, new.get((key, kind), 0))
    return tuple(sorted({kind for _, kind in cumulative}))


def _sum(upper: UnitLabel | None, rows: list[RollupRow], kinds: tuple[str, ...]) -> RollupRow:
    total = RollupRow(upper)
    for one in rows:
        total.units += one.units
        total.with_data += one.with_data
        total.met_total += one.met_total
        total.assumed += one.assumed
        for met, number in one.by_met.items():
            total.by_met[met] += number
    for kind in kinds:
        counts = [one.titles.get(kind, TitleCount()) for one in rows]
        total.titles[kind] = TitleCount(sum(c.cumulative for c in counts), sum(c.new_this_year for c in counts))
    return total


def criterion_counts(
    unit_id: int | None, row: RegisteredSet, on: date, basis: Basis = Basis.CONFIRMED
) -> dict[int, dict[OutcomeCode, int]]:
    """Số đơn vị đạt từng tiêu chí in the area: one GROUP BY."""
    upper = units.label(unit_id, on) if unit_id is not None else None
    places = area.positions(unit_id, upper.level if upper else None, row.level, on)
    spans = CriterionStanding.objects.filter(Q(on_day(on)), set=row, basis=basis, unit__in=places.values("unit_id"))
    counts: dict[int, dict[OutcomeCode, int]] = defaultdict(dict)
    for no, outcome, number in spans.values_list("no", "outcome").annotate(number=Count("pk")):
        counts[no][OutcomeCode(outcome)] = number
    return counts
