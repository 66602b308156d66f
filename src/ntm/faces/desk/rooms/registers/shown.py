"""Bảng của sổ: the columns and rows of a list, the facts of an entry, its history in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from ntm.domain.official.dates import write_date
from ntm.domain.official.money import write_amount
from ntm.faces.desk import tables
from ntm.faces.desk.rooms.registers.place import Place, capital
from ntm.records.registers import values
from ntm.records.registers.catalogue import Field, Register
from ntm.records.registers.models import CooperativeYear, Entry
from ntm.records.registers.queries.entries import Whole
from ntm.records.units.queries import UnitLabel

__all__ = ["HistoryLine", "facts", "history", "inside_table", "table_of"]

_KINDS: dict[str, tables.Kind] = {"day": "date", "count": "number", "decimal": "number", "money": "number"}
_SUMS = ("classes", "visits", "participants", "women", "ethnic", "collectives", "individuals", "households", "poor",
         "cost", "support", "people", "capital")  # fmt: skip


def table_of(
    place: Place, register: Register, rows: Iterable[Any], labels: Mapping[int, UnitLabel], *, year: int | None
) -> tables.Table:
    """Danh sách của sổ, with sums where they may be added up."""
    found = list(rows)
    fields = [register.by_name[name] for name in register.listed]
    columns = [_column(one) for one in fields]
    columns.insert(1, tables.Column("unit", gettext("Đơn vị")))
    columns += _more_columns(register)
    lines = [_row(place, register, fields, row, labels) for row in found]
    caption = f"{register.title} · {place.title}"
    return tables.Table(
        key=f"register-{register.code}",
        caption=f"{caption} · {year}" if year else f"{caption} · {gettext('đến ngày')} {write_date(place.on)}",
        columns=columns,
        rows=lines,
        totals=_totals(register, fields, found, len(columns)),
        download_url=place.url("register_file") + _and(place, year),
    )


def _and(place: Place, year: int | None) -> str:
    return f"{'&' if place.carried else '?'}nam={year}" if year else ""


def _column(field: Field) -> tables.Column:
    measure = gettext("triệu đồng") if field.kind == "money" else ""
    return tables.Column(field.name, field.capital, _KINDS.get(field.kind, "text"), measure)


def _row(
    place: Place, register: Register, fields: list[Field], row: Any, labels: Mapping[int, UnitLabel]
) -> tables.Row:
    cells: list[Any] = [_cell(one, getattr(row, one.name)) for one in fields]
    first = cells[0]
    marks = ("assumed",) if row.assumed else ()
    cells[0] = tables.Cell(first, url=place.url("register_entry", row.pk), marks=marks)
    label = labels[row.unit_id]
    cells.insert(1, label.title)
    if register.code == "ocop":
        cells += _stars(row, place.on)
    if register.code == "cooperatives":
        works = dict(CooperativeYear.Works.choices).get(row.works or "", "")
        cells += [row.members, works, row.members_on]
    return tables.Row(str(row.pk), tuple(cells), words=label.code or "")


def _cell(field: Field, value: Any) -> Any:
    if field.kind == "money" and value is not None:
        return tables.Cell(Decimal(value) / 1_000_000, shown=write_amount(value, "triệu"))
    if field.kind in ("day", "count", "decimal"):
        return value
    return values.write(field, value)


def _more_columns(register: Register) -> list[tables.Column]:
    if register.code == "ocop":
        return [
            tables.Column("stars", gettext("Số sao"), "number"),
            tables.Column("stars_number", gettext("Quyết định")),
            tables.Column("stars_on", gettext("Ngày quyết định"), "date"),
            tables.Column("stars_until", gettext("Hết hạn"), "date"),
            tables.Column("stars_state", gettext("Tình trạng")),
        ]
    if register.code == "cooperatives":
        return [
            tables.Column("members", gettext("Thành viên"), "number"),
            tables.Column("works", gettext("Hoạt động")),
            tables.Column("members_on", gettext("Số liệu đến ngày"), "date"),
        ]
    return []


def _stars(row: Any, on: date) -> list[Any]:
    if row.stars is None:
        return [None, "", None, None, gettext("chưa đánh giá")]
    left = (row.stars_until - on).days
    state = (
        gettext("hết hạn")
        if left <= 0
        else gettext("còn %(n)s ngày") % {"n": left}
        if left <= 180
        else gettext("còn hạn")
    )
    # the stars' own mark: their rules were not read in the official text
    hint = gettext("căn cứ về thời hạn chưa đối chiếu với văn bản") if row.stars_unchecked else ""
    return [row.stars, row.stars_number, row.stars_on, tables.Cell(row.stars_until, hint=hint), state]


def _totals(register: Register, fields: list[Field], rows: list[Any], width: int) -> list[tables.Row]:
    if len(rows) < 2 or not any(one.name in _SUMS for one in fields):
        return []
    cells: list[Any] = []
    for one in fields:
        known = [getattr(row, one.name) for row in rows if getattr(row, one.name) is not None]
        cells.append(_cell(one, sum(known)) if one.name in _SUMS and known else None)
    cells[0] = gettext("Cộng")
    cells.insert(1, "")
    cells += [None] * (width - len(cells))
    return [tables.Row("sum", tuple(cells))]


def facts(whole: Whole, criterion: str = "") -> list[tuple[str, str]]:
    """Các ô của một mục, in words; empty ones are left out. `criterion`: the name of the one that it serves."""
    found = [
        (
            one.capital,
            criterion
            if one.name == "criterion_no" and criterion
            else values.write(one, getattr(whole.entry, one.name)),
        )
        for one in whole.register.fields
    ]
    entry = whole.entry
    if entry.target is not None:
        found.append((gettext("Phục vụ chỉ tiêu"), entry.target.what))
    if entry.occurrence is not None:
        found.append((gettext("Phục vụ nhiệm vụ"), entry.occurrence.task.what))
    found += [(gettext("Nguồn"), entry.source_place), (gettext("Ghi chú"), entry.note)]
    if getattr(entry, "unchecked", False):
        found.append((gettext("Lưu ý"), gettext("căn cứ về thời hạn của sao chưa đối chiếu với văn bản chính thức")))
    return [(label, words) for label, words in found if words]


@dataclass(frozen=True)
class HistoryLine:
    """Một bước, as parts/history.html wants it."""

    at: datetime
    who: str
    office: str
    sentence: str
    detail: str
    kind: str = ""


def history(whole: Whole) -> list[HistoryLine]:
    """Đã ghi, sửa, rút thế nào; the latest first."""
    found: list[HistoryLine] = []
    rows = whole.history
    for place, row in enumerate(rows):
        older = rows[place + 1] if place + 1 < len(rows) else None
        if row.withdrawn_on is not None:
            sentence = gettext("Rút ngày %(day)s.") % {"day": write_date(row.withdrawn_on)}
            who = str(row.withdrawn_by)
            found.append(
                HistoryLine(
                    row.withdrawn_at or row.at, who, row.withdrawn_office, sentence, row.withdrawn_reason, "back"
                )
            )
        sentence = gettext("Ghi vào sổ.") if older is None else gettext("Sửa: %(reason)s") % {"reason": row.reason}
        detail = "" if older is None else "; ".join(_changes(whole.register, older, row))
        found.append(HistoryLine(row.at, str(row.recorded_by), row.office, sentence, detail))
    return found


def _changes(register: Register, older: Entry, newer: Entry) -> Iterable[str]:
    for one in register.fields:
        before, after = getattr(older, one.name), getattr(newer, one.name)
        if before != after:
            empty = gettext("để trống")
            yield f"{one.capital}: {values.write(one, before) or empty} → {values.write(one, after) or empty}"


def inside_table(place: Place, register: Register, rows: Iterable[Entry]) -> tables.Table:
    """Các dòng trong một mục: stars of a product, members of a cooperative."""
    fields = [register.by_name[name] for name in register.listed]
    if register.code == "stars":
        fields = [register.by_name["start"], *(one for one in fields if one.name != "start")]
    lines = []
    for row in rows:
        cells: list[Any] = [_cell(one, getattr(row, one.name)) for one in fields]
        if register.code == "stars":
            cells[1] = tables.Cell(str(row.year))  # type: ignore[attr-defined]
        url = place.url("register_entry", row.pk)
        marks = ("assumed",) if row.assumed else ()
        cells[0] = tables.Cell(cells[0], url=url, marks=marks)
        lines.append(tables.Row(str(row.pk), tuple(cells)))
    columns = [_column(one) for one in fields]
    return tables.Table(f"register-{register.code}", capital(register.title), columns, lines)
