"""Đơn vị ở đâu: by code, upper and lower units, trees; from positions, by index."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count

from ntm.domain.official.text import natural_key
from ntm.records.units.models import LEVEL_ORDER, Level, Position, Unit, UnitCode
from ntm.records.units.queries.labels import UnitLabel, UnitNotFound, label, labels

COLUMN = {"tinh": "province_id", "huyen": "district_id", "xa": "commune_id", "thon": "unit_id"}


@dataclass(slots=True)
class TreeNode:
    """Cây đơn vị: a unit and what lies directly below it."""

    label: UnitLabel
    children: list[TreeNode] = field(default_factory=list)


def get(unit_id: int) -> Unit:
    """The unit itself."""
    try:
        return Unit.objects.get(pk=unit_id)
    except Unit.DoesNotExist:
        raise UnitNotFound(unit_id) from None


def lives(unit_id: int, on: date) -> bool:
    """Does it stand on that day?"""
    return bool(Unit.objects.on(on).filter(pk=unit_id).exists())


def by_code(code: str, on: date) -> Unit | None:
    """The unit that has that official code on that day."""
    row = UnitCode.objects.on(on).filter(code=code).select_related("unit").first()
    return row.unit if row else None


def by_codes(codes: Iterable[str], on: date) -> dict[str, int]:
    """Official code -> unit, many at once."""
    return dict(UnitCode.objects.on(on).filter(code__in=list(codes)).values_list("code", "unit_id"))


def ancestor_ids(unit_id: int, on: date) -> tuple[int, ...]:
    """Upper units, nearest first: one query."""
    row = (
        Position.objects.on(on).filter(unit_id=unit_id).values_list("commune_id", "district_id", "province_id").first()
    )
    return tuple(upper for upper in row or () if upper is not None and upper != unit_id)


def ancestors(unit_id: int, on: date) -> tuple[UnitLabel, ...]:
    """Upper units on that day, nearest first."""
    return labels([unit_id], on)[unit_id].ancestors if lives(unit_id, on) else ()


def positions_within(unit_id: int | None, on: date, level: str | None = None) -> Any:
    """The positions below a unit on a day, as a query to join and group by; without a unit, of the whole country."""
    rows = Position.objects.on(on)
    if level is not None:
        rows = rows.filter(level=level)
    if unit_id is None:
        return rows
    own = Unit.objects.filter(pk=unit_id).values_list("level", flat=True).first()
    if own is None:
        raise UnitNotFound(unit_id)
    if own == Level.VILLAGE:
        return rows.none()
    rows = rows.filter(**{COLUMN[own]: unit_id})
    return rows if level is not None and level != own else rows.exclude(unit_id=unit_id)


def descendant_ids(unit_id: int | None, on: date, level: str | None = None) -> list[int]:
    """All units below on that day, of one level if asked; without a unit, of the whole country."""
    return list(positions_within(unit_id, on, level).order_by("unit_id").values_list("unit_id", flat=True))


def children(unit_id: int, on: date) -> list[UnitLabel]:
    """The units directly below, by code then name."""
    ids = Position.objects.on(on).filter(parent_id=unit_id).values_list("unit_id", flat=True)
    return sorted(labels(ids, on).values(), key=_order)


def provinces(on: date) -> list[UnitLabel]:
    """Các tỉnh, thành phố of that day."""
    return sorted(labels(descendant_ids(None, on, "tinh"), on).values(), key=_order)


def counts_by_province(on: date) -> tuple[dict[int, int], dict[int, int]]:
    """Số đơn vị cấp huyện, cấp xã của từng tỉnh ngày đó: one GROUP BY."""
    rows = Position.objects.on(on).filter(level__in=(Level.DISTRICT, Level.COMMUNE))
    districts: dict[int, int] = {}
    communes: dict[int, int] = {}
    for province, level, number in rows.values_list("province_id", "level").annotate(number=Count("pk")):
        (districts if level == Level.DISTRICT else communes)[province] = number
    return districts, communes


def counts_below(unit_ids: Iterable[int], upper_level: str, on: date) -> dict[int, dict[str, int]]:
    """Số đơn vị từng cấp nằm trong mỗi đơn vị: upper unit -> level -> number; one GROUP BY."""
    column = COLUMN[upper_level]
    rows = Position.objects.on(on).filter(**{f"{column}__in": list(unit_ids)}).exclude(level=upper_level)
    found: dict[int, dict[str, int]] = {}
    for upper, level, number in rows.values_list(column, "level").annotate(number=Count("pk")):
        found.setdefault(upper, {})[level] = number
    return found


def tree(unit_id: int, on: date, down_to: str = "thon") -> TreeNode:
    """The unit with all below it, down to a level: five queries whatever the size."""
    top = TreeNode(label(unit_id, on))
    deepest = LEVEL_ORDER[down_to]
    rows = [
        (unit, parent)
        for unit, parent, level in positions_within(unit_id, on).values_list("unit_id", "parent_id", "level")
        if LEVEL_ORDER[level] <= deepest
    ]
    words = labels([unit for unit, _parent in rows], on)
    nodes = {unit: TreeNode(words[unit]) for unit, _parent in rows} | {unit_id: top}
    for unit, parent in rows:
        nodes[parent].children.append(nodes[unit])
    for node in nodes.values():
        node.children.sort(key=lambda child: _order(child.label))
    return top


def lower_spans(unit_id: int, level: str) -> list[tuple[int, date, date | None]]:
    """The units of a level that ever lay below, with the days when they did."""
    own = get(unit_id).level
    if LEVEL_ORDER[level] <= LEVEL_ORDER[own]:
        return []
    rows = Position.objects.filter(level=level, **{COLUMN[own]: unit_id}).order_by("unit_id", "start")
    return list(rows.values_list("unit_id", "start", "end"))


def province_code(unit_id: int, on: date) -> str | None:
    """The official code of its province on that day."""
    province = Position.objects.on(on).filter(unit_id=unit_id).values("province_id")[:1]
    return UnitCode.objects.on(on).filter(unit_id=province).values_list("code", flat=True).first()


def _order(unit: UnitLabel) -> tuple[int, bool, str, str]:
    return LEVEL_ORDER[unit.level], unit.code is None, unit.code or "", natural_key(unit.name)
