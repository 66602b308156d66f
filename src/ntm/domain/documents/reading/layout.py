"""Đoạn văn: lines joined to paragraphs, each letter still knowing its line; marks of a list or heading taken off and kept.

A paragraph that a page break, a hard line end or recognition cut is one paragraph again: the next piece begins with a small
letter, or the piece before ends in the middle of a word, a number or a sentence that fills its line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ntm.domain.documents.reading.blocks import Line
from ntm.domain.documents.reading.markers import Marker, read_marker
from ntm.domain.documents.reading.marks import is_capitals, plain
from ntm.domain.documents.reading.model import Lines, Span
from ntm.domain.official.syllables import gaps

_DEBRIS = re.compile(
    r"\*{2,}|(?<!^)\*|\*(?!\s)|`+|_{3,}|^\s*#{1,6}\s+|^\s*>\s+|\\(?=[*_#.\-])|[\u200b\u200c\u200d\ufeff\u00ad]"
)
_TAG = re.compile(
    r"<!--.*?-->|<(?:sup|sub)>[^<>]{0,6}</(?:sup|sub)>|</?(?:b|i|u|em|strong|p|span|div|center)\s*/?>", re.IGNORECASE
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_UNTIDY = re.compile(r"[*`_#<>\\\u200b\u200c\u200d\ufeff\u00ad\t\u00a0\u2000-\u200a\u202f\u3000]|\S\s{2,}\S")
_PAGE = re.compile(r"\W*(?:(?:trang|page)\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?\W*", re.IGNORECASE)
_RULE = re.compile(r"[\s_\-–—=.*~|]+")
_ENDS = re.compile(r"[.;:!?…](?:[\"”’)\]]*)$")
_MID = re.compile(r"(?:[-/,(&–]|\b(?:của|và|theo|về|số|ngày|tháng|năm|các|những|với|tại|trong|để|cho|từ|là|được|do))$")
_JOINS = frozenset(",;.)")  # after what looks like a mark: "(10), Môi trường" goes on from the line above
_LONGEST = 6_000  # letters of a paragraph
_LAST_FIGURE = re.compile(r"\d[\d.,/]{0,9}\s?%?\s?[.;,)]{1,2}")
_FULL_LINE = 62  # letters; a line as long as this without an end goes on in the next
_TURN = re.compile(
    r"(?:can cu|xet |theo de nghi|noi nhan|phu luc|bieu |phu bieu|kem theo|tren day|tm\.|kt\.|so:"
    r"|(?:tiep tuc )?(?:thuc hien|trien khai) (?:cac |nhung )?(?:quyet dinh|nghi quyet|ke hoach|chi thi|cong van|thong bao"
    r"|ket luan|huong dan|chuong trinh)(?: cua [^;.\n]{2,60}:)? (?:so )?\d)"
)


_ISSUES = re.compile(  # the sentence that issues the document begins after the last basis, whatever mark that ends with
    r"(?:uy ban nhan dan|ubnd|ban chi dao|bcd|ban quan ly|ban phat trien|ban thuong vu|van phong dieu phoi|dang uy"
    r"|huyen uy|tinh uy|so [a-z]|phong [a-z])[^.;:]{0,120}\b(?:ban hanh|xay dung|lap|de ra)\b[^.;:]{0,30}\bke hoach\b"
)


@dataclass(frozen=True)
class Paragraph:
    """Đoạn: `text` without its marker; `pieces` say from which place on which line and letter it comes."""

    index: int
    text: str
    flat: str  # plain(text)
    marker: Marker | None
    pieces: tuple[tuple[int, int, int], ...]  # (place in text, line, letter of the line)
    centered: bool = False
    bold: bool = False

    def lines(self, start: int = 0, end: int | None = None) -> Lines:
        end = len(self.text) if end is None else end
        starts = [piece[0] for piece in self.pieces]
        first = max(bisect_right(starts, start) - 1, 0)
        last = max(bisect_right(starts, max(end - 1, start)) - 1, first)
        return tuple(sorted({self.pieces[i][1] for i in range(first, last + 1)}))

    def span(self, start: int, end: int) -> Span | None:
        starts = [piece[0] for piece in self.pieces]
        at = max(bisect_right(starts, start) - 1, 0)
        place, line, letter = self.pieces[at]
        begin = letter + start - place
        last = at
        while last + 1 < len(self.pieces) and self.pieces[last + 1][1] == line and self.pieces[last + 1][0] < end:
            last += 1  # what was taken out, or a blank that was missing, parts a line into pieces
        place, _, letter = self.pieces[last]
        stop = self.pieces[last + 1][0] if last + 1 < len(self.pieces) else len(self.text)
        return begin, max(letter + min(end, stop) - place, begin)

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        return _clauses(self)

    @property
    def first_line(self) -> int:
        return self.pieces[0][1]

    @property
    def last_line(self) -> int:
        return self.pieces[-1][1]


def _clean(line: Line) -> tuple[str, list[tuple[int, int]]]:
    """The line without debris and with single blanks, and (place, letter of the line) of each run that was kept."""
    text = line.text
    missing = _missing_blanks(text)
    if not missing and not _UNTIDY.search(text):
        lead = len(text) - len(text.lstrip())
        return text.strip(), [(0, lead)]
    dropped = {at for match in _DEBRIS.finditer(text) for at in range(*match.span())}
    breaks: set[int] = set()
    if "<" in text:
        dropped |= {at for match in _TAG.finditer(text) for at in range(*match.span())}
        breaks = {at for match in _BREAK.finditer(text) for at in range(*match.span())}
    kept: list[str] = []
    runs: list[tuple[int, int]] = []
    before, blank = -2, False
    for at, letter in enumerate(text):
        if at in dropped:
            continue
        if letter.isspace() or at in breaks:
            blank = bool(kept)
            continue
        if blank or at in missing:
            kept.append(" ")
            blank = False
        if before != at - 1 or at in missing:
            runs.append((len(kept), at))
        kept.append(letter)
        before = at
    return "".join(kept), runs


def _missing_blanks(text: str) -> set[int]:
    """Where recognition glued two words ("nôngthôn"): the places before which a blank is missing."""
    found: set[int] = set()
    for start, _, words in gaps(text):
        for word in words[:-1]:
            start += len(word)
            found.add(start)
    return found


def is_noise(text: str) -> bool:
    """A page number or a drawn rule: no words of the document."""
    stripped = text.strip()
    return bool(stripped) and bool(_PAGE.fullmatch(stripped) or _RULE.fullmatch(stripped))


def _ends_sentence(before: str, after: str) -> bool:
    """ "… tiêu chí số 10, 11," and "18." on the next line: the last figure of a sentence, no page number."""
    return bool(_LAST_FIGURE.fullmatch(after)) and not _ENDS.search(before)


def _goes_on(before: str, after: str, gap: bool, marker: Marker | None) -> bool:
    if not before or (marker is not None and marker.style != "letter" and not (before[-1:] in "/-" and not gap)):
        return False
    if marker is not None and marker.style == "letter":
        return False
    first = after[0]
    flat = plain(after)
    if _TURN.match(flat) or (before[-1] in ",;" and gap and _ISSUES.match(flat)) or is_capitals(before):
        return False
    if not gap and before.rfind("(") > before.rfind(")"):
        return True
    if not gap and first.isdigit() and before[-1] == ":" and len(before) >= _FULL_LINE:
        return True
    if first.islower() or (before[-1] in "-/" and len(before) > 2 and before[-2].isalnum()):
        return not is_capitals(before)
    if _ENDS.search(before) or (is_capitals(after) and len(after) > 6):
        return False
    if _MID.search(before):
        return True
    return not gap and len(before) >= _FULL_LINE and not is_capitals(after)


def _closes(marker: Marker, above: str) -> bool:
    """ "… (khóa" at a line's end and "XXIII) về …" on the next: the mark only closes the bracket."""
    if not marker.text.rstrip().endswith(")") or marker.text.lstrip().startswith("("):
        return False
    near = above[-120:]
    return near.rfind("(") > near.rfind(")")


class _Builder:
    def __init__(self) -> None:
        self.text = ""
        self.pieces: list[tuple[int, int, int]] = []
        self.marker: Marker | None = None
        self.centered = self.bold = False

    def unlike(self, line: Line) -> bool:
        """Set otherwise, where the file tells: a centred title is no part of the paragraph below it."""
        return line.style.centered is not None and bool(line.style.centered) != self.centered

    def add(self, line: Line, text: str, runs: Iterable[tuple[int, int]], cut: int) -> None:
        glue = "" if not self.text or (self.text[-1] in "/-" and self.text[-2:-1].isalnum()) else " "
        offset = len(self.text) + len(glue) - cut
        self.text += glue + text[cut:]
        first = True
        for place, letter in runs:
            if place + 1 <= cut and not first:
                continue
            at = max(place, cut)
            self.pieces.append((at + offset, line.no, letter + at - place))
            first = False
        self.pieces.sort()

    def build(self, index: int) -> Paragraph:
        flat = plain(self.text)
        return Paragraph(index, self.text, flat, self.marker, tuple(self.pieces), self.centered, self.bold)


def paragraphs(lines: Sequence[Line]) -> tuple[Paragraph, ...]:
    """The paragraphs of these lines (rows of tables and running headers are not to be among them)."""
    found: list[Paragraph] = []
    current: _Builder | None = None
    gap = False
    for line in lines:
        text, runs = _clean(line)
        if not text:
            gap = True
            continue
        if is_noise(text) and (current is None or gap or not _ends_sentence(current.text, text)):
            continue
        marker, cut = read_marker(text)
        if (
            marker is not None
            and current is not None
            and (text[cut : cut + 1] in _JOINS or _closes(marker, current.text))
        ):
            marker, cut = None, 0
        if current is not None and not current.text and current.marker is not None and marker is None:
            current.add(line, text, runs, 0)  # "Phần I" stood alone above its title
        elif (
            current is not None
            and len(current.text) < 2 * _LONGEST
            and _goes_on(current.text[-200:], text, gap or current.unlike(line), marker)
        ):
            current.add(line, text, runs, 0)
        else:
            if current is not None and current.text:
                found.append(current.build(len(found)))
            current = _Builder()
            current.marker = marker
            current.centered, current.bold = bool(line.style.centered), bool(line.style.bold)
            current.add(line, text, runs, cut)
        gap = False
    if current is not None and current.text:
        found.append(current.build(len(found)))
    if any(len(p.text) > _LONGEST for p in found):
        found = _cut(found)
    return tuple(found)


def _cut(found: Sequence[Paragraph]) -> list[Paragraph]:
    """No office writes a paragraph of pages; what was glued to one is read in pieces, so that time grows with the text."""
    result: list[Paragraph] = []
    for p in found:
        start = 0
        while start < len(p.text):
            end = min(start + _LONGEST, len(p.text))
            if end < len(p.text):
                end = max(p.text.rfind(" ", start + _LONGEST // 2, end), start + _LONGEST // 2)
            starts = [piece[0] for piece in p.pieces]
            first = max(bisect_right(starts, start) - 1, 0)
            place, line, letter = p.pieces[first]
            kept = [(0, line, letter + start - place)]
            kept += [(at - start, no, spot) for at, no, spot in p.pieces[first + 1 :] if at < end]
            text = p.text[start:end]
            marker = p.marker if start == 0 else None
            result.append(Paragraph(len(result), text, plain(text), marker, tuple(kept), p.centered, p.bold))
            start = end
    return result


def clauses(paragraph: Paragraph) -> tuple[Clause, ...]:
    """The clauses of a paragraph: parted at ";" and at a full stop before a capital."""
    return paragraph.clauses


@dataclass(frozen=True)
class Clause:
    """Mệnh đề: a stretch of a paragraph between full stops or semicolons (not inside brackets)."""

    paragraph: Paragraph
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.paragraph.text[self.start : self.end]

    @property
    def flat(self) -> str:
        return self.paragraph.flat[self.start : self.end]

    @property
    def lines(self) -> Lines:
        return self.paragraph.lines(self.start, self.end)


def _clauses(paragraph: Paragraph, stops: str = ".;") -> tuple[Clause, ...]:
    """The clauses of a paragraph: parted at ";" and at a full stop before a capital."""
    text, found, start, depth = paragraph.text, [], 0, 0
    for at, letter in enumerate(text):
        if letter == "(":
            depth += 1
        elif letter == ")":
            depth = max(depth - 1, 0)
        elif depth == 0 and letter in stops:
            if letter == "." and not _is_stop(text, at):
                continue
            found.append((start, at))
            start = at + 1
    if depth:  # a bracket that never closes must not glue the rest together
        found, start = [], 0
        for at, letter in enumerate(text):
            if letter in stops and (letter != "." or _is_stop(text, at)):
                found.append((start, at))
                start = at + 1
    found.append((start, len(text)))
    result = []
    for begin, end in found:
        while begin < end and text[begin].isspace():
            begin += 1
        if begin < end:
            result.append(Clause(paragraph, begin, end))
    return tuple(result)


def _is_stop(text: str, at: int) -> bool:
    rest = text[at + 1 : at + 3]
    if rest[:1] and not rest[:1].isspace() and rest[:1] not in '"”’)':
        return False
    if rest.strip() and not (rest.strip()[0].isupper() or rest.strip()[0] in '"“(+-–'):
        return False
    before = text[max(at - 4, 0) : at]
    return not re.search(r"(?:^|[\s(])(?:TM|KT|TL|TT|TP|Tx|Q|PGS|TS|ThS|số|Tr|NĐ)$", before)
