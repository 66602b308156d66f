"""Ô tiền: the sums of an area by criterion, source and kind, from which every table of money is added up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, Sum

from ntm.records.funding.models import AllocationEntry, Contribution, Disbursement, Mobilisation, Need
from ntm.records.funding.queries.areas import Scope, within

__all__ = ["Amounts", "CellKey", "Cells", "cells"]

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
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


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


def cells(unit_id: int | None, first: int, last: int, on: date, scope: Scope = Scope.AREA) -> Cells:
    """The sums of budget years first to last as they stood on the day: five queries, whatever the size."""
    where = within(unit_id, scope) & Q(year__gte=first, year__lte=last, on__lte=on)
    found = Cells()
    for criterion, amount in _summed(Need, where, "criterion_no"):
        found[criterion, "", ""].need += amount
    of_source = ("criterion_no", "source", "kind")
    for criterion, source, kind, condition, amount in _summed(Mobilisation, where, *of_source, "condition"):
        cell = found[criterion, source, kind]
        if condition:
            cell.conditional += amount
        else:
            cell.mobilised += amount
    for criterion, source, kind, amount in _summed(AllocationEntry, where, *of_source):
        found[criterion, source, kind].allocated += amount
    for criterion, source, kind, amount in _summed(Disbursement, where, *of_source):
        found[criterion, source, kind].disbursed += amount
    for criterion, form, amount in _summed(Contribution, where, "criterion_no", "form"):
        cell = found[criterion, f"people.{form}", "own"]
        cell.contributed += amount
        if form != "cash":
            cell.in_kind += amount
    return found


def _summed(model: Any, where: Q, *columns: str) -> Any:
    rows = model.objects.filter(where).order_by(*columns)
    return rows.values_list(*columns).annotate(sum=Sum("amount"))
