"""Số, ký hiệu văn bản: "15/KH-UBND", "51-KH/ĐU", "27/2022/NĐ-CP", with the spaces and breaks that documents put in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ntm.domain.official.text import flat, nfc

__all__ = [
    "KINDS",
    "DocumentNumber",
    "DocumentNumberError",
    "FoundNumberOfDocument",
    "find_document_numbers",
    "kind_named",
    "parse_document_number",
]

# Kinds of documents (Nghị định 30/2020/NĐ-CP, điều 7; laws and party papers beside them), longest names first.
KINDS: tuple[str, ...] = (
    "chương trình hành động", "nghị quyết liên tịch", "thông tư liên tịch", "văn bản hợp nhất", "bản thỏa thuận",
    "bản ghi nhớ", "chương trình", "pháp lệnh", "nghị quyết", "quyết định", "nghị định", "thông báo", "thông cáo",
    "thông tri", "thông tư", "kế hoạch", "phương án", "hướng dẫn", "quy chế", "quy định", "kết luận", "báo cáo",
    "biên bản", "tờ trình", "công điện", "công văn", "hợp đồng", "giấy mời", "sắc lệnh", "hiến pháp", "điều lệ", "chỉ thị",
    "đề án", "dự án", "bộ luật", "luật", "lệnh",
)  # fmt: skip
_KIND_OF_SYMBOL = {
    "NQ": "nghị quyết", "NQLT": "nghị quyết liên tịch", "QĐ": "quyết định", "QD": "quyết định", "NĐ": "nghị định",
    "ND": "nghị định", "TT": "thông tư", "TTLT": "thông tư liên tịch", "CT": "chỉ thị", "KH": "kế hoạch",
    "CTR": "chương trình", "CTHĐ": "chương trình hành động", "TB": "thông báo", "TC": "thông cáo", "HD": "hướng dẫn",
    "BC": "báo cáo", "BB": "biên bản", "TTR": "tờ trình", "PA": "phương án", "ĐA": "đề án", "DA": "dự án",
    "QC": "quy chế", "QYĐ": "quy định", "QĐI": "quy định", "KL": "kết luận", "CĐ": "công điện", "HĐ": "hợp đồng",
    "GM": "giấy mời", "CV": "công văn", "VBHN": "văn bản hợp nhất", "PL": "pháp lệnh", "SL": "sắc lệnh",
    "BGN": "bản ghi nhớ", "BTT": "bản thỏa thuận",
}  # fmt: skip
_ISSUER_OF_SYMBOL = {
    "TTG": "Thủ tướng Chính phủ", "CP": "Chính phủ", "QH": "Quốc hội", "UBTVQH": "Ủy ban Thường vụ Quốc hội",
    "CTN": "Chủ tịch nước", "TW": "Ban Chấp hành Trung ương",
}  # fmt: skip
_KINDS_BY_FOLD = {flat(kind): kind for kind in KINDS}

_SEGMENT = (
    r"[A-ZĐƯ][A-Za-zĐđƯư&]{0,15}[0-9]{0,2}(?:\.(?!UBND|HĐND)[A-ZĐƯ]{2,5}(?=[\s,;.:)]|$))?(?![^\W_])"  # QĐ-UBND.HC
)
_JOINED = rf"{_SEGMENT}(?:\s{{0,2}}[-–—]\s{{0,4}}{_SEGMENT}){{0,5}}"
_STATE = re.compile(
    rf"(?<![0-9A-Za-z/.,-])(?P<no>[0-9]{{1,6}}[a-zA-Z]?)\s{{0,2}}/\s{{0,2}}"
    rf"(?:(?P<year>(?:19|20)[0-9]{{2}})\s{{0,2}}/\s{{0,2}})?(?P<symbol>{_JOINED})"
)
_PARTY = re.compile(
    rf"(?<![0-9A-Za-z/.,-])(?P<no>[0-9]{{1,5}})\s{{0,2}}[-–—]\s{{0,2}}(?P<symbol>{_SEGMENT}\s{{0,2}}/\s{{0,2}}{_JOINED})"
)
_BLANK = re.compile(rf"(?:[Ss]ố|SỐ)\s{{0,3}}[:.]?[\s.…_]{{0,40}}(?P<no>)(?P<year>)/\s{{0,2}}(?P<symbol>{_JOINED})")
_BARE = re.compile(
    r"(?P<no>(?<=[sS]ố)[0-9]{1,6}|(?<![0-9/.,-])[0-9]{1,6})/(?P<year>(?:19|20)[0-9]{2})(?P<symbol>)(?![0-9/]|\s?/)"
)


class DocumentNumberError(ValueError):
    """Số, ký hiệu không đọc được: says what is wrong and how to write it."""


@dataclass(frozen=True)
class DocumentNumber:
    """Số, ký hiệu: `number` is None where the draft leaves it blank; `party` writes 51-KH/ĐU instead of 51/KH-ĐU."""

    number: str | None
    symbol: str
    year: int | None = None
    party: bool = False

    def __str__(self) -> str:
        return self.full

    @property
    def full(self) -> str:
        """As printed: "27/2022/NĐ-CP", "51-KH/ĐU", "/KH-UBND" when blank."""
        if self.party:
            return f"{self.number or ''}-{self.symbol}"
        return "/".join([self.number or "", *(str(part) for part in (self.year, self.symbol) if part)])

    @property
    def segments(self) -> tuple[str, ...]:
        """The symbol's groups: ("QĐ", "BNN", "VPĐP")."""
        return tuple(part for part in re.split(r"[-/]", self.symbol) if part)

    @property
    def kind(self) -> str | None:
        """Loại văn bản that the symbol says; a letter (công văn) carries no kind, only issuer and drafter."""
        if not self.segments:
            return None
        first = self.segments[0].upper()
        if named := _KIND_OF_SYMBOL.get(first):
            return named
        return "công văn" if len(self.segments) > 1 and not first.rstrip("0123456789").endswith("QH") else None

    @property
    def issuer_by_symbol(self) -> str | None:
        """Cơ quan ban hành that the symbol alone proves (TTg, CP, QH15 ...); None for a local body."""
        for part in self.segments:
            if named := _ISSUER_OF_SYMBOL.get(part.upper().rstrip("0123456789")):
                return named
        return None


@dataclass(frozen=True)
class FoundNumberOfDocument:
    """Số, ký hiệu trong câu, with its place."""

    number: DocumentNumber
    start: int
    end: int


def kind_named(words: str) -> str | None:
    """Loại văn bản by its name, in any case and with or without marks: "QUYẾT ĐỊNH" -> "quyết định"."""
    return _KINDS_BY_FOLD.get(" ".join(flat(nfc(words)).split()))


def _segment_holds(segment: str, first: bool) -> bool:
    capitals = sum(c.isupper() for c in segment)
    return capitals >= 2 or (not first and segment.upper() in ("TTG", "TW", "CP", "TU", "HU"))


def _symbol(raw: str) -> tuple[str, int] | None:
    """The cleaned symbol and how many characters of `raw` belong to it; None when it is no symbol at all."""
    kept, used, at = "", 0, 0
    for index, piece in enumerate(re.split(r"(\s{0,4}[-–—/]\s{0,4})", raw)):
        at += len(piece)
        if index % 2:
            joint = piece
            continue
        if not _segment_holds(piece, first=index == 0):
            break
        if index == 0:
            kept, used = piece, at
            continue
        spaced = joint[:1].isspace() and joint[-1:].isspace()
        if spaced and index > 2:
            break
        kept, used = kept + ("/" if "/" in joint else "-") + piece, at
    return (kept, used) if kept and ("-" in kept or "/" in kept or _stands_alone(kept)) else None


def _stands_alone(segment: str) -> bool:
    """A symbol of one group: "38/CP", "72/2020/QH14", never "5/KM"."""
    name = segment.upper().rstrip("0123456789")
    return name in _ISSUER_OF_SYMBOL or name in _KIND_OF_SYMBOL or len(name) >= 4


def _found(found: re.Match[str], party: bool) -> FoundNumberOfDocument | None:
    symbol = _symbol(found["symbol"])
    if symbol is None or (party and "/" not in symbol[0]):
        return None
    year = None if party else found["year"]
    number = DocumentNumber(found["no"] or None, symbol[0], int(year) if year else None, party)
    return FoundNumberOfDocument(
        number, found.start("no") if found["no"] else found.start(), found.start("symbol") + symbol[1]
    )


def find_document_numbers(text: str, *, bare: bool = False) -> Iterator[FoundNumberOfDocument]:
    """Tìm số, ký hiệu (NFC text), in order; `bare` also yields "25/2021", which only a kind before it makes a number."""
    every: list[FoundNumberOfDocument] = []
    for pattern, party in ((_STATE, False), (_PARTY, True), (_BLANK, False)):
        every += [one for match in pattern.finditer(text) if (one := _found(match, party))]
    if bare:
        for match in _BARE.finditer(text):
            number = DocumentNumber(match["no"], "", int(match["year"]))
            every.append(FoundNumberOfDocument(number, *match.span()))
    last = -1
    for one in sorted(every, key=lambda f: (f.start, -f.end)):
        if one.start >= last:
            yield one
            last = one.end


def parse_document_number(text: str) -> DocumentNumber:
    """Đọc số, ký hiệu: "Số: 15/KH-UBND", "40/2014/ TT - BNNPTNT", "51-KH/ĐU", "/KH-UBND" (blank)."""
    shown = " ".join(nfc(text).split())
    body = re.sub(r"^(?:[Ss]ố|SỐ)\s?[:.]?\s?", "", shown)[:120]
    for candidate in (body, f"Số: {body}"):
        for found in find_document_numbers(candidate, bare=True):
            if not candidate[found.end :].strip(" .;,") and found.start <= len(candidate) - len(body):
                return found.number
    raise DocumentNumberError(f"“{shown[:60]}” không phải số, ký hiệu văn bản; hãy viết như 15/KH-UBND hoặc 51-KH/ĐU.")
