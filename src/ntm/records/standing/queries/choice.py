"""Bộ mở ra trước tiên của một đơn vị; và họ các bộ mà bảng tổng hợp cả nước tính chung."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ntm.records.standing import registry
from ntm.records.standing.models import RegisteredSet, TitleHeld, UnitStanding
from ntm.records.standing.queries import area

__all__ = ["family", "next_of_unit"]


def next_of_unit(unit_id: int, sets: Sequence[RegisteredSet], on: date) -> RegisteredSet | None:
    """Bộ của danh hiệu kế tiếp: among the sets with figures (else among all), given from the lowest title up, the first
    whose title the unit does not hold yet."""
    if len(sets) < 2:
        return sets[0] if sets else None
    rows = UnitStanding.objects.filter(area.in_force(on), unit_id=unit_id, set__in=list(sets))
    standing = set(rows.values_list("set_id", flat=True))
    held = set(TitleHeld.objects.filter(area.in_force(on), unit_id=unit_id).values_list("title_kind", flat=True))
    known = [row for row in sets if row.pk in standing] or list(sets)
    return next((row for row in known if row.title_kind not in held), known[-1])


def family(row: RegisteredSet, on: date) -> tuple[RegisteredSet, ...]:
    """Bộ quốc gia cùng các bộ của tỉnh mở rộng nó: what a national roll-up counts, each province under its own."""
    if row.province_code:
        return (row,)
    others = RegisteredSet.objects.filter(current=True, level=row.level, title_kind=row.title_kind)
    return (
        row,
        *(
            other
            for other in others.exclude(province_code="").order_by("province_code", "code")
            if (other.start is None or other.start <= on)
            and (other.end is None or on < other.end)
            and registry.content(other).extends == row.code
        ),
    )
