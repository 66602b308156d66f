"""Góp ý: what was said of a plan, for whom it was meant."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from ntm.records.people.authority import Actor
from ntm.records.planning.models import Plan, PlanComment, PlanFindingAnswer

__all__ = ["finding_answers", "is_inside", "said_of"]


def is_inside(actor: Actor, plan: Plan, on: date) -> bool:
    """Cơ quan trong cuộc: those who write, issue or comment on the plans of that area; others read what was issued."""
    return any(actor.allows(action, plan.unit_id, on=on) for action in ("plan.draft", "plan.issue", "plan.comment"))


def said_of(actor: Actor, plan: Plan, on: date) -> QuerySet[PlanComment]:
    """Ý kiến về kế hoạch, of the newest version first: all of them for the offices of the area, one's own for others."""
    rows = PlanComment.objects.filter(plan=plan).select_related("by", "answered_by").order_by("-version_no", "at", "pk")
    return rows if is_inside(actor, plan, on) else rows.filter(by_id=actor.user_id)


def finding_answers(plan: Plan, no: int) -> dict[str, PlanFindingAnswer]:
    """Giải trình đang có of a version, by the mark of its finding."""
    rows = PlanFindingAnswer.objects.filter(plan=plan, version_no=no, replaced_at=None).select_related("by")
    return {row.fingerprint: row for row in rows}
