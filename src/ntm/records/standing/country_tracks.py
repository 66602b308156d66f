"""Dải hiện trạng theo cột: what many units say at once, day after day, cut into half-open intervals where it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ntm.records.standing.bulk_columns import Ints

__all__ = [
    "ABSENT",
    "Spans",
    "Track",
    "pack_criterion",
    "pack_indicator",
    "pack_unit",
    "unpack_criterion",
    "unpack_indicator",
    "unpack_unit",
]

ABSENT = -1  # nothing to keep: no interval


@dataclass(frozen=True)
class Spans:
    """Các khoảng: what they are of, of which unit, from, to (0: open), and what they say, packed into one number."""

    entity: Ints
    unit: Ints
    start: Ints
    end: Ints
    says: Ints


@dataclass
class Track:
    """Dải đang vẽ: what each entity of each unit says now and since when; intervals that ended are put aside."""

    entities: Ints
    last: Ints
    since: Ints
    ended: list[tuple[Ints, ...]] = field(default_factory=list)

    @classmethod
    def of(cls, entities: Sequence[int], units: int) -> Track:
        shape = (len(entities), units)
        return cls(np.array(entities, np.int64), np.full(shape, ABSENT, np.int64), np.zeros(shape, np.int64))

    def step(self, columns: npt.NDArray[np.intp], now: Ints, day: int) -> None:
        """What these units say from this day on."""
        before = self.last[:, columns]
        rows, places = np.nonzero(now != before)
        self._end(rows, columns[places], before[rows, places], day)
        self.last[rows, columns[places]] = now[rows, places]
        self.since[rows, columns[places]] = day

    def close(self, day: int) -> Spans:
        """Everything that still stands ends on that day (0: stays open)."""
        rows, units = np.nonzero(self.last != ABSENT)
        self._end(rows, units, self.last[rows, units], day)
        return Spans(*(np.concatenate(part) for part in zip(*self.ended, strict=True)))

    def _end(self, rows: npt.NDArray[np.intp], units: npt.NDArray[np.intp], said: Ints, day: int) -> None:
        stood = said != ABSENT
        rows, units = rows[stood], units[stood]
        until = np.full(rows.size, day, np.int64)
        self.ended.append((self.entities[rows], units.astype(np.int64), self.since[rows, units], until, said[stood]))


def pack_indicator(observation: Ints, assumed: Ints, outcome: Ints) -> Ints:
    """Observation id (0: none), assumed, outcome."""
    return (observation * 2 + assumed) * 4 + outcome


def unpack_indicator(says: Ints) -> tuple[Ints, Ints, Ints]:
    """Outcome, observation id, assumed: in the order of the table's columns."""
    return says & 3, says >> 3, says >> 2 & 1


def pack_criterion(outcome: Ints, assumed: Ints, stated: Ints) -> Ints:
    return (outcome * 2 + assumed) * 2 + stated


def unpack_criterion(says: Ints) -> tuple[Ints, Ints, Ints]:
    """Outcome, assumed, stated."""
    return says >> 2, says >> 1 & 1, says & 1


def pack_unit(met: Ints, not_met: Ints, no_data: Ints, not_considered: Ints, title: Ints, assumed: Ints) -> Ints:
    counts = ((met * 256 + not_met) * 256 + no_data) * 256 + not_considered
    return (counts * 4 + title) * 2 + assumed


def unpack_unit(says: Ints) -> tuple[Ints, ...]:
    """Met, not met, no data, not considered, title outcome, assumed."""
    counts = says >> 3
    return counts >> 24, counts >> 16 & 255, counts >> 8 & 255, counts & 255, says >> 1 & 3, says & 1
