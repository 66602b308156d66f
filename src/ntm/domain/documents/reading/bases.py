"""Căn cứ và viện dẫn: the instruments a document stands on and those it names, each with its lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from ntm.domain.documents.reading.layout import Paragraph
from ntm.domain.documents.reading.marks import plain
from ntm.domain.documents.reading.model import Citation, LegalBasis, Lines, Span, WrittenDate
from ntm.domain.documents.reading.tables import Grid
from ntm.domain.official.references import LegalReference, find_references

_ROLES = (
    ("xet", "xét đề nghị"),
    ("theo", "theo"),
    ("thuc hien", "thực hiện"),
    ("tiep tuc thuc hien", "thực hiện"),
    ("can cu", "căn cứ"),
)


_OPENS = re.compile(  # a basis may begin a line of its own without "Căn cứ" where the one before ended in a semicolon
    r"(?:can cu|xet |theo de nghi|tren co so|thuc hien|tiep tuc thuc hien"
    r"|(?:luat|nghi quyet|nghi dinh|quyet dinh|thong tu|chi thi|ke hoach|cong van|van ban|chuong trinh|huong dan|to trinh)"
    r"\s(?:so\s?:?\s?)?\d{1,5}\s?[/-])"
)


class _Joined:
    """Paragraphs as one text, each on its line, and the way back to lines."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.paragraphs = list(paragraphs)
        self.starts: list[int] = []
        self.leads: list[int] = []
        pieces: list[str] = []
        at = 0
        for p in self.paragraphs:
            lead = p.marker.text if p.marker else ""
            self.starts.append(at)
            self.leads.append(len(lead))
            pieces.append(lead + p.text)
            at += len(lead) + len(p.text) + 1
        self.text = "\n".join(pieces)

    def index(self, start: int) -> int:
        return max(bisect_right(self.starts, start) - 1, 0)

    def place(self, start: int, end: int) -> tuple[Paragraph, int, int]:
        index = self.index(start)
        shift = self.starts[index] + self.leads[index]
        p = self.paragraphs[index]
        return p, max(start - shift, 0), max(min(end - shift, len(p.text)), 0)

    def lines(self, start: int, end: int) -> Lines:
        p, a, b = self.place(start, end)
        return p.lines(a, max(b, a + 1))

    def span(self, start: int, end: int) -> Span | None:
        p, a, b = self.place(start, end)
        return p.span(a, b)


def read(
    head: Sequence[Paragraph], rest: Sequence[Paragraph], grids: Sequence[Grid]
) -> tuple[tuple[LegalBasis, ...], tuple[Citation, ...]]:
    """Bases stand in the preamble; everything else that names an instrument is a citation."""
    joined = _Joined([*head, *rest])
    if not joined.paragraphs:
        return (), ()
    bases: list[LegalBasis] = []
    citations: list[Citation] = []
    first_rest = len(head)
    found = find_references(joined.text)
    inner = [r for r in found[:400] if r.embedded_in]
    for ref in found:
        p, start, _ = joined.place(*ref.span)
        in_head = joined.index(ref.span[0]) < first_rest
        if ref.role == "own":
            continue
        own = not ref.embedded_in or _proposed(joined.text, ref.span[0])
        stated = in_head and own and ref.number and not _is_own_number(p, start) and opens_preamble(p)
        if ref.role in ("base", "proposal") or stated:
            bases.append(_basis(ref, joined, p, [r for r in inner if _inside(r, ref, joined)]))
        elif ref.number and not (in_head and _is_own_number(p, start)):
            citations.append(_citation(ref, joined.lines(*ref.span), joined.span(*ref.span)))
    for grid in grids:
        for row in grid.rows:
            for cell in row.cells:
                if (any(c.isdigit() for c in cell) and "/" in cell) or "-" in cell:
                    citations += [_citation(ref, row.lines, None) for ref in find_references(cell) if ref.number]
    return tuple(bases), tuple(citations)


def _proposed(text: str, at: int) -> bool:
    """ "…, trên cơ sở đề nghị của Sở … tại Tờ trình số …": a basis of its own within the sentence of another."""
    return bool(re.search(r"[,;]\s(?:tren co so|theo|xet|can cu)\s[^,;]{0,110}$", plain(text[max(0, at - 130) : at])))


def _is_own_number(p: Paragraph, start: int) -> bool:
    return start < 6 and p.flat.startswith("so")


def _inside(inner: LegalReference, outer: LegalReference, joined: _Joined) -> bool:
    return inner.embedded_in == outer.number and joined.place(*inner.span)[0] is joined.place(*outer.span)[0]


def _written(ref: LegalReference, lines: Lines) -> WrittenDate | None:
    if ref.when is None:
        return None
    words = re.search(r"ng[aà]y\s.{0,30}?\d{4}|\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2}/\d{4}", ref.text)
    return WrittenDate(words[0] if words else "", ref.when.year, ref.when.month, ref.when.day, lines)


def _period(ref: LegalReference) -> tuple[int, int] | None:
    if ref.period is None or ref.period.last_year is None:
        return None
    return ref.period.year, ref.period.last_year


def _number(ref: LegalReference) -> str | None:
    """The number with the letters that recognition spoils put right ("72/TIr-SNN"); the words stay as written."""
    number = ref.number
    return re.sub(r"(?<=/)T[IlT1]r(?=-|$)", "TTr", number) if number else number


def _citation(ref: LegalReference, lines: Lines, span: Span | None) -> Citation:
    return Citation(_number(ref), ref.kind, _written(ref, lines), ref.issuer, ref.title, _period(ref), lines, span)


def _basis(ref: LegalReference, joined: _Joined, p: Paragraph, inner: list[LegalReference]) -> LegalBasis:
    role = (
        "xét đề nghị"
        if ref.role == "proposal"
        else next((r for words, r in _ROLES if p.flat.startswith(words)), "căn cứ")
    )
    start, end = ref.span
    stop = min((i for i in (joined.text.find(m, end) for m in (";", "\n")) if i > 0), default=len(joined.text))
    lines = joined.lines(start, min(stop, end + max(len(ref.title or ""), 0) + 40))
    return LegalBasis(
        _number(ref), role, ref.kind, _written(ref, lines), ref.issuer, ref.title, _period(ref),
        tuple(_citation(r, joined.lines(*r.span), joined.span(*r.span)) for r in inner), joined.text[start:stop].strip(), lines,
        joined.span(start, end),
    )  # fmt: skip


def numbers_in(text: str) -> tuple[LegalReference, ...]:
    """References of one stretch ("(Kèm theo Kế hoạch số 15/KH-UBND ngày …)")."""
    return tuple(find_references(text))


def opens_preamble(p: Paragraph) -> bool:
    return bool(_OPENS.match(plain(p.text)))
