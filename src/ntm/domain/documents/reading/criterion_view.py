"""Chỉ tiêu theo tiêu chí: how many units shall meet a criterion and which ("Phấn đấu thêm 04 xã đạt tiêu chí (…)")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ntm.domain.documents.reading.contexts import Context
from ntm.domain.documents.reading.criteria import Ref
from ntm.domain.documents.reading.cues import STRIVE, mode_at
from ntm.domain.documents.reading.layout import Clause, clauses
from ntm.domain.documents.reading.lists import Names, names_after
from ntm.domain.documents.reading.marks import plain
from ntm.domain.documents.reading.model import Band, CriterionTarget, Lines, Mode, Span
from ntm.domain.documents.reading.names import Mention
from ntm.domain.documents.reading.quantities import Quantity, quantities
from ntm.domain.documents.reading.work import Work

_UNITS = re.compile(r"(?:xa|phuong|thi tran|thon|ban|ap|xom|lang|buon|don vi)$")
_ALL = re.compile(r"\s?(?:so\s|cac\s|tong so\s|so luong\s){0,2}(?:xa|thon|ban|ap|don vi|dia phuong)\b")
_MEETS = re.compile(r"dat|hoan thanh|giu vung|duy tri|dap ung|ve dich")
_COUNT_LEAD = re.compile(
    rf"(?:them|tang|{STRIVE}|{STRIVE} co|co them|duy tri|giu vung|giu nguyen|dang ky|luy ke|tong so(?: xa(?: dat)?)?|:)"
    r"(?: co| len| la| dat| o| tai)?$"
)
_CRITERION_BEFORE = re.compile(  # "tiêu chí số 13 thêm 02 xã (…)": the criterion stands right before its count
    r"(?:tieu chi|tc)\s?(?:so\s)?\d{1,2}(?:\s(?:\([^()]{2,60}\)|ve [^,;.:()\d]{2,60}))?"
    r"(?:\s?[,:]?\s(?:phan dau\s)?(?:co\s)?(?:them|tang|luy ke)\s(?:co )?"
    r"|\s?:\s?(?:\d{1,3}(?:/\d{1,3})?\s(?:xa|thon)\s?[(,]\s?(?:tang|them)\s(?:them\s)?)?)$"
)
_NOT_CRITERION = re.compile(
    r"danh hieu|(?:thon|ap|ban|lang|gia dinh) van hoa|dat chuan (?:xa )?(?:nong thon moi|ntm)|ve dich|dien mao"
    r"|hoan thanh nong thon moi"
)
_STRIVES = re.compile(
    rf"\s(?:{STRIVE}|dang ky)\s(?:dat|hoan thanh)\b[^,.;]{{0,30}}tieu chi"
)  # "Các xã A, B phấn đấu đạt tiêu chí"
_REACHES = re.compile(r"muc|\bdat\b|thu nhap")
_REACHES_IT = re.compile(r"\s(?:dat|hoan thanh)\s(?:chuan\s)?tieu chi\b")  # "xã A và xã B đạt tiêu chí"
_STRIVES_ONLY = re.compile(rf"\s(?:{STRIVE}|dang ky)\s(?:dat|hoan thanh)(?:\s(?:chuan|them|moi))?\s*$")
_MET_IN = re.compile(r"(?:hoan thanh|dat)(?: them| moi)?(?: tieu chi)?(?: nay)? (?:tai|o)\s(?:cac )?$")
_BOTH = re.compile(r"\bdat (?:ca )?(?P<n>0?[2-5]|hai|ba) tieu chi\b")  # "xã A đạt cả 2 tiêu chí" that the heading names
_NUMBERS = {"2": 2, "02": 2, "hai": 2, "3": 3, "03": 3, "ba": 3, "4": 4, "04": 4, "5": 5, "05": 5}
_LEAD_UNIT = re.compile(rf"(?:them|duy tri|giu vung|{STRIVE}(?: co| dat)?|gom|co them)\s{{1,2}}(?:cac )?$")


@dataclass(frozen=True)
class Taken:
    """Chỗ đã đọc: figures that a criterion target used, so that they are not read again."""

    paragraph: int
    span: Span


def read(work: Work) -> tuple[list[CriterionTarget], list[Taken]]:
    found: list[CriterionTarget] = []
    taken: list[Taken] = []
    for context in work.contexts:
        banded = _banded(work, context)
        if banded is not None:
            found.append(banded[0])
            taken.append(Taken(context.paragraph.index, banded[1]))
        for clause in clauses(context.paragraph):
            if banded is not None and clause.start < banded[1][1] and clause.end > banded[1][0]:
                continue
            for target, span in _clause(work, context, clause):
                found.append(target)
                taken.append(Taken(context.paragraph.index, span))
    return found, taken


def _banded(work: Work, context: Context) -> tuple[CriterionTarget, Span] | None:
    """Bands of one paragraph are one target: the units that they count together."""
    p = context.paragraph
    bands = list(_bands(quantities(p.text, p.flat), p.flat, p.lines()))
    if len(bands) < 2:
        return None
    whole = Clause(p, bands[0][1][0], bands[-1][1][1])
    ref = _one_ref(work, context, whole, None)
    if ref is None:
        return None
    total = sum(band.count for band, _ in bands) + _open_bands(quantities(p.text, p.flat), p.flat)
    target = _target(
        work, context, whole, ref, "total", total, None, None, (), tuple(b for b, _ in bands), computed=True
    )
    return target, (whole.start, whole.end)


def _clause(work: Work, context: Context, clause: Clause) -> Iterator[tuple[CriterionTarget, Span]]:
    p = context.paragraph
    if "state" in context.about and not re.search(STRIVE, clause.flat):
        return
    counted = quantities(p.text, p.flat, clause.start, clause.end)
    used: list[Span] = []
    for at, q in enumerate(counted):
        limit = counted[at + 1].start if at + 1 < len(counted) else clause.end
        ref = _one_ref(work, context, clause, q)
        if (
            ref is None
            or not _counts_units(q, p.flat)
            or not (_meets(p.flat, clause, q, limit) or _told(context, clause, q))
        ):
            continue
        limit = max(limit, _list_end(p.flat, q, limit, clause.end))
        names = names_after(clause, q, limit, work.area.names)
        mode = _mode(context, clause, q, names)
        share = q.value if q.percent else None
        count, of, computed = _count(work, q)
        yield (
            _target(
                work,
                context,
                clause,
                ref,
                mode,
                count,
                of,
                share,
                names.names if names else (),
                (),
                computed=computed,
                at=q.start,
                until=names.end if names else q.end,
            ),
            (q.start, q.end),
        )
        used.append((q.start, names.end if names else q.end))
    yield from _named_only(work, context, clause, used)


def _list_end(flat: str, q: Quantity, limit: int, end: int) -> int:
    """A bracket that opens before the next figure may hold figures of its own."""
    return limit if "(" not in flat[q.end : limit] else max(limit, flat.find(")", limit, end) + 1)


def _counts_units(q: Quantity, flat: str) -> bool:
    if q.percent:
        return bool(_ALL.match(flat, q.end))
    return bool(q.measure and _UNITS.search(plain(q.measure)))


def _meets(flat: str, clause: Clause, q: Quantity, limit: int) -> bool:
    """Do the words near the figure say that the units meet a criterion?"""
    after = flat[q.end : min(clause.end, q.end + 90)]
    before = flat[max(clause.start, q.start - 40) : q.start]
    if _NOT_CRITERION.search(after[:60]) and "tieu chi" not in after[:60]:
        return False
    if re.match(r"\s(?:con )?chua (?:dat|hoan thanh)", after):
        return False
    return bool(_MEETS.search(after[:60]) or ("tieu chi" in after and _MEETS.search(before)))


def _told(context: Context, clause: Clause, q: Quantity) -> bool:
    """In a paragraph of one criterion "thêm 02 xã: …" needs no "đạt"."""
    p = context.paragraph
    lead = p.flat[max(clause.start, q.start - 24) : q.start].rstrip()
    own = context.own_label or context.intro is not None
    if q.percent or not (own or _CRITERION_BEFORE.search(p.flat[clause.start : q.start])):
        return False
    return bool(_COUNT_LEAD.search(lead))


def _count(work: Work, q: Quantity) -> tuple[int | None, int | None, bool]:
    if not q.percent:
        return int(q.value), q.of, False
    if work.unit_count and q.value == Decimal(100):
        return work.unit_count, work.unit_count, True
    return None, None, False


def _one_ref(work: Work, context: Context, clause: Clause, q: Quantity | None) -> Ref | None:
    """The criterion that a figure is about: named in the clause after it (or before it), else the paragraph's."""
    p = context.paragraph
    refs = [r for r in work.criteria.mentions(p.flat, clause.start, clause.end) if r.no is not None]
    if q is not None and refs:
        after = [r for r in refs if r.start >= q.end and not (context.own_label and _opens_list(p.flat, r.start))]
        before = [r for r in refs if r.end <= q.start]
        if after and (
            not context.refs or (after[0].group and len([r for r in after if r.group == after[0].group]) == 1)
        ):
            if len([r for r in after if r.group == after[0].group]) == 1:
                return after[0]
        elif before and not context.refs and len([r for r in before if r.group == before[-1].group]) == 1:
            return before[-1]
    if len(context.refs) == 1:
        return context.refs[0]
    return _above(work, context) if q is not None and not context.refs and not refs else None


def _above(work: Work, context: Context) -> Ref | None:
    """The only criterion that the sentence above names ("… xã đạt tiêu chí Môi trường. Trong đó:"), or the title does."""
    for flat in (context.intro.flat if context.intro is not None else "", plain(work.header.title or "")):
        refs = [r for r in work.criteria.mentions(flat) if r.no is not None]
        if len({r.no for r in refs}) == 1:
            return refs[0]
        if refs:
            return None
    return None


def _opens_list(flat: str, start: int) -> bool:
    """In a paragraph of one criterion "thêm 02 xã đạt tiêu chí (Điền Hải, …)" lists units, whatever they are called."""
    return flat[:start].rstrip().endswith("(")


def _mode(context: Context, clause: Clause, q: Quantity, names: Names | None) -> Mode:
    p = context.paragraph
    mode = mode_at(p.text, p.flat, clause.start, q.start, p.flat[q.end : q.end + 40])
    if mode is not None:
        return mode
    if re.match(r"[^,.;]{0,40}\b(?:da hoan thanh|da dat|da duoc)\b", p.flat[q.end : q.end + 60]):
        return "keep"
    return "gain" if names is not None and len(names.names) == q.value else "total"


def _named_only(
    work: Work, context: Context, clause: Clause, used: list[Span]
) -> Iterator[tuple[CriterionTarget, Span]]:
    """Units that are named without a figure: "phấn đấu thêm xã Vân Mộng đạt tiêu chí"."""
    p = context.paragraph
    both = _BOTH.search(clause.flat) if len(context.refs) > 1 else None
    if len(context.refs) != 1 and (both is None or _NUMBERS.get(both["n"]) != len(context.refs)):
        return
    groups: dict[int, list[Mention]] = {}
    for m in work.area.names.mentions(p.text):
        free = clause.start <= m.start and not any(a <= m.start < b for a, b in used)
        if free and m.end <= clause.end and m.level in ("xa", "thon") and m.kind is not None:
            groups.setdefault(m.group, []).append(m)
    for group in groups.values():
        first, last = group[0], group[-1]
        kind_start = p.flat.rfind(plain(first.kind or ""), 0, first.start)
        lead = p.flat[max(clause.start, context.label_end, kind_start - 40) : kind_start]
        if not _says_that_they_meet(lead, p.flat[last.end : min(clause.end, last.end + 70)]):
            continue
        mode = mode_at(p.text, p.flat, clause.start, first.start) or "gain"
        names = tuple(m.name for m in group)
        for ref in context.refs:
            target = _target(
                work, context, clause, ref, mode, None, None, None, names, (), at=first.start, until=last.end
            )
            yield target, (first.start, last.end)


def _says_that_they_meet(lead: str, after: str) -> bool:
    """Do the words before or after units that are named without a figure say that they come to meet the criterion?"""
    if _MET_IN.search(lead):
        return True
    if _LEAD_UNIT.search(lead) and re.match(r"[^,.;]{0,12}\b(?:dat|hoan thanh)\b[^,.;]{0,30}tieu chi", after):
        return True
    opens = re.fullmatch(r"[\s:)]*(?:cac\s)?", lead)
    return bool(opens and (_STRIVES.match(after) or _REACHES_IT.match(after) or _STRIVES_ONLY.match(after)))


def _target(
    work: Work,
    context: Context,
    clause: Clause,
    ref: Ref,
    mode: Mode,
    count: int | None,
    of: int | None,
    share: Decimal | None,
    units: tuple[str, ...],
    bands: tuple[Band, ...],
    computed: bool = False,
    at: int | None = None,
    until: int | None = None,
) -> CriterionTarget:
    p = context.paragraph
    lines: Lines = p.lines(clause.start if at is None else at, until or clause.end)
    return CriterionTarget(
        criterion=ref.no,
        name=work.criteria.names.get(ref.no or 0) or ref.named,
        mode=mode,
        count=count,
        of=of,
        share=share,
        units=units,
        all_units=share == Decimal(100) or (of is not None and of == count),
        stated_no=ref.stated,
        set_code=work.criteria.code,
        bands=bands,
        count_computed=computed,
        text=clause.text,
        lines=lines,
        heading_lines=context.refs_lines if ref in context.refs else lines,
    )


def _bands(counted: list[Quantity], flat: str, lines: Lines) -> Iterator[tuple[Band, Span]]:
    """ "6 xã đạt mức thu nhập … từ 30-34 triệu đồng": a count of units and the two figures after it."""
    for at, q in enumerate(counted[:-1]):
        span = counted[at + 1]
        if (
            _counts_units(q, flat)
            and not q.percent
            and span.high is not None
            and span.money
            and _REACHES.search(flat[q.end : span.start])
        ):
            yield Band(int(q.value), span.value, span.high, span.measure, q.measure or "xã", lines), (q.start, span.end)


def _open_bands(counted: list[Quantity], flat: str) -> int:
    """ "10 xã đạt dưới 25 triệu đồng": units beside the bands, counted with them."""
    return sum(
        int(q.value)
        for q, bound in pairwise(counted)
        if _counts_units(q, flat)
        and not q.percent
        and bound.money
        and bound.high is None
        and bound.op in ("<", "<=", ">", ">=")
        and _REACHES.search(flat[q.end : bound.start])
    )


def turned_round(
    work: Work, pairs: list[tuple[str, int, Mode, Lines]], said: list[CriterionTarget]
) -> Iterator[CriterionTarget]:
    """Where the criterion's view names no unit at all, the communes' view turned round says which gain which criterion."""
    if any(t.units for t in said):
        return
    by_criterion: dict[tuple[int, Mode], list[tuple[str, Lines]]] = {}
    for unit, no, mode, lines in pairs:
        by_criterion.setdefault((no, mode), []).append((unit, lines))
    for (no, mode), units in sorted(by_criterion.items()):
        yield CriterionTarget(
            criterion=no,
            name=work.criteria.names.get(no),
            mode=mode,
            units=tuple(dict.fromkeys(u for u, _ in units)),
            derived=True,
            set_code=work.criteria.code,
            lines=tuple(sorted({n for _, lines in units for n in lines})),
        )
