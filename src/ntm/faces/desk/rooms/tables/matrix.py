"""Bảng tiêu chí: units down, criteria across, as of a day; filters in the address, counts in the margins."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.faces.desk import tables
from ntm.faces.desk.pages import show
from ntm.faces.desk.rooms.tables import narrowing
from ntm.faces.desk.rooms.tables.place import Place, place_of
from ntm.faces.desk.rooms.units import words
from ntm.faces.desk.rooms.units.lower import table_url
from ntm.faces.desk.rooms.units.sight import link, units_page
from ntm.records.standing import drawing
from ntm.records.standing.models.intervals import OutcomeCode
from ntm.records.standing.queries import matrix as matrices
from ntm.records.standing.queries.matrix import Cell, Matrix, MatrixRow
from ntm.records.units import queries as units

ROOM = "matrix"
MOST = 400  # rows on one page: a province of today has fewer communes


@require_GET
@units_page
def matrix(request: HttpRequest, unit_id: int | None = None) -> HttpResponse:
    """Biểu của một địa bàn: any cell opens its criterion's board beside the page."""
    place = place_of(request, unit_id)
    crumbs, tabs = place.crumbs(gettext("Bảng tiêu chí")), place.tabs("matrix")
    if place.row is None:
        return show(request, "desk/tables/matrix.html", _none(place), room=ROOM, crumbs=crumbs, tabs=tabs)
    table = matrices.matrix(place.unit_id, place.row, place.on, place.basis)
    asked = narrowing.narrowing_of(request)
    rows = asked.applied(table)
    page = Paginator(rows, MOST).get_page(request.GET.get("trang", "1"))
    shown = list(page.object_list)
    context = {
        "place": place,
        "table": _table(request, place, table, shown, rows),
        "page": page,
        "filters": place.filters(),
        "narrowing": narrowing.filters(table, asked),
        "said": narrowing.said(table, asked),
        "count": len(rows),
        "all": len(table.rows),
        "without": sum(not row.with_data for row in rows),
        "met": sum(row.met for row in rows),
        "marks": _marks(rows),
        "all_stated": all_stated(rows),
        "csv_url": _file_url(request, "csv"),
        "workbook_url": _workbook_url(place),
        "provinces": _provinces(place) if place.label is None else [],
    }
    return show(request, "desk/tables/matrix.html", context, room=ROOM, crumbs=crumbs, tabs=tabs)


def _workbook_url(place: Place) -> str:
    """Bảng Excel để nhập ngoài mạng, for those who may take one; "" for the others."""
    if place.unit_id is None or not place.who.allows("workbook.download", place.unit_id, on=place.on):
        return ""
    return table_url("workbooks", place.unit_id, place.row, place.carried)


def _none(place: Place) -> dict[str, object]:
    return {"place": place, "filters": place.filters(), "provinces": _provinces(place) if place.label is None else []}


def _provinces(place: Place) -> list[tuple[str, str]]:
    """For the country: whose communes to show."""
    return [
        (words.capital(one.title), link("matrix", place.carried, unit_id=one.id)) for one in units.provinces(place.on)
    ]


@require_GET
@units_page
def download(request: HttpRequest, form: str) -> HttpResponse:
    """Tải biểu: exactly the rows that the filters leave, in their order, marks in words."""
    if form not in ("xlsx", "csv"):
        raise Http404(gettext("Chỉ tải được xlsx hoặc csv."))
    place = place_of(request)
    if place.row is None:
        raise ValueError(gettext("Ngày này không có bộ tiêu chí nào cho địa bàn."))
    table = matrices.matrix(place.unit_id, place.row, place.on, place.basis)
    rows = narrowing.narrowing_of(request).applied(table)
    code = place.label.code or place.label.id if place.label else "ca-nuoc"
    name = f"bang-tieu-chi-{code}-{place.row.code}-{place.on:%Y-%m-%d}"
    return tables.download(_table(request, place, table, rows, rows, in_words=True), form, name)


def _file_url(request: HttpRequest, form: str) -> str:
    query = request.GET.copy()
    query.pop("trang", None)
    match = request.resolver_match
    if match and "unit_id" in match.kwargs:
        query["don-vi"] = str(match.kwargs["unit_id"])
    return link("matrix_file", f"?{query.urlencode()}" if query else "", form=form)


def _table(
    request: HttpRequest,
    place: Place,
    table: Matrix,
    shown: Sequence[MatrixRow],
    counted: Sequence[MatrixRow],
    *,
    in_words: bool = False,
) -> tables.Table:
    with_district = _with_district(place, shown)
    with_commune = (
        place.row is not None and place.row.level == "thon" and (not place.label or place.label.level != "xa")
    )
    columns = _columns(place, table, with_commune, with_district)
    cell, tell_stated = _cell_in_words if in_words else _cell, not all_stated(counted)
    rows = [
        tables.Row(
            str(row.unit.id),
            (
                tables.Cell(words.capital(row.unit.title), url=place.unit_url(row.unit.id)),
                *([_upper(row, "xa")] if with_commune else []),
                *([_upper(row, "huyen")] if with_district else []),
                row.met if row.with_data else None,
                *(cell(one, tell_stated) for one in row.cells),
                ", ".join(words.title_words(kind) for kind in row.titles),
            ),
            words=row.unit.code or "",
        )
        for row in shown
    ]
    between = int(with_commune) + int(with_district)
    return tables.Table(
        "matrix",
        gettext("%(place)s · %(set)s · đến ngày %(day)s")
        % {"place": place.title, "set": place.set_name, "day": f"{place.on:%d/%m/%Y}"},
        columns,
        rows,
        totals=_totals(place, table, counted, between) if rows else (),
        cell_url=place.criterion_url("ROW", "COLUMN"),
        download_url=_file_url(request, "xlsx"),
    )


def _with_district(place: Place, shown: Sequence[MatrixRow]) -> bool:
    """Cột Huyện: where the rows of a province lie in districts."""
    if place.label is not None and place.label.level != "tinh":
        return False
    return any(one.level == "huyen" for row in shown[:1] for one in row.unit.ancestors)


def _columns(place: Place, table: Matrix, with_commune: bool, with_district: bool) -> list[tables.Column]:
    return [
        tables.Column("unit", place.units_words),
        *([tables.Column("commune", gettext("Xã"))] if with_commune else []),
        *([tables.Column("district", gettext("Huyện"))] if with_district else []),
        tables.Column("met", gettext("Đạt"), "number", about=gettext("Số tiêu chí đạt")),
        *(
            tables.Column(str(no), str(no), "outcome", about=name, opens=True)
            for no, name in zip(table.numbers, table.names, strict=True)
        ),
        tables.Column("titles", gettext("Danh hiệu")),
    ]


def _upper(row: MatrixRow, level: str) -> str:
    return next((one.name for one in row.unit.ancestors if one.level == level), "")


def all_stated(rows: Sequence[MatrixRow]) -> bool:
    """Does every outcome rest on a stated conclusion? Then it is said once, not in four thousand cells."""
    known = {cell.stated for row in rows for cell in row.cells if cell.outcome != OutcomeCode.NO_DATA}
    return known == {True}


@lru_cache(maxsize=128)
def _cell(cell: Cell, tell_stated: bool) -> tables.Cell:
    """The sign; small letters of a class where it is stated, assumed or not yet verified (see tables_page.css)."""
    if cell.outcome == OutcomeCode.NO_DATA:
        return tables.Cell(drawing.OUTCOME_OF[cell.outcome])
    marks = (("k", cell.stated and tell_stated), ("g", cell.assumed), ("p", cell.unconfirmed))
    return tables.Cell(drawing.OUTCOME_OF[cell.outcome], css=" ".join(letter for letter, holds in marks if holds))


@lru_cache(maxsize=64)
def _cell_in_words(cell: Cell, _tell_stated: bool) -> tables.Cell:
    marks = [
        said
        for said, holds in (
            ("theo kết luận", cell.stated), ("giả định", cell.assumed), ("chưa thẩm tra", cell.unconfirmed),
        )
        if holds and cell.outcome != OutcomeCode.NO_DATA
    ]  # fmt: skip
    said = drawing.OUTCOME_OF[cell.outcome].vietnamese
    return tables.Cell(f"{said} ({', '.join(marks)})" if marks else said)


def _totals(place: Place, table: Matrix, rows: Sequence[MatrixRow], between: int) -> tuple[tables.Row, ...]:
    """Số đạt, số chưa đạt của từng tiêu chí: each opens the rows behind it."""
    made = []
    for label, outcome, code in (
        (gettext("Đạt"), "met", OutcomeCode.MET),
        (gettext("Chưa đạt"), "not_met", OutcomeCode.NOT_MET),
    ):
        counts = [sum(row.cells[at].outcome == code for row in rows) for at in range(len(table.numbers))]
        cells = [
            tables.Cell(number, url=place.url("matrix", tieu_chi=no, ket_qua=outcome) if number else None, css="c")
            for no, number in zip(table.numbers, counts, strict=True)
        ]
        made.append(tables.Row(outcome, (label, *([None] * between), sum(counts), *cells, None)))
    return tuple(made)


def _marks(rows: Sequence[MatrixRow]) -> dict[str, bool]:
    """Which small marks the table shows: only these are explained under it."""
    cells = {cell for row in rows for cell in row.cells}
    return {
        "stated": any(cell.stated for cell in cells),
        "assumed": any(cell.assumed for cell in cells),
        "unconfirmed": any(cell.unconfirmed for cell in cells),
    }
