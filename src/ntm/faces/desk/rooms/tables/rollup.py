"""Tổng hợp: units by number of criteria met, averages, titles; each lower unit and the whole; every figure opens its rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.domain.official.dates import write_date
from ntm.faces.desk import charts, tables
from ntm.faces.desk.pages import show
from ntm.faces.desk.rooms.tables.bands import Band, bands
from ntm.faces.desk.rooms.tables.place import Place, place_of
from ntm.faces.desk.rooms.units import words
from ntm.faces.desk.rooms.units.lower import exact, table_url
from ntm.faces.desk.rooms.units.sight import link, units_page
from ntm.records.standing import registry
from ntm.records.standing.models import RegisteredSet
from ntm.records.standing.models.intervals import OutcomeCode
from ntm.records.standing.queries import rollup as rollups
from ntm.records.standing.queries.rollup import LOW, Rollup, RollupRow, TitleCount

ROOM = "rollup"


@dataclass(frozen=True, slots=True)
class Headline:
    """Một con số đầu trang."""

    value: Decimal | int | None
    label: str
    note: str = ""
    url: str = ""
    marks: str = ""


@require_GET
@units_page
def rollup(request: HttpRequest) -> HttpResponse:
    """Tổng hợp của địa bàn, or of the country by provinces."""
    place = place_of(request, whole_country=True)
    crumbs, tabs = place.crumbs(gettext("Tổng hợp")), place.tabs("rollup")
    context: dict[str, object] = {"place": place, "filters": place.filters()}
    if place.row is not None:
        found = rollups.rollup(place.unit_id, place.row, place.on, place.basis)
        table = _table(place, found)
        form = request.GET.get("tai", "")
        if form in ("xlsx", "csv"):
            return tables.download(table, form, f"tong-hop-{place.row.code}-{place.on:%Y-%m-%d}")
        width = len(registry.content(place.row).criteria)
        counts = rollups.criterion_counts(place.unit_id, place.row, place.on, place.basis) if place.label else {}
        context |= {
            "found": found,
            "headlines": _headlines(place, found, width),
            "table": table,
            "degenerate": _degenerate(found),
            "bands_picture": _bands_picture(place, found.total, width),
            "criteria_picture": _criteria_picture(place, counts) if counts else None,
            "own_sets": [words.set_name(row) + f" ({row.name})" for row in found.sets[1:]],
            "assumed_url": _Opens(place, place.unit_id)(gia_dinh=1),
            "matrix_url": place.url("matrix"),
            "csv_url": place.url("rollup", tai="csv"),
        }
    return show(request, "desk/tables/rollup.html", context, room=ROOM, crumbs=crumbs, tabs=tabs)


def _headlines(place: Place, found: Rollup, width: int) -> list[Headline]:
    total, matrix = found.total, _Opens(place, place.unit_id)
    made = [
        Headline(total.units, gettext("Số %(level)s") % {"level": place.level_words}, url=matrix()),
        Headline(total.with_data, gettext("Có số liệu"), url=matrix(so_lieu="co")),
    ]
    if width:
        made.append(Headline(total.average, gettext("Tiêu chí bình quân"), note=exact(total), url=matrix()))
        full = f"{width}-{width}"
        made.append(
            Headline(
                total.by_met.get(width, 0), gettext("Đạt %(count)s tiêu chí") % {"count": width}, url=matrix(dat=full)
            )
        )
    if width > LOW:
        below = gettext("Dưới %(count)s tiêu chí") % {"count": LOW}
        made.append(Headline(total.low, below, url=matrix(dat=f"0-{LOW - 1}")))
    for kind in found.title_kinds:
        count = total.titles[kind]
        made.append(
            Headline(
                count.cumulative,
                gettext("Đã công nhận %(title)s") % {"title": words.title_words(kind)},
                url=matrix(danh_hieu=kind),
                note=gettext("mới trong năm %(year)s: %(count)s")
                % {"year": place.on.year, "count": count.new_this_year},
            )
        )
    return made  # fmt: skip


class _Opens:
    """Addresses of the matrix filtered; for the country none: whose communes must be chosen first."""

    def __init__(self, place: Place, unit_id: int | None, row: RegisteredSet | None = None) -> None:
        self.place, self.unit_id, self.row = place, unit_id, row or place.row

    def __call__(self, **asked: object) -> str:
        place = self.place
        if self.unit_id is None and (place.row is None or place.row.level != "tinh"):
            return ""
        more = {"can_cu": words.basis_key(place.basis)} if words.basis_key(place.basis) != "da-tham-tra" else {}
        return table_url("matrix", self.unit_id, self.row, place.carried, **more, **asked)


def _degenerate(found: Rollup) -> bool:
    """Province > commune: each lower unit is one of those counted, and the matrix tells of it better."""
    return bool(found.rows) and all(row.unit is not None and row.unit.level == found.row.level for row in found.rows)


def _table(place: Place, found: Rollup) -> tables.Table:
    assert place.row is not None
    width = len(registry.content(place.row).criteria)
    groups = bands(width)
    columns = [
        tables.Column("unit", gettext("Đơn vị")),
        tables.Column("units", gettext("Số %(level)s") % {"level": place.level_words}, "number"),
        tables.Column("with_data", gettext("Có số liệu"), "number"),
        *(tables.Column(f"b{one.key}", one.label, "number") for one in groups),
        *([tables.Column("low", gettext("Dưới %(n)s") % {"n": LOW}, "number")] if width > LOW else []),
        *([tables.Column("average", gettext("Bình quân"), "number", measure=gettext("tiêu chí"))] if width else []),
        *(column for kind in found.title_kinds for column in _title_columns(kind, place.on.year)),
    ]
    rows = [_row(place, found, one, groups, width) for one in found.rows]
    total = _row(place, found, found.total, groups, width, total=True)
    caption = gettext("Tổng hợp %(place)s · %(set)s · đến ngày %(day)s") % {
        "place": place.title, "set": place.set_name, "day": write_date(place.on),
    }  # fmt: skip
    download = place.url("rollup", tai="xlsx")
    return tables.Table("rollup", caption, columns, rows, totals=(total,), download_url=download)


def _title_columns(kind: str, year: int) -> tuple[tables.Column, tables.Column]:
    name = words.title_words(kind)
    return (
        tables.Column(f"t-{kind}", name, "number", about=gettext("Luỹ kế đã công nhận %(title)s") % {"title": name}),
        tables.Column(f"n-{kind}", gettext("mới %(year)s") % {"year": year}, "number",
                      about=gettext("Công nhận mới %(title)s trong năm %(year)s") % {"title": name, "year": year}),
    )  # fmt: skip


def _row(
    place: Place, found: Rollup, one: RollupRow, groups: tuple[Band, ...], width: int, *, total: bool = False
) -> tables.Row:
    unit_id = place.unit_id if total else (one.unit.id if one.unit else None)
    code = one.unit.code if one.unit and not total else None
    opens = _Opens(place, unit_id, next((row for row in found.sets[1:] if row.province_code == code), None))
    if total:
        head = tables.Cell(gettext("Tổng"))
    elif one.unit is None:
        head = tables.Cell(gettext("Trực thuộc tỉnh"))
    else:
        head = tables.Cell(words.capital(one.unit.title), url=link("unit", place.carried, one.unit.id))

    def cell(value: int, **asked: object) -> tables.Cell:
        return tables.Cell(value, url=(opens(**asked) or None) if value else None)

    cells: list[tables.Cell] = [
        head,
        cell(one.units),
        tables.Cell(one.with_data, url=(opens(so_lieu="co") or None) if one.with_data else None,
                    marks=("assumed",) if one.assumed else ()),
        *(cell(one.band(group.least, group.most), dat=group.key) for group in groups),
    ]  # fmt: skip
    if width > LOW:
        cells.append(cell(one.low, dat=f"0-{LOW - 1}"))
    if width:
        cells.append(tables.Cell(one.average, hint=exact(one)))
    for kind in found.title_kinds:
        count = one.titles.get(kind, TitleCount())
        cells += [cell(count.cumulative, danh_hieu=kind), cell(count.new_this_year, danh_hieu=kind, moi=1)]
    return tables.Row("total" if total else str(unit_id), cells, words=one.unit.code or "" if one.unit else "")


def _bands_picture(place: Place, total: RollupRow, width: int) -> charts.Picture | None:
    groups = bands(width)
    if not groups or not total.with_data:
        return None
    bars = [
        charts.Bar(one.label, total.band(one.least, one.most), css="met" if one.least == width else "")
        for one in groups
    ]
    missing = total.units - total.with_data
    if missing:
        bars.append(charts.Bar(gettext("chưa có số liệu"), missing, css="none"))
    title = gettext("Số %(level)s theo số tiêu chí đạt") % {"level": place.level_words}
    return charts.bars(
        title, bars, measure=place.level_words, value_head=gettext("Số %(level)s") % {"level": place.level_words}
    )


def _criteria_picture(place: Place, counts: dict[int, dict[OutcomeCode, int]]) -> charts.Picture:
    assert place.row is not None
    criteria = registry.content(place.row).criteria
    bars = [charts.Bar(f"{one.no} {one.name}", counts.get(one.no, {}).get(OutcomeCode.MET, 0)) for one in criteria]
    title = gettext("Số %(level)s đạt từng tiêu chí") % {"level": place.level_words}
    return charts.bars(title, bars, measure=place.level_words, value_head=gettext("Đạt"))
