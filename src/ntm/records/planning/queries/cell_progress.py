"""Ô đơn vị × tiêu chí vào một ngày: promised against met; and the units that are one visit away."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ntm.records.planning.models import CriterionCell, Mode
from ntm.records.planning.queries.standing_of_plan import PlanFacts
from ntm.records.standing import descent
from ntm.records.standing.models import CriterionStanding, IndicatorStanding
from ntm.records.standing.models.intervals import Basis, OutcomeCode
from ntm.records.standing.queries import area
from ntm.records.units.queries import UnitLabel

__all__ = ["CellLine", "CellState", "Cells", "NearUnit", "cells", "one_visit_away"]

_DONE = (OutcomeCode.MET, OutcomeCode.NOT_CONSIDERED)


class CellState(StrEnum):
    """Tình trạng một ô."""

    MET = "met"
    OPEN = "open"
    LATE = "late"
    LOST = "lost"
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class CellLine:
    """Một ô: what was promised and what stands. `before`: it stood so already when the plan began."""

    cell_id: int
    unit_id: int
    no: int
    mode: str
    due: date | None
    words: str
    outcome: OutcomeCode
    state: CellState
    before: bool


@dataclass(frozen=True)
class Cells:
    """Bảng ô: by unit and criterion, with counts in the margins."""

    units: tuple[UnitLabel, ...]
    numbers: tuple[int, ...]
    at: dict[tuple[int, int], CellLine]

    def of_unit(self, unit_id: int) -> tuple[int, int]:
        """(promised, met) of a unit."""
        return _count(line for line in self.at.values() if line.unit_id == unit_id)

    def of_criterion(self, no: int) -> tuple[int, int]:
        """(promised, met) of a criterion."""
        return _count(line for line in self.at.values() if line.no == no)

    @property
    def total(self) -> tuple[int, int]:
        return _count(self.at.values())

    def in_state(self, state: CellState) -> list[CellLine]:
        return [line for line in self.at.values() if line.state is state]


def _count(lines: object) -> tuple[int, int]:
    rows = list(lines)  # type: ignore[call-overload]
    return len(rows), sum(line.state is CellState.MET for line in rows)


@dataclass(frozen=True)
class NearUnit:
    """Đơn vị chỉ cách một lần kiểm tra: what is met by its own word and not verified, and the one indicator it lacks."""

    unit: UnitLabel
    criteria: tuple[int, ...]  # promised, not met yet
    waiting: tuple[str, ...]  # indicators (or TC<no>) met by the office's own word only
    lacking: tuple[str, ...]  # one at the most

    @property
    def sentence(self) -> str:
        parts = []
        if self.waiting:
            parts.append(f"chờ thẩm tra {', '.join(self.waiting)}")
        if self.lacking:
            parts.append(f"chỉ còn chỉ tiêu {self.lacking[0]} chưa đạt")
        return f"{self.unit.title}: {'; '.join(parts)}."


def cells(facts: PlanFacts) -> Cells:
    """Các ô của kế hoạch vào ngày đó."""
    now, start = facts.outcomes(facts.on), facts.outcomes(facts.since)
    at: dict[tuple[int, int], CellLine] = {}
    for cell in facts.cells:
        outcome = OutcomeCode(now.get(cell.unit_id, {}).get(cell.criterion_no, OutcomeCode.NO_DATA))
        before = start.get(cell.unit_id, {}).get(cell.criterion_no) == OutcomeCode.MET
        at[cell.unit_id, cell.criterion_no] = CellLine(
            cell.pk, cell.unit_id, cell.criterion_no, cell.mode, cell.due, cell.deadline_words, outcome,
            _state(cell, outcome, facts), before,
        )  # fmt: skip
    named = sorted((facts.labels[unit] for unit in {unit for unit, _ in at}), key=descent.order)
    return Cells(tuple(named), tuple(sorted({no for _, no in at})), at)


def _state(cell: CriterionCell, outcome: OutcomeCode, facts: PlanFacts) -> CellState:
    if outcome in _DONE:
        return CellState.MET
    if cell.mode == Mode.KEEP:
        return CellState.LOST if outcome == OutcomeCode.NOT_MET else CellState.NO_DATA
    due = cell.due or date(facts.plan.year_to, 12, 31)
    if due < facts.on:
        return CellState.LATE
    return CellState.OPEN if outcome == OutcomeCode.NOT_MET else CellState.NO_DATA


def one_visit_away(facts: PlanFacts, table: Cells) -> tuple[NearUnit, ...]:
    """Units whose promised criteria lack one indicator at the most, all others met or only waiting to be verified."""
    open_: dict[int, list[int]] = defaultdict(list)
    for line in table.at.values():
        if line.mode != Mode.KEEP and line.state in (CellState.OPEN, CellState.LATE, CellState.NO_DATA):
            open_[line.unit_id].append(line.no)
    if not open_ or facts.content is None:
        return ()
    codes = {one.no: [i.code for i in one.indicators] for one in facts.content.criteria}
    where = {"set_id": facts.plan.set_id, "unit_id__in": sorted(open_)}
    indicators: dict[tuple[int, int, str], int] = {
        (unit, basis, code): outcome
        for unit, basis, code, outcome in IndicatorStanding.objects.filter(
            area.in_force(facts.on), **where
        ).values_list("unit_id", "basis", "code", "outcome")
    }
    told = {
        (unit, no)
        for unit, no in CriterionStanding.objects.filter(
            area.in_force(facts.on), basis=Basis.SELF, outcome=OutcomeCode.MET, **where
        ).values_list("unit_id", "no")
    }
    found = []
    for unit, numbers in open_.items():
        near = _near(unit, sorted(numbers), codes, indicators, told)
        if near is not None:
            found.append(NearUnit(facts.labels[unit], tuple(sorted(numbers)), *near))
    return tuple(sorted(found, key=lambda one: (len(one.lacking), descent.order(one.unit))))


def _near(
    unit: int,
    numbers: list[int],
    codes: dict[int, list[str]],
    indicators: dict[tuple[int, int, str], int],
    told: set[tuple[int, int]],
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    waiting: list[str] = []
    lacking: list[str] = []
    for no in numbers:
        if (unit, no) in told:
            waiting.append(f"tiêu chí {no}")
            continue
        seen = (Basis.CONFIRMED, Basis.SELF)
        if not any((unit, basis, code) in indicators for basis in seen for code in codes.get(no, [])):
            return None  # nobody has said anything of it
        for code in codes.get(no, []):
            if indicators.get((unit, Basis.CONFIRMED, code)) in _DONE:
                continue
            if indicators.get((unit, Basis.SELF, code)) in _DONE:
                waiting.append(code)
            else:
                lacking.append(code)
    return (tuple(waiting), tuple(lacking)) if len(lacking) <= 1 else None
