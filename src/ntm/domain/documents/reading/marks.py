"""Chữ để so khớp: the length-keeping flat form under a short name, words as keys, letter classes for patterns.

Recognition loses tones and vowels first ("phần đầu", "phân đấu"), so most patterns of this room are written for the flat
form; where marks tell two words apart ("giảm", "giám") the marked text is asked as well.
"""

from __future__ import annotations

import re

from ntm.domain.documents.reading.capitals import mended
from ntm.domain.official.text import flat


def plain(text: str) -> str:
    """The flat form, capitals that recognition confused in headings put right; as long as the text."""
    return flat(mended(text))


_WORD = re.compile(r"[a-z0-9]+")
_LETTERS = [chr(c) for c in [*range(0x41, 0x7B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)]]
UPPER = "".join(c for c in _LETTERS if c.isupper())
"""Chữ hoa, for classes in patterns (a range such as À-Ỹ mixes capitals and small letters)."""
LOWER = "".join(c for c in _LETTERS if c.islower())


def words(text: str) -> tuple[str, ...]:
    """The words of the flat form: a key for comparing."""
    return tuple(_WORD.findall(plain(text)))


def key(text: str) -> str:
    return " ".join(words(text))


def is_capitals(text: str) -> bool:
    """Most letters are capitals: a heading, a letterhead, a position."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 2 and sum(c.isupper() for c in letters) >= 0.8 * len(letters)
