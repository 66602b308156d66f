"""Dựng lại hiện trạng: every interval drawn again from observations and law, for some units or for the whole country."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import transaction

from ntm.records.standing import keeping
from ntm.records.standing.models import (
    CriterionStanding,
    IndicatorStanding,
    Observation,
    RegisteredSet,
    UnitStanding,
)
from ntm.records.standing.models.intervals import Basis

__all__ = ["Rebuilt", "rebuild", "refresh_units"]

Progress = Callable[[str], None]


@dataclass
class Rebuilt:
    """Kết quả dựng lại: units under a set, rows that stand, and where tables and drawing differed."""

    units: int = 0
    intervals: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.differences


def refresh_units(unit_ids: Iterable[int], row: RegisteredSet, bases: Iterable[Basis] = tuple(Basis)) -> int:
    """Vẽ lại nhiều đơn vị. Returns how many rows were touched."""
    kept = tuple(bases)
    return sum(keeping.refresh(unit_id, row, kept) for unit_id in unit_ids)


def rebuild(*, check: bool, progress: Progress | None = None) -> Rebuilt:
    """Dựng lại (or only compare) everything that has figures or standing, a set at a time."""
    result = Rebuilt()
    for row in RegisteredSet.objects.order_by("code", "pk"):
        units = set(Observation.objects.filter(set=row).values_list("unit_id", flat=True).distinct())
        units |= set(UnitStanding.objects.filter(set=row).values_list("unit_id", flat=True).distinct())
        if not units:
            continue
        if progress:
            progress(f"{row.code}: {len(units)} đơn vị")
        result.units += len(units)
        for unit_id in sorted(units):
            for basis in Basis:
                found = keeping.differences(unit_id, row, basis)
                result.differences.extend(f"{row.code} đơn vị {unit_id} {basis.label}: {one}" for one in found)
                if found and not check:
                    with transaction.atomic():
                        keeping.refresh(unit_id, row, (basis,))
    for model in (UnitStanding, CriterionStanding, IndicatorStanding):
        result.intervals += model.objects.count()
    return result
