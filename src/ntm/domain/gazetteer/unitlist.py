"""Danh mục của một ngày: the units of the list that answers best for a day."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from ntm.domain.gazetteer import names, reading
from ntm.domain.gazetteer.model import Ancestor, Level, ListedUnit, Proof, Snapshot, UnknownUnit, level_of


class UnitList:
    """Danh mục: all units of one list, with what it proves of the asked day."""

    def __init__(self, snapshot: Snapshot, proof: Proof) -> None:
        self.snapshot, self.proof = snapshot, proof
        self._lines = reading.lines(snapshot.name)

    def __len__(self) -> int:
        return len(self._lines)

    def __contains__(self, code: object) -> bool:
        return code in self._lines

    def __iter__(self) -> Iterator[ListedUnit]:
        return (self.get(code) for code in self._lines)

    def codes(self, level: Level | None = None) -> list[str]:
        return [code for code in self._lines if level is None or level_of(code) == level]

    def get(self, code: str) -> ListedUnit:
        """The unit with that code, or UnknownUnit with a sentence."""
        line = self._lines.get(code)
        if line is None:
            raise UnknownUnit(code, self.proof)
        return ListedUnit(code, line[2], line[1], level_of(code), line[3] or None, self._ancestors(line[3]))

    def ancestors(self, code: str) -> tuple[Ancestor, ...]:
        """The upper units, nearest first."""
        return self.get(code).ancestors

    def children(self, code: str) -> list[ListedUnit]:
        """The units directly below, by code."""
        self.get(code)
        return [self.get(lower) for lower in _below(self.snapshot.name).get(code, ())]

    def descendants(self, code: str, level: Level | None = None) -> list[ListedUnit]:
        """All units below, upper before lower."""
        found: list[ListedUnit] = []
        for child in self.children(code):
            if level is None or child.level == level:
                found.append(child)
            found.extend(self.descendants(child.code, level))
        return found

    def tree(self, code: str) -> list[ListedUnit]:
        """The unit and all below it, each followed by its own."""
        return [self.get(code), *self.descendants(code)]

    def find(self, name: str, level: str | None = None, within: str | None = None) -> list[ListedUnit]:
        """Units of that name, best answer first: as written, tone mark elsewhere, without marks, by sound.

        Understands a kind before the name ("xã", "TT."), upper units after a comma, and a bare code.
        `within` is the code or the name of an upper unit.
        """
        first, *uppers = [part.strip() for part in name.split(",")]
        if within:
            uppers.append(within)
        found = self._ranked(first, level)
        for upper in uppers:
            found = [(place, unit) for place, unit in found if self._lies_in(unit, upper)]
        kept = set(names.best_of(first, {unit.code: place for place, unit in found}))
        found = [(place, unit) for place, unit in found if unit.code in kept]
        return [unit for _place, unit in sorted(found, key=lambda f: (f[0], len(f[1].code), f[1].code))]

    def _ranked(self, query: str, level: str | None) -> list[tuple[int, ListedUnit]]:
        asked = names.readings(query)
        by_name: dict[str, list[tuple[str, str]]] = {}
        for name, codes in _candidates(self.snapshot.name, asked).items():
            by_name[name] = [(code, level_of(code)) for code in codes if level is None or level_of(code) == level]
        kinds = {code: self._lines[code][1] for found in by_name.values() for code, _level in found}
        best = names.answers(asked, by_name, kinds)
        if not best and query in self._lines and (level is None or level_of(query) == level):
            best[query] = 0
        return [(place, self.get(code)) for code, place in best.items()]

    def _lies_in(self, unit: ListedUnit, upper: str) -> bool:
        return any(
            upper == ancestor.code or names.names_upper(upper, ancestor.kind, ancestor.name, ancestor.level)
            for ancestor in unit.ancestors
        )

    def _ancestors(self, code: str) -> tuple[Ancestor, ...]:
        found = []
        while code:
            _code, kind, name, parent = self._lines[code]
            found.append(Ancestor(level_of(code), code, kind, name))
            code = parent
        return tuple(found)


@cache
def _below(snapshot: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, _kind, _name, parent in reading.lines(snapshot).values():
        found.setdefault(parent, []).append(code)
    for codes in found.values():
        codes.sort()
    return found


@cache
def _by_key(snapshot: str) -> dict[str, dict[str, list[str]]]:
    """Key -> name -> codes, under the two widest keys: whatever answers to a narrower one stands there too."""
    found: dict[str, dict[str, list[str]]] = {}
    for code, _kind, name, _parent in reading.lines(snapshot).values():
        for key in {names.fold_key(name), "~" + names.loose_key(name)}:
            found.setdefault(key, {}).setdefault(name, []).append(code)
    return found


def _candidates(snapshot: str, asked: list[tuple[str | None, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for _kind, name in asked:
        for key in (names.fold_key(name), "~" + names.loose_key(name)):
            found |= _by_key(snapshot).get(key, {})
    return found


def place_of(on: date) -> int:
    """The place of the list that answers for that day: the last that may stand for it, or the first of all."""
    known = reading.snapshots()
    return max((place for place, snapshot in enumerate(known) if snapshot.earliest <= on), default=0)


@cache
def at(place: int, on: date | None = None) -> UnitList:
    """The list at that place in time, answering for `on` (by default its own first day)."""
    known = reading.snapshots()
    snapshot = known[place]
    return UnitList(snapshot, _proof(known, place, on or snapshot.earliest))


def units_on(on: date) -> UnitList:
    """Danh mục của ngày `on`: the list that proves that day best; see `.proof` for what it proves."""
    return at(place_of(on), on)


def snapshot(name: str) -> UnitList:
    """One list by its name."""
    return at([s.name for s in reading.snapshots()].index(name))


def _proof(known: tuple[Snapshot, ...], place: int, on: date) -> Proof:
    own = known[place]
    exact = own.earliest == own.latest == on
    last = known[place].latest if on >= own.earliest else None
    following = known[place + 1].earliest if place + 1 < len(known) else None
    return Proof(own.name, on, own, last, following, exact, own.verified and exact, _warning(known, place, on))


def _warning(known: tuple[Snapshot, ...], place: int, on: date) -> str:
    own = known[place]
    day = f"{on:%d/%m/%Y}"
    if on < own.earliest:
        return (
            f"Không có danh mục nào trước ngày {own.earliest:%d/%m/%Y}; "
            f"ngày {day} được trả lời theo danh mục {own.name}. "
            "Đơn vị thay đổi trước ngày đó không hiện ở đây."
        )
    if own.earliest == own.latest == on:
        return own.note
    if own.earliest <= on <= own.latest:
        return own.note
    if place + 1 == len(known):
        return " ".join(
            filter(None, [f"Danh mục mới nhất là {own.name}; thay đổi sau đó chưa có trong danh mục.", own.note])
        )
    following = known[place + 1]
    if following.earliest - own.latest == timedelta(days=1):
        return own.note
    return (
        f"Ngày {day} nằm giữa danh mục {own.name} và danh mục {following.name}; "
        f"thay đổi trong khoảng đó chỉ biết cận, chưa biết ngày. {own.note}"
    ).strip()
