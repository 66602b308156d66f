"""Tên tiêu chí: from what a document calls a criterion to the criterion of a set, forgiving but never guessing far.

Names are compared without marks, case, "tiêu chí số ...", small words and punctuation; abbreviations are written out.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from ntm.domain.criteria.model import CriteriaSet, Criterion
from ntm.domain.official.text import fold

__all__ = ["criterion_by_name", "criterion_by_number", "plain_name"]

_NUMBERED = re.compile(
    r"^\W*(?:(?:tieu chi|tc)\s*)?(?:so\s*)?(\d{1,2})(?!\d)(?!\s*[.,]\s*\d)\s*(?:[.:)-]|ve\b)?\s*(.*)$", re.ASCII
)
_TRAILING_NUMBER = re.compile(r"\(\s*(?:tc|tieu chi)\s*(?:so\s*)?(\d{1,2})\s*\)", re.ASCII)
_LEADING = re.compile(r"^(?:(?:tieu chi|tc)\b\s*(?:ve\b)?\s*)", re.ASCII)
_ABBREVIATIONS = {
    "attp": "an toan thuc pham",
    "vsattp": "an toan thuc pham",
    "csvc": "co so vat chat",
    "csht": "co so ha tang",
    "gtnt": "giao thong nong thon",
    "htx": "hop tac xa",
    "gd&dt": "giao duc dao tao",
    "gddt": "giao duc dao tao",
    "tt&tt": "thong tin truyen thong",
    "tttt": "thong tin truyen thong",
    "htct": "he thong chinh tri",
    "qp": "quoc phong",
    "qpan": "quoc phong an ninh",
    "an": "an ninh",
    "mt": "moi truong",
    "tcsx": "to chuc san xuat",
    "pctt": "phong chong thien tai",
    "tcpl": "tiep can phap luat",
}
# One subject, named differently in two periods; tried only when the name itself is not found.
_OTHER_PERIOD = {"ngheo da chieu": "ho ngheo", "ho ngheo": "ngheo da chieu"}
_SMALL = frozenset({"va", "ve", "cua", "cac", "nong", "thon"})
_ALIKE = 0.84  # SequenceMatcher ratio of folded names: one or two letters misread in a name of ten
_AHEAD = 0.06  # how much better than the second best


def plain_name(text: str) -> str:
    """A name without marks, numbering, small words and punctuation: the key that names are compared by."""
    folded = _LEADING.sub("", fold(text)).replace("&", " va ")
    words = re.findall(r"[a-z0-9&]+", folded)
    written = " ".join(_ABBREVIATIONS.get(word, word) for word in words).split()
    kept = [word for word in written if word not in _SMALL]
    return " ".join(kept or written)


def criterion_by_number(criteria_set: CriteriaSet, number: int) -> Criterion | None:
    return next((criterion for criterion in criteria_set.criteria if criterion.no == number), None)


def criterion_by_name(criteria_set: CriteriaSet, text: str) -> Criterion | None:
    """The criterion that a text names: "Tiêu chí số 17 Môi trường", "Hộ nghèo", "Môi trường và ATTP", "(TC7)".

    Where the text holds a number and a name that disagree, the name decides if it is clear; None when neither is.
    """
    words = _words_of(text)
    named = _by_words(criteria_set, words) or _by_words(criteria_set, _OTHER_PERIOD.get(words, ""))
    if named is not None:
        return named
    number = _number_of(text)
    return None if number is None else criterion_by_number(criteria_set, number)


def _number_of(text: str) -> int | None:
    folded = fold(text)
    found = _TRAILING_NUMBER.search(folded) or _NUMBERED.match(folded)
    return int(found[1]) if found else None


def _words_of(text: str) -> str:
    folded = _TRAILING_NUMBER.sub(" ", fold(text))
    numbered = _NUMBERED.match(folded)
    return plain_name(numbered[2] if numbered else folded)


def _by_words(criteria_set: CriteriaSet, words: str) -> Criterion | None:
    if not words or words.isdigit():
        return None
    names = _names(tuple((criterion.no, criterion.name) for criterion in criteria_set.criteria))
    exact = [no for no, name in names if name == words]
    if len(exact) == 1:
        return criterion_by_number(criteria_set, exact[0])
    shortened = [no for no, name in names if _is_shortened(words, name)]
    if len(shortened) == 1:
        return criterion_by_number(criteria_set, shortened[0])
    ranked = sorted(((SequenceMatcher(None, words, name).ratio(), no) for no, name in names), reverse=True)
    clear = ranked and ranked[0][0] >= _ALIKE and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= _AHEAD)
    return criterion_by_number(criteria_set, ranked[0][1]) if clear else None


def _is_shortened(words: str, name: str) -> bool:
    """The text is the beginning of the name, whole words: "Thủy lợi" of "Thủy lợi và phòng, chống thiên tai"."""
    return len(words) >= 4 and (name + " ").startswith(words + " ")


@lru_cache(maxsize=64)
def _names(criteria: tuple[tuple[int, str], ...]) -> tuple[tuple[int, str], ...]:
    return tuple((no, plain_name(name)) for no, name in criteria)
