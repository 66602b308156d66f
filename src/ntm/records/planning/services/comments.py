"""Góp ý: what the offices consulted say of a draft, and how it was taken up."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from ntm.records.people.authority import Actor
from ntm.records.planning.models import Plan, PlanComment, PlanVersion, VersionState
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import editing
from ntm.records.units import queries as units

__all__ = ["answer_comment", "comment", "may_comment"]


def may_comment(actor: Actor, plan: Plan, version: PlanVersion, on: date) -> bool:
    """Được góp ý: offices of the plan's own area always, lower offices once the draft was sent for signing."""
    if actor.allows("plan.comment", plan.unit_id, on=on):
        return True
    if version.state not in (VersionState.REVIEWED, VersionState.ISSUED) or actor.unit_id is None:
        return False
    return actor.allows("plan.comment", actor.unit_id, on=on) and plan.unit_id in units.ancestor_ids(actor.unit_id, on)


@transaction.atomic
def comment(actor: Actor, plan_id: int, *, text: str, on: date, about: str = "") -> PlanComment:
    """Góp ý about the open version."""
    found = editing.open_version(plan_id)
    if not may_comment(actor, found.plan, found.version, on):
        actor.require("plan.comment", found.plan.unit_id, on=on)
    if not text.strip():
        raise Refused("Ghi ý kiến góp ý.")
    if len(about) > 200:
        raise Refused("Tên phần được góp ý dài quá 200 chữ.")
    row = PlanComment.objects.create(
        plan=found.plan,
        version_no=found.no,
        about=about.strip(),
        text=text.strip(),
        by_id=actor.user_id,
        office=actor.office_label,
        at=timezone.now(),
    )
    editing.log(actor, "plan.comment", found.plan, on, subject=row, no=found.no, about=row.about)
    return row


@transaction.atomic
def answer_comment(actor: Actor, comment_id: int, *, answer: str, on: date) -> PlanComment:
    """Tiếp thu, giải trình, once: the drafting office says what it did with the comment."""
    row = PlanComment.objects.select_for_update(of=("self",)).select_related("plan").filter(pk=comment_id).first()
    if row is None:
        raise Refused("Không tìm thấy ý kiến này.")
    actor.require("plan.draft", row.plan.unit_id, on=on)
    if row.answered_at is not None:
        raise Refused("Ý kiến này đã được trả lời.")
    if not answer.strip():
        raise Refused("Ghi tiếp thu thế nào, hoặc vì sao không tiếp thu.")
    row.answer, row.answered_by_id, row.answered_at = answer.strip(), actor.user_id, timezone.now()
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    editing.log(actor, "plan.answer_comment", row.plan, on, subject=row)
    return row
