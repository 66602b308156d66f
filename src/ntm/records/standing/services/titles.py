"""Ghi quyết định danh hiệu: granted, revoked, carried to a merged unit. The decision is the offices'; here it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from ntm.records.audit import services as audit
from ntm.records.people.authority import Actor
from ntm.records.standing import descent, keeping, registry
from ntm.records.standing.models import RegisteredSet, TitleHeld, UnitStanding
from ntm.records.standing.refusals import Refused
from ntm.records.units import queries as units

__all__ = ["Decision", "carry_title", "grant_title", "revoke_title"]


@dataclass(frozen=True, slots=True)
class Decision:
    """Quyết định: words as the source gives them ("" when it names none), its day, and where that stands."""

    words: str
    on: date
    place: str = ""
    assumed: bool = False


@transaction.atomic
def grant_title(
    actor: Actor, *, unit_id: int, title_kind: str, year: int, decision: Decision, set_code: str | None = None
) -> TitleHeld:
    """Ghi công nhận. A title has a year and a decision's day, and they differ."""
    actor.require("title.decide", unit_id, on=decision.on)
    label = units.label(unit_id, decision.on)
    if not label.living:
        raise Refused(f"Ngày {decision.on:%d/%m/%Y} chưa có hoặc không còn đơn vị này.")
    row = registry.by_code(set_code) if set_code else None
    if TitleHeld.objects.filter(unit_id=unit_id, title_kind=title_kind, set=row, end__isnull=True).exists():
        raise Refused(f"{label.name} đang giữ danh hiệu này; thu hồi trước nếu công nhận lại.")
    held = _kept(actor, unit_id, label.level, title_kind, row, year, decision, None)
    _after(unit_id, row)
    audit.record(
        actor=actor.stamp(), verb="title.decide", subject=held, unit_id=unit_id, on=decision.on, detail=_words(held)
    )
    return held


@transaction.atomic
def revoke_title(actor: Actor, title_id: int, *, decision: Decision, reason: str) -> TitleHeld:
    """Ghi thu hồi: the title ends on the day of the revocation; it is never erased."""
    held = TitleHeld.objects.select_for_update().filter(pk=title_id).first()
    if held is None:
        raise Refused("Không tìm thấy danh hiệu này.")
    actor.require("title.decide", held.unit_id, on=decision.on)
    if held.end is not None:
        raise Refused(f"Danh hiệu này đã thu hồi từ {held.end:%d/%m/%Y}.")
    if decision.on < held.start:
        raise Refused(f"Ngày thu hồi {decision.on:%d/%m/%Y} trước ngày công nhận {held.start:%d/%m/%Y}.")
    if not reason.strip():
        raise Refused("Ghi lý do thu hồi.")
    held.end, held.revocation, held.revocation_reason = decision.on, decision.words, reason.strip()
    held.save(update_fields=["end", "revocation", "revocation_reason"])
    _after(held.unit_id, held.set)
    audit.record(
        actor=actor.stamp(),
        verb="title.revoke",
        subject=held,
        unit_id=held.unit_id,
        on=decision.on,
        detail=_words(held) | {"reason": reason.strip()},
    )
    return held


@transaction.atomic
def carry_title(actor: Actor, *, unit_id: int, title_kind: str, decision: Decision) -> TitleHeld:
    """Công nhận đơn vị sau sắp xếp khi mọi đơn vị cũ đều giữ danh hiệu (Nghị quyết 35/2023/UBTVQH15, Điều 17);
    otherwise Refused, naming those without: the full procedure is needed."""
    actor.require("title.decide", unit_id, on=decision.on)
    parents = descent.predecessors(unit_id, decision.on)
    if not parents:
        raise Refused("Đơn vị này không do sắp xếp mà thành; làm hồ sơ công nhận như thường.")
    label = units.label(unit_id, decision.on)
    if not label.living:
        raise Refused(f"Ngày {decision.on:%d/%m/%Y} chưa có hoặc không còn đơn vị này.")
    held = {
        row.unit_id: row
        for row in TitleHeld.objects.filter(
            unit_id__in=[p.id for p in parents], title_kind=title_kind, end__isnull=True
        )
    }
    without = [parent.name for parent in parents if parent.id not in held]
    if without:
        raise Refused(
            f"Chưa công nhận ngay được: {', '.join(without)} chưa giữ danh hiệu trước khi sắp xếp. "
            "Đơn vị mới làm đủ thủ tục công nhận."
        )
    source = max(held.values(), key=lambda row: row.start)
    carried = _kept(actor, unit_id, label.level, title_kind, source.set, decision.on.year, decision, source)
    _after(unit_id, source.set)
    audit.record(
        actor=actor.stamp(),
        verb="title.decide",
        subject=carried,
        unit_id=unit_id,
        on=decision.on,
        detail=_words(carried) | {"carried": str(True)},
    )
    return carried


def _kept(
    actor: Actor,
    unit_id: int,
    level: str,
    title_kind: str,
    row: RegisteredSet | None,
    year: int,
    decision: Decision,
    carried_from: TitleHeld | None,
) -> TitleHeld:
    return TitleHeld.objects.create(
        unit_id=unit_id,
        level=level,
        title_kind=title_kind,
        set=row,
        year=year,
        start=decision.on,
        decision=decision.words,
        assumed=decision.assumed,
        source_place=decision.place,
        carried_from=carried_from,
        recorded_by_id=actor.user_id,
        office=actor.office_label,
        recorded_at=timezone.now(),
    )


def _after(unit_id: int, row: RegisteredSet | None) -> None:
    """Sets that ask for titles: the unit's own, and those of the units above it that were already judged."""
    concerned = [unit_id, *descent.ever_above(unit_id)]
    pairs = UnitStanding.objects.filter(unit_id__in=concerned).values_list("unit_id", "set_id").distinct()
    sets = RegisteredSet.objects.in_bulk({set_id for _, set_id in pairs})
    for concerned_id, set_id in set(pairs):
        keeping.refresh(concerned_id, sets[set_id])


def _words(held: TitleHeld) -> dict[str, str]:
    return {"title": held.title_kind, "decision": held.decision or "chưa rõ số", "year": str(held.year)}
