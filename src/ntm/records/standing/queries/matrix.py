"""Biểu xã x tiêu chí: units down, criteria across, as of any day; two days compared. Read from intervals, nothing computed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ntm.records.standing import descent, registry
from ntm.records.standing.models import CriterionStanding, RegisteredSet, TitleHeld, UnitStanding
from ntm.records.standing.models.intervals import Basis, OutcomeCode
from ntm.records.standing.queries import area
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["Cell", "Change", "Matrix", "MatrixRow", "compare", "matrix"]


@dataclass(frozen=True, slots=True)
class Cell:
    """Một ô: a criterion of a unit."""

    outcome: OutcomeCode
    assumed: bool = False
    stated: bool = False
    unconfirmed: bool = False  # the basis is the office's own word and nobody has verified it


NOTHING_YET = Cell(OutcomeCode.NO_DATA)


@lru_cache(maxsize=64)
def _cell(outcome: int, assumed: bool, stated: bool, unconfirmed: bool) -> Cell:
    """One object for all cells that say the same: a province has four thousand of them."""
    return Cell(OutcomeCode(outcome), assumed, stated, unconfirmed)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """Một dòng: a unit, its cells by criterion, its counts and titles. `with_data`: something stands of it that day."""

    unit: UnitLabel
    cells: tuple[Cell, ...]
    met: int
    not_met: int
    no_data: int
    not_considered: int
    titles: tuple[str, ...]
    new_titles: tuple[str, ...] = ()  # first recognised in the year of the day
    with_data: bool = False
    assumed: bool = False


@dataclass(frozen=True)
class Matrix:
    """Biểu: rows in the order of names within their upper unit; counts in the margins."""

    row: RegisteredSet
    on: date
    basis: Basis
    numbers: tuple[int, ...]
    names: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    met_by_criterion: tuple[int, ...]
    not_met_by_criterion: tuple[int, ...]

    @property
    def met(self) -> int:
        return sum(self.met_by_criterion)


@dataclass(frozen=True, slots=True)
class Change:
    """Một thay đổi giữa hai ngày."""

    unit: UnitLabel
    no: int
    before: OutcomeCode
    after: OutcomeCode


def matrix(unit_id: int | None, row: RegisteredSet, on: date, basis: Basis = Basis.CONFIRMED) -> Matrix:
    """Biểu của một địa bàn: few queries, whatever the number of units."""
    criteria_set = registry.content(row)
    numbers = tuple(criterion.no for criterion in criteria_set.criteria)
    place = {no: index for index, no in enumerate(numbers)}
    upper = units.label(unit_id, on) if unit_id is not None else None
    ids = list(area.positions(unit_id, upper.level if upper else None, row.level, on).values_list("unit_id", flat=True))
    cells = _cells(ids, unit_id, upper.level if upper else None, row, on, basis, place)
    titles = _titles(ids, unit_id, on)
    standing = _standing(ids, unit_id, row, on, basis)
    labels = units.labels(ids, on)
    rows = []
    for one in sorted(ids, key=lambda i: descent.order(labels[i])):
        mine = tuple(cells[one]) if one in cells else (NOTHING_YET,) * len(numbers)
        rows.append(_row(labels[one], mine, titles.get(one, {}), standing.get(one), on))
    return Matrix(
        row=row,
        on=on,
        basis=basis,
        numbers=numbers,
        names=tuple(criterion.name for criterion in criteria_set.criteria),
        rows=tuple(rows),
        met_by_criterion=_margin(rows, len(numbers), OutcomeCode.MET),
        not_met_by_criterion=_margin(rows, len(numbers), OutcomeCode.NOT_MET),
    )


def _cells(
    ids: list[int],
    unit_id: int | None,
    upper_level: str | None,
    row: RegisteredSet,
    on: date,
    basis: Basis,
    place: dict[int, int],
) -> dict[int, list[Cell]]:
    rows = CriterionStanding.objects.filter(area.in_force(on), set=row, basis=basis)
    if unit_id is not None:
        inside = area.positions(unit_id, upper_level, row.level, on).values("unit_id")
        rows = rows.filter(unit_id__in=inside)
    wanted = set(ids)
    found: dict[int, list[Cell]] = defaultdict(lambda: [NOTHING_YET] * len(place))
    confirmed = _confirmed(row, on, unit_id, upper_level) if basis == Basis.SELF else None
    for one, no, outcome, assumed, stated in rows.values_list("unit_id", "no", "outcome", "assumed", "stated"):
        if one in wanted and no in place:
            unconfirmed = confirmed is not None and (one, no, outcome) not in confirmed
            found[one][place[no]] = _cell(outcome, assumed, stated, unconfirmed)
    return found


def _confirmed(row: RegisteredSet, on: date, unit_id: int | None, upper_level: str | None) -> set[tuple[int, int, int]]:
    rows = CriterionStanding.objects.filter(area.in_force(on), set=row, basis=Basis.CONFIRMED)
    if unit_id is not None:
        rows = rows.filter(unit_id__in=area.positions(unit_id, upper_level, row.level, on).values("unit_id"))
    return set(rows.values_list("unit_id", "no", "outcome"))


def _titles(ids: list[int], unit_id: int | None, on: date) -> dict[int, dict[str, int]]:
    """Titles that each unit holds on the day, with the first year of each."""
    rows = TitleHeld.objects.filter(area.in_force(on))
    if unit_id is not None:
        rows = rows.filter(unit_id__in=ids)
    held: dict[int, dict[str, int]] = {}
    for one, kind, year in rows.order_by("start").values_list("unit_id", "title_kind", "year"):
        mine = held.setdefault(one, {})
        mine[kind] = min(year, mine.get(kind, year))
    return held


def _standing(ids: list[int], unit_id: int | None, row: RegisteredSet, on: date, basis: Basis) -> dict[int, bool]:
    """Units of which anything stands on the day, and whether that rests on an assumed figure."""
    rows = UnitStanding.objects.filter(area.in_force(on), set=row, basis=basis)
    if unit_id is not None:
        rows = rows.filter(unit_id__in=ids)
    return dict(rows.values_list("unit_id", "assumed"))


def _row(
    label: UnitLabel, cells: tuple[Cell, ...], titles: dict[str, int], standing: bool | None, on: date
) -> MatrixRow:
    count = [cell.outcome for cell in cells]
    return MatrixRow(
        unit=label,
        cells=cells,
        met=count.count(OutcomeCode.MET),
        not_met=count.count(OutcomeCode.NOT_MET),
        no_data=count.count(OutcomeCode.NO_DATA),
        not_considered=count.count(OutcomeCode.NOT_CONSIDERED),
        titles=tuple(titles),
        new_titles=tuple(kind for kind, year in titles.items() if year == on.year),
        with_data=standing is not None,
        assumed=bool(standing),
    )


def _margin(rows: list[MatrixRow], width: int, outcome: OutcomeCode) -> tuple[int, ...]:
    return tuple(sum(row.cells[place].outcome == outcome for row in rows) for place in range(width))


def compare(
    unit_id: int | None, row: RegisteredSet, before: date, after: date, basis: Basis = Basis.CONFIRMED
) -> tuple[Matrix, Matrix, tuple[Change, ...]]:
    """So sánh hai ngày: both tables, and the cells that differ. A unit of one day only is no change of a cell; what
    became of it is the lineage's question."""
    one, two = matrix(unit_id, row, before, basis), matrix(unit_id, row, after, basis)
    earlier = {r.unit.id: r for r in one.rows}
    changes = [
        Change(r.unit, no, earlier[r.unit.id].cells[place].outcome, r.cells[place].outcome)
        for r in two.rows
        if r.unit.id in earlier
        for place, no in enumerate(two.numbers)
        if earlier[r.unit.id].cells[place].outcome != r.cells[place].outcome
    ]
    return one, two, tuple(changes)
