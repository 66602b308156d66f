"""Chữ hoa nhận dạng sai: capitals that recognition confuses (H and N, C and G, I and 1, O and 0) in the words of headings.

Only for matching, letter for letter, so that places stay: the text itself keeps what was read. A word is touched only when it
is no Vietnamese syllable and one word of official headings is what it must have been.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ntm.domain.official.syllables import is_syllable
from ntm.domain.official.text import flat

_UPPER = "".join(c for c in map(chr, [*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)]) if c.isupper())
_LETTER = f"[{_UPPER}0158l]"
_WORD = re.compile(rf"(?<![^\W_])(?=[^\W_]?[{_UPPER}]){_LETTER}{{3,9}}(?![^\W_])|(?<![^\W_])5ố(?=\s?:)")
_TWO = re.compile(rf"[{_UPPER}5]{_LETTER}|5ố")
_RUN = re.compile(rf"{_LETTER}{{2,}}\s?{_LETTER}{{2,}}")
_DIGITS = re.compile(  # "0l xã", "số l7", "1l/12"; numbers of documents are left alone
    r"(?<![^\W_])(?<![/.,-])(?=[lO]{0,2}\d)(?=\d{0,2}[lO])[\dlO]{2,3}(?![^\W_])(?![.-]|/\D)"
)
_ONE = re.compile(  # "l,5 tiêu chí", "l xã": no word of Vietnamese is a bare l
    r"(?<![^\W_])(?<![/.,-])l(?=,\d|\s?(?:%|xã|thôn|bản|ấp|huyện|tiêu chí|mô hình|sản phẩm|công trình|km|ha|tỷ|triệu"
    r"|lớp)(?!\w))"
)
_AS_DIGITS = str.maketrans("lO", "10")
_WORDS = """cong hoa hoi chu nghia viet doc lap dang san uy ban nhan dan ubnd hdnd bcd vpdp huyen tinh thanh phuong thon ke
hoach quyet dinh nghi huong thong bao cao chuong trinh dieu muc tieu chi nhiem giai phap kinh phi von nguon luc
nhu cau to chuc thuc hien phan trach tien do trang danh gia ket qua phu bieu noi tich pho bi thu truong giam
chanh van phong phat trien nong nang kieu mau xay dung dao quan khu trung uong nghiep thuong tin truyen nhap
ngheo moi"""
_PHRASES = """cong hoa xa hoi chu nghia viet nam;dang cong san viet nam;uy ban nhan dan;hoi dong nhan dan;ban chi dao
ban quan ly;ban phat trien;van phong dieu phoi;ke hoach;quyet dinh;nghi quyet;huong dan;thong bao;chuong trinh
phuong an;chu tich;pho chu tich;bi thu;pho bi thu;truong ban;giam doc;chanh van phong;truong phong;to chuc thuc hien
phan cong trach nhiem;muc tieu;chi tieu;kinh phi;nguon von;nhiem vu;giai phap;hien trang;thuc trang;phu luc;noi nhan
nong thon moi;lo trinh;nhu cau;tien do thuc hien"""
_CONFUSED = ("hn", "cg", "nm", "o0q", "il1", "b8", "s5", "hm", "hk", "uv")
_VOCABULARY = frozenset(_WORDS.split())
_ALIKE = {letter: {other for group in _CONFUSED if letter in group for other in group} for letter in "".join(_CONFUSED)}


def _loose(phrase: str) -> str:
    """The phrase with every letter that recognition confuses as a class."""
    return "".join(r"\s" if c == " " else f"[{''.join(sorted(_ALIKE.get(c, set()) | {c}))}]" for c in phrase)


_KNOWN = sorted(re.split(r"[;\n]", _PHRASES), key=len, reverse=True)
_PHRASE = re.compile(r"(?<![a-z0-9])(?:" + "|".join(f"({_loose(one)})" for one in _KNOWN) + r")(?![a-z0-9])")


def mended(text: str) -> str:
    """The text with such words as they must have been, of the very same length."""
    if _DIGITS.search(text):
        text = _DIGITS.sub(lambda match: match[0].translate(_AS_DIGITS), text)
    if "l" in text:
        text = _ONE.sub("1", text)
    if not _TWO.search(text):
        return text
    text = _WORD.sub(lambda match: _mended(match[0]), text)
    return _phrases(text) if _RUN.search(text) else text


@lru_cache(maxsize=4_000)
def _phrases(text: str) -> str:
    """Whole phrases of headings, written in capitals: there a word that is a syllable too must have been the phrase's."""
    bare = flat(text)
    if len(bare) != len(text):
        return text
    for match in _PHRASE.finditer(bare):
        known = _KNOWN[(match.lastindex or 1) - 1]
        words = text[match.start() : match.end()]
        if match[0] != known and sum(c.islower() and c != "l" for c in words) == 0:
            text = text[: match.start()] + known.upper() + text[match.end() :]
    return text


@lru_cache(maxsize=20_000)
def _mended(word: str) -> str:
    if word[1:] == "ố":
        return f"S{word[1:]}"
    bare = flat(word)
    if len(bare) != len(word) or len(bare) < 3 or bare in _VOCABULARY or (bare.isalpha() and is_syllable(word.lower())):
        return word
    if bare.isdigit():
        return word
    most = 1 if len(bare) < 5 else 2
    found = [one for one in _VOCABULARY if len(one) == len(bare) and 0 < _slips(one, bare) <= most]
    return found[0].upper() if len(found) == 1 else word


def _slips(known: str, read: str) -> int:
    """Letters that differ, each as recognition confuses them; many where one differs otherwise."""
    count = 0
    for a, b in zip(known, read, strict=True):
        if a != b:
            if b not in _ALIKE.get(a, ()):
                return 99
            count += 1
    return count
