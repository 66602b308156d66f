"""Bảng đơn vị × tiêu chí của kế hoạch: the one table that both lists are drawn from, with standing on the day beside."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from ntm.domain.targets.cascade import two_views
from ntm.records.planning.models import CriterionCell, Mode, Plan
from ntm.records.standing import descent, registry
from ntm.records.standing.models import CriterionStanding
from ntm.records.standing.models.intervals import Basis, OutcomeCode
from ntm.records.standing.queries import area
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["CellRow", "CellTable", "Disagreement", "PlannedCell", "by_criterion", "by_unit", "disagreements", "table"]

_SAME: tuple[set[int], set[int]] = (set(), set())


@dataclass(frozen=True, slots=True)
class PlannedCell:
    """Một ô: what the plan says of it (None: nothing) and where the unit stands on the day."""

    no: int
    cell: CriterionCell | None
    outcome: OutcomeCode

    @property
    def done(self) -> bool:
        """Đã đạt."""
        return self.outcome == OutcomeCode.MET

    @property
    def needless(self) -> bool:
        """Giao đạt thêm điều đã đạt."""
        return self.cell is not None and self.cell.mode == Mode.GAIN and self.done


@dataclass(frozen=True, slots=True)
class CellRow:
    """Một đơn vị: its cells by criterion, and how many it gains, keeps, has and would have."""

    unit: UnitLabel
    cells: tuple[PlannedCell, ...]
    gained: int
    kept: int
    met: int
    expected: int  # met now, and what it still gains


@dataclass(frozen=True)
class CellTable:
    """Bảng của một lần ban hành on a day."""

    on: date
    numbers: tuple[int, ...]
    names: tuple[str, ...]
    rows: tuple[CellRow, ...]
    gains: tuple[int, ...]  # units that gain each criterion
    keeps: tuple[int, ...]

    @property
    def gained(self) -> int:
        """Tổng số tiêu chí đạt thêm."""
        return sum(self.gains)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Ô chỉ nêu ở một danh sách, while the other list exists and leaves it out."""

    cell: CriterionCell
    unit: UnitLabel
    said: str


def table(plan: Plan, no: int, on: date, basis: Basis = Basis.CONFIRMED) -> CellTable:
    """Bảng với hiện trạng bên cạnh: a fixed number of queries. Units of the plan's area, and any that has a cell."""
    if plan.set is None:
        return CellTable(on, (), (), (), (), ())
    criteria = registry.content(plan.set).criteria
    numbers = tuple(one.no for one in criteria)
    cells = {(one.unit_id, one.criterion_no): one for one in CriterionCell.objects.in_version(no).filter(plan=plan)}
    if plan.level in ("xa", "thon") and plan.set.level == plan.level:
        ids = {plan.unit_id}
    else:
        ids = set(area.positions(plan.unit_id, plan.level, plan.set.level, on).values_list("unit_id", flat=True))
    ids |= {unit for unit, _no in cells}
    standing = _standing(plan, ids, on, basis)
    labels = units.labels(ids, on)
    rows = tuple(_row(label, numbers, cells, standing) for label in sorted(labels.values(), key=descent.order))
    return CellTable(
        on,
        numbers,
        tuple(one.name for one in criteria),
        rows,
        tuple(_count(rows, at, Mode.GAIN) for at in range(len(numbers))),
        tuple(_count(rows, at, Mode.KEEP) for at in range(len(numbers))),
    )


def by_unit(plan: Plan, no: int, on: date) -> list[tuple[UnitLabel, tuple[int, ...], tuple[int, ...]]]:
    """Danh sách theo đơn vị, drawn from the table: unit, criteria gained, criteria kept."""
    found: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for cell in CriterionCell.objects.in_version(no).filter(plan=plan).order_by("criterion_no"):
        found[cell.unit_id][cell.mode == Mode.KEEP].append(cell.criterion_no)
    labels = units.labels(found, on)
    order = sorted(labels.values(), key=descent.order)
    return [(label, tuple(found[label.id][0]), tuple(found[label.id][1])) for label in order]


def by_criterion(plan: Plan, no: int, on: date) -> dict[int, tuple[UnitLabel, ...]]:
    """Danh sách theo tiêu chí, drawn from the same table: criterion -> units that gain it."""
    rows = CriterionCell.objects.in_version(no).filter(plan=plan, mode=Mode.GAIN)
    pairs = list(rows.order_by("criterion_no").values_list("criterion_no", "unit_id"))
    labels = units.labels({unit for _no, unit in pairs}, on)
    found: dict[int, list[UnitLabel]] = defaultdict(list)
    for criterion_no, unit in pairs:
        found[criterion_no].append(labels[unit])
    return {criterion_no: tuple(sorted(them, key=descent.order)) for criterion_no, them in found.items()}


def disagreements(plan: Plan, no: int, on: date) -> list[Disagreement]:
    """Hai danh sách không khớp: a gain told in one list only, though the other list speaks of that criterion (or of that
    unit) and leaves it out. Few queries."""
    told = CriterionCell.Told
    rows = CriterionCell.objects.in_version(no).filter(plan=plan, mode=Mode.GAIN)
    cells = list(rows.order_by("unit_id", "criterion_no", "pk"))
    units_say: dict[int, list[int]] = defaultdict(list)
    criteria_say: dict[int, list[int]] = defaultdict(list)
    for one in cells:
        if one.told != told.CRITERIA:
            units_say[one.unit_id].append(one.criterion_no)
        if one.told != told.UNITS:
            criteria_say[one.criterion_no].append(one.unit_id)
    apart = two_views(units_say, criteria_say)
    found = [
        one
        for one in cells
        if (one.criterion_no in apart.get(one.unit_id, _SAME)[0] and one.criterion_no in criteria_say)
        or (one.criterion_no in apart.get(one.unit_id, _SAME)[1] and one.unit_id in units_say)
    ]
    labels = units.labels({one.unit_id for one in found}, on)
    return [Disagreement(one, labels[one.unit_id], _said(one, labels[one.unit_id])) for one in found]


def _said(cell: CriterionCell, unit: UnitLabel) -> str:
    name = f"{unit.title[:1].upper()}{unit.title[1:]}"
    if cell.told == CriterionCell.Told.UNITS:
        return f"{name} được giao tiêu chí {cell.criterion_no} nhưng danh sách của tiêu chí đó không có tên."
    return f"{name} có tên ở tiêu chí {cell.criterion_no} nhưng danh sách của đơn vị không giao đạt thêm."


def _standing(plan: Plan, ids: set[int], on: date, basis: Basis) -> dict[tuple[int, int], int]:
    rows = CriterionStanding.objects.filter(area.in_force(on), set=plan.set, basis=basis)
    if len(ids) <= 900:
        rows = rows.filter(unit_id__in=ids)
    return {(unit, no): outcome for unit, no, outcome in rows.values_list("unit_id", "no", "outcome")}


def _row(
    unit: UnitLabel,
    numbers: tuple[int, ...],
    cells: dict[tuple[int, int], CriterionCell],
    standing: dict[tuple[int, int], int],
) -> CellRow:
    mine = tuple(
        PlannedCell(no, cells.get((unit.id, no)), OutcomeCode(standing.get((unit.id, no), OutcomeCode.NO_DATA)))
        for no in numbers
    )
    modes = [one.cell.mode for one in mine if one.cell is not None]
    met = sum(one.done for one in mine)
    adds = sum(one.cell is not None and one.cell.mode == Mode.GAIN and not one.done for one in mine)
    return CellRow(unit, mine, modes.count(Mode.GAIN), modes.count(Mode.KEEP), met, met + adds)


def _count(rows: tuple[CellRow, ...], place: int, mode: Mode) -> int:
    return sum((cell := row.cells[place].cell) is not None and cell.mode == mode for row in rows)
