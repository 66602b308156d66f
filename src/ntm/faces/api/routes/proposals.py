"""Đề xuất phân bổ vốn: asked for, followed, read with the reasons of every works, priced by rule, withdrawn."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status

from ntm.faces.api.numbers import Dong, Id, Small, Year
from ntm.faces.api.paging import Page, Paging, paged
from ntm.faces.api.routes.changes import Made
from ntm.faces.api.routes.units import UnitOut, unit_of, unit_out
from ntm.faces.api.security import actor
from ntm.records.funding.models import AllocationProposal, RulePricing
from ntm.records.funding.proposal_parameters import Asked, Ceiling
from ntm.records.funding.queries import proposals as readings
from ntm.records.funding.services import proposing
from ntm.records.standing.models.intervals import Basis
from ntm.records.units import queries as units

router = Router(tags=["proposals"])
_BASES = {"self": Basis.SELF, "confirmed": Basis.CONFIRMED}


class CeilingIn(Schema):
    """Trần một nguồn, đồng; with `criterion` it pays only for works of that criterion."""

    source: str
    kind: str
    amount: Dong
    criterion: Small | None = None
    pays_debt: bool = True


class ProposalIn(Schema):
    """Yêu cầu một đề xuất: what is left out is as the desk's form begins. `shares`: group -> thousandths."""

    unit: str
    year: Year
    on: date
    set: str
    title: str = ""
    basis: Literal["self", "confirmed"] = "confirmed"
    ceilings: list[CeilingIn] = []
    include_lower: bool = True
    keep_structure: bool = True
    assume_planned: bool = True
    debt_first: bool = True
    due_first: bool = True
    no_new_while_debt: bool = True
    difficult_weight: Small = 2
    started_weight: Small = 1
    shares: dict[str, Small] = {}
    seconds: Small = 60


class GoalOut(Schema):
    """Mục tiêu: reached, and what no choice can exceed."""

    goal: str
    name: str
    value: int
    bound: int
    proven: bool


class SourceUsedOut(Schema):
    source: str
    name: str
    ceiling: int
    used: int


class ProposalOut(Schema):
    """Một đề xuất và nó đang ở đâu; what it reaches stands only once `state` is "done"."""

    id: int
    unit: UnitOut
    title: str
    year: int
    on: date
    set: str
    basis: str
    state: str
    percent: int
    step: str
    sentence: str
    queued_at: datetime
    finished_at: datetime | None
    digest: str
    intact: bool | None = None
    total: int | None = None
    titles: int | None = None
    criteria: int | None = None
    debt_paid: int | None = None
    goals: list[GoalOut] = []
    sources: list[SourceUsedOut] = []
    remarks: list[str] = []


class WorksProposedOut(Schema):
    """Một công trình, hạng mục hay khoản nợ: `amounts` by source, empty where it is not chosen."""

    item: str
    name: str
    unit: str
    unit_id: int
    criterion: int | None
    cost: int
    debt: bool
    started: bool
    chosen: bool
    amounts: dict[str, int]


class UnitProposedOut(Schema):
    unit_id: int
    name: str
    reaches: bool
    gained: list[str]
    left: list[str]
    due: bool
    difficult: bool
    given: int


class WhyOut(Schema):
    """Vì sao có, vì sao không."""

    item: str
    chosen: bool
    reasons: list[str]


class RulePriceOut(Schema):
    rule: str
    titles: int
    criteria: int
    debt_unpaid: int
    exact: bool
    words: str


class PricingOut(Schema):
    """Giá của từng quy tắc: what is gained by giving it up; `rows` once `state` is "done"."""

    state: str
    percent: int
    sentence: str
    rows: list[RulePriceOut]


class WithdrawIn(Schema):
    on: date
    reason: str = ""


class OnIn(Schema):
    on: date


def _out(one: AllocationProposal, unit: units.UnitLabel) -> ProposalOut:
    names = ("title", "year", "on", "state", "percent", "step", "sentence", "queued_at", "finished_at", "digest")
    basis = "self" if one.basis == Basis.SELF else "confirmed"
    kept = {name: getattr(one, name) for name in names}
    return ProposalOut(id=one.pk, unit=unit_out(unit), set=one.set.code, basis=basis, **kept)


@router.post("/money/proposals", response={201: Made}, summary="Yêu cầu lập đề xuất phân bổ")
def ask(request: HttpRequest, payload: ProposalIn):
    flags = payload.dict(exclude={"unit", "year", "on", "set", "title", "basis", "ceilings", "shares"})
    ceilings = tuple(
        Ceiling(one.source, one.kind, one.amount, one.criterion, one.pays_debt) for one in payload.ceilings
    )
    made = proposing.ask(
        actor(request),
        unit_id=unit_of(payload.unit, payload.on),
        year=payload.year,
        on=payload.on,
        set_code=payload.set,
        title=payload.title,
        basis=_BASES[payload.basis],
        asked=Asked(ceilings, shares=payload.shares, **flags),
    )
    return Status(201, Made(id=made.pk))


@router.get("/money/proposals", response=Page[ProposalOut], summary="Các đề xuất của một địa bàn, mới nhất trước")
def proposals(request: HttpRequest, paging: Query[Paging], unit: str, on: date, year: Year | None = None):
    unit_id = unit_of(unit, on)
    page = paged(request, readings.listed(actor(request), unit_id, year, on), paging)
    label = units.label(unit_id, on)
    return {**page, "items": [_out(one, label) for one in page["items"]]}


@router.get("/money/proposals/{proposal}", response=ProposalOut, summary="Một đề xuất: tình trạng, kết quả")
def proposal_state(request: HttpRequest, proposal: Id, on: date):
    found = readings.one(actor(request), proposal, on, light=False)
    label = units.label(found.unit_id, found.on)
    told = _out(found, label)
    if found.result is None:
        return told
    view = readings.Opened(found, label)
    told.intact, told.total = view.intact, view.result["total"]
    reached = view.answer.effects
    told.titles, told.criteria, told.debt_paid = len(reached.titles), len(reached.criteria), reached.debt_paid
    told.goals = [
        GoalOut(goal=one.goal, name=one.name, value=one.value, bound=one.bound, proven=one.gap <= 0)
        for one in view.goals
    ]
    told.sources = [
        SourceUsedOut(source=key, name=name, ceiling=ceiling, used=used) for key, name, ceiling, used in view.sources
    ]
    told.remarks = list(view.result["remarks"])
    return told


@router.get("/money/proposals/{proposal}/works", response=Page[WorksProposedOut], summary="Công trình được, chưa được")
def works(request: HttpRequest, paging: Query[Paging], proposal: Id, on: date, chosen: bool | None = None):
    lines = readings.opened(actor(request), proposal, on).lines
    page = paged(request, [one for one in lines if chosen is None or one.chosen is chosen], paging)
    return {**page, "items": [_works_out(one) for one in page["items"]]}


def _works_out(line: readings.Line) -> WorksProposedOut:
    return WorksProposedOut(
        item=line.id,
        name=line.name,
        unit=line.unit,
        unit_id=line.unit_id,
        criterion=line.criterion_no,
        cost=line.cost,
        debt=line.debt,
        started=line.started,
        chosen=line.chosen,
        amounts=dict(line.amounts),
    )


@router.get("/money/proposals/{proposal}/units", response=Page[UnitProposedOut], summary="Đơn vị đạt thêm, còn thiếu")
def of_units(request: HttpRequest, paging: Query[Paging], proposal: Id, on: date):
    page = paged(request, readings.opened(actor(request), proposal, on).units, paging)
    return {
        **page,
        "items": [
            UnitProposedOut(
                unit_id=one.id,
                name=one.name,
                reaches=one.reaches,
                gained=list(one.gained),
                left=list(one.left),
                due=one.due,
                difficult=one.difficult,
                given=one.given,
            )
            for one in page["items"]
        ],
    }


@router.get("/money/proposals/{proposal}/works/{item}/why", response=WhyOut, summary="Vì sao có, vì sao không")
def why(request: HttpRequest, proposal: Id, item: str, on: date):
    view = readings.opened(actor(request), proposal, on)
    reasons = view.why(item)
    return WhyOut(item=item, chosen=item in view.result["amounts"], reasons=list(reasons))


@router.post("/money/proposals/{proposal}/prices", response={201: Made}, summary="Hỏi giá của từng quy tắc")
def ask_prices(request: HttpRequest, proposal: Id, payload: OnIn):
    return Status(201, Made(id=proposing.price_rules(actor(request), proposal, on=payload.on).pk))


@router.get("/money/proposals/{proposal}/prices", response=PricingOut, summary="Giá của từng quy tắc")
def prices(request: HttpRequest, proposal: Id, on: date):
    pricing: RulePricing | None = readings.pricing(readings.one(actor(request), proposal, on))
    if pricing is None:
        raise readings.NoProposal("Chưa ai hỏi giá của từng quy tắc của đề xuất này.")
    rows = [RulePriceOut(**row) for row in pricing.rows or ()]
    return PricingOut(state=pricing.state, percent=pricing.percent, sentence=pricing.sentence, rows=rows)


@router.post("/money/proposals/{proposal}/withdraw", response={201: Made}, summary="Rút một đề xuất")
def withdraw(request: HttpRequest, proposal: Id, payload: WithdrawIn):
    made = proposing.withdraw(actor(request), proposal, reason=payload.reason, on=payload.on)
    return Status(201, Made(id=made.pk))
