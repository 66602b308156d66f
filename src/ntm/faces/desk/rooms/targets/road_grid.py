"""Lộ trình thành hình: criteria down, quarters across; a step lies over the quarters that its days touch."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from ntm.domain.official.dates import write_date
from ntm.domain.targets import roadmap
from ntm.domain.targets.roadmap import Milestone, Stand
from ntm.records.planning.models import CriterionCell, Mode, Plan, RoadmapStep
from ntm.records.planning.queries.cells import CellTable

__all__ = ["SIGNS", "Bar", "Quarter", "Row", "grid", "milestones", "moved", "quarters", "stretched"]

SIGNS = {
    Stand.DONE: "✓", Stand.IN_TIME: "→", Stand.LATE_STEP: "!", Stand.OVERDUE: "!", Stand.AFTER_DUE: "!", Stand.NO_STEP: "?",
}  # fmt: skip
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Quarter:
    """Một quý trên hình."""

    year: int
    no: int  # 1..4
    column: int
    label: str
    now: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """Một bước trên hình: from one column to another (excluded), said in words for those who do not see it."""

    step: RoadmapStep
    begin: int
    end: int
    line: int  # steps that overlap lie under one another
    days: str


@dataclass(frozen=True)
class Row:
    """Một tiêu chí (hoặc việc chung)."""

    no: int | None
    name: str
    bars: tuple[Bar, ...]

    @property
    def lines(self) -> int:
        """Mấy dòng: how high the row is."""
        return max((one.line for one in self.bars), default=1)


def quarters(plan: Plan, on: date) -> tuple[Quarter, ...]:
    """Các quý của kế hoạch, the year told where there are several."""
    many = plan.year_to > plan.year
    found = []
    for at in range((plan.year_to - plan.year + 1) * 4):
        year, no = plan.year + at // 4, at % 4 + 1
        label = gettext("Quý %(no)s") % {"no": _ROMAN[no - 1]} + (f"/{year}" if many else "")
        now = (on.year, (on.month - 1) // 3 + 1) == (year, no)
        found.append(Quarter(year, no, at + 2, label, now))
    return tuple(found)


def grid(plan: Plan, steps: Iterable[RoadmapStep], names: dict[int, str], promised: Iterable[int]) -> tuple[Row, ...]:
    """Hình: every criterion that has a step or is promised, common work last."""
    under: dict[int | None, list[RoadmapStep]] = {no: [] for no in promised}
    for step in steps:
        under.setdefault(step.criterion_no, []).append(step)
    order = sorted(under, key=lambda no: (no is None, no or 0))
    return tuple(Row(no, names.get(no, "") if no else gettext("Việc chung"), _bars(plan, under[no])) for no in order)


def _bars(plan: Plan, steps: Iterable[RoadmapStep]) -> tuple[Bar, ...]:
    """Each step on the first line that is free over its quarters."""
    last = (plan.year_to - plan.year + 1) * 4 + 1
    free: list[int] = []  # by line: the first column that is not taken
    found = []
    for step in sorted(steps, key=lambda one: (one.start, one.order, one.pk)):
        begin = min(max(_column(plan, step.start), 2), last)
        end = min(max(_column(plan, step.end), begin), last) + 1
        line = next((at for at, column in enumerate(free) if column <= begin), len(free))
        free[line : line + 1] = [end]
        found.append(Bar(step, begin, end, line + 1, f"{write_date(step.start)} - {write_date(step.end)}"))
    return tuple(found)


def _column(plan: Plan, day: date) -> int:
    return (day.year - plan.year) * 4 + (day.month - 1) // 3 + 2


def moved(step: RoadmapStep, by: int) -> tuple[date, date]:
    """Dời cả bước mấy quý: the same days of the quarter; a last day of a month stays one."""
    return _shifted(step.start, by), _shifted(step.end, by)


def stretched(step: RoadmapStep, by: int) -> tuple[date, date]:
    """Kéo dài hoặc rút ngắn: only the last day moves."""
    return step.start, _shifted(step.end, by)


def _shifted(day: date, by: int) -> date:
    last = (day + timedelta(days=1)).month != day.month
    year, month = divmod(day.year * 12 + day.month - 1 + 3 * by, 12)
    longest = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, longest if last else min(day.day, longest))


def milestones(
    cells: Sequence[CriterionCell], table: CellTable, steps: Sequence[RoadmapStep], on: date
) -> tuple[Milestone, ...]:
    """Mốc của từng tiêu chí được hứa: the last day of its cells against the steps; done where every cell is met."""
    due: dict[int, date | None] = {}
    for cell in cells:
        if cell.mode != Mode.GAIN:
            continue
        had = due.get(cell.criterion_no)
        due[cell.criterion_no] = cell.due if had is None else max(had, cell.due or had)
    open_ = {
        one.no
        for row in table.rows
        for one in row.cells
        if one.cell is not None and one.cell.mode == Mode.GAIN and not one.done
    }
    for step in steps:
        if step.criterion_no is not None:
            due.setdefault(step.criterion_no, None)
    done = frozenset(_met_everywhere(table) | {no for no in due if no not in open_ and _has_gain(cells, no)})
    told = [roadmap.Step(one.what, one.start, one.end, one.criterion_no, one.completes) for one in steps]
    return roadmap.milestones(due, told, done, on)


def _has_gain(cells: Sequence[CriterionCell], no: int) -> bool:
    return any(one.criterion_no == no and one.mode == Mode.GAIN for one in cells)


def _met_everywhere(table: CellTable) -> set[int]:
    if not table.rows:
        return set()
    return {no for at, no in enumerate(table.numbers) if all(row.cells[at].done for row in table.rows)}
