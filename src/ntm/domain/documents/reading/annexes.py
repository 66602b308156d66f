"""Phụ lục, biểu: label, title, what they say they are attached to, table; and the annexes that the text promises."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ntm.domain.documents.reading.bases import numbers_in
from ntm.domain.documents.reading.layout import Paragraph
from ntm.domain.documents.reading.marks import is_capitals, plain
from ntm.domain.documents.reading.model import Annex, AnnexPromise, AnnexRow, WrittenDate
from ntm.domain.documents.reading.parts import Parts, is_annex_title
from ntm.domain.documents.reading.tables import Grid, is_group_row

_LABEL = re.compile(
    r"\W*(?P<label>(?:phu\s?luc|phu\s?bieu|bieu(?:\s?mau)?|mau|bang"
    r"|danh muc)(?:\s?so)?\s?(?::\s?)?(?:\d{1,2}(?:\.\d{1,2})?[a-z]?|[ivx]{1,4}|[a-d])?)(?![a-z0-9])"
)
_MEASURE = re.compile(r"(?:don vi(?: tinh)?|dvt)\s?:\s?(?P<m>[a-z0-9%./ ]{2,30})")
_ATTACHED = re.compile(r"kem(?: theo)?|ban hanh theo|\bsố\b|bien luu")
_PROMISE = re.compile(
    r"(?P<kind>phu luc|phu bieu|bieu mau|bieu|danh muc|danh sach)(?:\s?(?:so|chi tiet|tong hop|phan bo)){0,2}"
    r"\s?(?P<list>\d{1,2}(?:\.\d{1,2})?[a-z]?(?:\s?[,;&]\s?(?:va\s)?\d{1,2}(?:\.\d{1,2})?[a-z]?"
    r"|\sva\s\d{1,2}(?:\.\d)?|\s?-\s?\d{1,2})*|[ivx]{1,4}(?:\s?,\s?[ivx]{1,4})*(?![a-z]))?"
)
_WITH = re.compile(
    r"kem theo|dinh kem|theo (?:phu luc|bieu|phu bieu|danh muc|danh sach)|tai (?:phu luc|bieu|phu bieu)|\(co bieu|chi tiet"
)


def read(parts: Parts, grids: Sequence[Grid]) -> tuple[Annex, ...]:
    """The annexes after the signature, and the tables of the body (`in_body`)."""
    found: list[Annex] = [_body_table(grid, parts) for grid in grids if grid.first_line < parts.annex_line]
    after = [grid for grid in grids if grid.first_line >= parts.annex_line]
    starts = _starts(parts.annexes, after)
    for at, block in enumerate(starts):
        stop = starts[at + 1][0] if at + 1 < len(starts) else 10**9
        found.append(_annex(block[1], [g for g in after if block[0] <= g.first_line < stop], block[0], stop))
    return tuple(sorted((a for a in found if a is not None), key=lambda a: a.lines))


def _starts(paragraphs: Sequence[Paragraph], grids: Sequence[Grid]) -> list[tuple[int, list[Paragraph]]]:
    """(first line, paragraphs) of each annex: a label begins one; so does a title in capitals after a table."""
    blocks: list[tuple[int, list[Paragraph]]] = []
    has_table = False
    items: list[Paragraph | Grid] = [*paragraphs, *grids]
    for item in sorted(items, key=lambda i: i.first_line):
        if isinstance(item, Grid):
            if not blocks:
                blocks.append((item.first_line, []))
            has_table = True
            continue
        begins = is_annex_title(item) or (has_table and is_capitals(item.text) and len(item.text) > 20)
        if not blocks or (
            begins and (has_table or (is_annex_title(item) and _numbered_label(item) and _has_label(blocks[-1][1])))
        ):
            blocks.append((item.first_line, [item]))
            has_table = False
        else:
            blocks[-1][1].append(item)
    return blocks


def _numbered_label(p: Paragraph) -> bool:
    match = _LABEL.match(p.flat)
    return bool(match and re.search(r"\d|[ivx]+$", match["label"]))


def _has_label(paragraphs: list[Paragraph]) -> bool:
    return any(is_annex_title(p) for p in paragraphs)


def _annex(paragraphs: list[Paragraph], grids: list[Grid], first: int, stop: int) -> Annex:
    label = title = attached = kind = None
    when: WrittenDate | None = None
    attached_lines: tuple[int, ...] = ()
    titles: list[str] = []
    measure = None
    table_at = grids[0].first_line if grids else 10**9
    for p in paragraphs:
        if measure is None and (m := _MEASURE.search(p.flat)):
            measure = p.text[m.start("m") : m.end("m")].strip(" .)")
        if p.first_line > table_at:
            continue
        refs = [r for r in numbers_in(p.text) if r.number] if not attached else []
        if refs and (_ATTACHED.search(p.flat) or "(" in p.text or p.first_line > first):
            attached, kind, attached_lines = refs[0].number, refs[0].kind, p.lines()
            if refs[0].when is not None:
                when = WrittenDate(refs[0].text, refs[0].when.year, refs[0].when.month, refs[0].when.day, p.lines())
            continue
        match = _LABEL.match(p.flat)
        if label is None and match and is_annex_title(p):
            label = p.text[match.start("label") : match.end("label")].strip()
            rest = p.text[match.end() :].strip(" :.-–")
            if rest:
                titles.append(rest)
        elif len(" ".join(titles)) < 300 and not _MEASURE.search(p.flat):
            titles.append(p.text)
    title = " ".join(titles).strip(" *.:") or None
    rows = tuple(row for grid in grids for row in _rows(grid))
    last = max([*(n for g in grids for n in g.lines), *(p.last_line for p in paragraphs), first])
    return Annex(
        label, title, attached, kind, when, attached_lines, grids[0].columns if grids else (), rows,
        tuple(n for g in grids for n in g.header_repeats), measure, False, (first, last),
    )  # fmt: skip


def _rows(grid: Grid) -> Iterator[AnnexRow]:
    group: str | None = None
    for row in grid.rows:
        first = plain(" ".join(row.cells[:2]))
        if re.match(r"\W*(?:tong(?: cong| so)?|cong)\b", first):
            yield AnnexRow(row.cells, row.lines, "total", group)
        elif is_group_row(row):
            group = next((c for c in row.cells[1:] if c), row.cells[0])
            yield AnnexRow(row.cells, row.lines, "group", group)
        else:
            yield AnnexRow(row.cells, row.lines, "row", group)


def _body_table(grid: Grid, parts: Parts) -> Annex:
    at = bisect_left(parts.paragraphs, grid.first_line, key=lambda p: p.last_line)
    above = parts.paragraphs[max(at - 3, 0) : at]
    title = next((p.text for p in reversed(above) if not _MEASURE.search(p.flat)), None)
    measure = next(
        (p.text[m.start("m") : m.end("m")].strip(" .)") for p in above if (m := _MEASURE.search(p.flat))), None
    )
    return Annex(
        None, title[:200] if title else None, columns=grid.columns, rows=tuple(_rows(grid)), header_repeats=grid.header_repeats,
        measure=measure, in_body=True, lines=(grid.lines[0], grid.lines[-1]),
    )  # fmt: skip


def promises(parts: Parts) -> tuple[AnnexPromise, ...]:
    """ "(Có biểu số 02, 03 … kèm theo)", "(Chi tiết tại Biểu số 03; 3.1; 3.2 kèm theo)": each annex once a place."""
    found: list[AnnexPromise] = []
    for p in [*parts.preamble, *parts.body]:
        for match in _PROMISE.finditer(p.flat):
            if not match["list"] and match["kind"] not in ("phu luc", "phu bieu"):
                continue
            near = p.flat[max(0, match.start() - 40) : match.end() + 70]
            if not _WITH.search(near):
                continue
            words = p.text[match.start("kind") : match.end("kind")]
            numbers = re.findall(r"\d{1,2}(?:\.\d{1,2})?[a-z]?|[ivx]{1,4}", match["list"] or "") or [""]
            found += [
                AnnexPromise(f"{words} {n.upper() if n.isalpha() else n}".strip(), p.lines(match.start(), match.end()))
                for n in numbers
            ]
    return tuple(found)
