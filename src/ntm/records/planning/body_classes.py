"""Cơ quan của mọi đơn vị dưới: "UBND các xã", "BCĐ, BQL xã", "UBND huyện, TP" mean one body in each lower unit."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ntm.domain.official.abbreviations import expand
from ntm.domain.official.text import fold
from ntm.records.people.models import BodyKind

__all__ = ["LOWER", "UNIT_WORDS", "Every", "carried", "every", "named"]

LOWER: Mapping[str, tuple[str, ...]] = {"tinh": ("huyen", "xa", "thon"), "huyen": ("xa", "thon"), "xa": ("thon",)}
UNIT_WORDS: Mapping[str, str] = {  # folded word -> level
    "huyen": "huyen",
    "thi xa": "huyen",
    "thanh pho": "huyen",
    "quan": "huyen",
    "xa": "xa",
    "thi tran": "xa",
    "phuong": "xa",
    "dac khu": "xa",
    "thon": "thon",
    "xom": "thon",
    "to dan pho": "thon",
}
_ANY = {"cap huyen": "huyen", "cap xa": "xa"}  # the whole level, whatever its units are called
_KINDS: tuple[tuple[str, BodyKind], ...] = (
    ("ban chi dao", BodyKind.STEERING_COMMITTEE),
    ("ban quan ly", BodyKind.MANAGEMENT_BOARD),
    ("uy ban nhan dan", BodyKind.PEOPLES_COMMITTEE),
    ("chinh quyen", BodyKind.PEOPLES_COMMITTEE),
    ("ban phat trien", BodyKind.VILLAGE_BOARD),
)
_WORD = "|".join(sorted([*UNIT_WORDS, *_ANY], key=len, reverse=True))
_PROGRAMME = r"(?: (?:cac )?chuong trinh (?:muc tieu quoc gia)?)?(?: (?:xay dung )?nong thon moi)?"
_EVERY = re.compile(
    rf"(?P<base>[a-z ]*?){_PROGRAMME}\s*\b(?:tat ca |toan bo )?(?P<many>cac |moi |tung )?(?P<unit>{_WORD})"
    r"(?: (?:tren dia ban|trong|thuoc|cua)(?: toan)? (?:huyen|tinh|xa|thanh pho))?"
)
_HEADS = "|".join(head for head, _kind in _KINDS)
_NAMES = "|".join(sorted(UNIT_WORDS, key=len, reverse=True))
_NAMED = re.compile(rf"(?P<base>(?:{_HEADS})?){_PROGRAMME}\s*\b(?P<unit>{_NAMES}) (?P<name>[a-z0-9 ]+)")
_PLACES = re.compile(r"(?:uy ban nhan dan |chinh quyen )?(?:cac |chinh quyen )?dia phuong")


@dataclass(frozen=True, slots=True)
class Every:
    """Mỗi đơn vị dưới một cơ quan: of this kind, in units of this level; `of` narrows to one word for them ("xa"), `unit`
    to a single one."""

    kind: BodyKind
    level: str
    of: str = ""
    unit: int | None = None

    def fits(self, unit_id: int, level: str, unit_kind: str) -> bool:
        """Is this unit, of this level and called so (folded), meant?"""
        return level == self.level and self.of in ("", unit_kind) and self.unit in (None, unit_id)


def every(words: str, own: str, there: Collection[str]) -> Every | None:
    """Những cơ quan nào of the units below one of level `own`, where those levels are `there`; None: not a class of bodies."""
    key = _key(words)
    if _PLACES.fullmatch(key):
        level = next((one for one in LOWER.get(own, ()) if one in there and one != "thon"), "")
        return Every(BodyKind.PEOPLES_COMMITTEE, level) if level else None
    found = _EVERY.fullmatch(key)
    if found is None:
        return None
    base, level, of = found["base"].strip(), *_unit(found["unit"])
    kind = next((kind for head, kind in _KINDS if base == head), None)
    if kind is None and not base and found["many"]:  # "các xã": their committees
        kind = BodyKind.STEERING_COMMITTEE
    if kind is None or level not in LOWER.get(own, ()) or level not in there:
        return None
    return _meant(kind, level, of)


def carried(words: str, after: str, own: str, there: Collection[str]) -> Every | None:
    """ "BCĐ, BQL xã": a committee told without a unit takes the lower units told right after it."""
    kind = next((kind for head, kind in _KINDS if _key(words) == head), None)
    told = re.fullmatch(rf"[a-z ]+ (?:cac |moi |tung )?(?P<unit>{_WORD})", _key(after))
    if kind is None or told is None:
        return None
    level, of = _unit(told["unit"])
    return _meant(kind, level, of) if level in LOWER.get(own, ()) and level in there else None


def named(words: str, own: str, there: Collection[str]) -> tuple[Every, str, str] | None:
    """ "UBND xã Văn An": the body, the word for the unit (folded) and its name as written; which unit, the directory knows."""
    found = _NAMED.fullmatch(_key(words))
    if found is None:
        return None
    base, level = found["base"].strip(), UNIT_WORDS[found["unit"]]
    kind = next((kind for head, kind in _KINDS if base == head), None if base else BodyKind.STEERING_COMMITTEE)
    if kind is None or level not in LOWER.get(own, ()) or level not in there:
        return None
    return _meant(kind, level, ""), found["unit"], " ".join(words.split()[-len(found["name"].split()) :])


def _meant(kind: BodyKind, level: str, of: str) -> Every:
    """A village has one body of the programme, whatever a plan calls it."""
    return Every(BodyKind.VILLAGE_BOARD if level == "thon" else kind, level, of)


def _unit(word: str) -> tuple[str, str]:
    return (_ANY[word], "") if word in _ANY else (UNIT_WORDS[word], word)


def _key(words: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(expand(words))).split())
