"""Nhập ở đâu, ngày nào: the units and sets that an office types for, and the day that its figures are of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ntm.records.people.authority import Actor, reach
from ntm.records.standing import descent, registry
from ntm.records.standing.models import Campaign, RegisteredSet
from ntm.records.units import queries as units
from ntm.records.units.models import Position
from ntm.records.units.queries import UnitLabel

__all__ = ["EntryDay", "EntryPlace", "applicable_sets", "entry_day", "places"]


@dataclass(frozen=True, slots=True)
class EntryDay:
    """Ngày của số liệu: what is proposed, and the review that asks for it, if one does."""

    on: date
    campaign: Campaign | None = None


@dataclass(frozen=True, slots=True)
class EntryPlace:
    """Một đơn vị mà cơ quan này nhập số liệu, and the sets in force for it."""

    unit: UnitLabel
    sets: tuple[RegisteredSet, ...]


def entry_day(unit_id: int, row: RegisteredSet, today: date) -> EntryDay:
    """Đợt rà soát đang mở có hạn gần nhất; otherwise the end of last year; inside the set's days in force."""
    campaign = (
        Campaign.objects.filter(units__unit_id=unit_id, set=row, locked_at__isnull=True, opened_on__lte=today)
        .order_by("due", "pk")
        .first()
    )
    if campaign:
        return EntryDay(campaign.as_of, campaign)
    day = date(today.year - 1, 12, 31)
    if row.end and day >= row.end:
        day = row.end - timedelta(days=1)
    if row.start and day < row.start:
        day = max(today, row.start)
    return EntryDay(day)


def applicable_sets(level: str, on: date, province_code: str | None) -> tuple[RegisteredSet, ...]:
    """Các bộ áp dụng ở cấp đó: one of each kind of title, the province's own before the national one."""
    chosen: dict[str, RegisteredSet] = {}
    for row in registry.sets_in_force(level, on, province_code):
        standing = chosen.get(row.title_kind)
        if standing is None or (row.province_code and not standing.province_code):
            chosen[row.title_kind] = row
    return tuple(sorted(chosen.values(), key=lambda row: _ORDER.get(row.title_kind, 9)))


_ORDER = {"ntm": 0, "nang_cao": 1, "kieu_mau": 2, "hien_dai": 3, "hoan_thanh": 0}


def places(actor: Actor, on: date) -> list[EntryPlace]:
    """Các đơn vị và bộ mà cơ quan này nhập: its own unit first, then those below it."""
    area = reach(actor, "observation.record", on=on)
    if area.everywhere or not area.unit_ids or (area.criteria is not None and not area.criteria):
        return []
    labels = _living(area.unit_ids, on)
    levels = {(label.level, _province_code(label)) for label in labels}
    sets = {key: applicable_sets(key[0], on, key[1]) for key in levels}
    ordered = sorted(labels, key=lambda one: (one.id != actor.unit_id, descent.order(one)))
    return [EntryPlace(one, sets[one.level, _province_code(one)]) for one in ordered]


def _living(unit_ids: Iterable[int], on: date) -> list[UnitLabel]:
    ids = Position.objects.on(on).filter(unit_id__in=list(unit_ids)).values_list("unit_id", flat=True)
    return list(units.labels(ids, on).values())


def _province_code(label: UnitLabel) -> str | None:
    return next((one.code for one in (label, *label.ancestors) if one.level == "tinh"), None)
