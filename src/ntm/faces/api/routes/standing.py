"""Hiện trạng, đọc: board, table, roll-up, history."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema

from ntm.domain.assessment import IndicatorResult
from ntm.domain.criteria.model import Threshold
from ntm.faces.api.paging import Page, Paging, paged
from ntm.faces.api.routes.units import UnitOut, unit_of, unit_out
from ntm.faces.api.security import actor
from ntm.records.standing import registry
from ntm.records.standing.drawing import OUTCOME_OF
from ntm.records.standing.models import Observation
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.models.observations import FactKind
from ntm.records.standing.queries import board as boards
from ntm.records.standing.queries import matrix as tables
from ntm.records.standing.queries import rollup as sums

router = Router(tags=["standing"])
BasisName = Literal["confirmed", "self"]
BASES: dict[str, Basis] = {"confirmed": Basis.CONFIRMED, "self": Basis.SELF}


class IndicatorStandingOut(Schema):
    code: str
    outcome: str
    value: str | None
    threshold: str | None
    reference: str | None
    checked: bool
    explanation: str
    observation: int | None


class CriterionStandingOut(Schema):
    no: int
    name: str
    outcome: str
    explanation: str
    stated: bool
    indicators: list[IndicatorStandingOut]


class BoardOut(Schema):
    unit: str
    set: str
    on: date
    basis: str
    met: int
    not_met: int
    no_data: int
    not_considered: int
    title: str
    title_explanation: str
    criteria: list[CriterionStandingOut]


class MatrixRowOut(Schema):
    unit: UnitOut
    outcomes: dict[str, str]
    met: int
    not_met: int
    no_data: int
    not_considered: int
    titles: list[str]


class RollupRowOut(Schema):
    unit: UnitOut | None
    units: int
    with_data: int
    met_total: int
    average: str | None
    low: int
    assumed: int
    by_met: dict[str, int]
    titles: dict[str, int]


class RollupOut(Schema):
    set: str
    on: date
    basis: str
    total: RollupRowOut
    rows: list[RollupRowOut]


class ObservationOut(Schema):
    """Số liệu: a figure as text so that nothing is cut; null when it is a word, told by `kind`."""

    id: int
    unit: int
    set: str
    code: str
    as_of: date
    stage: str
    state: str
    kind: str
    value: str | None
    typed: str
    note: str
    assumed: bool
    source: str
    source_place: str
    office: str
    recorded_at: datetime
    supersedes: int | None
    answers: int | None


def observation_out(one: Observation) -> ObservationOut:
    """A row as the interface gives it."""
    return ObservationOut(
        id=one.pk,
        unit=one.unit_id,
        set=one.set.code,
        code=one.code,
        as_of=one.as_of,
        stage=one.get_stage_display(),
        state=one.get_state_display(),
        kind=FactKind(one.kind).name.lower(),
        value=None if one.value is None else f"{one.value:f}",
        typed=one.typed,
        note=one.note,
        assumed=one.assumed,
        source=one.source,
        source_place=one.source_place,
        office=one.office,
        recorded_at=one.recorded_at,
        supersedes=one.supersedes_id,
        answers=one.answers_id,
    )


def _indicator(one: IndicatorResult, observation: Observation | None) -> IndicatorStandingOut:
    level = one.threshold.value if isinstance(one.threshold, Threshold) else None
    return IndicatorStandingOut(
        code=one.code,
        outcome=one.outcome.value,
        value=observation.typed if observation else None,
        threshold=None if level is None else str(level),
        reference=one.reference,
        checked=one.checked,
        explanation=one.explanation,
        observation=observation.pk if observation else None,
    )


@router.get("/standing/board", response=BoardOut, summary="Bảng tiêu chí của một đơn vị")
def board(request: HttpRequest, unit: str, set: str, on: date, basis: BasisName = "confirmed"):
    who, unit_id = actor(request), unit_of(unit, on)
    who.require("standing.read", unit_id, on=on)
    shown = boards.board(unit_id, registry.by_code(set), on, BASES[basis])
    judged = shown.assessment
    criteria = [
        CriterionStandingOut(
            no=one.criterion.no,
            name=one.criterion.name,
            outcome=one.result.outcome.value,
            explanation=one.result.explanation,
            stated=one.result.stated,
            indicators=[_indicator(each.result, each.rests_on) for each in one.indicators if each.result],
        )
        for one in shown.criteria
    ]
    return BoardOut(
        unit=unit,
        set=set,
        on=on,
        basis=basis,
        met=judged.met,
        not_met=judged.not_met,
        no_data=judged.no_data,
        not_considered=judged.not_considered,
        title=judged.title.outcome.value,
        title_explanation=judged.title.explanation,
        criteria=criteria,
    )


@router.get("/standing/matrix", response=Page[MatrixRowOut], summary="Biểu đơn vị x tiêu chí")
def matrix(
    request: HttpRequest,
    paging: Query[Paging],
    set: str,
    on: date,
    unit: str | None = None,
    basis: BasisName = "confirmed",
):
    unit_id = unit_of(unit, on) if unit else None
    actor(request).require("standing.read", unit_id, on=on)
    table = tables.matrix(unit_id, registry.by_code(set), on, BASES[basis])
    page = paged(request, table.rows, paging)
    page["items"] = [
        MatrixRowOut(
            unit=unit_out(one.unit),
            outcomes={
                str(no): OUTCOME_OF[cell.outcome].value for no, cell in zip(table.numbers, one.cells, strict=True)
            },
            met=one.met,
            not_met=one.not_met,
            no_data=one.no_data,
            not_considered=one.not_considered,
            titles=list(one.titles),
        )
        for one in page["items"]
    ]
    return page


@router.get("/standing/rollup", response=RollupOut, summary="Bảng tổng hợp")
def rollup(request: HttpRequest, set: str, on: date, unit: str | None = None, basis: BasisName = "confirmed"):
    unit_id = unit_of(unit, on) if unit else None
    actor(request).require("standing.read", unit_id, on=on)
    table = sums.rollup(unit_id, registry.by_code(set), on, BASES[basis])
    return RollupOut(set=set, on=on, basis=basis, total=_sum(table.total), rows=[_sum(one) for one in table.rows])


def _sum(one: sums.RollupRow) -> RollupRowOut:
    return RollupRowOut(
        unit=unit_out(one.unit) if one.unit else None,
        units=one.units,
        with_data=one.with_data,
        met_total=one.met_total,
        average=None if one.average is None else str(one.average),
        low=one.low,
        assumed=one.assumed,
        by_met={str(met): one.by_met[met] for met in sorted(one.by_met)},
        titles={kind: count.cumulative for kind, count in one.titles.items()},
    )
