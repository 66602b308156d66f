"""Tiền của từng công trình trong câu hỏi: expressions for rows of works, each amount as of a day, summed by the database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Greatest

from ntm.records.funding.models import AcceptedVolume, AllocationEntry, Contribution, Disbursement, Works

__all__ = ["accepted", "allocated", "debt", "moved", "moved_of", "paid"]


def allocated(on: date) -> Coalesce:
    """Đã phân bổ cho công trình."""
    return _sum(AllocationEntry.objects.filter(on__lte=on))


def accepted(on: date) -> Coalesce:
    """Khối lượng đã nghiệm thu."""
    return _sum(AcceptedVolume.objects.filter(on__lte=on))


def paid(on: date) -> Any:
    """Đã trả: vouchers, and what people gave in kind straight into the works."""
    in_kind = Contribution.objects.exclude(form="cash").filter(on__lte=on)
    return _sum(Disbursement.objects.filter(on__lte=on)) + _sum(in_kind)


def debt(on: date) -> Greatest:
    """Còn nợ: accepted less paid, never less than nothing: what one works was overpaid pays no other's debt."""
    return Greatest(accepted(on) - paid(on), Value(0), output_field=BigIntegerField())


def moved_of(works_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Đã nghiệm thu và đã trả của các công trình này, on whatever day: what a total cost may not fall below."""
    rows = Works.objects.filter(pk__in=works_ids).annotate(accepted=accepted(date.max), paid=paid(date.max))
    return {pk: (taken, spent) for pk, taken, spent in rows.values_list("pk", "accepted", "paid")}


def moved(works_id: int) -> tuple[int, int]:
    """The same of one works."""
    return moved_of([works_id]).get(works_id, (0, 0))


def _sum(rows: Any) -> Coalesce:
    summed = rows.filter(works=OuterRef("pk")).order_by().values("works").annotate(sum=Sum("amount")).values("sum")
    return Coalesce(Subquery(summed, output_field=BigIntegerField()), Value(0), output_field=BigIntegerField())
