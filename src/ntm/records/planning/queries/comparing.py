"""Hai lần ban hành cạnh nhau: what left, what came, and what replaced what, kind by kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ntm.records.planning.models import (
    CriterionCell,
    Plan,
    PlanBasis,
    PlanDuty,
    PlanMoney,
    PlanRecipient,
    PlanSection,
    PlanTarget,
    RoadmapStep,
    TargetShare,
    Task,
)

__all__ = ["Difference", "compare_versions"]


@dataclass(frozen=True)
class Difference:
    """Khác nhau giữa hai lần: parts of one kind that left, that came, and pairs that replaced one another."""

    gone: tuple[Any, ...] = ()
    come: tuple[Any, ...] = ()
    changed: tuple[tuple[Any, Any, tuple[str, ...]], ...] = field(default=())  # before, after, names of the fields


_COMPARED: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "bases": (PlanBasis, ("number", "issuer", "date")),
    "sections": (PlanSection, ("label", "depth", "order")),
    "targets": (PlanTarget, ("order",)),
    "cells": (CriterionCell, ("unit_id", "criterion_no")),
    "roadmap": (RoadmapStep, ("order",)),
    "duties": (PlanDuty, ("body_words",)),
    "money": (PlanMoney, ("role", "what")),
    "recipients": (PlanRecipient, ("words",)),
}
_UNTOLD = {"id", "since", "until", "read_item_id", "order", "kept"}


def compare_versions(plan: Plan, before: int, after: int) -> dict[str, Difference]:
    """So hai lần ban hành, kind by kind, before and after side by side; a fixed number of queries."""
    found = {name: _difference(model, key, plan, before, after) for name, (model, key) in _COMPARED.items()}
    found["tasks"] = _difference(Task, ("no", "order"), plan, before, after)
    found["shares"] = _shares(plan, before, after)
    return found


def _shares(plan: Plan, before: int, after: int) -> Difference:
    """Phần giao: a share that replaced another beside it; answers are no difference."""
    rows = (
        TargetShare.objects.filter(target__plan=plan).select_related("target").order_by("target__order", "order", "pk")
    )
    one = {row.pk: row for row in rows.in_version(before)}
    two = {row.pk: row for row in rows.in_version(after)}
    known = {row.pk: row for row in rows} if one.keys() != two.keys() else {}
    pairs, come, kept = [], [], set(one) & set(two)
    for row in (row for pk, row in two.items() if pk not in one):
        older: TargetShare | None = row
        while older is not None and older.pk not in one:
            older = known.get(older.replaces_id)
        if older is None:
            come.append(row)
            continue
        kept.add(older.pk)
        if names := tuple(
            name for name in ("value", "due", "deadline_words") if getattr(older, name) != getattr(row, name)
        ):
            pairs.append((older, row, names))
    return Difference(tuple(row for pk, row in one.items() if pk not in kept), tuple(come), tuple(pairs))


def _difference(model: type[Any], key: tuple[str, ...], plan: Plan, before: int, after: int) -> Difference:
    one = {row.pk: row for row in model.objects.in_version(before).filter(plan=plan).order_by("order", "pk")}
    two = {row.pk: row for row in model.objects.in_version(after).filter(plan=plan).order_by("order", "pk")}
    left = [row for pk, row in one.items() if pk not in two]
    came = [row for pk, row in two.items() if pk not in one]
    pairs, gone = [], []
    for row in left:
        match = next((new for new in came if all(getattr(new, k) == getattr(row, k) for k in key)), None)
        if match is None:
            gone.append(row)
            continue
        came.remove(match)
        if names := _differing(row, match):
            pairs.append((row, match, names))
    return Difference(tuple(gone), tuple(came), tuple(pairs))


def _differing(row: Any, new: Any) -> tuple[str, ...]:
    fields = [one for one in row._meta.concrete_fields if one.attname not in _UNTOLD]
    return tuple(one.name for one in fields if getattr(row, one.attname) != getattr(new, one.attname))
