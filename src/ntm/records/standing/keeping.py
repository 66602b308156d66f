"""Giữ khoảng hiện trạng: what was drawn is brought into the tables; only rows that differ are touched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import date
from enum import IntEnum
from operator import attrgetter
from typing import Any

from django.db import models

from ntm.records.standing import bulk_rows, drawing, facts, registry
from ntm.records.standing.models import CriterionStanding, IndicatorStanding, RegisteredSet, UnitStanding
from ntm.records.standing.models.intervals import Basis

__all__ = ["differences", "refresh"]

# what is drawn -> its table, its fields, and the fields that name an interval
_KEPT: tuple[tuple[str, type[models.Model], tuple[str, ...]], ...] = (
    ("units", UnitStanding, ("start",)),
    ("criteria", CriterionStanding, ("no", "start")),
    ("indicators", IndicatorStanding, ("code", "start")),
)


def refresh(unit_id: int, row: RegisteredSet, bases: Iterable[Basis] = tuple(Basis)) -> int:
    """Sau khi số liệu, diện hay danh hiệu đổi: redraw the unit under the set. Inside the caller's transaction; its cost
    does not depend on how many units there are. Returns how many rows were touched."""
    criteria_set = registry.content(row)
    touched = 0
    for basis, line in facts.by_basis(unit_id, row.pk, bases, criteria_set).items():
        drawn = drawing.draw(criteria_set, line)
        where = {"unit_id": unit_id, "set_id": row.pk, "basis": basis}
        for name, model, key in _KEPT:
            touched += _bring(model, where, getattr(drawn, name), key)
    return touched


def differences(unit_id: int, row: RegisteredSet, basis: Basis) -> list[str]:
    """What the tables say otherwise than a drawing from nothing; empty when they agree."""
    criteria_set = registry.content(row)
    drawn = drawing.draw(criteria_set, facts.timeline(unit_id, row.pk, basis, criteria_set))
    found: list[str] = []
    for name, model, key in _KEPT:
        spans = getattr(drawn, name)
        names = _names(spans)
        kept = model._default_manager.filter(unit_id=unit_id, set_id=row.pk, basis=basis)
        have = {tuple(getattr(one, part) for part in key): one for one in kept}
        for span in spans:
            place = tuple(getattr(span, part) for part in key)
            one = have.pop(place, None)
            if one is None or any(getattr(one, part) != getattr(span, part) for part in names):
                found.append(f"{name} {place}")
        found.extend(f"{name} {place}" for place in have)
    return found


def _names(spans: Sequence[Any]) -> list[str]:
    return [one.name for one in fields(spans[0])] if spans else []


def _bring(model: type[models.Model], where: dict[str, Any], spans: Sequence[Any], key: tuple[str, ...]) -> int:
    """Make the rows of `where` be exactly the spans: insert what is new, change what differs, delete what is gone."""
    names = _names(spans) or list(key)
    said, place = attrgetter(*names), _places(names, key)
    rows = model._default_manager.filter(**where).values_list("pk", *names)
    have = {place(values): (pk, values) for pk, *values in rows}
    fresh, changed = [], []
    for span in spans:
        values = said(span)
        kept = have.pop(place(values), None)
        if kept is None:
            fresh.append(model(**where, **dict(zip(names, values, strict=True))))
        elif kept[1] != list(values):
            changed.append((*map(_plain, values), kept[0]))
    if have:
        model._default_manager.filter(pk__in=[pk for pk, _ in have.values()]).delete()
    if changed:
        bulk_rows.update(model, names, changed)
    if fresh:
        model._default_manager.bulk_create(fresh)
    return len(have) + len(changed) + len(fresh)


def _plain(value: Any) -> Any:
    """As the database's driver takes it without asking Django."""
    return value.isoformat() if isinstance(value, date) else int(value) if isinstance(value, IntEnum) else value


def _places(names: Sequence[str], key: tuple[str, ...]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """What names an interval, out of its values."""
    where = [names.index(name) for name in key]
    return lambda values: tuple(values[one] for one in where)
