"""Những bước đầu: what a new installation has and still lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ntm.domain.criteria.model import CriteriaSet, Indicator
from ntm.records.people.models import Holding, Role
from ntm.records.people.queries import running
from ntm.records.standing import registry
from ntm.records.standing.models import Observation, RegisteredSet, ValueCheck
from ntm.records.standing.queries.checks import counts_of, signatures_of
from ntm.records.units.models import Position

__all__ = ["FirstSteps", "first_steps", "unchecked_levels"]


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

    @property
    def done(self) -> bool:
        return bool(self.units and self.sets and self.officers and self.figures)


def first_steps(on: date) -> FirstSteps:
    """Những bước đầu: a handful of counts."""
    rows = list(RegisteredSet.objects.filter(current=True))
    contents = {row.pk: registry.content(row) for row in rows}
    signed = signatures_of(rows, {pk: one.extends for pk, one in contents.items()})
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
    )


def unchecked_levels(criteria_set: CriteriaSet) -> tuple[int, int]:
    """Số mức của bộ, và số mức chưa đối chiếu với văn bản."""
    waiting: list[Indicator] = [indicator for _, indicator in criteria_set.indicators()]
    count = unchecked = 0
    while waiting:
        indicator = waiting.pop()
        waiting.extend(indicator.parts)
        count += len(indicator.thresholds)
        unchecked += sum(not level.check.verified for level in indicator.thresholds)
    return count, unchecked
