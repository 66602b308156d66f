"""Khoá này là ai, và nhật ký mà cơ quan được xem."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from ntm.faces.api.paging import Page, Paging
from ntm.faces.api.security import actor
from ntm.records.audit import queries as log
from ntm.records.people import authority

router = Router(tags=["office"])


class OfficeOut(Schema):
    name: str
    office: str
    role: str
    unit: int | None
    criteria: list[str]


class EntryOut(Schema):
    sequence: int
    at: datetime
    on: date
    verb: str
    sentence: str
    name: str
    office: str
    unit: int | None
    subject: str
    detail: dict[str, Any]
    hash: str


@router.get("/me", response=OfficeOut, summary="Khoá này đứng tên chức danh nào")
def me(request: HttpRequest):
    who = actor(request)
    return OfficeOut(
        name=who.name, office=who.office_label, role=who.role, unit=who.unit_id, criteria=list(who.criteria)
    )


@router.get("/audit", response=Page[EntryOut], summary="Nhật ký của địa bàn, mới trước")
def audit(
    request: HttpRequest,
    paging: Query[Paging],
    verb: str | None = None,
    start: date | None = None,
    end: date | None = None,
):
    who = actor(request)
    today = who.demonstration_day or timezone.localdate()
    who.require("audit.read", who.unit_id, on=today)
    area = authority.reach(who, "audit.read", on=today)
    chosen = log.Filter(verb=verb, unit_ids=None if area.everywhere else sorted(area.unit_ids), start=start, end=end)
    found = log.page(chosen, number=paging.page, size=paging.size)
    items = [
        EntryOut(**{name: getattr(one, name) for name in EntryOut.model_fields if name != "unit"}, unit=one.unit_id)
        for one in found.lines
    ]
    following = None
    if found.number < found.pages:
        query = request.GET.copy()
        query["page"] = str(paging.page + 1)
        following = f"{request.path}?{query.urlencode()}"
    return {"items": items, "total": found.total, "page": paging.page, "size": paging.size, "next": following}
