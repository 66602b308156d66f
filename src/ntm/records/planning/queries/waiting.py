"""Kế hoạch đang chờ ai: to sign, to answer, to comment, to go on writing; and from what a new one may begin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet

from ntm.records.archive.documents import queries as documents
from ntm.records.archive.models import ConfirmedItem, OfficialDocument
from ntm.records.people import authority
from ntm.records.people.authority import Actor, Reach
from ntm.records.planning.models import Plan, PlanComment, PlanState, PlanVersion, VersionState
from ntm.records.planning.queries import days, given
from ntm.records.planning.queries.plans import visible

__all__ = ["Waiting", "documents_for", "earlier_for", "upper_for", "waiting_for"]

_MOST = 60
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Việc chờ: `what` is sign, write, comment, answer_comments or answer_shares."""

    what: str
    plan: Plan
    count: int = 1


def waiting_for(actor: Actor, on: date) -> list[Waiting]:
    """Việc của một cơ quan ở các kế hoạch, what others wait for first; a fixed number of queries."""
    drafts, issues = authority.reach(actor, "plan.draft", on=on), authority.reach(actor, "plan.issue", on=on)
    rows = visible(actor, on).exclude(days.closed_by(on))
    versions = PlanVersion.objects.filter(plan=OuterRef("pk"))
    own = PlanComment.objects.filter(plan=OuterRef("pk"), by_id=actor.user_id)
    opened = list(
        rows.filter(Exists(versions.filter(days.open_by(on))))
        .annotate(
            reviewed=Exists(versions.filter(days.asked_by(on))),
            said=Exists(own),
            unanswered=Count("comments", filter=Q(comments__answered_at=None)),
        )
        .order_by("-year", "unit_id", "kind", "pk")
    )
    found = [Waiting("sign", plan) for plan in opened if plan.reviewed and _signs(actor, plan, issues)]
    found += _shares(actor, on)
    found += [
        Waiting("answer_comments", plan, plan.unanswered)
        for plan in opened
        if plan.unanswered and drafts.covers(plan.unit_id)
    ]
    found += [Waiting("comment", plan) for plan in _asked(actor, opened, drafts, on)]
    found += [Waiting("write", plan) for plan in opened if not plan.reviewed and drafts.covers(plan.unit_id)]
    return found


def _signs(actor: Actor, plan: Plan, issues: Reach) -> bool:
    """Its own plan, or a village's, which its commune signs; an upper leader who could sign is not who is waited for."""
    return issues.covers(plan.unit_id) and (plan.unit_id == actor.unit_id or plan.level == "thon")


def _asked(actor: Actor, opened: Iterable[Plan], drafts: Reach, on: date) -> list[Plan]:
    """Reviewed drafts of others that the office was asked about and has said nothing of yet."""
    if actor.unit_id is None or not actor.allows("plan.comment", actor.unit_id, on=on):
        return []
    return [one for one in opened if one.reviewed and not one.said and not drafts.covers(one.unit_id)]  # type: ignore[attr-defined]


def _shares(actor: Actor, on: date) -> list[Waiting]:
    """Phần giao cho đơn vị mình that nobody answered."""
    if actor.unit_id is None or not actor.allows("plan.answer", actor.unit_id, on=on):
        return []
    counts: dict[int, tuple[Plan, int]] = {}
    for one in given.given_to(actor.unit_id, on.year, on):
        if one.waits:
            counts[one.plan.pk] = (one.plan, counts.get(one.plan.pk, (one.plan, 0))[1] + 1)
    return [Waiting("answer_shares", plan, count) for plan, count in counts.values()]


def documents_for(actor: Actor, on: date) -> QuerySet[OfficialDocument]:
    """Văn bản có mục đã xác nhận, of units whose plan the office writes and from which none was begun."""
    confirmed = ConfirmedItem.objects.filter(document=OuterRef("pk"), withdrawn_at=None)
    begun = Plan.objects.filter(document=OuterRef("pk")).exclude(state=PlanState.CLOSED)
    rows = documents.visible(actor, on).filter(Exists(confirmed), ~Exists(begun), unit__isnull=False)
    return _written_by(rows, actor, on).select_related("use").order_by("-uploaded_at", "-pk")


def earlier_for(actor: Actor, on: date) -> QuerySet[Plan]:
    """Kế hoạch trước that the office may take as its beginning."""
    last = PlanVersion.objects.filter(plan=OuterRef("pk")).exclude(state=VersionState.WITHDRAWN)
    return _written_by(Plan.objects.filter(Exists(last)), actor, on).order_by("-year", "unit_id", "kind", "pk")[:_MOST]


def upper_for(actor: Actor, on: date, unit_ids: Iterable[int]) -> QuerySet[Plan]:
    """Kế hoạch cấp trên that the office sees, of the units named."""
    rows = visible(actor, on).filter(unit_id__in=tuple(unit_ids)).exclude(state=PlanState.CLOSED)
    return rows.order_by("-year", "unit_id", "kind", "pk")[:_MOST]


def _written_by(rows: QuerySet[Row], actor: Actor, on: date) -> QuerySet[Row]:
    reach = authority.reach(actor, "plan.draft", on=on)
    return rows if reach.everywhere else rows.filter(unit_id__in=reach.unit_ids)
