"""Địa bàn của văn bản: province, district, commune that it is of, and which names its bare "Hữu Lễ" can mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache

from ntm.domain.documents.reading.marks import UPPER, key, plain
from ntm.domain.documents.reading.model import Level
from ntm.domain.documents.reading.names import UnitLevel, UnitNames, name_key
from ntm.domain.gazetteer import UnitList, units_on
from ntm.domain.official.text import nfd

_PATTERN_ONLY = UnitNames()


@lru_cache(maxsize=16384)
def _bare_key(name: str) -> str:
    return key(name)


_KIND_WORDS = frozenset(("xã", "huyện", "tỉnh", "phường", "thôn", "bản", "ấp", "quận"))
_KINDS = frozenset(("thị xã", "thị trấn", "thành phố", "đặc khu"))


@dataclass(frozen=True)
class Area:
    """Địa bàn: names as the document writes them, codes where the list of its day has them."""

    level: Level | None = None
    commune: str | None = None
    district: str | None = None
    province: str | None = None
    village: str | None = None
    codes: dict[str, str] = field(default_factory=dict)  # level -> code
    names: UnitNames = _PATTERN_ONLY
    lower: dict[tuple[str, UnitLevel], str] = field(default_factory=dict)  # (name key, level) -> code, all below
    count: int | None = None  # units of the level below, by the list

    def code(self, name: str, level: UnitLevel) -> str | None:
        """The unit of that name below: as written, or the only one whose letters are the same without marks."""
        found = self.lower.get((name_key(name), level))
        if found is not None:
            return found
        bare = key(name)
        near = {code for (known, lv), code in self.lower.items() if lv == level and _bare_key(known) == bare}
        return near.pop() if len(near) == 1 else None


@cache
def _index(snapshot: str, on: date) -> dict[tuple[str, UnitLevel], tuple[str, ...]]:
    """(name key, level) -> codes, for provinces and districts."""
    units = units_on(on)
    found: dict[tuple[str, UnitLevel], list[str]] = {}
    for level in ("tinh", "huyen"):
        for code in units.codes(level):  # type: ignore[arg-type]
            name = units.get(code).name
            found.setdefault((name_key(name), level), []).append(code)  # type: ignore[arg-type]
            found.setdefault((f"~{plain(name)}", level), []).append(code)  # type: ignore[arg-type]
    return {k: tuple(v) for k, v in found.items()}


def _listed(index: dict[tuple[str, UnitLevel], tuple[str, ...]], name: str, level: UnitLevel) -> tuple[str, ...]:
    """The codes of that name; without its marks where recognition lost them and nothing is called so."""
    return index.get((name_key(name), level)) or index.get((f"~{plain(name)}", level), ())


def _counted(texts: Iterable[tuple[str, int]]) -> dict[UnitLevel, Counter[str]]:
    """Names by level, weighed by where they stand."""
    found: dict[UnitLevel, Counter[str]] = {"tinh": Counter(), "huyen": Counter(), "xa": Counter(), "thon": Counter()}
    for text, weight in texts:
        for mention in _PATTERN_ONLY.mentions(text):
            level: UnitLevel = mention.level
            if mention.kind and plain(mention.kind).rstrip(".") in ("thanh pho", "tp"):
                found["tinh"][mention.name] += weight  # a city may be of either level
            found[level][mention.name] += weight
    return found


def _best(counter: Counter[str]) -> str | None:
    """The name that weighs most; of its spellings the one with most marks, for recognition loses marks and adds none."""
    if not counter:
        return None
    best = counter.most_common(1)[0][0]
    alike = [name for name in counter if plain(name) == plain(best) and len(name) == len(best)]
    return max(alike, key=lambda name: (len(nfd(name)), counter[name]))


def _titled(name: str) -> str:
    """ "VĂN QUAN" of a letterhead as "Văn Quan"."""
    return " ".join(w[:1] + w[1:].lower() for w in name.split()) if name.isupper() else name


def area_of(
    level: Level | None, issuer: str | None, place: str | None, top: list[str], whole: list[str], on: date
) -> Area:
    """Địa bàn from the issuer, the title and preamble, then the rest of the text; gaps filled from the list of the day."""
    weighed = [(_lowered(issuer or ""), 1000), *((_lowered(t), 30) for t in top), *((t, 1) for t in whole)]
    names = _counted(weighed)
    village = _best(names["thon"]) if level == "thôn" else None
    commune = _best(names["xa"]) if level in ("xã", "thôn") else None
    if commune is None and level == "xã" and place:
        commune = place
    district = _best(names["huyen"]) if level in ("huyện", "xã", "thôn") else None
    if district is None and level == "huyện" and place:
        district = place
    province = _best(names["tinh"])
    if province is None and level == "tỉnh" and place:
        province = place
    commune, district, province = (_titled(n) if n else None for n in (commune, district, province))
    return _resolved(level, commune, district, province, village, names, " ".join(whole), on)


def _lowered(text: str) -> str:
    """A letterhead in capitals, written as in a sentence, so that names can be told."""
    if not text or any(c.islower() for c in text.replace("’", "")):
        return text
    words = text.split()
    found = []
    for at, word in enumerate(words):
        before, after = (words[i].lower() if 0 <= i < len(words) else "" for i in (at - 1, at + 1))
        low = word.lower()
        kind = (
            (low in _KIND_WORDS and before not in _KIND_WORDS)
            or f"{low} {after}" in _KINDS
            or f"{before} {low}" in _KINDS
        )
        found.append(low if kind or (low in ("ủy", "uỷ") and before in _KIND_WORDS) else word[:1] + low[1:])
    return " ".join(found)


def _resolved(
    level: Level | None,
    commune: str | None,
    district: str | None,
    province: str | None,
    village: str | None,
    names: dict[UnitLevel, Counter[str]],
    whole: str,
    on: date,
) -> Area:
    units = units_on(on)
    index = _index(units.snapshot.name, on)
    codes: dict[str, str] = {}
    for name in [province, *(n for n, _ in names["tinh"].most_common(6))]:
        if name and (found := index.get((name_key(name), "tinh"))):
            province, codes["tinh"] = _titled(name), found[0]
            break
    if level in ("huyện", "xã", "thôn") and district:
        candidates = [
            c
            for c in _listed(index, district, "huyen")
            if "tinh" not in codes or units.get(c).parent_code == codes["tinh"]
        ] or list(_listed(index, district, "huyen"))
        if candidates:
            chosen = max(candidates, key=lambda c: _told(units, c, whole)) if len(candidates) > 1 else candidates[0]
            codes["huyen"] = chosen
            above = units.get(chosen).parent_code
            if above and codes.get("tinh") != above:
                codes["tinh"], province = above, units.get(above).name
    if commune:
        within = codes.get("huyen") or codes.get("tinh")
        options = units.find(commune, level="xa", within=within) if within else units.find(commune, level="xa")
        if len(options) == 1:
            codes["xa"] = options[0].code
            for above_unit in options[0].ancestors:
                codes[above_unit.level] = above_unit.code
                if above_unit.level == "huyen":
                    district = district or above_unit.name
                else:
                    province = province or above_unit.name
    return _with_names(Area(level, commune, district, province, village, codes), units)


def _told(units: UnitList, code: str, whole: str) -> int:
    return sum(child.name in whole for child in units.children(code))


def _with_names(area: Area, units: UnitList) -> Area:
    """The names below: what a bare name can mean, and the codes of all lower units."""
    level = area.level
    if level == "tỉnh" and "tinh" in area.codes:
        own = area.codes["tinh"]
        bare = [(u.name, u.code, u.level) for u in units.children(own)]
        below = units.descendants(own)
    elif "huyen" in area.codes:
        own = area.codes["huyen"]
        below = units.children(own)
        bare = [(u.name, u.code, u.level) for u in below]
    elif "xa" in area.codes:
        below = [units.get(area.codes["xa"])]
        bare = [(u.name, u.code, u.level) for u in below]
    else:
        return area
    lower: dict[tuple[str, UnitLevel], str] = {(name_key(u.name), u.level): u.code for u in below}
    count = len(units.children(own)) if level in ("tỉnh", "huyện") else None
    known = [(n, c, lv) for n, c, lv in bare if n[:1] in UPPER]
    return Area(
        level,
        area.commune,
        area.district,
        area.province,
        area.village,
        area.codes,
        UnitNames(known),
        lower,
        count,
    )
