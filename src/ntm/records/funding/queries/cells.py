"""Ô tiền: the sums of an area by criterion, source and kind, from which every table of money is added up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import F, Q, Value

from ntm.records.funding.models import AllocationEntry, Contribution, Disbursement, Mobilisation, Need
from ntm.records.funding.queries.areas import Part, Scope, group_column, parts, summed, within

__all__ = ["Amounts", "AreaSums", "CellKey", "Cells", "area_sums", "cells", "year_sums"]
CellKey = tuple[int | None, str, str]  # criterion, source, kind


@dataclass(slots=True)
class Amounts:
    """Số tiền của một ô, đồng. mobilised is certain, conditional comes only when something is reached.

    received: allocated, or given by people; used: paid by vouchers, or given in kind straight into what is built.
    """

    need: int = 0
    mobilised: int = 0
    conditional: int = 0
    allocated: int = 0
    disbursed: int = 0
    contributed: int = 0
    in_kind: int = 0

    @property
    def received(self) -> int:
        return self.allocated + self.contributed

    @property
    def used(self) -> int:
        return self.disbursed + self.in_kind

    def add(self, other: Amounts) -> None:
        self.need += other.need
        self.mobilised += other.mobilised
        self.conditional += other.conditional
        self.allocated += other.allocated
        self.disbursed += other.disbursed
        self.contributed += other.contributed
        self.in_kind += other.in_kind


class Cells(dict[CellKey, Amounts]):
    """Các ô; a need has no source: its key is (criterion, "", "")."""

    def __missing__(self, key: CellKey) -> Amounts:
        self[key] = made = Amounts()
        return made

    def by_criterion(self) -> dict[int | None, Amounts]:
        return self._by(lambda key: key[0])

    def by_source(self) -> dict[tuple[str, str], Amounts]:
        found: dict[tuple[str, str], Amounts] = self._by(lambda key: key[1:])
        return {key: amounts for key, amounts in found.items() if key[0]}

    def total(self) -> Amounts:
        whole = Amounts()
        for amounts in self.values():
            whole.add(amounts)
        return whole

    def _by(self, key_of: Any) -> dict[Any, Amounts]:
        found: dict[Any, Amounts] = defaultdict(Amounts)
        for key, amounts in self.items():
            found[key_of(key)].add(amounts)
        return dict(found)


@dataclass(frozen=True, slots=True)
class AreaSums:
    """Mọi tổng của một địa bàn: by cell, and the same money by lower unit (None: the asked unit's own)."""

    cells: Cells
    lower: dict[int | None, Amounts]
    of_lower: str = ""  # the column of the lower units: what else is told of them needs not ask again


def cells(unit_id: int | None, first: int, last: int, on: date, scope: Scope = Scope.AREA) -> Cells:
    """The sums of budget years first to last as they stood on the day: a few queries, whatever the size."""
    if scope is Scope.OWN or unit_id is None:
        return _gathered([Part(within(unit_id, scope), Value(0))], first, last, on).cells
    return _gathered(parts(unit_id, group_column(unit_id, on)), first, last, on).cells


def area_sums(unit_id: int | None, year: int, on: date) -> AreaSums:
    """Cells and lower units from the same queries: what a page of an area shows twice is added up once."""
    of_lower = group_column(unit_id, on)
    return replace(_gathered(parts(unit_id, of_lower), year, year, on), of_lower=of_lower)


def year_sums(unit_id: int, first: int, last: int, on: date, scope: Scope = Scope.AREA) -> AreaSums:
    """Trung hạn: the cells of all the years, and `lower` the same money by budget year."""
    return _gathered([Part(within(unit_id, scope), F("year"))], first, last, on)


def _gathered(area: list[Part], first: int, last: int, on: date) -> AreaSums:
    of_years = Q(year=first) if first == last else Q(year__gte=first, year__lte=last)
    of_years &= Q(on__lte=on)
    found = Cells()
    by_unit: dict[int | None, Amounts] = defaultdict(Amounts)
    for unit, criterion, amount in summed(Need, area, of_years, "criterion_no"):
        found[criterion, "", ""].need += amount
        by_unit[unit].need += amount
    of_source = ("criterion_no", "source", "kind")
    for unit, criterion, source, kind, condition, amount in summed(
        Mobilisation, area, of_years, *of_source, "condition"
    ):
        for one in (found[criterion, source, kind], by_unit[unit]):
            if condition:
                one.conditional += amount
            else:
                one.mobilised += amount
    for unit, criterion, source, kind, amount in summed(AllocationEntry, area, of_years, *of_source):
        found[criterion, source, kind].allocated += amount
        by_unit[unit].allocated += amount
    for unit, criterion, source, kind, amount in summed(Disbursement, area, of_years, *of_source):
        found[criterion, source, kind].disbursed += amount
        by_unit[unit].disbursed += amount
    for unit, criterion, form, amount in summed(Contribution, area, of_years, "criterion_no", "form"):
        for one in (found[criterion, f"people.{form}", "own"], by_unit[unit]):
            one.contributed += amount
            one.in_kind += amount if form != "cash" else 0
    return AreaSums(found, dict(by_unit))
