"""Kế hoạch vào một ngày: which version stood then and as what; the state kept in a row is only the last one.

A version is a draft from the day it was begun, waits for the signature from the day it was reviewed, and is in force
from the day of its signature until the next one is signed. What was typed into a draft is not kept day by day: on a past
day a draft is told as a draft, with the words it has now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from ntm.records.planning.models import Plan, PlanState, PlanVersion, TargetShare, VersionState

__all__ = [
    "ISSUED",
    "LIVING",
    "answer_on",
    "asked_by",
    "closed_by",
    "in_force",
    "in_state",
    "issued_by",
    "newest",
    "no_in_force",
    "no_sent",
    "open_by",
    "plan_state",
    "standing_in",
    "stands",
    "states",
    "with_issued",
]

ISSUED = (VersionState.ISSUED, VersionState.SUPERSEDED)
LIVING = (VersionState.DRAFT, VersionState.REVIEWED)


def states(versions: Iterable[PlanVersion], begun: date, on: date) -> dict[int, VersionState]:
    """Tình trạng của từng lần vào ngày đó, by its number; one that was not begun yet is left out. `begun`: of the plan."""
    rows = sorted(versions, key=lambda one: one.no)
    issued = [one.no for one in rows if _issued(one, on)]
    found: dict[int, VersionState] = {}
    for one in rows:
        if _issued(one, on):
            found[one.no] = VersionState.ISSUED if one.no == issued[-1] else VersionState.SUPERSEDED
        elif (one.begun_on or begun) > on:
            continue
        elif one.state == VersionState.WITHDRAWN and (one.withdrawn_on is None or one.withdrawn_on <= on):
            found[one.no] = VersionState.WITHDRAWN
        elif _reviewed(one, on):
            found[one.no] = VersionState.REVIEWED
        else:
            found[one.no] = VersionState.DRAFT
    return found


def plan_state(plan: Plan, known: dict[int, VersionState], on: date) -> PlanState:
    """Tình trạng kế hoạch vào ngày đó, of the states of its versions."""
    if plan.closed_on is not None and plan.closed_on <= on:
        return PlanState.CLOSED
    if VersionState.ISSUED in known.values():
        return PlanState.ISSUED
    return PlanState.REVIEWED if VersionState.REVIEWED in known.values() else PlanState.DRAFT


def in_force(versions: Iterable[PlanVersion], on: date) -> PlanVersion | None:
    """Lần có hiệu lực vào ngày đó."""
    return max((one for one in versions if _issued(one, on)), key=lambda one: one.no, default=None)


def answer_on(share: TargetShare, on: date) -> str:
    """Trả lời đã có vào ngày đó."""
    later = share.answered_on is not None and share.answered_on > on
    return TargetShare.Answer.NONE if later else share.answer


def _issued(one: PlanVersion, on: date) -> bool:
    return one.state in ISSUED and one.issued_on is not None and one.issued_on <= on


def _reviewed(one: PlanVersion, on: date) -> bool:
    if one.reviewed_on is None:
        return one.state == VersionState.REVIEWED
    return one.reviewed_on <= on


def issued_by(on: date) -> Q:
    """Các lần đã ban hành đến ngày đó."""
    return Q(state__in=ISSUED, issued_on__lte=on)


def open_by(on: date) -> Q:
    """Các lần còn là dự thảo vào ngày đó, sent for signing or not."""
    begun = Q(begun_on__lte=on) | Q(begun_on=None, plan__on__lte=on)
    later = Q(state__in=ISSUED, issued_on__gt=on) | Q(state=VersionState.WITHDRAWN, withdrawn_on__gt=on)
    return begun & (Q(state__in=LIVING) | later)


def asked_by(on: date) -> Q:
    """Các lần đang chờ ký vào ngày đó: lower offices see them and are asked."""
    return open_by(on) & (Q(reviewed_on__lte=on) | Q(reviewed_on=None, state=VersionState.REVIEWED))


def closed_by(on: date, path: str = "") -> Q:
    """Kế hoạch đã kết thúc đến ngày đó; `path` leads to the plan ("target__plan__")."""
    return Q(**{f"{path}closed_on__isnull": False, f"{path}closed_on__lte": on})


def with_issued(rows: QuerySet[Plan], on: date) -> QuerySet[Plan]:
    """Kế hoạch có hiệu lực vào ngày đó: issued, not closed."""
    return rows.filter(Exists(PlanVersion.objects.filter(issued_by(on), plan=OuterRef("pk")))).exclude(closed_by(on))


def in_state(rows: QuerySet[Plan], state: str, on: date) -> QuerySet[Plan]:
    """Kế hoạch ở tình trạng ấy vào ngày đó."""
    if state == PlanState.CLOSED:
        return rows.filter(closed_by(on))
    versions = PlanVersion.objects.filter(plan=OuterRef("pk"))
    issued, asked = Exists(versions.filter(issued_by(on))), Exists(versions.filter(asked_by(on)))
    wanted = {
        PlanState.ISSUED: Q(issued),
        PlanState.REVIEWED: ~Q(issued) & Q(asked),
        PlanState.DRAFT: ~Q(issued) & ~Q(asked),
    }
    return rows.exclude(closed_by(on)).filter(wanted[PlanState(state)])


def no_in_force(on: date, path: str) -> Subquery:
    """Số lần có hiệu lực vào ngày đó of the plan that `path` leads to; null where there is none."""
    rows = PlanVersion.objects.filter(issued_by(on), plan=OuterRef(path))
    return Subquery(rows.order_by("-no").values("no")[:1])


def no_sent(on: date, path: str) -> Subquery:
    """Số lần đang chờ ký vào ngày đó."""
    return Subquery(PlanVersion.objects.filter(asked_by(on), plan=OuterRef(path)).values("no")[:1])


def standing_in(name: str) -> Q:
    """Phần đứng trong lần mà chú thích `name` của câu hỏi nêu."""
    return Q(since__lte=F(name)) & (Q(until=None) | Q(until__gt=F(name)))


def stands(row: TargetShare, no: int | None) -> bool:
    """The row stands in version `no`."""
    return no is not None and row.since <= no and (row.until is None or row.until > no)


def newest(versions: Sequence[PlanVersion], begun: date, on: date) -> PlanVersion | None:
    """Lần để xem vào ngày đó when none is asked for: in force, else the draft there was; None before it was begun."""
    found = in_force(versions, on)
    if found is not None:
        return found
    known = states(versions, begun, on)
    there = [one for one in versions if known.get(one.no, VersionState.WITHDRAWN) != VersionState.WITHDRAWN]
    return max(there, key=lambda one: one.no, default=None)
