"""Chỉ tiêu bằng số: every other figure that the plan promises, with its measure, sense, units, deadline; titles by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ntm.domain.documents.reading.contexts import Context
from ntm.domain.documents.reading.criterion_view import Taken
from ntm.domain.documents.reading.cues import SCOPE, STRIVE, TARGET_VERB, direction_at, mode_at, title_in, title_of
from ntm.domain.documents.reading.due import in_clause
from ntm.domain.documents.reading.layout import Clause, clauses
from ntm.domain.documents.reading.lists import Names, names_after
from ntm.domain.documents.reading.marks import plain
from ntm.domain.documents.reading.model import Mode, Op, Share, StatedList, Target
from ntm.domain.documents.reading.names import Mention
from ntm.domain.documents.reading.quantities import INCOME, Quantity, quantities
from ntm.domain.documents.reading.work import Work

_BASELINE = re.compile(
    r"(?:moi dat|hien dat|hien nay|da dat|dat duoc nam|nam (?:truoc|20\d\d) (?:dat|moi|co)|thuc trang|hien trang"
    r"|hien co)[^;.]{0,30}$"
)
_THRESHOLD = re.compile(r"yeu cau(?: cua)? (?:tieu chi|chi tieu)|quy dinh (?:cua )?(?:tieu chi|chi tieu)|nguong")
_WHAT_STOP = re.compile(r"[,;:(](?!\d)")
_NONE_LEFT = re.compile(
    r"khong (?:con|(?:co|de)(?= (?:xa|thon|ban|ap) (?:nao )?(?:dat )?duoi)) (?P<noun>xa|thon|ho|nha|ban|huyen|ap)\b"
    r"(?![^,;.]{0,20}khong)"
)
_TITLE_PROMISE = re.compile(
    r"(?:dat|ve dich|hoan thanh|cong nhan|tro thanh)\s(?:them\s)?(?:chuan|danh hieu|tieu chuan|xa|huyen|thon"
    r"|nhiem vu xay dung|nong thon|ntm|duoc cong nhan)[^,;.]{0,60}"
)
_KEEP_TITLE = re.compile(r"(?:duy tri|giu vung|nang cao chat luong)[^;.]{0,120}")


def read(work: Work, taken: list[Taken]) -> tuple[list[Target], list[Share], list[StatedList]]:
    used = {(t.paragraph, t.span) for t in taken}
    targets: list[Target] = []
    shares: list[Share] = []
    stated: list[StatedList] = []
    for context in work.contexts:
        for clause in clauses(context.paragraph):
            counted = quantities(context.paragraph.text, context.paragraph.flat, clause.start, clause.end)
            shares += _shares(clause, counted)
            stated += _stated(work, clause, counted)
            if not TARGET_VERB.search(clause.flat) and not context.about & {"aims"}:
                counted = [q for q in counted if q.known]
            targets += _figures(work, context, clause, counted, used)
            targets += _titles(work, context, clause, counted)
    return targets, shares, stated


def _figures(
    work: Work, context: Context, clause: Clause, counted: list[Quantity], used: set[tuple[int, tuple[int, int]]]
) -> Iterator[Target]:
    p = context.paragraph
    for at, q in enumerate(counted):
        if _is_budget(q, p.flat, clause) or q.measure is None:
            continue
        limit = _limit(p.flat, q, counted, at, clause.end)
        names = names_after(clause, q, limit, work.area.names)
        in_criterion = any(index == p.index and a <= q.start and q.end <= b for index, (a, b) in used)
        if in_criterion and not _inside_band(q, p.index, used):
            continue
        units = names.names if names else _units_near(work, context, clause, q, limit)
        mode = _mode(context, clause, q)
        yield Target(
            what=_what(p.text, clause, q, names),
            mode=mode,
            op=_op(q),
            value=q.value,
            value_words=q.words,
            high=q.high,
            of=q.of,
            measure=_measure(q),
            units=units,
            scope=_scope(p.text, p.flat, clause, q),
            title=title_of(
                p.flat,
                (clause.start, clause.end),
                (q.start, q.end),
                counted[at + 1].start if at + 1 < len(counted) else clause.end,
            ),
            direction=direction_at(p.text, clause.start, q.start),
            deadline=in_clause(clause, work.issued, work.year),
            baseline=bool(_BASELINE.search(p.flat[clause.start : q.start])) or _is_state(context, clause),
            threshold=bool(_THRESHOLD.search(p.flat[clause.start : q.start])),
            open_list=bool(names and names.open_list),
            section=context.node.path if context.node else None,
            lines=p.lines(max(q.start - 1, clause.start), names.end if names else q.end),
            span=p.span(q.start, q.end),
        )
    yield from _added(work, context, clause, counted)


def _is_state(context: Context, clause: Clause) -> bool:
    """Under a heading that tells how things stand, a figure is no promise unless it says so."""
    return "state" in context.about and not re.search(rf"{STRIVE}|ke hoach|muc tieu", clause.flat)


def _inside_band(q: Quantity, index: int, used: set[tuple[int, tuple[int, int]]]) -> bool:
    """A figure of a stretch that holds several (bands) is told as a target too."""
    return any(i == index and a <= q.start and q.end <= b and (b - a) > (q.end - q.start) + 2 for i, (a, b) in used)


def _is_budget(q: Quantity, flat: str, clause: Clause) -> bool:
    if not q.money or "/" in (q.measure or ""):
        return False
    return not INCOME.search(flat[max(clause.start, q.start - 120) : q.end])


def _limit(flat: str, q: Quantity, counted: list[Quantity], at: int, end: int) -> int:
    limit = counted[at + 1].start if at + 1 < len(counted) else end
    if "(" in flat[q.end : limit]:
        closing = flat.find(")", q.end, end)
        limit = max(limit, closing + 1 if closing > 0 else end)
    return limit


def _units_near(work: Work, context: Context, clause: Clause, q: Quantity, limit: int) -> tuple[str, ...]:
    """Units after the figure in its stretch, else those before it, else those the paragraph is about."""
    p = context.paragraph
    mentions = [
        m
        for m in work.area.names.mentions(p.text)
        if clause.start <= m.start < clause.end and m.level in ("xa", "thon", "huyen")
    ]
    after = [
        m
        for m in mentions
        if q.end <= m.start < limit
        and not re.search(r"trong do|\btru\b|\bva (?:huyen|thi xa|thanh pho)\s?$", p.flat[q.end : m.start])
    ]
    if after:
        return tuple(dict.fromkeys(m.name for m in after))
    if context.units:
        return context.units
    before = [m for m in mentions if m.end <= q.start and q.start - m.end < 90 and ")" not in p.text[m.end : q.start]]
    if q.of is not None:
        return ()
    return tuple(dict.fromkeys(m.name for m in before if m.group == before[-1].group)) if before else ()


def _mode(context: Context, clause: Clause, q: Quantity) -> Mode:
    p = context.paragraph
    mode = mode_at(p.text, p.flat, clause.start, q.start, p.flat[q.end : q.end + 40])
    if mode is None and context.intro is not None and clause.start == 0:
        intro = context.intro
        mode = mode_at(intro.text, intro.flat, max(0, len(intro.text) - 120), len(intro.text))
    return mode or "total"


def _op(q: Quantity) -> Op | None:
    return q.op or (None if q.high is not None else "=")


def _measure(q: Quantity) -> str | None:
    return " ".join((q.measure or "").split()) or None


def _what(text: str, clause: Clause, q: Quantity, names: Names | None) -> str:
    """The words around the figure, from the comma before it to the comma after it."""
    stops = [m.end() for m in _WHAT_STOP.finditer(text, clause.start, q.start)] or [clause.start]
    start = stops[-1]
    if len(text[start : q.start].strip()) < 12:
        start = stops[-2] if len(stops) > 1 else clause.start
    end = (
        names.end + 1
        if names
        else min((i for i in (text.find(m, q.end, clause.end) for m in (",", ";", "(")) if i > 0), default=clause.end)
    )
    return text[max(start, clause.start) : min(max(end, q.end), clause.end)].strip(" ,;:-(")


def _scope(text: str, flat: str, clause: Clause, q: Quantity) -> str | None:
    """The units of which it is said, where they are told by a description: "Các xã điểm giai đoạn 2016 - 2020"."""
    found = None
    for match in SCOPE.finditer(flat, clause.start, q.start):
        stop = re.search(rf"\s(?:{STRIVE}|dat|tang|giam|duy tri|hoan thanh|co|can|phai|tiep tuc)\b", match["s"])
        end = match.start("s") + (stop.start() if stop else len(match["s"]))
        found = text[match.start("s") : end].strip(" ,:;")
    return found


def _added(work: Work, context: Context, clause: Clause, counted: list[Quantity]) -> Iterator[Target]:
    """ "(01 lớp tại huyện, 01 lớp tại xã …)": figures of one measure in one bracket are a sum that the plan promises."""
    p = context.paragraph
    for bracket in re.finditer(r"\(([^()]{10,400})\)", p.text[clause.start : clause.end]):
        a, b = clause.start + bracket.start(), clause.start + bracket.end()
        inside = [q for q in counted if a < q.start and q.end < b and not q.percent and not q.money and q.high is None]
        measures = {plain(q.measure or "") for q in inside}
        if len(inside) < 2 or len(measures) != 1 or not next(iter(measures)):
            continue
        if any(q.value != q.value.to_integral_value() or q.op is not None for q in inside):
            continue
        yield Target(
            what=f"{_tail(p.text[clause.start : a])} {bracket[0]}",
            mode="total",
            op="=",
            value=sum((q.value for q in inside), Decimal(0)),
            measure=inside[0].measure,
            computed=True,
            section=context.node.path if context.node else None,
            lines=p.lines(inside[0].start, b),
            span=p.span(a, b),
        )


def _tail(text: str) -> str:
    return text.rsplit(",", 1)[-1].strip()[-160:]


def _titles(work: Work, context: Context, clause: Clause, counted: list[Quantity]) -> Iterator[Target]:
    """Titles promised for units that are named without a figure: "Có thêm huyện Tân Yên đạt chuẩn nông thôn mới"."""
    p = context.paragraph
    if "duties" in context.about and not re.search(STRIVE, clause.flat):
        return
    promises = list(_TITLE_PROMISE.finditer(p.flat, clause.start, clause.end))
    kept = _KEEP_TITLE.search(p.flat, clause.start, clause.end) if not promises else None
    for match in promises or ([kept] if kept else []):
        yield from _title(work, context, clause, counted, match, kept is None)
    for none in _NONE_LEFT.finditer(p.flat, clause.start, clause.end):
        yield Target(
            what=p.text[none.start() : clause.end].strip(" ,.;"),
            mode="total",
            op="=",
            value=Decimal(0),
            measure=p.text[none.start("noun") : none.end("noun")],
            value_words=none[0],
            deadline=in_clause(clause, work.issued, work.year),
            section=context.node.path if context.node else None,
            lines=p.lines(none.start(), none.end()),
            span=p.span(*none.span()),
        )


def _title(
    work: Work, context: Context, clause: Clause, counted: list[Quantity], match: re.Match[str], promised: bool
) -> Iterator[Target]:
    p = context.paragraph
    if title_in(p.flat[match.start() : min(clause.end, match.end() + 40)]) is None:
        return
    group = _before(work, clause, match.start(), counted)
    if not group:
        return
    names = tuple(dict.fromkeys(m.name for m in group))
    yield Target(
        what=clause.text,
        mode="keep" if not promised else mode_at(p.text, p.flat, clause.start, match.start()) or "gain",
        op="=",
        value=Decimal(len(names)),
        measure=(group[0].kind or "xã").lower(),
        units=names,
        computed=True,
        title=title_in(p.flat[match.start() : min(clause.end, match.end() + 40)]),
        deadline=in_clause(clause, work.issued, work.year),
        section=context.node.path if context.node else None,
        lines=p.lines(group[0].start, min(match.end(), clause.end)),
        span=p.span(group[0].start, group[-1].end),
    )


def _before(work: Work, clause: Clause, at: int, counted: list[Quantity]) -> list[Mention]:
    """The last list of units before that place, unless a figure already counts them."""
    p = clause.paragraph
    near = [
        m for m in work.area.names.mentions(p.text) if clause.start <= m.start and m.end <= at and m.kind is not None
    ]
    if not near:
        return []
    group = [m for m in near if m.group == near[-1].group]
    if at - group[-1].end > 70 or any(q.end <= group[0].start and group[0].start - q.end < 30 for q in counted):
        return []
    if re.search(r"[.;)]", p.text[group[-1].end : at]) or any(group[-1].end <= q.start < at for q in counted):
        return []
    return group


def _shares(clause: Clause, counted: list[Quantity]) -> Iterator[Share]:
    p = clause.paragraph
    for at, q in enumerate(counted):
        if q.of is None or q.percent:
            continue
        following = counted[at + 1] if at + 1 < len(counted) else None
        percent = None
        if following is not None and following.percent and following.start - q.end < 50:
            percent = following.value
        end = following.end if percent is not None and following else q.end
        yield Share(
            p.text[max(clause.start, q.start - 60) : end].strip(),
            q.value,
            Decimal(q.of),
            percent,
            p.lines(q.start, end),
        )


def _stated(work: Work, clause: Clause, counted: list[Quantity]) -> Iterator[StatedList]:
    for at, q in enumerate(counted):
        if q.percent or q.money or q.high is not None or q.value != q.value.to_integral_value() or q.of is not None:
            continue
        limit = _limit(clause.paragraph.flat, q, counted, at, clause.end)
        names = names_after(clause, q, limit, work.area.names)
        if names is not None:
            p = clause.paragraph
            yield StatedList(
                p.text[q.start : names.end].strip(),
                int(q.value),
                names.names,
                q.measure or "",
                names.open_list,
                p.lines(q.start, names.end),
            )
