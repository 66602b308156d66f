"""Tổng hợp: units by number of criteria met, averages, titles; for each lower unit and for the whole. Indexed sums only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, F, Min, Q, Sum

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
    group = _group_column(upper.level if upper else None, row.level, on)
    places = area.positions(unit_id, upper.level if upper else None, row.level, on)
    rows: dict[int | None, RollupRow] = {}
    for key, number in places.values_list(group).annotate(number=Count("pk")):
        rows.setdefault(key, RollupRow(None)).units = number
    counted = choice.family(row, on) if unit_id is None else (row,)
    _standing(rows, places, group, counted, on, basis)
    kinds = _titles(rows, places, group, row.level, on)
    labels = units.labels([key for key in rows if key is not None], on)
    for key, one in rows.items():
        one.unit = labels.get(key) if key is not None else None
    ordered = sorted(rows.values(), key=lambda one: descent.order(one.unit) if one.unit else ("~",))
    total = _sum(upper, list(rows.values()), kinds)
    widest = max((met for one in rows.values() for met in one.by_met), default=0)
    return Rollup(row, on, basis, total, tuple(ordered), widest, kinds, counted)


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
    rows: dict[int | None, RollupRow],
    places: Any,
    group: str,
    counted: tuple[RegisteredSet, ...],
    on: date,
    basis: Basis,
) -> None:
    """Sum the unit intervals of the day: one GROUP BY over upper unit and number met."""
    mine = _each_under_its_own(counted, on)
    spans = UnitStanding.objects.filter(mine, on_day(on), basis=basis, unit__positions__in=places)
    grouped = spans.values(key=F(f"unit__positions__{group}"), count=F("met")).annotate(
        number=Count("pk"), assumed_number=Sum(_one_when("assumed"))
    )
    for one in grouped:
        here = rows.setdefault(one["key"], RollupRow(None))
        here.with_data += one["number"]
        here.met_total += one["count"] * one["number"]
        here.by_met[one["count"]] += one["number"]
        here.assumed += one["assumed_number"] or 0


def _each_under_its_own(counted: tuple[RegisteredSet, ...], on: date) -> Q:
    """Units of a province with its own set count under that one only; all others under the first."""
    common, *provincial = counted
    codes = by_codes({row.province_code for row in provincial}, on)
    own = [(row, codes[row.province_code]) for row in provincial if row.province_code in codes]
    if not own:
        return Q(set=common)
    inside = Position.objects.on(on).filter(level=common.level)
    chosen = Q(set=common) & ~Q(unit_id__in=inside.filter(province_id__in=[unit for _, unit in own]).values("unit_id"))
    for row, unit in own:
        chosen |= Q(set=row, unit_id__in=inside.filter(province_id=unit).values("unit_id"))
    return chosen


def _one_when(name: str) -> Any:
    from django.db.models import Case, IntegerField, Value, When

    return Case(When(**{name: True}, then=Value(1)), default=Value(0), output_field=IntegerField())


def _titles(rows: dict[int | None, RollupRow], places: Any, group: str, level: str, on: date) -> tuple[str, ...]:
    held = TitleHeld.objects.filter(on_day(on), level=level, unit__positions__in=places)
    first = held.values("unit_id", "title_kind", key=F(f"unit__positions__{group}")).annotate(first_year=Min("year"))
    cumulative: dict[tuple[int | None, str], int] = defaultdict(int)
    new: dict[tuple[int | None, str], int] = defaultdict(int)
    for one in first:
        cumulative[one["key"], one["title_kind"]] += 1
        new[one["key"], one["title_kind"]] += one["first_year"] == on.year
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
