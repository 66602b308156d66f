"""Thay đổi đơn vị theo quyết định: merge, split, rename, transfer, abolish; and undo before they take force."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import ProtectedError

from ntm.domain.gazetteer import names
from ntm.records.audit import services as audit
from ntm.records.units.models import Change, ChangeKind, Succession, Unit, UnitCode, UnitName, UnitParent
from ntm.records.units.queries.places import ancestor_ids
from ntm.records.units.services.acting import Actor, UnitError, authority_day, written
from ntm.records.units.services.planning import existing, plan
from ntm.records.units.services.positions import redraw
from ntm.records.units.services.requests import Abolish, ChangePlan, Merge, Preview, Rename, Request, Split, Transfer

ACTION = "unit.change"


def preview(request: Request) -> Preview:
    """Xem trước: what the request would end, form and move, or UnitError. Nothing is changed."""
    with transaction.atomic():
        return Preview.of(plan(request))


def merge(actor: Actor, request: Merge, *, today: date) -> Change:
    """Sáp nhập đơn vị."""
    return _do(actor, request, today, "unit.merge")


def split(actor: Actor, request: Split, *, today: date) -> Change:
    """Chia tách đơn vị."""
    return _do(actor, request, today, "unit.split")


def rename(actor: Actor, request: Rename, *, today: date) -> Change:
    """Đổi tên, đổi loại, đổi mã đơn vị."""
    return _do(actor, request, today, "unit.rename")


def transfer(actor: Actor, request: Transfer, *, today: date) -> Change:
    """Chuyển đơn vị sang đơn vị cấp trên khác."""
    return _do(actor, request, today, "unit.transfer")


def abolish(actor: Actor, request: Abolish, *, today: date) -> Change:
    """Giải thể đơn vị."""
    return _do(actor, request, today, "unit.abolish")


def undo(actor: Actor, change_id: int, *, today: date, reason: str) -> Change:
    """Huỷ thay đổi chưa có hiệu lực: as if it had not been entered; the change itself stays on record as undone."""
    with transaction.atomic():
        change = Change.objects.select_for_update().filter(pk=change_id).first()
        if change is None:
            raise UnitError(f"Không có thay đổi số {change_id}.")
        touched = _touched_by(change)
        for unit in touched:
            actor.require(ACTION, unit.pk, on=authority_day(unit, today))
        _may_be_undone(change, today, reason)
        _take_back(change, touched)
        change.undone_on = today
        change.save(update_fields=["undone_on"])
        detail = {
            "change": f"{change.get_kind_display()}, {change.when}",
            "decision": change.decision,
            "reason": reason,
        }
        first = next((unit.pk for unit in touched if unit.opened_id != change.pk), None)
        audit.record(actor=actor.stamp(), verb="unit.undo", subject=change, unit_id=first, on=today, detail=detail)
    return change


def _do(actor: Actor, request: Request, today: date, verb: str) -> Change:
    with transaction.atomic():
        asked = _asked(request)
        for unit in existing(asked):
            actor.require(ACTION, unit.pk, on=authority_day(unit, today))
        made = plan(request)
        change = _apply(made)
        detail = {
            "name": made.subject, "before": made.before, "parent": made.parent, "decision": made.decision.number,
            "decided_on": made.decision.issued, "from": made.on, "what": made.lines,
        }  # fmt: skip
        audit.record(
            actor=actor.stamp(), verb=verb, subject=change, unit_id=asked[0], on=today,
            detail={key: value for key, value in detail.items() if value},
        )  # fmt: skip
    return change


def _asked(request: Request) -> list[int]:
    """The units over which the right is asked: all that change, and who receives."""
    if isinstance(request, Merge):
        return list(dict.fromkeys([*request.unit_ids, *([request.into] if request.into else [])]))
    if isinstance(request, Transfer):
        # an upper unit that already holds them all gains nothing, so its own right is not asked
        gains = any(request.parent_id not in ancestor_ids(unit, request.on) for unit in request.unit_ids)
        return list(dict.fromkeys([*request.unit_ids, *([request.parent_id] if gains else [])]))
    if isinstance(request, Abolish):
        return [request.unit_id, *request.receivers]
    return [request.unit_id]


def _apply(made: ChangePlan) -> Change:
    decision = made.decision
    change = Change.objects.create(
        kind=made.kind, on=made.on, decision=decision.number, decided_on=decision.issued, source=decision.source
    )
    formed = [_create(level, made.on, change) for level, _new, _parent in made.forming]

    def real(number: int) -> int:
        return formed[-number - 1].pk if number < 0 else number

    for table in (UnitName, UnitCode, UnitParent):
        table.objects.filter(unit_id__in=made.ending, end=None).update(end=made.on, closed=change)
    Unit.objects.filter(pk__in=made.ending).update(end=made.on, closed=change)
    for unit, (_level, new, parent) in zip(formed, made.forming, strict=True):
        _name(unit.pk, new.kind, new.name, made.on, change)
        if new.code:
            UnitCode.objects.create(unit=unit, code=new.code, start=made.on, opened=change)
        if parent is not None:
            UnitParent.objects.create(unit=unit, parent_id=parent, start=made.on, opened=change)
    for number, kind, name in made.words:
        UnitName.objects.filter(unit_id=number, end=None).update(end=made.on, closed=change)
        _name(number, kind, name, made.on, change)
    for number, code in made.codes:
        UnitCode.objects.filter(unit_id=number, end=None).update(end=made.on, closed=change)
        UnitCode.objects.create(unit_id=number, code=code, start=made.on, opened=change)
    for child, target in made.moves:
        UnitParent.objects.filter(unit_id=child, end=None).update(end=made.on, closed=change)
        UnitParent.objects.create(unit_id=child, parent_id=real(target), start=made.on, opened=change)
    Succession.objects.bulk_create(
        Succession(predecessor_id=before, successor_id=real(after), change=change, main=main, basis="decision")
        for before, after, main in made.successions
    )
    redraw([*made.ending, *(unit.pk for unit in formed), *(child for child, _target in made.moves)])
    return change


def _create(level: str, on: date, change: Change) -> Unit:
    return Unit.objects.create(level=level, start=on, opened=change)


def _name(unit_id: int, kind: str, name: str, on: date, change: Change) -> None:
    key, sound = names.fold_key(name), names.loose_key(name)
    UnitName.objects.create(unit_id=unit_id, kind=kind, name=name, key=key, sound=sound, start=on, opened=change)


def _touched_by(change: Change) -> list[Unit]:
    found = set(Succession.objects.filter(change=change).values_list("predecessor_id", "successor_id"))
    numbers = {unit for pair in found for unit in pair}
    for table in (UnitName, UnitCode, UnitParent):
        numbers |= set(table.objects.filter(opened=change).values_list("unit_id", flat=True))
        numbers |= set(table.objects.filter(closed=change).values_list("unit_id", flat=True))
    return list(Unit.objects.filter(pk__in=numbers).order_by("pk"))


def _may_be_undone(change: Change, today: date, reason: str) -> None:
    if not reason.strip():
        raise UnitError("Chưa ghi lý do huỷ thay đổi.")
    if change.undone_on is not None:
        raise UnitError(f"Thay đổi này đã được huỷ ngày {written(change.undone_on)}.")
    if change.kind == ChangeKind.LISTED:
        raise UnitError("Thay đổi theo danh mục không huỷ được; hãy ghi ngày và quyết định cho thay đổi đó.")
    if today >= change.on:
        raise UnitError(
            f"Thay đổi đã có hiệu lực từ ngày {written(change.on)} nên không huỷ được; "
            "nếu sai, hãy ghi thay đổi mới theo quyết định điều chỉnh."
        )
    for table in (Unit, UnitName, UnitCode, UnitParent):
        if table.objects.filter(opened=change).exclude(closed=None).exists():
            raise UnitError("Đã có thay đổi khác dựa trên thay đổi này; hãy huỷ thay đổi sau trước.")
    formed = Unit.objects.filter(opened=change)
    if UnitParent.objects.filter(parent__in=formed).exclude(opened=change).exists():
        raise UnitError("Đã có đơn vị cấp dưới thuộc đơn vị lập mới; hãy chuyển các đơn vị đó đi trước khi huỷ.")


def _take_back(change: Change, touched: list[Unit]) -> None:
    formed = [unit.pk for unit in touched if unit.opened_id == change.pk]
    Succession.objects.filter(change=change).delete()
    for table in (UnitParent, UnitCode, UnitName):
        table.objects.filter(opened=change).delete()
        table.objects.filter(closed=change).update(end=None, closed=None)
    Unit.objects.filter(closed=change).update(end=None, closed=None)
    redraw([unit.pk for unit in touched if unit.pk not in formed])
    try:
        Unit.objects.filter(pk__in=formed).delete()
    except ProtectedError:
        raise UnitError(
            "Đã có số liệu hoặc chức danh ghi cho đơn vị lập mới; hãy gỡ các mục đó trước khi huỷ thay đổi."
        ) from None
