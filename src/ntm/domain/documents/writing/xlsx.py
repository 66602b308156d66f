"""Bảng tính (.xlsx): the same tables, head frozen and repeated on paper, figures as figures, totals as formulas that also
hold their value."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

import xlsxwriter
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from .content import Cell, Column, Row, Table, WritingError
from .layout import layout
from .words import clean

Paper = Literal["A4", "A3"]
_PAPER: dict[Paper, int] = {"A4": 9, "A3": 8}
_LONGEST = 32_767  # letters of a cell
_LINE = 16  # points of a line
_HIGHEST = 409  # points of a row
_STEADY = datetime(2020, 3, 5)  # noqa: DTZ001  the same tables give the same bytes; Excel keeps no zone


@dataclass(frozen=True)
class Sheet:
    """Trang tính: a table with what stands above it."""

    name: str
    title: str
    table: Table
    label: str = ""
    attached_to: str = ""
    paper: Paper = "A4"


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Viết các bảng ra một tệp .xlsx, a sheet each."""
    if not sheets:
        raise WritingError("Chưa có bảng nào để ghi ra tệp Excel; hãy chọn ít nhất một bảng.")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": clean(sheets[0].title)[:255], "author": "", "created": _STEADY})
    taken: set[str] = set()
    for sheet in sheets:
        _SheetWriter(book, book.add_worksheet(_name(sheet.name, taken)), sheet).write()
    book.close()
    return out.getvalue()


def _name(wanted: str, taken: set[str]) -> str:
    """A sheet's name as Excel takes it: no []:*?/\\, at most 31 letters, none twice."""
    base = re.sub(r"[\[\]:*?/\\']", " ", clean(wanted)).strip()[:31] or "Bảng"
    name, no = base, 2
    while name.lower() in taken:
        tail = f" ({no})"
        name, no = base[: 31 - len(tail)] + tail, no + 1
    taken.add(name.lower())
    return name


class _SheetWriter:
    """One sheet: title rows, head, rows, notes."""

    def __init__(self, book: Any, page: Any, sheet: Sheet) -> None:
        self.book, self.page, self.sheet, self.table = book, page, sheet, sheet.table
        self.columns = sheet.table.columns
        self.last = max(len(self.columns) - 1, 0)
        self.formats: dict[tuple[object, ...], Any] = {}
        self.head = 0  # the first row of the head
        self.first = 0  # the first row of data

    def write(self) -> None:
        """Everything, from above to below."""
        self._above()
        self._head()
        for at, row in enumerate(self.table.rows):
            for col, value in enumerate(row.cells):
                self._cell(at, col, row, value)
            self._height(self.first + at, [value if isinstance(value, str) else "" for value in row.cells])
        under = self.first + len(self.table.rows)
        for at, note in enumerate(self.table.notes):
            self._wide(under + at, note, italic=True, align="left")
        self._paper()

    def _above(self) -> None:
        lines = (
            (self.sheet.label, True),
            (self.sheet.title.upper(), True),
            (self.sheet.attached_to, False),
        )
        for text, bold in lines:
            if text:
                self._wide(self.head, text, bold=bold, italic=not bold)
                self.head += 1
        if self.table.measure:
            self._wide(self.head, f"Đơn vị tính: {self.table.measure}", italic=True, align="right")
            self.head += 1

    def _wide(self, row: int, text: str, *, bold: bool = False, italic: bool = False, align: str = "center") -> None:
        look = self._format("wide", bold, italic, align)
        if self.last:
            self.page.merge_range(row, 0, row, self.last, "", look)
        self.page.write_string(row, 0, _text(text), look)
        lines = 1 + len(text) // max(sum(self._width(column) for column in self.columns), 20)
        self.page.set_row(row, min(_LINE * lines + 3, _HIGHEST))

    def _head(self) -> None:
        look = self._format("head")
        grouped = any(column.group for column in self.columns)
        self.first = self.head + (2 if grouped else 1)
        for col, column in enumerate(self.columns):
            self.page.set_column(col, col, self._width(column))
            if not grouped or column.group:
                self.page.write_string(self.first - 1, col, _text(column.name), look)
            else:
                self.page.merge_range(self.head, col, self.head + 1, col, _text(column.name), look)
        self._height(self.first - 1, [column.name if column.group or not grouped else "" for column in self.columns])
        if grouped:
            self._groups(look)
            self._height(self.head, self._group_words())
        self.page.freeze_panes(self.first, 2 if len(self.columns) > 4 else 0)
        self.page.repeat_rows(self.head, self.first - 1)

    def _groups(self, look: Any) -> None:
        col = 0
        while col < len(self.columns):
            stop = col + 1
            group = self.columns[col].group
            while group and stop < len(self.columns) and self.columns[stop].group == group:
                stop += 1
            if group and stop - col > 1:
                self.page.merge_range(self.head, col, self.head, stop - 1, _text(group), look)
            elif group:
                self.page.write_string(self.head, col, _text(group), look)
            col = stop

    def _group_words(self) -> list[str]:
        """The words over each column, shared among the columns that they stand over."""
        counts = {c.group: sum(other.group == c.group for other in self.columns) for c in self.columns if c.group}
        return [c.group[: max(len(c.group) // counts[c.group], 1)] if c.group else "" for c in self.columns]

    def _height(self, row: int, texts: Sequence[str]) -> None:
        """High enough for the words of each cell in its width: programs other than Excel do not work it out themselves."""
        lines = [
            sum(1 + len(part) // max(self._width(column) * 11 // 10 - 1, 1) for part in text.split("\n"))
            for column, text in zip(self.columns, texts, strict=True)
        ]
        self.page.set_row(row, min(_LINE * max(lines, default=1) + 3, _HIGHEST))

    def _cell(self, at: int, col: int, row: Row, value: Cell) -> None:
        column = self.columns[col]
        place = (self.first + at, col)
        look = self._format(
            "cell", row.kind in ("group", "total"), row.kind == "note", column.figure, _number_format(column, value)
        )
        if value is None or value == "":
            self.page.write_blank(*place, None, look)
        elif isinstance(value, str):
            self.page.write_string(*place, _text(value), look)
        elif formula := self._formula(at, col, row):
            self.page.write_formula(*place, formula, look, _exact(value))
        else:
            self.page.write_number(*place, _exact(value), look)

    def _formula(self, at: int, col: int, row: Row) -> str:
        """The sum that this cell is: of its parts, or of all rows; "" for a figure of its own."""
        column = self.columns[col]
        if row.parts and column.figure in ("number", "money"):
            cells = (xl_rowcol_to_cell(self.first + part, col) for part in row.parts)
            return "=SUM(" + ",".join(cells) + ")" if len(row.parts) <= 200 else ""
        if row.kind != "total" or not column.summed:
            return ""
        rows = [i for i, other in enumerate(self.table.rows) if other.kind == "row" and i < at]
        if not rows:
            return ""
        return f"=SUM({xl_range_abs(self.first + rows[0], col, self.first + rows[-1], col).replace('$', '')})"

    def _width(self, column: Column) -> int:
        """Letters wide: in the shares that the columns have on paper, never too narrow for their figures."""
        least = 11 if column.figure == "money" else 5
        return max(column.share * (11 if len(self.columns) < 12 else 9) // 10, least)

    def _paper(self) -> None:
        page = self.page
        wide = self.table.wide or self.sheet.paper == "A3"
        page.set_paper(_PAPER[self.sheet.paper])
        if wide or len(self.columns) > 4:
            page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
        page.set_header("&C&P", {"margin": 0.4})
        page.center_horizontally()
        page.print_area(0, 0, self.first + len(self.table.rows) + len(self.table.notes) - 1, self.last)

    def _format(self, kind: str, *what: object) -> Any:
        key = (kind, *what)
        if key not in self.formats:
            self.formats[key] = self.book.add_format(_look(kind, what))
        return self.formats[key]


def _look(kind: str, what: tuple[object, ...]) -> dict[str, object]:
    look: dict[str, object] = {
        "font_name": layout().font, "font_size": 12, "text_wrap": True, "valign": "vcenter",
    }  # fmt: skip
    if kind == "wide":
        bold, italic, align = what
        return look | {"bold": bold, "italic": italic, "align": align}
    if kind == "head":
        return look | {"bold": True, "align": "center", "border": 1, "bg_color": "#F2F2F2"}
    bold, italic, figure, number = what
    align = {"order": "center", "mark": "center", "text": "left"}.get(str(figure), "right")
    return look | {"bold": bold, "italic": italic, "align": align, "border": 1, "num_format": number}


def _number_format(column: Column, value: Cell) -> str:
    if not isinstance(value, Decimal | int):
        return "@"
    if column.places is not None:
        return "#,##0" + ("." + "0" * column.places if column.places else "")
    places = -int(Decimal(value).normalize().as_tuple().exponent)
    return "#,##0" + ("." + "0" * min(places, 9) if places > 0 else "")


def _exact(value: Decimal | int) -> Decimal | int:
    """xlsxwriter writes a number with its 16 digits; what has more would not come back the same."""
    if len(Decimal(value).normalize().as_tuple().digits) > 15:
        raise WritingError(f"Số {value} có hơn 15 chữ số, Excel không giữ đúng được; hãy đổi đơn vị tính của bảng.")
    return value


def _text(text: str) -> str:
    text = clean(text)
    if len(text) > _LONGEST:
        raise WritingError(
            f"Ô “{text[:40]}…” dài {len(text)} chữ, Excel nhận tối đa {_LONGEST}; hãy rút gọn hoặc tách thành nhiều hàng."
        )
    return text
