"""Dấu đầu mục: the mark that opens a paragraph (I., 1.1, a), -, +) and its kind, also as recognition spoils it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from ntm.domain.documents.reading.marks import UPPER, is_capitals

Style = Literal["part", "roman", "upper", "arabic", "letter", "bullet", "plus", "article"]

_MARKERS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (
        "part",
        re.compile(
            r"(?:PHẦN|Phần|CHƯƠNG|Chương)\s+(?:thứ\s+)?([IVX]+|\d{1,2}|[A-ZĐa-zà-ỹ]{2,4})\s*[.:\-–]?(?=\s|$)\s*"
        ),
    ),
    ("article", re.compile(r"(?:Điều|ĐIỀU)\s+(\d{1,3})\s*[.:](?=\s|$)\s*")),
    (
        "roman",
        re.compile(
            r"(?:MỤC\s+|Mục\s+)?((?![Vv]\s?/\s?v\b)(?=[l1|]{0,3}[IVXⅠ-Ⅻ])[IVXl1|Ⅰ-Ⅻ]{1,5})\s*(?:[.:)/]|\s?[-–](?=\s))\s*(?=\S)"
        ),
    ),
    ("arabic", re.compile(rf"(\d{{1,2}}(?:\.\d{{1,2}}){{1,4}})\s*(?:[.)/:]?(?=\s)|[.)/:](?=[{UPPER}]))\s*")),
    ("arabic", re.compile(rf"\(?(\d{{1,2}})\s*(?:[.](?!\d)|[)/](?![\d\w])|/(?=\s)|[-–](?=\s[{UPPER}]))\s*(?=\S)")),
    ("upper", re.compile(rf"([A-HĐ])\s*[.)/](?=\s|[{UPPER}]{{2}})\s*")),
    ("letter", re.compile(rf"\(?([a-zđ](?:\.?\d{{1,2}})?)\s*[.)/](?=\s|[{UPPER}])\s*")),
    ("plus", re.compile(r"(?:[-–—•]\s*)?(\+)\s*(?=\S)")),
    ("bullet", re.compile(rf"([-–—•·●○▪►♦❖*]|o(?=\s+[{UPPER}]))\s*(?=\S)")),
)
_ROMAN_LETTERS = str.maketrans({"l": "I", "1": "I", "|": "I"})
_SPOILED_ROMAN = {"U": "I", "H": "II", "HU": "III", "UI": "II", "UU": "II", "IH": "III", "HI": "III", "TI": "II"}
_SPOILED = re.compile(  # a heading in capitals whose "I/", "II/", "III." recognition made one letter of, or lost its stroke
    r"(?P<no>[IVX]{1,4}|" + "|".join(_SPOILED_ROMAN) + r")\s*[/.]?\s+"
    r"(?=(?:MỤC|NỘI DUNG|TỔ CHỨC|KINH PHÍ|NHIỆM VỤ|GIẢI PHÁP|ĐÁNH GIÁ|KẾT QUẢ|CHỈ TIÊU|TIÊU CHÍ|NGUỒN|PHÂN CÔNG|TIẾN ĐỘ"
    r"|THỰC TRẠNG|ĐẶC ĐIỂM|TÌNH HÌNH|PHƯƠNG HƯỚNG|KẾ HOẠCH|VỐN|LỘ TRÌNH|KHÁI QUÁT|HIỆN TRẠNG)\b)"
)


@dataclass(frozen=True)
class Marker:
    """Dấu đầu mục: the mark as written and its kind."""

    label: str
    style: Style
    text: str  # all that was taken off

    @property
    def numbered(self) -> bool:
        return self.style not in ("bullet", "plus")


def read_marker(text: str) -> tuple[Marker | None, int]:
    """The mark at the beginning and how many letters it takes."""
    for style, pattern in _MARKERS:
        match = pattern.match(text)
        if match is None or match.end() == 0:
            continue
        label = match[1]
        if style == "roman":
            label = unicodedata.normalize("NFKC", label).translate(_ROMAN_LETTERS)
        if style == "part" and not re.fullmatch(r"[IVX\d]+|nhất|hai|ba|tư|năm|NHẤT|HAI|BA|TƯ|NĂM", label):
            continue
        return Marker(label, style, match[0]), match.end()
    spoiled = _SPOILED.match(text) if is_capitals(text) else None
    if spoiled is not None:
        return Marker(_SPOILED_ROMAN.get(spoiled["no"], spoiled["no"]), "roman", spoiled[0]), spoiled.end()
    return None, 0
