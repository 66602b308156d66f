"""Số đang có trong ô: what stands of that very day before a workbook is filled, and again when it comes back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ntm.records.standing.models import Observation, RegisteredSet
from ntm.records.standing.models.observations import Stage, State

__all__ = ["NOTHING", "Standing", "standing"]

_IN_ONE = 5_000  # numbers in one IN (...)
_ORDER = {State.ACCEPTED: 0, State.SENT: 1, State.DRAFT: 2}


@dataclass(frozen=True, slots=True)
class Standing:
    """Số đang có: as typed, and what it says."""

    typed: str
    note: str
    kind: int
    scaled: int | None

    @property
    def fact(self) -> tuple[int, int | None]:
        return self.kind, self.scaled


NOTHING = Standing("", "", 0, None)


def standing(ids: Collection[int], row: RegisteredSet, as_of: date, stage: Stage) -> Mapping[tuple[int, str], Standing]:
    """What is in the cells: drafts over what was sent; for verification what was verified."""
    states = (State.SENT, State.ACCEPTED, State.DRAFT) if stage == Stage.SELF else (State.SENT, State.ACCEPTED)
    kept: dict[tuple[int, str], tuple[int, Standing]] = {}
    for unit, code, state, *rest in _rows(list(ids), row, as_of, stage, states):
        rank = _ORDER[State(state)]
        if (unit, code) not in kept or kept[unit, code][0] < rank:
            kept[unit, code] = (rank, Standing(*rest))
    return {key: one for key, (_, one) in kept.items()}


def _rows(
    ids: list[int], row: RegisteredSet, as_of: date, stage: Stage, states: Collection[State]
) -> Iterator[tuple[int, str, int, str, str, int, int | None]]:
    for first in range(0, len(ids), _IN_ONE):
        found = Observation.objects.filter(
            set=row, as_of=as_of, stage=stage, state__in=states, unit_id__in=ids[first : first + _IN_ONE]
        )
        yield from found.values_list("unit_id", "code", "state", "typed", "note", "kind", "scaled")
