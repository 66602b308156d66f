"""Chỉ tiêu theo xã: which unit promises which criteria ("Xã Yên Phúc phấn đấu đạt tiêu chí 2,3,8,19")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ntm.domain.documents.reading.contexts import Context
from ntm.domain.documents.reading.criteria import Ref
from ntm.domain.documents.reading.cues import mode_at
from ntm.domain.documents.reading.due import in_clause
from ntm.domain.documents.reading.layout import Clause, clauses
from ntm.domain.documents.reading.model import Deadline, Mode, Target
from ntm.domain.documents.reading.names import Mention
from ntm.domain.documents.reading.quantities import quantities
from ntm.domain.documents.reading.work import Work

_STATED = re.compile(r"(?<![\d,./])(\d{1,2})(?:\s?/\s?(\d{1,2}))?\s(?:tieu chi|chi tieu)(?=[\s(:,.]|$)")
_PROMISE = re.compile(
    r"ph[a-z]{1,2}n d[a-z]{1,2}u|dat|hoan thanh|duy tri|giu vung|giu nguyen|cung co|nang cao|nang|them|tang"
    r"|thuc hien|ve dich|dang ky|chua dat|con thieu|\d tieu chi"
)
_OWN_PROMISE = re.compile(r"(?:dat|hoan thanh|duy tri|giu vung)[^,;.]{0,25}$")
_AT = re.compile(
    r"(?:nha van hoa|truong|duong|tai|tu|den|san|cho|tram|cau|kenh|the thao)\s(?:thon|ban|ap|xom|khu|lang|buon)\s?$"
)
_NOT_PROMISE = re.compile(r"theo (?:bo )?tieu chi|bo tieu chi|phu trach|tham muu|co quan|huong dan|quy dinh tai")


def read(work: Work) -> Iterator[Target]:
    """Targets that name criteria, with the units that promise them (none where it is the document's own unit)."""
    for i, context in enumerate(work.contexts):
        if (context.refs and not context.units) or "gaps" in context.about:
            continue
        if "duties" in context.about and not context.units:
            continue
        nearby = work.contexts[i + 1] if i + 1 < len(work.contexts) else None
        yield from _paragraph(work, context, nearby, i)


def _paragraph(work: Work, context: Context, following: Context | None, index: int) -> Iterator[Target]:
    p = context.paragraph
    deadline: Deadline | None = None
    whole = clauses(p)
    for at, clause in enumerate(whole):
        refs = work.criteria.mentions(p.flat, clause.start, clause.end)
        groups: dict[int, list[Ref]] = {}
        for ref in refs:
            groups.setdefault(ref.group, []).append(ref)
        merged = _adjacent(p.flat, list(groups.values()))
        if merged and not p.flat[merged[-1][-1].end : clause.end].strip(" .,)"):
            merged[-1] = [*merged[-1], *_beyond(work, whole[at + 1 :])]
        deadline = in_clause(clause, work.issued, work.year) or deadline
        mentions = [m for m in work.area.names.mentions(p.text) if clause.start <= m.start < clause.end]
        floor = clause.start
        for group in merged:
            target = _group(work, context, clause, group, mentions, floor, deadline)
            if target is not None:
                yield target
            floor = group[-1].end
        if not merged and clause.text.rstrip().endswith(":"):
            below = _following_list(work, context, index)
            if below is not None:
                yield from _stated_below(work, context, clause, below, deadline)


def _beyond(work: Work, following: Sequence[Clause]) -> list[Ref]:
    """A list that semicolons part ("tiêu chí: Quy hoạch; Giao thông; …") goes on as long as clauses are nothing but names."""
    found: list[Ref] = []
    for clause in following:
        refs = work.criteria.label(clause.flat)
        if not refs or any(ref.stated is not None and ref.named is None for ref in refs):
            break
        found += [replace(ref, start=ref.start + clause.start, end=ref.end + clause.start) for ref in refs]
    return found


def _adjacent(flat: str, groups: list[list[Ref]]) -> list[list[Ref]]:
    """Lists that only a comma or "và" parts are one list ("tiêu chí số 5 trường học, tiêu chí số 6 …")."""
    merged: list[list[Ref]] = []
    for group in groups:
        if merged and re.fullmatch(
            r"[\s,;()]*(?:va\s)?(?:tieu chi|tieu so|tc)?\s?(?:so\s?)?", flat[merged[-1][-1].end : group[0].start]
        ):
            merged[-1] = merged[-1] + group
        else:
            merged.append(group)
    return merged


def _group(
    work: Work,
    context: Context,
    clause: Clause,
    group: list[Ref],
    mentions: list[Mention],
    floor: int,
    deadline: Deadline | None,
) -> Target | None:
    p = context.paragraph
    start = group[0].start
    before = p.flat[max(clause.start, start - 160) : start]
    if (not _PROMISE.search(before) and not context.units) or _NOT_PROMISE.search(before[-40:]):
        return None
    numbers = tuple(dict.fromkeys(ref.no for ref in group if ref.no is not None))
    if not numbers or _of_another_set(work, p.flat, group):
        return None
    units = _subject(context, clause, mentions, floor, start)
    if not units and not _STATED.search(p.flat, max(clause.start, start - 60), start):
        own = work.header.level in ("xã", "thôn") and _OWN_PROMISE.search(p.flat[max(clause.start, start - 60) : start])
        if not own:
            return None
    stated = list(_STATED.finditer(p.flat, max(clause.start, start - 60), start))
    count = int(stated[-1][1]) if stated else None
    return Target(
        what=clause.text, mode=_mode(context, clause, start), value=Decimal(count) if count is not None else None,
        value_words=stated[-1][0] if stated else None, measure="tiêu chí" if count is not None else None,
        op="=" if count is not None else None, units=units, criteria=numbers, criteria_words=p.text[start : group[-1].end],
        criteria_stated=count, deadline=deadline, section=context.node.path if context.node else None,
        title=work.header.criteria_title if not units else None, baseline="state" in context.about,
        lines=p.lines(clause.start, group[-1].end),
        span=p.span(clause.start, group[-1].end),
    )  # fmt: skip


def _of_another_set(work: Work, flat: str, group: list[Ref]) -> bool:
    """ "5/9 tiêu chí (Quy hoạch, Điện, …)" of a district: the names are not those of the communes' criteria."""
    if any(ref.stated is not None for ref in group) or not work.criteria.names:
        return False
    told = {int(m[2]) for m in _STATED.finditer(flat) if m[2]}
    return bool(
        re.search(r"tieu chi (?:cap )?(?:huyen|tinh)\b", flat) or (told and len(work.criteria.names) not in told)
    )


def _subject(context: Context, clause: Clause, mentions: list[Mention], floor: int, start: int) -> tuple[str, ...]:
    """The unit that promises: the last one named before the list in this clause, or the one the paragraph begins with."""
    flat = context.paragraph.flat
    near = [m for m in mentions if m.end <= start and m.level in ("xa", "thon") and not _is_place(flat, m, start)]
    after_floor = [m for m in near if m.start >= floor] or near
    if after_floor:
        group = after_floor[-1].group
        return tuple(dict.fromkeys(m.name for m in after_floor if m.group == group))
    return context.units


def _is_place(flat: str, mention: Mention, start: int) -> bool:
    """ "xây sân thể thao thôn Hạnh Đàn, hoàn thành tiêu chí số 6": where the work is, not who promises."""
    if mention.level != "thon":
        return False
    return "," in flat[mention.end : start] or bool(_AT.search(flat[max(0, mention.start - 40) : mention.start]))


def _mode(context: Context, clause: Clause, start: int) -> Mode:
    p = context.paragraph
    mode = mode_at(p.text, p.flat, clause.start, start)
    if mode is None and context.intro is not None:
        intro = context.intro
        mode = mode_at(intro.text, intro.flat, max(0, len(intro.text) - 160), len(intro.text))
    if mode == "total":
        return "gain"
    return mode or "gain"


def _following_list(work: Work, context: Context, index: int) -> tuple[list[Ref], list[int]] | None:
    """Criteria listed below an intro that ends in a colon: one paragraph of them, or a bullet each."""
    refs: list[Ref] = []
    lines: list[int] = []
    for below in work.contexts[index + 1 : index + 26]:
        p = below.paragraph
        if p.marker is not None and p.marker.numbered and p.marker.style in ("roman", "upper", "part"):
            break
        got = _only_criteria(work, p.flat)
        if got is None:
            break
        refs += got
        lines += p.lines()
        if p.marker is None:
            break
    return (refs, lines) if refs else None


def _only_criteria(work: Work, flat: str) -> list[Ref] | None:
    """All refs of a paragraph that holds criteria and nothing else."""
    label = work.criteria.label(flat.rstrip(" .;:"))
    if label:
        return list(label)
    refs: list[Ref] = []
    for piece in re.split(r"[;.]\s*", flat):
        if not piece.strip():
            continue
        one = work.criteria.label(piece.strip())
        if not one:
            return None
        refs += one
    return refs or None


def _stated_below(
    work: Work, context: Context, clause: Clause, below: tuple[list[Ref], list[int]], deadline: Deadline | None
) -> Iterator[Target]:
    p = context.paragraph
    counted = [
        q
        for q in quantities(p.text, p.flat, clause.start, clause.end)
        if q.measure and q.measure.lower().startswith(("tiêu chí", "chỉ tiêu"))
    ]
    refs, lines = below
    numbers = tuple(dict.fromkeys(ref.no for ref in refs if ref.no is not None))
    if not counted or not numbers:
        return
    q = counted[-1]
    yield Target(
        what=clause.text,
        mode=_mode(context, clause, q.start),
        op=q.op or "=",
        value=q.value,
        value_words=q.words,
        measure="tiêu chí",
        units=context.units,
        criteria=numbers,
        criteria_stated=int(q.value),
        title=work.header.criteria_title,
        baseline="state" in context.about,
        deadline=deadline,
        section=context.node.path if context.node else None,
        lines=tuple(sorted({*clause.lines, *lines})),
        span=p.span(clause.start, clause.end),
    )
