"""Vùng, nhóm xã, diện đặc thù by day. Only the region is taken from the upper units."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ntm.records.units.models import STATUS_FLAGS, Position, StatusKind, UnitStatus

Geography = list[tuple[date, str | None, str | None, frozenset[str]]]
_END = date.max


@dataclass(frozen=True, slots=True)
class StatusLine:
    """Diện của đơn vị, as a screen shows it: what, since when, by what reference; `unit_id` is whose it is."""

    id: int
    unit_id: int
    kind: str
    label: str
    value: str
    scheme: str
    start: date
    end: date | None
    reference: str
    verified: bool


def region(unit_id: int, on: date) -> str | None:
    """The region code on that day: its own, else the nearest upper unit's."""
    uppers = _with_uppers(unit_id, on)
    rows = UnitStatus.objects.on(on).filter(unit_id__in=uppers, kind=StatusKind.REGION)
    found = dict(rows.values_list("unit_id", "value"))
    return next((found[unit] for unit in uppers if unit in found), None)


def regions_of(unit_ids: Iterable[int], on: date) -> dict[int, str]:
    """The region that each of these units has of its own on that day: one query."""
    rows = UnitStatus.objects.on(on).filter(unit_id__in=list(unit_ids), kind=StatusKind.REGION)
    return dict(rows.values_list("unit_id", "value"))


def group(unit_id: int, on: date, scheme: str | None = None) -> str | None:
    """The commune group on that day, under one instrument if named, else under the latest."""
    rows = UnitStatus.objects.on(on).filter(unit_id=unit_id, kind=StatusKind.GROUP)
    if scheme is not None:
        rows = rows.filter(scheme=scheme)
    return rows.order_by("-start", "-pk").values_list("value", flat=True).first()


def statuses(unit_id: int, on: date) -> frozenset[str]:
    """Special statuses on that day: dac_biet_kho_khan, bien_gioi, hai_dao, an_toan_khu."""
    rows = UnitStatus.objects.on(on).filter(unit_id=unit_id, kind__in=STATUS_FLAGS)
    return frozenset(rows.values_list("kind", flat=True))


def status_lines(unit_id: int, on: date) -> list[StatusLine]:
    """All that holds of the unit on that day, with its references; the region may be an upper unit's."""
    uppers = _with_uppers(unit_id, on)
    rows = UnitStatus.objects.on(on).filter(unit_id__in=uppers).order_by("kind", "scheme")
    kept: dict[tuple[str, str], UnitStatus] = {}
    for row in sorted(rows, key=lambda found: uppers.index(found.unit_id)):
        if row.unit_id == unit_id or row.kind == StatusKind.REGION:
            kept.setdefault((row.kind, row.scheme), row)
    return [_line(row) for row in kept.values()]


def _line(row: UnitStatus) -> StatusLine:
    return StatusLine(
        id=row.pk,
        unit_id=row.unit_id,
        kind=row.kind,
        label=row.get_kind_display(),
        value=row.value,
        scheme=row.scheme,
        start=row.start,
        end=row.end,
        reference=row.reference,
        verified=row.verified,
    )


def geography(unit_id: int) -> Geography:
    """The unit's whole geography: from which day which region, group and special statuses; one line a change."""
    return geographies([unit_id])[unit_id]


def geographies(unit_ids: Iterable[int]) -> dict[int, Geography]:
    """The geography of many units: two queries."""
    wanted = list(unit_ids)
    columns = ("unit_id", "commune_id", "district_id", "province_id", "start", "end")
    places: dict[int, list[tuple[date, date, list[int]]]] = defaultdict(list)
    everyone: set[int] = set(wanted)
    for unit, commune, district, province, start, end in Position.objects.filter(unit_id__in=wanted).values_list(
        *columns
    ):
        chain = list(dict.fromkeys(u for u in (unit, commune, district, province) if u is not None))
        places[unit].append((start, end or _END, chain))
        everyone.update(chain)
    rows: dict[int, list[UnitStatus]] = defaultdict(list)
    for row in UnitStatus.objects.filter(unit_id__in=everyone).order_by("start", "pk"):
        rows[row.unit_id].append(row)
    return {unit: _timeline(unit, sorted(places[unit], key=lambda place: place[0]), rows) for unit in wanted}


def _timeline(unit: int, places: list[tuple[date, date, list[int]]], rows: dict[int, list[UnitStatus]]) -> Geography:
    days: set[date] = set()
    for start, end, chain in places:
        days.add(start)
        for upper in chain:
            for row in rows[upper]:
                days |= {day for day in (row.start, row.end) if day and start < day < end}
    found: Geography = []
    for day in sorted(days):
        chain = next((c for start, end, c in places if start <= day < end), [unit])
        now = {upper: [row for row in rows[upper] if row.covers(day)] for upper in chain}
        regions = [row.value for upper in chain for row in now[upper] if row.kind == StatusKind.REGION]
        groups = [row.value for row in now.get(unit, []) if row.kind == StatusKind.GROUP]
        flags = frozenset(row.kind for row in now.get(unit, []) if row.kind in STATUS_FLAGS)
        line = (regions[0] if regions else None, groups[-1] if groups else None, flags)
        if not found or found[-1][1:] != line:
            found.append((day, *line))
    return found


def _with_uppers(unit_id: int, on: date) -> list[int]:
    row = (
        Position.objects.on(on).filter(unit_id=unit_id).values_list("commune_id", "district_id", "province_id").first()
    )
    return list(dict.fromkeys([unit_id, *(upper for upper in row or () if upper is not None)]))
