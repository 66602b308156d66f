"""Bố cục trang: the ink of all pages -> paragraphs and tables in reading order, running headers set aside."""

from __future__ import annotations

from ..blocks import Box, Region
from .builder import Builder, DraftCell, DraftLine
from .columns import zones_of
from .grid import Grid, GridCell, find_grids
from .ink import PageInk, Word, box_of, join_words, rows_of, style_of
from .letters import tidy
from .margins import Sheet, TableOnPage, set_notes_aside, set_running_aside
from .paragraphs import Paragraph, carry_over, cell_paragraphs, paragraphs_of
from .white import find_unruled

Part = Paragraph | TableOnPage


def lay_out(pages: list[PageInk], builder: Builder) -> None:
    """Puts everything into the builder, in reading order; running parts and notes are marked by region."""
    sheets: list[Sheet] = []
    for page in pages:
        sheets.append(take_apart(page, ends_in(sheets[-1]) if sheets else None))
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


def ends_in(sheet: Sheet) -> Grid | None:
    """The unruled table that reaches down to the foot of that page."""
    last = max(sheet.tables, key=lambda table: table.grid.ys[-1], default=None)
    return last.grid if last and last.unruled and last.grid.ys[-1] > 0.8 * sheet.page.height else None


def take_apart(page: PageInk, before: Grid | None = None) -> Sheet:
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
    if not page.recognised:  # the words of a recognised page stand too loosely
        flow = take_unruled(flow, page, tables, before)
    return Sheet(page, tables, flow)


def take_unruled(flow: list[Word], page: PageInk, tables: list[TableOnPage], before: Grid | None) -> list[Word]:
    """Tables whose columns only white parts; they do not reach into ruled ones."""
    for grid in find_unruled(flow, before):
        top, bottom = grid.ys[0], grid.ys[-1]
        if any(t.grid.ys[0] < bottom and top < t.grid.ys[-1] for t in tables):
            continue
        table = TableOnPage(grid, page, unruled=True)
        table.words = [word for word in flow if grid.holds(*word.middle)]
        held = set(map(id, table.words))
        flow = [word for word in flow if id(word) not in held]
        tables.append(table)
    return flow


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
