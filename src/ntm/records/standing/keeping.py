"""Giữ khoảng hiện trạng: what was drawn is brought into the tables; only rows that differ are touched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from django.db import models

from ntm.records.standing import drawing, facts, registry
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
    for basis in bases:
        drawn = drawing.draw(criteria_set, facts.timeline(unit_id, row.pk, basis, criteria_set))
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
    names = _names(spans)
    have = {tuple(getattr(row, name) for name in key): row for row in model._default_manager.filter(**where)}
    fresh, changed = [], []
    for span in spans:
        row = have.pop(tuple(getattr(span, name) for name in key), None)
        values = {name: getattr(span, name) for name in names}
        if row is None:
            fresh.append(model(**where, **values))
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    if have:
        model._default_manager.filter(pk__in=[row.pk for row in have.values()]).delete()
    if changed:
        model._default_manager.bulk_update(changed, names)
    if fresh:
        model._default_manager.bulk_create(fresh)
    return len(have) + len(changed) + len(fresh)
