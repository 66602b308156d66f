"""Danh sách kèm số lượng: the names that stand beside a figure, in brackets, after a colon or after "gồm", "là"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ntm.domain.documents.reading.layout import Clause
from ntm.domain.documents.reading.marks import LOWER, UPPER
from ntm.domain.documents.reading.names import Mention, UnitNames, listed
from ntm.domain.documents.reading.quantities import Quantity

UNIT_MEASURES = {
    "xa": "xa",
    "phuong": "xa",
    "thi tran": "xa",
    "thon": "thon",
    "ban": "thon",
    "ap": "thon",
    "lang": "thon",
    "xom": "thon",
    "buon": "thon",
    "khom": "thon",
    "to": "thon",
    "khu dan cu": "thon",
    "huyen": "huyen",
    "thi xa": "huyen",
    "thanh pho": "huyen",
}
_OPEN = re.compile(r"[^(;:]{0,70}?\(")
_COLON = re.compile(
    r"[^(;:.]{0,90}?(?::|\bgom(?: co)?(?: cac xa| cac thon| xa| thon)?\b:?|\bla(?: cac xa| cac thon| xa)?\b:?|\bcu the\b:?)\s*"
)
_ENDS_OPEN = re.compile(r"(?:\.{2,}|…)\s*\)?$")
_LEAD_WORDS = re.compile(r"^\s*(?:(?:trong do(?: co)?|gom(?: co)?|bao gom|cu the|du kien|dang ky)(?![a-z]))?\s*:?\s*")
_SHORT_LEAD = re.compile(  # with marks and in small letters: La Hiên, Nhữ Hán, Như Cố are communes
    r"^\s*(?:(?:là|như|thêm)(?!\w)\s*:?|(?:Là|Như|Thêm)\s*:)\s*"
)


_NEXT_NAMES = re.compile(r"\s*(?:\([^()]{2,60}\)\s*)?;\s*(?=(?:thôn|xã|bản|ấp|xóm|buôn|làng|phường|thị trấn)\s)")
_ASIDE = re.compile(r"\([^()]{2,60}\)")


_OF_DISTRICT = re.compile(
    r"\s*(?:và\s)?(?P<names>[^();.:]{3,200}?)\s*\((?:thuộc\s)?(?:huyện|thị xã|thành phố|TP\.?|TX\.?|H\.)\s?[^()]{2,40}\)"
    r"\s*(?P<mark>[;,]|(?=và\s)|$|(?=\.))"
)


@dataclass(frozen=True)
class Names:
    """Tên trong danh sách: `start`..`end` of the stretch that holds them in the paragraph."""

    names: tuple[str, ...]
    start: int
    end: int
    open_list: bool = False


def bracket_after(clause: Clause, at: int, limit: int) -> tuple[int, int] | None:
    """The bracket that opens after that place and before `limit`: the places inside it."""
    match = _OPEN.match(clause.paragraph.flat, at, limit)
    if match is None:
        return None
    depth, start = 1, match.end()
    text = clause.paragraph.text
    for place in range(start, min(len(text), start + 900)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            return start, place
    stop = min((i for i in (text.find(mark, start) for mark in (";", ". ")) if i > 0), default=len(text))
    return start, min(stop, clause.end)


def names_in(text: str, flat: str, start: int, end: int, names: UnitNames, level: str | None) -> Names | None:
    """The units that a stretch lists and (nearly) nothing else."""
    inner = text[start:end]
    if re.match(r"\s*(?:tru|ngoai tru|khong ke)\b", flat[start:end]):
        return None
    lead = _SHORT_LEAD.match(inner) or _LEAD_WORDS.match(flat[start:end])
    shift = lead.end() if lead else 0
    found = _of_level(names.mentions(inner), level)
    plain_items = listed(inner[shift:], level)
    open_list = bool(_ENDS_OPEN.search(inner))
    if plain_items is not None and len(plain_items) >= len(found):
        return Names(plain_items, start, end, open_list)
    if found and _covers(inner, found):
        return Names(tuple(m.name for m in found), start, end, open_list)
    return None


def _of_level(mentions: tuple[Mention, ...], level: str | None) -> list[Mention]:
    return [m for m in mentions if level is None or m.level == level or m.kind is None]


def _covers(inner: str, found: list[Mention]) -> bool:
    """Is what is left between the names only words that join, or the unit a village lies in?"""
    left = inner
    for m in sorted(found, key=lambda m: -m.start):
        left = left[: m.start] + left[m.end :]
    left = re.sub(
        r"(?i)\b(?:xã|phường|thị trấn|huyện|thị xã|thành phố|tp|thôn|bản|ấp|xóm|làng|khu|buôn|và|gồm|các|thuộc|của"
        r"|trong đó|có|tại|là|dự kiến|riêng)\b",
        "",
        left,
    )
    return len(re.sub(r"[\W\d_]+", "", left)) <= max(14, 0.35 * len(inner))


def names_after(clause: Clause, q: Quantity, limit: int, names: UnitNames) -> Names | None:
    """The names that belong to a counted "04 xã": "(A, B, C)", ": A, B, C", "gồm A, B, C"."""
    p = clause.paragraph
    level = UNIT_MEASURES.get(" ".join(p.flat[q.start : q.end].split()[-1:])) or _measure_level(q)
    inside = bracket_after(clause, q.end, limit)
    if inside is not None:
        got = names_in(p.text, p.flat, *inside, names, level)
        if got is not None:
            return got
    colon = _COLON.match(p.flat, q.end, limit)
    if colon is not None:
        grouped = _of_districts(p.text, colon.end(), level)
        if grouped is not None:
            return grouped
        stop = min(limit, clause.end)
        run = _run(p.text, colon.end(), stop, names, level)
        if run is not None:
            return _continued(p.text, run, level)
    return None


def _of_districts(text: str, start: int, level: str | None) -> Names | None:
    """ "A, B (huyện X); C (huyện Y); …": one list, though a semicolon parts the districts."""
    found: list[str] = []
    at, groups = start, 0
    while groups < 40 and (part := _OF_DISTRICT.match(text, at)) is not None:
        more = listed(part["names"], level)
        if more is None:
            break
        found += more
        at, groups = part.end(), groups + 1
        if not part["mark"] and not text[at : at + 3].startswith("và"):
            break
    return Names(tuple(found), start, at) if groups > 1 else None


def _continued(text: str, run: Names, level: str | None) -> Names:
    """ "thôn A, thôn B (xã X); thôn C (xã Y)": the list goes on after a semicolon as long as nothing but names stands there."""
    found, at = list(run.names), run.end
    while (gap := _NEXT_NAMES.match(text, at)) is not None:
        stop = min((i for i in (text.find(mark, gap.end()) for mark in (";", ". ")) if i > 0), default=len(text))
        more = listed(_ASIDE.sub("", text[gap.end() : stop]), level)
        if more is None:
            break
        found += more
        at = stop
    return Names(tuple(found), run.start, at, run.open_list)


def _measure_level(q: Quantity) -> str | None:
    from ntm.domain.documents.reading.marks import plain

    return UNIT_MEASURES.get(plain(q.measure or "").strip())


def _alone(text: str, start: int, stop: int) -> bool:
    """ "Huyện Ninh Sơn (2 xã): Quảng Sơn.": one name of two or three words, and nothing after it."""
    return (
        bool(re.fullmatch(rf"\s*[{UPPER}]\w+(?:\s[{UPPER}]\w+){{1,2}}\s*[.;]?\s*", text[start:stop]))
        and "):" in text[start - 4 : start]
    )


def _run(text: str, start: int, stop: int, names: UnitNames, level: str | None) -> Names | None:
    """A run of names from there on, as long as only commas and "và" stand between them."""
    found: list[Mention] = []
    at = start
    for mention in names.mentions(text[start:stop]):
        begin = start + mention.start
        between = _ASIDE.sub("", text[at:begin])
        gap = re.sub(r"(?i)\b(?:xã|phường|thị trấn|huyện|thôn|bản|ấp|và|các|tp)\b", "", between)
        if re.sub(r"[\s,;&+.]+", "", gap):
            break
        found.append(mention)
        at = start + mention.end
    simple = listed(re.split(rf"\.(?:\s|$)|,\s(?=[{LOWER}])(?!xã|thôn|bản|phường|thị)", text[start:stop])[0], level)
    if simple and (len(simple) > max(len(found), 1) or (not found and _alone(text, start, stop))):
        return Names(simple, start, stop)
    if not found:
        return None
    return Names(tuple(m.name for m in found), start, at, bool(_ENDS_OPEN.match(text[at : at + 4].strip())))
