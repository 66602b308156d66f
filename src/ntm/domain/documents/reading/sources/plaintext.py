"""Văn bản thuần (.txt, .md): the lines exactly as they stand, and the tables that tabs and bars draw in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..blocks import Kind, Source, SourceError, Style
from .builder import Builder, DraftCell, DraftLine, DraftTable
from .decoding import decode
from .letters import clean
from .limits import Limits

BAR_RULE = re.compile(r"^\s*[|+]?\s*:?[-=]{2,}:?\s*(?:[|+]\s*:?[-=]{2,}:?\s*)*[|+]?\s*$")
HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
FEWEST = 2  # columns
GAP = 2  # blank lines over which a table may go on: a page break in flattened text
LONGEST_REST = 80  # letters of a cell's rest on a line of its own


@dataclass
class _Row:
    lines: list[int]  # 0-based
    cells: list[str]


def read_text(content: bytes, name: str, kind: Kind, limits: Limits) -> Source:
    decoded = decode(content, name)
    builder = Builder(limits)
    if decoded.message:
        builder.warn("encoding", decoded.message)
    builder.notes["encoding"] = decoded.encoding
    texts = clean(decoded.text).split("\n")
    page = 1
    paged = "\x0c" in decoded.text
    for text in texts:
        page += text.count("\x0c")
        shown = text.rstrip("\r").replace("\x0c", "").replace("\r", " ")
        match = HEADING.match(shown) if kind == "md" else None
        style = Style(heading=len(match.group(1))) if match else Style()
        builder.paragraph(DraftLine(shown, page=page if paged else None, style=style))
    if not any(line.text.strip() for line in builder.lines):
        raise SourceError("empty", f"Tệp “{name}” không có chữ nào; hãy kiểm tra lại tệp đã chọn.")
    find_tables(builder)
    return builder.source(content, name, kind, page if paged else None)


def find_tables(builder: Builder) -> None:
    """Runs of tab-separated or bar-drawn lines become tables that point at those lines."""
    lines = builder.lines
    place = 0
    before: tuple[int, DraftTable, str] | None = None  # (last line, table, how it is drawn)
    while place < len(lines):
        how = drawn(lines[place].text)
        if how is None or (how == "bar" and not bar_table_begins(lines, place)):
            place += 1
            continue
        end = place
        while end + 1 < len(lines) and (
            drawn(lines[end + 1].text) == how
            or (how == "bar" and is_rule(lines[end + 1]))
            or (how == "tab" and _rest_of_cell(lines, end + 1))
        ):
            end += 1
        rows = tab_rows(lines, place, end) if how == "tab" else bar_rows(lines, place, end)
        if rows:
            continues = None
            if before and before[2] == how and place - before[0] - 1 <= GAP and same_width(before[1], rows):
                blank = all(not line.text.strip() for line in lines[before[0] + 1 : place])
                continues = len(builder.tables) - 1 if blank else None
            table = add_table(builder, rows, continues)
            before = (end, table, how)
        place = end + 1


def drawn(text: str) -> str | None:
    """tab, bar, or neither."""
    if "\t" in text.strip(" ") and text.strip():
        return "tab"
    if text.count("|") >= FEWEST - 1 and text.replace("|", "").strip():
        return "bar"
    return "bar" if ("|" in text or "+" in text) and BAR_RULE.match(text) else None


def is_rule(line: DraftLine) -> bool:
    return bool(BAR_RULE.match(line.text)) and len(line.text.strip()) >= 3


def bar_table_begins(lines: list[DraftLine], place: int) -> bool:
    """A single line with a bar is a line with a bar (a flattened letterhead); two of a width, or a rule, is a table."""
    if is_rule(lines[place]):
        return True
    if place + 1 >= len(lines):
        return False
    following = lines[place + 1]
    if is_rule(following):
        return True
    count = len(bar_cells(lines[place].text))
    return count >= FEWEST and drawn(following.text) == "bar" and len(bar_cells(following.text)) == count


def _rest_of_cell(lines: list[DraftLine], place: int) -> bool:
    """A line end inside the last cell: the next line is the rest of its words, and rows go on after it."""
    text = lines[place].text.strip()
    return (
        text[:1].islower()
        and len(text) <= LONGEST_REST
        and place + 1 < len(lines)
        and drawn(lines[place + 1].text) == "tab"
    )


def tab_rows(lines: list[DraftLine], first: int, last: int) -> list[_Row]:
    rows: list[_Row] = []
    for n in range(first, last + 1):
        if rows and "\t" not in lines[n].text:
            rows[-1].lines.append(n)
            rows[-1].cells[-1] = f"{rows[-1].cells[-1]} {lines[n].text.strip()}".strip()
        else:
            rows.append(_Row([n], [cell.strip() for cell in lines[n].text.split("\t")]))
    if len(rows) == 1 and sum(bool(cell) for cell in rows[0].cells) < FEWEST:
        return []
    return rows


def bar_rows(lines: list[DraftLine], first: int, last: int) -> list[_Row]:
    """Rows between bars. Where rules part every row (+---+), the lines between two rules are one row."""
    rows: list[_Row] = []
    rules = [n for n in range(first, last + 1) if is_rule(lines[n])]
    boxed = len(rules) > 2 and lines[rules[0]].text.strip().startswith("+")
    fresh = True
    for number in range(first, last + 1):
        if number in rules:
            fresh = True
            continue
        cells = bar_cells(lines[number].text)
        if boxed and not fresh and rows and len(rows[-1].cells) == len(cells):
            rows[-1].cells = [f"{a}\n{b}".strip("\n") if b else a for a, b in zip(rows[-1].cells, cells, strict=True)]
            rows[-1].lines.append(number)
        else:
            rows.append(_Row([number], cells))
        fresh = False
    return rows if max((len(row.cells) for row in rows), default=0) >= FEWEST else []


def bar_cells(text: str) -> list[str]:
    inner = text.strip()
    inner = inner.removeprefix("|")
    inner = inner.removesuffix("|") if not inner.endswith("\\|") else inner
    return [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", inner)]


def same_width(table: DraftTable, rows: list[_Row]) -> bool:
    width = max(cell.col + 1 for row in table.rows for cell in row)
    return width == max(len(row.cells) for row in rows)


def add_table(builder: Builder, rows: list[_Row], continues: int | None) -> DraftTable:
    drafts = [[DraftCell(text, col) for col, text in enumerate(row.cells)] for row in rows]
    lines = [[builder.lines[number] for number in row.lines] for row in rows]
    builder.add_over(drafts, lines, continues)
    return builder.tables[-1]
