"""Tìm theo tên: keys under which two spellings of one place name are the same."""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from functools import cache
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

TONES = {"\u0300": "1", "\u0301": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
VILLAGE_KINDS = ("Thôn", "Bản", "Ấp", "Buôn", "Xóm", "Làng", "Khu dân cư", "Khu phố", "Tổ dân phố")
KINDS = ("Thành phố", "Thị trấn", "Thị xã", "Đặc khu", "Phường", "Huyện", "Quận", "Tỉnh", "Xã", *VILLAGE_KINDS)
LEVELS_OF_KIND: dict[str, tuple[str, ...]] = {
    "Tỉnh": ("tinh",),
    "Thành phố": ("tinh", "huyen"),
    "Huyện": ("huyen",),
    "Quận": ("huyen",),
    "Thị xã": ("huyen",),
    "Thị trấn": ("xa",),
    "Xã": ("xa",),
    "Phường": ("xa",),
    "Đặc khu": ("xa",),
} | dict.fromkeys(VILLAGE_KINDS, ("thon",))
SHORT_KINDS = {
    "tp": "Thành phố", "t.p": "Thành phố", "tt": "Thị trấn", "t.t": "Thị trấn", "tx": "Thị xã", "t.x": "Thị xã",
    "p": "Phường", "h": "Huyện", "q": "Quận", "x": "Xã", "t": "Tỉnh",
}  # fmt: skip
# How people write a few places that no list spells so.
OTHER_NAMES = {"hcm": "ho chi minh", "sai gon": "ho chi minh", "tp hcm": "ho chi minh", "brvt": "ba ria vung tau"}
SEPARATORS = re.compile(r"[\s\-–—_/.,'’‘`´]+")
ZEROS = re.compile(r"\b0+(?=\d)")


@cache
def exact_key(name: str) -> str:
    """One form of the letters, no capital, single blanks."""
    return " ".join(unicodedata.normalize("NFC", name).lower().split())


@cache
def tone_key(name: str) -> str:
    """The same for Hoà and Hòa, Quý and Quí, ’ and ', 01 and 1: marks kept, wherever the tone is written."""
    syllables = []
    for syllable in _plain(name).split():
        letters, tone = [], ""
        for letter in unicodedata.normalize("NFD", syllable):
            if letter in TONES:
                tone = TONES[letter]
            else:
                letters.append("i" if letter == "y" else letter)
        syllables.append("".join(letters) + tone)
    return " ".join(syllables)


@cache
def fold_key(name: str) -> str:
    """No marks, đ as d: what a person types without Vietnamese letters."""
    letters = unicodedata.normalize("NFD", _plain(name).replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@cache
def loose_key(name: str) -> str:
    """Sounds that offices write both ways: s and x (Nàn Sín, Nàn Xín), y and i, tr and ch; blanks do not count."""
    key = fold_key(name).replace(" ", "").replace("y", "i").replace("x", "s").replace("tr", "ch")
    return key.replace("dak", "dac").replace("k", "c")


@cache
def sound_key(name: str) -> str:
    """The tone key with s and x, tr and ch as one: Nàn Sín is Nàn Xín, but not Nàn Xỉn."""
    return tone_key(name).replace("x", "s").replace("tr", "ch")


def _plain(name: str) -> str:
    return ZEROS.sub("", SEPARATORS.sub(" ", unicodedata.normalize("NFC", name).lower()).strip())


def marked(text: str) -> bool:
    """Does the writer use Vietnamese marks at all?"""
    return "đ" in text.lower() or any(unicodedata.combining(c) for c in unicodedata.normalize("NFD", text))


def readings(query: str) -> list[tuple[str | None, str]]:
    """The ways to read what was typed: (kind or None, name). The whole string is always one of them."""
    text = " ".join(unicodedata.normalize("NFC", query).split()).strip(" .,;")
    found: list[tuple[str | None, str]] = [(None, text)]
    folded = fold_key(text)
    for kind in KINDS:
        prefix = fold_key(kind) + " "
        if folded.startswith(prefix):
            found.append((kind, text.split(" ", kind.count(" ") + 1)[-1]))
    short = re.match(r"^(t\.?p|t\.?t|t\.?x|[phqxt])(?:\.\s*|\s+)(\S.*)$", text, re.IGNORECASE)
    if short:
        found.append((SHORT_KINDS[short[1].lower()], short[2]))
    if folded in OTHER_NAMES:
        found.append((None, OTHER_NAMES[folded]))
    for asked, name in list(found):
        if asked and fold_key(name) in OTHER_NAMES:
            found.append((asked, OTHER_NAMES[fold_key(name)]))
    return found


def same_name(one: str, other: str) -> bool:
    """Are these two spellings of one name?"""
    return tone_key(one) == tone_key(other)


def near_name(one: str, other: str) -> bool:
    """Could one be a way of writing the other?"""
    return fold_key(one) == fold_key(other) or loose_key(one) == loose_key(other)


def rank(query: str, names: Iterable[str]) -> dict[str, int]:
    """How well each name answers: 0 as written, 1 tone elsewhere, 2 same sound, 3 no marks, 4 same sound, no marks."""
    keys = (exact_key, tone_key, sound_key, fold_key, loose_key)
    wanted = [key(query) for key in keys]
    ranks = {}
    for name in names:
        for place, key in enumerate(keys):
            if key(name) == wanted[place]:
                ranks[name] = place
                break
    return ranks


def answers(
    asked: Iterable[tuple[str | None, str]],
    by_name: Mapping[str, Iterable[tuple[Key, str]]],
    kinds: Mapping[Key, str],
) -> dict[Key, int]:
    """The units that answer, each with its rank. `by_name`: name -> (unit, level) of that name."""
    best: dict[Key, int] = {}
    other: dict[Key, int] = {}  # the level asked for, but another kind: only where the kind asked for answers worse
    for kind, name in asked:
        for spelled, place in rank(name, by_name).items():
            for unit, level in by_name[spelled]:
                if kind is not None and level not in LEVELS_OF_KIND[kind] and kinds[unit] != kind:
                    continue
                found = best if kind in (None, kinds[unit]) else other
                found[unit] = min(place, found.get(unit, place))
    limit = min(best.values(), default=99)
    return best | {unit: place for unit, place in other.items() if place < limit and unit not in best}


def best_of(query: str, ranked: Mapping[Key, int]) -> list[Key]:
    """Of the ranked units those worth showing: who writes marks means them, unless nothing better is there."""
    if not ranked:
        return []
    best = min(ranked.values())
    limit = max(best, 1) if marked(query) and best <= 2 else max(best, 3)
    return [unit for unit, place in ranked.items() if place <= limit]


def names_upper(asked: str, kind: str, name: str, level: str) -> bool:
    """Does what was typed after the comma mean this upper unit?"""
    return any(
        (wanted is None or wanted == kind or level in LEVELS_OF_KIND[wanted])
        and (same_name(typed, name) or near_name(typed, name))
        for wanted, typed in readings(asked)
    )


def written_name(name: str) -> str:
    """A name as it is kept: one form of the letters, single blanks, no marks around it."""
    return " ".join(unicodedata.normalize("NFC", name).split()).strip(" .,;:-–")
