"""Bảng mã cũ: TCVN3 (ABC) and VNI-Windows texts told from Unicode, turned into it, and back."""

import re
from dataclasses import dataclass
from typing import Literal

from ntm.domain.official.syllables import is_syllable
from ntm.domain.official.text import nfc, nfd

__all__ = [
    "Converted",
    "Encoding",
    "EncodingError",
    "detect",
    "from_tcvn3",
    "from_vni",
    "to_tcvn3",
    "to_unicode",
    "to_vni",
]

Encoding = Literal["unicode", "tcvn3", "vni"]

# TCVN 5712:1993, VN3: one code a letter, as the characters that Windows shows for the codes. Capitals with a tone have no
# code of their own (fonts of capitals draw them); VN2's combining marks 0xB0 to 0xB4 write them without loss.
_TCVN_LOWER = (
    "àµ ả¶ ã· á¸ ạ¹ ă¨ ằ» ẳ¼ ẵ½ ắ¾ ặÆ â© ầÇ ẩÈ ẫÉ ấÊ ậË đ® èÌ ẻÎ ẽÏ éÐ ẹÑ êª ềÒ ểÓ ễÔ ếÕ ệÖ ì× ỉØ ĩÜ íÝ ịÞ "
    "òß ỏá õâ óã ọä ô« ồå ổæ ỗç ốè ộé ơ¬ ờê ởë ỡì ớí ợî ùï ủñ ũò úó ụô ư\xad ừõ ửö ữ÷ ứø ựù ỳú ỷû ỹü ýý ỵþ"
)
_TCVN_UPPER = "Ă¡ Â¢ Ê£ Ô¤ Ơ¥ Ư¦ Đ§"
_TCVN_MARKS = {"\u0300": "°", "\u0309": "±", "\u0303": "²", "\u0301": "³", "\u0323": "´"}

# VNI-Windows: the base letter, then a code for all its marks; some letters have a code of their own.
_VNI_MARKS = {
    "": "øûõùï", "\u0302": "âàåãáä", "\u0306": "êèúüéë",
}  # fmt: skip  # grave, hook, tilde, acute, dot; the circumflex and the breve rows begin with the bare letter
_VNI_ALONE = "ì ì|ỉ æ|ĩ ó|í í|ị ò|ỵ î|ơ ô|ư ö|đ ñ"
_TONES = "\u0300\u0309\u0303\u0301\u0323"


class EncodingError(ValueError):
    """Bảng mã không viết được chữ này."""


@dataclass(frozen=True)
class Converted:
    """Văn bản đã đổi mã: the text in Unicode, what it was in, and how sure that is (share of words that then read)."""

    text: str
    encoding: Encoding
    sureness: float
    original: str


def _tcvn_tables() -> tuple[dict[str, str], dict[str, str]]:
    pairs = [pair for pair in (_TCVN_LOWER + " " + _TCVN_UPPER).split(" ") if pair]
    write = {nfc(pair[0]): pair[1] for pair in pairs}
    for code in range(0x1EA0, 0x1EFA, 2):
        _add_capital(write, chr(code))
    for letter in "ÀÁÃÈÉÌÍÒÓÕÙÚÝĨŨ":
        _add_capital(write, letter)
    return write, {code: letter for letter, code in write.items()}


def _add_capital(write: dict[str, str], letter: str) -> None:
    parts = nfd(letter)
    base = nfc("".join(c for c in parts if c not in _TCVN_MARKS))
    tone = next(c for c in parts if c in _TCVN_MARKS)
    write[letter] = write.get(base, base) + _TCVN_MARKS[tone]


def _vni_tables() -> tuple[dict[str, str], dict[str, str]]:
    write: dict[str, str] = {}
    for entry in _VNI_ALONE.split("|"):
        letter, code = entry.split(" ")
        write |= {letter: code, letter.upper(): code.upper()}
    horns = (("ơ", write["ơ"]), ("ư", write["ư"]))
    plain = [(vowel, vowel) for vowel in "aeouy"] + list(horns)
    for letter, code in plain:
        for tone, mark in zip(_TONES, _VNI_MARKS[""], strict=True):
            whole = nfc(letter + tone)
            if whole not in write and len(whole) == 1:
                write |= {whole: code + mark, whole.upper(): code.upper() + mark.upper()}
    for shape, vowels in (("\u0302", "aeo"), ("\u0306", "a")):
        for vowel in vowels:
            for tone, mark in zip(("", *_TONES), _VNI_MARKS[shape], strict=True):
                whole = nfc(nfc(vowel + shape) + tone)
                write |= {whole: vowel + mark, whole.upper(): vowel.upper() + mark.upper()}
    return write, {code: letter for letter, code in write.items()}


_TO_TCVN3, _FROM_TCVN3 = _tcvn_tables()
_TO_VNI, _FROM_VNI = _vni_tables()
# Title case often keeps the mark in lower case ("AÙn" beside "Aùn"); both are read.
_FROM_VNI |= {code[0] + code[1].lower(): letter for code, letter in _FROM_VNI.items() if len(code) == 2}
_TCVN3_PIECE = re.compile("|".join(map(re.escape, sorted(_FROM_TCVN3, key=len, reverse=True))))
_VNI_PIECE = re.compile("|".join(map(re.escape, sorted(_FROM_VNI, key=len, reverse=True))))
_WORD = re.compile(r"[^\s\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f“”‘’–—…]{1,30}")
_CERTAIN = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]")
_MOST_WORDS = 2_000


def to_tcvn3(text: str) -> str:
    """Viết bằng TCVN3 (as the characters U+00A1 to U+00FE); characters that the table lacks are kept when ASCII."""
    return _write(text, _TO_TCVN3, "TCVN3")


def to_vni(text: str) -> str:
    """Viết bằng VNI-Windows."""
    return _write(text, _TO_VNI, "VNI")


def _write(text: str, table: dict[str, str], name: str) -> str:
    out = []
    for letter in nfc(text):
        if letter not in table and not letter.isascii():
            raise EncodingError(
                f"Bảng mã {name} không có chữ “{letter}” (U+{ord(letter):04X}); hãy giữ văn bản ở Unicode."
            )
        out.append(table.get(letter, letter))
    return "".join(out)


def from_tcvn3(text: str, *, mend_case: bool = False) -> str:
    """Đọc TCVN3; `mend_case` gives capitals back to lines that were set in a font of capitals ("KÕ HO¹CH" -> "KẾ HOẠCH")."""
    out = _TCVN3_PIECE.sub(lambda m: _FROM_TCVN3[m.group()], text.replace("\u03bc", "µ"))
    return "".join(_mend(line) for line in out.splitlines(keepends=True)) if mend_case else out


def _mend(line: str) -> str:
    ascii_letters = [c for c in line if c.isascii() and c.isalpha()]
    if len(ascii_letters) > 1 and all(c.isupper() for c in ascii_letters):
        return line.upper()
    return re.sub(r"[^\W\d_]+", lambda m: _mend_word(m.group()), line)


def _mend_word(word: str) -> str:
    plain = [c for c in word if c.isascii()]
    if not plain or not all(c.isupper() for c in plain) or word.isupper():
        return word
    return word.upper() if len(plain) > 1 or not word[0].isascii() else word


def from_vni(text: str) -> str:
    """Đọc VNI-Windows."""
    return _VNI_PIECE.sub(lambda m: _FROM_VNI[m.group()], text)


def _share(words: list[str]) -> float:
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def _words(text: str) -> list[str]:
    return [m.group() for m, _ in zip(_WORD.finditer(text), range(_MOST_WORDS), strict=False)]


def detect(text: str) -> tuple[Encoding, float]:
    """Nhận bảng mã, and how sure: the old code is named only when its words read as Vietnamese and Unicode's do not."""
    if _CERTAIN.search(text[:200_000]):
        return "unicode", 1.0
    every = [w.strip("·.,;:") or w for w in _words(text)]
    marked = [w for w in every if not w.isascii()]
    if not marked:
        return "unicode", 1.0
    plain = [w for w in every if w.isascii() and w.isalpha() and not w.isupper() and len(w) > 1]
    if len(plain) >= 3 and _share(plain) < 0.5:
        return "unicode", 1.0
    as_it_is = _share(marked)
    tcvn3 = _share([from_tcvn3(w, mend_case=True) for w in marked])
    vni = _share([from_vni(w) for w in marked])
    best: Encoding = "tcvn3" if tcvn3 >= vni else "vni"
    share = max(tcvn3, vni)
    enough = len(set(marked)) >= 2 or (len(plain) >= 1 and _share(plain) == 1.0)
    if share >= 0.75 and share - as_it_is >= 0.3 and enough:
        return best, share
    return "unicode", max(as_it_is, 1.0 - share)


def to_unicode(text: str) -> Converted:
    """Đổi về Unicode dựng sẵn whatever the text is in; a text that is already Unicode comes back as it is, composed."""
    encoding, sureness = detect(text)
    if encoding == "tcvn3":
        return Converted(nfc(from_tcvn3(text, mend_case=True)), encoding, sureness, text)
    if encoding == "vni":
        return Converted(nfc(from_vni(text)), encoding, sureness, text)
    return Converted(nfc(text), encoding, sureness, text)
