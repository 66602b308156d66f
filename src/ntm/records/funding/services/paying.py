"""Giải ngân: vouchers. A recurrent đồng never pays investment; nothing beyond what was allocated; no closed period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Sum

from ntm.domain import funds
from ntm.domain.funds import FundKind, Use
from ntm.domain.official.money import write_amount
from ntm.records.archive import services as archive
from ntm.records.audit import services as audit
from ntm.records.funding import rules
from ntm.records.funding.models import AcceptedVolume, Disbursement, Works
from ntm.records.funding.refusals import Refused
from ntm.records.funding.rules import Cell
from ntm.records.people.authority import Actor

__all__ = ["disburse", "pay", "refuse_wrong_use", "refuse_wrong_year"]


@transaction.atomic
def disburse(
    actor: Actor,
    *,
    unit_id: int,
    year: int,
    on: date,
    number: str,
    source: str,
    kind: str,
    use: str,
    amount: int,
    works_id: int | None = None,
    criterion_no: int | None = None,
    payee: str = "",
    line: int = 1,
    note: str = "",
    scans: Sequence[tuple[str, bytes]] = (),
) -> Disbursement:
    """Ghi chứng từ, with its scan. Of works: what goes beyond the accepted volume is marked as an advance."""
    actor.require("money.record", unit_id, on=on)
    rules.refuse_when_not_living(unit_id, on)
    rules.check_amount(amount)
    known = rules.source_of(source, year, kind)
    refuse_wrong_use(kind, use)
    refuse_wrong_year(year, on)
    rules.refuse_when_locked(unit_id, year, on)
    works = rules.find_works(works_id, unit_id)
    if not number.strip():
        raise Refused("Ghi số chứng từ.")
    cell = Cell(unit_id, source, kind, year)
    rules.hold([cell])
    living = Disbursement.objects.filter(unit_id=unit_id, year=year, number=number.strip(), line=line)
    if living.filter(reverses__isnull=True, reversed_by__isnull=True).exists():
        raise Refused(f"Chứng từ {number} (dòng {line}) năm {year} của đơn vị này đã ghi rồi.")
    advance = works is not None and _beyond_accepted(works, amount)
    voucher = Disbursement.objects.create(
        unit_id=unit_id,
        year=year,
        on=on,
        placed_on=on,
        amount=amount,
        number=number.strip()[:60],
        line=line,
        source=source,
        kind=kind,
        use=use,
        works=works,
        criterion_no=works.criterion_no if works else criterion_no,
        payee=payee.strip()[:300],
        advance=advance,
        note=note,
        **rules.signature(actor),
    )
    rules.refuse_overdrawn([cell], on)
    charge = rules.charge(works.set_code, works.criterion_no) if works else rules.charge("", criterion_no)
    voucher.files.add(
        *(
            archive.attach(actor, content=content, name=name, unit_id=unit_id, on=on, criterion=charge)
            for name, content in scans
        )
    )
    detail = {"number": voucher.number, "amount": write_amount(amount), "source": known.name, "year": year}
    audit.record(actor=actor.stamp(), verb="money.disburse", subject=voucher, unit_id=unit_id, on=on, detail=detail)
    return voucher


def pay(
    actor: Actor,
    works_id: int,
    *,
    year: int,
    on: date,
    number: str,
    source: str,
    kind: str,
    amount: int,
    line: int = 1,
    scans: Sequence[tuple[str, bytes]] = (),
) -> Disbursement:
    """Thanh toán cho công trình: investment of the unit that holds it, to who builds it."""
    works = rules.find_works(works_id)
    assert works is not None
    return disburse(
        actor,
        unit_id=works.unit_id,
        year=year,
        on=on,
        number=number,
        source=source,
        kind=kind,
        use=Use.INVESTMENT,
        amount=amount,
        works_id=works.pk,
        payee=works.contractor,
        line=line,
        scans=scans,
    )


def refuse_wrong_use(kind: str, use: str) -> None:
    """Vốn nào chi việc ấy."""
    if use not in tuple(Use):
        raise Refused(f"Không có loại chi “{use}”; chọn một trong: {', '.join(Use)}.")
    if not funds.may_pay(FundKind(kind), Use(use)):
        raise Refused(f"{FundKind(kind).label.capitalize()} không được dùng để {Use(use).label}.")


def refuse_wrong_year(year: int, on: date) -> None:
    """The voucher's day must lie in the budget year, which closes some time into the next."""
    try:
        closing = funds.closing(year)
    except LookupError as unknown:
        raise Refused(str(unknown)) from None
    if not closing.holds(on):
        raise Refused(
            f"Chứng từ ngày {on:%d/%m/%Y} không thuộc năm ngân sách {year} "
            f"({closing.opens:%d/%m/%Y} đến {closing.closes:%d/%m/%Y}); vốn chuyển sang năm sau thì ghi quyết định "
            "chuyển nguồn rồi chi ở năm sau."
        )


def _beyond_accepted(works: Works, amount: int) -> bool:
    """Refused beyond the total cost; beyond the accepted volume it is an advance."""
    paid = Disbursement.objects.filter(works=works).aggregate(sum=Sum("amount"))["sum"] or 0
    if paid + amount > works.total_cost:
        raise Refused(
            f"Công trình {works.code} có tổng mức {write_amount(works.total_cost)} đồng, đã chi {write_amount(paid)} đồng: "
            "chi thêm số này là vượt. Điều chỉnh tổng mức trước."
        )
    accepted = AcceptedVolume.objects.filter(works=works).aggregate(sum=Sum("amount"))["sum"] or 0
    return bool(paid + amount > accepted)
