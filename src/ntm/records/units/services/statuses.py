"""Vùng, nhóm xã, diện đặc thù: dated, each with its reference."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from ntm.domain.gazetteer import all_regions
from ntm.records.audit import services as audit
from ntm.records.units.models import GROUPS, STATUS_FLAGS, StatusKind, Unit, UnitStatus
from ntm.records.units.queries.labels import label
from ntm.records.units.services.acting import Actor, UnitError, authority_day, written

ACTION = "unit.status"


def set_status(
    actor: Actor,
    unit_id: int,
    kind: str,
    *,
    start: date,
    reference: str,
    today: date,
    value: str = "yes",
    scheme: str = "",
    end: date | None = None,
    verified: bool = False,
) -> UnitStatus:
    """Ghi diện của đơn vị from a day on; the one before ends that day. `scheme`: the instrument that defines the groups."""
    with transaction.atomic():
        unit = _unit(unit_id)
        actor.require(ACTION, unit_id, on=authority_day(unit, today))
        _check(unit, kind, value, scheme, start, end, reference)
        rows = UnitStatus.objects.filter(unit=unit, kind=kind, scheme=scheme)
        later = rows.filter(start__gte=start).order_by("start").first()
        if later is not None:
            raise UnitError(
                f"Đã ghi {later.get_kind_display()} từ ngày {written(later.start)}; không ghi chồng từ ngày {written(start)}."
            )
        now = rows.on(start).first()
        if now is not None:
            if now.value == value and now.end is None:
                raise UnitError(f"{_named(unit_id, start)} đã thuộc {_said(kind, value)} từ ngày {written(now.start)}.")
            now.end = start
            now.save(update_fields=["end"])
        made = UnitStatus.objects.create(
            unit=unit, kind=kind, value=value, scheme=scheme, start=start, end=end, reference=reference.strip(),
            verified=verified,
        )  # fmt: skip
        _record(actor, made, today, f"{_said(kind, value)} từ {written(start)}", reference)
    return made


def end_status(actor: Actor, status_id: int, *, end: date, reference: str, today: date) -> UnitStatus:
    """Thôi diện: no longer from that day on."""
    with transaction.atomic():
        row = UnitStatus.objects.select_for_update().filter(pk=status_id).first()
        if row is None:
            raise UnitError("Không có mục này; hãy mở lại trang của đơn vị.")
        actor.require(ACTION, row.unit_id, on=authority_day(row.unit, today))
        if not reference.strip():
            raise UnitError("Chưa ghi căn cứ (số quyết định) của việc thôi diện.")
        if row.end is not None:
            raise UnitError(f"{row.get_kind_display()} đã kết thúc từ ngày {written(row.end)}.")
        if end <= row.start:
            raise UnitError(f"Ngày kết thúc phải sau ngày bắt đầu {written(row.start)}.")
        row.end = end
        row.save(update_fields=["end"])
        _record(actor, row, today, f"thôi {_said(row.kind, row.value)} từ {written(end)}", reference)
    return row


def _unit(unit_id: int) -> Unit:
    unit = Unit.objects.select_for_update().filter(pk=unit_id).first()
    if unit is None:
        raise UnitError(f"Không có đơn vị số {unit_id} trong hệ thống.")
    return unit


def _check(unit: Unit, kind: str, value: str, scheme: str, start: date, end: date | None, reference: str) -> None:
    if kind not in StatusKind.values:
        raise UnitError(f"Không có loại diện «{kind}»; chọn một trong: {', '.join(StatusKind.labels)}.")
    if not reference.strip():
        raise UnitError("Chưa ghi căn cứ (số quyết định, điều khoản).")
    if not unit.covers(start):
        raise UnitError(f"{_named(unit.pk, start)} không có trong ngày {written(start)}.")
    if end is not None and end <= start:
        raise UnitError(f"Ngày kết thúc {written(end)} phải sau ngày bắt đầu {written(start)}.")
    if kind == StatusKind.REGION and value not in all_regions():
        raise UnitError(f"Không có vùng mang mã «{value}»; các vùng: {', '.join(all_regions().values())}.")
    if kind == StatusKind.GROUP:
        if value not in GROUPS:
            raise UnitError(f"Không có nhóm xã «{value}»; các nhóm: {', '.join(GROUPS.values())}.")
        if not scheme:
            raise UnitError("Nhóm xã phải ghi văn bản quy định nhóm, vì mỗi văn bản đánh số nhóm một cách.")
        if unit.level != "xa":
            raise UnitError("Chỉ đơn vị cấp xã có nhóm xã.")
    if kind in STATUS_FLAGS and value != "yes":
        raise UnitError(f"Diện {StatusKind(kind).label} chỉ có hoặc không; muốn thôi thì ghi ngày kết thúc.")


def _record(actor: Actor, row: UnitStatus, today: date, status: str, reference: str) -> None:
    detail = {
        "status": status,
        "decision": reference.strip(),
        "kind": row.kind,
        "value": row.value,
        "scheme": row.scheme,
    }
    audit.record(actor=actor.stamp(), verb="unit.status", subject=row, unit_id=row.unit_id, on=today, detail=detail)


def _said(kind: str, value: str) -> str:
    if kind == StatusKind.REGION:
        return f"vùng {all_regions().get(value, value)}"
    return GROUPS.get(value, value) if kind == StatusKind.GROUP else f"diện {StatusKind(kind).label}"


def _named(unit_id: int, on: date) -> str:
    title = label(unit_id, on).title
    return title[:1].upper() + title[1:]
