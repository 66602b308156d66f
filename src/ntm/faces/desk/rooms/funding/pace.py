"""Giải ngân: the curve of the budget year, by source; what lags behind, and what stands open after 31/12."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from ntm.domain import funds
from ntm.domain.official.dates import write_date
from ntm.domain.official.money import Measure
from ntm.domain.official.numbers import write_number
from ntm.faces.desk import charts, tables
from ntm.faces.desk.pages import Crumb, show
from ntm.faces.desk.rooms.funding import amounts
from ntm.faces.desk.rooms.funding.place import ROOM, Place, funding_page, place_of
from ntm.faces.desk.rooms.funding.wording import kind_words, own_words
from ntm.faces.desk.rooms.units import words
from ntm.records.funding.queries import flows, spread
from ntm.records.funding.queries.flows import Alarm, Month, Pace, PaceRow

__all__ = ["pace"]

_SHOWN = 200  # rows by unit and source on the page; the file has all


@require_GET
@funding_page
def pace(request: HttpRequest) -> HttpResponse:
    """Tiến độ giải ngân vốn ngân sách của năm."""
    place = place_of(request)
    try:
        found = flows.pace(place.unit_id, place.year, place.on)
    except LookupError as unknown:
        raise ValueError(str(unknown)) from None
    only = request.GET.get("chi") == "canh-bao"
    rows = found.alarms if only else found.rows
    if request.GET.get("tai") == "xlsx":
        return tables.download(_units_table(place, found, rows, "đồng"), "xlsx", f"giai-ngan-{place.year}")
    curves = spread.curves(place.unit_id, place.year, place.on)
    behind: dict[Alarm, int] = {}
    for one in found.alarms:
        behind[one.alarm] = behind.get(one.alarm, 0) + 1
    context = {
        "place": place,
        "filters": place.filters(medium=False, scope=False),
        "found": found,
        "only": only,
        "alarms": [(alarm.label, count) for alarm, count in behind.items()],
        "all_url": place.url("funding_pace"),
        "alarms_url": place.url("funding_pace", chi="canh-bao"),
        "sources": _sources_table(place, found) if found.sources else None,
        "units": _units_table(place, found, rows[:_SHOWN]) if rows else None,
        "left_out": max(0, len(rows) - _SHOWN),
        "curve": _curve(place, found, curves),
        "months": _months_table(place, curves) if curves else None,
        "bars": _bars(found),
    }
    crumbs = place.crumbs(Crumb(gettext("Giải ngân")))
    tabs = place.tabs("funding_pace")
    return show(request, "desk/funding/pace.html", context, room=ROOM, crumbs=crumbs, tabs=tabs)


def _title(place: Place, what: str) -> str:
    return gettext("%(what)s · %(place)s · năm %(year)s · đến ngày %(day)s") % {
        "what": what, "place": place.title, "year": place.year, "day": write_date(place.on),
    }  # fmt: skip


def _cells(one: PaceRow, measure: Measure, hint: bool = True) -> list[tables.Cell]:
    return [
        amounts.cell(one.allocated, measure, hint=hint),
        amounts.cell(one.disbursed, measure, hint=hint),
        amounts.cell(one.left, measure, hint=hint),
        tables.Cell(one.percent),
        tables.Cell(one.alarm.label, css="alarm" if one.alarm is not Alarm.NONE else ""),
    ]


def _columns(measure: Measure) -> list[tables.Column]:
    return [
        amounts.column("allocated", gettext("Được giao"), measure),
        amounts.column("disbursed", gettext("Đã giải ngân"), measure),
        amounts.column("left", gettext("Còn lại"), measure),
        tables.Column("percent", gettext("Tỷ lệ"), "number", measure="%"),
        tables.Column("alarm", gettext("Cảnh báo")),
    ]


def _sources_table(place: Place, found: Pace) -> tables.Table:
    columns = [
        tables.Column("source", gettext("Nguồn vốn")),
        tables.Column("kind", gettext("Loại vốn")),
        *_columns("triệu"),
    ]
    rows = [
        tables.Row(f"{one.source}-{one.kind}", [one.name, kind_words(one.kind), *_cells(one, "triệu")])
        for one in found.sources
    ]
    allocated, disbursed = (sum(getattr(one, name) for one in found.sources) for name in ("allocated", "disbursed"))
    total = [
        gettext("Tổng"), "", amounts.cell(allocated), amounts.cell(disbursed), amounts.cell(allocated - disbursed),
        None, "",
    ]  # fmt: skip
    caption = _title(place, gettext("Giải ngân theo nguồn"))
    return tables.Table("funding-pace-sources", caption, columns, rows, totals=(tables.Row("total", total),))


def _units_table(place: Place, found: Pace, shown: tuple[PaceRow, ...], measure: Measure = "triệu") -> tables.Table:
    hint = len(shown) <= amounts.HINTED
    base = place.url("funding_pace", **{"don-vi": "UNIT"})
    columns = [
        tables.Column("unit", gettext("Đơn vị")),
        tables.Column("source", gettext("Nguồn vốn")),
        tables.Column("kind", gettext("Loại vốn")),
        *_columns(measure),
    ]
    rows = []
    for one in shown:
        head = (
            tables.Cell(words.capital(one.unit.title), url=base.replace("UNIT", str(one.unit.id)))
            if one.unit and one.unit.id != place.unit_id
            else tables.Cell(own_words(place))
        )
        key = f"{one.unit.id if one.unit else 0}-{one.source}-{one.kind}"
        rows.append(tables.Row(key, [head, one.name, kind_words(one.kind), *_cells(one, measure, hint)]))
    caption = _title(place, gettext("Giải ngân theo đơn vị và nguồn"))
    download = place.url("funding_pace", tai="xlsx")
    return tables.Table("funding-pace", caption, columns, rows, download_url=download)


def _months(curves: dict[spread.SourceKind, tuple[Month, ...]], first: int) -> list[tuple[int, int]]:
    """Every month from January, or the first voucher, to the last voucher; none left out."""
    there = sorted({(one.year, one.month) for months in curves.values() for one in months})
    if not there:
        return []
    found, (year, month) = [], min(there[0], (first, 1))
    while (year, month) <= there[-1]:
        found.append((year, month))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def _until(months: tuple[Month, ...], at: tuple[int, int]) -> int:
    return max((one.cumulative for one in months if (one.year, one.month) <= at), default=0)


def _curve(place: Place, found: Pace, curves: dict[spread.SourceKind, tuple[Month, ...]]) -> charts.Picture | None:
    """Luỹ kế in tỷ: the whole and the two greatest sources; the table below has them all."""
    at = _months(curves, place.year)
    if not at:
        return None
    names = {(one.source, one.kind.value): one.name for one in found.sources}
    greatest = sorted(curves, key=lambda key: (-curves[key][-1].cumulative, key))[:2]
    whole = tuple(sum(_until(months, one) for months in curves.values()) for one in at)
    series = [charts.Line(gettext("Tổng"), tuple(_billions(amount) for amount in whole))]
    if len(curves) > 1:
        for key in greatest:
            values = tuple(_billions(_until(curves[key], one)) for one in at)
            series.append(charts.Line(names.get(key, key[0]), values))
    labels = [f"{month:02d}/{year}" for year, month in at]
    return charts.lines(_title(place, gettext("Giải ngân luỹ kế")), labels, series, measure=gettext("tỷ đồng"))


def _billions(amount: int) -> Decimal:
    return Decimal(amount) / 10**9


def _months_table(place: Place, curves: dict[spread.SourceKind, tuple[Month, ...]]) -> tables.Table:
    names = {key: funds.catalogue().name(key[0]) for key in curves}
    columns = [tables.Column("month", gettext("Luỹ kế đến hết tháng"), sortable=False)]
    columns += [
        amounts.column(f"{key[0]}-{key[1]}", names[key], about=f"{names[key]}, {kind_words(key[1])}") for key in curves
    ]
    columns.append(amounts.column("total", gettext("Tổng")))
    rows = []
    for year, month in _months(curves, place.year):
        values = [_until(months, (year, month)) for months in curves.values()]
        cells = [amounts.cell(value) for value in (*values, sum(values))]
        rows.append(tables.Row(f"{year}-{month}", [f"{month:02d}/{year}", *cells]))
    return tables.Table("funding-months", _title(place, gettext("Giải ngân theo tháng")), columns, rows)


def _bars(found: Pace) -> charts.Picture | None:
    if not found.sources:
        return None
    made = [
        charts.Bar(one.name, one.percent or Decimal(0), found.elapsed, "met" if one.disbursed >= one.allocated else "")
        for one in found.sources
        if one.allocated
    ]
    title = gettext("Tỷ lệ đã chi của từng nguồn; thời gian của năm đã qua %(gone)s%%") % {
        "gone": write_number(found.elapsed)
    }
    return (
        charts.bars(title, made, measure="%", value_head=gettext("đã chi, %"), plan_head=gettext("thời gian, %"))
        if made
        else None
    )
