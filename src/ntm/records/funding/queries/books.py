"""Sổ bút toán và sổ của một công trình: entries as they were posted, with what takes them back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum

from ntm.domain import funds
from ntm.records.funding.models import (
    AcceptedVolume,
    AllocationDecision,
    AllocationEntry,
    Contribution,
    DebtPlan,
    Disbursement,
    Mobilisation,
    Need,
    Posted,
    StatedTotal,
    Works,
    WorksFund,
)
from ntm.records.funding.queries.debts import works_debt

__all__ = [
    "BOOKS",
    "WorksBook",
    "WorksSource",
    "decision",
    "decision_lines",
    "entries",
    "entry",
    "stated",
    "vouchers",
    "works_book",
    "works_of",
]

BOOKS: Mapping[str, type[Posted]] = {
    "needs": Need,
    "mobilised": Mobilisation,
    "allocated": AllocationEntry,
    "disbursed": Disbursement,
    "contributed": Contribution,
    "accepted": AcceptedVolume,
}


def entries(book: str, unit_id: int, year: int, on: date) -> QuerySet[Any]:
    """Các bút toán của đơn vị trong năm đến ngày đó, the newest first; `reversed_by` comes along."""
    model = BOOKS[book]
    more = {"allocated": ("decision",), "accepted": ("works",), "disbursed": ("works",), "contributed": ("works",)}
    rows = model.objects.filter(unit_id=unit_id, year=year, on__lte=on)
    return rows.select_related("reversed_by", "reverses", *more.get(book, ())).order_by("-on", "-id")


def entry(book: str, entry_id: int) -> Posted | None:
    """Một bút toán; None where there is no such one."""
    model = BOOKS.get(book)
    if model is None:
        return None
    return model.objects.select_related("reversed_by").filter(pk=entry_id).first()


def decision(decision_id: int) -> AllocationDecision | None:
    """Một quyết định phân bổ; None where there is none."""
    return AllocationDecision.objects.select_related("document").filter(pk=decision_id).first()


def decision_lines(decision_id: int, on: date) -> tuple[AllocationEntry, ...]:
    """Các dòng của quyết định đến ngày đó, with what takes them back; in the order of the decision."""
    rows = AllocationEntry.objects.filter(decision_id=decision_id, on__lte=on, reverses__isnull=True)
    return tuple(rows.select_related("works", "reversed_by").order_by("line", "-amount", "id"))


def vouchers(unit_id: int, numbers: Collection[str], on: date) -> tuple[Disbursement, ...]:
    """Chứng từ của đơn vị theo số, that stand on that day: what was taken back by then is left out."""
    rows = Disbursement.objects.filter(unit_id=unit_id, number__in=set(numbers), on__lte=on, reverses__isnull=True)
    standing = rows.filter(Q(reversed_by__isnull=True) | Q(reversed_by__on__gt=on))
    return tuple(standing.order_by("on", "number", "line", "id"))


def stated(unit_id: int, year: int, on: date) -> tuple[StatedTotal, ...]:
    """Số tổng văn bản ghi còn hiệu lực."""
    rows = StatedTotal.objects.filter(unit_id=unit_id, year=year, on__lte=on, withdrawn_at__isnull=True)
    return tuple(rows.order_by("on", "id"))


def works_of(unit_ids: tuple[int, ...], on: date) -> tuple[Works, ...]:
    """Công trình của các đơn vị này, for choosing one in a form."""
    return tuple(Works.objects.filter(unit_id__in=unit_ids, on__lte=on).order_by("unit_id", "code"))


@dataclass(slots=True)
class WorksSource:
    """Một nguồn của công trình: planned in its structure, allocated to it, paid."""

    source: str
    kind: str
    planned: int = 0
    allocated: int = 0
    paid: int = 0

    @property
    def name(self) -> str:
        return funds.catalogue().name(self.source)


@dataclass(frozen=True, slots=True)
class WorksBook:
    """Tiền của một công trình ngày đó."""

    works: Works
    sources: tuple[WorksSource, ...]
    volumes: tuple[AcceptedVolume, ...]
    payments: tuple[Disbursement, ...]
    gifts: tuple[Contribution, ...]
    plans: tuple[DebtPlan, ...]
    debt: int

    @property
    def planned(self) -> int:
        return sum(one.planned for one in self.sources)

    @property
    def allocated(self) -> int:
        return sum(one.allocated for one in self.sources)

    @property
    def paid(self) -> int:
        return sum(one.paid for one in self.sources)

    @property
    def accepted(self) -> int:
        return sum(one.amount for one in self.volumes)


def works_book(works_id: int, on: date) -> WorksBook | None:
    """Sổ của một công trình: a constant number of queries; None where there is none by then."""
    works = Works.objects.filter(pk=works_id, on__lte=on).first()
    if works is None:
        return None
    sources: dict[tuple[str, str], WorksSource] = {}

    def at(source: str, kind: str) -> WorksSource:
        return sources.setdefault((source, kind), WorksSource(source, kind))

    for fund in WorksFund.objects.filter(works=works, replaced_at__isnull=True).order_by("id"):
        at(fund.source, fund.kind).planned += fund.amount
    given = AllocationEntry.objects.filter(works=works, on__lte=on).order_by("source", "kind")
    for source, kind, amount in given.values_list("source", "kind").annotate(sum=Sum("amount")):
        at(source, kind).allocated += amount
    vouchers = Disbursement.objects.filter(works=works, on__lte=on)
    payments = tuple(vouchers.prefetch_related("files").order_by("on", "id"))
    for one in payments:
        at(one.source, one.kind).paid += one.amount
    gifts = tuple(Contribution.objects.filter(works=works, on__lte=on).order_by("on", "id"))
    in_kind: dict[str, int] = defaultdict(int)
    for gift in gifts:
        if gift.form != "cash":
            in_kind[gift.source] += gift.amount
    for source, amount in in_kind.items():
        at(source, "own").paid += amount
    living = Q(replaced_on__isnull=True) | Q(replaced_on__gt=on)
    return WorksBook(
        works,
        tuple(sources.values()),
        tuple(AcceptedVolume.objects.filter(works=works, on__lte=on).prefetch_related("files").order_by("on", "id")),
        payments,
        gifts,
        tuple(DebtPlan.objects.filter(living, works=works, on__lte=on).order_by("due", "id")),
        works_debt(works_id, on),
    )
