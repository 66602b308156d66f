"""Ghi ngày và quyết định: a change that lists alone proved gets its day and its decision; the bounds go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q

from ntm.records.audit import services as audit
from ntm.records.units.models import Change, ChangeKind, Position, Succession, Unit, UnitCode, UnitName, UnitParent
from ntm.records.units.queries.labels import labels
from ntm.records.units.services.acting import Actor, Decision, UnitError, authority_day, written
from ntm.records.units.services.positions import redraw

TABLES = (Unit, UnitName, UnitCode, UnitParent)


def date_changes(
    actor: Actor, change_ids: Iterable[int], *, decision: Decision, effective: date, today: date, confirmed: bool = True
) -> list[Change]:
    """Ghi ngày và quyết định for changes known from lists. Parts of one split go together.

    `confirmed`: the text was read and says the same as the list; otherwise the doubt stays.
    """
    with transaction.atomic():
        changes = _with_siblings(set(change_ids))
        touched = _touched(changes)
        for unit in Unit.objects.filter(pk__in=touched):
            actor.require("unit.change", unit.pk, on=authority_day(unit, today))
        number = decision.checked()
        for change in changes:
            _may_be_dated(change, effective)
        _shift(changes, effective)
        for change in changes:
            change.on, change.after, change.by = effective, None, None
            change.decision, change.decided_on, change.source = number.number, number.issued, number.source
            change.certain = change.certain or confirmed
            change.save()
        if confirmed:
            Succession.objects.filter(change__in=changes).exclude(basis="territory").update(certain=True)
        redraw(touched)
        _uppers_stand(touched, effective)
        detail = {
            "change": f"{len(changes)} thay đổi theo danh mục", "decision": number.number, "decided_on": number.issued,
            "from": effective, "changes": sorted(change.pk for change in changes),
        }  # fmt: skip
        first = min(touched) if touched else None
        audit.record(actor=actor.stamp(), verb="unit.date", subject=changes[0], unit_id=first, on=today, detail=detail)
    return changes


def _with_siblings(wanted: set[int]) -> list[Change]:
    """The changes, and those that share with them a unit that went to several."""
    if not wanted:
        raise UnitError("Chưa chọn thay đổi nào.")
    while True:
        olds = Succession.objects.filter(change_id__in=wanted).values("predecessor_id")
        lists = Change.objects.filter(pk__in=wanted).values("list_name")
        together = Succession.objects.filter(
            predecessor_id__in=olds, change__list_name__in=lists, change__kind="listed"
        )
        more = set(together.values_list("change_id", flat=True)) - wanted
        if not more:
            break
        wanted = wanted | more
    found = list(Change.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    if len(found) != len(wanted):
        raise UnitError("Có thay đổi không còn trong hệ thống; hãy mở lại danh sách.")
    return found


def _touched(changes: list[Change]) -> set[int]:
    either = Q(opened__in=changes) | Q(closed__in=changes)
    found = set(Unit.objects.filter(either).values_list("pk", flat=True))
    for table in (UnitName, UnitCode, UnitParent):
        found |= set(table.objects.filter(either).values_list("unit_id", flat=True))
    return found


def _may_be_dated(change: Change, effective: date) -> None:
    if change.kind != ChangeKind.LISTED or change.by is None:
        raise UnitError(f"Thay đổi {change.when} đã biết ngày; không ghi lại.")
    if change.after is None:
        raise UnitError("Đơn vị có từ trước danh mục đầu tiên; không có thay đổi nào để ghi ngày.")
    if not change.after < effective <= change.by:
        window = change.when.removesuffix(", chưa biết ngày")
        raise UnitError(f"Ngày {written(effective)} không khớp với danh mục: thay đổi này phải {window}.")


def _shift(changes: list[Change], effective: date) -> None:
    """Move the boundaries; shrink before growing, so that intervals never overlap on the way."""
    earlier = [change for change in changes if effective < change.on]
    later = [change for change in changes if effective > change.on]
    Position.objects.filter(unit_id__in=_touched(changes)).delete()
    for table in TABLES:
        table.objects.filter(closed__in=earlier).update(end=effective)
        table.objects.filter(opened__in=earlier).update(start=effective)
        table.objects.filter(opened__in=later).update(start=effective)
        table.objects.filter(closed__in=later).update(end=effective)


def _uppers_stand(touched: set[int], effective: date) -> None:
    """Every unit that stands on that day has a place on it: else its upper unit's own change was left out."""
    standing = Unit.objects.on(effective).filter(pk__in=touched)
    lost = standing.exclude(pk__in=Position.objects.on(effective).values("unit_id")).values_list("pk", flat=True)
    if lost:
        words = ", ".join(word.title for word in labels(list(lost)[:5], effective).values())
        raise UnitError(
            f"Trong ngày {written(effective)} chưa có đơn vị cấp trên của: {words}. "
            "Hãy ghi cùng lúc thay đổi của đơn vị cấp trên."
        )
