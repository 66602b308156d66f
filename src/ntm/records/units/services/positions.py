"""Vẽ lại vị trí: positions from upper units. The same code draws a country at loading and a village after a transfer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction

from ntm.records.units.models import LEVEL_ORDER, Position, Unit, UnitParent

FIELD = {"tinh": "province_id", "huyen": "district_id", "xa": "commune_id"}
Interval = tuple[date, date | None]


def draw(
    unit_id: int,
    level: str,
    own: Interval,
    parents: Sequence[tuple[date, date | None, int]],
    drawn: Mapping[int, Sequence[Position]],
) -> list[Position]:
    """The positions of one unit: its upper units' intervals crossed with theirs; without upper units, its own life."""
    places: list[Position] = []
    if not parents:
        places.append(Position(start=own[0], end=own[1]))
    for start, end, parent in parents:
        for upper in drawn.get(parent, ()):
            first, last = max(start, upper.start), _earlier(end, upper.end)
            if last is None or first < last:
                place = Position(start=first, end=last, parent_id=parent)
                for column in FIELD.values():
                    setattr(place, column, getattr(upper, column))
                places.append(place)
    for place in places:
        place.unit_id, place.level = unit_id, level
        if level in FIELD:
            setattr(place, FIELD[level], unit_id)
    return _joined(sorted(places, key=lambda place: place.start))


def redraw(unit_ids: Iterable[int]) -> int:
    """Draw again the positions of these units and of all that ever lay below them; returns how many rows now stand."""
    with transaction.atomic(savepoint=False):
        touched = _with_all_below(set(unit_ids))
        rows = rows_for(touched)
        Position.objects.filter(unit_id__in=touched).delete()
        Position.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def rows_for(touched: set[int]) -> list[Position]:
    """What the positions of these units must be, from the upper units on record."""
    units = {
        unit: (level, (start, end))
        for unit, level, start, end in Unit.objects.filter(pk__in=touched).values_list("pk", "level", "start", "end")
    }
    parents: dict[int, list[tuple[date, date | None, int]]] = defaultdict(list)
    uppers: set[int] = set()
    columns = ("unit_id", "start", "end", "parent_id")
    for unit, start, end, parent in UnitParent.objects.filter(unit_id__in=touched).values_list(*columns):
        parents[unit].append((start, end, parent))
        uppers.add(parent)
    drawn: dict[int, list[Position]] = defaultdict(list)
    for place in Position.objects.filter(unit_id__in=uppers - touched).order_by("start"):
        drawn[place.unit_id].append(place)
    rows: list[Position] = []
    for unit, (level, own) in sorted(units.items(), key=lambda item: LEVEL_ORDER[item[1][0]]):
        drawn[unit] = draw(unit, level, own, parents[unit], drawn)
        rows.extend(drawn[unit])
    return rows


def check() -> list[str]:
    """Positions that differ from what the upper units give: none when all is well."""
    expected = {_row(place) for place in rows_for(set(Unit.objects.values_list("pk", flat=True)))}
    found = {_row(place) for place in Position.objects.all()}
    return [f"thiếu {row}" for row in sorted(map(str, expected - found))] + [
        f"thừa {row}" for row in sorted(map(str, found - expected))
    ]


def _row(place: Position) -> tuple[object, ...]:
    return (
        place.unit_id, place.level, place.parent_id, place.province_id, place.district_id, place.commune_id,
        place.start, place.end,
    )  # fmt: skip


def _with_all_below(units: set[int]) -> set[int]:
    found, layer = set(units), set(units)
    while layer:
        layer = set(UnitParent.objects.filter(parent_id__in=layer).values_list("unit_id", flat=True)) - found
        found |= layer
    return found


def _earlier(one: date | None, other: date | None) -> date | None:
    if one is None or other is None:
        return one or other
    return min(one, other)


def _joined(places: list[Position]) -> list[Position]:
    """Neighbours that say the same become one row."""
    kept: list[Position] = []
    for place in places:
        last = kept[-1] if kept else None
        if last is not None and last.end == place.start and _row(last)[:6] == _row(place)[:6]:
            last.end = place.end
        else:
            kept.append(place)
    return kept
