"""Đoạn văn: visual lines -> paragraphs. A line wrap is not a new paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ntm.domain.official.syllables import is_syllable

from .columns import Zone
from .ink import Row, Word

BULLET = "-–—+*•●◦▪○·"
MARKER = re.compile(
    r"^(?:[-–—+*•●◦▪○·]\s?\S|(?:[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2}){0,4})[.)/]\s|\d{1,2}(?:\.\d{1,2}){1,4}\s|[a-zđ][.)]\s"
    r"|[A-Z][.)]\s)"
)
OPENING = re.compile(r"^(?:Điều|Chương|Mục|Phụ lục|Căn cứ|Tiêu chí|Nơi nhận)\b")
ENDED = re.compile(r"[.;:!?…/]\W*$")
TIGHT_END = re.compile(r"\S[-/]$")
CELL_PADDING = 4.0  # points, one side of a cell
CLOSING = ",.;:!?)”"  # never begins a word
SHIFT = 6.0  # points: an indent that the eye sees


@dataclass
class Paragraph:
    """Đoạn: the rows of one paragraph, perhaps over a page break."""

    rows: list[tuple[int, Row]] = field(default_factory=list)  # (page number, row)
    first_x0: float = 0.0
    wrap_x0: float | None = None
    right: float = 0.0
    left: float = 0.0
    beside: bool = False
    inner: float = 0.0
    page_edges: tuple[float, float] = (0.0, 0.0)
    cut: set[int] = field(default_factory=set)  # rows whose last word goes on in the next row

    @property
    def last(self) -> Row:
        return self.rows[-1][1]

    @property
    def words(self) -> list[Word]:
        words: list[Word] = []
        tight = False
        for place, (_, row) in enumerate(self.rows):
            for number, word in enumerate(row.words):
                joined = number == 0 and bool(words) and (tight or word.text[0] in CLOSING)
                words.append(replace(word, glued=True) if joined else word)
            text = row.words[-1].text
            tight = place in self.cut or (len(text) > 1 and bool(TIGHT_END.search(text)))
        return words

    @property
    def centered(self) -> bool:
        """Every row about in the middle between the edges, and none as wide as they are."""
        middle = (self.left + self.right) / 2
        wide = self.right - self.left
        return all(
            abs((row.x0 + row.x1) / 2 - middle) < 0.03 * wide + 3 and row.x0 - self.left > 2 * SHIFT
            for _, row in self.rows
        )


def paragraphs_of(zone: Zone, page: int, body_right: float, body_left: float) -> list[Paragraph]:
    """The paragraphs of one zone."""
    settled = zone.settled
    right = (zone.inner if settled else zone.x1) if zone.beside else body_right
    left = min(row.x0 for row in zone.rows) if zone.beside else body_left
    pitch = usual_pitch(zone.rows)
    found: list[Paragraph] = []
    for row in zone.rows:
        if found and goes_on(found[-1], row, pitch):
            add(found[-1], page, row)
        else:
            fresh = begin(page, row, left, right)
            edges = (body_left, body_right)
            found.append(replace(fresh, beside=zone.beside and not settled, inner=zone.inner, page_edges=edges))
    return found


def begin(page: int, row: Row, left: float, right: float) -> Paragraph:
    return Paragraph([(page, row)], first_x0=row.x0, right=right, left=left)


def add(paragraph: Paragraph, page: int, row: Row) -> None:
    if paragraph.wrap_x0 is None:
        paragraph.wrap_x0 = row.x0
    paragraph.rows.append((page, row))


def carry_over(before: Paragraph, first: Paragraph) -> bool:
    """Joins a paragraph that the end of its page or column cut with its rest; tells whether it was one."""
    if before.beside or first.beside:
        return False
    shift = before.left - first.left
    row = first.rows[0][1]
    if shift:
        row = Row([replace(word, x0=word.x0 + shift, x1=word.x1 + shift) for word in row.words])
    if not goes_on(before, row, 0.0, over_page=True):
        return False
    before.rows += first.rows
    before.wrap_x0 = (row.x0 if before.wrap_x0 is None else before.wrap_x0) - shift
    before.first_x0 -= shift
    before.left, before.right = first.left, first.right
    return True


def usual_pitch(rows: list[Row]) -> float:
    steps = sorted(b.y0 - a.y0 for a, b in pairwise(rows) if b.y0 > a.y0)
    return steps[len(steps) // 4] if steps else 0.0


def filled(row: Row, following: Row, right: float, slack: float = 3.0) -> bool:
    """Whether the first word of the following row would not have fitted at this row's end."""
    word = following.words[0]
    return row.x1 + row.space + (word.x1 - word.x0) > right - slack


def goes_on(paragraph: Paragraph, row: Row, pitch: float, over_page: bool = False) -> bool:
    """Whether the row carries on the paragraph."""
    last = paragraph.last
    if another_size(last, row) or ({capitals(last), capitals(row)} == {True, False} and not row.text[:1].islower()):
        return False
    if not over_page and pitch and row.y0 - last.y0 > max(1.45 * pitch, pitch + 0.6 * row.size, 2.2 * row.size):
        return False
    if begins_item(paragraph, row):
        return False
    if paragraph.beside:
        return _goes_on_beside(paragraph, row)
    if not filled(last, row, paragraph.right):
        return False
    if last.words[-1].bold is False and all(w.bold for w in row.words) and ENDED.search(last.text):
        return False
    return _aligned(paragraph, row, row.text[:1].islower())


def _goes_on_beside(paragraph: Paragraph, row: Row) -> bool:
    """In a block beside another the right edge is not known: only where its ink ends, and where the other begins."""
    last = paragraph.last
    if row.text[:1].islower() and not ENDED.search(last.text):
        return filled(last, row, paragraph.inner, slack=12.0)
    same_left = abs(row.x0 - (paragraph.wrap_x0 or last.x0)) < SHIFT / 2
    same_middle = abs((row.x0 + row.x1) - (last.x0 + last.x1)) < SHIFT
    same_weight = last.words[-1].bold == row.words[0].bold
    if same_middle and same_weight and not same_left:
        # a centred cell reaches as far to one side as to the other, and one side ends with the page's text
        middle = (last.x0 + last.x1) / 2
        reach = min(middle - paragraph.page_edges[0], paragraph.page_edges[1] - middle)
        word = row.words[0]
        return last.x1 - last.x0 + last.space + (word.x1 - word.x0) > 2 * reach - SHIFT
    return same_left and same_weight and filled(last, row, paragraph.right)


def capitals(row: Row) -> bool | None:
    """Whether the row is written in capitals; None when it has too few letters to tell ("II/2020", "NAM")."""
    letters = [letter for letter in row.text if letter.isalpha()]
    return all(letter.isupper() for letter in letters) if len(letters) >= 5 else None


def another_size(last: Row, row: Row) -> bool:
    """Recognised letters tell their size only roughly."""
    share, extra = (0.45, 2.0) if row.words[0].confidence is not None else (0.1, 0.4)
    return abs(row.size - last.size) > share * last.size + extra


def begins_item(paragraph: Paragraph, row: Row) -> bool:
    """Whether the row begins a list item or a numbered heading, and is not a wrapped line that looks like one."""
    text, last = row.text, paragraph.last
    opening = bool(OPENING.match(text))
    if not (opening or MARKER.match(text)) or _cut_dash(last, text):
        return False
    if row.x0 > paragraph.left + SHIFT:
        return True
    if paragraph.first_x0 > paragraph.left + SHIFT and (opening or text[0] in BULLET):
        return False  # items begin with an indent here, and this row has none: the middle of a sentence
    if ENDED.search(last.text):
        return True
    return text[0] in BULLET and not text[1:].strip()[:1].islower()


def _cut_dash(last: Row, text: str) -> bool:
    """ "giai đoạn 2016" | "- 2020": the dash stands between two numbers, it is no bullet."""
    return bool(re.match(r"^[-–]\s?\d", text) and re.search(r"\d$", last.text))


def _aligned(paragraph: Paragraph, row: Row, small: bool) -> bool:
    """Whether the left edge of the row is where a wrapped line of this paragraph would begin."""
    if paragraph.centered and abs((row.x0 + row.x1) - (paragraph.left + paragraph.right)) < 4 * SHIFT:
        return True
    if paragraph.wrap_x0 is not None:
        return abs(row.x0 - paragraph.wrap_x0) < SHIFT or (row.x0 < paragraph.first_x0 - SHIFT and small)
    if row.x0 < paragraph.first_x0 - SHIFT / 2:
        return True
    if row.x0 > paragraph.first_x0 + SHIFT / 2:
        return bool(MARKER.match(paragraph.rows[0][1].text))
    at_edge = paragraph.first_x0 <= paragraph.left + SHIFT
    return at_edge or small


def cell_paragraphs(rows: list[Row], page: int, x0: float, x1: float, padding: float = CELL_PADDING) -> list[Paragraph]:
    """The paragraphs of a table's cell: only a line that ended early, or a list marker, begins a new one."""
    found: list[Paragraph] = []
    for row in rows:
        if found:
            last = found[-1].last
            marked = bool(re.match(r"^[-–+•]\s", row.text)) and not _cut_dash(last, row.text)
            if filled(last, row, x1 - padding, slack=6.0) and not (marked and ENDED.search(last.text)):
                if word_is_cut(last, row, x1 - x0):
                    found[-1].cut.add(len(found[-1].rows) - 1)
                add(found[-1], page, row)
                continue
        found.append(begin(page, row, x0, x1))
    return found


def word_is_cut(last: Row, row: Row, width: float) -> bool:
    """In a cell narrower than its words a word or a number is cut anywhere: "183.97" | "0", "Huy" | "ện"."""
    before, after = last.words[-1].text, row.words[0].text
    if len(last.words) > 1 or width > 7 * last.size:
        return False
    if re.search(r"\d[.,]?$", before) and after[:1].isdigit():
        room = width - (last.x1 - last.x0) - 2 * CELL_PADDING
        return room < last.size and bool(re.fullmatch(r"\d{1,3}(?:[.,]\d+)*|\d+", before + after))
    return is_syllable(before + after) and not (is_syllable(before) and is_syllable(after))
