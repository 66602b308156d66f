"""Các phần của văn bản: letterhead, preamble, body, closing, annexes; the rows of tables kept apart from the paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ntm.domain.documents.reading.blocks import Line, Source, Table
from ntm.domain.documents.reading.layout import Paragraph, paragraphs
from ntm.domain.documents.reading.marks import is_capitals, plain
from ntm.domain.official.signatures import is_person_name

_PREAMBLE = re.compile(
    r"(?:can cu|xet |theo de nghi|thuc hien|trien khai|tiep tuc thuc hien|de (?:thuc hien|trien khai|tiep tuc"
    r"|cu the)|nham |tren co so)"
)
_CITED = re.compile(
    r"(?:can cu|xet|thuc hien|theo)\s.{0,60}?\b(?:luat|nghi quyet|quyet dinh|thong tu|nghi dinh|ke hoach|chi thi|cong van"
    r"|to trinh|thong bao|ket luan|huong dan)\b.{0,40}?(?:\bso\s?\d|\d/|ngay\s?\d)"
)
_HEADWORD = re.compile(
    r"\W*(?:ke hoach|bao cao|quyet dinh|nghi quyet|chuong trinh|de an|huong dan|thong bao|to trinh|phuong an|ket luan|chi thi"
    r"|cong van|bien ban|de cuong|quy che|thong tri|du thao)\b"
)
_SENT_TO = re.compile(r"\W*n[ou]i\s{1,3}(?:nhan|gui)\b")
_KEPT = re.compile(r"\W*luu\s?:?\s?(?:vt|vp|van thu|ho so|hs)\b")  # the last recipient, alone on another page
_ANNEX = re.compile(
    r"\W*(?:phu\s?luc|phu\s?bieu|bieu(?:\s?(?:so|mau|tong hop|chi tiet|kem theo|\d))|mau so|danh muc|danh sach|bang tong hop)"
)
_ABOVE_TABLE = re.compile(rf"{_ANNEX.pattern}|\W*(?:don vi(?: tinh)?|dvt)\s?:")
_ATTACHED = re.compile(r"\W*(?:\(?\s*(?:ban hanh\s+)?kem(?:\s+theo)?\b|\(?kem theo)")
_POSITION = re.compile(
    r"\W*(?:(?:tm|kt|tl|tuq|q)\s?\.\s|(?:q\.?\s?)?(?:pho\s+)?(?:chu tich|truong ban|bi thu|giam doc|truong phong"
    r"|chanh van phong"
    r"|bo truong|thu tuong|cuc truong|chi cuc truong|truong doan|to truong|truong thon|truong ban phat trien)\b)"
)
_COLUMNS = re.compile(r"[\t|]|(?<=\S)\s{6,}(?=\S)")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_NATION = re.compile(r"cong h?oa xa hoi chu nghia|doc lap\s?-\s?tu do|dang cong san viet nam")
_CLOSE = re.compile(r"\W*(?:tren day la|yeu cau cac|ke hoach nay co hieu luc)")


@dataclass(frozen=True)
class Parts:
    """Các phần: paragraphs in four stretches; `head_lines` are raw, for a letterhead that was flattened or joined."""

    paragraphs: tuple[Paragraph, ...]
    head_lines: tuple[Line, ...]
    head: tuple[Paragraph, ...]
    preamble: tuple[Paragraph, ...]
    body: tuple[Paragraph, ...]
    closing: tuple[Paragraph, ...]
    annexes: tuple[Paragraph, ...]
    body_start: int
    annex_line: int  # the first line of the annexes; past the end where there are none
    table_lines: frozenset[int]


def is_row(text: str) -> bool:
    """A row of a table drawn with tabs or bars."""
    return (text.count("\t") >= 1 and len(text.split("\t")) >= 3) or text.count("|") >= 2


def _table_lines(source: Source) -> frozenset[int]:
    rows = {n for table in source.tables if not _is_layout(source, table) for n in table.lines}
    rows |= {line.no for line in source.lines if line.region == "body" and is_row(line.text)}
    alone = {n for n in rows if sum(bool(c.strip()) for c in re.split(r"[\t|]", source.line(n).text)) < 2}
    full = rows - alone
    beside = {n for n in alone if {n - 1, n + 1} & full}
    return frozenset(full | {n for n in beside if not _ABOVE_TABLE.match(plain(source.line(n).text.strip()))})


def _is_layout(source: Source, table: Table) -> bool:
    """A grid that only lays out the letterhead or "Nơi nhận" and the signature: few columns, few rows, their words."""
    if table.width > 3 or len(table.rows) > 14:
        return False
    cells = [cell.text.strip() for row in table.rows for cell in row]
    return any(
        _SENT_TO.match(plain(c))
        or _NATION.search(plain(c))
        or _KEPT.match(plain(c))
        or re.match(r"so\s?[:.]\s{0,9}\d{0,5}\s?[/-]", plain(c))
        or (is_capitals(c) and _POSITION.match(plain(c)))
        for c in cells
    )


def _is_letterhead(text: str) -> bool:
    flat = plain(text)
    return bool(
        re.search(
            r"cong h?oa xa hoi|doc lap\s?-\s?tu do|dang cong san viet nam|so\s?[:.]?\s{0,3}\d{0,4}\s?[/-]\s?[a-z]{2}",
            flat,
        )
        or _SENT_TO.match(flat)
        or _KEPT.match(flat)
        or (is_capitals(text) and _POSITION.search(flat))
        or re.search(r"ngay\s?[\d.…_]{0,6}\s?thang\s?[\d.…_]{0,6}\s?nam\s?\d{4}\W*$", flat)
        or _two_names(text)
    )


def _two_names(text: str) -> bool:
    """Two persons side by side and nothing else: those who sign."""
    cells = [cell.strip(" *") for cell in _COLUMNS.split(text.strip()) if cell.strip()]
    return len(cells) == 2 and all(len(cell.split()) > 1 and is_person_name(cell) for cell in cells)


def _unrolled(lines: list[Line], rows: frozenset[int]) -> tuple[list[Line], frozenset[int]]:
    """Letterhead and closing that stand in a two-column grid are read as lines: left column, then right."""
    kept: list[Line] = []
    freed: set[int] = set()
    for line in lines:
        drawn = bool(_COLUMNS.search(line.text))
        if not drawn or (line.no in rows and not _is_letterhead(line.text)):
            kept.append(line)
            continue
        freed.add(line.no)
        for cell in _COLUMNS.split(_BREAK.sub("|", line.text.strip())):
            if cell.strip():
                kept.append(Line(line.no, cell.strip(), line.page, None, line.confidence, line.style, line.region))
    return kept, rows - freed


def split(source: Source) -> Parts:
    """The parts of a document."""
    body_lines = [line for line in source.lines if line.region in ("body", "textbox")]
    lines, rows = _unrolled(body_lines, _table_lines(source))
    found = paragraphs([line for line in lines if line.no not in rows])
    if found and is_annex_title(found[0]) and not any(_is_headline(p) for p in found[:8]):
        return _only_annexes(found, rows)
    start, preamble = _starts(found)
    if start == len(found):
        start = _only_tables(found, rows)
        preamble = min(preamble, start)
    close = _closing(found, start)
    attached = _attached_plan(found, close)
    if attached is not None:
        return _with_attached(found, rows, (preamble, start, close, attached), body_lines)
    annex = _annexes(found, start, close, rows)
    end = min(close, annex)
    first_row = min((n for n in rows if found and n > found[min(close, len(found) - 1)].last_line), default=10**9)
    annex_line = found[annex].first_line if annex < len(found) else 10**9
    if close < len(found):
        annex_line = min(annex_line, first_row)
    limit = found[preamble].first_line if preamble < len(found) else 10**9
    return Parts(
        paragraphs=found,
        head_lines=tuple(line for line in body_lines if line.no < limit)[:80],
        head=found[:preamble],
        preamble=found[preamble:start],
        body=found[start:end],
        closing=found[close:annex] if close < annex else (),
        annexes=found[annex:],
        body_start=start,
        annex_line=annex_line,
        table_lines=rows,
    )


def _is_headline(p: Paragraph) -> bool:
    return len(p.text) < 40 and bool(_HEADWORD.match(p.flat)) and is_capitals(p.text)


def _only_annexes(found: tuple[Paragraph, ...], rows: frozenset[int]) -> Parts:
    """A workbook of "Biểu số 01", "Biểu số 02": annexes of a plan that is elsewhere."""
    return Parts(found, (), (), (), (), (), found, 0, found[0].first_line, rows)


def _attached_plan(found: tuple[Paragraph, ...], close: int) -> int | None:
    """Where the plan begins that a signed decision issues: "KẾ HOẠCH … (Ban hành kèm theo Quyết định số …)"."""
    for p in found[close + 1 :]:
        titled = p.index > 0 and is_annex_title(found[p.index - 1])  # "Phụ lục 01" above "KẾ HOẠCH VỐN NĂM 2022"
        if not titled and _HEADWORD.match(p.flat) and is_capitals(_first_words(p.text)) and not is_annex_title(p):
            near = found[p.index : p.index + 6]
            if any(_ATTACHED.match(q.flat) or "ban hanh kem theo" in q.flat for q in near) and not _is_plan(found):
                return p.index
    return None


def _is_plan(found: tuple[Paragraph, ...]) -> bool:
    """A plan has annexes, it issues no other plan: only a decision does, or a letter that sends one."""
    named = next((p.flat for p in found[:60] if _HEADWORD.match(p.flat) and is_capitals(_first_words(p.text))), "")
    return named.lstrip().startswith("ke hoach")


def _with_attached(
    found: tuple[Paragraph, ...],
    rows: frozenset[int],
    places: tuple[int, int, int, int],
    body_lines: list[Line],
) -> Parts:
    """The articles of the decision and the plan that it issues are one body; its signature stands between them."""
    preamble, start, close, attached = places
    begin = next((p.index for p in found[attached + 1 :] if p.marker is not None), len(found))
    second = _closing(found, begin)
    annex = min(
        second if second < len(found) else len(found),
        next((p.index for p in found[begin:] if is_annex_title(p)), len(found)),
    )
    limit = found[preamble].first_line if preamble < len(found) else 10**9
    return Parts(
        paragraphs=found,
        head_lines=tuple(line for line in body_lines if line.no < limit)[:80],
        head=found[:preamble],
        preamble=found[preamble:start],
        body=found[start:close] + found[begin:annex],
        closing=found[close:attached],
        annexes=found[annex:],
        body_start=start,
        annex_line=found[annex].first_line if annex < len(found) else 10**9,
        table_lines=rows,
    )


def _starts(found: tuple[Paragraph, ...]) -> tuple[int, int]:
    """Where the body and where the preamble begin."""
    cited = {p.index for p in found[:200] if p.marker and _CITED.match(p.flat)}  # bases in a numbered list
    start = next(
        (
            p.index
            for p in found[:200]
            if p.index not in cited and p.marker and p.marker.style in ("roman", "part", "article", "upper")
        ),
        None,
    )
    numbered = next(
        (p.index for p in found[:200] if p.index not in cited and p.marker and p.marker.style == "arabic"), None
    )
    if start is None or (numbered is not None and numbered < start):
        start = numbered if numbered is not None else start
    named = next((p.index for p in found[:60] if _HEADWORD.match(p.flat) and is_capitals(_first_words(p.text))), None)
    if start is None:
        start = next((p.index for p in found[: len(found)] if p.marker and p.index > (named or 0)), len(found))
    floor = 0 if named is None else named + 1
    titled = named is not None and len(_first_words(found[named].text)) >= len(found[named].text) - 2
    for p in found[floor:start]:
        if _PREAMBLE.match(p.flat) and not (
            titled and p.index == floor and (not _cites(p) or _is_title(found, p, start))
        ):
            return start, p.index
    for p in found[floor:start]:
        if p.index > floor and len(p.text) > 90 and p.text[-1:] in ":.;,":
            return start, p.index
    return start, start


def _is_title(found: tuple[Paragraph, ...], p: Paragraph, start: int) -> bool:
    """A title may cite ("thực hiện Nghị quyết số 06-NQ/TU …"): no mark ends it, and the preamble comes after it."""
    if p.flat.startswith(("can cu", "xet ")) or p.text[-1:] in ";:,.":
        return False
    return any(_PREAMBLE.match(q.flat) and q.text[-1:] in ";:,." for q in found[p.index + 1 : start])


def _only_tables(found: tuple[Paragraph, ...], rows: frozenset[int]) -> int:
    """Without any numbered text the body begins with the caption of the first table, or with what follows its rows."""
    named = next((p.index for p in found[:60] if _HEADWORD.match(p.flat) and is_capitals(_first_words(p.text))), -1)
    data = [n for n in rows if named < 0 or n > found[named].first_line]
    if not data:
        return len(found)
    for p in found[named + 1 :]:
        if is_annex_title(p) or p.first_line > min(data):
            return p.index
    return len(found)


def _cites(p: Paragraph) -> bool:
    return (
        p.flat.startswith(("can cu", "xet "))
        or bool(re.search(r"(?<!chi )\bso\s?\d|\d/[a-z]{2}|ngay \d", p.flat))
        or p.text[-1:] in ";:"
    )


def _first_words(text: str) -> str:
    return " ".join(text.split()[:3])


def _closing(found: tuple[Paragraph, ...], start: int) -> int:
    """The index of "Nơi nhận" or, without it, of the signature."""
    for p in found[start:]:
        if _SENT_TO.match(p.flat):
            for above in reversed(found[max(start, p.index - 5) : p.index]):
                if _POSITION.match(above.flat) and len(above.text) < 60 and above.marker is None:
                    return _first_of_signature(found, above.index, start)
            return p.index
    for p in found[start:]:
        if is_capitals(p.text) and len(p.text) < 80 and p.marker is None and _POSITION.match(p.flat):
            return _first_of_signature(found, p.index, start)
    return len(found)


def _first_of_signature(found: tuple[Paragraph, ...], at: int, start: int) -> int:
    while at - 1 > start and _POSITION.match(found[at - 1].flat) and len(found[at - 1].text) < 60:
        at -= 1
    return at


def _annexes(found: tuple[Paragraph, ...], start: int, close: int, rows: frozenset[int]) -> int:
    """The index of the first paragraph that belongs to an annex."""
    floor = close
    if close >= len(found):
        floor = next((p.index + 1 for p in found[start:] if _CLOSE.match(p.flat)), len(found))
        return next((p.index for p in found[floor:] if is_annex_title(p)), len(found))
    first_row = min((n for n in rows if n > found[close].first_line), default=10**9)
    for p in found[floor + 1 :]:
        if is_annex_title(p) or _ATTACHED.match(p.flat):
            return _back_to_title(found, p.index, floor)
        if p.first_line > first_row:
            return _back_to_title(found, p.index, floor)
    return len(found)


def _back_to_title(found: tuple[Paragraph, ...], at: int, floor: int) -> int:
    """An annex without a label begins at the capitals above its "(Kèm theo …)"."""
    if is_annex_title(found[at]):
        return at
    while at - 1 > floor and is_capitals(found[at - 1].text) and len(found[at - 1].text) > 30:
        at -= 1
    return at


def is_annex_title(p: Paragraph) -> bool:
    """Does an annex begin here: "Phụ lục 1", "BIỂU 01 CHI TIẾT …"?"""
    if p.marker is not None or not _ANNEX.match(p.flat):
        return False
    return len(p.text) < 40 or is_capitals(p.text) or is_capitals(_first_words(p.text))
