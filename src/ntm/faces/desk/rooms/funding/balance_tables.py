"""Bảng của trang cân đối: by criterion, by source, by year, by lower unit; what is downloaded is the đồng itself."""

from __future__ import annotations

from django.utils.translation import gettext

from ntm.domain.official.dates import write_date
from ntm.domain.official.money import Measure
from ntm.faces.desk import tables
from ntm.faces.desk.rooms.funding import amounts
from ntm.faces.desk.rooms.funding.place import LAST, YEAR, Place
from ntm.faces.desk.rooms.funding.wording import criterion_words, kind_words, own_words
from ntm.faces.desk.rooms.units import words
from ntm.records.funding.queries.balances import Balance
from ntm.records.funding.queries.cells import Amounts, AreaSums
from ntm.records.funding.queries.flows import MoneyRow

__all__ = ["criteria_table", "sources_table", "units_table", "years_table"]


def _caption(place: Place, what: str) -> str:
    return gettext("%(what)s · %(place)s · %(years)s · đến ngày %(day)s") % {
        "what": what, "place": place.title, "years": place.years, "day": write_date(place.on),
    }  # fmt: skip


_COLUMNS = ("need", "mobilised", "conditional", "short", "allocated", "disbursed", "contributed")


def _money_columns(measure: Measure, *keys: str) -> list[tables.Column]:
    labels = {
        "need": (gettext("Nhu cầu"), "A"),
        "mobilised": (gettext("Huy động"), gettext("chắc chắn")),
        "conditional": (gettext("Có điều kiện"), gettext("chỉ có khi đạt điều kiện, không tính là đã đủ")),
        "short": (gettext("Còn thiếu"), gettext("A-B, kể cả phần có điều kiện")),
        "allocated": (gettext("Phân bổ"), ""),
        "disbursed": (gettext("Giải ngân"), ""),
        "contributed": (gettext("Dân góp"), gettext("nhân dân đóng góp: tiền và giá trị quy đổi")),
        "debt": (gettext("Nợ đọng"), gettext("nợ đọng xây dựng cơ bản")),
    }
    return [amounts.column(key, labels[key][0], measure, about=labels[key][1]) for key in keys]


def _cells(one: Amounts, keys: tuple[str, ...], measure: Measure, *, needed: bool = True) -> list[tables.Cell]:
    """Where no need is recorded at all, what is short is not known: neither nothing nor less than nothing."""
    value: dict[str, int | None] = {"short": one.need - one.mobilised - one.conditional}
    if not needed:
        value = {"need": None, "short": None}
    return [amounts.cell(value.get(key, getattr(one, key, 0)), measure) for key in keys]


def criteria_table(place: Place, found: Balance, measure: Measure = "triệu") -> tables.Table:
    """Theo tiêu chí."""
    names = criterion_words(place.label, place.on)

    def cells(amounts_of: Amounts) -> list[tables.Cell]:
        return _cells(amounts_of, _COLUMNS, measure, needed=bool(found.need))

    rows = [
        tables.Row(
            str(one.criterion_no or 0),
            [names.get(one.criterion_no, gettext("Không theo tiêu chí nào")), *cells(one.amounts)],
        )
        for one in found.criteria
    ]
    total = tables.Row("total", [gettext("Tổng"), *cells(found.total)])
    columns = [tables.Column("criterion", gettext("Tiêu chí")), *_money_columns(measure, *_COLUMNS)]
    caption = _caption(place, gettext("Cân đối theo tiêu chí"))
    download = place.url("funding", tai="tieu-chi")
    return tables.Table("funding-criteria", caption, columns, rows, totals=(total,), download_url=download)


def sources_table(place: Place, found: Balance, measure: Measure = "triệu") -> tables.Table:
    """Theo nguồn và loại vốn."""
    keys = ("mobilised", "conditional", "allocated", "disbursed", "contributed")
    rows = [
        tables.Row(f"{one.source}-{one.kind}", [one.name, kind_words(one.kind), *_cells(one.amounts, keys, measure)])
        for one in found.sources
    ]
    total = tables.Row("total", [gettext("Tổng"), "", *_cells(found.total, keys, measure)])
    columns = [
        tables.Column("source", gettext("Nguồn vốn")),
        tables.Column("kind", gettext("Loại vốn")),
        *_money_columns(measure, *keys),
    ]
    caption = _caption(place, gettext("Huy động và sử dụng theo nguồn"))
    download = place.url("funding", tai="nguon")
    return tables.Table("funding-sources", caption, columns, rows, totals=(total,), download_url=download)


def years_table(place: Place, sums: AreaSums, measure: Measure = "triệu") -> tables.Table:
    """Trung hạn theo năm ngân sách; each year opens its own balance."""

    def row(key: str, head: tables.Cell, one: Amounts) -> tables.Row:
        return tables.Row(key, [head, *_cells(one, _COLUMNS, measure, needed=bool(whole.need))])

    whole = sums.cells.total()
    every = range(place.year, place.last + 1)
    rows = [
        row(str(year), tables.Cell(str(year), url=place.url("funding", **{YEAR: year, LAST: ""})), amounts_of)
        for year in every
        if (amounts_of := sums.lower.get(year)) is not None
    ]
    columns = [tables.Column("year", gettext("Năm ngân sách")), *_money_columns(measure, *_COLUMNS)]
    total = row("total", tables.Cell(gettext("Tổng")), whole)
    return tables.Table("funding-years", _caption(place, gettext("Theo năm")), columns, rows, totals=(total,))


def units_table(place: Place, whole: MoneyRow, rows: tuple[MoneyRow, ...], measure: Measure = "triệu") -> tables.Table:
    """Theo đơn vị cấp dưới; each opens its own balance."""
    hint = len(rows) <= amounts.HINTED
    base = place.url("funding", **{"don-vi": "UNIT"})

    def row(one: MoneyRow, name: tables.Cell, key: str) -> tables.Row:
        need, short = (one.need, one.shortfall) if whole.need else (None, None)
        values = (need, one.mobilised, one.conditional, short, one.allocated, one.disbursed, one.contributed, one.debt)
        cells = [name, *(amounts.cell(value, measure, hint=hint) for value in values), tables.Cell(one.percent)]
        return tables.Row(key, cells, words=one.unit.code or "" if one.unit else "")

    made = [
        row(
            one,
            tables.Cell(words.capital(one.unit.title), url=base.replace("UNIT", str(one.unit.id)))
            if one.unit and one.unit.id != place.unit_id
            else tables.Cell(own_words(place)),
            str(one.unit.id if one.unit else 0),
        )
        for one in rows
    ]
    columns = [
        tables.Column("unit", gettext("Đơn vị")),
        *_money_columns(measure, *_COLUMNS, "debt"),
        tables.Column("percent", gettext("Đã chi"), "number", measure="%", about=gettext("giải ngân trên phân bổ")),
    ]
    total = row(whole, tables.Cell(gettext("Tổng")), "total")
    caption = _caption(place, gettext("Theo đơn vị cấp dưới"))
    download = place.url("funding", tai="don-vi")
    return tables.Table("funding-units", caption, columns, made, totals=(total,), download_url=download)
