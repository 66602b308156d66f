"""Hạng mục còn thiếu: what a unit lacks, what it would cost, and when it was done."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from ntm.domain.official.text import fold
from ntm.records.audit import services as audit
from ntm.records.people.authority import Actor
from ntm.records.standing import registry, typing_in
from ntm.records.standing.models import Gap
from ntm.records.standing.refusals import Refused

__all__ = ["close_gap", "record_gap", "search_key"]


def search_key(text: str, criterion_no: int) -> str:
    """Khoá tìm kiếm: the words and the criterion without marks."""
    return fold(f"{text} tiêu chí {criterion_no}")[:600]


@transaction.atomic
def record_gap(
    actor: Actor,
    *,
    unit_id: int,
    set_code: str,
    criterion_no: int,
    text: str,
    on: date,
    indicator_code: str = "",
    cost: int | None = None,
    supersedes: int | None = None,
) -> Gap:
    """Ghi hạng mục còn thiếu; cost in đồng. `supersedes`: the gap that these words or this cost correct."""
    actor.require(
        "gap.record",
        unit_id,
        on=on,
        criterion=typing_in.charge(set_code, indicator_code or f"TC{criterion_no}", criterion_no),
    )
    row = registry.by_code(set_code)
    criteria_set = registry.content(row)
    if not any(criterion.no == criterion_no for criterion in criteria_set.criteria):
        raise Refused(f"Bộ tiêu chí “{set_code}” không có tiêu chí {criterion_no}.")
    if indicator_code:
        _, belongs = typing_in.find_asked(criteria_set, indicator_code)
        if belongs != criterion_no:
            raise Refused(f"Chỉ tiêu {indicator_code} không thuộc tiêu chí {criterion_no}.")
    if not text.strip():
        raise Refused("Ghi rõ hạng mục còn thiếu.")
    if cost is not None and cost < 0:
        raise Refused("Kinh phí ước tính không thể âm.")
    older = _open_gap(supersedes, unit_id) if supersedes else None
    if older:
        Gap.objects.filter(pk=older.pk).update(closed_on=on, closed_reason="thay bằng bản sửa")
    gap = Gap.objects.create(
        unit_id=unit_id,
        set=row,
        criterion_no=criterion_no,
        indicator_code=indicator_code,
        text=text.strip(),
        key=search_key(text, criterion_no),
        cost=cost,
        opened_on=on,
        recorded_by_id=actor.user_id,
        office=actor.office_label,
        recorded_at=timezone.now(),
        supersedes=older,
    )
    audit.record(
        actor=actor.stamp(),
        verb="gap.record",
        subject=gap,
        unit_id=unit_id,
        on=on,
        detail={"indicator": indicator_code or f"TC{criterion_no}", "description": gap.text, "cost": cost},
    )
    return gap


@transaction.atomic
def close_gap(actor: Actor, gap_id: int, *, on: date, reason: str) -> Gap:
    """Đóng hạng mục: done, or found wrong; the reason says which."""
    gap = _open_gap(gap_id)
    actor.require(
        "gap.record", gap.unit_id, on=on, criterion=typing_in.charge(gap.set.code, gap.indicator_code, gap.criterion_no)
    )
    if not reason.strip():
        raise Refused("Ghi kết quả: đã làm xong, hay ghi nhầm.")
    if on < gap.opened_on:
        raise Refused(f"Ngày xong {on:%d/%m/%Y} trước ngày ghi nhận {gap.opened_on:%d/%m/%Y}.")
    gap.closed_on, gap.closed_reason = on, reason.strip()
    gap.save(update_fields=["closed_on", "closed_reason"])
    audit.record(
        actor=actor.stamp(),
        verb="gap.close",
        subject=gap,
        unit_id=gap.unit_id,
        on=on,
        detail={"indicator": gap.indicator_code or f"TC{gap.criterion_no}", "reason": gap.closed_reason},
    )
    return gap


def _open_gap(gap_id: int, unit_id: int | None = None) -> Gap:
    gap = Gap.objects.select_for_update().filter(pk=gap_id).first()
    if gap is None or (unit_id is not None and gap.unit_id != unit_id):
        raise Refused("Không tìm thấy hạng mục này.")
    if gap.closed_on is not None:
        raise Refused(f"Hạng mục này đã đóng ngày {gap.closed_on:%d/%m/%Y}.")
    return gap
