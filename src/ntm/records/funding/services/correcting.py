"""Đảo bút toán, khoá kỳ: what was posted stands; a reversing entry takes it back, and a closed period keeps it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from ntm.domain import funds
from ntm.domain.official.money import write_amount
from ntm.records.audit import services as audit
from ntm.records.funding import rules
from ntm.records.funding.models import (
    AcceptedVolume,
    AllocationEntry,
    Contribution,
    Disbursement,
    Mobilisation,
    Need,
    PeriodLock,
    Posted,
)
from ntm.records.funding.refusals import Refused
from ntm.records.funding.rules import Cell
from ntm.records.people.authority import Actor

__all__ = ["close_period", "reopen_period", "reverse"]

_ACTION: dict[type[Posted], str] = {
    Need: "money.record",
    Mobilisation: "money.record",
    Disbursement: "money.record",
    AllocationEntry: "money.allocate",
    AcceptedVolume: "works.manage",
    Contribution: "contribution.record",
}
_OWN = {  # what a reversing entry has of its own; its area is that of the first
    "id",
    "amount",
    "on",
    "reverses",
    "note",
    "recorded_by",
    "office",
    "recorded_at",
}


@transaction.atomic
def reverse(actor: Actor, entry: Posted, *, reason: str, on: date) -> tuple[Posted, ...]:
    """Đảo bút toán: entries of the opposite sign on a later day. A line of an allocation is reversed as a whole.

    In a closed period only the office that may close it does so: a correction after closing, marked by its day.
    """
    if not reason.strip():
        raise Refused("Ghi lý do đảo bút toán.")
    model = type(entry)
    found = list(model.objects.select_for_update(of=("self",)).filter(pk__in=_whole(entry)).order_by("pk"))
    if not found:
        raise Refused("Không tìm thấy bút toán này.")
    done = set(model.objects.filter(reverses__in=found).values_list("reverses_id", flat=True))
    for one in found:
        if one.reverses_id is not None or one.pk in done:
            raise Refused("Bút toán này đã đảo, hoặc chính nó là bút toán đảo.")
        if on < one.on:
            raise Refused(f"Ngày đảo {on:%d/%m/%Y} trước ngày ghi {one.on:%d/%m/%Y}.")
    _require(actor, found, on)
    cells = [Cell(one.unit_id, one.source, one.kind, one.year) for one in found if isinstance(one, AllocationEntry)]
    rules.hold(cells)
    made = tuple(model.objects.create(**_opposite(one, reason, on), **rules.signature(actor)) for one in found)
    rules.refuse_overdrawn(cells, on)
    detail = {
        "what": model._meta.verbose_name,
        "amount": write_amount(entry.amount),
        "reason": reason.strip(),
        "entries": [one.pk for one in found],
    }
    audit.record(
        actor=actor.stamp(), verb="money.reverse", subject=made[0], unit_id=entry.unit_id, on=on, detail=detail
    )
    return made


def _whole(entry: Posted) -> list[int]:
    if not isinstance(entry, AllocationEntry):
        return [entry.pk]
    line = AllocationEntry.objects.filter(decision_id=entry.decision_id, line=entry.line, reverses__isnull=True)
    return list(line.values_list("pk", flat=True)) if entry.reverses_id is None else [entry.pk]


def _require(actor: Actor, found: list[Posted], on: date) -> None:
    for one in found:
        criterion = None
        unit_id = one.unit_id
        if isinstance(one, AcceptedVolume):
            criterion = rules.charge(one.works.set_code, one.works.criterion_no)
        if isinstance(one, AllocationEntry) and one.decision.giver_id is not None:
            unit_id = one.decision.giver_id
        actor.require(_ACTION[type(one)], unit_id, on=on, criterion=criterion)
        lock = rules.locked(one.unit_id, one.year, one.on)
        if lock and not actor.allows("money.close", lock.unit_id, on=on):
            rules.refuse_when_locked(one.unit_id, one.year, one.on)


def _opposite(one: Posted, reason: str, on: date) -> dict[str, object]:
    copied = {
        field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields if field.name not in _OWN
    }
    return copied | {"amount": -one.amount, "on": on, "reverses": one, "note": reason.strip()[:1000]}


@transaction.atomic
def close_period(
    actor: Actor, *, unit_id: int, year: int, on: date, through: date | None = None, note: str = ""
) -> PeriodLock:
    """Khoá kỳ: through a day, or the whole budget year once it has closed; of the unit and all below it."""
    actor.require("money.close", unit_id, on=on)
    try:
        closing = funds.closing(year)
    except LookupError as unknown:
        raise Refused(str(unknown)) from None
    if through is None and on < closing.closes:
        raise Refused(
            f"Năm ngân sách {year} còn chi đến hết {closing.closes:%d/%m/%Y}: khoá cả năm từ ngày đó, hoặc khoá đến một ngày."
        )
    if through is not None and not (closing.opens <= through <= min(on, closing.closes)):
        raise Refused(f"Ngày khoá phải trong năm ngân sách {year} và không sau hôm nay.")
    whole = [one for one in rules.living_locks([unit_id], [year]) if one.through is None or one.through == through]
    if whole:
        raise Refused(f"Kỳ này đã khoá ngày {whole[0].on:%d/%m/%Y}.")
    lock = PeriodLock.objects.create(
        unit_id=unit_id, year=year, through=through, on=on, note=note, **rules.signature(actor)
    )
    detail = {"year": year} | ({"through": through.isoformat()} if through else {})
    audit.record(actor=actor.stamp(), verb="money.close", subject=lock, unit_id=unit_id, on=on, detail=detail)
    return lock


@transaction.atomic
def reopen_period(actor: Actor, lock_id: int, *, on: date, reason: str) -> PeriodLock:
    """Mở lại kỳ, with the reason; the lock stays in the records."""
    lock = PeriodLock.objects.select_for_update().filter(pk=lock_id, reopened_on__isnull=True).first()
    if lock is None:
        raise Refused("Không tìm thấy kỳ đang khoá này.")
    actor.require("money.close", lock.unit_id, on=on)
    if not reason.strip():
        raise Refused("Ghi lý do mở lại kỳ.")
    lock.reopened_on, lock.reopened_reason = on, reason.strip()[:500]
    lock.save(update_fields=["reopened_on", "reopened_reason"])
    detail = {"year": lock.year, "reason": lock.reopened_reason}
    audit.record(actor=actor.stamp(), verb="money.reopen", subject=lock, unit_id=lock.unit_id, on=on, detail=detail)
    return lock
