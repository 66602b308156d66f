"""Phần của các đơn vị: of a task of all lower units, how many are done and which are not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q

from ntm.domain.official.text import natural_key
from ntm.records.planning.models import ENDED, Occurrence, OccurrenceState, ProgressNote
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["UnitPart", "UnitsDone", "left", "parts", "units_done"]


@dataclass(frozen=True, slots=True)
class UnitsDone:
    """Bao nhiêu đơn vị đã xong, of those that have a part; those let off are not counted."""

    done: int
    all: int
    begun: int

    @property
    def left(self) -> int:
        """Chưa xong."""
        return self.all - self.done


@dataclass(frozen=True, slots=True)
class UnitPart:
    """Phần của một đơn vị, as of the day."""

    row: Occurrence
    unit: UnitLabel
    ended: bool
    noted_on: date | None


def units_done(whole_ids: Collection[int], on: date) -> dict[int, UnitsDone]:
    """Của mỗi kỳ có phần của đơn vị: one query."""
    ended = Q(ended_on__lte=on)
    rows = (
        Occurrence.objects.filter(whole_id__in=whole_ids)
        .order_by()
        .values("whole_id")
        .annotate(
            all=Count("pk", filter=~(Q(state=OccurrenceState.CANCELLED) & ended)),
            done=Count("pk", filter=Q(state=OccurrenceState.DONE) & ended),
            begun=Count("pk", filter=Q(started_on__lte=on) & ~(Q(state__in=ENDED) & ended)),
        )
    )
    return {row["whole_id"]: UnitsDone(row["done"], row["all"], row["begun"]) for row in rows}


def parts(whole_id: int, on: date) -> tuple[UnitPart, ...]:
    """Từng đơn vị của một kỳ, who is not done first; three queries."""
    rows = list(Occurrence.objects.filter(whole_id=whole_id).order_by("of_unit_id"))
    labels = units.labels({row.of_unit_id for row in rows if row.of_unit_id is not None}, on)
    notes = ProgressNote.objects.filter(occurrence__in=rows, on__lte=on).order_by()
    noted = dict(notes.values_list("occurrence_id").annotate(last=Max("on")))
    found = [
        UnitPart(row, labels[row.of_unit_id], _ended(row, on), noted.get(row.pk))
        for row in rows
        if row.of_unit_id is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.ended, natural_key(one.unit.name), one.unit.id)))


def left(whole_ids: Collection[int], on: date) -> dict[int, tuple[str, ...]]:
    """Tên các đơn vị chưa xong của mỗi kỳ; two queries."""
    rows = Occurrence.objects.filter(whole_id__in=whole_ids).exclude(state__in=ENDED, ended_on__lte=on)
    pairs = list(rows.order_by("whole_id", "of_unit_id").values_list("whole_id", "of_unit_id"))
    labels = units.labels({unit for _whole, unit in pairs if unit is not None}, on)
    found: dict[int, list[str]] = {}
    for whole, unit in pairs:
        if whole is not None and unit is not None:
            found.setdefault(whole, []).append(labels[unit].name)
    return {whole: tuple(sorted(names, key=natural_key)) for whole, names in found.items()}


def _ended(row: Occurrence, on: date) -> bool:
    return row.state in ENDED and row.ended_on is not None and row.ended_on <= on
