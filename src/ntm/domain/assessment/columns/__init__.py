"""Đánh giá theo cột: the country judged at once, the same as one unit at a time (a property test holds them equal)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ntm.domain.assessment.columns.codes import MET, NO_DATA, NOT_IN_FORCE, NOT_MET, OUTCOMES, Bytes
from ntm.domain.assessment.columns.conversion import facts_of, row_codes, table_from_facts
from ntm.domain.assessment.columns.judging import criteria_outcomes, indicator_outcomes
from ntm.domain.assessment.columns.plan import Plan, compile_plan
from ntm.domain.assessment.columns.table import ColumnTable, Layout, ScaleError
from ntm.domain.assessment.columns.titles import title_outcomes
from ntm.domain.assessment.levels import Resolve
from ntm.domain.assessment.model import Outcome
from ntm.domain.criteria.model import CriteriaSet

__all__ = [
    "ColumnAssessment",
    "ColumnTable",
    "Layout",
    "Plan",
    "ScaleError",
    "compile_plan",
    "evaluate",
    "evaluate_plan",
    "facts_of",
    "row_codes",
    "table_from_facts",
]

_MOST_PLANS = 16
_plans: dict[tuple[int, date, Layout], Plan] = {}


@dataclass(frozen=True, eq=False)
class ColumnAssessment:
    """Kết quả theo cột: bytes of codes.OUTCOMES; indicators may also be NOT_IN_FORCE. Columns are the table's units."""

    units: tuple[str, ...]
    set_code: str
    set_hash: str
    on: date
    codes: tuple[str, ...]  # rows of `indicators`, parts among them
    numbers: tuple[int, ...]  # rows of `criteria`
    indicators: Bytes
    criteria: Bytes
    met: Bytes
    not_met: Bytes
    no_data: Bytes
    not_considered: Bytes
    title: Bytes
    stated: Bytes | None  # criteria that rest on a stated conclusion; None: none does

    def indicator(self, code: str, column: int) -> Outcome | None:
        """Kết quả một chỉ tiêu của một đơn vị; None: not in force on that day."""
        found = int(self.indicators[self.codes.index(code), column])
        return None if found == NOT_IN_FORCE else OUTCOMES[found]

    def criterion(self, no: int, column: int) -> Outcome:
        return OUTCOMES[int(self.criteria[self.numbers.index(no), column])]

    def title_of(self, column: int) -> Outcome:
        return OUTCOMES[int(self.title[column])]


def evaluate(
    criteria_set: CriteriaSet, table: ColumnTable, on: date, *, resolve: Resolve | None = None
) -> ColumnAssessment:
    """Đánh giá cả bảng. The compiled set is kept for the next table of the same layout and day."""
    if resolve is not None:
        return evaluate_plan(compile_plan(criteria_set, table.layout, on, resolve), table)
    key = (id(criteria_set), on, table.layout)
    plan = _plans.get(key)
    if plan is None or plan.criteria_set is not criteria_set:
        if len(_plans) >= _MOST_PLANS:
            _plans.clear()
        plan = _plans[key] = compile_plan(criteria_set, table.layout, on)
    return evaluate_plan(plan, table)


def evaluate_plan(plan: Plan, table: ColumnTable) -> ColumnAssessment:
    """Đánh giá bằng bộ đã biên dịch."""
    if table.layout != plan.layout:
        raise ValueError("Bảng số liệu không cùng cách xếp với bộ tiêu chí đã biên dịch")
    indicators = indicator_outcomes(plan, table)
    criteria, stated = criteria_outcomes(plan, table, indicators)
    if len(plan.criteria) > 255:
        raise ValueError("Bộ tiêu chí có quá 255 tiêu chí")
    not_met, no_data, met = (_count(criteria, code) for code in (NOT_MET, NO_DATA, MET))
    skipped = np.uint8(len(plan.criteria)) - not_met - no_data - met
    return ColumnAssessment(
        units=table.units,
        set_code=plan.criteria_set.code,
        set_hash=plan.criteria_set.hash,
        on=plan.on,
        codes=plan.layout.codes[: plan.rows],
        numbers=tuple(one.no for one in plan.criteria),
        indicators=indicators,
        criteria=criteria,
        met=met,
        not_met=not_met,
        no_data=no_data,
        not_considered=skipped,
        title=title_outcomes(plan, table, indicators, criteria, stated, (not_met, no_data, met, skipped)),
        stated=stated,
    )


def _count(criteria: Bytes, code: int) -> Bytes:
    counted: Bytes = np.add.reduce((criteria == code).view(np.uint8), axis=0, dtype=np.uint8)
    return counted
