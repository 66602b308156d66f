"""Bộ tiêu chí: the list, and one set readable as the annex of its decision."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.domain.criteria.comparison import Change
from ntm.domain.criteria.model import CriteriaSet
from ntm.domain.official.dates import write_date
from ntm.faces.desk import tables
from ntm.faces.desk.access import actor, asked_day, page
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.administration.acting import ROOM, carried, office_today, tabs
from ntm.faces.desk.rooms.administration.filters import Choice
from ntm.faces.desk.rooms.law import differing, words
from ntm.faces.desk.rooms.law.annex import annex
from ntm.faces.desk.rooms.law.lookup import found_or_404, instrument_url
from ntm.records.people import authority
from ntm.records.standing.queries.listed_sets import SetLine, against_national, set_lines

_ONLY = ("unchecked", "provincial")


@dataclass(frozen=True)
class ConditionView:
    """Điều kiện công nhận ngoài tiêu chí."""

    text: str
    level: str
    reference: str
    state: words.State


@require_GET
@page
def sets(request: HttpRequest) -> HttpResponse:
    """Danh sách các bộ tiêu chí."""
    on = asked_day(request)
    lines = set_lines(on)
    who = actor(request)
    context = {
        "table": _table(lines, request),
        "unchecked": sum(line.counts.unchecked for line in lines),
        "levels": sum(line.counts.levels for line in lines),
        "may_import": authority.allows_some(who, "criteria.import", who.unit_id, on=office_today(request)),
        "codes": [(line.row.code, line.row.name) for line in lines],
    }
    return show(
        request,
        "desk/law/sets.html",
        context,
        room=ROOM,
        crumbs=(Crumb(gettext("Quản trị"), reverse("desk:administration")), Crumb(gettext("Bộ tiêu chí"))),
        tabs=tabs(request, "desk:sets"),
    )


def _table(lines: list[SetLine], request: HttpRequest) -> tables.Table:
    query = carried(request)
    columns = (
        tables.Column("ten", gettext("Bộ tiêu chí")),
        tables.Column("cap", gettext("Cấp")),
        tables.Column("danh-hieu", gettext("Danh hiệu")),
        tables.Column("giai-doan", gettext("Giai đoạn")),
        tables.Column("noi", gettext("Nơi áp dụng")),
        tables.Column("hieu-luc", gettext("Ngày này")),
        tables.Column("tieu-chi", gettext("Tiêu chí"), "number"),
        tables.Column("chi-tieu", gettext("Chỉ tiêu"), "number"),
        tables.Column("muc", gettext("Mức"), "number"),
        tables.Column("chua", gettext("Chưa đối chiếu"), "number"),
        tables.Column("ky", gettext("Đã ký"), "number"),
        tables.Column("du", gettext("Dữ liệu")),
    )
    rows = [
        tables.Row(
            line.row.code,
            (
                tables.Cell(line.row.name, reverse("desk:set", args=[line.row.code]) + query),
                tables.Cell(str(words.LEVELS[line.row.level]), css="nowrap"),
                str(words.TITLES.get(line.row.title_kind, line.row.title_kind)),
                tables.Cell(words.years(line.content), css="nowrap"),
                line.province or gettext("cả nước"),
                tables.Cell(str(words.FORCE_SHORT[line.force]), css=f"nowrap force-{line.force}"),
                line.criteria,
                line.indicators,
                line.counts.levels,
                line.counts.unchecked,
                line.counts.signed,
                tables.Cell(gettext("đủ") if line.content.complete else gettext("chưa đủ"), css="nowrap"),
            ),
            words=f"{line.row.code} {line.content.decision.instrument}",
        )
        for line in lines
    ]
    return tables.Table("sets", gettext("Bộ tiêu chí trong hệ thống"), columns, rows)


@require_GET
@page
def one_set(request: HttpRequest, code: str) -> HttpResponse:
    """Một bộ, như phụ lục của quyết định."""
    on = asked_day(request)
    opened = found_or_404(code, on)
    only = request.GET.get("chi", "")
    only = only if only in _ONLY else ""
    difference = against_national(opened, on)
    who = actor(request)
    options = [("", gettext("mọi chỉ tiêu")), ("unchecked", gettext("chỗ chưa đối chiếu"))]
    if opened.national:
        options.append(("provincial", gettext("của riêng tỉnh")))
    context = {
        "opened": opened,
        "content": opened.content,
        "annex": annex(opened, on, only),
        "only": only,
        "filters": (Choice("chi", gettext("Xem"), only, tuple(options)),),
        "force": words.FORCE[opened.force],
        "level": words.LEVELS[opened.row.level],
        "title_kind": words.TITLES.get(opened.row.title_kind, opened.row.title_kind),
        "period": _period(opened.content),
        "conditions": _conditions(opened.content),
        "changes": differing.changes(difference, but=(Change.UNCHANGED,)) if difference else (),
        "decision_url": instrument_url(opened.content.decision.instrument, carried(request)),
        "may_sign": authority.allows_some(who, "criteria.check", who.unit_id, on=office_today(request)),
        "indicators": sum(len(one.indicators) for one in opened.content.criteria),
    }
    crumbs = (
        Crumb(gettext("Quản trị"), reverse("desk:administration")),
        Crumb(gettext("Bộ tiêu chí"), reverse("desk:sets") + carried(request)),
        Crumb(opened.row.name),
    )
    return show(request, "desk/law/set.html", context, room=ROOM, crumbs=crumbs)


def _period(content: CriteriaSet) -> list[str]:
    """Hiệu lực, with how each day is known."""
    said = []
    if content.start:
        basis = content.start_note if content.start_basis == "derived" else ""
        said.append(gettext("từ %(day)s") % {"day": write_date(content.start)} + (f" ({basis})" if basis else ""))
    else:
        said.append(gettext("ngày bắt đầu chưa rõ"))
    if content.end:
        basis = content.end_note if content.end_basis == "derived" else ""
        said.append(gettext("đến trước %(day)s") % {"day": write_date(content.end)} + (f" ({basis})" if basis else ""))
    else:
        said.append(gettext("ngày hết hiệu lực chưa rõ"))
    return said


def _conditions(content: CriteriaSet) -> list[ConditionView]:
    return [
        ConditionView(
            text=one.text,
            level=words.condition_level(one),
            reference=", ".join(part for part in (one.reference.instrument, one.reference.locator) if part),
            state=words.state_of(one.check),
        )
        for one in content.title_rule.conditions
    ]
