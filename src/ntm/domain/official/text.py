"""Chữ viết: the same words written differently (dựng sẵn/tổ hợp, hoa/thường, Hoà/Hòa, lý/lí) compared as one."""

import re
import unicodedata
from functools import lru_cache

__all__ = ["flat", "fold", "fold_keep_marks", "natural_key", "nfc", "nfc_map", "nfd", "same_words", "tone_key"]

_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_TONES = {"\u0300": "2", "\u0301": "1", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_ALPHABET = {letter: chr(0x100 + at) for at, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONE_ORDER = {"": "0", "\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LETTER = re.compile(r"[0-9]+|[^\W\d_][\u0300-\u036f]*|.", re.DOTALL)
_LONE_Y = re.compile(r"(?:(?:qu|[bcdđghklmnprstvx]{0,3})y|quy(?:nh|t|n|ch))", re.ASCII)


def _flat_table() -> dict[int, str]:
    table = {ord("đ"): "d", ord("Đ"): "d", ord("ð"): "d", ord("Ð"): "d"}
    for code in (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if code not in table and base.isascii() and base.isalpha():
            table[code] = base.lower()
    table |= {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    table |= dict.fromkeys(map(ord, _SPACES), " ") | dict.fromkeys(map(ord, _DASHES), "-")
    return table | {ord("“"): '"', ord("”"): '"', ord("‘"): "'", ord("’"): "'"}


_FLAT = _flat_table()


def nfc(s: str) -> str:
    """Dựng sẵn: one code point a letter where there is one; the form that is stored and printed."""
    return unicodedata.normalize("NFC", s)


def nfd(s: str) -> str:
    """Tổ hợp: letters and marks apart."""
    return unicodedata.normalize("NFD", s)


def nfc_map(s: str) -> tuple[str, list[int]]:
    """Dựng sẵn, kèm vị trí: the NFC text and, for each of its characters (and its end), the place in `s`."""
    if unicodedata.is_normalized("NFC", s):
        return s, list(range(len(s) + 1))
    out: list[str] = []
    places: list[int] = []
    start = 0
    for at in range(1, len(s) + 1):
        if at == len(s) or not unicodedata.combining(s[at]):
            piece = nfc(s[start:at])
            out.append(piece)
            places += [start] * len(piece)
            start = at
    return "".join(out), [*places, len(s)]


def flat(s: str) -> str:
    """Bỏ dấu, chữ thường, giữ nguyên độ dài: for searching; place i of the result is place i of `s` (give NFC text)."""
    return s.translate(_FLAT)


def fold(s: str) -> str:
    """Khóa tìm kiếm: lower case, no marks, đ as d, spaces collapsed."""
    bare = "".join(c for c in nfd(flat(nfc(s)).translate(_INVISIBLE)) if not unicodedata.combining(c))
    return " ".join(bare.lower().split())


def fold_keep_marks(s: str) -> str:
    """Khóa còn dấu: lower case, spaces and dashes made even, the marks kept."""
    text = nfc(s).translate(_INVISIBLE).translate(dict.fromkeys(map(ord, _DASHES), "-"))
    return " ".join(text.lower().split())


@lru_cache(maxsize=16384)
def natural_key(s: str) -> str:
    """Khoá xếp theo bảng chữ cái tiếng Việt: a ă â b c d đ ..., then the tones (ngang huyền hỏi ngã sắc nặng) where the
    letters are the same; "thôn 2" before "thôn 10"."""
    letters, tones = [], []
    for found in _LETTER.findall(nfd(fold_keep_marks(s))):
        if found.isdigit():
            letters.append(found.zfill(9))
            continue
        tone = next((mark for mark in found[1:] if mark in _TONE_ORDER), "")
        letter = nfc(found.replace(tone, "") if tone else found)
        letters.append(_ALPHABET.get(letter, letter))
        tones.append(_TONE_ORDER[tone])
    return f"{''.join(letters)}\x01{''.join(tones)}"


def tone_key(s: str) -> str:
    """Khóa thanh điệu: Hoà = Hòa, Thuỷ = Thủy, lý = lí; but tay and tai, thúy and thúi stay apart."""
    return re.sub(r"[^\W\d_]+", lambda m: _syllable_key(m.group()), fold_keep_marks(s))


def _syllable_key(syllable: str) -> str:
    letters, tone = [], ""
    for c in nfd(syllable):
        if c in _TONES:
            tone = tone or _TONES[c]
        else:
            letters.append(c)
    bare = nfc("".join(letters))
    if _LONE_Y.fullmatch(bare):
        bare = bare.replace("y", "i")
    elif bare.startswith("yê"):
        bare = "i" + bare[1:]
    return bare + tone


def same_words(a: str, b: str) -> bool:
    """Cùng một chữ: equal but for case, spaces, where the tone mark stands, and i/y."""
    return tone_key(a) == tone_key(b)
