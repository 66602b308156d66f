"""Nạp danh mục đơn vị: the packaged lists into the records, once; a second time finds nothing to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from ntm.domain.gazetteer import names
from ntm.domain.gazetteer.transition import BASES
from ntm.records.audit import services as audit
from ntm.records.units import statistics
from ntm.records.units.listed import (
    ChangeKey,
    ListedHistory,
    ListedLife,
    Span,
    history_of,
    lives_by_level,
    province_groups,
)
from ntm.records.units.models import (
    FROM_THE_BEGINNING,
    Change,
    ChangeKind,
    Position,
    StatusKind,
    Succession,
    Unit,
    UnitCode,
    UnitName,
    UnitParent,
    UnitStatus,
)
from ntm.records.units.services.acting import Actor, UnitError
from ntm.records.units.services.positions import draw

Progress = Callable[[int, int, str], None]  # done, of how many, what
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Loaded:
    """Kết quả nạp: what was added; `skipped` groups of provinces had been loaded before."""

    units: int
    changes: int
    successions: int
    groups: int
    skipped: int


def load_gazetteer(
    actor: Actor, *, on: date, provinces: Iterable[str] | None = None, progress: Progress | None = None
) -> Loaded:
    """Nạp danh mục: the whole country, or the named provinces (codes of the 63) with those they were merged with."""
    actor.require("unit.change", None, on=on)
    groups = _wanted(provinces)
    total = {"units": 0, "changes": 0, "successions": 0}
    skipped = 0
    with transaction.atomic():
        loaded = set(
            UnitCode.objects.filter(start=FROM_THE_BEGINNING, unit__level="tinh").values_list("code", flat=True)
        )
        for place, group in enumerate(groups):
            if group <= loaded:
                skipped += 1
            else:
                for what, count in _write(history_of(group)).items():
                    total[what] += count
            if progress:
                progress(place + 1, len(groups), ", ".join(sorted(group)))
        result = Loaded(**total, groups=len(groups) - skipped, skipped=skipped)
        if result.units:
            detail = {"count": result.units, "changes": result.changes, "provinces": len(groups) - skipped}
            audit.record(actor=actor.stamp(), verb="unit.load", subject="units", unit_id=None, on=on, detail=detail)
            statistics.count_again()
    return result


def _wanted(provinces: Iterable[str] | None) -> list[frozenset[str]]:
    groups = province_groups()
    if provinces is None:
        return groups
    asked = set(provinces)
    unknown = asked - {code for group in groups for code in group}
    if unknown:
        raise UnitError(
            f"Không có tỉnh mang mã {', '.join(sorted(unknown))} trong danh mục trước ngày 01/07/2025; "
            "hãy ghi mã hai chữ số của một trong 63 tỉnh, ví dụ 20 (Lạng Sơn)."
        )
    return [group for group in groups if group & asked]


def _write(made: ListedHistory) -> dict[str, int]:
    changes = _changes(made)
    units = _units(made, changes)
    _words(made, changes, units)
    _positions(made, units)
    successions = [
        Succession(
            predecessor=units[old], successor=units[new], change=changes[key], main=main,
            certain=BASES[basis][0], basis=basis, note="" if BASES[basis][0] else BASES[basis][1],
        )
        for old, new, key, main, basis in made.successions
    ]  # fmt: skip
    Succession.objects.bulk_create(successions, batch_size=_BATCH)
    UnitStatus.objects.bulk_create(
        [
            UnitStatus(
                unit=units[life], kind=StatusKind.REGION, value=region, start=start, end=end, reference=source[:300],
                verified=verified,
            )
            for life, region, start, end, source, verified in made.regions
        ],
        batch_size=_BATCH,
    )  # fmt: skip
    return {"units": len(units), "changes": len(changes), "successions": len(successions)}


def _changes(made: ListedHistory) -> dict[ChangeKey, Change]:
    rows = {}
    for key, listed in made.changes.items():
        decision = listed.decision
        rows[key] = Change(
            kind=ChangeKind.LISTED, on=listed.on, after=listed.after, by=listed.by, certain=listed.certain,
            decision=decision.number if decision else "", decided_on=decision.issued if decision else None,
            source=decision.source[:400] if decision else "", list_name=listed.list_name, note=listed.note,
        )  # fmt: skip
    Change.objects.bulk_create(rows.values(), batch_size=_BATCH)
    return rows


def _units(made: ListedHistory, changes: dict[ChangeKey, Change]) -> dict[int, Unit]:
    rows = {life.key: Unit(level=life.level, **_dates(life.own, changes)) for life in made.lives}
    Unit.objects.bulk_create(rows.values(), batch_size=_BATCH)
    return rows


def _words(made: ListedHistory, changes: dict[ChangeKey, Change], units: dict[int, Unit]) -> None:
    named, coded, placed = [], [], []
    for life in made.lives:
        unit = units[life.key]
        for span in life.names:
            kind, name = span.value
            key, sound = names.fold_key(name), names.loose_key(name)
            named.append(UnitName(unit=unit, kind=kind, name=name, key=key, sound=sound, **_dates(span, changes)))
        coded += [UnitCode(unit=unit, code=span.value[0], **_dates(span, changes)) for span in life.codes]
        placed += [
            UnitParent(unit=unit, parent=units[int(span.value[0])], **_dates(span, changes)) for span in life.parents
        ]
    UnitName.objects.bulk_create(named, batch_size=_BATCH)
    UnitCode.objects.bulk_create(coded, batch_size=_BATCH)
    UnitParent.objects.bulk_create(placed, batch_size=_BATCH)


def _positions(made: ListedHistory, units: dict[int, Unit]) -> None:
    drawn: dict[int, list[Position]] = {}
    for life in lives_by_level(made):
        unit = units[life.key]
        parents = _parents(life, units)
        drawn[unit.pk] = draw(unit.pk, life.level, (unit.start, unit.end), parents, drawn)
    Position.objects.bulk_create([place for places in drawn.values() for place in places], batch_size=_BATCH)


def _parents(life: ListedLife, units: dict[int, Unit]) -> list[tuple[date, date | None, int]]:
    return [(span.start, span.end, units[int(span.value[0])].pk) for span in life.parents]


def _dates(span: Span, changes: dict[ChangeKey, Change]) -> dict[str, Any]:
    closed = changes[span.closed] if span.closed else None
    return {"start": span.start, "end": span.end, "opened": changes[span.opened], "closed": closed}
