"""Phân theo nguồn: spending by month and source, and what lower units have of each source; one GROUP BY each."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Q, Sum

from ntm.domain.funds import FundKind
from ntm.records.funding.models import AllocationEntry, Disbursement, Mobilisation
from ntm.records.funding.queries.areas import apart, group_column, parts, summed
from ntm.records.funding.queries.flows import Month, months_of
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["SourceKind", "curves", "of_units"]

SourceKind = tuple[str, str]  # source, kind


def curves(unit_id: int | None, year: int, on: date) -> dict[SourceKind, tuple[Month, ...]]:
    """Đường giải ngân của từng nguồn ngân sách, by month of the vouchers; a month without any is not told."""
    spent: dict[SourceKind, dict[tuple[int, int], int]] = defaultdict(lambda: defaultdict(int))
    for where in apart(unit_id):
        rows = Disbursement.objects.filter(where, year=year, on__lte=on).exclude(kind=FundKind.OWN).order_by()
        # by day, a few hundred at most: SQLite would work out the month of every voucher in Python
        for source, kind, day, amount in rows.values_list("source", "kind", "on").annotate(sum=Sum("amount")):
            spent[source, kind][day.year, day.month] += amount
    return {key: months_of(by_month) for key, by_month in sorted(spent.items())}


def of_units(
    unit_id: int | None, year: int, on: date, *, measure: str = "allocated"
) -> tuple[tuple[SourceKind, ...], tuple[tuple[UnitLabel | None, dict[SourceKind, int]], ...]]:
    """Đơn vị cấp dưới theo nguồn: "allocated" or "mobilised"; None is the asked unit's own part."""
    models: dict[str, Any] = {"allocated": AllocationEntry, "mobilised": Mobilisation}
    area, of_year = parts(unit_id, group_column(unit_id, on)), Q(year=year, on__lte=on)
    sums: dict[int | None, dict[SourceKind, int]] = defaultdict(lambda: defaultdict(int))
    for key, source, kind, amount in summed(models[measure], area, of_year, "source", "kind"):
        sums[None if key == unit_id else key][source, kind] += amount
    labels = units.labels({key for key in sums if key is not None}, on)
    sources = tuple(sorted({source for row in sums.values() for source in row}))
    ordered = sorted(
        ((labels.get(key) if key is not None else None, row) for key, row in sums.items()),
        key=lambda one: (one[0] is not None, (one[0].code or "") if one[0] else "", one[0].name if one[0] else ""),
    )
    return sources, tuple(ordered)
