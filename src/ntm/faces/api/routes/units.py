"""Đơn vị hành chính."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.errors import HttpError

from ntm.faces.api.paging import Page, Paging, paged
from ntm.records.units import queries
from ntm.records.units.queries import UnitLabel

router = Router(tags=["units"])


class UpperUnit(Schema):
    level: str
    name: str
    code: str | None


class UnitOut(Schema):
    """Đơn vị như được gọi vào ngày hỏi; `id` is permanent, the code is not."""

    id: int
    code: str | None
    name: str
    kind: str
    level: str
    ancestors: list[UpperUnit]


class UnitHistory(Schema):
    became: list[UnitOut]


def unit_out(label: UnitLabel) -> UnitOut:
    """A label as the interface gives it."""
    uppers = [UpperUnit(level=one.level, name=one.name, code=one.code) for one in label.ancestors]
    return UnitOut(id=label.id, code=label.code, name=label.name, kind=label.kind, level=label.level, ancestors=uppers)


def unit_of(code: str, on: date) -> int:
    """The unit that had the code on the day, or 404 with a sentence."""
    unit = queries.by_code(code, on)
    if unit is None:
        raise HttpError(404, f"Ngày {on:%d/%m/%Y} không có đơn vị mã {code}.")
    return unit.pk


@router.get("/units", response=Page[UnitOut], summary="Tìm đơn vị theo tên, không cần đủ dấu")
def find_units(request: HttpRequest, paging: Query[Paging], name: str, on: date, level: str | None = None):
    found = queries.find(name, on, level)
    return paged(request, [unit_out(one) for one in found], paging)


@router.get("/units/{code}", response=UnitOut, summary="Một đơn vị vào một ngày")
def one_unit(request: HttpRequest, code: str, on: date):
    return unit_out(queries.label(unit_of(code, on), on))


@router.get("/units/{code}/tree", response=Page[UnitOut], summary="Đơn vị và mọi đơn vị bên dưới")
def unit_tree(request: HttpRequest, paging: Query[Paging], code: str, on: date, level: str | None = None):
    top = unit_of(code, on)
    ids = queries.descendant_ids(top, on, level) if level else [top, *queries.descendant_ids(top, on)]
    page = paged(request, ids, paging)
    labels = queries.labels(page["items"], on)
    return {**page, "items": [unit_out(labels[one]) for one in page["items"]]}


@router.get("/units/{code}/lineage", response=UnitHistory, summary="Đến ngày sau, đơn vị ấy thành đơn vị nào")
def unit_lineage(request: HttpRequest, code: str, on: date, to: date):
    return {"became": [unit_out(one) for one in queries.became(unit_of(code, on), on, to)]}
