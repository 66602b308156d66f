"""Chữ trong PDF: pdfium's letters -> words with their places, marks put on their letters, old fonts converted."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ..blocks import SourceError
from .builder import Builder
from .fonts import from_font
from .ink import Word
from .letters import RAISED, clean
from .limits import Limits

GAP = 0.13  # of the letters' size: white that parts two words
BOLD = re.compile(r"bold|black|heavy|demi|[-,]bd\b", re.IGNORECASE)
ITALIC = re.compile(r"italic|oblique|[-,]it\b", re.IGNORECASE)
SUBSET = re.compile(r"^[A-Z]{6}\+")
DIGITS = "0123456789"

WHITE = {0x00, 0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x2002, 0x2003, 0x2009}

Matrix = tuple[float, float, float, float, float, float]
Rectangle = tuple[float, float, float, float]


class _Letters:
    """Letters of one word in the making."""

    def __init__(self) -> None:
        self.text = ""
        self.x0 = self.y0 = self.x1 = self.y1 = 0.0
        self.first = 0
        self.baseline = 0.0

    def add(self, letter: str, box: Rectangle, index: int) -> None:
        x0, y0, x1, y1 = box
        if not self.text:
            self.x0, self.y0, self.x1, self.y1, self.first = x0, y0, x1, y1, index
        else:
            self.x0, self.y0 = min(self.x0, x0), min(self.y0, y0)
            self.x1, self.y1 = max(self.x1, x1), max(self.y1, y1)
        self.text += letter

    def follows(self, box: Rectangle) -> bool:
        """Whether a letter at the box stands on this word's line, right behind it."""
        x0, y0, _, y1 = box
        size = y1 - y0
        overlap = min(self.y1, y1) - max(self.y0, y0)
        on_line = overlap > 0.45 * min(self.y1 - self.y0, size)
        return on_line and -0.6 * size < x0 - self.x1 < GAP * max(size, 1.0)

    def raised(self, baseline: float) -> int:
        """1 for a letter set high beside this word, -1 when this word is the high one (a note's number)."""
        step = (self.baseline - baseline) / max(self.y1 - self.y0, 1.0)
        if 0.12 < step < 0.6:
            return 1
        if -0.6 < step < -0.12 and self.text.isdigit():
            self.text = self.text.translate(RAISED)
            return -1
        return 0


def words_of(page: pdfium.PdfPage, place: Matrix, limits: Limits, builder: Builder, number: int) -> list[Word]:
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        if count > limits.max_letters_a_page:
            raise SourceError(
                "limit",
                f"Trang {number} có hơn {limits.max_letters_a_page} chữ, vượt mức đọc được; hãy kiểm tra lại tệp PDF.",
            )
        return _words(text_page.raw, count, place, builder)
    finally:
        text_page.close()


def _words(handle: Any, count: int, place: Matrix, builder: Builder) -> list[Word]:
    words: list[Word] = []
    now = _Letters()
    fonts: dict[str, tuple[bool, bool]] = {}

    def close() -> None:
        nonlocal now
        word = _finish(handle, now, fonts, builder) if now.text.strip() else None
        if word is not None:
            words.append(word)
        now = _Letters()

    for index, letter in _letters(handle, count):
        if letter == " ":
            close()
            continue
        box = _box(handle, index, place)
        if box is None:
            continue
        if now.text and not unicodedata.combining(letter):
            if not now.follows(box):
                close()
            elif letter in DIGITS or now.text.isdigit():
                now.baseline = baseline_at(handle, now.first, place)
                raised = now.raised(baseline_at(handle, index, place))
                if raised < 0:
                    close()
                elif raised > 0 and letter in DIGITS:
                    now.text += letter.translate(RAISED)
                    now.x1 = max(now.x1, box[2])
                    continue
        now.add(letter, box, index)
    close()
    return words


def _letters(handle: Any, count: int) -> Iterator[tuple[int, str]]:
    """(place in pdfium's text, letter); every kind of white space is one space."""
    high = 0
    for index in range(count):
        code = raw.FPDFText_GetUnicode(handle, index)
        if code == 0x20 and raw.FPDFText_IsGenerated(handle, index) == 1:
            continue  # pdfium's guess; the white between the letters tells
        if code in WHITE:
            yield index, " "
        elif 0xD800 <= code < 0xDC00:
            high = code
        elif 0xDC00 <= code < 0xE000:
            if high:
                yield index, chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00))
            high = 0
        elif code <= 0x10FFFF:
            yield index, "-" if code in (0x02, 0xFFFE) else chr(code)  # a hyphen at the end of a line


def _box(handle: Any, index: int, place: Matrix) -> Rectangle | None:
    box = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(handle, index, box):
        return None
    a, b, c, d, e, f = place
    x0, y0 = a * box.left + c * box.top + e, b * box.left + d * box.top + f
    x1, y1 = a * box.right + c * box.bottom + e, b * box.right + d * box.bottom + f
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _finish(handle: Any, letters: _Letters, fonts: dict[str, tuple[bool, bool]], builder: Builder) -> Word | None:
    font, flags = font_at(handle, letters.first)
    if font not in fonts:
        fonts[font] = (
            bool(BOLD.search(font)) or bool(flags & (1 << 18)),
            bool(ITALIC.search(font)) or bool(flags & 64),
        )
    bold, italic = fonts[font]
    if not bold and raw.FPDFText_GetFontWeight(handle, letters.first) >= 600:
        bold = True
    shown = from_font(letters.text, font)
    if shown != letters.text:
        builder.warn("font", f"Chữ viết bằng phông cũ {font} đã được chuyển sang Unicode.")
    text = clean(shown).strip()
    if not text:
        return None
    size = raw.FPDFText_GetFontSize(handle, letters.first)
    height = letters.y1 - letters.y0
    if not 0.3 * height < size < 3 * height:
        size = height / 1.15
    return Word(letters.x0, letters.y0, letters.x1, letters.y1, text, size, bold, italic)


def baseline_at(handle: Any, index: int, place: Matrix) -> float:
    x, y = ctypes.c_double(), ctypes.c_double()
    if not raw.FPDFText_GetCharOrigin(handle, index, x, y):
        return 0.0
    return place[1] * x.value + place[3] * y.value + place[5]


def font_at(handle: Any, index: int) -> tuple[str, int]:
    """The font's name without its subset tag, and its flags."""
    flags = ctypes.c_int()
    buffer = ctypes.create_string_buffer(128)
    length = raw.FPDFText_GetFontInfo(handle, index, buffer, 128, flags)
    if not length:
        return "", 0
    name = buffer.raw[: min(length, 128) - 1].decode("utf-8", errors="replace").rstrip("\x00")
    return SUBSET.sub("", name), flags.value
