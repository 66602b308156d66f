"""Danh sách công trình, đóng góp, khoá kỳ: lists with their sums, in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from ntm.domain import funds
from ntm.records.funding.models import (
    AcceptedVolume,
    AllocationEntry,
    Contribution,
    Form,
    PeriodLock,
    PriceDecision,
    Works,
    WorksFund,
    WorksNote,
)
from ntm.records.funding.queries.areas import within
from ntm.records.funding.queries.debts import paid_by_works
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = [
    "ContributionLine",
    "Contributions",
    "WorksLine",
    "contributions",
    "locks",
    "notes",
    "prices",
    "structure",
    "works_list",
]


@dataclass(frozen=True, slots=True)
class WorksLine:
    """Một công trình với số tiền của nó ngày đó; state and percent as they were on that day."""

    works: Works
    unit: UnitLabel
    state: str
    percent: int
    allocated: int
    accepted: int
    paid: int

    @property
    def debt(self) -> int:
        return max(0, self.accepted - self.paid)

    @property
    def advance(self) -> int:
        """Tạm ứng chưa có khối lượng."""
        return max(0, self.paid - self.accepted)

    @property
    def community_note(self) -> str:
        """What the bounds of community works say of it, where they are not certain enough to refuse."""
        bounds = funds.catalogue().community(self.works.decision_on or self.works.on)
        if self.works.execution != "community" or bounds is None:
            return ""
        if bounds.most_total is not None and self.works.total_cost > bounds.most_total:
            return f"Tổng mức vượt mức của cơ chế đặc thù ({bounds.reference})."
        if bounds.self_executed_below is not None and self.works.total_cost >= bounds.self_executed_below:
            return f"Từ mức giao cộng đồng tự thực hiện trở lên ({bounds.reference})."
        return ""


def works_list(
    unit_id: int | None, on: date, *, criterion_no: int | None = None, state: str | None = None
) -> tuple[WorksLine, ...]:
    """Công trình của địa bàn ngày đó."""
    asked = Q() if criterion_no is None else Q(criterion_no=criterion_no)
    rows = list(Works.objects.filter(within(unit_id, day="on"), asked, on__lte=on).order_by("unit_id", "code"))
    ids = {works.pk for works in rows}
    where = within(unit_id) if unit_id is not None else Q()
    capital = AllocationEntry.objects.filter(where, works__isnull=False, on__lte=on).order_by("works_id")
    allocated = dict(capital.values_list("works_id").annotate(sum=Sum("amount")))
    volumes = AcceptedVolume.objects.filter(where, on__lte=on).order_by("works_id")
    accepted = dict(volumes.values_list("works_id").annotate(sum=Sum("amount")))
    paid = paid_by_works(where, on)
    noted: dict[int, tuple[str, int]] = {}
    of_area = Q(works__in=ids) if len(ids) <= 5000 else Q()
    for works, then, percent in (
        WorksNote.objects.filter(of_area, on__lte=on).order_by("on", "id").values_list("works_id", "state", "percent")
    ):
        noted[works] = (then, percent)
    labels = units.labels({works.unit_id for works in rows}, on)
    lines = []
    for works in rows:
        then, percent = noted.get(works.pk, ("approved" if works.decision else "planned", 0))
        if state is None or then == state:
            sums = (allocated.get(works.pk, 0), accepted.get(works.pk, 0), paid.get(works.pk, 0))
            lines.append(WorksLine(works, labels[works.unit_id], then, percent, *sums))
    return tuple(lines)


def notes(works_id: int, on: date) -> tuple[WorksNote, ...]:
    """Nhật ký tiến độ của công trình, with its photographs."""
    rows = WorksNote.objects.filter(works_id=works_id, on__lte=on).prefetch_related("files").order_by("on", "id")
    return tuple(rows)


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
