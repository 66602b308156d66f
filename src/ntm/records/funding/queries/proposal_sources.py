"""Vốn còn được phân bổ: what a unit holds of each source and has given to no works, and what lower units hold so."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum

from ntm.domain import funds
from ntm.domain.funds import FundKind
from ntm.records.funding.models import AllocationEntry, Disbursement, Mobilisation
from ntm.records.funding.proposal_parameters import Ceiling, source_key
from ntm.records.funding.queries.areas import Scope, within

__all__ = ["CeilingRow", "LowerMoney", "ceilings", "lower_money", "source_name"]

_BUDGET = (FundKind.INVESTMENT, FundKind.RECURRENT)


@dataclass(frozen=True, slots=True)
class CeilingRow:
    """Một nguồn của năm: what is still to be allocated, and what the unit plans to raise of it."""

    source: str
    kind: str
    criterion_no: int | None
    name: str
    left: int
    planned: int

    @property
    def key(self) -> str:
        return source_key(self.source, self.kind, self.criterion_no)

    @property
    def ceiling(self) -> Ceiling:
        """Trần gợi ý."""
        return Ceiling(self.source, self.kind, max(0, self.left), self.criterion_no)


@dataclass(frozen=True, slots=True)
class LowerMoney:
    """Vốn một đơn vị dưới đang giữ, chưa phân khai."""

    unit_id: int
    source: str
    kind: str
    criterion_no: int | None
    left: int

    @property
    def key(self) -> str:
        return f"{source_key(self.source, self.kind, self.criterion_no)}@{self.unit_id}"


def ceilings(unit_id: int, year: int, on: date) -> tuple[CeilingRow, ...]:
    """Mọi nguồn ngân sách của năm, with what this unit may still allocate: three queries."""
    held = _left(within(unit_id, Scope.OWN), year, on)
    plans = Mobilisation.objects.filter(unit_id=unit_id, year=year, on__lte=on, condition="").order_by("source", "kind")
    planned = {
        (source, kind): amount
        for source, kind, amount in plans.values_list("source", "kind").annotate(sum=Sum("amount"))
    }
    keys = [
        (one.code, kind.value, None) for one in funds.catalogue().of_year(year) for kind in one.kinds if kind in _BUDGET
    ]
    tied = sorted((key[1:] for key, amount in held.items() if key[3] is not None and amount > 0), key=str)
    rows = []
    for source, kind, criterion in [*keys, *tied]:
        left = held.get((unit_id, source, kind, criterion), 0)
        plan = planned.get((source, kind), 0) if criterion is None else 0
        rows.append(CeilingRow(source, kind, criterion, source_name(source, kind, criterion), left, plan))
    return tuple(sorted(rows, key=lambda row: row.left <= 0))


def source_name(source: str, kind: str, criterion: int | None) -> str:
    """Tên nguồn, its kind where the name does not say it."""
    name = funds.catalogue().name(source)
    label = FundKind(kind).label
    if label not in name:
        name = f"{name}, {label}"
    return name if criterion is None else f"{name}, giao cho tiêu chí {criterion}"


def lower_money(unit_id: int, year: int, on: date) -> tuple[LowerMoney, ...]:
    """Vốn các đơn vị dưới giữ mà chưa giao cho công trình nào: two queries."""
    found = _left(within(unit_id) & ~Q(unit_id=unit_id), year, on)
    rows = [LowerMoney(*key, amount) for key, amount in found.items() if amount > 0]
    return tuple(sorted(rows, key=lambda row: (row.unit_id, row.source, row.kind, row.criterion_no or 0)))


def _left(where: Q, year: int, on: date) -> dict[tuple[int, str, str, int | None], int]:
    found: dict[tuple[int, str, str, int | None], int] = defaultdict(int)
    kinds = [kind.value for kind in _BUDGET]
    columns = ("unit_id", "source", "kind", "criterion_no")
    for model, sign in ((AllocationEntry, 1), (Disbursement, -1)):
        rows = model.objects.filter(where, year=year, on__lte=on, works__isnull=True, kind__in=kinds)
        for unit, source, kind, criterion, amount in (
            rows.order_by(*columns).values_list(*columns).annotate(sum=Sum("amount"))
        ):
            found[unit, source, kind, criterion] += sign * amount
    return found
