"""Trách nhiệm: what each body is told to do; its criteria by number, by name, or by the same words as a gap."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ntm.domain.documents.reading import duty_places
from ntm.domain.documents.reading.bodies import BODY
from ntm.domain.documents.reading.layout import Paragraph
from ntm.domain.documents.reading.marks import UPPER, plain
from ntm.domain.documents.reading.model import CriterionTarget, Duty, Gap, MoneyItem, RoadmapStep
from ntm.domain.documents.reading.tables import Grid
from ntm.domain.documents.reading.work import Work

_VERBS = re.compile(
    r",?\s(?:chu tri|phoi hop|tham muu|huong dan|(?<!cac )(?<!nhung )to chuc|chiu trach nhiem|co trach nhiem|can cu"
    r"|theo doi|kiem tra|chi dao|xay dung(?! nong thon moi| ntm| nep song)|tang cuong|thuc hien|tuyen truyen|"
    r"day manh|tiep tuc|la co quan|chu dong|bao cao|hoan thanh|phu trach|tich cuc|van dong|giup|cap nhat|trien khai"
    r"|hop (?=giao ban|dinh ky|so ket|ban|dan)|don doc|can doi|ban hanh|dinh ky|cung cap|quan triet|pho bien"
    r"|cu the hoa|lanh dao|phan cong"
    r"|lam|huong ve|ra soat|dam bao|bo tri|phat dong|dang ky)\b"
)
_COLON = re.compile(r"(?P<body>[^:;]{3,190}?)\s?:(?:\s|$|(?=[^\W\d_]))")
_NEXT_BODY = re.compile(rf"[.;]\s+(?P<body>[{UPPER}][^.;:()]{{2,70}})\s?:\s(?=\S)")
_ROLE = re.compile(r"\b(chu tri|phoi hop)\b")


@dataclass
class _Open:
    no: str | None
    body: str
    part_of: str | None
    role: str | None
    texts: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


def read(work: Work, grids: Sequence[Grid]) -> tuple[Duty, ...]:
    """Duties of the sections that assign them, and of tables of criteria against bodies."""
    found: list[_Open] = []
    heading: tuple[int, _Open] | None = None
    part: _Open | None = None
    for context in work.contexts:
        if "duties" not in context.about:
            heading = part = None
            continue
        p = context.paragraph
        if p.flat.startswith("tren day la"):
            break
        if (
            context.node is not None
            and context.node.heading is p
            and context.node.depth == 1
            and p.marker
            and p.marker.style in ("roman", "part", "upper")
        ):
            heading = part = None
            continue
        body, rest = split_body(p)
        numbered = p.marker is not None and p.marker.numbered
        if body is not None and (numbered or p.marker is not None or heading is None):
            opened = _Open(p.marker.label if numbered and p.marker else None, body, None, _role(rest or p.flat))
            if not numbered and heading is not None:
                opened.part_of = heading[1].body
                part = opened
            else:
                heading, part = (p.index, opened), None
            found.append(opened)
            own, others = _several(rest)
            _take(opened, own, p)
            for other, told in others:
                found.append(_Open(opened.no, other, opened.part_of, _role(told)))
                _take(found[-1], told, p)
            continue
        target = (
            part
            if part is not None and p.marker is not None and p.marker.style == "plus"
            else (heading[1] if heading else None)
        )
        if part is not None and (p.marker is None or p.marker.style == "plus"):
            target = part
        elif p.marker is not None and p.marker.style == "bullet":
            part = None
        if target is not None:
            _take(target, p.text, p)
    duties = [duty for item in found for duty in _duties(work, item)]
    return (*duties, *duty_places.in_prose(work), *duty_places.in_tables(work, grids))


def split_body(p: Paragraph) -> tuple[str | None, str]:
    """The body that a paragraph begins with and what it is told to do."""
    colon = _COLON.match(p.text)
    if colon is not None and _is_body(colon["body"], 190):
        own = re.search(
            r"\s(?:phu trach|chu tri|thuc hien|phoi hop)\s[^:]{0,30}tieu chi(?: so)?$", plain(colon["body"])
        )
        if own is not None and re.match(r"\s*(?:so\s)?\d|\s*[A-ZĐ]", p.text[colon.end() :]):
            return _trim(colon["body"][: own.start()]), p.text[own.start() :]
        return _trim(colon["body"]), p.text[colon.end() :]
    if not BODY.match(p.flat):
        return None, p.text
    if len(p.text) < 130 and p.text[-1:] not in ".;" and p.marker is not None:
        return _trim(p.text), ""
    if p.marker is None or (p.marker.style in ("bullet", "plus") and not re.match(rf"[{UPPER}]", p.text)):
        return None, p.text
    verb = _VERBS.search(p.flat, 3, 200)
    limit = 190 if p.marker.numbered else 80
    if verb is not None and _is_body(p.text[: verb.start()], limit):
        return _trim(p.text[: verb.start()]), p.text[verb.start() :]
    return None, p.text


def _several(rest: str) -> tuple[str, list[tuple[str, str]]]:
    """ "… tiêu chí 10, 13. Hội Phụ nữ: tiêu chí 17.": more bodies of the same paragraph, each with its own words."""
    starts = [m for m in _NEXT_BODY.finditer(rest) if BODY.match(plain(m["body"]))]
    if not starts:
        return rest, []
    ends = [*(m.start() for m in starts[1:]), len(rest)]
    others = [(_trim(m["body"]), rest[m.end() : end]) for m, end in zip(starts, ends, strict=True)]
    return rest[: starts[0].start() + 1], others


def _is_body(words: str, limit: int) -> bool:
    if re.fullmatch(
        r"(?:truc tiep )?(?:phu trach|chu tri|theo doi|thuc hien)\s(?:cac )?(?:tieu chi|chi tieu)(?: so)?", plain(words)
    ):
        return False  # "Phụ trách tiêu chí: 17" below the body that does
    return len(words) <= limit and bool(BODY.match(plain(words))) and not re.search(r"[.;]\s", words)


def _trim(words: str) -> str:
    flat = plain(words)
    lead = re.match(r"(?:de nghi|yeu cau|giao cho|giao|doi voi)\s+", flat)
    words = words[lead.end() :] if lead else words
    return words.strip(" .:,;-–")


def _role(flat: str) -> str | None:
    match = _ROLE.search(plain(flat)[:60])
    if match is None:
        return None
    return {"chu tri": "chủ trì", "phoi hop": "phối hợp"}[match[1]]


def _take(opened: _Open, text: str, p: Paragraph) -> None:
    opened.lines += p.lines()
    if text.strip():
        opened.texts.append(text.strip())


def _duties(work: Work, item: _Open) -> list[Duty]:
    """The body's own duty, and one for each body that its words share criteria out to."""
    whole = _duty(work, item)
    shared = [one for text in item.texts for one in duty_places.shared_out(work, text) if one[0] != item.body]
    if not shared:
        return [whole]
    given = {no for _, _, numbers in shared for no in numbers}
    own = replace(whole, criteria=tuple(no for no in whole.criteria if no not in given))
    parts = [
        Duty(None, body, (words,), numbers, part_of=item.body, lines=whole.lines) for body, words, numbers in shared
    ]
    return [own, *parts]


def _duty(work: Work, item: _Open) -> Duty:
    refs = []
    for text in [item.body, *item.texts]:
        refs += duty_places.criteria_of(work, text)
    return Duty(
        item.no,
        item.body,
        tuple(item.texts),
        tuple(dict.fromkeys(refs)),
        (),
        item.role,
        item.part_of,
        tuple(sorted(set(item.lines))),
    )


def _grams(text: str, size: int) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", plain(text))
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def inferred(
    duties: Sequence[Duty],
    gaps: Sequence[Gap],
    money: Sequence[MoneyItem],
    roadmap: Sequence[RoadmapStep],
    said: Sequence[CriterionTarget],
) -> tuple[Duty, ...]:
    """A duty in the very words (seven in a row) of one criterion's gap or cost is a duty for that criterion."""
    size = 7
    known: dict[tuple[str, ...], set[int]] = {}
    for gap in gaps:
        if gap.criterion is not None:
            for item in gap.items:
                for gram in _grams(item, size):
                    known.setdefault(gram, set()).add(gap.criterion)
    for entry in money:
        if entry.criterion is not None and entry.role == "need":
            for gram in _grams(entry.what, size):
                known.setdefault(gram, set()).add(entry.criterion)
    result = []
    for duty in duties:
        numbers: set[int] = set()
        for text in duty.duties:
            for gram in _grams(text, size):
                owners = known.get(gram, set())
                if len(owners) == 1:
                    numbers |= owners
        extra = tuple(sorted(numbers - set(duty.criteria)))
        result.append(replace(duty, inferred_criteria=extra) if extra else duty)
    return tuple(result)
