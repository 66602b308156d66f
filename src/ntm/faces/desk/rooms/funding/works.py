"""Công trình: the list with its filters, a page of it at a time, and the same works on a map without internet."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET

from ntm.domain.official.dates import write_date
from ntm.domain.official.money import Measure
from ntm.domain.official.text import fold
from ntm.faces.desk import tables
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.funding import amounts, drawn
from ntm.faces.desk.rooms.funding.place import ROOM, Place, funding_page, number_in, place_of
from ntm.faces.desk.rooms.funding.wording import criterion_words
from ntm.faces.desk.rooms.units import words
from ntm.faces.desk.rooms.units.choosing import Filter
from ntm.records.funding.models import Execution, WorksState
from ntm.records.funding.queries import projects
from ntm.records.funding.queries.projects import WorksLine

__all__ = ["works"]

STATE, CRITERION, WORDS, EXECUTION, OWING = "tinh-trang", "tieu-chi", "ten", "cach-lam", "no"
_EACH = 100


@require_GET
@funding_page
def works(request: HttpRequest) -> HttpResponse:
    """Danh sách công trình của địa bàn, filtered; the map shows those that have a place."""
    place = place_of(request)
    state = request.GET.get(STATE, "")
    if state and state not in WorksState.values:
        raise ValueError(gettext("Không có tình trạng công trình “%(state)s”.") % {"state": state[:40]})
    criterion = number_in(request, CRITERION, 0) or None
    lines = projects.works_list(place.unit_id, place.on, criterion_no=criterion, state=state or None)
    lines = _narrowed(request, lines)
    if request.GET.get("tai") == "xlsx":
        return tables.download(_table(place, lines, "đồng"), "xlsx", f"cong-trinh-{place.on:%Y-%m-%d}")
    page = Paginator(lines, _EACH).get_page(request.GET.get("trang"))
    placed = [line for line in lines if line.works.latitude is not None]
    kept = {name: value for name, value in request.GET.items() if name in _FILTERS and value}
    context = {
        "place": place,
        "filters": _filters(place, request, state, criterion),
        "count": len(lines),
        "cost": sum(line.works.total_cost for line in lines),
        "allocated": sum(line.allocated for line in lines),
        "accepted": sum(line.accepted for line in lines),
        "paid": sum(line.paid for line in lines),
        "debt": sum(line.debt for line in lines),
        "table": _table(place, tuple(page.object_list), kept=kept) if lines else None,
        "page": page,
        "map": _map(place, placed),
        "placed": len(placed),
        "may_add": place.label is not None and place.may("works.manage"),
        "add_url": place.url("works_add", place.unit_id) if place.unit_id else "",
    }
    crumbs = place.crumbs(Crumb(gettext("Công trình")))
    return show(request, "desk/funding/works.html", context, room=ROOM, crumbs=crumbs, tabs=place.tabs("works"))


_FILTERS = (STATE, CRITERION, WORDS, EXECUTION, OWING)


def _narrowed(request: HttpRequest, lines: tuple[WorksLine, ...]) -> tuple[WorksLine, ...]:
    """Những gì lọc được trên danh sách đã đọc: words, way of building, owing."""
    asked = fold(request.GET.get(WORDS, ""))
    execution, owing = request.GET.get(EXECUTION, ""), request.GET.get(OWING, "")
    return tuple(
        line
        for line in lines
        if (not asked or asked in fold(f"{line.works.code} {line.works.name} {line.unit.name}"))
        and (not execution or line.works.execution == execution)
        and (not owing or line.debt > 0)
    )


def _filters(place: Place, request: HttpRequest, state: str, criterion: int | None) -> list[Filter]:
    names = criterion_words(place.label, place.on)
    every = gettext("tất cả")
    return [
        Filter(WORDS, gettext("Tên, mã"), request.GET.get(WORDS, "")),
        Filter(STATE, gettext("Tình trạng"), state, (("", every), *WorksState.choices)),
        Filter(
            CRITERION,
            gettext("Tiêu chí"),
            str(criterion or ""),
            (("", every), *((str(no), name) for no, name in names.items() if no and no <= 19)),
        ),
        Filter(EXECUTION, gettext("Cách làm"), request.GET.get(EXECUTION, ""), (("", every), *Execution.choices)),
        Filter(OWING, gettext("Nợ"), request.GET.get(OWING, ""), (("", every), ("co", gettext("còn nợ")))),
    ]


def _table(
    place: Place, lines: tuple[WorksLine, ...], measure: Measure = "triệu", kept: dict[str, str] | None = None
) -> tables.Table:
    base = place.url("works_one", 0)
    names = criterion_words(place.label, place.on)
    columns = [
        tables.Column("works", gettext("Công trình")),
        tables.Column("unit", gettext("Đơn vị")),
        tables.Column("criterion", gettext("Tiêu chí")),
        tables.Column("state", gettext("Tình trạng")),
        tables.Column("percent", gettext("Đã làm"), "number", measure="%"),
        amounts.column("cost", gettext("Tổng mức"), measure),
        amounts.column("allocated", gettext("Phân bổ"), measure),
        amounts.column("accepted", gettext("Nghiệm thu"), measure),
        amounts.column("paid", gettext("Đã trả"), measure),
        amounts.column("debt", gettext("Còn nợ"), measure),
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
            *(amounts.cell(value, measure, hint=hint) for value in money),
            tables.Cell(one.end_planned, css="alarm" if late else ""),
        ]
        rows.append(tables.Row(str(one.pk), cells))
    caption = gettext("Công trình · %(place)s · đến ngày %(day)s") % {"place": place.title, "day": write_date(place.on)}
    return tables.Table("works", caption, columns, rows, download_url=place.url("works", **(kept or {}), tai="xlsx"))


def _map(place: Place, placed: list[WorksLine]) -> object:
    base = place.url("works_one", 0)
    points = [
        drawn.Point(
            at,
            int(line.works.latitude.scaleb(6)),
            int(line.works.longitude.scaleb(6)),
            "owing" if line.debt else "done" if line.percent == 100 else "",
        )
        for at, line in enumerate(placed)
        if line.works.latitude is not None and line.works.longitude is not None
    ]

    def name(at: int) -> tuple[str, str]:
        line = placed[at]
        said = f"{line.works.code} {line.works.name}, {WorksState(line.state).label} {line.percent}%"
        return said, base.replace("/0/", f"/{line.works.pk}/", 1)

    def several(count: int) -> str:
        return ngettext("%(count)s công trình", "%(count)s công trình", count) % {"count": count}

    title = gettext("Bản đồ công trình · %(place)s") % {"place": place.title}
    return drawn.works_map(title, points, name, several)
