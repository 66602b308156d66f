"""Công trình: the list with its filters, a page of it at a time, and the same works on a map without internet."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET

from ntm.domain.official.dates import write_date
from ntm.faces.desk import tables
from ntm.faces.desk.attached import XLSX, attached
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.funding import amounts, drawn
from ntm.faces.desk.rooms.funding.place import ROOM, Place, funding_page, number_in, place_of
from ntm.faces.desk.rooms.funding.wording import criterion_words
from ntm.faces.desk.rooms.units import words
from ntm.faces.desk.rooms.units.choosing import Filter
from ntm.records.funding.models import Execution, WorksState
from ntm.records.funding.queries import works as queries
from ntm.records.funding.queries import works_sheets
from ntm.records.funding.queries.works import Asked, Order, Spot, WorksLine
from ntm.records.people.authority import allows_some

__all__ = ["works"]

STATE, CRITERION, WORDS, EXECUTION, OWING, ORDER = "tinh-trang", "tieu-chi", "ten", "cach-lam", "no", "xep"
VIEW, MAP = "xem", "ban-do"
_EACH, _BESIDE = 100, 300  # works on a page; works up to which the map stands beside the list
_FILTERS = (STATE, CRITERION, WORDS, EXECUTION, OWING, ORDER)


@require_GET
@funding_page
def works(request: HttpRequest) -> HttpResponse:
    """Danh sách công trình của địa bàn, a page of it at a time; the map shows those that have a place."""
    place = place_of(request)
    asked = _asked(request)
    rows = queries.found(place.unit_id, place.on, asked)
    if request.GET.get("tai") == "xlsx":
        content = works_sheets.exported(queries.lines(rows, place.on), place.unit_id, place.title, place.on)
        return attached(content, f"cong-trinh-{place.on:%Y-%m-%d}.xlsx", XLSX)
    sums = queries.sums(rows, place.on)
    only_map = request.GET.get(VIEW) == MAP
    kept = {name: value for name, value in request.GET.items() if name in _FILTERS and value}
    context = {
        "place": place,
        "filters": _filters(place, asked),
        "sums": sums,
        "only_map": only_map,
        "map": _map(place, queries.spots(rows, place.on)) if only_map or 0 < sums.placed <= _BESIDE else None,
        "map_url": place.url("works", **kept, xem=MAP) if sums.placed and not only_map else "",
        "list_url": place.url("works", **kept),
        "may_add": place.label is not None and allows_some(place.who, "works.manage", place.unit_id, on=place.on),
        "add_url": place.url("works_add", place.unit_id) if place.unit_id else "",
        "import_url": place.url("works_import"),
        "template_url": place.url("works_template"),
    }
    if sums.count and not only_map:
        page = _Counted(rows, sums.count).get_page(request.GET.get("trang"))
        lines = queries.lines(page.object_list, place.on)
        context |= {"page": page, "table": _table(place, lines, kept)}
    crumbs = place.crumbs(Crumb(gettext("Công trình")))
    return show(request, "desk/funding/works.html", context, room=ROOM, crumbs=crumbs, tabs=place.tabs("works"))


class _Counted(Paginator):
    """A paginator that has been told how many there are: the sums know it already."""

    def __init__(self, rows: Any, count: int) -> None:
        super().__init__(rows, _EACH)
        self.__dict__["count"] = count  # where cached_property keeps it


def _asked(request: HttpRequest) -> Asked:
    """Điều hỏi trong địa chỉ."""
    state, order = request.GET.get(STATE, ""), request.GET.get(ORDER) or Order.CODE.value
    if state and state not in WorksState.values:
        raise ValueError(gettext("Không có tình trạng công trình “%(state)s”.") % {"state": state[:40]})
    if order not in tuple(Order):
        raise ValueError(gettext("Không xếp được theo “%(order)s”.") % {"order": order[:40]})
    return Asked(
        number_in(request, CRITERION, 0) or None,
        state,
        request.GET.get(EXECUTION, "")[:20],
        bool(request.GET.get(OWING)),
        request.GET.get(WORDS, "")[:100],
        Order(order),
    )


def _filters(place: Place, asked: Asked) -> list[Filter]:
    names = criterion_words(place.label, place.on)
    every = gettext("tất cả")
    orders = (
        ("", gettext("đơn vị, mã")),
        (Order.DEBT.value, gettext("nợ nhiều trước")),
        (Order.COST.value, gettext("tổng mức lớn trước")),
        (Order.DUE.value, gettext("hạn xong gần trước")),
    )
    return [
        Filter(WORDS, gettext("Tên, mã"), asked.words),
        Filter(STATE, gettext("Tình trạng"), asked.state, (("", every), *WorksState.choices)),
        Filter(
            CRITERION,
            gettext("Tiêu chí"),
            str(asked.criterion_no or ""),
            (("", every), *((str(no), name) for no, name in names.items() if no and no <= 19)),
        ),
        Filter(EXECUTION, gettext("Cách làm"), asked.execution, (("", every), *Execution.choices)),
        Filter(OWING, gettext("Nợ"), "co" if asked.owing else "", (("", every), ("co", gettext("còn nợ")))),
        Filter(ORDER, gettext("Xếp theo"), "" if asked.order is Order.CODE else asked.order.value, orders),
    ]


def _table(place: Place, lines: tuple[WorksLine, ...], kept: dict[str, str]) -> tables.Table:
    base = place.url("works_one", 0)
    names = criterion_words(place.label, place.on)
    columns = [
        tables.Column("works", gettext("Công trình")),
        tables.Column("unit", gettext("Đơn vị")),
        tables.Column("criterion", gettext("Tiêu chí")),
        tables.Column("state", gettext("Tình trạng")),
        tables.Column("percent", gettext("Đã làm"), "number", measure="%"),
        amounts.column("cost", gettext("Tổng mức")),
        amounts.column("allocated", gettext("Phân bổ")),
        amounts.column("accepted", gettext("Nghiệm thu")),
        amounts.column("paid", gettext("Đã trả")),
        amounts.column("debt", gettext("Còn nợ")),
        tables.Column("end", gettext("Dự kiến xong"), "date"),
    ]
    hint = len(lines) <= amounts.HINTED
    rows = []
    for line in lines:
        one = line.works
        late = one.end_planned and one.end_planned < place.on and line.percent < 100
        money = (one.total_cost, line.allocated, line.accepted, line.paid, line.debt)
        cells = [
            tables.Cell(f"{one.code} {one.name}", url=base.replace("/0/", f"/{one.pk}/", 1)),
            words.capital(line.unit.title),
            names.get(one.criterion_no, "") if one.criterion_no else "",
            WorksState(line.state).label,
            line.percent,
            *(amounts.cell(value, hint=hint) for value in money),
            tables.Cell(one.end_planned, css="alarm" if late else ""),
        ]
        rows.append(tables.Row(str(one.pk), cells))
    caption = gettext("Công trình · %(place)s · đến ngày %(day)s") % {"place": place.title, "day": write_date(place.on)}
    return tables.Table("works", caption, columns, rows, download_url=place.url("works", **kept, tai="xlsx"))


def _map(place: Place, spots: tuple[Spot, ...]) -> object:
    base = place.url("works_one", 0)
    points = [
        drawn.Point(at, spot.latitude, spot.longitude, "owing" if spot.owing else "done" if spot.done else "")
        for at, spot in enumerate(spots)
    ]

    def name(at: int) -> tuple[str, str]:
        return spots[at].words, base.replace("/0/", f"/{spots[at].works_id}/", 1)

    def several(count: int) -> str:
        return ngettext("%(count)s công trình", "%(count)s công trình", count) % {"count": count}

    title = gettext("Bản đồ công trình · %(place)s") % {"place": place.title}
    return drawn.works_map(title, points, name, several)
