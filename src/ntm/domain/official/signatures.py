"""Chữ ký: who signs, in whose name (TM., KT., TL., TUQ., Q.), in which position; read from a block and written back."""

import re
from dataclasses import dataclass, replace

from ntm.domain.official.text import flat, nfc, nfc_map

__all__ = ["Person", "Signature", "find_signatures", "is_person_name", "is_position", "parse_person", "write_signature"]

_AUTHORITY = re.compile(
    r"(?P<form>tm|kt|tl|tuq|q|t/m|k/t|t/l)\s?\.\s{0,3}(?P<rest>\S.*)|(?P<spaced>t/m|k/t|t/l|tuq)\s{1,3}(?P<more>\S.*)"
)
_FORMS = {"tm": "TM.", "t/m": "TM.", "kt": "KT.", "k/t": "KT.", "tl": "TL.", "t/l": "TL.", "tuq": "TUQ.", "q": "Q."}
_POSITION = re.compile(
    r"(?:quyen |q\.\s?)?(?:pho |pho tong |tong )?(?:chu tich|chu nhiem|bi thu|giam doc|truong ban|truong phong|"
    r"truong doan|truong thon|"
    r"chanh van phong|chanh thanh tra|van phong|cuc truong|chi cuc truong|vu truong|vien truong|hieu truong|thu truong|"
    r"bo truong|"
    r"thu tuong|tong cuc truong|truong cong an|chi huy truong|to truong|doi truong|tram truong|truong|ban|phong|uy vien|thu ky|"
    r"uy vien thuong truc|thuong truc)(?![a-z])"
)
_ONLY_WITH_DEPUTY = re.compile(r"(?:van phong|truong|ban|phong|uy vien|thuong truc|thu ky)(?![a-z])")
_MARK = re.compile(
    r"[(\[]?\s?(?:da ky|ky ten|ky, dong dau|da ky, dong dau|ky ten, dong dau|da ky va dong dau)[^)\]\n]{0,30}[)\]]?"
)
_HONORIFIC = re.compile(
    r"(?:(?:ong|ba|dong chi|d/c|pgs|gs|ts|ths|bs|ks|cn|thieu ta|trung ta|thuong ta|dai ta|thieu tuong|trung tuong|dai uy|"
    r"thuong uy|"
    r"trung uy|thieu uy)[.:]?\s{1,2}){1,3}|(?:(?:pgs|gs|ts|ths|bs|ks|cn)\.\s{0,2}){1,3}"
)
_NOT_NAMES = re.compile(
    r"(?:noi nhan|phu luc|bieu|ke hoach|quyet dinh|nghi quyet|bao cao|to trinh|cong hoa|doc lap|uy ban|hoi dong|ban |"
    r"so |phong |"
    r"kinh gui|can cu|muc tieu|muc dich|danh sach|tong cong|tong so|luu|chu tich|"
    r"xa |huyen |tinh |thon |thi tran |thanh pho |dieu |chuong )"
)
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’](?=[^\W\d_])){0,12}['’]?")
_RECIPIENT = re.compile(r"\s{0,20}(?:[-+•]\s|\*{0,2}\s?[Nn]ơi nhận)")
_MOST_LINES = 14


@dataclass(frozen=True)
class Person:
    """Người: the name as written, and the title before it, which the name does not include."""

    name: str
    honorific: str | None = None


@dataclass(frozen=True)
class Signature:
    """Khối chữ ký: None or empty where the block is silent; `position` is the signer's own."""

    name: str | None
    position: str | None
    authority: str | None = None
    on_behalf_of: str | None = None
    positions: tuple[str, ...] = ()
    signed_mark: str | None = None
    honorific: str | None = None
    start: int = 0
    end: int = 0


def is_position(line: str) -> bool:
    """Chức vụ: whether a line is the name of a position."""
    written = _tidy(nfc(line))
    words = flat(written)
    found = _POSITION.match(words)
    return (
        found is not None
        and len(words) <= 90
        and not (found[0] == "truong" and written[:6].lower() == "trương")  # Trương is a family name
        and not (found.end() == len(words) and _ONLY_WITH_DEPUTY.fullmatch(words) is not None)
    )


def parse_person(text: str) -> Person | None:
    """Họ tên: two to six capitalised words, a title before them set apart; None when it is no name."""
    line = _tidy(nfc(text))
    found = _HONORIFIC.match(flat(line))
    honorific = line[: found.end()].strip() if found else None
    name = line[found.end() :].strip() if found else line
    words = name.split()
    if not 2 <= len(words) <= 6 or len(name) > 45 or _NOT_NAMES.match(flat(name) + " ") or is_position(name):
        return None
    if not all(_NAME_WORD.fullmatch(word) and word[0].isupper() for word in words):
        return None
    upper = name.isupper()
    if not upper and any(word[1:].isupper() and len(word) > 2 for word in words):
        return None
    return Person(name, honorific)


def is_person_name(text: str) -> bool:
    """Whether the words can be a person's name and nothing more."""
    found = parse_person(text)
    return found is not None and found.honorific is None


def _tidy(line: str) -> str:
    return " ".join(line.replace("*", " ").replace("_", " ").split())


@dataclass
class _Cell:
    text: str
    start: int
    end: int


def _cells(text: str) -> list[_Cell]:
    """Lines, and the cells of lines that columns were flattened into."""
    out, at = [], 0
    for line in text.splitlines(keepends=True):
        start, blank = at, not line.strip()
        for piece in re.split(r"([|\t])", line.rstrip("\n\r")):
            if piece not in ("|", "\t") and (piece.strip() or blank) and not _RECIPIENT.match(piece):
                out.append(_Cell(_tidy(piece), start, start + len(piece)))
            start += len(piece)
        at += len(line)
    return out


def find_signatures(text: str) -> list[Signature]:
    """Tìm khối chữ ký: an authority line or a position in capitals, then mark and name within a few lines."""
    text, places = nfc_map(text)
    cells = _cells(text)
    out, at = [], 0
    while at < len(cells):
        if _opens(cells[at].text):
            signature, used = _block(cells, at)
            if signature is not None:
                out.append(replace(signature, start=places[signature.start], end=places[signature.end]))
                at += used
                continue
        at += 1
    return out


def _opens(line: str) -> bool:
    words = flat(line)
    if not line or len(line) > 120:
        return False
    return bool(_AUTHORITY.fullmatch(words) and line[:2].isupper()) or (line.isupper() and is_position(line))


def _block(cells: list[_Cell], at: int) -> tuple[Signature | None, int]:
    form, behalf, mark = None, None, None
    person: Person | None = None
    positions: list[str] = []
    last = at
    for index in range(at, min(at + _MOST_LINES, len(cells))):
        line, words = cells[index].text, flat(cells[index].text)
        if not line:
            continue
        if (found := _AUTHORITY.fullmatch(words)) and line[:1].isupper():
            form = _FORMS[(found["form"] or found["spaced"])]
            rest = line[found.start("rest") if found["rest"] else found.start("more") :].strip()
            behalf, positions = (rest, positions) if form == "TM." else (behalf, [*positions, rest])
        elif _MARK.fullmatch(words):
            mark = line
        elif is_position(line) and (line.isupper() or not positions):
            positions.append(line)
        elif (form or positions) and (person := parse_person(line)):
            last = index
            break
        elif index > at and behalf and line.isupper() and not positions:
            behalf = f"{behalf} {line}"
        elif positions and line.isupper() and index == last + 1:
            positions[-1] = f"{positions[-1]} {line}"
        else:
            break
        last = index
    if person is None and mark is None and form is None:
        return None, 1
    signature = Signature(
        person.name if person else None, positions[-1] if positions else None, form, behalf, tuple(positions), mark,
        person.honorific if person else None, cells[at].start, cells[last].end,
    )  # fmt: skip
    return signature, last - at + 1


def write_signature(signature: Signature) -> str:
    """Viết khối chữ ký as the decree on paperwork sets it out, a line each."""
    lines = [f"TM. {signature.on_behalf_of}"] if signature.on_behalf_of else []
    positions = list(signature.positions)
    if signature.authority not in (None, "TM.") and positions:
        lines.append(f"{signature.authority} {positions.pop(0)}")
    lines += positions
    lines += [line for line in (signature.signed_mark,) if line]
    if signature.name:
        lines.append(f"{signature.honorific} {signature.name}" if signature.honorific else signature.name)
    return "\n".join(lines)
