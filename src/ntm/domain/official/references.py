"""Viện dẫn văn bản: the instruments that a text cites, as it cites them, with the place of every one. Both ways."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace

from ntm.domain.official.dates import PartialDate
from ntm.domain.official.document_numbers import (
    DocumentNumber,
    FoundNumberOfDocument,
    find_document_numbers,
    kind_named,
)
from ntm.domain.official.periods import Period, find_periods
from ntm.domain.official.reference_model import LegalReference, Role, write_reference
from ntm.domain.official.reference_parts import (
    AMENDING,
    CARRYING,
    KIND_PATTERN,
    date_after,
    issuer_after,
    title_after,
)
from ntm.domain.official.reference_places import Paragraph, paragraphs
from ntm.domain.official.text import flat, nfc_map

__all__ = ["LegalReference", "Role", "find_references", "write_reference"]

_HEAD = re.compile(rf"(?P<kind>{KIND_PATTERN})(?:\s{{1,3}}(?:so|s6))?\s{{0,3}}[:.]?\s{{0,3}}$")
_HEAD_ISSUER = re.compile(
    rf"(?P<kind>{KIND_PATTERN})\s{{1,3}}cua\s{{1,3}}(?P<issuer>[^;:()\n]{{2,90}}?),?\s{{1,3}}so\s{{0,3}}[:.]?\s{{0,3}}$"
)
_SHARED_HEAD = re.compile(
    rf"(?:cac|nhung|02|03|hai|ba)\s{{1,3}}(?P<kind>{KIND_PATTERN})\s{{1,3}}cua\s{{1,3}}(?P<issuer>[^;:()\n]{{2,90}}):"
)
_LAW_HEAD = re.compile(
    r"(?<![a-z])(?P<law>(?:bo luat|luat|phap lenh)\s[^.;:,/\n]{2,90}?),?\s{1,3}so\s{0,3}[:.]?\s{0,3}$"
)
_ENACTED_BEFORE = re.compile(
    r"ngay\s{0,2}(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})/(?P<y>[0-9]{4})\s?,?\s(?P<who>[^.;,/\n]{2,80}?)\s(?:da\s)?"
    r"(?:ban hanh|co|ky)\s[^.;/\n]{0,20}$"
)
_OWN = re.compile(r"(?:^|\n)[ \t*|]{0,20}(?:[Ss]ố|SỐ)\s{0,3}[:.]?[\s.…_]{0,40}$")
_PROPOSAL = re.compile(
    r"(?:xet|theo)\s{1,3}de nghi\s{1,3}cua\s{1,3}(?P<who>[^;\n]{2,160}?)(?:\s{1,3}tai\s|,?\s{0,3}$|[;.\n])"
)
_NUMBERLESS = re.compile(rf"^(?:vao\s|cac\s|theo\s){{0,2}}(?P<kind>{KIND_PATTERN})(?![a-z])")
_PLAIN_NUMBER = re.compile(
    rf"(?P<kind>{KIND_PATTERN})\s{{1,3}}so\s{{0,3}}[:.]?\s{{0,3}}(?P<no>[0-9]{{1,6}})(?=\s{{1,3}}ngay\s{{0,3}}[0-9])"
)


@dataclass
class _Draft:
    """A reference in the making: places in the NFC text."""

    head: int
    end: int
    number: DocumentNumber
    paragraph: Paragraph
    kind: str | None
    issuer: str | None = None
    when: PartialDate | None = None
    title_span: tuple[int, int] | None = None
    bare_head: bool = False
    own: bool = False
    name: str | None = None
    outer: "_Draft | None" = None
    amended: list[str] = field(default_factory=list)


def find_references(text: str) -> list[LegalReference]:
    """Tìm viện dẫn: every reference in order, with spans in `text` itself (composed or decomposed letters alike)."""
    whole, places = nfc_map(text)
    bare = flat(whole)
    blocks = paragraphs(whole, bare)
    tried = (_draft(whole, bare, one, _block_of(blocks, one.start)) for one in _numbers(whole, bare))
    drafts = [draft for draft in tried if draft is not None]
    _share_issuers(whole, bare, drafts)
    _nest(whole, bare, drafts)
    found = [_finish(whole, bare, d) for d in drafts]
    found += _numberless(whole, bare, blocks, drafts)
    found.sort(key=lambda r: r.span)
    return [
        replace(r, span=(places[r.span[0]], places[r.span[1]]), text=text[places[r.span[0]] : places[r.span[1]]])
        for r in found
    ]


def _numbers(whole: str, bare: str) -> list[FoundNumberOfDocument]:
    found = list(find_document_numbers(whole, bare=True))
    for match in _PLAIN_NUMBER.finditer(bare):
        if not any(f.start <= match.start("no") < f.end for f in found[-200:]):
            found.append(FoundNumberOfDocument(DocumentNumber(match["no"], ""), *match.span("no")))
    return sorted(found, key=lambda f: f.start)


def _block_of(blocks: list[Paragraph], place: int) -> Paragraph:
    low, high = 0, len(blocks) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if blocks[middle].start <= place else (low, middle - 1)
    return blocks[low]


def _draft(whole: str, bare: str, one: FoundNumberOfDocument, block: Paragraph) -> _Draft | None:
    before = bare[max(0, one.start - 140) : one.start]
    offset = one.start - len(before)
    head, kind, bare_head = one.start, one.number.kind, False
    issuer: str | None = None
    name: str | None = None
    if found := _HEAD.search(before):
        head, kind = offset + found.start(), _kind(found["kind"], kind)
    elif found := _HEAD_ISSUER.search(before):
        head, kind = offset + found.start(), _kind(found["kind"], kind)
        issuer = " ".join(whole[offset + found.start("issuer") : offset + found.end("issuer")].split())
    elif found := _LAW_HEAD.search(before):
        head = offset + found.start()
        kind = "bộ luật" if found["law"].startswith("bo") else "luật" if found["law"].startswith("l") else "pháp lệnh"
        name = " ".join(whole[head : offset + found.end("law")].split())
    elif found := re.search(r"so\s{0,3}[:.]?\s{0,3}$", before):
        head, bare_head = offset + found.start(), True
    if not one.number.symbol and head == one.start:
        return None
    if one.number.number is None:
        own = whole[whole.rfind("\n", 0, one.start) + 1 : one.start].strip(" \t*|") == ""
    else:
        own = bool(bare_head and _OWN.search(whole[max(0, one.start - 80) : one.start]))
    draft = _Draft(head, one.end, one.number, block, kind, issuer, bare_head=bare_head, own=own, name=name)
    if not own:
        _read_on(whole, bare, draft)
    return draft


def _kind(named: str, by_symbol: str | None) -> str | None:
    return kind_named(named) or by_symbol


def _read_on(whole: str, bare: str, draft: _Draft) -> None:
    """Date, issuer and title stand after the number; a date before it ("Ngày …, UBND tỉnh ban hành …") serves too."""
    at = draft.end
    if after := date_after(bare, at):
        draft.when, at = after
        draft.end = at
    if draft.issuer is None and (named := issuer_after(whole, bare, at)):
        draft.issuer, at = named
        draft.end = at
    if draft.when is None:
        _read_before(whole, bare, draft)
    if draft.when is None and draft.issuer and (after := date_after(bare, at)):
        draft.when, at = after
        draft.end = at
    draft.title_span = title_after(whole, bare, at)


def _read_before(whole: str, bare: str, draft: _Draft) -> None:
    start = max(0, draft.head - 130)
    found = _ENACTED_BEFORE.search(bare[start : draft.head])
    if found is None or not (1 <= int(found["m"]) <= 12 and 1 <= int(found["d"]) <= 28 + 3):
        return
    draft.when = PartialDate(int(found["y"]), int(found["m"]), int(found["d"]))
    draft.issuer = draft.issuer or whole[start + found.start("who") : start + found.end("who")].strip()


def _share_issuers(whole: str, bare: str, drafts: list[_Draft]) -> None:
    """Lists that name the issuer once: "các Quyết định của A: số …; số …" and "số …, số … của A"."""
    for draft in drafts:
        if draft.bare_head and draft.issuer is None and not draft.own:
            start = max(draft.paragraph.start, draft.head - 1500)
            heads = list(_SHARED_HEAD.finditer(bare[start : draft.head]))
            if heads:
                draft.issuer = " ".join(
                    whole[start + heads[-1].start("issuer") : start + heads[-1].end("issuer")].split()
                )
                draft.kind = draft.kind or kind_named(heads[-1]["kind"])
    for draft, following in zip(reversed(drafts[:-1]), reversed(drafts[1:]), strict=True):
        gap = bare[draft.end : following.head]
        if draft.issuer is None and following.issuer and len(gap) <= 8 and re.fullmatch(r"[\s,]*(?:va)?\s*", gap):
            draft.issuer = following.issuer


def _nest(whole: str, bare: str, drafts: list[_Draft]) -> None:
    """A reference inside another's title belongs to it ("sửa đổi … của Nghị định số …"); any other ends the title."""
    for index, draft in enumerate(drafts):
        if draft.title_span is None:
            continue
        start, end = draft.title_span
        for inner in drafts[index + 1 :]:
            if inner.head >= end:
                break
            lead = bare[start : inner.head][-60:]
            if CARRYING.search(lead):
                inner.outer = inner.outer or draft
                if inner.outer is draft and AMENDING.search(lead):
                    draft.amended.append(inner.number.full)
            else:
                end = inner.head
                break
        draft.title_span = (start, end) if end > start else None


def _finish(whole: str, bare: str, draft: _Draft) -> LegalReference:
    title = draft.name or _clean_title(whole, draft.title_span)
    role: Role = "own" if draft.own else "citation"
    issuer = draft.issuer
    if draft.outer is None and not draft.own and draft.paragraph.base:
        role = "base"
        if found := _PROPOSAL.search(bare[max(draft.paragraph.start, draft.head - 220) : draft.head] + "\n"):
            role = "proposal"
            start = max(draft.paragraph.start, draft.head - 220)
            issuer = issuer or " ".join(whole[start + found.start("who") : start + found.end("who")].split())
    return LegalReference(
        number=draft.number.full if draft.number.number else None,
        kind=draft.kind,
        issuer=issuer,
        when=draft.when,
        title=title,
        period=_phase(title),
        amends=tuple(draft.amended),
        role=role,
        embedded_in=draft.outer.number.full if draft.outer else None,
        span=(draft.head, draft.end),
        document_number=draft.number,
    )


def _clean_title(whole: str, span: tuple[int, int] | None) -> str | None:
    if span is None:
        return None
    title = " ".join(whole[span[0] : span[1]].split())
    title = re.sub(r"^(?:về việc|về|v/v)[:\s]+", "", title, flags=re.IGNORECASE)
    title = re.sub(r"(?:[\s,;:.(]|\bvà\b|\bcác\b|\btheo\b|\btại\b)+$", "", title)
    return title if flat(title) not in ("", "viec", "ve", "v/v") else None


def _phase(title: str | None) -> Period | None:
    return next((f.period for f in find_periods(title or "") if f.period.kind == "phase"), None)


def _numberless(whole: str, bare: str, blocks: list[Paragraph], drafts: list[_Draft]) -> list[LegalReference]:
    """Căn cứ không số: "Căn cứ Nghị quyết Đại hội …;", "Luật … ngày …", "Theo đề nghị của …"; only among the bases."""
    out = []
    heads = [d.head for d in drafts]
    tails = [d.title_span[1] if d.title_span else d.end for d in drafts]
    for block in blocks:
        for start, end in block.clauses(bare):
            near = bisect_left(heads, end)
            if any(tail > start for tail in tails[max(0, near - 12) : near]):
                continue
            words = bare[start:end]
            if found := _NUMBERLESS.match(words):
                out.append(_unnumbered(whole, bare, start + found.start("kind"), end, kind_named(found["kind"])))
            elif found := _PROPOSAL.match(words + "\n"):
                who = " ".join(whole[start + found.start("who") : start + found.end("who")].split())
                out.append(LegalReference(None, None, who.rstrip(" .,"), role="proposal", span=(start, end)))
    return out


def _unnumbered(whole: str, bare: str, start: int, end: int, kind: str | None) -> LegalReference:
    at = start + len(kind or "")
    when, issuer = None, None
    found = re.search(r",?\s(?=ngay\s{0,2}[0-9])", bare[start:end])
    if found and (after := date_after(bare, start + found.start())):
        when = after[0]
    if found := re.search(r"\scua\s", bare[start:end]):
        named = issuer_after(whole[start:end], bare[start:end], found.start())
        issuer = named[0] if named else None
    title = (
        " ".join(whole[at:end].split()).strip(" .,;:")
        if kind not in ("luật", "bộ luật", "hiến pháp", "pháp lệnh")
        else None
    )
    if title is None:
        stop = re.search(r",?\s(?:ngay|nam)\s{0,2}[0-9]|,?\ssua doi|\scua\s", bare[at:end])
        title = " ".join(whole[start : at + stop.start() if stop else end].split()).strip(" .,;:")
    phase = _phase(title)
    return LegalReference(None, kind, issuer, when, title or None, phase, role="base", span=(start, end))
