"""Dữ kiện của nhiều đơn vị theo cột: observations, places and titles, ordered by the day from which they hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ntm.domain.assessment.columns.codes import (
    FIGURE,
    NOTHING,
    SAID_MET,
    SAID_NOT_CONSIDERED,
    SAID_NOT_MET,
)
from ntm.domain.assessment.title import extends
from ntm.domain.criteria.model import CriteriaSet
from ntm.records.standing import registry
from ntm.records.standing.bulk_columns import (
    Codes,
    Ints,
    among,
    day_of,
    read,
    table,
    text_of,
    true_sql,
    whole_of,
)
from ntm.records.standing.models import Observation, TitleHeld
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.models.observations import FactKind, Stage, State
from ntm.records.units import queries as units
from ntm.records.units.models import Position, UnitStatus
from ntm.records.units.queries.geography import Geography

__all__ = ["STATES", "Feed", "Observed", "Places", "Titles", "observed", "places_of", "titles_of"]

# A kind of fact as a state byte of the columns.
STATES = np.full(max(FactKind) + 1, NOTHING, np.uint8)
STATES[FactKind.FIGURE] = FIGURE
STATES[FactKind.YES] = SAID_MET
STATES[FactKind.NO] = SAID_NOT_MET
STATES[FactKind.NOT_CONSIDERED] = SAID_NOT_CONSIDERED


_IN_ONE = 5000  # numbers in one IN (...)


class Feed:
    """Đọc dần theo ngày: of rows ordered by day, the parts that have come by each day asked, one part a day."""

    def __init__(self, days: Ints) -> None:
        self.days, self._starts = np.unique(days, return_index=True)
        self._ends = np.append(self._starts[1:], days.size)
        self._next = 0

    def until(self, day: int) -> Iterator[slice]:
        while self._next < self.days.size and self.days[self._next] <= day:
            yield slice(int(self._starts[self._next]), int(self._ends[self._next]))
            self._next += 1


@dataclass(frozen=True)
class Observed:
    """Số liệu: `unit` counts from the first unit asked about, `code` numbers the given codes; ordered by day, and of one
    unit, code and day only the last stage is left."""

    day: Ints
    unit: Ints
    code: Ints
    kind: Ints
    value: Ints
    pk: Ints
    assumed: Ints


@dataclass(frozen=True)
class Places:
    """Vùng, nhóm và diện: from a day on, a unit's region and group (numbers of the names) and statuses (bits)."""

    day: Ints
    unit: Ints
    region: Ints
    group: Ints
    flags: Ints
    regions: tuple[str | None, ...]
    groups: tuple[str | None, ...]
    statuses: tuple[str, ...]


@dataclass(frozen=True)
class Titles:
    """Danh hiệu đang giữ, as the states of the conditions that ask for an earlier title."""

    conditions: tuple[str, ...]
    day: Ints
    unit: Ints
    states: Ints  # (changes, conditions)


def observed(unit_ids: Ints, set_id: int, codes: Codes) -> dict[Basis, Observed]:
    """Số liệu đang có giá trị của các đơn vị (sorted ids), for both bases from one reading."""
    where, parameters = among("unit_id", unit_ids)
    columns = (
        whole_of("id"),
        whole_of("unit_id"),
        text_of("code", codes),
        day_of("as_of"),
        whole_of("stage"),
        whole_of("state"),
        whole_of("kind"),
        whole_of(true_sql("assumed")),
        whole_of("COALESCE(scaled, 0)"),
    )
    pk, unit, code, on, stage, state, kind, assumed, value = read(
        columns,
        f"FROM {table(Observation)} WHERE set_id = %s AND state IN (%s, %s) AND {where}",
        [set_id, State.SENT, State.ACCEPTED, *parameters],
    )
    place = np.searchsorted(unit_ids, unit)
    wanted = unit_ids[np.minimum(place, unit_ids.size - 1)] == unit if unit_ids.size else np.zeros(0, np.bool_)
    confirmed = wanted & (state == State.ACCEPTED) & (stage >= Stage.VERIFIED)
    every = (on, place, code, kind, value, pk, assumed)
    return {
        Basis.SELF: _ordered(*(one[wanted] for one in every), stage=stage[wanted]),
        Basis.CONFIRMED: _ordered(*(one[confirmed] for one in every), stage=stage[confirmed]),
    }


def _ordered(day: Ints, unit: Ints, code: Ints, *others: Ints, stage: Ints) -> Observed:
    """By day; of one unit, code and day the last stage. One number a row holds all that orders it."""
    key = ((day << 22 | unit) << 16 | code) << 2 | stage  # 22 bits of units and of days, 16 of codes, 2 of stages
    order = np.argsort(key, kind="stable")
    same = key[order] >> 2
    last = np.ones(order.size, np.bool_)
    last[:-1] = same[1:] != same[:-1]
    kept = order[last]
    return Observed(*(one[kept] for one in (day, unit, code, *others)))


def places_of(unit_ids: Ints, criteria_set: CriteriaSet) -> Places:
    """Vùng, nhóm, diện theo ngày của các đơn vị."""
    statuses = tuple(sorted({one for rule in criteria_set.special_rules for one in rule.statuses}))
    regions, groups = Codes({None: 0}), Codes({None: 0})
    bits = {status: 1 << bit for bit, status in enumerate(statuses)}
    rows: list[tuple[int, int, int, int, int]] = []
    alike = _alike(unit_ids)
    lines = _geographies(sorted(set(alike)))
    for unit, same in enumerate(alike):
        for day, region, group, flags in lines[same]:
            here = sum(bits.get(flag, 0) for flag in flags)
            rows.append((day.toordinal(), unit, regions[region], groups[group], here))
    day, unit_of, region_of, group_of, flag = _by_day(rows, 5)
    return Places(day, unit_of, region_of, group_of, flag, tuple(regions.names()), tuple(groups.names()), statuses)


def _alike(unit_ids: Ints) -> list[int]:
    """For each unit one with the very same geography: a unit without statuses of its own has that of any other that lay
    in the same places on the same days."""
    where, parameters = among("unit_id", unit_ids)
    uppers = [whole_of(f"COALESCE({one}, 0)") for one in ("commune_id", "district_id", "province_id")]
    columns = (whole_of("unit_id"), day_of("start"), day_of("end"), *uppers)
    lain: dict[int, list[tuple[int, ...]]] = {}
    found = read(columns, f"FROM {table(Position)} WHERE {where}", parameters, order="unit_id, start")
    for unit_id, start, end, *places in zip(*(column.tolist() for column in found), strict=True):
        lain.setdefault(unit_id, []).append((start, end, *(0 if upper == unit_id else upper for upper in places)))
    own = set(read((whole_of("unit_id"),), f"FROM {table(UnitStatus)} WHERE {where}", parameters)[0].tolist())
    first: dict[tuple[tuple[int, ...], ...], int] = {}
    return [unit if unit in own else first.setdefault(tuple(lain.get(unit, ())), unit) for unit in unit_ids.tolist()]


def _geographies(unit_ids: Sequence[int]) -> dict[int, Geography]:
    found: dict[int, Geography] = {}
    for start in range(0, len(unit_ids), _IN_ONE):
        found.update(units.geographies(unit_ids[start : start + _IN_ONE]))
    return found


def titles_of(unit_ids: Ints, criteria_set: CriteriaSet) -> Titles:
    """Danh hiệu theo ngày, only where a condition of the set asks for one."""
    asked = {one.code: one.value for one in criteria_set.title_rule.conditions if isinstance(one.value, str)}
    if not asked:
        return Titles((), *_by_day([], 2), states=np.empty((0, 0), np.int64))
    held: dict[int, list[tuple[str, int, int]]] = {}
    known = set(unit_ids.tolist())
    for unit_id, code, start, end in TitleHeld.objects.filter(set__isnull=False).values_list(
        "unit_id", "set__code", "start", "end"
    ):
        if unit_id not in known:
            continue
        span = (code, start.toordinal(), end.toordinal() if end else 0)
        held.setdefault(int(np.searchsorted(unit_ids, unit_id)), []).append(span)
    rows: list[tuple[int, ...]] = [(0, unit, *([SAID_NOT_MET] * len(asked))) for unit in range(unit_ids.size)]
    for unit, spans in held.items():
        for day in sorted({one for _, start, end in spans for one in (start, end) if one}):
            now = {code for code, start, end in spans if start <= day and (not end or day < end)}
            holds = (any(extends(code, wanted, registry.resolve) for code in now) for wanted in asked.values())
            rows.append((day, unit, *(SAID_MET if one else SAID_NOT_MET for one in holds)))
    day, unit_of, *states = _by_day(rows, 2 + len(asked))
    return Titles(tuple(asked), day, unit_of, np.stack(states, axis=1))


def _by_day(rows: Sequence[tuple[int, ...]], width: int) -> tuple[Ints, ...]:
    whole = np.array(rows, np.int64).reshape(-1, width)
    return tuple(whole[np.argsort(whole[:, 0], kind="stable")].T)
