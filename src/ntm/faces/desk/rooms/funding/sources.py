"""Nguồn và sử dụng: sources x criteria with totals both ways, and the same as bands from source to use."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from ntm.domain.official.dates import write_date
from ntm.domain.official.money import Measure
from ntm.faces.desk import tables
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.funding import amounts, drawn
from ntm.faces.desk.rooms.funding.place import ROOM, Place, funding_page, place_of
from ntm.faces.desk.rooms.funding.wording import criterion_words, kind_words
from ntm.faces.desk.rooms.units.choosing import Filter
from ntm.records.funding.queries import balances
from ntm.records.funding.queries.balances import Table

__all__ = ["sources"]

MEASURE = "so"
_MEASURES = {
    "used": _("đã sử dụng"),
    "received": _("đã nhận: phân bổ và đóng góp"),
    "allocated": _("đã phân bổ"),
    "mobilised": _("dự kiến huy động chắc chắn"),
    "conditional": _("dự kiến có điều kiện"),
}


@require_GET
@funding_page
def sources(request: HttpRequest) -> HttpResponse:
    """Bảng nguồn x tiêu chí của một phép đo."""
    place = place_of(request)
    measure = request.GET.get(MEASURE) or "used"
    if measure not in _MEASURES:
        raise ValueError(gettext("Không có số liệu tiền loại “%(name)s”.") % {"name": measure[:40]})
    found = balances.sources_uses(
        place.unit_id, place.year, place.on, measure=measure, until_year=place.last, scope=place.scope
    )
    if request.GET.get("tai") == "xlsx":
        return tables.download(_table(place, found, measure, "đồng"), "xlsx", f"nguon-su-dung-{place.year}")
    choice = Filter(MEASURE, gettext("Số tiền"), measure, tuple((key, str(said)) for key, said in _MEASURES.items()))
    context = {
        "place": place,
        "filters": place.filters(choice),
        "found": found,
        "table": _table(place, found, measure) if found.cells else None,
        "picture": _picture(place, found, measure),
        "what": str(_MEASURES[measure]),
    }
    crumbs = place.crumbs(Crumb(gettext("Nguồn và sử dụng")))
    tabs = place.tabs("funding_sources")
    return show(request, "desk/funding/sources.html", context, room=ROOM, crumbs=crumbs, tabs=tabs)


def _title(place: Place, measure: str) -> str:
    return gettext("Nguồn và sử dụng · %(place)s · %(years)s · %(what)s đến ngày %(day)s") % {
        "place": place.title, "years": place.years, "what": _MEASURES[measure], "day": write_date(place.on),
    }  # fmt: skip


def _table(place: Place, found: Table, measure: str, scale: Measure = "triệu") -> tables.Table:
    names = criterion_words(place.label, place.on)
    columns = [tables.Column("criterion", gettext("Tiêu chí"))]
    columns += [
        amounts.column(f"{one.source}-{one.kind}", one.name, scale, about=f"{one.name}, {kind_words(one.kind)}")
        for one in found.columns
    ]
    columns.append(amounts.column("total", gettext("Tổng"), scale))
    keys = [(one.source, one.kind.value) for one in found.columns]
    rows = [
        tables.Row(
            str(row.criterion_no or 0),
            [
                names.get(row.criterion_no, gettext("Không theo tiêu chí nào")),
                *(amounts.cell(found.cells.get((row.criterion_no, *key)), scale) for key in keys),
                amounts.cell(found.row_total(row.criterion_no), scale),
            ],
        )
        for row in found.rows
    ]
    total = tables.Row(
        "total",
        [
            gettext("Tổng"),
            *(amounts.cell(found.column_total(*key), scale) for key in keys),
            amounts.cell(found.total, scale),
        ],
    )
    download = place.url("funding_sources", so=measure, tai="xlsx")
    return tables.Table("funding-cells", _title(place, measure), columns, rows, totals=(total,), download_url=download)


def _picture(place: Place, found: Table, measure: str) -> object:
    names = criterion_words(place.label, place.on)
    by_key = {(one.source, one.kind.value): one.name for one in found.columns}
    flows: dict[tuple[str, str], int] = {}
    for (criterion, source, kind), amount in found.cells.items():
        key = (by_key[source, kind], names.get(criterion, gettext("Không theo tiêu chí nào")))
        flows[key] = flows.get(key, 0) + amount
    title = gettext("Từ nguồn đến sử dụng · %(place)s · %(years)s · %(what)s") % {
        "place": place.title, "years": place.years, "what": _MEASURES[measure],
    }  # fmt: skip
    return drawn.sankey(title, flows, (gettext("Nguồn"), gettext("Sử dụng")))
