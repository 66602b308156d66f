"""Vẽ nhiều đơn vị cùng lúc: the same intervals as `drawing.draw`, for thousands of units by columns.

The days on which anything changes are walked once; on each, only the units that something happened to are judged, all of
them together. A property test holds both ways equal on the stored rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from ntm.domain.assessment.columns import (
    ColumnAssessment,
    ColumnTable,
    Layout,
    Plan,
    compile_plan,
    evaluate_plan,
    row_codes,
)
from ntm.domain.assessment.columns.codes import FIGURE, NOT_IN_FORCE, NOTHING, SAID_NOT_MET, Bytes
from ntm.domain.criteria.model import CriteriaSet, Indicator, Kind
from ntm.records.standing import drawing, registry
from ntm.records.standing.bulk_columns import Ints
from ntm.records.standing.country_facts import STATES, Feed, Observed, Places, Titles
from ntm.records.standing.country_tracks import ABSENT, Spans, Track, pack_criterion, pack_indicator, pack_unit
from ntm.records.standing.facts import condition_codes
from ntm.records.standing.models.intervals import OutcomeCode
from ntm.records.standing.models.observations import SCALE

__all__ = ["LARGEST_FIGURE", "CountryDrawing", "World", "draw_many", "fits", "layout_of"]

LARGEST_FIGURE = 2**51  # scaled; a unit with a larger one is drawn alone, with numbers of any length
_NEVER = 10**9  # later than any day
_MOST_CRITERIA = 255
_MOST_PLANS = 64

# Outcomes in the order of columns.codes; what is not in force has no interval.
_OUTCOMES = np.array([OutcomeCode.NOT_MET, OutcomeCode.NO_DATA, OutcomeCode.MET, OutcomeCode.NOT_CONSIDERED, 0])

_plans: dict[tuple[str, Layout, int], Plan] = {}


@dataclass(frozen=True)
class CountryDrawing:
    """Hiện trạng của nhiều đơn vị. entity: 0 for units, the number of a criterion, the place in `codes` of an indicator."""

    units: Spans
    criteria: Spans
    indicators: Spans


def fits(criteria_set: CriteriaSet) -> bool:
    """Can the set be drawn by columns? Shares of lower units' titles, and codes that mean two things, are drawn one unit
    at a time."""
    every = _with_parts(criteria_set)
    conditions = criteria_set.title_rule.conditions
    if any(one.of_title or one.kind is Kind.TITLE_SHARE for one in (*every, *conditions)):
        return False
    twice = {one.code for one in every} & condition_codes(criteria_set)
    return not twice and len(criteria_set.criteria) <= _MOST_CRITERIA


def _with_parts(criteria_set: CriteriaSet) -> list[Indicator]:
    found: list[Indicator] = []
    stack = [one for _, one in criteria_set.indicators()]
    while stack:
        found.append(stack.pop())
        stack.extend(found[-1].parts)
    return found


def draw_many(
    criteria_set: CriteriaSet, units: int, codes: Sequence[str], seen: Observed, places: Places, titles: Titles
) -> CountryDrawing:
    """Vẽ. `codes` are the names of the numbers in `seen.code`; indicators' intervals are of the same numbers."""
    at = {code: number for number, code in enumerate(codes)}
    layout = layout_of(criteria_set, places)
    world = World(criteria_set, layout, units, codes, seen, places, titles)
    reading = _Reading(criteria_set, layout)
    tracks = (
        Track.of([0], units),
        Track.of([criterion.no for criterion in criteria_set.criteria], units),
        Track.of([at[indicator.code] for _, indicator in criteria_set.indicators()], units),
    )
    begin, end = _begin(criteria_set, units, seen), criteria_set.end.toordinal() if criteria_set.end else _NEVER
    law = {day.toordinal() for day in drawing.law_dates(criteria_set)}
    first = since = int(begin.min(initial=_NEVER))
    known = (law, begin.tolist(), *(feed.days.tolist() for feed in world.feeds))
    for day in sorted(one for one in set().union(*known) if first <= one < end):
        touched = world.happen(day) | (begin == day)
        if day in law:
            since = day
            touched[:] = True
        columns = np.flatnonzero(touched & (begin <= day))
        if columns.size:
            judged = evaluate_plan(_plan(criteria_set, layout, since), world.table(columns))
            for track, now in zip(tracks, reading.of(judged, world, columns), strict=True):
                track.step(columns, now, day)
    spans = [track.close(end if criteria_set.end else 0) for track in tracks]
    return CountryDrawing(*spans)


def _begin(criteria_set: CriteriaSet, units: int, seen: Observed) -> Ints:
    """The first day of each unit's standing: its first figure, not before the set is in force."""
    first = np.full(units, _NEVER, np.int64)
    np.minimum.at(first, seen.unit, seen.day)
    return np.maximum(first, criteria_set.start.toordinal()) if criteria_set.start else first


def layout_of(criteria_set: CriteriaSet, places: Places) -> Layout:
    """Cách xếp bảng cho bộ và những nơi này."""
    rows = row_codes(criteria_set)
    return Layout(rows, (SCALE,) * len(rows), places.regions, places.groups, places.statuses)


def _plan(criteria_set: CriteriaSet, layout: Layout, since: int) -> Plan:
    """The set compiled for a period in which the law asks the same."""
    key = (criteria_set.hash, layout, since)
    if key not in _plans:
        if len(_plans) >= _MOST_PLANS:
            _plans.clear()
        _plans[key] = compile_plan(criteria_set, layout, date.fromordinal(since), registry.resolve)
    return _plans[key]


class World:
    """Số liệu, vùng, danh hiệu đang có hiệu lực: brought forward day by day."""

    def __init__(
        self,
        criteria_set: CriteriaSet,
        layout: Layout,
        units: int,
        codes: Sequence[str],
        seen: Observed,
        places: Places,
        titles: Titles,
    ) -> None:
        shape = (len(layout.codes), units)
        self.layout, self._seen, self._places, self._titles = layout, seen, places, titles
        self.feeds = (Feed(seen.day), Feed(places.day), Feed(titles.day))
        self.observation = np.zeros(shape, np.int64)
        self.assumed = np.zeros(shape, np.bool_)
        self._values, self._states = np.zeros(shape, np.int64), np.full(shape, NOTHING, np.uint8)
        self._region, self._group = np.zeros(units, np.intp), np.zeros(units, np.intp)
        self._flags = np.zeros(units, np.uint32)
        self._held = np.full((units, len(titles.conditions)), SAID_NOT_MET, np.uint8)
        conditions = condition_codes(criteria_set)
        at = {code: row for row, code in enumerate(layout.codes)}
        self._row = np.array([at.get(f"@{code}" if code in conditions else code, -1) for code in codes], np.int64)
        self._title_rows = [at[f"@{code}"] for code in titles.conditions]

    def happen(self, day: int) -> npt.NDArray[np.bool_]:
        """Everything that came by this day; tells which units it came to."""
        touched = np.zeros(self._flags.size, np.bool_)
        observing, moving, holding = self.feeds
        for part in observing.until(day):
            touched[self._observe(part)] = True
        for part in moving.until(day):
            unit = self._places.unit[part]
            self._region[unit], self._group[unit] = self._places.region[part], self._places.group[part]
            self._flags[unit] = self._places.flags[part]
            touched[unit] = True
        for part in holding.until(day):
            unit = self._titles.unit[part]
            self._held[unit] = self._titles.states[part]
            touched[unit] = True
        return touched

    def _observe(self, part: slice) -> Ints:
        seen = self._seen
        row, unit = self._row[seen.code[part]], seen.unit[part]
        if (row < 0).any():  # a code that the set does not ask for: it stands nowhere
            known = np.flatnonzero(row >= 0)
            row, place = row[known], known + part.start
        else:
            place = np.arange(part.start, part.stop)
        cells = (row, seen.unit[place])
        self._values[cells] = seen.value[place]
        self._states[cells] = STATES[seen.kind[place]]
        self.observation[cells] = seen.pk[place]
        self.assumed[cells] = seen.assumed[place].astype(np.bool_)
        return unit

    def table(self, columns: npt.NDArray[np.intp]) -> ColumnTable:
        """These units as they stand now."""
        states: Bytes = np.take(self._states, columns, axis=1)
        for condition, row in enumerate(self._title_rows):
            unsaid = (states[row] == FIGURE) | (states[row] == NOTHING)
            states[row] = np.where(unsaid, self._held[columns, condition], states[row])
        values = np.take(self._values, columns, axis=1)
        where = (self._region[columns], self._group[columns], self._flags[columns])
        return ColumnTable(self.layout, ("",) * columns.size, *where, values, states)


class _Reading:
    """Đọc kết quả theo cột thành số: what each interval would say."""

    def __init__(self, criteria_set: CriteriaSet, layout: Layout) -> None:
        at = {code: row for row, code in enumerate(layout.codes)}
        self._tops = np.array([at[one.code] for _, one in criteria_set.indicators()], np.intp)
        self._of_criteria = [
            np.array([at[code] for code in drawing.codes_of(criterion)], np.intp) for criterion in criteria_set.criteria
        ]

    def of(self, judged: ColumnAssessment, world: World, columns: npt.NDArray[np.intp]) -> tuple[Ints, Ints, Ints]:
        """Units, criteria, indicators."""
        assumed = self._assumed(world, columns)
        return (
            self._units(judged, assumed.any(axis=0).astype(np.int64)),
            self._criteria(judged, assumed.astype(np.int64)),
            self._indicators(judged, world, columns),
        )

    def _assumed(self, world: World, columns: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
        found = np.zeros((len(self._of_criteria), columns.size), np.bool_)
        if world.assumed.any():
            for place, rows in enumerate(self._of_criteria):
                found[place] = world.assumed[np.ix_(rows, columns)].any(axis=0)
        return found

    def _units(self, judged: ColumnAssessment, assumed: Ints) -> Ints:
        counts = (judged.met, judged.not_met, judged.no_data, judged.not_considered)
        return pack_unit(*(one.astype(np.int64) for one in counts), _OUTCOMES[judged.title], assumed)[np.newaxis]

    def _criteria(self, judged: ColumnAssessment, assumed: Ints) -> Ints:
        stated = np.zeros_like(assumed) if judged.stated is None else judged.stated.astype(np.int64)
        outcome = _OUTCOMES[judged.criteria]
        empty = (outcome == OutcomeCode.NO_DATA) & (assumed == 0) & (stated == 0)
        return np.where(empty, ABSENT, pack_criterion(outcome, assumed, stated))

    def _indicators(self, judged: ColumnAssessment, world: World, columns: npt.NDArray[np.intp]) -> Ints:
        found = judged.indicators[self._tops]
        outcome = _OUTCOMES[found]
        cells = np.ix_(self._tops, columns)
        observation = world.observation[cells]
        empty = (found == NOT_IN_FORCE) | ((observation == 0) & (outcome == OutcomeCode.NO_DATA))
        return np.where(empty, ABSENT, pack_indicator(observation, world.assumed[cells].astype(np.int64), outcome))
