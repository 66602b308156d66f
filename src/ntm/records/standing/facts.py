"""Từ số liệu đến dữ kiện: what was observed of a unit, as the domain's facts of a day."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ntm.domain.assessment.model import Fact, Facts, Nothing
from ntm.domain.assessment.title import extends
from ntm.domain.criteria.model import CriteriaSet
from ntm.records.standing import registry
from ntm.records.standing.models import Observation, TitleHeld
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.models.observations import FactKind, Stage, State
from ntm.records.units import queries as units

__all__ = [
    "Holdings",
    "Seen",
    "Timeline",
    "by_basis",
    "condition_codes",
    "empty_timeline",
    "fact_of",
    "kind_of",
    "living",
    "observations_of",
    "timeline",
    "timelines",
]

_NOT_FIGURES: dict[int, Fact] = {
    FactKind.YES: True,
    FactKind.NO: False,
    FactKind.NOT_CONSIDERED: Nothing.NOT_CONSIDERED,
    FactKind.NO_DATA: Nothing.NO_DATA,
}


def fact_of(kind: int, value: Decimal | None) -> Fact:
    """The fact that a row tells."""
    return value if kind == FactKind.FIGURE and value is not None else _NOT_FIGURES[kind]


def kind_of(fact: Fact) -> tuple[FactKind, int | None]:
    """How a fact is kept: its kind, and the scaled figure when it is one."""
    if fact is Nothing.NO_DATA:
        return FactKind.NO_DATA, None
    if fact is Nothing.NOT_CONSIDERED:
        return FactKind.NOT_CONSIDERED, None
    if isinstance(fact, bool):
        return (FactKind.YES if fact else FactKind.NO), None
    if isinstance(fact, Decimal):
        return FactKind.FIGURE, Observation.scale(fact)
    raise TypeError(f"not a fact: {fact!r}")


class Seen(NamedTuple):
    """Số liệu đang sống: what a standing needs of an observation."""

    pk: int
    unit_id: int
    code: str
    as_of: date
    stage: int
    state: int
    kind: int
    scaled: int | None
    assumed: bool

    @property
    def value(self) -> Decimal | None:
        return Observation.unscale(self.scaled)

    def counts_for(self, basis: Basis) -> bool:
        """Sent ones count for SELF, accepted verified or appraised ones for CONFIRMED."""
        return basis == Basis.SELF or (self.state == State.ACCEPTED and self.stage >= Stage.VERIFIED)


def living(unit_ids: Iterable[int], set_id: int) -> Iterable[Seen]:
    """Số liệu đã gửi, đã nhận of these units under a set, by day and stage; whoever asks picks those of a basis."""
    rows = Observation.objects.filter(
        unit_id__in=list(unit_ids), set_id=set_id, state__in=(State.SENT, State.ACCEPTED)
    ).order_by("as_of", "stage")
    names = ("id", "unit_id", "code", "as_of", "stage", "state", "kind", "scaled", "assumed")
    return map(Seen._make, rows.values_list(*names))


def observations_of(unit_ids: Iterable[int], set_id: int, basis: Basis) -> Iterable[Seen]:
    """The living observations that a basis rests on."""
    return (row for row in living(unit_ids, set_id) if row.counts_for(basis))


@dataclass
class Holdings:
    """Danh hiệu đang giữ, by day: of the unit itself and how many of its lower units hold each."""

    own: list[tuple[str, date, date | None]] = field(default_factory=list)  # set code, start, end
    lower: list[tuple[int, str, date, date | None]] = field(default_factory=list)  # lower unit, set code, start, end
    lower_units: list[tuple[int, date, date | None]] = field(default_factory=list)  # lower units and when they exist
    wanted: dict[str, frozenset[str]] = field(default_factory=dict)  # title asked for -> titles that count as it

    def dates(self) -> set[date]:
        spans = [*((s, e) for _, s, e in self.own), *((s, e) for _, _, s, e in self.lower)]
        spans += [(s, e) for _, s, e in self.lower_units]
        return {day for span in spans for day in span if day is not None}

    def own_on(self, day: date) -> frozenset[str]:
        return frozenset(code for code, s, e in self.own if s <= day and (e is None or day < e))

    def lower_on(self, day: date) -> dict[str, tuple[int, int]]:
        """Per title asked for: how many lower units hold it (or one that extends it), of how many."""
        considered = {unit for unit, s, e in self.lower_units if s <= day and (e is None or day < e)}
        counts = {}
        for wanted, held in self.wanted.items():
            holders = {u for u, code, s, e in self.lower if code in held and s <= day and (e is None or day < e)}
            counts[wanted] = (len(holders & considered), len(considered))
        return counts


@dataclass
class Timeline:
    """Dữ kiện theo thời gian của một đơn vị và một bộ tiêu chí: facts as of any day, with the observation behind each."""

    unit_id: int
    rows: dict[str, list[Seen]] = field(default_factory=lambda: defaultdict(list))
    holdings: Holdings = field(default_factory=Holdings)
    geography: list[tuple[date, str | None, str | None, frozenset[str]]] = field(default_factory=list)

    def add(self, row: Seen) -> None:
        """Rows come ordered by day then stage; a later stage of the same day replaces the earlier one."""
        rows = self.rows[row.code]
        if rows and rows[-1].as_of == row.as_of:
            rows[-1] = row
        else:
            rows.append(row)

    def at(self, code: str, day: date) -> Seen | None:
        rows = self.rows.get(code)
        if not rows:
            return None
        place = bisect_right(rows, day, key=lambda row: row.as_of)
        return rows[place - 1] if place else None

    def dates(self, codes: Iterable[str] | None = None) -> set[date]:
        wanted = self.rows if codes is None else codes
        days = {row.as_of for code in wanted for row in self.rows.get(code, ())}
        return days | {day for day, *_ in self.geography}

    def first_day(self) -> date | None:
        days = [rows[0].as_of for rows in self.rows.values() if rows]
        return min(days) if days else None

    def facts(self, day: date, conditions: frozenset[str]) -> Facts:
        values: dict[str, Fact] = {}
        stated: dict[str, Fact] = {}
        for code in self.rows:
            row = self.at(code, day)
            if row is not None:
                (stated if code in conditions else values)[code] = fact_of(row.kind, row.value)
        region = group = None
        statuses: frozenset[str] = frozenset()
        for start, a_region, a_group, a_statuses in self.geography:
            if start <= day:
                region, group, statuses = a_region, a_group, a_statuses
        return Facts(
            unit=str(self.unit_id),
            region=region,
            group=group,
            statuses=statuses,
            values=values,
            conditions=stated,
            titles=self.holdings.own_on(day),
            lower_titles=self.holdings.lower_on(day),
        )

    def assumed(self, codes: Iterable[str], day: date) -> bool:
        return any((row := self.at(code, day)) is not None and row.assumed for code in codes)


def condition_codes(criteria_set: CriteriaSet) -> frozenset[str]:
    """Codes under which a title's other conditions are observed."""
    return frozenset(condition.code for condition in criteria_set.title_rule.conditions)


def timeline(unit_id: int, set_id: int, basis: Basis, criteria_set: CriteriaSet) -> Timeline:
    """Everything a unit's standing under a set rests on: few queries, whatever the country's size."""
    return by_basis(unit_id, set_id, (basis,), criteria_set)[basis]


def by_basis(unit_id: int, set_id: int, bases: Iterable[Basis], criteria_set: CriteriaSet) -> dict[Basis, Timeline]:
    """The same on several bases, read once: only the figures that count differ."""
    empty = empty_timeline(unit_id, criteria_set)
    lines = {basis: Timeline(unit_id, holdings=empty.holdings, geography=empty.geography) for basis in bases}
    for row in living([unit_id], set_id):
        for basis, line in lines.items():
            if row.counts_for(basis):
                line.add(row)
    return lines


def timelines(unit_ids: Iterable[int], set_id: int, basis: Basis, criteria_set: CriteriaSet) -> dict[int, Timeline]:
    """The same of many units: a fixed number of queries, but for sets that ask of lower units' titles."""
    wanted = list(unit_ids)
    places = units.geographies(wanted)
    held = _titles(wanted)
    by_lower = any(indicator.of_title for _, indicator in criteria_set.indicators())
    lines = {unit: Timeline(unit) for unit in wanted}
    for unit, line in lines.items():
        line.geography = places[unit]
        line.holdings = _holdings(unit, criteria_set) if by_lower else Holdings(own=list(held.get(unit, ())))
    for row in observations_of(wanted, set_id, basis):
        lines[row.unit_id].add(row)
    return lines


def empty_timeline(unit_id: int, criteria_set: CriteriaSet) -> Timeline:
    """The unit's geography and titles, no figures yet."""
    line = Timeline(unit_id)
    line.geography = units.geography(unit_id)
    line.holdings = _holdings(unit_id, criteria_set)
    return line


def _holdings(unit_id: int, criteria_set: CriteriaSet) -> Holdings:
    own = [(code, s, e) for code, s, e in _titles([unit_id]).get(unit_id, ())]
    of_levels = {indicator.of_level for _, indicator in criteria_set.indicators() if indicator.of_title}
    of_levels |= {condition.of_level for condition in criteria_set.title_rule.conditions if condition.of_title}
    if not of_levels:
        return Holdings(own=own)
    lower_units = [span for level in of_levels if level for span in units.lower_spans(unit_id, level)]
    lower = _titles([unit for unit, _, _ in lower_units])
    asked = {indicator.of_title for _, indicator in criteria_set.indicators() if indicator.of_title}
    asked |= {condition.of_title for condition in criteria_set.title_rule.conditions if condition.of_title}
    held = {code for spans in lower.values() for code, _, _ in spans}
    return Holdings(
        own=own,
        lower=[(unit, code, s, e) for unit, spans in lower.items() for code, s, e in spans],
        lower_units=lower_units,
        wanted={one: frozenset(h for h in held if extends(h, one, registry.resolve)) for one in sorted(asked)},
    )


def _titles(unit_ids: list[int]) -> Mapping[int, list[tuple[str, date, date | None]]]:
    held: dict[int, list[tuple[str, date, date | None]]] = defaultdict(list)
    rows = TitleHeld.objects.filter(unit_id__in=unit_ids, set__isnull=False)
    for unit_id, code, start, end in rows.values_list("unit_id", "set__code", "start", "end"):
        held[unit_id].append((code, start, end))
    return held
