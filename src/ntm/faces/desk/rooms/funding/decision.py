"""Một quyết định phân bổ: number, day, who gave, its signed file, its lines with what was taken back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.domain import funds
from ntm.faces.desk import tables
from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.funding import amounts
from ntm.faces.desk.rooms.funding.place import ROOM, NotHere, Place, funding_page, place_of
from ntm.faces.desk.rooms.funding.served import served
from ntm.faces.desk.rooms.funding.wording import kind_words
from ntm.faces.desk.rooms.units import words
from ntm.records.archive import services as archive
from ntm.records.funding.models import AllocationDecision, AllocationEntry
from ntm.records.funding.queries import books
from ntm.records.people import authority
from ntm.records.units import queries as units

__all__ = ["decision", "decision_file"]

Found = tuple[Place, AllocationDecision, tuple[AllocationEntry, ...], int]


def _found(request: HttpRequest, decision_id: int) -> Found:
    """The decision, the lines of units whose money this office may read, and how many others there are."""
    who, on = actor(request), asked_day(request)
    made = books.decision(decision_id)
    if made is None or made.issued_on > on:
        raise NotHere(gettext("Không tìm thấy quyết định này vào ngày đang xem. Chọn ngày muộn hơn ở đầu trang."))
    every = books.decision_lines(decision_id, on)
    reach = authority.reach(who, "money.read", on=on)
    seen = tuple(one for one in every if reach.covers(one.unit_id))
    homes = [made.giver_id] if made.giver_id is not None and reach.covers(made.giver_id) else []
    homes += [one.unit_id for one in seen] or [one.unit_id for one in every]
    return place_of(request, unit_id=homes[0]), made, seen, len(every) - len(seen)


@require_GET
@funding_page
def decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Trang của một quyết định."""
    place, made, lines, hidden = _found(request, decision_id)
    giver = words.capital(units.label(made.giver_id, made.issued_on).title) if made.giver_id else ""
    context = {
        "place": place,
        "decision": made,
        "act": made.get_act_display(),
        "giver": giver,
        "table": _table(place, made, lines),
        "hidden": hidden,
        "file_url": place.url("decision_file", made.pk) if made.document else "",
    }
    books_url = place.url("funding_books", so="allocated")
    crumbs = place.crumbs(Crumb(gettext("Sổ bút toán"), books_url), Crumb(made.number))
    return show(request, "desk/funding/decision.html", context, room=ROOM, crumbs=crumbs)


def _table(place: Place, made: AllocationDecision, lines: tuple[AllocationEntry, ...]) -> tables.Table:
    labels = units.labels({one.unit_id for one in lines}, made.issued_on)
    columns = [
        tables.Column("line", gettext("Dòng")),
        tables.Column("unit", gettext("Đơn vị")),
        tables.Column("source", gettext("Nguồn vốn")),
        tables.Column("kind", gettext("Loại vốn")),
        tables.Column("works", gettext("Công trình")),
        tables.Column("year", gettext("Năm ngân sách")),
        amounts.column("amount", gettext("Số tiền"), "đồng"),
        tables.Column("state", gettext("Đảo")),
    ]
    base, works_base = place.url("reverse_entry", "allocated", 0), place.url("works_one", 0)
    rows = []
    for one in lines:
        back = hasattr(one, "reversed_by") and one.reversed_by.on <= place.on
        state = (
            tables.Cell(gettext("đã đảo"), hint=one.reversed_by.note)
            if back
            else tables.Cell(gettext("Đảo…"), url=base.replace("/0/", f"/{one.pk}/", 1))
        )
        works = (
            tables.Cell(f"{one.works.code} {one.works.name}", url=works_base.replace("/0/", f"/{one.works.pk}/", 1))
            if one.works
            else ""
        )
        cells = [
            str(one.line), words.capital(labels[one.unit_id].title), funds.catalogue().name(one.source),
            kind_words(one.kind), works, str(one.year), amounts.cell(one.amount, "đồng"), state,
        ]  # fmt: skip
        rows.append(tables.Row(str(one.pk), cells, css="reversed" if back else ""))
    caption = gettext("Các dòng của quyết định %(number)s") % {"number": made.number}
    return tables.Table("decision-lines", caption, columns, rows)


@require_GET
@funding_page
def decision_file(request: HttpRequest, decision_id: int) -> HttpResponseBase:
    """Mở quyết định đã ký."""
    place, made, _lines, _hidden = _found(request, decision_id)
    if made.document is None:
        raise NotHere(gettext("Quyết định này chưa có tệp đã ký."))
    return served(archive.open_for(place.who, made.document.file_id, place.on))
