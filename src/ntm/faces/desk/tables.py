"""Bảng: a dense table told once, shown on the desk, copied to Excel and downloaded alike.

The view tells columns and rows; `{% data_table table %}` draws them. A province's matrix has four thousand cells, so rows
are written here as text, one short tag a cell, not by a template a cell.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

import xlsxwriter
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

from ntm.domain.official.dates import write_date
from ntm.domain.official.numbers import write_number
from ntm.faces.desk.outcomes import LOOKS, MARKS

Kind = Literal["text", "number", "outcome", "date"]
Value = str | Promise | Decimal | int | date | None

_CLASS = {"met": "m", "not_met": "x", "no_data": "o", "not_considered": "s"}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Column:
    """Cột: `key` names it in the address of a cell and in the choice of columns kept for the person."""

    key: str
    label: str | Promise
    kind: Kind = "text"
    measure: str = ""
    about: str = ""  # the full name where the label is a number
    opens: bool = False  # its cells open by Table.cell_url
    sortable: bool = True


@dataclass(frozen=True)
class Cell:
    """Ô: a value with an address, small marks, or words of its own; a bare value will do where there are none."""

    value: Value
    url: str | None = None
    marks: tuple[str, ...] = ()
    shown: str | Promise | None = None
    css: str = ""
    hint: str = ""  # said when the pointer rests on it, and to screen readers: what a rounded figure comes from


@dataclass(frozen=True)
class Row:
    """Dòng: the first cell is its head."""

    key: str
    cells: Sequence[Cell | Value]
    words: str = ""  # what else the filter finds it by: code, old names
    css: str = ""


@dataclass(frozen=True)
class Table:
    """Bảng: `cell_url` holds ROW and COLUMN in the place of the two keys; the opened cell comes into the side panel."""

    key: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    totals: Sequence[Row] = ()
    cell_url: str = ""
    download_url: str = ""
    legend: bool = False
    marks: tuple[str, ...] = field(default=())


def body(table: Table) -> SafeString:
    """Thân bảng."""
    return mark_safe("".join(_row(table.columns, row) for row in table.rows))  # noqa: S308 every part is escaped in _row


def foot(table: Table) -> SafeString:
    """Các dòng tổng."""
    return mark_safe("".join(_row(table.columns, row) for row in table.totals))  # noqa: S308 every part is escaped in _row


def _escaped(text: object) -> str:
    """As Django's escape, without its looking for lazy texts: a table has thousands of cells."""
    return html.escape(str(text))


def _row(columns: Sequence[Column], row: Row) -> str:
    if len(row.cells) != len(columns):
        raise ValueError(f"row {row.key} has {len(row.cells)} cells for {len(columns)} columns")
    words = f' data-words="{_escaped(row.words)}"' if row.words else ""
    css = f' class="{_escaped(row.css)}"' if row.css else ""
    cells = [_cell(column, cell, place) for place, (column, cell) in enumerate(zip(columns, row.cells, strict=True))]
    return f'<tr data-key="{_escaped(row.key)}"{words}{css}>{"".join(cells)}</tr>\n'


def _cell(column: Column, given: Cell | Value, place: int) -> str:
    cell = given if isinstance(given, Cell) else Cell(given)
    if place and column.kind == "outcome" and cell.value in LOOKS and cell == Cell(cell.value, css=cell.css):
        return _sign(str(cell.value), cell.css)
    inside = _escaped(_shown(column, cell))
    if place and column.kind == "number" and not (cell.url or cell.marks or cell.hint or cell.css):
        return f'<td class="n">{inside}</td>'  # a bare figure: thousands of cells
    if cell.url:
        inside = f'<a href="{_escaped(cell.url)}">{inside}</a>'
    if cell.marks:
        inside += "".join(_mark(kind) for kind in cell.marks)
    if cell.hint:
        inside = (
            f'<span title="{_escaped(cell.hint)}">{inside}<span class="unseen"> ({_escaped(cell.hint)})</span></span>'
        )
    css = _css(column, cell)
    if place == 0:
        return f'<th scope="row"{css}>{inside}</th>'
    sort = f' data-sort="{cell.value.isoformat()}"' if isinstance(cell.value, date) else ""
    return f"<td{css}{sort}>{inside}</td>"


@lru_cache(maxsize=256)
def _sign(outcome: str, css: str) -> str:
    """A bare outcome: thousands of cells, a few dozen different ones."""
    names = f"{_escaped(css)} {_CLASS[outcome]}" if css else _CLASS[outcome]
    return f'<td class="{names}">{LOOKS[outcome].sign}</td>'


def _css(column: Column, cell: Cell) -> str:
    names = [_escaped(cell.css)] if cell.css else []
    if column.kind == "outcome" and cell.value is not None and str(cell.value) in _CLASS:
        names.append(_CLASS[str(cell.value)])
    elif column.kind == "number":
        names.append("n")
    elif column.kind == "outcome":
        names.append("c")
    return f' class="{" ".join(names)}"' if names else ""


def _mark(kind: str) -> str:
    seen = MARKS[kind]
    return f'<span class="mark {seen.css}" title="{_escaped(seen.words)}">{seen.sign}</span>'


def _shown(column: Column, cell: Cell) -> str:
    value = cell.value
    if cell.shown is not None:
        return str(cell.shown)
    if value is None:
        return ""
    if column.kind == "outcome" and str(value) in LOOKS:
        return LOOKS[str(value)].sign
    if isinstance(value, float):
        raise TypeError("a figure in a table is a Decimal or an int, never a float")
    if isinstance(value, Decimal | int):
        return write_number(Decimal(value))
    if isinstance(value, date):
        return write_date(value)
    return str(value)


# --- the same table as a file ---------------------------------------------------------------------------------------


def download(table: Table, form: str, name: str) -> HttpResponse:
    """Tải bảng: `xlsx` or `csv`; the file's name is given without its ending."""
    if form == "xlsx":
        content, kind = _xlsx(table), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    else:
        form, content, kind = "csv", _csv(table), "text/csv; charset=utf-8"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _lines(table: Table) -> Iterable[list[Value]]:
    for row in (*table.rows, *table.totals):
        yield [_plain(column, cell) for column, cell in zip(table.columns, row.cells, strict=True)]


def _plain(column: Column, given: Cell | Value) -> Value:
    cell = given if isinstance(given, Cell) else Cell(given)
    if column.kind == "outcome" and cell.value is not None and str(cell.value) in LOOKS:
        return str(LOOKS[str(cell.value)].words)
    return cell.value


def _heads(table: Table) -> list[str]:
    heads = []
    for column in table.columns:
        name = str(column.about or column.label)
        heads.append(f"{name} ({column.measure})" if column.measure else name)
    return heads


def _safe(value: Value) -> str:
    """Words never become a formula in the reader's spreadsheet."""
    text = _shown(Column("", ""), Cell(value))
    is_figure = isinstance(value, Decimal | int | date)
    return f"'{text}" if text.startswith(_FORMULA) and not is_figure else text


def _csv(table: Table) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerow([_safe(head) for head in _heads(table)])
    writer.writerows([_safe(value) for value in line] for line in _lines(table))
    return b"\xef\xbb\xbf" + written.getvalue().encode()


def _xlsx(table: Table) -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EEF0EB"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, _heads(table), head)
    for place, line in enumerate(_lines(table), start=1):
        for column, value in enumerate(line):
            if value is None:
                continue
            if isinstance(value, date):
                sheet.write_datetime(place, column, value, day)  # type: ignore[arg-type]
            elif isinstance(value, Decimal | int):
                sheet.write_number(place, column, value)  # type: ignore[arg-type]
            else:
                sheet.write_string(place, column, str(value))
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 28)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return written.getvalue()
