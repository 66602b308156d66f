"""Nguồn lực: balance, sources by uses, pace, works, debts; needs and vouchers recorded. Amounts are whole đồng."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from pydantic import Field

from ntm.faces.api.numbers import Dong, Id, Small, Year
from ntm.faces.api.paging import Page, Paging, paged
from ntm.faces.api.routes.changes import Made
from ntm.faces.api.routes.units import UnitOut, unit_of, unit_out
from ntm.faces.api.security import actor
from ntm.records.funding.queries import balances, flows
from ntm.records.funding.queries import debts as owed
from ntm.records.funding.queries import works as building
from ntm.records.funding.services import paying, planning_money

router = Router(tags=["money"])


class SourceOut(Schema):
    source: str
    name: str
    kind: str
    mobilised: int
    conditional: int


class NeedOut(Schema):
    criterion: int | None
    need: int


class StatedOut(Schema):
    """Số văn bản ghi: kept beside the derived one."""

    what: str
    place: str
    stated: int
    derived: int


class BalanceOut(Schema):
    """Cân đối A-B: `firm_shortfall` leaves out what comes only on a condition."""

    unit: UnitOut
    first: int
    last: int
    on: date
    need: int
    mobilised: int
    conditional: int
    shortfall: int
    firm_shortfall: int
    needs: list[NeedOut]
    sources: list[SourceOut]
    stated: list[StatedOut]


class DebtOut(Schema):
    works: int
    code: str
    name: str
    unit: UnitOut
    accepted: int
    paid: int
    debt: int
    without_capital: int
    age: int
    planned: int


class CellOut(Schema):
    """Một ô của bảng nguồn và sử dụng."""

    criterion: int | None
    source: str
    kind: str
    amount: int


class SourcesUsesOut(Schema):
    measure: str
    total: int
    cells: list[CellOut]


class PaceRowOut(Schema):
    """`unit` null in `sources`: the whole; in `rows`: the asked unit's own money."""

    unit: UnitOut | None
    source: str
    name: str
    kind: str
    allocated: int
    disbursed: int
    left: int
    alarm: str


class PaceOut(Schema):
    """Tiến độ giải ngân: `elapsed` is the share of the year that has gone, in percent, as text."""

    year: int
    on: date
    elapsed: str
    closes: date
    sources: list[PaceRowOut]
    rows: list[PaceRowOut]


class WorksOut(Schema):
    """Công trình; state, percent and money as of the day asked."""

    id: int
    code: str
    name: str
    unit: UnitOut
    criterion: int | None
    indicator: str
    state: str
    percent: int
    execution: str
    total_cost: int
    allocated: int
    accepted: int
    paid: int
    debt: int
    start_planned: date | None
    end_planned: date | None
    latitude: str | None
    longitude: str | None


class NeedIn(Schema):
    unit: str
    year: Year
    on: date
    amount: Dong
    text: str = ""
    set: str = ""
    criterion: Small | None = None
    works: Id | None = None
    note: str = ""


class VoucherIn(Schema):
    """Chứng từ giải ngân: `use` is "investment" or "recurrent"; of works, the criterion is theirs."""

    unit: str
    year: Year
    on: date
    number: str
    line: Annotated[int, Field(ge=1, le=999)] = 1
    source: str
    kind: str
    use: str
    amount: Dong
    works: Id | None = None
    criterion: Small | None = None
    payee: str = ""
    note: str = ""


@router.get("/money/balance", response=BalanceOut, summary="Cân đối nhu cầu và nguồn huy động")
def balance(request: HttpRequest, unit: str, year: Year, on: date, until_year: Year | None = None):
    unit_id = unit_of(unit, on)
    actor(request).require("money.read", unit_id, on=on)
    found = balances.balance(unit_id, year, on, until_year=until_year)
    return BalanceOut(
        unit=unit_out(found.unit),
        first=found.first,
        last=found.last,
        on=found.on,
        need=found.need,
        mobilised=found.mobilised,
        conditional=found.conditional,
        shortfall=found.shortfall,
        firm_shortfall=found.firm_shortfall,
        needs=[NeedOut(criterion=row.criterion_no, need=row.amounts.need) for row in found.criteria],
        sources=[
            SourceOut(
                source=row.source,
                name=row.name,
                kind=row.kind.value,
                mobilised=row.amounts.mobilised,
                conditional=row.amounts.conditional,
            )
            for row in found.sources
        ],
        stated=[
            StatedOut(what=str(one.what), place=one.place, stated=one.stated, derived=one.derived)
            for one in found.stated
        ],
    )


@router.get("/money/debts", response=Page[DebtOut], summary="Nợ đọng xây dựng cơ bản, theo công trình")
def debts(request: HttpRequest, paging: Query[Paging], unit: str, on: date):
    unit_id = unit_of(unit, on)
    actor(request).require("money.read", unit_id, on=on)
    rows = [(row.unit, one) for row in owed.debts(unit_id, on) for one in row.debts]
    page = paged(request, rows, paging)
    return {
        **page,
        "items": [
            DebtOut(
                works=one.works_id,
                code=one.code,
                name=one.name,
                unit=unit_out(label),
                accepted=one.accepted,
                paid=one.paid,
                debt=one.amount,
                without_capital=one.without_capital,
                age=one.age,
                planned=one.planned,
            )
            for label, one in page["items"]
        ],
    }


@router.get("/money/sources-uses", response=SourcesUsesOut, summary="Bảng nguồn và sử dụng, theo tiêu chí")
def sources_uses(
    request: HttpRequest,
    unit: str,
    year: Year,
    on: date,
    measure: Literal["used", "received", "allocated", "mobilised", "conditional"] = "used",
):
    unit_id = unit_of(unit, on)
    actor(request).require("money.read", unit_id, on=on)
    found = balances.sources_uses(unit_id, year, on, measure=measure)
    ordered = sorted(found.cells.items(), key=lambda one: (one[0][1:], one[0][0] is None, one[0][0] or 0))
    cells = [
        CellOut(criterion=criterion, source=source, kind=kind, amount=amount)
        for (criterion, source, kind), amount in ordered
    ]
    return SourcesUsesOut(measure=measure, total=found.total, cells=cells)


@router.get("/money/pace", response=PaceOut, summary="Tiến độ giải ngân và cảnh báo")
def pace(request: HttpRequest, unit: str, year: Year, on: date):
    unit_id = unit_of(unit, on)
    actor(request).require("money.read", unit_id, on=on)
    try:
        found = flows.pace(unit_id, year, on)
    except LookupError as unknown:
        raise ValueError(str(unknown)) from None
    return PaceOut(
        year=found.year,
        on=found.on,
        elapsed=str(found.elapsed),
        closes=found.closes,
        sources=[_pace_row(one) for one in found.sources],
        rows=[_pace_row(one) for one in found.rows],
    )


def _pace_row(row: flows.PaceRow) -> PaceRowOut:
    names = ("source", "name", "allocated", "disbursed", "left")
    told = {name: getattr(row, name) for name in names}
    unit = unit_out(row.unit) if row.unit else None
    return PaceRowOut(unit=unit, kind=row.kind.value, alarm=row.alarm.value, **told)


@router.get("/money/works", response=Page[WorksOut], summary="Công trình của một địa bàn")
def works(
    request: HttpRequest,
    paging: Query[Paging],
    unit: str,
    on: date,
    criterion: Small | None = None,
    state: str = "",
    owing: bool = False,
    words: str = "",
):
    unit_id = unit_of(unit, on)
    actor(request).require("money.read", unit_id, on=on)
    rows = building.found(unit_id, on, building.Asked(criterion, state, owing=owing, words=words))
    page = paged(request, rows, paging)
    shown = rows.filter(pk__in=[one.pk for one in page["items"]])
    return {**page, "items": [_works_out(one) for one in building.lines(shown, on)]}


def _works_out(line: building.WorksLine) -> WorksOut:
    one = line.works
    return WorksOut(
        id=one.pk,
        code=one.code,
        name=one.name,
        unit=unit_out(line.unit),
        criterion=one.criterion_no,
        indicator=one.indicator_code,
        state=line.state,
        percent=line.percent,
        execution=one.execution,
        total_cost=one.total_cost,
        allocated=line.allocated,
        accepted=line.accepted,
        paid=line.paid,
        debt=line.debt,
        start_planned=one.start_planned,
        end_planned=one.end_planned,
        latitude=None if one.latitude is None else str(one.latitude),
        longitude=None if one.longitude is None else str(one.longitude),
    )


@router.post("/money/needs", response={201: Made}, summary="Ghi nhu cầu vốn")
def record_need(request: HttpRequest, payload: NeedIn):
    made = planning_money.record_need(
        actor(request),
        unit_id=unit_of(payload.unit, payload.on),
        year=payload.year,
        amount=payload.amount,
        on=payload.on,
        text=payload.text,
        set_code=payload.set,
        criterion_no=payload.criterion,
        works_id=payload.works,
        note=payload.note,
    )
    return Status(201, Made(id=made.pk))


@router.post("/money/vouchers", response={201: Made}, summary="Ghi chứng từ giải ngân")
def record_voucher(request: HttpRequest, payload: VoucherIn):
    said = payload.dict(exclude={"unit", "works", "criterion"})
    made = paying.disburse(
        actor(request),
        unit_id=unit_of(payload.unit, payload.on),
        works_id=payload.works,
        criterion_no=payload.criterion,
        **said,
    )
    return Status(201, Made(id=made.pk))
