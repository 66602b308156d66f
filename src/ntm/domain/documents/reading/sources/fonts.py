"""Phông chữ cũ: text drawn with the .Vn (TCVN3, ABC) and VNI- fonts, which only look Vietnamese, turned into Unicode."""

from __future__ import annotations

import re

from ntm.domain.official import encodings

PRIVATE = re.compile("[\uf020-\uf0ff]")
NAMES = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI", "cp1258": "CP1258"}


def encoding_of(font: str | None) -> encodings.Encoding:
    """What the letters of a font mean: ".VnTime", ".VnTimeH" -> tcvn3; "VNI-Times" -> vni."""
    name = (font or "").strip().lower()
    if name.startswith(".vn"):
        return "tcvn3"
    if name.startswith("vni-"):
        return "vni"
    return "unicode"


def from_font(text: str, font: str | None) -> str:
    """The text as the reader saw it. A stretch that holds real Vietnamese letters was typed in Unicode: the font's name
    stayed from before."""
    encoding = encoding_of(font)
    if encoding == "unicode" or any(
        letter > "\u02ff" and not PRIVATE.match(letter) for letter in text if letter.isalpha()
    ):
        return text
    plain = PRIVATE.sub(lambda match: chr(ord(match.group()) - 0xF000), text)
    if encoding == "vni":
        return encodings.from_vni(plain)
    read = encodings.from_tcvn3(plain)
    return read.upper() if (font or "").strip().endswith("H") else read  # fonts of capitals


def from_lines(texts: list[str]) -> tuple[list[str], encodings.Encoding]:
    """Converts all lines of a file when they are, together, in an old encoding that no font told."""
    encoding, _ = encodings.detect("\n".join(texts))
    return [read_as(text, encoding) for text in texts], encoding


def read_as(text: str, encoding: encodings.Encoding) -> str:
    if encoding == "tcvn3":
        return encodings.from_tcvn3(text, mend_case=True)
    return encodings.from_vni(text) if encoding == "vni" else text


def told(encoding: str) -> str:
    """The sentence for the officer."""
    return f"Chữ theo bảng mã cũ {NAMES.get(encoding, encoding)} đã được chuyển sang Unicode; hãy soát lại tên riêng."
