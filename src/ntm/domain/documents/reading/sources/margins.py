"""Lề trang: running headers, page numbers and footnotes, set aside before the text is read."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from ..blocks import Region
from .grid import Grid
from .ink import PageInk, Row, Word, rows_of

PAGE_NUMBER = re.compile(r"^\W*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?\W*$", re.IGNORECASE)
NOTE = re.compile(r"^(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\d{1,3}|\*{1,3})\s*\D")
EDGE = 0.09  # of the page's height, above and below


@dataclass
class TableOnPage:
    """Một bảng trên một trang."""

    grid: Grid
    page: PageInk
    words: list[Word] = field(default_factory=list)
    unruled: bool = False  # its columns are parted by white alone


@dataclass
class Sheet:
    """One page taken apart: what flows, what runs along the edge, what stands in tables."""

    page: PageInk
    tables: list[TableOnPage]
    flow: list[Word]
    running: list[tuple[Region, Row]] = field(default_factory=list)
    notes: list[Word] = field(default_factory=list)


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
