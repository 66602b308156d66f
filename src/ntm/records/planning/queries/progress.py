"""Tiến độ kế hoạch vào một ngày: each target against standing, each cell, and who is one visit away. Computed, never typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ntm.domain.targets import Pace, Progress, State, Subject, Target, pace, progress
from ntm.records.planning.models import Plan, PlanTarget
from ntm.records.planning.queries import cell_progress, measuring, named_figures, standing_of_plan
from ntm.records.planning.queries.cell_progress import Cells, NearUnit
from ntm.records.planning.queries.standing_of_plan import PlanFacts
from ntm.records.standing import registry
from ntm.records.standing.models.intervals import Basis

__all__ = ["PlanProgress", "TargetProgress", "plan_progress"]


@dataclass(frozen=True)
class TargetProgress:
    """Tiến độ một chỉ tiêu: the row, how it is judged, where it stands, and its pace where there is a history."""

    row: PlanTarget
    target: Target
    progress: Progress
    pace: Pace | None
    reached: tuple[str, ...]
    left: tuple[str, ...]
    lost: tuple[str, ...]
    partial: int
    assumed: bool

    @property
    def state(self) -> State:
        return self.progress.state


@dataclass(frozen=True)
class PlanProgress:
    """Tiến độ một kế hoạch."""

    plan: Plan
    version_no: int
    on: date
    since: date
    basis: Basis
    rows: tuple[TargetProgress, ...]
    cells: Cells
    near: tuple[NearUnit, ...]

    @property
    def counts(self) -> dict[State, int]:
        """How many targets stand in each state; all states are there."""
        found = Counter(row.state for row in self.rows)
        return {state: found.get(state, 0) for state in State}


def plan_progress(
    plan_id: int,
    on: date,
    *,
    basis: Basis = Basis.CONFIRMED,
    no: int | None = None,
    counted: Mapping[str, Decimal] | None = None,
) -> PlanProgress:
    """Tiến độ vào ngày đó. `counted`: figures by metric code that rooms above count from their registers; what nobody
    counts stays without a figure. The number of queries does not depend on units, criteria or targets."""
    facts = _facts(plan_id, on, basis, no)
    rows = tuple(_row(row, facts, counted) for row in facts.targets)
    table = cell_progress.cells(facts)
    return PlanProgress(
        facts.plan, facts.version.no, on, facts.since, basis, rows, table, cell_progress.one_visit_away(facts, table)
    )


def _facts(plan_id: int, on: date, basis: Basis, no: int | None) -> PlanFacts:
    plan = Plan.objects.select_related("set").get(pk=plan_id)
    named = plan.targets.filter(subject=Subject.METRIC)
    codes = named_figures.metric_codes(named, registry.content(plan.set)) if plan.set is not None else frozenset()
    return standing_of_plan.gather(plan_id, on, basis, no, codes)


def _row(row: PlanTarget, facts: PlanFacts, counted: Mapping[str, Decimal] | None) -> TargetProgress:
    found = measuring.measure(row, facts, counted)
    target, measured = found.target, found.measured
    due = target.due or date(facts.plan.year_to, 12, 31)
    judged = progress(target, measured, facts.on, facts.since)
    rate = None
    if found.goal is not None and found.history and judged.state is not State.REACHED:
        rate = pace(found.history, found.goal, facts.on, due, good=target.good, most=found.most)
    return TargetProgress(
        row, target, judged, rate, measured.reached, measured.left, measured.lost, measured.partial, measured.assumed
    )
