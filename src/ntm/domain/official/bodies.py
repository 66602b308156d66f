"""Cơ quan, đơn vị: the bodies that a cell lists ("Phòng TC - KH, VPĐP; BCĐ xã"), one by one."""

import re
from dataclasses import dataclass

from ntm.domain.official.abbreviations import COMMON, Abbreviations, abbreviation_key
from ntm.domain.official.text import flat, nfc, nfc_map

__all__ = ["BODY_HEADS", "Body", "begins_as_body", "split_bodies"]

_HEADS = (
    "uy ban nhan dan, uy ban mat tran, uy ban, ubnd, ubmttq, hoi dong nhan dan, hoi dong, hdnd, ban chi "
    "dao, bcd, ban quan ly, bql, ban phat trien, ban chi huy, ban, van phong, vpdp, vp, so, phong, chi "
    "cuc, tong cuc, cuc, vu, vien, trung tam, dang uy, dang bo, huyen uy, tinh uy, thanh uy, chi bo, mat "
    "tran, mttq, hoi, doan, lien minh, lien doan, cong an, quan su, truong, tram, doi, to, cac, bo, quy, "
    "ngan hang, buu dien, dai, don vi, co quan, thanh vien, tv, lanh dao, thuong truc, chinh quyen, doan "
    "the, nha, hop tac xa, htx, cong chuc, can bo, chu tich, kho bac, thanh tra, toa an, vien kiem sat, "
    "bao hiem, cong ty, doanh nghiep, nguoi dan, nhan dan, toan, mot so, thon, xa, huyen, tinh"
)
BODY_HEADS: tuple[str, ...] = tuple(_HEADS.split(", "))  # folded
_HEAD = re.compile(r"(?:" + "|".join(sorted(BODY_HEADS, key=len, reverse=True)) + r")(?![a-z])")
_CARRIED = re.compile(
    r"(?:ubnd (?:huyen|xa|thi tran|phuong|tinh|thanh pho)(?= )|phong|so|ubnd|ban|bo|hoi|huyen|xa|thon|thi tran|phuong)(?![a-z])"
)
_GENERIC = re.compile(
    r"(?:phong|ban|nganh|so|doan the|don vi|co quan|dia phuong|to chuc|ca nhan|hoi|xa|thon|huyen|xom|linh vuc|thanh pho|"
    r"chinh quyen|chuyen mon|thi xa|phuong|thi tran)"
)
_AROUND = re.compile(
    r"\b(?:cac|nhung|moi|toan bo|va|lien quan|cap|huyen|tinh|xa|chuyen mon|thuoc|cua|tren dia ban|chinh tri|xa hoi|khac)\b"
)
_OPEN = re.compile(r"(?:cac|nhung|toan bo|moi|so|phong|ban)\b")
_CUT = re.compile(r"\s{0,3}[;\n\t]\s{0,3}|\s{0,3},\s{0,3}|\s{1,3}va\s{1,3}(?=(?P<next>[a-z]))")
_COMMA_NAMES = re.compile(r"(?:van hoa|vh|lao dong|ld)\s{0,2}$")
_COMMA_TAILS = re.compile(r"(?:the thao|tt\s?[-&]|thuong binh|tb\s?&|thong tin)")


@dataclass(frozen=True)
class Body:
    """Cơ quan trong danh sách: as written; `head` is the word it shares with the one before ("Phòng Y tế, TN&MT")."""

    text: str
    start: int
    end: int
    head: str | None = None

    @property
    def whole(self) -> str:
        """As it would stand alone: "Phòng TN&MT"."""
        return f"{self.head} {self.text}" if self.head else self.text

    def full(self, table: Abbreviations | None = None) -> str:
        """With its abbreviations written out: "Phòng Tài nguyên và Môi trường"."""
        return (table or Abbreviations()).expand(self.whole)


def begins_as_body(text: str) -> bool:
    """Whether the words begin as the name of a body does."""
    return _HEAD.match(flat(nfc(text)).lstrip()) is not None


def split_bodies(text: str) -> tuple[Body, ...]:
    """Tách danh sách cơ quan; "Các phòng, ban, ngành" and "Sở VH,TT-DL" stay whole."""
    given = text
    text, places = nfc_map(given)
    bare = flat(text)
    pieces = _merge(bare, _cut(text, bare))
    out: list[Body] = []
    carried: str | None = None
    for start, end in pieces:
        words = bare[start:end]
        head = None
        if _stands_alone(text[start:end], words):
            found = _CARRIED.match(words)
            carried = text[start : start + found.end()] if found and len(words) > found.end() else None
        elif carried:
            head = carried
        out.append(Body(given[places[start] : places[end]], places[start], places[end], head))
    return tuple(out)


def _cut(text: str, bare: str) -> list[tuple[int, int]]:
    cuts = [0]
    for found in _CUT.finditer(bare):
        if found["next"] and not _HEAD.match(bare, found.end()):
            continue
        if "," in found.group() and _one_name(text, bare, found.start(), found.end(), cuts[-1]):
            continue
        cuts += [found.start(), found.end()]
    cuts.append(len(text))
    out = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=True):
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip(" -+*•"))
        end -= len(piece) - len(piece.rstrip(" ./"))
        if end > start:
            out.append((start, end))
    return out


def _one_name(text: str, bare: str, comma: int, after: int, start: int) -> bool:
    """A comma inside one name: "Văn hóa, Thể thao và Du lịch", "VH,TT-DL"."""
    if _COMMA_NAMES.search(bare[start:comma]) and _COMMA_TAILS.match(bare, after):
        return True
    left = re.search(r"[^\W\d_]{1,8}$", text[start:comma])
    right = re.match(r"[^\W\d_]{1,8}(?:\s?[-&]\s?[^\W\d_]{1,8}){0,3}", text[after : after + 40])
    return bool(left and right and left.group().isupper() and abbreviation_key(left.group() + right.group()) in COMMON)


def _merge(bare: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """ "Các phòng, ban, ngành, đoàn thể huyện": common nouns that follow an open list belong to it."""
    out: list[tuple[int, int]] = []
    open_list = False
    for start, end in pieces:
        common = _only_common(bare[start:end])
        if open_list and common and ";" not in bare[out[-1][1] : start] and _GENERIC.match(bare, start):
            out[-1] = (out[-1][0], end)
            continue
        out.append((start, end))
        open_list = common and _OPEN.match(bare, start) is not None
    return out


def _only_common(words: str) -> bool:
    left = _AROUND.sub(" ", words[:200])
    return all(_GENERIC.fullmatch(" ".join(part.split())) for part in re.split(r"[,\-]", left) if part.strip())


def _stands_alone(piece: str, words: str) -> bool:
    if _HEAD.match(words):
        return True
    full = COMMON.get(abbreviation_key(piece.split(" ")[0])) if piece else None
    return bool(full and _HEAD.match(flat(full)) and flat(full) not in ("lao dong",))
