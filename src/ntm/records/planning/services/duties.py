"""Phân công trách nhiệm: what each body answers for, in the open draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from ntm.records.people.authority import Actor
from ntm.records.planning.bodies import Directory
from ntm.records.planning.models import PlanDuty
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import editing
from ntm.records.planning.services.seen import living_as
from ntm.records.standing import registry

__all__ = ["add_duty", "change_duty", "remove_duty", "reorder_duties"]


@transaction.atomic
def add_duty(
    actor: Actor, plan_id: int, *, body_words: str, text: str, on: date, criteria: Sequence[int] = ()
) -> PlanDuty:
    """Thêm phân công; the body is found by its name or abbreviation where the unit has one of that name."""
    found = editing.draft(actor, plan_id, on)
    duty = PlanDuty.objects.create(
        plan=found.plan,
        since=found.no,
        order=editing.next_order(PlanDuty, plan_id, found.no),
        **_values(found, body_words, text, criteria, on),
    )
    _log(actor, found, on, duty, "thêm phân công")
    return duty


@transaction.atomic
def change_duty(
    actor: Actor,
    plan_id: int,
    duty_id: int,
    *,
    body_words: str,
    text: str,
    on: date,
    criteria: Sequence[int] = (),
    seen: str = "",
) -> PlanDuty:
    """Sửa phân công: typed again as a whole."""
    found = editing.draft(actor, plan_id, on)
    row = living_as(PlanDuty, found, duty_id, seen)
    duty = editing.changed(row, found.no, **_values(found, body_words, text, criteria, on))
    _log(actor, found, on, duty, "sửa phân công")
    return duty


@transaction.atomic
def remove_duty(actor: Actor, plan_id: int, duty_id: int, *, on: date, seen: str = "") -> None:
    """Bỏ phân công."""
    found = editing.draft(actor, plan_id, on)
    row = living_as(PlanDuty, found, duty_id, seen)
    editing.removed([row], found.no)
    _log(actor, found, on, row, "bỏ phân công")


@transaction.atomic
def reorder_duties(actor: Actor, plan_id: int, ids: Sequence[int], *, on: date) -> int:
    """Xếp lại phân công."""
    found = editing.draft(actor, plan_id, on)
    moved = editing.reorder(PlanDuty, found, list(ids))
    if moved:
        editing.log(actor, "plan.text", found.plan, on, no=found.no, change="xếp lại phân công", what=f"{moved} mục")
    return moved


def _values(found: editing.Draft, body_words: str, text: str, criteria: Sequence[int], on: date) -> dict[str, Any]:
    words = " ".join(body_words.split())
    if not words or len(words) > 500:
        raise Refused("Ghi cơ quan được phân công, không quá 500 chữ.")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise Refused("Ghi việc được phân công, mỗi dòng một việc.")
    if found.plan.set is not None and criteria:
        numbers = {one.no for one in registry.content(found.plan.set).criteria}
        if wrong := sorted(set(criteria) - numbers):
            raise Refused(f"Bộ tiêu chí của kế hoạch không có tiêu chí {', '.join(map(str, wrong))}.")
    return {
        "body_id": Directory.of(found.plan.unit_id, on).find(words),
        "body_words": words,
        "text": "\n".join(lines),
        "criteria": sorted(set(criteria)),
    }


def _log(actor: Actor, found: editing.Draft, on: date, duty: PlanDuty, change: str) -> None:
    editing.log(
        actor, "plan.text", found.plan, on, subject=duty, no=found.no, change=change, what=duty.body_words[:200]
    )
