"""Dựng lại hiện trạng: every interval drawn again from observations and law, for some units or for the whole country."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.db import connection, transaction

from ntm.records.standing import bulk_columns, country, country_keeping, keeping, registry
from ntm.records.standing.bulk_columns import Ints
from ntm.records.standing.models import (
    CriterionStanding,
    IndicatorStanding,
    Observation,
    RegisteredSet,
    UnitStanding,
)
from ntm.records.standing.models.intervals import Basis
from ntm.records.units import statistics

__all__ = ["Rebuilt", "rebuild", "refresh_units"]

Progress = Callable[[str], None]
_FEW = 20  # up to so many units are drawn one at a time
_AT_ONCE = 50_000  # units drawn together: what bounds the memory


@dataclass
class Rebuilt:
    """Kết quả dựng lại: units under a set, rows that stand, and where tables and drawing differed (the first of them in
    words, all of them counted)."""

    units: int = 0
    intervals: int = 0
    touched: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.touched


def refresh_units(unit_ids: Iterable[int], row: RegisteredSet, bases: Iterable[Basis] = tuple(Basis)) -> int:
    """Vẽ lại nhiều đơn vị, inside the caller's transaction. Returns how many rows were touched."""
    wanted, kept = sorted(set(unit_ids)), tuple(bases)
    if len(wanted) <= _FEW or not country.fits(registry.content(row)):
        return sum(keeping.refresh(unit_id, row, kept) for unit_id in wanted)
    return sum(country_keeping.bring(some, row, kept, write=True).touched for some in _together(wanted))


def rebuild(*, check: bool, progress: Progress | None = None) -> Rebuilt:
    """Dựng lại (or only compare) everything that has figures or standing, a set at a time."""
    result = Rebuilt()
    for row in RegisteredSet.objects.order_by("code", "pk"):
        wanted = _concerned(row)
        if not wanted:
            continue
        result.units += len(wanted)
        by_columns = country.fits(registry.content(row))
        done = 0
        for some in _together(wanted):
            with transaction.atomic():
                if not check:
                    _hold_observations()
                _by_columns(some, row, result, check) if by_columns else _one_by_one(some, row, result, check)
            done += some.size
            if progress:
                progress(f"{row.code}: {done}/{len(wanted)} đơn vị, {result.touched} chỗ khác")
    if not check and result.touched:
        statistics.count_again()
    for model in (UnitStanding, CriterionStanding, IndicatorStanding):
        result.intervals += model.objects.count()
    return result


def _concerned(row: RegisteredSet) -> list[int]:
    found: set[int] = set()
    for model in (Observation, UnitStanding):
        found.update(model._default_manager.filter(set=row).order_by().values_list("unit_id", flat=True).distinct())
    return sorted(found)


def _together(unit_ids: Sequence[int]) -> Iterator[Ints]:
    for first in range(0, len(unit_ids), _AT_ONCE):
        yield np.array(unit_ids[first : first + _AT_ONCE], np.int64)


def _hold_observations() -> None:
    """Nobody adds a figure between the reading and the writing. SQLite's transactions are IMMEDIATE: held already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {bulk_columns.table(Observation)} IN SHARE MODE")


def _by_columns(unit_ids: Ints, row: RegisteredSet, result: Rebuilt, check: bool) -> None:
    brought = country_keeping.bring(unit_ids, row, tuple(Basis), write=not check)
    result.touched += brought.touched
    result.differences.extend(brought.told)


def _one_by_one(unit_ids: Ints, row: RegisteredSet, result: Rebuilt, check: bool) -> None:
    for unit_id in unit_ids.tolist():
        for basis in Basis:
            found = keeping.differences(unit_id, row, basis)
            result.touched += len(found)
            result.differences.extend(f"{row.code} đơn vị {unit_id} {basis.label}: {one}" for one in found)
            if found and not check:
                keeping.refresh(unit_id, row, (basis,))
