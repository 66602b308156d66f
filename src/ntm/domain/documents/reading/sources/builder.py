"""Ghép khối: readers put paragraphs and tables here in reading order; the numbers are given at the end."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace

from ..blocks import Box, Cell, Kind, Line, Region, Source, SourceError, SourceWarning, Style, Table, WordMark
from .fonts import from_lines, read_as, told
from .limits import Limits

SOFT_HYPHEN = "\u00ad"
ORDER: tuple[Region, ...] = ("header", "footer", "footnote")  # after the body and its text boxes


@dataclass
class DraftLine:
    """Dòng chưa đánh số."""

    text: str
    page: int | None = None
    table: int | None = None
    style: Style = field(default_factory=Style)
    region: Region = "body"
    boxes: tuple[Box, ...] = ()
    words: tuple[WordMark, ...] = ()


@dataclass
class DraftCell:
    """Ô chưa đánh số."""

    text: str
    col: int
    rowspan: int = 1
    colspan: int = 1
    words: tuple[WordMark, ...] = ()
    ref: str | None = None


@dataclass
class DraftTable:
    """Bảng chưa đánh số; `lines[i]` are the draft lines of row i."""

    rows: list[list[DraftCell]]
    lines: list[list[DraftLine]]
    pages: tuple[int, ...]
    label: str | None = None
    continues: int | None = None
    inside: tuple[int, int, int] | None = None


@dataclass
class Builder:
    """Gathers what a reader finds and gives the frozen `Source`."""

    limits: Limits
    lines: list[DraftLine] = field(default_factory=list)
    tables: list[DraftTable] = field(default_factory=list)
    warnings: list[SourceWarning] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    _cells: int = 0

    def paragraph(self, line: DraftLine) -> DraftLine:
        if len(self.lines) >= self.limits.max_lines:
            raise SourceError(
                "limit",
                f"Tệp có hơn {self.limits.max_lines} dòng, vượt mức đọc được; hãy tách tệp thành nhiều phần rồi nạp lại.",
            )
        self.lines.append(line)
        return line

    def table(
        self,
        rows: list[list[DraftCell]],
        *,
        page: int | None = None,
        pages: list[int | None] | None = None,
        boxes: list[tuple[Box, ...]] | None = None,
        region: Region = "body",
        label: str | None = None,
        continues: int | None = None,
    ) -> int:
        """Adds a table with one line a row (cells joined by TAB); gives its index. `pages` and `boxes` are by row."""
        self._count(rows)
        index = len(self.tables)
        width = max((cell.col + cell.colspan for row in rows for cell in row), default=0)
        lines: list[list[DraftLine]] = []
        for number, row in enumerate(rows):
            text, words = row_text(row, width)
            line = DraftLine(
                text,
                page=pages[number] if pages else page,
                table=index,
                region=region,
                words=words,
                boxes=boxes[number] if boxes else (),
            )
            lines.append([self.paragraph(line)])
        self.tables.append(DraftTable(rows, lines, pages_of(lines), label, continues))
        return index

    def add_over(self, rows: list[list[DraftCell]], lines: list[list[DraftLine]], continues: int | None) -> None:
        """A table over lines that are already there (plain text)."""
        self._count(rows)
        for line in (line for group in lines for line in group):
            line.table = len(self.tables)
        self.tables.append(DraftTable(rows, lines, pages_of(lines), continues=continues))

    def inner_table(self, rows: list[list[DraftCell]], outer: int, row: int, col: int) -> None:
        """A table inside a cell: its text already stands in that cell, so it shares the line of the outer row."""
        self._count(rows)
        lines = self.tables[outer].lines[row]
        self.tables.append(
            DraftTable(rows, [lines] * len(rows), self.tables[outer].pages, inside=(outer, row, col)),
        )

    def warn(self, code: str, message: str, page: int | None = None) -> None:
        if all((w.code, w.message, w.page) != (code, message, page) for w in self.warnings):
            self.warnings.append(SourceWarning(code, message, page=page))

    def source(self, content: bytes, name: str, kind: Kind, pages: int | None = None) -> Source:
        """Numbers everything: the body first, then headers, footers and footnotes."""
        if kind not in ("txt", "md", "scan", "image"):
            self._unify()
        self._without_soft_hyphens()
        ordered = [line for line in self.lines if line.region not in ORDER]
        for region in ORDER:
            ordered += [line for line in self.lines if line.region == region]
        numbers = {id(line): number for number, line in enumerate(ordered, 1)}
        lines = tuple(_line(number, line) for number, line in enumerate(ordered, 1))
        tables = tuple(_table(index, table, numbers) for index, table in enumerate(self.tables))
        return Source(
            name=name,
            sha256=hashlib.sha256(content).hexdigest(),
            kind=kind,
            lines=lines,
            tables=tables,
            pages=pages,
            warnings=tuple(self.warnings),
            notes=dict(self.notes),
        )

    def _unify(self) -> None:
        """Old encodings that no font told, and one way of writing every letter."""
        texts, encoding = from_lines([line.text for line in self.lines])
        if encoding != "unicode":
            self.warn("encoding", told(encoding))
            for line, text in zip(self.lines, texts, strict=True):
                line.text = text
            for cell in (cell for table in self.tables for row in table.rows for cell in row):
                cell.text = read_as(cell.text, encoding)

    def _without_soft_hyphens(self) -> None:
        for line in self.lines:
            line.text = line.text.replace(SOFT_HYPHEN, "")
        for cell in (cell for table in self.tables for row in table.rows for cell in row):
            cell.text = cell.text.replace(SOFT_HYPHEN, "")

    def _count(self, rows: list[list[DraftCell]]) -> None:
        self._cells += sum(len(row) for row in rows)
        if self._cells > self.limits.max_cells:
            raise SourceError(
                "limit",
                f"Các bảng trong tệp có hơn {self.limits.max_cells} ô, vượt mức đọc được; "
                "hãy xóa các vùng trống có định dạng hoặc tách tệp rồi nạp lại.",
            )


def pages_of(lines: list[list[DraftLine]]) -> tuple[int, ...]:
    return tuple(sorted({line.page for group in lines for line in group if line.page is not None}))


def row_text(row: list[DraftCell], width: int) -> tuple[str, tuple[WordMark, ...]]:
    """The row as a line: a stretch for each column, joined by TAB; words keep their place."""
    by_column = {cell.col: cell for cell in row}
    stretches: list[str] = []
    words: list[WordMark] = []
    start = 0
    for col in range(width):
        cell = by_column.get(col)
        text = cell.text.replace("\n", " ").replace("\t", " ") if cell else ""
        if cell:
            words += [replace(w, start=w.start + start, end=w.end + start) for w in cell.words]
        stretches.append(text)
        start += len(text) + 1
    return "\t".join(stretches), tuple(words)


def mean_confidence(words: tuple[WordMark, ...]) -> float | None:
    """Letters weigh, not words: a doubtful long word matters more than a doubtful dot."""
    letters = sum(w.end - w.start for w in words)
    if not letters:
        return None
    return round(sum(w.confidence * (w.end - w.start) for w in words) / letters, 3)


def _line(number: int, line: DraftLine) -> Line:
    return Line(
        no=number,
        text=line.text,
        page=line.page,
        table=line.table,
        confidence=mean_confidence(line.words),
        style=line.style,
        region=line.region,
        boxes=line.boxes,
        words=line.words,
    )


def _table(index: int, table: DraftTable, numbers: dict[int, int]) -> Table:
    rows = tuple(
        tuple(
            Cell(
                text=cell.text,
                row=number,
                col=cell.col,
                rowspan=cell.rowspan,
                colspan=cell.colspan,
                lines=tuple(numbers[id(line)] for line in group),
                confidence=mean_confidence(cell.words),
                ref=cell.ref,
            )
            for cell in row
        )
        for number, (row, group) in enumerate(zip(table.rows, table.lines, strict=True))
    )
    lines = tuple(dict.fromkeys(numbers[id(line)] for group in table.lines for line in group))
    return Table(
        index=index,
        rows=rows,
        lines=lines,
        pages=table.pages,
        label=table.label,
        continues=table.continues,
        inside=table.inside,
    )
