"""Tên đơn vị trong câu: units as documents write them, by their kind word, in lists, or bare when the area knows the name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from ntm.domain.documents.reading.marks import LOWER, UPPER, plain
from ntm.domain.official.text import nfd, tone_key

UnitLevel = Literal["tinh", "huyen", "xa", "thon"]
LEVEL_OF_KIND: dict[str, UnitLevel] = {
    "tinh": "tinh", "thanh pho": "huyen", "tp": "huyen", "huyen": "huyen", "thi xa": "huyen", "quan": "huyen",
    "xa": "xa", "phuong": "xa", "thi tran": "xa", "dac khu": "xa",
    "thon": "thon", "ban": "thon", "ap": "thon", "lang": "thon", "xom": "thon", "buon": "thon", "khom": "thon",
    "to dan pho": "thon", "khu pho": "thon", "khu dan cu": "thon", "phum": "thon", "soc": "thon", "plei": "thon", "bon": "thon",
}  # fmt: skip
_KIND = (
    r"(?P<kind>Thành phố|thành phố|Thị trấn|thị trấn|Thị xã|thị xã|Đặc khu|đặc khu|Phường|phường|Huyện|huyện|Quận"
    r"|quận|Tỉnh|tỉnh"
    r"|Xã|xã|XÃ|TP\.?|Tổ dân phố|tổ dân phố|Khu dân cư|khu dân cư|Khu phố|khu phố|Thôn|thôn|Bản|bản|Ấp|ấp|Làng|làng|Xóm|xóm"
    r"|Buôn|buôn|Bon|bon|Khóm|khóm|Phum|phum|Sóc|sóc|Plei|plei)"
)
_WORD = rf"[{UPPER}](?:[{UPPER}]?[{LOWER}'’]+|(?![{UPPER}/]))(?:-?[{UPPER}][{LOWER}'’]+)*"
_NAME = rf"(?:{_WORD}(?:\s{_WORD}){{0,4}})(?:\s(?:\d{{1,2}}|[IVX]{{1,4}})(?![\d/.,]\d|/|\w))?"
_AFTER_KIND = re.compile(
    rf"(?<![\w/]){_KIND}\s+(?:số\s+|ủy\s+|uỷ\s+)?(?P<name>{_NAME}|\d{{1,2}}(?![\d/.,%]*\d|\s*(?:xã|thôn|%|tiêu chí)))"
)
_NEXT = re.compile(
    rf"\s*(?:,|;|\bvà\b|\+|&)\s*(?:và\s+)?(?P<name>{_NAME}|\d{{1,2}}(?=\s*[,;)]))(?=\s*(?:[,;.)+&…:(–-]|\bvà\b|$|[{LOWER}]))"
)
_LIST_ITEM = re.compile(rf"(?:{_KIND}\s+)?(?P<name>{_NAME})")
_COUNTED = re.compile(r"\s?(?:tieu chi|chi tieu|xa|thon|ho\b|mo hinh|%|trieu|ty\b|km|ha\b|cong trinh|tuyen)")
_NOT_NAMES = re.compile(
    r"(?:nong thon|ntm\b|ban chi|ban quan|ban phat|ubnd|uy ban|hdnd|mat tran|chuong trinh|ke hoach|quyet dinh|can cu"
    r"|dang uy|nang cao\b"
    r"|kieu mau|mttq|htx|bcd|bql|nhan dan|nha nuoc|hop tac xa|viet nam$|trung uong|chinh phu|van phong|quy i|de an"
    r"|du an|tieu chi|chu tich"
    r"|bi thu|hoi dong|phong chuyen|so nong|hoi (?:nong|phu|cuu|lien)|doan (?:thanh|tncs|the))"
)
_WORDS = re.compile(  # words that begin a clause: a single capitalised one before small letters is no name
    r"(?:trong|tren|cac|tiep|phan|thuc|theo|dat|hien|tap|duy|xay|giam|tang|so|hoi|doan|phong|kieu|sang|nong|nang|ban|can|day|huy|ra|tham"
    r"|to|uu|van|vong|moi|toan|ve|khu|dam|de|nham|cung|phat|phoi|chi|cong|dang|don|quy|bao|nhung|khi|va|co|la|du|mo|moc)$"
)


@dataclass(frozen=True)
class Mention:
    """Chỗ nêu tên: where a unit stands in a text. `group` is the same for the names of one list."""

    start: int
    end: int
    name: str
    level: UnitLevel
    kind: str | None
    group: int


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """One key for the ways to write a name: marks where the tone stands, capitals, blanks and hyphens do not count."""
    return re.sub(r"[\s\-–'’]+", " ", tone_key(name)).strip()


class UnitNames:
    """Tên đã biết của địa bàn: the communes (or other lower units) that a bare name can mean."""

    def __init__(self, known: Iterable[tuple[str, str, UnitLevel]] = ()) -> None:
        self._read: dict[str, tuple[Mention, ...]] = {}
        self.known: dict[str, tuple[str, UnitLevel]] = {}
        spelled: dict[str, set[str]] = {}
        for name, code, level in known:
            self.known.setdefault(name_key(name), (code, level))
            spelled.setdefault(plain(name), set()).add(name)
        self._spelled = {bare: names.pop() for bare, names in spelled.items() if len(names) == 1}
        longest = sorted((k for k in self.known if " " in k), key=len, reverse=True)
        self._first: dict[str, list[str]] = {}
        for k in longest:
            self._first.setdefault(k.split()[0], []).append(k)

    def code(self, name: str) -> str | None:
        found = self.known.get(name_key(name))
        return found[0] if found else None

    def right(self, name: str) -> str:
        """The name as the list of the day spells it, where recognition lost its marks and one unit alone can be meant."""
        full = self._spelled.get(plain(name))
        return full if full is not None and name_key(name) not in self.known and _lost(name, full) else name

    def level(self, name: str) -> UnitLevel | None:
        found = self.known.get(name_key(name))
        return found[1] if found else None

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """All units named in the text, in their order, none within another."""
        found = self._read.get(text)
        if found is None:
            found = self._read[text] = self._mentions(text)
        return found

    def _mentions(self, text: str) -> tuple[Mention, ...]:
        found: list[Mention] = []
        group = 0
        for match in _AFTER_KIND.finditer(text):
            if found and match.start() < found[-1].end:
                continue
            if self._known_at(text, match.start()):
                continue
            name = self._cut(match["name"], following=text[match.end("name") :])
            if name is None:
                continue
            group += 1
            kind = plain(match["kind"]).rstrip(".")
            level = LEVEL_OF_KIND[kind]
            begin = match.start("name")
            end = begin + len(name)
            found.append(Mention(begin, end, name, level, match["kind"], group))
            if end < match.end("name"):
                continue
            while more := _NEXT.match(text, end):
                following = self._cut(more["name"], level, text[more.end("name") :])
                if following is None:
                    break
                end = more.start("name") + len(following)
                found.append(Mention(more.start("name"), end, following, level, match["kind"], group))
                if end < more.end("name"):
                    break
        found += self._bare(text, found, group)
        return _grouped(text, sorted(found, key=lambda m: m.start))

    def _known_at(self, text: str, start: int) -> bool:
        """Does a known name begin with what looks like a kind word ("Bản Mế" is a commune)?"""
        words = re.match(rf"[{UPPER}][{LOWER}'’]*(?:\s[{UPPER}][{LOWER}'’]*)+", text[start : start + 60])
        if words is None:
            return False
        parts = words[0].split()
        return any(name_key(" ".join(parts[:size])) in self.known for size in range(2, len(parts) + 1))

    def _cut(self, name: str, level: UnitLevel | None = None, following: str = "") -> str | None:
        """The longest known name at the beginning; an unknown one must not look like other words."""
        parts = name.split()
        for size in range(len(parts), 0, -1):
            candidate = " ".join(parts[:size])
            if name_key(candidate) in self.known and (size > 1 or len(parts) == 1):
                return candidate
        numbered = len(parts) > 1 and re.fullmatch(r"\d{1,2}", parts[-1])
        if numbered and (parts[-1][0] == "0" or _COUNTED.match(plain(following))):
            parts = parts[:-1]
            name = " ".join(parts)
        if not name or _NOT_NAMES.match(plain(name + following[:12])) or (len(name) < 2 and not name.isdigit()):
            return None
        if len(parts) == 1 and re.match(rf"\s+[{LOWER}]", following) and _WORDS.match(plain(name)):
            return None
        if level is not None and self.known and level == "xa" and len(parts) > 3:
            return None
        letters = [c for c in name if c.isalpha()]
        if len(letters) > 3 and all(c.isupper() for c in letters):
            return None
        return name

    def _bare(self, text: str, taken: list[Mention], group: int) -> list[Mention]:
        """Known names without a kind word: two words or more, written with capitals."""
        if not self._first:
            return []
        spans = [(m.start, m.end) for m in taken]
        found: list[Mention] = []
        last_end = -9
        for match in re.finditer(rf"(?<![\w-])[{UPPER}][{UPPER}]?[{LOWER}'’]*", text):
            head = name_key(match[0])
            for known in self._first.get(head, ()):
                size = known.count(" ") + 1
                words = re.compile(
                    rf"[{UPPER}]{{1,2}}[{LOWER}'’]*(?:[\s'’-][{UPPER}\d][{UPPER}]?[{LOWER}\d'’]*){{{size - 1}}}(?!\w)"
                ).match(text, match.start())
                if words is None or name_key(words[0]) != known:
                    continue
                if any(a < words.end() and words.start() < b for a, b in spans):
                    break
                follows = words.end() + 2 < len(text) and re.match(rf"\s[{UPPER}][{LOWER}]", text[words.end() :])
                if follows or _inside_name(text, words.start()):
                    break
                if not re.fullmatch(r"\s*(?:,|;|và|\+)\s*(?:và\s*)?", text[max(last_end, 0) : words.start()] or "x"):
                    group += 1
                found.append(Mention(words.start(), words.end(), words[0], self.known[known][1], None, group))
                last_end = words.end()
                spans.append(words.span())
                break
        return found


def spellings(names: Iterable[str]) -> dict[str, str]:
    """Names that lost marks in places, each with the fuller spelling that the same document has elsewhere."""
    alike: dict[str, set[str]] = {}
    for name in names:
        alike.setdefault(plain(name), set()).add(name)
    found: dict[str, str] = {}
    for group in alike.values():
        for name in group:
            fuller = [other for other in group if other != name and _lost(name, other)]
            most = max((len(nfd(other)) for other in fuller), default=0)
            best = [other for other in fuller if len(nfd(other)) == most]
            if len(best) == 1:
                found[name] = best[0]
    return found


def _lost(name: str, full: str) -> bool:
    """Is the one the other with marks taken away, and none put on?"""
    return len(name) == len(full) and all(set(nfd(a)) <= set(nfd(b)) for a, b in zip(name, full, strict=True))


_AND = re.compile(r"\s*(?:,|;|\+|và|,\s*và)\s*(?:các\s*)?")


def _grouped(text: str, found: list[Mention]) -> tuple[Mention, ...]:
    """ "xã Ea Kênh và xã Hòa Đông" are one list too."""
    joined: list[Mention] = []
    for mention in found:
        if joined and joined[-1].level == mention.level:
            between = text[joined[-1].end : mention.start]
            if mention.kind and between.rstrip().endswith(mention.kind):
                between = between.rstrip()[: -len(mention.kind)]
            if _AND.fullmatch(between):
                mention = replace(mention, group=joined[-1].group)
        joined.append(mention)
    return tuple(joined)


def _inside_name(text: str, start: int) -> bool:
    """Is it the tail of a longer name ("Chợ Hữu Lễ" is a market, "huyện Văn Quan" is another unit)?"""
    before = text[:start].rstrip()
    last = before.rsplit(" ", 1)[-1] if before else ""
    if not last or start - len(before) > 1:
        return False
    return plain(last) in {
        "huyen",
        "tinh",
        "cho",
        "song",
        "truong",
        "ho",
        "nui",
        "ong",
        "ba",
        "duong",
        "cau",
        "den",
        "chua",
        "htx",
        "pho",
    }


def listed(text: str, level: str | None = None) -> tuple[str, ...] | None:
    """The items of "(Vân Mộng, Việt Yên và Tân Đoàn)" when each is a name and nothing else; None otherwise."""
    inner = text.strip(" ()[]")
    inner = re.sub(r"\s*(?:\.{2,}|…)\s*$", "", inner)
    inner = re.sub(rf"^(?:gồm|bao gồm|gồm có|là|các xã|xã|các thôn|thôn|cụ thể)\s*:?\s*(?=[{UPPER}])", "", inner)
    items = [item.strip() for item in re.split(r"[,;]|\bvà\b", inner) if item.strip()]
    if re.match(r"trừ\b|ngoại trừ\b|không kể\b", inner):
        return None
    names: list[str] = []
    for item in items:
        match = _LIST_ITEM.fullmatch(item.strip(" .:"))
        if match is None or _NOT_NAMES.match(plain(match["name"])):
            return None
        kind = match["kind"]
        own_level = LEVEL_OF_KIND[plain(kind).rstrip(".")] if kind else None
        names.append(match[0] if level == "xa" and own_level == "thon" else match["name"])
    return tuple(names) or None
