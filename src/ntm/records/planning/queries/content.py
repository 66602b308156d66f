"""Nội dung một lần ban hành: every part of a version as plain data, in a fixed number of queries; what is frozen at issue."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from ntm.records.audit import canonical
from ntm.records.people.models import Body
from ntm.records.planning.models import (
    CriterionCell,
    Plan,
    PlanBasis,
    PlanDuty,
    PlanMoney,
    PlanRecipient,
    PlanSection,
    PlanTarget,
    PlanVersion,
    RoadmapStep,
    TargetShare,
    Task,
    TaskBody,
    TaskGroup,
)
from ntm.records.units import queries as units

__all__ = ["HEAD", "of_version", "parts_of"]

HEAD = (
    "no", "title", "symbol", "number", "issuer", "superior", "place", "issued_on", "signer", "signer_position",
    "signing_authority", "reason",
)  # fmt: skip
_PARTS: dict[str, type[Any]] = {
    "bases": PlanBasis,
    "sections": PlanSection,
    "targets": PlanTarget,
    "cells": CriterionCell,
    "roadmap": RoadmapStep,
    "task_groups": TaskGroup,
    "tasks": Task,
    "duties": PlanDuty,
    "money": PlanMoney,
    "recipients": PlanRecipient,
}
_LEFT_OUT = {"plan_id", "since", "until", "read_item_id", "answered_by_id", "answered_at", "answered_on", "replaces_id"}


def of_version(plan: Plan, version: PlanVersion) -> dict[str, Any]:
    """Toàn bộ nội dung, plain JSON: head, parts in order, and what the units and bodies were called on the day."""
    found: dict[str, Any] = {"head": {name: getattr(version, name) for name in HEAD}}
    found["plan"] = {"unit": plan.unit_id, "kind": plan.kind, "year": plan.year, "year_to": plan.year_to}
    found |= parts_of(plan, version.no)
    on = version.issued_on or plan.on
    found["units"] = _units(found, plan, on)
    found["bodies"] = _bodies(found)
    plain: dict[str, Any] = canonical.plain(found)
    return plain


def parts_of(plan: Plan, no: int) -> dict[str, list[dict[str, Any]]]:
    """Các phần của một lần, each kind a list of plain rows in the order of the plan."""
    found = {name: _rows(model, Q(plan=plan), no) for name, model in _PARTS.items()}
    found["shares"] = _rows(TargetShare, Q(target__plan=plan), no)
    found["task_bodies"] = _rows(TaskBody, Q(task__plan=plan), no)
    return found


def _rows(model: type[models.Model], within: Q, no: int) -> list[dict[str, Any]]:
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in _LEFT_OUT]
    rows = model._default_manager.filter(within, Q(until__isnull=True) | Q(until__gt=no), since__lte=no)
    return list(rows.order_by("order", "pk").values(*names)) if "order" in names else list(rows.values(*names))


def _units(found: dict[str, Any], plan: Plan, on: date) -> dict[str, str]:
    named = {row["unit_id"] for name in ("cells", "roadmap", "shares") for row in found[name]} - {None}
    return {str(unit): label.full_title for unit, label in units.labels(sorted({plan.unit_id, *named}), on).items()}


def _bodies(found: dict[str, Any]) -> dict[str, str]:
    named = {row["body_id"] for name in ("duties", "task_bodies") for row in found[name]} - {None}
    return {str(pk): name for pk, name in Body.objects.filter(pk__in=named).values_list("pk", "name")}
