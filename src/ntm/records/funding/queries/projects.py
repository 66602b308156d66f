"""Nhật ký và cơ cấu vốn công trình, đóng góp, đơn giá, khoá kỳ: lists with their sums, in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ntm.records.funding.models import (
    Contribution,
    Form,
    PeriodLock,
    PriceDecision,
    WorksAmendment,
    WorksFund,
    WorksNote,
)
from ntm.records.funding.queries.areas import within
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = [
    "ContributionLine",
    "Contributions",
    "amendments",
    "contributions",
    "locked_in",
    "locks",
    "notes",
    "prices",
    "structure",
]


def notes(works_id: int, on: date) -> tuple[WorksNote, ...]:
    """Nhật ký tiến độ của công trình, with its photographs."""
    rows = WorksNote.objects.filter(works_id=works_id, on__lte=on).prefetch_related("files").order_by("on", "id")
    return tuple(rows)


def amendments(works_id: int, on: date) -> tuple[WorksAmendment, ...]:
    """Các lần sửa hồ sơ công trình đến ngày đó, the newest first."""
    return tuple(WorksAmendment.objects.filter(works_id=works_id, on__lte=on).order_by("-on", "-id"))


def structure(works_id: int) -> tuple[WorksFund, ...]:
    """Cơ cấu vốn hiện hành của công trình."""
    return tuple(WorksFund.objects.filter(works_id=works_id, replaced_at__isnull=True).order_by("id"))


@dataclass(frozen=True, slots=True)
class ContributionLine:
    """Một khoản đóng góp; the name only with consent."""

    entry: Contribution
    unit: UnitLabel
    name: str


@dataclass(frozen=True, slots=True)
class Contributions:
    """Đóng góp của nhân dân: the list, and by form the quantity a measure and the value."""

    lines: tuple[ContributionLine, ...]
    by_form: dict[str, int]
    quantities: dict[tuple[str, str], Decimal]
    total: int


def contributions(unit_id: int, year: int, on: date) -> Contributions:
    """Danh sách công khai của thôn, xã: what stands on that day; what was taken back by then is left out."""
    rows = Contribution.objects.filter(within(unit_id), year=year, on__lte=on)
    back = set(rows.filter(reverses__isnull=False).values_list("reverses_id", flat=True))
    standing = [
        row
        for row in rows.filter(reverses__isnull=True).select_related("works", "price").order_by("on", "receipt", "id")
        if row.pk not in back
    ]
    labels = units.labels({row.unit_id for row in standing}, on)
    by_form: dict[str, int] = dict.fromkeys(Form.values, 0)
    quantities: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in standing:
        by_form[row.form] += row.amount
        quantities[row.form, row.measure] += row.quantity
    lines = tuple(
        ContributionLine(row, labels[row.unit_id], row.contributor if row.consent else "Không nêu tên")
        for row in standing
    )
    return Contributions(lines, by_form, dict(quantities), sum(by_form.values()))


def prices(unit_id: int, on: date) -> tuple[PriceDecision, ...]:
    """Đơn giá quy đổi dùng được ở đơn vị ngày đó: its own and those of the units above."""
    places = [unit_id, *units.ancestor_ids(unit_id, on)]
    return tuple(PriceDecision.objects.on(on).filter(unit_id__in=places).order_by("form", "name", "start", "id"))


def locks(unit_id: int, on: date) -> tuple[PeriodLock, ...]:
    """Các kỳ đã khoá ở đơn vị và cấp trên, the newest first."""
    places = [unit_id, *units.ancestor_ids(unit_id, on)]
    rows = PeriodLock.objects.filter(unit_id__in=places, on__lte=on).select_related("unit")
    return tuple(rows.order_by("-year", "-on", "-id"))


def locked_in(unit_id: int, year: int, on: date) -> tuple[PeriodLock, ...]:
    """Các khoá của một năm ngân sách còn hiệu lực ngày đó, ở đơn vị và cấp trên."""
    return tuple(
        one for one in locks(unit_id, on) if one.year == year and (one.reopened_on is None or one.reopened_on > on)
    )
