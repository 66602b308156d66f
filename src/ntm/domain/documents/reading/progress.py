"""Hạng mục còn thiếu, lộ trình, hoạt động: what a criterion still lacks; what happens when; models, training, surveys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ntm.domain.documents.reading.contexts import Context
from ntm.domain.documents.reading.criteria import Ref
from ntm.domain.documents.reading.cues import STRIVE
from ntm.domain.documents.reading.due import deadline_of, found_in
from ntm.domain.documents.reading.layout import Clause, Paragraph, clauses
from ntm.domain.documents.reading.marks import plain
from ntm.domain.documents.reading.model import Activity, Deadline, Gap, Lines, RoadmapStep
from ntm.domain.documents.reading.quantities import quantities
from ntm.domain.documents.reading.work import Work

_LACKS = re.compile(
    r"\bchưa\b|\bthiếu\b|\bmới (?:chỉ )?đạt|\bchỉ đạt|\bkhông đạt|xuống cấp|\bcòn \d|hư hỏng|quá tải", re.IGNORECASE
)
_LACK_LABEL = re.compile(  # "Nội dung chưa đạt: …; …": what follows are the items
    r"(?:cac )?(?:noi dung|hang muc|chi tieu|ton tai|han che|thuc trang|con thieu)[^:;.]{0,30}:\s*"
)
_QUARTER = r"qu[yi]\s?(?:[iv]{1,3}|[1-4])(?:\s?(?:,|-|va|den)\s?(?:qu[yi]\s?)?(?:[iv]{1,3}|[1-4]))*"
_MONTH = r"thang\s?\d{1,2}(?:\s?(?:,|-|va|den)\s?(?:thang\s?)?\d{1,2})*"
_YEAR = r"(?:\s?(?:/|-)\s?(?:19|20)\d\d|\s?,?\s?nam\s(?:19|20)\d\d)"
_PERIOD = re.compile(
    rf"\W*(?:trong\s|tu\s|den\s|het\s|truoc\s(?:ngay\s)?)?(?P<p>(?:{_QUARTER}|{_MONTH}|6 thang (?:dau|cuoi) nam"
    rf"|nam\s(?:19|20)\d\d){_YEAR}?"
    r"|giai doan\s(?:19|20)\d\d\s?-\s?(?:19|20)\d\d|tu thang \d{1,2} den thang \d{1,2}" + _YEAR + "?)"
)
_COMPLETES = re.compile(r"hoan thanh\s[^.;]{0,16}$|dat\s[^.;]{0,8}$|hoan thien\s[^.;]{0,16}$")
_ACTIVITIES = (
    ("tập huấn", re.compile(r"lop (?:tap huan|dao tao|boi duong|hoc)|tap huan|lop\b")),
    ("khảo sát", re.compile(r"lay y kien|khao sat|hai long")),
    ("tham quan", re.compile(r"tham quan|hoc tap (?:kinh nghiem|mo hinh)|doan di")),
    ("sản phẩm", re.compile(r"san pham ocop|ocop|\d\s?sao")),
    ("mô hình", re.compile(r"mo hinh|vung (?:trong|san xuat|nguyen lieu)|chuoi gia tri|cay [a-z]{2,}|du an san xuat")),
)


def gaps(work: Work) -> tuple[Gap, ...]:
    """Items under a criterion's heading that say what it lacks."""
    found: list[Gap] = []
    collected: dict[tuple[int | None, int], list[tuple[str, Lines]]] = {}
    names: dict[tuple[int | None, int], str | None] = {}
    for context in work.contexts:
        if len(context.refs) != 1 or "duties" in context.about:
            continue
        ref = context.refs[0]
        here = (ref.no, context.refs_lines[0] if context.refs_lines else 0)
        for text, lines in _lacking(context):
            collected.setdefault(here, []).append((text, lines))
            names[here] = work.criteria.names.get(ref.no or 0) or ref.named
    for here, items in collected.items():
        lines = tuple(sorted({n for _, item_lines in items for n in item_lines}))
        found.append(Gap(here[0], names[here], tuple(t for t, _ in items), tuple(ls for _, ls in items), lines=lines))
    return tuple(found)


def _lacking(context: Context) -> Iterator[tuple[str, Lines]]:
    p = context.paragraph
    if context.own_label:
        if "gaps" not in context.about or context.heading_only:
            return
        for clause in clauses(p):
            start = max(clause.start, context.label_end + 1)
            if start < clause.end and _LACKS.search(p.text, start, clause.end):
                yield p.text[start : clause.end].strip(" :.-"), p.lines(start, clause.end)
        return
    listed = p.marker is not None and not p.marker.numbered and len(p.text) < 400
    if not listed or not _LACKS.search(p.text) or not ("gaps" in context.about or not re.search(STRIVE, p.flat)):
        return
    label = _LACK_LABEL.match(p.flat)
    if label is None:
        yield p.text.strip(" .;"), p.lines()
        return
    for clause in clauses(p):
        start = max(clause.start, label.end())
        if start < clause.end:
            yield p.text[start : clause.end].strip(" :.-;"), p.lines(start, clause.end)


def roadmap(work: Work) -> tuple[RoadmapStep, ...]:
    """Steps under "Quý I/2023:", bullets that begin with their month, and work in prose that says when it is done."""
    found: list[RoadmapStep] = []
    group: Paragraph | None = None
    for context in work.contexts:
        p = context.paragraph
        match = _PERIOD.match(p.flat)
        if match and "state" in context.about and not re.search(STRIVE, p.flat):
            group = None
            continue  # "Đến 31/12/2017 có 9 xã …" tells how things stand
        if match and _heads(p, match.end()):
            group = p
            continue
        if group is not None and p.marker is not None and p.marker.numbered:
            group = None
        if group is not None and p.marker is None and not p.text[:1].islower() and match is None and len(p.text) < 90:
            group = None
        if match is not None and group is not None and p.marker is None and group.marker is None:
            group = None  # "Quý IV: …" beside "Quý II:", not under it
        if match is not None or group is not None:
            found.append(_step(work, p, match, group))
            continue
        if "state" not in context.about or re.search(STRIVE, p.flat):
            found += _in_prose(work, p)
    return tuple(found)


def _heads(p: Paragraph, end: int) -> bool:
    """Is the paragraph only the name of a period?"""
    return not re.sub(r"[\s:.\-–)]+", "", p.text[end:])


def _group_words(group: Paragraph | None) -> str | None:
    return group.text.strip(" :.") if group is not None else None


def _step(work: Work, p: Paragraph, match: re.Match[str] | None, group: Paragraph | None) -> RoadmapStep:
    group_due = (
        deadline_of(group.text.strip(" :."), work.issued, work.year, group.lines()) if group is not None else None
    )
    if match is not None:
        words = p.text[match.start("p") : match.end("p")].strip()
        due = deadline_of(words, work.issued, work.year, p.lines(0, match.end()))
        what = p.text[match.end() :].strip(" :-–,.")
    else:
        words, due, what = _group_words(group) or "", group_due or Deadline(""), p.text.strip()
    refs = [r for r in work.criteria.mentions(p.flat) if r.no is not None]
    completes = _completed(p.flat, refs)
    return RoadmapStep(
        words, _group_words(group), what, due, group_due, tuple(dict.fromkeys(r.no for r in refs if r.no)), completes,
        tuple(dict.fromkeys(m.name for m in work.area.names.mentions(p.text))), p.lines(),
    )  # fmt: skip


def _completed(flat: str, refs: list[Ref]) -> tuple[int, ...]:
    """ "hoàn thành tiêu chí 13, tiêu chí 17 và tiêu chí 18": the criteria that the step completes."""
    found: list[int] = []
    last = -1
    for ref in refs:
        follows = last >= 0 and re.fullmatch(
            r"[\s,;]*(?:va\s)?(?:(?:cac\s)?(?:tieu chi|tc)\s?)?(?:so\s?)?", flat[last : ref.start]
        )
        if ref.no is not None and (follows or _COMPLETES.search(flat[max(0, ref.start - 40) : ref.start])):
            found.append(ref.no)
            last = ref.end
        else:
            last = -1
    return tuple(dict.fromkeys(found))


def _in_prose(work: Work, p: Paragraph) -> Iterator[RoadmapStep]:
    for clause in clauses(p):
        for words, due, start, end in found_in(p.text, clause.start, clause.end, work.issued, work.year):
            if not re.search(r"qu[yi]|thang|\d{1,2}\s?[/-]\s?\d", plain(words)) or due.recurring:
                continue
            refs = [r for r in work.criteria.mentions(p.flat, clause.start, clause.end) if r.no]
            yield RoadmapStep(
                words, None, clause.text.strip(), due, None, tuple(dict.fromkeys(r.no for r in refs if r.no)), (),
                tuple(dict.fromkeys(m.name for m in work.area.names.mentions(clause.text))), p.lines(start, end),
            )  # fmt: skip


def activities(work: Work) -> tuple[Activity, ...]:
    """Production models, training, surveys, study tours, OCOP products, with the figure and the units beside them."""
    found: list[Activity] = []
    for context in work.contexts:
        for clause in clauses(context.paragraph):
            kind = next((k for k, pattern in _ACTIVITIES if pattern.search(clause.flat)), None)
            if kind is not None:
                activity = _activity(work, clause, kind)
                if activity is not None:
                    found.append(activity)
    return tuple(found)


def _activity(work: Work, clause: Clause, kind: str) -> Activity | None:
    p = clause.paragraph
    pattern = dict(_ACTIVITIES)[kind]
    match = pattern.search(p.flat, clause.start, clause.end)
    if match is None:
        return None
    counted = [
        q
        for q in quantities(p.text, p.flat, clause.start, clause.end)
        if not q.percent and not q.money and abs(q.end - match.start()) < 40
    ]
    names = tuple(dict.fromkeys(m.name for m in work.area.names.mentions(clause.text)))
    if not counted and not names:
        return None
    count: Decimal | None = counted[0].value if counted else None
    return Activity(
        kind, clause.text.strip(), count, counted[0].measure if counted else None, names,  # type: ignore[arg-type]
        bool(re.search(r"(?:\.{3}|…)\s*\)?$", clause.text)), clause.lines,
    )  # fmt: skip
