"""Nơi nhận và chữ ký: who gets the document; who signs it, in which place and for whom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ntm.domain.documents.reading.layout import Paragraph
from ntm.domain.documents.reading.marks import UPPER, is_capitals, plain
from ntm.domain.documents.reading.model import Recipient, Signer
from ntm.domain.documents.reading.parts import Parts
from ntm.domain.official.abbreviations import COMMON
from ntm.domain.official.signatures import find_signatures, is_person_name

_SENT_TO = re.compile(r"\W*n[ou]i\s{1,3}(?:nhan|gui)\s*:?\s*")
_POSITION = re.compile(
    r"(?:(?:q\.?|quyen)\s?)?(?:pho\s+)?(?:chu tich(?: ubnd)?|chu nhiem|truong ban|bi thu|giam doc|truong phong"
    r"|chanh van phong|bo truong|thu tuong|cuc truong|"
    r"chi cuc truong|truong doan|to truong|truong thon|bi thu chi bo|thuong truc|uy vien|chanh thanh tra|hieu truong)\b"
)
_AUTHORITY = re.compile(r"(?:t/m|k/t|(?:tm|kt|tl|tuq|q)\s?[./])\s?")
_SIGNED = re.compile(r"\(?\s*(?:da ky(?: va dong dau)?|ky ten|da ky, dong dau)\s*\)?\.?")
_BLOCK = re.compile(
    rf"\s{{1,}}(?=(?:TM\.|KT\.|TL\.|TUQ\.|Q\.|T/M|K/T|(?:PHÓ )?CHỦ TỊCH|(?:PHÓ )?TRƯỞNG BAN|(?:PHÓ )?BÍ THƯ"
    rf"|(?:PHÓ )?GIÁM ĐỐC|TRƯỞNG PHÒNG|CHÁNH VĂN PHÒNG)(?:\s|$|[{UPPER}]))"
)
_PLACE_AND_DAY = re.compile(r",?\s?ngay[\s.…_\d]{0,9}thang[\s.…_\d]{0,9}nam\s?\d{4}\W*$")
_CAPITALS = re.compile(rf"(?<!\w)[{UPPER}]{{3,8}}(?!\w)")
_WITH_BAR = {
    bare: full for full in COMMON if "Đ" in full and (bare := full.replace("Đ", "D")) not in COMMON and len(full) > 2
}
_NOT_A_NAME = re.compile(
    r"uy ban|nhan dan|chu tich|truong ban|ban chi dao|phu luc|bieu|ke hoach|da ky|noi nhan|luu|van phong|huyen|tinh"
    r"|xa |so |phong |hoi dong|bi thu"
)


def read(parts: Parts) -> tuple[tuple[Recipient, ...], Signer | None]:
    """The recipients (signature words that a flattened page put among them taken out) and the signer."""
    closing = list(parts.closing)
    if not closing:
        return (), None
    start = next((i for i, p in enumerate(closing) if _SENT_TO.match(p.flat)), None)
    recipients: list[Recipient] = []
    signature: list[tuple[str, int]] = []
    if start is None:
        signature = [(p.text, n) for p in closing for n in p.lines()[:1]]
        return (), _signer(signature)
    for p in closing[:start]:
        signature.append((p.text, p.first_line))
    parent: str | None = None
    for i, p in enumerate(closing[start:]):
        text, block = _split_block(p.text)
        if block:
            signature.append((block, p.last_line))
        if i == 0:
            text = text[_SENT_TO.match(plain(text)).end() :] if _SENT_TO.match(plain(text)) else text  # type: ignore[union-attr]
        if not text.strip() or (p.marker is None and _PLACE_AND_DAY.search(p.flat)):
            continue
        if p.marker is None and i > 0 and (_is_signature(text) or (signature and not recipients_continue(text))):
            signature.append((text, p.first_line))
            continue
        for item in _items(text, i == 0 and p.marker is None):
            parent = _add(recipients, item, p, parent)
    return tuple(recipients), _signer(signature)


def recipients_continue(text: str) -> bool:
    """A line without a dash that still is a recipient."""
    return text.rstrip().endswith((";", ",")) or plain(text).startswith(("luu", "nhu "))


def _split_block(text: str) -> tuple[str, str]:
    match = None if is_capitals(text) or _AUTHORITY.match(plain(text)) else _BLOCK.search(text)
    if match and match.start() > 0:
        return text[: match.start()], text[match.end() :].strip()
    return text, ""


def _items(text: str, inline: bool) -> list[str]:
    pieces = re.split(r";\s*[-+–]\s*|\s[-–]\s(?=Lưu\b)", text)
    if inline and len(pieces) == 1 and text.count(";") > 1:
        pieces = text.split(";")
    elif inline and len(pieces) == 1 and ";" not in text and re.search(r",\s*luu\b", plain(text)):
        pieces = re.split(r",(?![^()]*\))", text)  # all in one line, parted by commas
    return [piece.strip(" -–+;.,") for piece in pieces if piece.strip(" -–+;.,:")]


def _add(found: list[Recipient], item: str, p: Paragraph, parent: str | None) -> str | None:
    """Items under "VP.UBND tỉnh:" are of that office; "Lưu" never is."""
    under = p.marker is not None and p.marker.style == "plus"
    if under and parent and not plain(item).startswith("luu"):
        for at in range(len(found) - 1, -1, -1):
            if found[at].text == parent or found[at].text.startswith(parent):
                joined = (
                    f"{found[at].text.rstrip(':')}: {item}"
                    if found[at].text.endswith(":")
                    else f"{found[at].text}; {item}"
                )
                found[at] = Recipient(joined, tuple(sorted({*found[at].lines, *p.lines()})))
                return found[at].text
    found.append(Recipient(_repaired(item), p.lines()))
    return item if p.text.rstrip().endswith(":") else (parent if under else None)


def _is_signature(text: str) -> bool:
    flat = plain(text)
    if _AUTHORITY.match(flat) or _SIGNED.fullmatch(flat.strip()):
        return True
    if is_capitals(text) and (_POSITION.search(flat) or _NOT_A_NAME.search(flat)):
        return True
    return is_person_name(text.strip(" *")) and not text.rstrip().endswith(";")


def _signer(block: Sequence[tuple[str, int]]) -> Signer | None:
    """The signature block; a name that stands alone where the position was lost is still the signer."""
    block = _one_column(block)
    text = "\n".join(words for words, _ in block)
    signatures = find_signatures(text)
    chosen = next((s for s in signatures if s.name), signatures[0] if signatures else None)
    if chosen is None or chosen.name is None:
        alone = [(words, line) for words, line in block if is_person_name(words.strip(" *"))]
        if alone and chosen is None:
            return Signer(alone[-1][0].strip(" *"), None, (), None, (alone[-1][1],))
        if chosen is None:
            return None
    first = text[: chosen.start].count("\n")
    last = text[: chosen.end].count("\n")
    written = [words.strip(" *") for words, _ in block[first : last + 1]]
    authority = tuple(w for w in written if _AUTHORITY.match(plain(w)))
    return Signer(
        chosen.name, ", ".join(_own_positions(chosen.positions, authority)) or chosen.position, authority, chosen.signed_mark,
        tuple(sorted({line for words, line in block[first : last + 1] if words.strip()})),
    )  # fmt: skip


def _one_column(block: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Of two who sign side by side the one for the issuing body (TM., KT.), or the right one: it signs the document."""
    lines: dict[int, list[str]] = {}
    for words, line in block:
        lines.setdefault(line, []).append(words)
    pairs = [row for row in lines.values() if len(row) == 2]
    if not any(all(is_person_name(w.strip(" *")) for w in row) for row in pairs):
        return list(block)
    left = any(_AUTHORITY.match(plain(row[0])) and not _AUTHORITY.match(plain(row[1])) for row in pairs)
    kept = {line: row if len(row) != 2 else [row[0 if left else 1]] for line, row in lines.items()}
    return [(words, line) for line, row in kept.items() for words in row]


def _own_positions(positions: Sequence[str], authority: Sequence[str]) -> list[str]:
    """Without the position of the one that is signed for ("KT. CHỦ TỊCH")."""
    for_whom = [plain(w) for w in authority if plain(w).startswith(("kt", "tl", "tuq"))]
    return [p for p in positions if not any(w.endswith(plain(p)) for w in for_whom)]


def _repaired(text: str) -> str:
    """ "BCD" beside what it was before the bar of Đ was lost: "BCD (BCĐ)"."""

    def known(match: re.Match[str]) -> str:
        right = _WITH_BAR.get(match[0])
        return f"{match[0]} ({right})" if right else match[0]

    return _CAPITALS.sub(known, text)
