"""Bảng không kẻ ô: columns parted by white alone, three or more that stay free over several rows -> a grid like a ruled one."""

from __future__ import annotations

import re
from itertools import pairwise

from ntm.domain.official.text import flat

from .grid import Grid, GridCell
from .ink import Row, Word, rows_of

NARROWEST = 4.5  # points of white that stays between two columns, over all rows
OPENING = 7.0  # and in the row from which the columns are taken
FEWEST_COLUMNS = 3
FULL_ROWS = 2  # rows that fill three columns or more
FAR = 2.6  # line heights: white above a row after which it is no longer the same table
MARK = re.compile(r"(?:[ivxlc]{1,5}|[a-z]|\d{1,3}(?:\.\d{1,2})*)[.)]?")
ORDINAL = re.compile(r"\d{1,3}[.)]?")
FIGURE = re.compile(r"[-+(]?\d[\d.,/%\s]*\)?")
SUM = re.compile(r"(?:tong|cong)\b")

White = tuple[float, float]


def find_unruled(words: list[Word], before: Grid | None = None) -> list[Grid]:
    """Các bảng không kẻ ô trên một trang, from the top; `before` is one that ended the page before."""
    rows = rows_of(words)
    found: list[Grid] = []
    at = 0
    if before is not None:
        carried, at = _carried(rows, before)
        found += carried
    while at < len(rows):
        block = _block_from(rows, at)
        if block is None:
            at += 1
            continue
        last, white, first = block
        grid = _grid(rows[first : last + 1], white)
        if grid is not None:
            found.append(grid)
            at = last + 1
        else:
            at += 1
    return found


def _carried(rows: list[Row], before: Grid) -> tuple[list[Grid], int]:
    """The rows at the head of the page (a page number may stand above them) that keep to the columns of the table before."""
    white = [(x - NARROWEST / 2, x + NARROWEST / 2) for x in before.xs[1:-1]]
    for first in range(min(2, len(rows))):
        last = first - 1
        while last + 1 < len(rows) and _kept(white, rows[last + 1]) is not None:
            if last >= first and rows[last + 1].y0 - rows[last].y1 > FAR * rows[last].size:
                break
            last += 1
        if any(_columns(row, white) >= FEWEST_COLUMNS for row in rows[first : last + 1]):
            grid = _grid(rows[first : last + 1], white, fewest=1)
            if grid is not None:
                grid.xs[0], grid.xs[-1] = min(grid.xs[0], before.xs[0]), max(grid.xs[-1], before.xs[-1])
                return [grid], last + 1
    return [], 0


def _gaps(row: Row, narrowest: float) -> list[White]:
    found = []
    end = row.words[0].x1
    for word in row.words[1:]:
        if word.x0 - end >= narrowest:
            found.append((end, word.x0))
        end = max(end, word.x1)
    return found


def _block_from(rows: list[Row], at: int) -> tuple[int, list[White], int] | None:
    """(last row, the white between the columns, first row) of a table that begins near row `at`."""
    opening = _gaps(rows[at], OPENING)
    if len(opening) < FEWEST_COLUMNS - 1:
        return None
    last, white = at, opening
    place = at + 1
    while place < len(rows):
        row = rows[place]
        if row.y0 - rows[place - 1].y1 > FAR * row.size:
            break
        kept = _kept(white, row)
        if kept is not None:
            white, last = kept, place
        elif _columns(rows[place], white) < len(white) and _marked(row, white) and _goes_on(rows, place, white):
            last = place  # a group's name runs over the columns
        else:
            more = _finer(rows, at, place, white)
            if more is None:
                break
            white, last = more, place
        place += 1
    first = at
    while first > 0 and rows[first].y0 - rows[first - 1].y1 < 0.9 * rows[first].size:
        above = _kept(white, rows[first - 1])
        if above is None or _columns(rows[first - 1], white) < 2:
            break
        white, first = above, first - 1
    full = sum(_columns(row, white) >= FEWEST_COLUMNS for row in rows[first : last + 1])
    if full < FULL_ROWS or full * 6 < last - first + 1 or len(white) < FEWEST_COLUMNS - 1:
        return None
    return last, white, first


def _kept(white: list[White], row: Row) -> list[White] | None:
    """The white that the row leaves free; None where it runs over one of them."""
    found = []
    for x0, x1 in white:
        left, right = x0, x1
        for word in row.words:
            if word.x1 > left and word.x0 < right:  # the word reaches into the white: from which side?
                if word.x0 <= left:
                    left = max(left, word.x1)
                elif word.x1 >= right:
                    right = min(right, word.x0)
                elif word.x0 - left > right - word.x1:
                    right = word.x0
                else:
                    left = word.x1
        if right - left < NARROWEST:
            return None
        found.append((left, right))
    return found


def _finer(rows: list[Row], at: int, place: int, white: list[White]) -> list[White] | None:
    """The opening row had a blank too much (a justified heading); without that one the rows below may still agree."""
    left = [one for one in white if _kept([one], rows[place]) is not None]
    if place > at + 1 or len(left) < FEWEST_COLUMNS - 1:
        return None
    return _kept(left, rows[place])


def _column_of(word: Word, white: list[White]) -> int:
    return sum(word.middle[0] > (x0 + x1) / 2 for x0, x1 in white)


def _columns(row: Row, white: list[White]) -> int:
    return len({_column_of(word, white) for word in row.words})


def _marked(row: Row, white: list[White]) -> bool:
    """The first column holds only a number, a letter or a Roman numeral, and the rest begins behind its white."""
    own = [word.text for word in row.words if word.x1 <= white[0][1]]
    crossing = any(word.x0 < white[0][0] < word.x1 for word in row.words)
    return not crossing and len(own) == 1 and bool(MARK.fullmatch(flat(own[0])))


def _goes_on(rows: list[Row], place: int, white: list[White]) -> bool:
    """Within two rows the columns are free again, with three of them filled."""
    below = rows[place + 1 : place + 3]
    return any(_kept(white, row) is not None and _columns(row, white) >= FEWEST_COLUMNS for row in below)


def _grid(rows: list[Row], white: list[White], fewest: int = 2) -> Grid | None:
    left, right = min(row.x0 for row in rows) - 2, max(row.x1 for row in rows) + 2
    xs = [left, *((x0 + x1) / 2 for x0, x1 in white), right]
    starts = _starts(rows, white)
    if len(starts) < fewest:
        return None
    ys = [rows[0].y0 - 1]
    ys += [(rows[n - 1].y1 + rows[n].y0) / 2 for n in starts[1:]]
    ys.append(rows[-1].y1 + 1)
    if any(b <= a for a, b in pairwise(ys)):
        return None
    grid = Grid(xs, ys)
    for number, (first, end) in enumerate(pairwise([*starts, len(rows)])):
        crossing = _kept(white, rows[first]) is None and end - first == 1
        columns = [(0, 1), (1, len(white))] if crossing else [(col, 1) for col in range(len(white) + 1)]
        for col, span in columns:
            grid.cells.append(GridCell(number, col, 1, span, xs[col], ys[number], xs[col + span], ys[number + 1]))
    return grid


def _starts(rows: list[Row], white: list[White]) -> list[int]:
    """The printed lines at which a row of the table begins: by its ordinal, by the white above it, or by its figures."""
    ordinals = [n for n, row in enumerate(rows) if _first(row, white) and MARK.fullmatch(flat(_first(row, white)))]
    numbered = sum(bool(ORDINAL.fullmatch(_first(rows[n], white))) for n in ordinals) >= 2
    gaps = [b.y0 - a.y1 for a, b in pairwise(rows)]
    usual = min(gaps) if gaps else 0.0
    wide = {n + 1 for n, gap in enumerate(gaps) if gap > usual + 0.35 * rows[n].size}
    if len(wide) + 1 >= max(len(ordinals), 2):
        return [0, *sorted(wide)]
    if numbered:
        wide = set()
    starts = [0]
    filled = _texts(rows[0], white)
    for n, row in enumerate(rows[1:], 1):
        here = _texts(row, white)
        first = here.get(0, "")
        new = n in wide or (bool(first) and (n in ordinals or not numbered))
        new = new or bool(SUM.match(flat(" ".join(here.values()))))
        new = new or any(FIGURE.fullmatch(filled.get(col, "")) and FIGURE.fullmatch(text) for col, text in here.items())
        if new:
            starts.append(n)
            filled = {}
        for col, text in here.items():
            filled[col] = f"{filled[col]} {text}" if col in filled else text
    return starts


def _first(row: Row, white: list[White]) -> str:
    return _texts(row, white).get(0, "")


def _texts(row: Row, white: list[White]) -> dict[int, str]:
    found: dict[int, str] = {}
    for word in row.words:
        col = _column_of(word, white)
        found[col] = f"{found[col]} {word.text}" if col in found else word.text
    return found
