"""Những bước đầu: what a new installation has and still lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ntm.domain.criteria.model import CriteriaSet
from ntm.records.people.models import Holding, Role
from ntm.records.people.queries import running
from ntm.records.standing import registry
from ntm.records.standing.models import Observation, RegisteredSet, ValueCheck
from ntm.records.standing.queries.checks import counts_of, signatures_of
from ntm.records.standing.refusals import Refused
from ntm.records.units.models import Position

__all__ = ["FirstSteps", "first_steps"]


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """Bản cài đặt đã có gì: units of the day, sets, people in offices other than administrators, levels to compare."""

    units: int
    sets: int
    officers: int
    levels: int
    unchecked: int
    signed: int
    figures: bool
    stale: tuple[str, ...] = ()  # sets whose content in the program is newer than the one registered: `ntm setup`

    @property
    def done(self) -> bool:
        return bool(self.units and self.sets and self.officers and self.figures)


def first_steps(on: date) -> FirstSteps:
    """Những bước đầu: a handful of counts."""
    rows = list(RegisteredSet.objects.filter(current=True))
    contents = _contents(rows)
    readable = [row for row in rows if row.pk in contents]
    signed = signatures_of(readable, {pk: one.extends for pk, one in contents.items()})
    counted = [counts_of(one, signed[pk]) for pk, one in contents.items()]
    officers = Holding.objects.filter(running(on)).exclude(office__role=Role.ADMINISTRATOR)
    return FirstSteps(
        units=Position.objects.on(on).count(),
        sets=len(rows),
        officers=officers.values("user_id").distinct().count(),
        levels=sum(one.levels for one in counted),
        unchecked=sum(one.unchecked for one in counted),
        signed=ValueCheck.objects.filter(withdrawn_at__isnull=True).count(),
        figures=Observation.objects.exists(),
        stale=tuple(row.name for row in rows if row.pk not in contents),
    )


def _contents(rows: list[RegisteredSet]) -> dict[int, CriteriaSet]:
    """Those whose very content the program still has."""
    found = {}
    for row in rows:
        try:
            found[row.pk] = registry.content(row)
        except Refused:
            continue
    return found
