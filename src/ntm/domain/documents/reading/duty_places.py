"""Trách nhiệm ở chỗ khác: who answers for a criterion, told in a table, beside the criterion's work or among other tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ntm.domain.documents.reading.bodies import BODY
from ntm.domain.documents.reading.contexts import Context
from ntm.domain.documents.reading.marks import UPPER, plain
from ntm.domain.documents.reading.model import Duty
from ntm.domain.documents.reading.tables import Grid, Row
from ntm.domain.documents.reading.work import Work

_CRITERIA = re.compile(r"tieu chi")
_OFFICE = re.compile(r"phu trach|chu tri|co quan|don vi|trach nhiem|thuc hien|tham tra|tham dinh|phong, ban|bo phan")
_PERSON = re.compile(r"^(?:ho va ten|ho ten|ho, ten|can bo|nguoi|thanh vien|dong chi|d/c)\b")
_POST = re.compile(r"^(?:chuc vu|chuc danh|don vi cong tac|co quan)")
_ASIDE = re.compile(
    r"(?<![a-z])(?:phu trach(?: chinh)?|phan cong(?: phu trach| thuc hien)?|(?:co quan|don vi|nguoi|bo phan|can bo)"
    r" (?:chu tri|phu trach|thuc hien|tham muu|dau moi)|chu tri|chiu trach nhiem(?: chinh)?|giao)\s?:\s?"
    r"(?P<body>[^.;:()]{3,140}(?:\([^()]{2,40}\))?)"
)
_GIVEN = re.compile(
    r"(?<![a-z])giao (?:cho )?(?P<body>[^.;:()]{3,110}?)\s(?:chu tri|tham muu|phu trach|chiu trach nhiem|huong dan)\b"
)
_LEADS = re.compile(
    r"\s?[:,]?\s(?:\([^()]{2,60}\)\s)?(?:chu tri|phu trach|chiu trach nhiem|theo doi|tham muu|la co quan)\b"
)
_COLON = re.compile(r"[^:;.]{3,90}:")
_PLACE = re.compile(
    r"(?:doi voi |tai |giao )?(?:cac |nhung |moi )?(?:xa|thon|ban (?!quan|chi|phat|giam|dan|tuyen|thuong)|ap|xom"
    r"|khu|to|thanh pho|co so|nganh)\b"
)
_OWN_SENTENCE = re.compile(  # "… Kinh phí 1,2 tỷ đồng. Phòng Kinh tế và Hạ tầng chủ trì, phối hợp UBND các xã."
    rf"(?<=[.;]\s)(?P<body>[{UPPER}][^.;:()]{{3,90}}?)\s(?:chủ trì|phụ trách|chịu trách nhiệm)(?=[\s,.;]|$)[^.;]{{0,120}}"
)
_SHARED = re.compile(
    rf"(?:^|[:;,]\s|\bvà\s)(?P<body>[{UPPER}][^;:.,()]{{2,80}}?)\s"
    r"(?P<given>\((?:phụ trách\s)?(?:các\s)?tiêu chí\s[^()]{1,90}\)"
    r"|(?:phụ trách|chủ trì|theo dõi|thực hiện)\s(?:các\s)?tiêu chí\s[^;.]{1,90})"
)
_INDICATOR = re.compile(
    r"chi tieu (?:so )?(?P<all>\d{1,2}\.\d{1,2}(?:\s?(?:,|va|;)\s?(?:chi tieu )?\d{1,2}\.\d{1,2})*)"
)


def criteria_of(work: Work, text: str) -> list[int]:
    """The criteria that a duty names, by number or name; "chỉ tiêu 17.2" is of criterion 17."""
    flat = plain(text)
    found = [ref.no for ref in work.criteria.mentions(flat) if ref.no is not None]
    for match in _INDICATOR.finditer(flat):
        found += [int(no) for no in re.findall(r"(\d{1,2})\.\d", match["all"]) if 0 < int(no) <= work.criteria.size]
    return found


def shared_out(work: Work, text: str) -> list[tuple[str, str, tuple[int, ...]]]:
    """ "… các phòng: Phòng A (tiêu chí 2, 4); Phòng B phụ trách tiêu chí 5": (body, words, criteria) of each of them."""
    found: list[tuple[str, str, tuple[int, ...]]] = []
    for match in _SHARED.finditer(text):
        body = match["body"].strip(" ,-–")
        numbers = tuple(dict.fromkeys(criteria_of(work, match["given"])))
        if numbers and BODY.match(plain(body)):
            found.append((body, match["given"].strip(" ()"), numbers))
    return found


def in_prose(work: Work) -> Iterator[Duty]:
    """ "Phụ trách: Hội Nông dân." in the work of a criterion; "Phòng Kinh tế chủ trì … tiêu chí số 2" among tasks."""
    for context in work.contexts:
        p = context.paragraph
        if "state" in context.about or ("gaps" in context.about and not _ASIDE.match(p.flat)):
            continue
        numbers = tuple(dict.fromkeys(ref.no for ref in context.refs if ref.no is not None))
        if len(numbers) == 1:
            for match in _OWN_SENTENCE.finditer(p.text):
                if BODY.match(plain(match["body"])):
                    yield Duty(
                        None,
                        match["body"].strip(" ,-–"),
                        (match[0].strip(" .;"),),
                        numbers,
                        lines=p.lines(*match.span()),
                    )
            for pattern in (_ASIDE, _GIVEN):
                for match in pattern.finditer(p.flat):
                    body = p.text[match.start("body") : _end_of_bodies(p.flat, match)].strip(" ,-–")
                    yield Duty(None, body, (p.text,), numbers, lines=p.lines(match.start(), match.end()))
        if "duties" not in context.about and p.marker is not None:
            yield from _leading(work, context)


def _end_of_bodies(flat: str, match: re.Match[str]) -> int:
    """ "Phụ trách: A; B." is two bodies where nothing else stands in the paragraph."""
    more = (
        re.compile(r"(?:\s?;\s?[^.;:]{3,80})+(?=\.?$)").match(flat, match.end("body")) if match.start() == 0 else None
    )
    return more.end() if more else match.end("body")


def _leading(work: Work, context: Context) -> Iterator[Duty]:
    p = context.paragraph
    if not BODY.match(p.flat):
        return
    told = _COLON.match(p.flat)
    if told and not context.own_label and not context.units and not _PLACE.match(p.flat):
        numbers = tuple(dict.fromkeys(criteria_of(work, p.text[told.end() :])))
        if numbers:
            label = p.marker.label if p.marker is not None and p.marker.numbered else None
            yield Duty(
                label, p.text[: told.end() - 1].strip(), (p.text[told.end() :].strip(),), numbers, lines=p.lines()
            )
        return
    verb = _LEADS.search(p.flat, 3, 120)
    if verb is None or re.search(r"[.;:]", p.text[: verb.start()]):
        return
    numbers = tuple(dict.fromkeys(criteria_of(work, p.text[verb.start() :])))
    if numbers:
        body = p.text[: verb.start()].strip(" ,-–")
        label = p.marker.label if p.marker is not None and p.marker.numbered else None
        yield Duty(label, body, (p.text[verb.start() :].strip(" ,"),), numbers, lines=p.lines())


def in_tables(work: Work, grids: Sequence[Grid]) -> Iterator[Duty]:
    """ "Tiêu chí | Cơ quan phụ trách", "Họ và tên | Chức vụ | Tiêu chí phụ trách": a body or a person a row."""
    for grid in grids:
        flat = [plain(c).strip(" .:") for c in grid.columns]
        name_at = next((i for i, c in enumerate(flat) if _CRITERIA.search(c)), None)
        if name_at is None:
            continue
        person_at = next((i for i, c in enumerate(flat) if i != name_at and _PERSON.match(c)), None)
        body_at = next((i for i, c in enumerate(flat) if i not in (name_at, person_at) and _OFFICE.search(c)), None)
        post_at = next((i for i, c in enumerate(flat) if _POST.match(c)), None) if person_at is not None else None
        for row in grid.rows:
            yield from _row(work, row, name_at, body_at, person_at, post_at)


def _row(
    work: Work, row: Row, name_at: int, body_at: int | None, person_at: int | None, post_at: int | None
) -> Iterator[Duty]:
    flat = plain(row.cells[name_at])
    refs = list(work.criteria.label(flat)) or list(work.criteria.mentions(flat))
    numbers = tuple(dict.fromkeys(r.no for r in refs if r.no is not None))
    body = row.cells[body_at] if body_at is not None else ""
    if not BODY.match(plain(body)):
        who = [row.cells[at] for at in (person_at, post_at) if at is not None and row.cells[at]]
        body = ", ".join(who) if person_at is not None else ""
    if numbers and body:
        yield Duty(None, body, (row.cells[name_at],), numbers, lines=row.lines)
