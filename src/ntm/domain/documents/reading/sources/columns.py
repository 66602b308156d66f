"""Cột chữ: two blocks side by side (letterhead, recipients and signature, two-column text), left one first."""

from __future__ import annotations

from dataclasses import dataclass

from .ink import Row, Word, rows_of

NARROWEST = 8.0  # points of white between two columns, over all their rows
CLEAR = 14.0  # what the white usually is
SURE = 36.0  # white that parts even a single row


@dataclass
class Zone:
    """Vùng chữ: rows one under another, between a left and a right edge."""

    rows: list[Row]
    x0: float
    x1: float
    beside: bool = False  # stands beside another block: its own right edge is somewhere in the white
    inner: float = 0.0  # where the ink of such a block ends

    @property
    def settled(self) -> bool:
        """A column of running text: its lines tell where it ends, and it goes on in the next one."""
        full = sum(row.x1 > self.inner - 3 for row in self.rows)
        return self.beside and len(self.rows) >= 8 and full >= 0.4 * len(self.rows)


@dataclass
class _Block:
    first: int
    last: int
    x0: float  # the white between the columns
    x1: float


def zones_of(words: list[Word], left: float, right: float) -> list[Zone]:
    """The words in reading order: full-width zones, and side-by-side blocks one after the other."""
    rows = rows_of(words)
    zones: list[Zone] = []
    plain: list[Row] = []
    place = 0
    while place < len(rows):
        block = _block_at(rows, place, (left + right) / 2)
        if block is None:
            plain.append(rows[place])
            place += 1
            continue
        first = block.first
        taken = place - first
        if taken:
            plain = plain[:-taken]
        if plain:
            zones.append(Zone(plain, left, right))
            plain = []
        zones += _sides(rows[first : block.last + 1], block, left, right)
        place = block.last + 1
    if plain:
        zones.append(Zone(plain, left, right))
    return zones


def gaps(row: Row) -> list[tuple[float, float]]:
    """White stretches inside the row that could part columns."""
    found = []
    end = row.words[0].x1
    for word in row.words[1:]:
        if word.x0 - end >= NARROWEST:
            found.append((end, word.x0))
        end = max(end, word.x1)
    return found


def side(row: Row, x0: float, x1: float) -> str:
    """left, right, both (with the white free) or across."""
    if row.x1 <= x0 + 1:
        return "left"
    if row.x0 >= x1 - 1:
        return "right"
    for word in row.words:
        if word.x1 > x0 + 1 and word.x0 < x1 - 1:
            return "across"
    return "both"


def _block_at(rows: list[Row], place: int, centre: float) -> _Block | None:
    """The longest block of two columns in which row `place` is the first with both sides."""
    best: _Block | None = None
    for start, end in gaps(rows[place]):
        block = _grow(rows, place, start, end, centre)
        if block and (best is None or block.last - block.first > best.last - best.first):
            best = block
    return best


def _grow(rows: list[Row], place: int, x0: float, x1: float, page_centre: float) -> _Block | None:
    both = [x1 - x0]
    last_both = place
    kept = (x0, x1)
    last_left = place
    end = place
    for number in range(place + 1, len(rows)):
        row = rows[number]
        if row.y0 - rows[number - 1].y1 > 8 * row.size:
            break
        narrowed = _narrow(row, *kept)
        if narrowed is None:
            break
        where = side(row, *narrowed)
        if where != "both" and abs((row.x0 + row.x1) / 2 - page_centre) < 12:
            break  # a heading in the middle of the page
        if where == "both":
            kept = narrowed
            both.append(narrowed[1] - narrowed[0])
            last_both = end = number
            last_left = number
        elif where == "left":
            if number - 1 > last_both and row.y0 - rows[last_left].y1 > 1.2 * row.size:
                break  # a left row after a gap, with nothing more beside it: the text goes on below the block
            last_left = end = number
        else:
            end = number
    if _a_sentence_above(rows, place, end, kept):
        return None
    middle = sorted(_white(rows[n], kept) for n in range(place, end + 1) if side(rows[n], *kept) == "both")
    usual = middle[len(middle) // 2] if middle else 0.0
    if not (len(both) >= 2 and usual >= CLEAR) and max(both) < SURE:
        return None
    first = place
    centre = (kept[0] + kept[1]) / 2
    while first > 0 and rows[first - 1].x0 >= centre and rows[first].y0 - rows[first - 1].y1 < 2 * rows[first].size:
        first -= 1
    return _Block(first, end, *kept)


def _a_sentence_above(rows: list[Row], place: int, end: int, kept: tuple[float, float]) -> bool:
    """The first row has only a blank between words where the rows below have the white of two columns."""
    others = sorted(_white(rows[n], kept) for n in range(place + 1, end + 1) if side(rows[n], *kept) == "both")
    return bool(others) and _white(rows[place], kept) < CLEAR and others[len(others) // 2] >= SURE


def _narrow(row: Row, x0: float, x1: float) -> tuple[float, float] | None:
    """The part of the white that this row leaves free, if enough."""
    for start, end in [(float("-inf"), row.x0), *gaps(row), (row.x1, float("inf"))]:
        low, high = max(start, x0), min(end, x1)
        if high - low >= NARROWEST:
            return low, high
    return None


def _white(row: Row, kept: tuple[float, float]) -> float:
    centre = (kept[0] + kept[1]) / 2
    left = max((w.x1 for w in row.words if w.x1 <= centre), default=kept[0])
    right = min((w.x0 for w in row.words if w.x0 >= centre), default=kept[1])
    return right - left


def _sides(rows: list[Row], block: _Block, left: float, right: float) -> list[Zone]:
    centre = (block.x0 + block.x1) / 2
    words = [word for row in rows for word in row.words]
    lefts = [word for word in words if word.middle[0] < centre]
    rights = [word for word in words if word.middle[0] >= centre]
    zones = [Zone(rows_of(lefts), left, block.x1, beside=True)] if lefts else []
    if rights:
        # the right block may itself be two columns
        inner = zones_of(rights, block.x1, right)
        for zone in inner:
            zone.beside = True
        zones += inner
    for zone in zones:
        zone.inner = max(row.x1 for row in zone.rows)
    return zones
