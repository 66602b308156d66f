"""Bố cục trang: the ink of all pages -> paragraphs and tables in reading order, running headers set aside."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from ..blocks import Box, Region
from .builder import Builder, DraftCell, DraftLine
from .columns import zones_of
from .grid import Grid, GridCell, find_grids
from .ink import PageInk, Row, Word, box_of, join_words, rows_of, style_of
from .letters import tidy
from .paragraphs import Paragraph, carry_over, cell_paragraphs, paragraphs_of

PAGE_NUMBER = re.compile(r"^\W*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?\W*$", re.IGNORECASE)
NOTE = re.compile(r"^(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\d{1,3}|\*{1,3})\s*\D")
EDGE = 0.09  # of the page's height, above and below


@dataclass
class TableOnPage:
    """Một bảng trên một trang."""

    grid: Grid
    page: PageInk
    words: list[Word] = field(default_factory=list)


@dataclass
class Sheet:
    """One page taken apart: what flows, what runs along the edge, what stands in tables."""

    page: PageInk
    tables: list[TableOnPage]
    flow: list[Word]
    running: list[tuple[Region, Row]] = field(default_factory=list)
    notes: list[Word] = field(default_factory=list)


Part = Paragraph | TableOnPage


def lay_out(pages: list[PageInk], builder: Builder) -> None:
    """Puts everything into the builder, in reading order; running parts and notes are marked by region."""
    sheets = [take_apart(page) for page in pages]
    set_running_aside(sheets)
    set_notes_aside(sheets)
    edges = text_edges(sheets)
    parts: list[tuple[int, list[Part]]] = []
    for sheet in sheets:
        left, right = edges[round(sheet.page.width)]
        parts.append((sheet.page.number, page_parts(sheet, left, right)))
    by_number = {sheet.page.number: sheet.page for sheet in sheets}
    join_pages(parts)
    write_parts(parts, by_number, builder)
    for sheet in sheets:
        for region, row in sheet.running:
            write(Paragraph([(sheet.page.number, row)]), by_number, builder, region)
        for zone in zones_of(sheet.notes, 0, sheet.page.width) if sheet.notes else ():
            left, right = edges[round(sheet.page.width)]
            for paragraph in paragraphs_of(zone, sheet.page.number, right, left):
                write(paragraph, by_number, builder, "footnote")


def take_apart(page: PageInk) -> Sheet:
    tables = [TableOnPage(grid, page) for grid in find_grids(page.horizontals, page.verticals)]
    flow = []
    for word in page.words:
        holder = next((table for table in tables if table.grid.holds(*word.middle)), None)
        if holder is None:
            flow.append(word)
        else:
            holder.words.append(word)
    for table in [table for table in tables if not table.words]:
        tables.remove(table)
    return Sheet(page, tables, flow)


# -- edges of the page ------------------------------------------------------------------------------------------------


def set_running_aside(sheets: list[Sheet]) -> None:
    """Page numbers, and lines that stand at the same place on most pages."""
    candidates: list[tuple[Sheet, Region, Row]] = []
    seen: Counter[tuple[Region, str, int]] = Counter()
    for sheet in sheets:
        height = sheet.page.height
        rows = rows_of(sheet.flow)
        for row in rows[:2] + rows[max(len(rows) - 2, 2) :]:
            if row.y1 < EDGE * height:
                region: Region = "header"
            elif row.y0 > (1 - EDGE) * height:
                region = "footer"
            else:
                continue
            candidates.append((sheet, region, row))
            seen[_key(region, row)] += 1
    for sheet, region, row in candidates:
        often = seen[_key(region, row)]
        repeated = often >= 2 and often >= 0.5 * (len(sheets) - 1)
        if repeated or PAGE_NUMBER.match(row.text):
            mine = set(map(id, row.words))
            sheet.flow = [word for word in sheet.flow if id(word) not in mine]
            sheet.running.append((region, row))


def _key(region: Region, row: Row) -> tuple[Region, str, int]:
    return region, re.sub(r"\d+", "#", row.text), round(row.y0 / 12)


def set_notes_aside(sheets: list[Sheet]) -> None:
    """Footnotes: smaller letters under a short line in the lower half of the page."""
    sizes = sorted(word.size for sheet in sheets for word in sheet.flow)
    if not sizes:
        return
    usual = sizes[len(sizes) // 2]
    for sheet in sheets:
        notes = notes_under_rule(sheet, usual) or notes_by_size(sheet, usual)
        if notes:
            kept = set(map(id, notes))
            sheet.notes = notes
            sheet.flow = [word for word in sheet.flow if id(word) not in kept]


def notes_under_rule(sheet: Sheet, usual: float) -> list[Word]:
    page = sheet.page
    for rule in page.horizontals:
        if not (60 < rule.x1 - rule.x0 < 0.4 * page.width and rule.y > 0.45 * page.height):
            continue
        if any(table.grid.holds(rule.x0, rule.y) for table in sheet.tables):
            continue
        below = [word for word in sheet.flow if word.y0 > rule.y - 1]
        if below and max(w.size for w in below) < 0.92 * usual and min(w.x0 for w in below) > rule.x0 - 12:
            return below
    return []


def notes_by_size(sheet: Sheet, usual: float) -> list[Word]:
    """Without a line: the last rows of the page, smaller, the first with a note's number, below a gap."""
    if sheet.page.recognised:
        return []
    rows = rows_of(sheet.flow)
    first = len(rows)
    while first > 0 and rows[first - 1].size < 0.88 * usual:
        first -= 1
    if not 0 < first < len(rows) or rows[first].y0 < 0.5 * sheet.page.height:
        return []
    gap = rows[first].y0 - rows[first - 1].y1
    if gap < 0.3 * usual or not NOTE.match(rows[first].text):
        return []
    return [word for row in rows[first:] for word in row.words]


def text_edges(sheets: list[Sheet]) -> dict[int, tuple[float, float]]:
    """Left and right edge of the text, by page width: where most full lines begin and end."""
    edges: dict[int, tuple[float, float]] = {}
    for width in {round(sheet.page.width) for sheet in sheets}:
        rows = [row for s in sheets if round(s.page.width) == width for row in rows_of(s.flow)]
        wide = [row for row in rows if row.x1 - row.x0 > 0.5 * width] or rows
        if not wide:
            edges[width] = (0.0, float(width))
            continue
        lefts, rights = sorted(r.x0 for r in wide), sorted(r.x1 for r in wide)
        left, right = lefts[len(lefts) // 20], rights[-1 - len(rights) // 20]
        if right - left < 0.5 * width:  # only short lines: take the margins for equal
            right = max(right, width - left)
        edges[width] = left, right
    return edges


# -- reading order ----------------------------------------------------------------------------------------------------


def page_parts(sheet: Sheet, left: float, right: float) -> list[Part]:
    """Tables part the flow above them from the flow below."""
    parts: list[Part] = []
    rest = sheet.flow
    for table in sorted(sheet.tables, key=lambda t: t.grid.ys[0]):
        above = [word for word in rest if word.middle[1] < table.grid.ys[0]]
        kept = set(map(id, above))
        rest = [word for word in rest if id(word) not in kept]
        parts += flow_parts(above, sheet, left, right)
        parts.append(table)
    return parts + flow_parts(rest, sheet, left, right)


def flow_parts(words: list[Word], sheet: Sheet, left: float, right: float) -> list[Part]:
    if not words:
        return []
    found: list[Part] = []
    before: Paragraph | None = None  # the last paragraph of a column of running text
    for zone in zones_of(words, left, right):
        paragraphs = paragraphs_of(zone, sheet.page.number, right, left)
        if before is not None and zone.settled and carry_over(before, paragraphs[0]):
            paragraphs.pop(0)
        found += paragraphs
        if zone.settled:
            before = paragraphs[-1] if paragraphs else before
        else:
            before = None
    return found


def join_pages(parts: list[tuple[int, list[Part]]]) -> None:
    """A paragraph that the page's end cut is one paragraph."""
    before: Paragraph | None = None
    for _, items in parts:
        first = items[0] if items else None
        if before is not None and isinstance(first, Paragraph) and carry_over(before, first):
            items.pop(0)
            if not items:
                continue
        if items:
            last = items[-1]
            before = last if isinstance(last, Paragraph) else None


def write_parts(parts: list[tuple[int, list[Part]]], pages: dict[int, PageInk], builder: Builder) -> None:
    before: tuple[TableOnPage, int] | None = None  # the table that ended the page before
    for _, items in parts:
        for place, item in enumerate(items):
            if isinstance(item, Paragraph):
                write(item, pages, builder)
                before = None
                continue
            continues = before[1] if before and place == 0 and same_columns(before[0], item) else None
            index = write_table(item, builder, continues)
            before = (item, index) if index is not None else None


def same_columns(a: TableOnPage, b: TableOnPage) -> bool:
    """Whether two tables have their lines at the same places, or at least as many and as wide."""
    if a.page.number + 1 != b.page.number or len(a.grid.xs) != len(b.grid.xs):
        return False
    shift = b.grid.xs[0] - a.grid.xs[0]
    return all(abs(y - x - shift) < 8 for x, y in zip(a.grid.xs, b.grid.xs, strict=True))


# -- writing ----------------------------------------------------------------------------------------------------------


def write(paragraph: Paragraph, pages: dict[int, PageInk], builder: Builder, region: Region = "body") -> None:
    words = paragraph.words
    text, marks = join_words(words)
    shown = tidy(text)
    if not shown:
        return
    boxes: list[Box] = []
    for number in dict.fromkeys(page for page, _ in paragraph.rows):
        here = [word for page, row in paragraph.rows if page == number for word in row.words]
        boxes += box_of(here, pages[number])
    builder.paragraph(
        DraftLine(
            shown,
            page=paragraph.rows[0][0],
            style=style_of(words, paragraph.centered, round(paragraph.first_x0 - paragraph.left, 1)),
            region=region,
            boxes=tuple(boxes),
            words=marks if shown == text else (),
        )
    )


def write_table(table: TableOnPage, builder: Builder, continues: int | None) -> int | None:
    in_cell: dict[int, list[Word]] = {}
    for word in table.words:
        place = cell_at(table.grid, *word.middle)
        if place is not None:
            in_cell.setdefault(place, []).append(word)
    rows: list[list[DraftCell]] = [[] for _ in range(len(table.grid.ys) - 1)]
    inked: list[list[Word]] = [[] for _ in rows]
    for place, cell in enumerate(table.grid.cells):
        words = in_cell.get(place, [])
        rows[cell.row].append(draft_cell(cell, words, table.page.number))
        inked[cell.row] += words
    kept = [n for n, row in enumerate(rows) if row and any(cell.text for cell in row)]
    if not kept:
        return None
    rows = drop_empty_rows(rows, kept)
    boxes = [box_of(inked[n], table.page) for n in kept]
    return builder.table(rows, pages=[table.page.number] * len(kept), boxes=boxes, continues=continues)


def drop_empty_rows(rows: list[list[DraftCell]], kept: list[int]) -> list[list[DraftCell]]:
    """Rows in which no cell begins with text are lines drawn twice; cells that span them get shorter."""
    keep = set(kept)
    for number, row in enumerate(rows):
        for cell in row:
            cell.rowspan = max(1, sum(1 for n in range(number, number + cell.rowspan) if n in keep))
    return [rows[number] for number in kept]


def cell_at(grid: Grid, x: float, y: float) -> int | None:
    for place, cell in enumerate(grid.cells):
        if cell.x0 <= x <= cell.x1 and cell.y0 <= y <= cell.y1:
            return place
    return None


def draft_cell(cell: GridCell, words: list[Word], page: int) -> DraftCell:
    paragraphs = cell_paragraphs(rows_of(words), page, cell.x0, cell.x1) if words else []
    text, marks = "", []
    for paragraph in paragraphs:
        piece, found = join_words(paragraph.words)
        if text:
            text += "\n"
        marks += [type(m)(m.start + len(text), m.end + len(text), m.confidence) for m in found]
        text += piece
    return DraftCell(text, cell.col, cell.rowspan, cell.colspan, tuple(marks))
