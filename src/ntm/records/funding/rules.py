"""Quy tắc chung của bút toán: the source exists in its year, the period is open, the money is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, Sum
from django.utils import timezone

from ntm.domain import funds
from ntm.domain.funds import FundKind, Source
from ntm.domain.official.money import write_amount
from ntm.records.funding.models import AllocationEntry, Disbursement, PeriodLock, Works
from ntm.records.funding.refusals import Refused
from ntm.records.people.authority import Actor
from ntm.records.units import queries as units

__all__ = [
    "Cell",
    "charge",
    "check_amount",
    "find_works",
    "hold",
    "living_locks",
    "locked",
    "refuse_overdrawn",
    "refuse_when_locked",
    "refuse_when_not_living",
    "signature",
    "source_of",
    "sums",
]

MOST = 10**16  # ten million tỷ: more is a slip of the keys


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """Ô tiền: what may not go below nothing."""

    unit_id: int
    source: str
    kind: str
    year: int


def signature(actor: Actor) -> dict[str, Any]:
    """Who writes, in which office, now."""
    return {"recorded_by_id": actor.user_id, "office": actor.office_label, "recorded_at": timezone.now()}


def charge(set_code: str, criterion_no: int | None) -> str | None:
    """The criterion as authority asks for it."""
    if criterion_no is None:
        return None
    return f"{set_code}:{criterion_no}" if set_code else str(criterion_no)


def check_amount(amount: int, what: str = "Số tiền", field: str = "") -> int:
    """Whole đồng, more than none. `field`: what the refusal is about."""
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise Refused(f"{what} phải là số nguyên đồng.", field)
    if amount <= 0:
        raise Refused(f"{what} phải lớn hơn 0; ghi giảm bằng bút toán đảo hoặc quyết định điều chỉnh.", field)
    if amount > MOST:
        raise Refused(f"{what} {write_amount(amount)} đồng lớn quá; kiểm tra lại đơn vị tính (đồng, triệu, tỷ).", field)
    return amount


def source_of(code: str, year: int, kind: str, *, planned: bool = False) -> Source:
    """Nguồn vốn của năm, and whether it comes as this kind; undivided only in plans."""
    try:
        source = funds.catalogue().in_year(code, year)
    except funds.UnknownSource as unknown:
        raise Refused(str(unknown)) from None
    if kind not in source.kinds or (kind == FundKind.UNDIVIDED and not planned):
        fit = [one.label for one in source.kinds if planned or one is not FundKind.UNDIVIDED]
        told = " hoặc ".join(fit) or "chỉ dùng trong kế hoạch; phân bổ và chi thì ghi riêng từng nguồn"
        raise Refused(f"Nguồn “{source.name}” không nhận loại vốn “{kind}”: {told}.")
    return source


def refuse_when_not_living(unit_id: int, on: date) -> None:
    """The unit must stand on that day."""
    if not units.lives(unit_id, on):
        raise Refused(f"Ngày {on:%d/%m/%Y} chưa có hoặc không còn {units.label(unit_id, on).title}.")


def living_locks(unit_ids: Iterable[int], years: Iterable[int]) -> list[PeriodLock]:
    """Khoá kỳ đang có hiệu lực ở các đơn vị này."""
    rows = PeriodLock.objects.filter(unit_id__in=set(unit_ids), year__in=set(years), reopened_on__isnull=True)
    return list(rows.order_by("unit_id", "year", "id"))


def locked(unit_id: int, year: int, on: date) -> PeriodLock | None:
    """The lock, of this unit or one above it, that covers the entry."""
    uppers = [unit_id, *units.ancestor_ids(unit_id, on)]
    covers = Q(through__isnull=True) | Q(through__gte=on)
    rows = PeriodLock.objects.filter(covers, unit_id__in=uppers, year=year, reopened_on__isnull=True)
    return rows.order_by("id").first()


def refuse_when_locked(unit_id: int, year: int, on: date) -> None:
    """A closed period stands as it is."""
    lock = locked(unit_id, year, on)
    if lock:
        until = f" đến hết {lock.through:%d/%m/%Y}" if lock.through else ""
        raise Refused(
            f"Sổ năm {year}{until} của {units.label(lock.unit_id, on).title} đã khoá ngày {lock.on:%d/%m/%Y} "
            f"({lock.office}): đề nghị mở lại kỳ, hoặc ghi vào kỳ đang mở."
        )


def find_works(works_id: int | None, unit_id: int | None = None) -> Works | None:
    """The works, and that it is this unit's."""
    if works_id is None:
        return None
    works = Works.objects.filter(pk=works_id).first()
    if works is None:
        raise Refused("Không tìm thấy công trình này.")
    if unit_id is not None and unit_id not in (works.unit_id, works.village_id):
        raise Refused(f"Công trình {works.code} không phải của đơn vị này.")
    return works


def hold(cells: Iterable[Cell]) -> None:
    """One writer at a time for these cells: PostgreSQL holds their entries, SQLite's transactions are one anyway."""
    for cell in sorted(set(cells)):
        list(_allocated(cell).select_for_update().order_by("pk").values_list("pk", flat=True))


def _allocated(cell: Cell) -> Any:
    return AllocationEntry.objects.filter(unit_id=cell.unit_id, source=cell.source, kind=cell.kind, year=cell.year)


def sums(cell: Cell) -> tuple[dict[int | None, int], dict[int | None, int]]:
    """Đã phân bổ và đã chi của một ô, by works."""
    paid = Disbursement.objects.filter(unit_id=cell.unit_id, source=cell.source, kind=cell.kind, year=cell.year)
    found: list[dict[int | None, int]] = []
    for rows in (_allocated(cell), paid):
        by_works: dict[int | None, int] = defaultdict(int)
        for works, amount in rows.order_by("works_id").values_list("works_id").annotate(amount=Sum("amount")):
            by_works[works] += amount
        found.append(dict(by_works))
    return found[0], found[1]


def refuse_overdrawn(cells: Iterable[Cell], on: date) -> None:
    """Never more spent, given on or taken back than was allocated. Money outside the budget has no ceiling here."""
    for cell in sorted(set(cells)):
        allocated, paid = sums(cell)
        if cell.kind == FundKind.OWN:
            short = max(0, -sum(allocated.values()))
        else:
            short = funds.cell_shortage(allocated, paid)
        if short:
            raise Refused(
                f"Vượt {write_amount(short)} đồng: {units.label(cell.unit_id, on).title} được phân bổ "
                f"{write_amount(sum(allocated.values()))} đồng “{funds.catalogue().name(cell.source)}” năm {cell.year} "
                f"({FundKind(cell.kind).label}), chi và giao lại {write_amount(sum(paid.values()))} đồng. "
                "Ghi quyết định phân bổ, điều chỉnh trước; vốn đã giao cho một công trình không chi cho công trình khác."
            )
