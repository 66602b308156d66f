"""Âm tiết: whether a word can be a Vietnamese syllable; the ground on which encodings are told apart and glued words cut."""

import re
from functools import lru_cache

from ntm.domain.official.text import nfc, nfd

__all__ = ["is_syllable", "split_glued"]

_ONSETS = ("ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", *"bcdđghklmnprstvx", "")
_RIMES = frozenset(
    re.findall(
        r"\w+",
        "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et "
        "ê êch êm ên êng ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oc oi om on ong op ot "
        "oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet ooc oong "
        "ô ôc ôi ôm ôn ông ôp ôt "
        "ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uôc uôi uôm uôn uông uôt uơ "
        "uy uya uych uyn uynh uyt uyp uyu uyên uyêt ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu "
        "y yêm yên yêng yêt yêu ynh yt ych",
    )
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STOPPED = frozenset("\u0301\u0323")  # a syllable that ends in c, ch, p, t bears sắc or nặng
_LONGEST = 7


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether the word, in any case, obeys the spelling of a Vietnamese syllable: onset, rime, one tone."""
    if not 0 < len(word) <= _LONGEST + 5:
        return False
    letters, tone = [], ""
    for c in nfd(word.lower()):
        if c in _TONES:
            if tone:
                return False
            tone = c
        else:
            letters.append(c)
    bare = nfc("".join(letters))
    if len(bare) > _LONGEST:
        return False
    for onset in _ONSETS:
        if bare.startswith(onset) and bare[len(onset) :] in _RIMES:
            rime = bare[len(onset) :]
            return not (rime.endswith(("c", "ch", "p", "t")) and tone not in _STOPPED)
    return bare == "gi" and bool(tone)


def split_glued(word: str) -> list[str] | None:
    """Tách từ dính: the two or three syllables that a glued word can only be; None when it is one, or not certain."""
    word = nfc(word)
    if len(word) > 3 * _LONGEST or is_syllable(word) or word.isascii() or not word.isalpha():
        return None
    ways = list(_ways(word, 3))
    marked = [way for way in ways if all(_weighty(piece) for piece in way)]
    short = [way for way in marked if len(way) == min(map(len, marked))] if marked else []
    return short[0] if len(short) == 1 else None


def _ways(word: str, pieces: int) -> list[list[str]]:
    out = [[word]] if is_syllable(word) else []
    if pieces > 1:
        for cut in range(1, min(_LONGEST, len(word) - 1) + 1):
            if is_syllable(word[:cut]):
                out += [[word[:cut], *rest] for rest in _ways(word[cut:], pieces - 1)]
    return out


def _weighty(piece: str) -> bool:
    """A piece of one letter is more often part of a damaged word than a word."""
    return len(piece) > 1
