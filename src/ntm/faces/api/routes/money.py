"""Nguồn lực: balance, sources by uses, debts of a unit. Amounts are whole đồng."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Query, Router, Schema

from ntm.faces.api.numbers import Year
from ntm.faces.api.paging import Page, Paging, paged
from ntm.faces.api.routes.units import UnitOut, unit_of, unit_out
from ntm.faces.api.security import actor
from ntm.records.funding.queries import balances
from ntm.records.funding.queries import debts as owed

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
