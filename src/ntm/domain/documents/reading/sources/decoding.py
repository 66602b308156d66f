"""Bảng mã của tệp chữ: Unicode in its forms, CP1258, and the old TCVN3 (ABC) and VNI fonts -> Unicode NFC."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from ntm.domain.official import encodings
from ntm.domain.official.syllables import is_syllable

from ..blocks import SourceError
from .fonts import NAMES, told
from .kinds import wide_letters

MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u0323]+[^\W\d_]*)*")
ENOUGH = 0.6  # of the marked words must read as Vietnamese
MOST_WORDS = 3000


@dataclass(frozen=True)
class Decoded:
    """Chữ của tệp, and how it was told."""

    text: str
    encoding: str
    message: str | None = None  # a Vietnamese sentence when the letters were converted


def decode(content: bytes, name: str) -> Decoded:
    """The letters of a text file, NFC."""
    encoding = marked(content) or without_mark(content)
    if encoding is None:
        return eight_bit(content, name)
    try:
        text = content.decode(encoding)
    except (UnicodeDecodeError, ValueError):
        text = content.decode(encoding, errors="replace")
        return Decoded(
            unicodedata.normalize("NFC", text), encoding, "Một số chữ trong tệp bị hỏng, được thay bằng dấu “\ufffd”."
        )
    read = encodings.to_unicode(text)
    if read.encoding != "unicode":
        return Decoded(read.text, read.encoding, told(read.encoding))
    return Decoded(unicodedata.normalize("NFC", text), encoding.removesuffix("-sig"))


def marked(content: bytes) -> str | None:
    """By the mark at the beginning."""
    return next((encoding for mark, encoding in MARKS if content.startswith(mark)), None)


def without_mark(content: bytes) -> str | None:
    """UTF-16 by its zeros, UTF-8 by its form (a cut last letter is forgiven)."""
    wide = wide_letters(content)
    if wide:
        return wide
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("utf-8", errors="replace")
        lost = text.count("\ufffd")
        real = sum(letter > "\u00ff" for letter in text) - lost
        return "utf-8" if lost and real > 20 * lost else None
    return "utf-8"


def eight_bit(content: bytes, name: str) -> Decoded:
    """One byte a letter: CP1258, TCVN3 or VNI, whichever reads as Vietnamese."""
    try:
        western = content.decode("cp1252")
    except UnicodeDecodeError:
        western = content.decode("latin-1")
    read = {
        "cp1258": unicodedata.normalize("NFC", content.decode("cp1258", errors="replace")),
        "tcvn3": encodings.from_tcvn3(western, mend_case=True),
        "vni": encodings.from_vni(western),
    }
    shares = {encoding: share_of_syllables(text) for encoding, text in read.items()}
    best = max(shares, key=lambda encoding: shares[encoding])
    if shares[best] >= ENOUGH:
        message = (
            told(best) if best in ("tcvn3", "vni") else f"Chữ theo bảng mã {NAMES[best]} đã được chuyển sang Unicode."
        )
        return Decoded(unicodedata.normalize("NFC", read[best]), best, message)
    if sum(letter.isprintable() or letter in "\r\n\t\x0c" for letter in western) < 0.9 * len(western):
        raise SourceError(
            "unknown",
            f"Không nhận ra bảng mã chữ của tệp “{name}”; hãy mở tệp, lưu lại với bảng mã UTF-8 (Save As → Encoding → "
            "UTF-8) rồi nạp lại.",
        )
    return Decoded(western, "cp1252", "Không chắc bảng mã chữ của tệp; hãy kiểm tra xem chữ có dấu đọc có đúng không.")


def share_of_syllables(text: str) -> float:
    """Of the words with letters beyond ASCII, how many can be Vietnamese syllables."""
    words = [m.group() for m, _ in zip(WORD.finditer(text), range(MOST_WORDS), strict=False)]
    marked_words = [word for word in words if not word.isascii()]
    return sum(map(is_syllable, marked_words)) / len(marked_words) if marked_words else 0.0
