"""Từ danh mục đến lịch sử: the dated lists as units with intervals, in memory. No database here; loading writes it.

Identity: a unit lives on where gazetteer.transition says that it continues; otherwise a new unit begins and the old one ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from ntm.domain import gazetteer
from ntm.domain.gazetteer import names, reading
from ntm.domain.gazetteer import tracing as steps
from ntm.domain.gazetteer.model import Decision, level_of
from ntm.domain.gazetteer.transition import BASES, Edge, Transition, transition
from ntm.records.units.models.dated import FROM_THE_BEGINNING

BASE = (-1, "")
ChangeKey = tuple[
    int, str
]  # the transition's place, and the code of the unit (of the later list, or vanished) it is about


@dataclass(slots=True)
class ListedChange:
    """A change that lists prove."""

    on: date
    after: date | None
    by: date | None
    decision: Decision | None
    certain: bool
    note: str
    list_name: str


@dataclass(slots=True)
class Span:
    """A dated word: value(s), from, until, and the changes that opened and closed it."""

    value: tuple[str, ...]
    start: date
    opened: ChangeKey
    end: date | None = None
    closed: ChangeKey | None = None

    def close(self, day: date, change: ChangeKey) -> None:
        self.end, self.closed = day, change


@dataclass(slots=True)
class ListedLife:
    """One unit's life as the lists tell it. `parents` hold keys of other lives as text."""

    key: int
    level: str
    own: Span
    names: list[Span] = field(default_factory=list)
    codes: list[Span] = field(default_factory=list)
    parents: list[Span] = field(default_factory=list)


@dataclass(slots=True)
class ListedHistory:
    """All of it: lives, changes, successions (old, new, change, main, basis)."""

    lives: list[ListedLife] = field(default_factory=list)
    changes: dict[ChangeKey, ListedChange] = field(default_factory=dict)
    successions: list[tuple[int, int, ChangeKey, bool, str]] = field(default_factory=list)
    regions: list[tuple[int, str, date, date | None, str, bool]] = field(default_factory=list)


def province_groups() -> list[frozenset[str]]:
    """The 63 provinces in groups whose land never crosses: each group is one province since 2025-07-01."""
    grouped: dict[str, set[str]] = {}
    for edge in transition(2).edges:
        if level_of(edge.old) == "tinh" and edge.main:
            grouped.setdefault(edge.new, set()).add(edge.old)
    return sorted((frozenset(found) for found in grouped.values()), key=min)


def history_of(provinces: Iterable[str]) -> ListedHistory:
    """The history of a whole group of provinces (codes until 2025-06-30)."""
    return _Builder(frozenset(provinces)).build()


class _Builder:
    def __init__(self, provinces: frozenset[str]) -> None:
        self.provinces = set(provinces)
        self.made = ListedHistory()
        self.current: dict[str, ListedLife] = {}  # code in the list just read -> the life

    def build(self) -> ListedHistory:
        known = reading.snapshots()
        first = known[0]
        self.made.changes[BASE] = ListedChange(
            FROM_THE_BEGINNING, None, first.latest, None, True, f"Có trong danh mục {first.name}", first.name
        )
        for code in self._codes(gazetteer.snapshot(first.name)):
            self.current[code] = self._begin(code, reading.lines(first.name)[code], FROM_THE_BEGINNING, BASE)
        for place in range(len(known) - 1):
            self._cross(place, transition(place))
        self._regions()
        return self.made

    def _codes(self, listed: gazetteer.UnitList) -> list[str]:
        """The codes of the wanted provinces in a list, upper units first."""
        grouped = _by_province(listed.snapshot.name)
        found = [code for province in self.provinces for code in grouped.get(province, ())]
        return sorted(found, key=lambda code: (len(code), code))

    def _begin(self, code: str, line: tuple[str, str, str, str], day: date, change: ChangeKey) -> ListedLife:
        _code, kind, name, parent = line
        life = ListedLife(len(self.made.lives), level_of(code), Span((), day, change))
        life.names.append(Span((kind, name), day, change))
        life.codes.append(Span((code,), day, change))
        if parent:
            life.parents.append(Span((str(self.current[parent].key),), day, change))
        self.made.lives.append(life)
        return life

    def _cross(self, place: int, crossing: Transition) -> None:
        before = self.current
        if crossing.reform:
            self.provinces = {edge.new for code in self.provinces for edge in crossing.outgoing.get(code, ())}
        heirs = {new: old for old, new in crossing.continuing.items() if old in before}
        self.current = {}
        fresh: set[str] = set()
        for code in self._codes(crossing.later):
            heir = before.get(heirs.get(code, ""))
            if heir is None:
                fresh.add(code)
                key = self._change(place, crossing, code)
                self.current[code] = self._begin(code, crossing.new[code], self.made.changes[key].on, key)
            else:
                self.current[code] = heir
                self._continue(place, crossing, code, heir, fresh)
        living = {life.key for life in self.current.values()}
        for code, life in before.items():
            if life.key not in living:
                self._end(place, crossing, code, life)
        for edge in (edge for code in before for edge in crossing.outgoing.get(code, ())):
            if edge.new in self.current and before[edge.old] is not self.current[edge.new]:
                territory = edge.basis == "territory"
                key = self._vanish(place, crossing, edge.old) if territory else self._change(place, crossing, edge.new)
                pair = (before[edge.old].key, self.current[edge.new].key)
                self.made.successions.append((*pair, key, edge.main, edge.basis))

    def _continue(self, place: int, crossing: Transition, code: str, life: ListedLife, fresh: set[str]) -> None:
        _code, kind, name, parent = crossing.new[code]
        old_kind, old_name = life.names[-1].value
        if kind != old_kind or not names.same_name(old_name, name):
            self._turn(life.names, (kind, name), self._change(place, crossing, code))
        else:
            life.names[-1].value = (kind, name)  # the newest list's spelling of the same name
        if life.codes[-1].value != (code,):
            self._turn(life.codes, (code,), self._change(place, crossing, code))
        upper = (str(self.current[parent].key),) if parent else None
        if upper and (not life.parents or life.parents[-1].value != upper):
            self._turn(life.parents, upper, self._change(place, crossing, parent if parent in fresh else code))

    def _turn(self, spans: list[Span], value: tuple[str, ...], key: ChangeKey) -> None:
        day = self.made.changes[key].on
        if spans:
            spans[-1].close(day, key)
        spans.append(Span(value, day, key))

    def _end(self, place: int, crossing: Transition, code: str, life: ListedLife) -> None:
        targets = [e for e in crossing.outgoing.get(code, []) if e.main and e.basis != "territory"]
        key = self._change(place, crossing, targets[0].new) if targets else self._vanish(place, crossing, code)
        day = self.made.changes[key].on
        for spans in ([life.own], life.names[-1:], life.codes[-1:], life.parents[-1:]):
            for span in spans:
                span.close(day, key)

    def _change(self, place: int, crossing: Transition, code: str) -> ChangeKey:
        """The change that a unit of the later list went through, made once."""
        key = (place, code)
        if key not in self.made.changes:
            edges = [edge for edge in crossing.incoming.get(code, []) if edge.basis != "territory"]
            self.made.changes[key] = self._listed_change(crossing, code, edges)
        return key

    def _listed_change(self, crossing: Transition, code: str, edges: list[Edge]) -> ListedChange:
        after = crossing.later.get(code)
        main = next((edge for edge in edges if edge.old == code), edges[0] if edges else None)
        before = crossing.earlier.get(main.old) if main else None
        decision = steps.decision_for(crossing, before, after)
        certain = bool(edges) and all(edge.certain for edge in edges)
        doubts = {BASES[edge.basis][1] for edge in edges if not edge.certain}
        note = (
            "; ".join(sorted(doubts)) if edges else f"Có trong danh mục {crossing.later.snapshot.name}, chưa rõ từ đâu"
        )
        return self._dated(crossing, decision, certain, note)

    def _vanish(self, place: int, crossing: Transition, code: str) -> ChangeKey:
        key = (place, f"{code} hết")
        if key not in self.made.changes:
            before = crossing.earlier.get(code)
            ended = crossing.reform and before.level == "huyen"
            decision = steps.decision_for(crossing, before, None)
            note = "Kết thúc hoạt động của cấp huyện" if ended else "Không còn trong danh mục, chưa rõ đi đâu"
            self.made.changes[key] = self._dated(crossing, decision, ended, note)
        return key

    def _dated(self, crossing: Transition, decision: Decision | None, certain: bool, note: str) -> ListedChange:
        name = crossing.later.snapshot.name
        after, by = steps.bounds(crossing, decision)
        if by - after == timedelta(days=1):
            return ListedChange(by, None, None, decision, certain, note, name)
        return ListedChange(crossing.later.snapshot.earliest, after, by, decision, certain, note, name)

    def _regions(self) -> None:
        """The region of each province until the reform, and of each province and commune since, where it is known."""
        reform = gazetteer.snapshot("2025-07-01").snapshot.earliest
        eve = reform - timedelta(days=1)
        for life in self.made.lives:
            code = life.codes[0].value[0]
            if life.level == "tinh" and life.own.start < reform:
                found = gazetteer.region_of(code, eve)
                if found:
                    self.made.regions.append(
                        (life.key, found.code, life.own.start, reform, found.source, found.verified)
                    )
        for code, life in self.current.items():
            found = gazetteer.region_of(code, reform)
            if found and level_of(code) in ("tinh", "xa"):
                source = f"{found.note} ({found.source})"
                self.made.regions.append((life.key, found.code, reform, None, source, found.verified))


@cache
def _by_province(name: str) -> dict[str, list[str]]:
    lines = reading.lines(name)
    found: dict[str, list[str]] = {}
    for code in lines:
        upper = code
        while lines[upper][3]:
            upper = lines[upper][3]
        found.setdefault(upper, []).append(code)
    return found


def lives_by_level(made: ListedHistory) -> Iterator[ListedLife]:
    """Upper units first."""
    order = {"tinh": 0, "huyen": 1, "xa": 2}
    return iter(sorted(made.lives, key=lambda life: (order[life.level], life.key)))
