"""Tìm đơn vị theo tên, however it is typed: the rules are those of the gazetteer."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Q

from ntm.domain.gazetteer import names
from ntm.domain.official.text import fold
from ntm.records.units.models import LEVEL_ORDER, UnitName
from ntm.records.units.models.dated import on_day
from ntm.records.units.queries.labels import UnitLabel, labels
from ntm.records.units.queries.places import COLUMN, by_code


def find(
    name: str, on: date, level: str | None = None, within: int | None = None, limit: int | None = None
) -> list[UnitLabel]:
    """Units of that name on that day, best answer first; upper units may follow after commas. Five queries at most."""
    first, *uppers = [part.strip() for part in name.split(",")]
    readings = names.readings(first)
    rows = _candidates(readings, on, level, within)
    kinds = {unit: kind for unit, kind, _name, _level in rows}
    by_name: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for unit, _kind, spelled, of_level in rows:
        by_name[spelled].append((unit, of_level))
    best = names.answers(readings, by_name, kinds)
    if not best and first.isdigit():
        coded = by_code(first, on)
        best = {coded.pk: 0} if coded and level in (None, coded.level) else {}
    words = labels(best, on)
    kept = {unit: place for unit, place in best.items() if all(_lies_in(words[unit], upper) for upper in uppers)}
    chosen = names.best_of(first, kept)
    ordered = sorted(chosen, key=lambda u: (kept[u], LEVEL_ORDER[words[u].level], words[u].code or "~", u))
    return [words[unit] for unit in ordered[:limit]]


def starting(words: str, on: date, limit: int = 20) -> list[UnitLabel]:
    """Units whose name begins with what was typed so far, upper levels first. Four queries at most."""
    typed = {names.fold_key(name) for _kind, name in names.readings(words)}
    begins = Q()
    for beginning in typed:
        if len(beginning) >= 2:
            begins |= Q(key__startswith=beginning)
    if not begins:
        return []
    rows = UnitName.objects.on(on).filter(begins).values_list("unit_id", "unit__level", "key")
    first = sorted(rows.order_by("key")[:400], key=lambda row: (LEVEL_ORDER[row[1]], row[2], row[0]))
    chosen = list(dict.fromkeys(unit for unit, _level, _key in first))[:limit]
    words_of = labels(chosen, on)
    return [words_of[unit] for unit in chosen if unit in words_of]


def having(word: str, on: date) -> Any:
    """Đơn vị mà loại hay tên có chữ này (đã bỏ dấu), as ids to narrow another query by; names it had before count too."""
    kinds = [spelled for kind in names.KINDS if word in fold(kind) for spelled in (kind, kind.lower())]
    rows = UnitName.objects.filter(Q(key__contains=word) | Q(kind__in=kinds), start__lte=on)
    return rows.order_by().values("unit_id")


def _candidates(
    readings: list[tuple[str | None, str]], on: date, level: str | None, within: int | None
) -> list[tuple[int, str, str, str]]:
    keys = {names.fold_key(name) for _kind, name in readings}
    sounds = {names.loose_key(name) for _kind, name in readings}
    rows = UnitName.objects.on(on).filter(Q(key__in=keys) | Q(sound__in=sounds))
    if level is not None:
        rows = rows.filter(unit__level=level)
    if within is not None:
        lies = Q()
        for column in COLUMN.values():
            lies |= Q(**{f"unit__positions__{column}": within})
        rows = rows.filter(on_day(on, "unit__positions__") & lies).exclude(unit_id=within)
    return list(rows.values_list("unit_id", "kind", "name", "unit__level").distinct())


def _lies_in(unit: UnitLabel, upper: str) -> bool:
    return any(
        upper == ancestor.code or names.names_upper(upper, ancestor.kind, ancestor.name, ancestor.level)
        for ancestor in unit.ancestors
    )
