"""Công trình: opened, funded, advanced, accepted, handed over; its debt planned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from ntm.domain import funds
from ntm.domain.official.money import write_amount
from ntm.records.archive import services as archive
from ntm.records.archive.models import FileUse
from ntm.records.audit import services as audit
from ntm.records.funding import rules, works_rules
from ntm.records.funding.models import (
    AcceptedVolume,
    DebtPlan,
    Works,
    WorksFund,
    WorksNote,
    WorksState,
)
from ntm.records.funding.queries import debts, works_sums
from ntm.records.funding.refusals import Refused
from ntm.records.people.authority import Actor

__all__ = [
    "NewWorks",
    "accept_volume",
    "add_works",
    "advance_works",
    "fund_rows",
    "plan_debt",
    "set_funds",
    "unsaved",
]


@dataclass(frozen=True, slots=True)
class NewWorks:
    """Công trình mới; funds: (source, kind, amount) of its structure of capital."""

    unit_id: int
    code: str
    name: str
    execution: str
    total_cost: int
    village_id: int | None = None
    set_code: str = ""
    criterion_no: int | None = None
    indicator_code: str = ""
    decision: str = ""
    decision_on: date | None = None
    contractor: str = ""
    in_public_plan: bool = True
    start_planned: date | None = None
    end_planned: date | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    funds: tuple[tuple[str, str, int], ...] = ()


@transaction.atomic
def add_works(actor: Actor, new: NewWorks, *, on: date, debt_reason: str = "") -> Works:
    """Thêm công trình: refused while older works of the unit are in debt, unless a reason is given."""
    actor.require("works.manage", new.unit_id, on=on, criterion=rules.charge(new.set_code, new.criterion_no))
    rules.refuse_when_not_living(new.unit_id, on)
    works_rules.refuse_wrong(new, on)
    owed = debts.total_debt(new.unit_id, on)
    works_rules.refuse_new_in_debt(owed, debt_reason)
    works = unsaved(actor, new, debt_reason if owed else "", on)
    if new.funds:
        works_rules.refuse_wrong_funds(new.funds, new.total_cost, on.year)
    works.save(force_insert=True)
    _put_funds(works, new.funds)
    detail = {"code": works.code, "name": works.name, "amount": write_amount(works.total_cost)}
    detail |= {"reason": works.debt_reason} if works.debt_reason else {}
    audit.record(actor=actor.stamp(), verb="works.add", subject=works, unit_id=works.unit_id, on=on, detail=detail)
    return works


@transaction.atomic
def set_funds(actor: Actor, works_id: int, *, funds: Sequence[tuple[str, str, int]], on: date) -> tuple[WorksFund, ...]:
    """Ghi cơ cấu vốn: the older structure is kept as replaced."""
    works = _held(works_id)
    actor.require("works.manage", works.unit_id, on=on, criterion=rules.charge(works.set_code, works.criterion_no))
    works_rules.refuse_wrong_funds(funds, works.total_cost, on.year)
    works.funds.filter(replaced_at__isnull=True).update(replaced_at=timezone.now())
    made = _put_funds(works, funds)
    detail = {"code": works.code, "count": len(made)}
    audit.record(actor=actor.stamp(), verb="works.fund", subject=works, unit_id=works.unit_id, on=on, detail=detail)
    return made


def unsaved(actor: Actor, new: NewWorks, debt_reason: str, on: date) -> Works:
    """Công trình sẽ ghi: by its decision approved, or only planned; the rules have been asked."""
    values = {name: getattr(new, name) for name in NewWorks.__slots__ if name not in ("funds", "code", "name")}
    return Works(
        **values,
        code=new.code.strip(),
        name=new.name.strip(),
        key=works_rules.search_key(new.code, new.name),
        state=WorksState.APPROVED if new.decision.strip() else WorksState.PLANNED,
        debt_reason=debt_reason.strip(),
        on=on,
        **rules.signature(actor),
    )


def fund_rows(works: Works, lines: Sequence[tuple[str, str, int]]) -> list[WorksFund]:
    """Các dòng cơ cấu vốn sẽ ghi."""
    return [WorksFund(works=works, source=source, kind=kind, amount=amount) for source, kind, amount in lines]


def _put_funds(works: Works, lines: Sequence[tuple[str, str, int]]) -> tuple[WorksFund, ...]:
    return tuple(WorksFund.objects.bulk_create(fund_rows(works, lines)))


@transaction.atomic
def advance_works(
    actor: Actor,
    works_id: int,
    *,
    on: date,
    state: str,
    percent: int,
    text: str,
    total_cost: int | None = None,
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    keeper: str = "",
    photographs: Sequence[tuple[str, bytes]] = (),
) -> WorksNote:
    """Ghi tiến độ: state, share done, photographs, place; also a changed total cost, handing over and who maintains it."""
    works = _held(works_id)
    actor.require("works.manage", works.unit_id, on=on, criterion=rules.charge(works.set_code, works.criterion_no))
    works_rules.refuse_wrong_step(works, on, state, percent, text, keeper)
    works_rules.refuse_wrong_place(latitude, longitude)
    if total_cost is not None:
        rules.check_amount(total_cost, "Tổng mức đầu tư")
        works_rules.refuse_low_cost(works.code, total_cost, *works_sums.moved(works.pk))
        works.total_cost = total_cost
    note = WorksNote.objects.create(
        works=works,
        on=on,
        state=state,
        percent=percent,
        total_cost=total_cost,
        text=text.strip(),
        latitude=latitude,
        longitude=longitude,
        **rules.signature(actor),
    )
    note.files.add(*_kept(actor, works, photographs, on))
    works.state, works.percent = state, percent
    works.keeper = keeper.strip()[:300] or works.keeper
    if latitude is not None:
        works.latitude, works.longitude = latitude, longitude
    works.save(update_fields=["state", "percent", "keeper", "total_cost", "latitude", "longitude"])
    detail = {"code": works.code, "state": WorksState(state).label, "percent": percent}
    audit.record(actor=actor.stamp(), verb="works.advance", subject=note, unit_id=works.unit_id, on=on, detail=detail)
    return note


@transaction.atomic
def accept_volume(
    actor: Actor,
    works_id: int,
    *,
    amount: int,
    on: date,
    record: str,
    creditor: str = "",
    note: str = "",
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    photographs: Sequence[tuple[str, bytes]] = (),
) -> AcceptedVolume:
    """Nghiệm thu khối lượng: from that day it is owed until paid; its minutes and photographs, and where, beside it."""
    works = _held(works_id)
    criterion = rules.charge(works.set_code, works.criterion_no)
    actor.require("works.manage", works.unit_id, on=on, criterion=criterion)
    works_rules.refuse_wrong_place(latitude, longitude)
    rules.check_amount(amount, "Giá trị nghiệm thu")
    rules.refuse_when_locked(works.unit_id, on.year, on)
    if works.state in (WorksState.PLANNED, WorksState.APPROVED):
        raise Refused(f"Công trình {works.code} chưa khởi công: ghi tiến độ thi công trước khi nghiệm thu.")
    to = creditor.strip() or works.contractor
    if not record.strip() or not to:
        raise Refused("Ghi biên bản nghiệm thu và đơn vị được thanh toán.")
    accepted = AcceptedVolume.objects.filter(works=works).aggregate(sum=Sum("amount"))["sum"] or 0
    if accepted + amount > works.total_cost:
        raise Refused(
            f"Công trình {works.code} đã nghiệm thu {write_amount(accepted)} trên tổng mức "
            f"{write_amount(works.total_cost)} đồng: số này là vượt. Điều chỉnh tổng mức trước."
        )
    volume = AcceptedVolume.objects.create(
        unit_id=works.unit_id,
        works=works,
        year=on.year,
        on=on,
        placed_on=on,
        amount=amount,
        record=record.strip()[:200],
        creditor=to[:300],
        note=note,
        latitude=latitude,
        longitude=longitude,
        **rules.signature(actor),
    )
    volume.files.add(*_kept(actor, works, photographs, on))
    detail = {"code": works.code, "amount": write_amount(amount), "record": volume.record}
    audit.record(actor=actor.stamp(), verb="works.accept", subject=volume, unit_id=works.unit_id, on=on, detail=detail)
    return volume


@transaction.atomic
def plan_debt(
    actor: Actor, works_id: int, *, amount: int, source: str, due: date, on: date, note: str = ""
) -> DebtPlan:
    """Lập phương án trả nợ: not more than is owed; the earlier plan of the works is replaced."""
    works = _held(works_id)
    actor.require("money.record", works.unit_id, on=on)
    rules.check_amount(amount)
    owed = debts.works_debt(works.pk, on)
    if amount > owed:
        raise Refused(f"Công trình {works.code} còn nợ {write_amount(owed)} đồng; phương án trả không thể nhiều hơn.")
    if due < on:
        raise Refused("Hạn trả nợ phải từ hôm nay trở đi.")
    if source not in {one.code for one in funds.catalogue().of_year(due.year)}:
        raise Refused(f"Không có nguồn vốn “{source}” năm {due.year}.")
    DebtPlan.objects.filter(works=works, replaced_on__isnull=True).update(replaced_on=on)
    plan = DebtPlan.objects.create(
        works=works, amount=amount, source=source, due=due, on=on, note=note, **rules.signature(actor)
    )
    detail = {"code": works.code, "amount": write_amount(amount), "due": due.isoformat()}
    audit.record(actor=actor.stamp(), verb="works.debt_plan", subject=plan, unit_id=works.unit_id, on=on, detail=detail)
    return plan


def _kept(actor: Actor, works: Works, files: Sequence[tuple[str, bytes]], on: date) -> list[FileUse]:
    """Ảnh, biên bản vào kho: evidence of the criterion that the works serves."""
    criterion = rules.charge(works.set_code, works.criterion_no)
    return [
        archive.attach(actor, content=content, name=name, unit_id=works.unit_id, on=on, criterion=criterion)
        for name, content in files
    ]


def _held(works_id: int) -> Works:
    works = Works.objects.select_for_update().filter(pk=works_id).first()
    if works is None:
        raise Refused("Không tìm thấy công trình này.")
    return works
