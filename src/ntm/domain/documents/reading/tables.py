"""Bảng: grids of rows out of the tables of the source, or of lines drawn with tabs and bars.

A table that goes on over a page is one, its repeated header dropped, the two halves of a row joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ntm.domain.documents.reading.blocks import Line, Source, Table
from ntm.domain.documents.reading.layout import is_noise
from ntm.domain.documents.reading.marks import is_capitals, key, plain
from ntm.domain.documents.reading.model import Lines
from ntm.domain.documents.reading.parts import is_row
from ntm.domain.documents.reading.table_heads import ORDER, column_names, column_numbers, header_size, looks_like_header
from ntm.domain.documents.reading.unnamed_columns import named
from ntm.domain.official.syllables import unglued

_SUM_ROW = re.compile(r"(?:tong|cong)\b")
_LABEL = re.compile(r"\W*(?:phu luc|phu bieu|bieu|mau)\s?(?:so\s?)?[\divx]{1,4}\b")
_CUT_YEAR = re.compile(  # "15/10/202" and "2" on the next line of a narrow cell
    r"(?<=[/.-])((?:1|2)(?=\s\d{3}(?!\d))|(?:19|20)(?=\s\d\d(?!\d))|(?:19|20)\d(?=\s\d(?!\d)))\s(\d{1,3})(?!\d)"
)
_RULE_ROW = re.compile(r"^[\s|:\-=+_]*$")


@dataclass(frozen=True)
class Row:
    """Hàng: its cells (trimmed, made even in number), its lines; `after_break`: the first of another page."""

    cells: tuple[str, ...]
    lines: Lines
    after_break: bool = False

    @property
    def empty(self) -> bool:
        return not any(self.cells)


@dataclass(frozen=True)
class Grid:
    """Bảng: header rows flattened into `columns`; data rows after them."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    header_lines: Lines
    header_repeats: Lines
    lines: Lines
    label: str | None = None

    @property
    def first_line(self) -> int:
        return self.lines[0]


def grids(source: Source, rows_at: frozenset[int], letterhead_end: int) -> tuple[Grid, ...]:
    """All tables of the document, in their order; those of the letterhead and the closing are not among them."""
    blocks = [*_from_source(source, rows_at), *_from_lines(source, rows_at)]
    blocks.sort(key=lambda rows: rows[0].lines[:1])
    merged = _merged(source, blocks)
    found = [grid for grid in map(_grid, merged) if grid is not None and grid.first_line > letterhead_end]
    return tuple(named(found))


def _from_source(source: Source, rows_at: frozenset[int]) -> Iterable[list[Row]]:
    for table in source.tables:
        drawn = [n for n in table.lines if n in rows_at]
        if not drawn or table.inside is not None or any(n > drawn[0] and n not in rows_at for n in table.lines):
            continue
        rows = [row for row in _table_rows(table) if not row.empty and row.lines[-1] >= drawn[0]]
        if rows:
            yield rows


def _table_rows(table: Table) -> Iterable[Row]:
    for at, texts in enumerate(table.grid):
        own = sorted({n for cell in table.rows[at] for n in cell.lines}) if at < len(table.rows) else []
        cells = list(texts)
        for cell in table.rows[at] if at < len(table.rows) else ():
            if cell.colspan > 1:  # a spanning text is written once
                for col in range(cell.col + 1, min(cell.col + cell.colspan, len(cells))):
                    cells[col] = ""
        yield Row(tuple(_tidy(c) for c in cells), tuple(own) or table.lines[:1])


def _tidy(cell: str) -> str:
    """A cell's words: marks of bold type, footnotes and line ends of a web page taken out."""
    if "<" in cell:
        cell = re.sub(r"<br\s*/?>", " ", re.sub(r"<su([pb])>[^<>]{0,6}</su\1>", "", cell))
    return _CUT_YEAR.sub(r"\1\2", " ".join(unglued(cell).replace("**", "").split()))


def _from_lines(source: Source, rows_at: frozenset[int]) -> Iterable[list[Row]]:
    """Runs of drawn rows that the source did not make a table of."""
    tabled = {n for table in source.tables for n in table.lines}
    run: list[Row] = []
    for line in source.lines:
        if line.no in rows_at and line.no not in tabled and is_row(line.text):
            cells = _cells(line)
            if cells is not None:
                run.append(Row(cells, (line.no,)))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _cells(line: Line) -> tuple[str, ...] | None:
    text = line.text.replace("**", "")
    if _RULE_ROW.match(text):
        return None
    if "\t" in text:
        cells = text.split("\t")
    else:
        drawn = text.strip()
        cells = (drawn[1:-1] if drawn[:1] == "|" and drawn[-1:] == "|" else drawn).split("|")
    return tuple(_tidy(cell) for cell in cells)


def _merged(source: Source, blocks: list[list[Row]]) -> list[list[Row]]:
    """Tables that only blank lines or page numbers part, and that repeat the header or keep the width, are one."""
    merged: list[list[Row]] = []
    for rows in blocks:
        if merged and _follows(source, merged[-1], rows):
            merged[-1] = [*merged[-1], replace(rows[0], after_break=True), *rows[1:]]
        else:
            merged.append(list(rows))
    return merged


def _follows(source: Source, above: list[Row], below: list[Row]) -> bool:
    if _titles(below[0]):
        return False
    last, first = above[-1].lines[-1], below[0].lines[0]
    between = [source.line(n).text for n in range(last + 1, min(first, len(source.lines) + 1))]
    if any(text.strip() and not is_noise(text) for text in between):
        return False
    header = [key(c) for c in above[0].cells]
    same_header = [key(c) for c in below[0].cells] == header and any(header)
    same_width = len(above[-1].cells) == len(below[0].cells) or first - last == 1
    return same_header or (same_width and not looks_like_header(below[0]))


def _titles(row: Row) -> bool:
    """A sheet that begins with its label or its title in capitals is a table of its own."""
    filled = [c for c in row.cells if c]
    if len(filled) != 1 or len(row.cells) < 2:
        return False
    return bool(_LABEL.match(plain(filled[0]))) or (is_capitals(filled[0]) and len(filled[0]) > 12)


def _grid(rows: list[Row]) -> Grid | None:
    width = max(len(row.cells) for row in rows)
    rows = [replace(row, cells=row.cells + ("",) * (width - len(row.cells))) for row in rows]
    rows = _mended(rows, width)
    rows = rows[_captions(rows) :]
    head = header_size(rows)
    header = rows[:head]
    columns = column_names(header, width)
    data: list[Row] = []
    repeats: list[int] = []
    skip: list[tuple[str, ...]] = [tuple(key(c) for c in row.cells) for row in header]
    after_break = False
    for before, row in zip([None, *rows[head:]], rows[head:], strict=False):
        flat = tuple(key(c) for c in row.cells)
        if flat in skip and any(flat):
            if flat == (skip[0] if skip else None):
                repeats += row.lines
            after_break = True
            continue
        gap = row.after_break or bool(before and row.lines and before.lines and row.lines[0] - before.lines[-1] > 1)
        if data and _continues(data[-1], row, after_break or gap):
            data[-1] = _joined(data[-1], row)
        elif not row.empty and not column_numbers(row):
            data.append(row)
        after_break = False
    lines = tuple(sorted({n for row in rows for n in row.lines}))
    if not lines or width < 2:
        return None
    return Grid(columns, tuple(data), tuple(n for row in header for n in row.lines), tuple(repeats), lines)


def _mended(rows: list[Row], width: int) -> list[Row]:
    """A line end inside a cell cut a row in two: both halves together have the width and one cell more."""
    mended: list[Row] = []
    for row in rows:
        above = mended[-1] if mended else None
        if above is None or not _halves(above, row, width):
            mended.append(row)
            continue
        left, right = above.cells[: _filled(above)], row.cells[: _filled(row)]
        mended[-1] = Row((*left[:-1], f"{left[-1]} {right[0]}", *right[1:]), above.lines + row.lines)
    return mended


def _halves(above: Row, row: Row, width: int) -> bool:
    if width < 4 or _filled(above) < 2 or _filled(row) < 2 or _filled(above) + _filled(row) - 1 != width:
        return False
    return is_order(above.cells[0]) and bool(row.cells[0]) and not is_order(row.cells[0])


def _filled(row: Row) -> int:
    return max((at + 1 for at, cell in enumerate(row.cells) if cell), default=0)


def _captions(rows: list[Row]) -> int:
    """Rows of a sheet above its table: a title, "(Kèm theo …)", the measure; each in one cell."""
    for at, row in enumerate(rows[:7]):
        if at > 1 and looks_like_header(row):
            return at
        if sum(bool(c) for c in row.cells) > 1:
            break
    return 0


def _continues(above: Row, row: Row, after_break: bool) -> bool:
    """Is this row the rest of the one above that a page ended?"""
    if row.empty or row.cells[0]:
        return False
    filled = [c for c in row.cells if c]
    if after_break:
        return _fits_below(above, row)
    starts_small = all(c[0].islower() or not c[0].isalpha() for c in filled)
    return (
        starts_small
        and len(filled) < len(row.cells) - 1
        and not any(c.isdigit() for c in filled)
        and _fits_below(above, row)
    )


def _fits_below(above: Row, row: Row) -> bool:
    if _SUM_ROW.match(plain(next(c for c in row.cells if c))):
        return False
    return bool(above.cells[0]) and all(a or not b for a, b in zip(above.cells, row.cells, strict=False))


def _joined(above: Row, row: Row) -> Row:
    cells = tuple(f"{a} {b}".strip() if b else a for a, b in zip(above.cells, row.cells, strict=True))
    return Row(cells, above.lines + row.lines)


def is_order(text: str) -> bool:
    return bool(ORDER.match(text.strip()))


def is_group_row(row: Row) -> bool:
    """A heading within a table: a Roman number or a letter, or words that stand alone in the row."""
    filled = [c for c in row.cells if c]
    if not filled:
        return False
    first = row.cells[0].strip(" .)")
    alone = len(filled) <= 2 and len(row.cells) > 2
    return alone and (bool(re.fullmatch(r"[IVXLC]{1,6}|[A-D]", first)) or len(filled) == 1 or not first)
