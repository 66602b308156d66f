"""Bộ đang dùng ở một nơi: which sets are in force there, and which of them its figures stand under."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, F, Q

from ntm.records.standing import registry
from ntm.records.standing.models import RegisteredSet, UnitStanding
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.queries.area import in_force as covers
from ntm.records.standing.queries.area import positions

__all__ = ["in_force", "usual_in_area", "usual_of_unit"]


def in_force(level: str, on: date, province_code: str | None = None) -> tuple[RegisteredSet, ...]:
    """Các bộ của một cấp có hiệu lực ngày đó: the province's own before the national one it stands for."""
    rows = registry.sets_in_force(level, on, province_code)
    order = {kind: place for place, kind in enumerate(("ntm", "hoan_thanh", "nang_cao", "kieu_mau"))}
    return tuple(
        sorted(rows, key=lambda row: (order.get(row.title_kind, len(order)), row.province_code == "", row.code))
    )


def usual_of_unit(unit_id: int, rows: Sequence[RegisteredSet], on: date) -> RegisteredSet | None:
    """Bộ mà số liệu của đơn vị đang theo: the one with most criteria known that day, else the first."""
    return _most([unit_id], rows, on)


def usual_in_area(
    unit_id: int | None, upper_level: str | None, rows: Sequence[RegisteredSet], on: date
) -> RegisteredSet | None:
    """Bộ mà nhiều đơn vị trong địa bàn theo nhất, else the first."""
    if not rows:
        return None
    return _most(positions(unit_id, upper_level, rows[0].level, on).values("unit_id"), rows, on)


def _most(units: object, rows: Sequence[RegisteredSet], on: date) -> RegisteredSet | None:
    if not rows:
        return None
    standing = UnitStanding.objects.filter(covers(on), unit_id__in=units, set__in=[row.pk for row in rows])
    known = standing.annotate(known=F("met") + F("not_met") + F("not_considered")).filter(known__gt=0)
    counted = known.values("set_id").annotate(
        confirmed=Count("unit_id", distinct=True, filter=Q(basis=Basis.CONFIRMED)),
        all=Count("unit_id", distinct=True),
    )
    found = {one["set_id"]: (one["confirmed"], one["all"]) for one in counted}
    return max(rows, key=lambda row: (found.get(row.pk, (0, 0)), -rows.index(row)))
