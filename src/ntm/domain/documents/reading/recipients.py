"""Nơi nhận và chữ ký: who gets the document; who signs it, in which place and for whom."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ntm.domain.documents.reading.layout import Paragraph
from ntm.domain.documents.reading.marks import LOWER, UPPER, is_capitals, plain
from ntm.domain.documents.reading.model import Recipient, Signer
from ntm.domain.documents.reading.parts import Parts

_SENT_TO = re.compile(r"\W*n[ou]i\s{1,3}nhan\s*:?\s*")
_POSITION = re.compile(
    r"(?:(?:q\.?|quyen)\s?)?(?:pho\s+)?(?:chu tich(?: ubnd)?|chu nhiem|truong ban|bi thu|giam doc|truong phong|chanh van phong|bo truong|thu tuong|cuc truong|"
    r"chi cuc truong|truong doan|to truong|truong thon|bi thu chi bo|thuong truc|uy vien|chanh thanh tra|hieu truong)\b"
)
_AUTHORITY = re.compile(r"(?:tm|kt|tl|tuq|q|t/m|k/t)\s?[./]\s?")
_SIGNED = re.compile(r"\(?\s*(?:da ky(?: va dong dau)?|ky ten|da ky, dong dau)\s*\)?\.?")
_BLOCK = re.compile(
    rf"\s{{1,}}(?=(?:TM\.|KT\.|TL\.|TUQ\.|Q\.|T/M|K/T|(?:PHÓ )?CHỦ TỊCH|(?:PHÓ )?TRƯỞNG BAN|(?:PHÓ )?BÍ THƯ|(?:PHÓ )?GIÁM ĐỐC|TRƯỞNG PHÒNG|CHÁNH VĂN PHÒNG)(?:\s|$|[{UPPER}]))"
)
_NAME_WORD = rf"[{UPPER}][{LOWER}'’]*"
_NAME = re.compile(rf"(?:(?:Ths|ThS|TS|BS|KS|CN|Đ/c|Ông|Bà)\.?\s+)?(?P<name>{_NAME_WORD}(?:\s{_NAME_WORD}){{1,4}})")
_NAME_CAPITALS = re.compile(rf"(?P<name>[{UPPER}]{{2,8}}(?:\s[{UPPER}]{{1,8}}){{1,4}})")
_NOT_A_NAME = re.compile(
    r"uy ban|nhan dan|chu tich|truong ban|ban chi dao|phu luc|bieu|ke hoach|da ky|noi nhan|luu|van phong|huyen|tinh|xa |so |phong |hoi dong|bi thu"
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
        if not text.strip():
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
    match = _BLOCK.search(text)
    if match and match.start() > 0:
        return text[: match.start()], text[match.end() :].strip()
    return text, ""


def _items(text: str, inline: bool) -> list[str]:
    pieces = re.split(r";\s*[-+–]\s*|\s[-–]\s(?=Lưu\b)", text)
    if inline and len(pieces) == 1 and text.count(";") > 1:
        pieces = text.split(";")
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
    found.append(Recipient(item, p.lines()))
    return item if p.text.rstrip().endswith(":") else (parent if under else None)


def _is_signature(text: str) -> bool:
    flat = plain(text)
    if _AUTHORITY.match(flat) or _SIGNED.fullmatch(flat.strip()):
        return True
    if is_capitals(text) and (_POSITION.search(flat) or _NOT_A_NAME.search(flat)):
        return True
    return bool(_NAME.fullmatch(text.strip())) and not text.rstrip().endswith(";")


def _signer(block: Sequence[tuple[str, int]]) -> Signer | None:
    """Position lines in capitals, then perhaps "(Đã ký)", then a name."""
    authority: list[str] = []
    position = mark = name = None
    lines: list[int] = []
    for text, line in block:
        for piece in re.split(r"\t+|\s{3,}|\s*\|\s*", text):
            flat, stripped = plain(piece).strip(), piece.strip(" *")
            if not stripped:
                continue
            if _SIGNED.fullmatch(flat):
                mark = stripped
            elif _AUTHORITY.match(flat):
                authority.append(stripped)
            elif _POSITION.match(flat) and (is_capitals(stripped) or len(stripped) < 40) and not _full_name(stripped):
                position = (
                    f"{position}, {stripped}"
                    if position
                    and line not in lines[-1:]
                    and name is None
                    and _POSITION.match(flat)
                    and position != stripped
                    else position or stripped
                )
            elif name is None and (got := _full_name(stripped)) and (position or authority or mark):
                name = got
            else:
                continue
            lines.append(line)
    if not (position or authority or name):
        return None
    position = _last_position(authority, position)
    return Signer(name, position, tuple(authority), mark, tuple(sorted(set(lines))))


def _last_position(authority: list[str], position: str | None) -> str | None:
    """ "TRƯỞNG BAN, CHỦ TỊCH UBND TỈNH" keeps both; "KT. CHỦ TỊCH" alone gives no position of the signer."""
    if position is None and authority:
        inner = re.search(r"(?:PHÓ\s)?(?:CHỦ TỊCH|TRƯỞNG BAN|BÍ THƯ|GIÁM ĐỐC)\b", authority[-1].upper())
        return inner[0] if inner and not authority[-1].upper().startswith("KT") else None
    return position


def _full_name(text: str) -> str | None:
    for pattern in (_NAME, _NAME_CAPITALS):
        match = pattern.fullmatch(text.strip(" .*"))
        if match and not _NOT_A_NAME.search(plain(text)):
            return match["name"]
    return None
