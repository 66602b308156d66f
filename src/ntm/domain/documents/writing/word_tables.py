"""Bảng trong tệp Word: widths shared out, header in one or two rows repeated on each page, rows never split."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from . import wordml
from .content import Column, Row, Table
from .layout import layout
from .wordml import Align, paragraph, run
from .words import cell_text

_UPRIGHT_ROOM = 1500  # twips: what turned names need
_ORDER_ROOM = 620
_PAD, _TIGHT = 2, 1  # points above and below the words of a cell


def table(content: Table, room_mm: Decimal) -> str:
    """The table with its measure above and its notes below, as wide as the room."""
    size = _size(content)
    widths = _widths(content, room_mm)
    rows = [*_header(content, widths, size), *_body(content, widths, size)]
    above = _aside(f"Đơn vị tính: {content.measure}", size, "right") if content.measure else ""
    below = "".join(_aside(note, size, "left") for note in content.notes)
    return above + wordml.grid_table(widths, rows) + below


def _aside(text: str, size: Decimal, align: Align) -> str:
    return paragraph(run(text, size, italic=True), align=align, before=3, after=3, keep_next=align == "right")


def _size(content: Table) -> Decimal:
    ours = layout().ours
    if content.dense:
        return ours["matrix_size"]
    return ours["wide_table_size"] if content.wide else ours["table_size"]


def _widths(content: Table, room_mm: Decimal) -> list[int]:
    room = wordml.twips(room_mm)
    whole = sum(column.share for column in content.columns)
    order = [column.figure == "order" for column in content.columns]
    least = _ORDER_ROOM if any(order) else 0  # "VIII" and "STT" stand on one line
    widths = [max(room * c.share // whole, least if o else 0) for c, o in zip(content.columns, order, strict=True)]
    over = sum(widths) - room
    widest = widths.index(max(widths))
    widths[widest] -= over
    return widths


def _header(content: Table, widths: list[int], size: Decimal) -> Iterator[str]:
    columns = content.columns
    least = _UPRIGHT_ROOM if any(column.upright for column in columns) else 0
    if not any(column.group for column in columns):
        yield wordml.table_row((_name(c, w, size) for c, w in zip(columns, widths, strict=True)), True, least)
        return
    upper: list[str] = []
    at = 0
    while at < len(columns):
        column = columns[at]
        if not column.group:
            upper.append(_name(column, widths[at], size, "restart"))
            at += 1
            continue
        stop = at
        while stop < len(columns) and columns[stop].group == column.group:
            stop += 1
        words = paragraph(run(column.group, size, bold=True), align="center", before=2, after=2)
        upper.append(wordml.cell(words, sum(widths[at:stop]), span=stop - at))
        at = stop
    lower = (
        _name(c, w, size) if c.group else wordml.cell(paragraph(), w, merge="continue")
        for c, w in zip(columns, widths, strict=True)
    )
    yield wordml.table_row(upper, True)
    yield wordml.table_row(lower, True, least)


def _name(column: Column, width: int, size: Decimal, merge: str = "") -> str:
    words = paragraph(run(column.name, size, bold=True), align="center", before=2, after=2)
    return wordml.cell(words, width, merge="restart" if merge else "", upright=column.upright)


def _body(content: Table, widths: list[int], size: Decimal) -> Iterator[str]:
    pad = _TIGHT if content.dense else _PAD
    for row, after in zip(content.rows, [*content.rows[1:], None], strict=True):
        together = row.kind == "group" or (after is not None and after.kind in ("total", "note"))
        yield wordml.table_row(_cells(content.columns, row, widths, size, pad, together))


def _cells(
    columns: tuple[Column, ...], row: Row, widths: list[int], size: Decimal, pad: int, together: bool
) -> Iterator[str]:
    """`together`: on one page with the row below, as a heading and what comes before a total are."""
    bold = row.kind in ("group", "total")
    spread = _spread(row)
    for at, (column, value, width) in enumerate(zip(columns, row.cells, widths, strict=True)):
        if spread is not None and at > spread:
            return
        wide = spread == at
        words = run(cell_text(value, column), size, bold=bold, italic=row.kind == "note")
        align: Align = "left" if wide else _align(column)
        text = paragraph(words, align=align, before=pad, after=pad, keep_next=together, mark=size)
        yield wordml.cell(text, sum(widths[at:]) if wide else width, span=len(columns) - at if wide else 1)


def _spread(row: Row) -> int | None:
    """A heading within the table runs over the empty cells after it."""
    if row.kind not in ("group", "note"):
        return None
    last = max((at for at, value in enumerate(row.cells) if value not in (None, "")), default=0)
    return last if 0 < last < len(row.cells) - 1 and isinstance(row.cells[last], str) else None


def _align(column: Column) -> Align:
    if column.figure in ("number", "money"):
        return "right"
    return "center" if column.figure in ("order", "mark") else "left"
