"""Hai phương án cạnh nhau: what each reaches, which works and units only one of them has, sources beside sources."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.domain.official.money import write_amount
from ntm.faces.desk import tables
from ntm.faces.desk.access import actor, asked_day
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.funding import amounts
from ntm.faces.desk.rooms.funding.place import ROOM, number_in
from ntm.faces.desk.rooms.proposals.place import address, crumbs, place_for, proposals_page
from ntm.records.funding.queries import proposals as queries
from ntm.records.funding.queries.proposals import Side

__all__ = ["compare"]

FIRST, SECOND = "mot", "hai"
_MOST = 200


@require_GET
@proposals_page
def compare(request: HttpRequest) -> HttpResponse:
    """So sánh hai phương án."""
    first, second = number_in(request, FIRST, 0), number_in(request, SECOND, 0)
    if not first or not second or first == second:
        raise ValueError(gettext("Chọn hai phương án khác nhau đã tính xong để đặt cạnh nhau."))
    side = queries.side_by_side(actor(request), first, second, asked_day(request))
    place = place_for(request, side.first.proposal)
    compared = side.compared
    context = {
        "place": place,
        "side": side,
        "urls": [address(request, "proposal", one) for one in (first, second)],
        "reached": _reached(side),
        "sources": _sources(side),
        "works": (_named(compared.only_first, side.names), _named(compared.only_second, side.names)),
        "titles": (
            _named(compared.titles_only_first, side.places),
            _named(compared.titles_only_second, side.places),
        ),
        "counts": (len(compared.only_first), len(compared.only_second)),
        "same_area": side.first.proposal.unit_id == side.second.proposal.unit_id,
    }
    trail = crumbs(place, Crumb(gettext("So sánh")))
    return show(request, "desk/proposals/compare.html", context, room=ROOM, crumbs=trail)


def _named(ids: Collection[str], names: Mapping[str, str]) -> list[str]:
    return sorted(names.get(one, one) for one in ids)[:_MOST]


def _heads(side: Side) -> list[tables.Column]:
    return [
        tables.Column("first", side.first.proposal.title, "number"),
        tables.Column("second", side.second.proposal.title, "number"),
        tables.Column("more", gettext("Hai hơn một"), "number"),
    ]


def _reached(side: Side) -> tables.Table:
    rows = []
    for name, first, second in side.compared.rows:
        money = name.endswith("(đồng)")
        said = amounts.said if money else write_amount
        label = name.removesuffix(" (đồng)")
        cells = [tables.Cell(value, shown=said(value)) for value in (first, second, second - first)]
        rows.append(tables.Row(name, [label[:1].upper() + label[1:], *cells]))
    columns = [tables.Column("goal", gettext("Đạt được")), *_heads(side)]
    return tables.Table("proposal-compare", gettext("Hai phương án đạt được gì"), columns, rows)


def _sources(side: Side) -> tables.Table:
    rows = [
        tables.Row(key, [side.sources.get(key, key), *(amounts.cell(one) for one in (*pair, pair[1] - pair[0]))])
        for key, pair in side.compared.by_source.items()
    ]
    columns = [tables.Column("source", gettext("Nguồn vốn (triệu đồng)")), *_heads(side)]
    return tables.Table("proposal-compare-sources", gettext("Nguồn vốn của hai phương án"), columns, rows)
