"""Kế hoạch: which of them an office sees on a day, and one of them with its parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from ntm.domain.instruments import InForce, Judgement
from ntm.domain.official.dates import write_date
from ntm.records.archive import instruments
from ntm.records.people import authority
from ntm.records.people.authority import Actor, Denied
from ntm.records.planning.models import (
    CriterionCell,
    Plan,
    PlanBasis,
    PlanComment,
    PlanDuty,
    PlanFindingAnswer,
    PlanMoney,
    PlanRecipient,
    PlanSection,
    PlanState,
    PlanTarget,
    PlanVersion,
    RoadmapStep,
    TaskGroup,
    VersionState,
)
from ntm.records.planning.queries import days
from ntm.records.planning.queries.days import ISSUED, LIVING
from ntm.records.planning.refusals import Refused
from ntm.records.units import queries as units

__all__ = [
    "MoneyLine",
    "Parts",
    "Seen",
    "get",
    "judged",
    "money_tree",
    "of_unit",
    "parts",
    "visible",
]


@dataclass(frozen=True)
class Seen:
    """Một kế hoạch mở ra vào một ngày: its versions that the office sees, the one to show first, and what the office may
    do. `states`: what each version was on that day, by its number."""

    plan: Plan
    versions: tuple[PlanVersion, ...]
    version: PlanVersion  # the open one for who may see it, else the issued one
    states: dict[int, VersionState]
    on: date
    may_draft: bool
    may_issue: bool
    may_comment: bool

    @property
    def state(self) -> PlanState:
        """Tình trạng kế hoạch vào ngày xem."""
        return days.plan_state(self.plan, self.states, self.on)

    @property
    def open(self) -> PlanVersion | None:
        """Lần đang soạn hoặc chờ ký, where the office sees it."""
        return next((one for one in self.versions if self.states[one.no] in LIVING), None)

    @property
    def issued(self) -> PlanVersion | None:
        """Lần có hiệu lực vào ngày xem."""
        return next((one for one in self.versions if self.states[one.no] == VersionState.ISSUED), None)


@dataclass(frozen=True)
class MoneyLine:
    """Khoản tiền: its own amount or the sum of its parts, and what the text states where that differs."""

    row: PlanMoney
    depth: int
    amount: int | None
    parts: tuple[MoneyLine, ...] = ()

    @property
    def differs(self) -> bool:
        """Số nêu khác số cộng."""
        return self.row.stated is not None and self.amount is not None and self.row.stated != self.amount


@dataclass(frozen=True)
class Parts:
    """Các phần của một lần ban hành, in the order of the plan."""

    no: int
    bases: tuple[PlanBasis, ...]
    judged: dict[int, Judgement]  # of each basis, on the day asked
    sections: tuple[PlanSection, ...]
    targets: tuple[PlanTarget, ...]
    cells: tuple[CriterionCell, ...]
    roadmap: tuple[RoadmapStep, ...]
    task_groups: tuple[TaskGroup, ...]
    tasks: tuple[Any, ...]
    duties: tuple[PlanDuty, ...]
    money: tuple[MoneyLine, ...]
    recipients: tuple[PlanRecipient, ...]
    comments: tuple[PlanComment, ...]
    answers: tuple[PlanFindingAnswer, ...]


def visible(actor: Actor, on: date) -> QuerySet[Plan]:
    """Kế hoạch mà cơ quan này xem được vào ngày đó: issued ones where it may read, its own drafts, and those it is asked
    about. What was issued only later is a draft on that day."""
    read, drafts = authority.reach(actor, "plan.read", on=on), authority.reach(actor, "plan.draft", on=on)
    comments = authority.reach(actor, "plan.comment", on=on)
    versions = PlanVersion.objects.filter(plan=OuterRef("pk"))
    issued = Q(Exists(versions.filter(days.issued_by(on))))
    living = Q(Exists(versions.filter(days.open_by(on))))
    asked = Q(Exists(versions.filter(days.asked_by(on))))
    seen = (issued & _within(read)) | (living & (_within(drafts) | _within(comments)))
    if above := _above(actor, on):
        seen |= asked & Q(unit_id__in=above)
    return Plan.objects.filter(seen).select_related("unit", "set").order_by("-year", "unit_id", "kind", "pk")


def of_unit(actor: Actor, unit_id: int, on: date, year: int | None = None) -> list[Plan]:
    """Kế hoạch của một đơn vị that the office sees, the newest first; of one year where it is told."""
    rows = visible(actor, on).filter(unit_id=unit_id).prefetch_related("versions")
    if year is not None:
        rows = rows.filter(year__lte=year, year_to__gte=year)
    return list(rows)


def get(actor: Actor, plan_id: int, on: date) -> Seen:
    """Một kế hoạch, for who may see it; Refused where there is none, Denied where it is not for this office."""
    rows = Plan.objects.select_related("unit", "set", "upper", "copied_from", "document", "opened_by")
    plan = rows.filter(pk=plan_id).prefetch_related("versions").first()
    if plan is None:
        raise Refused("Không có kế hoạch này.")
    may_draft = actor.allows("plan.draft", plan.unit_id, on=on)
    may_issue = actor.allows("plan.issue", plan.unit_id, on=on)
    in_area = actor.allows("plan.comment", plan.unit_id, on=on)
    below = plan.unit_id in _above(actor, on)
    reads = actor.allows("plan.read", plan.unit_id, on=on)
    rows = plan.versions.all()  # type: ignore[attr-defined]
    known = days.states(rows, plan.on, on)
    own = may_draft or may_issue
    if not known and own:
        raise Refused(f"Ngày {write_date(on)} chưa có kế hoạch này: dự thảo lập ngày {write_date(plan.on)}.")
    versions = []
    for one in rows:
        state = known.get(one.no)
        asked = in_area or (below and state == VersionState.REVIEWED)
        if state and ((state in ISSUED and reads) or (state in LIVING and asked) or own):
            versions.append(one)
    standing = [one for one in versions if known[one.no] != VersionState.WITHDRAWN] or versions
    if not standing:
        raise Denied("Kế hoạch này chưa ban hành; chỉ cơ quan soạn và các cơ quan được hỏi ý kiến xem được dự thảo.")
    shown = next((one for one in reversed(standing) if known[one.no] in LIVING), standing[-1])
    may_comment = any(
        one.state in LIVING
        and known[one.no] in LIVING
        and (in_area or (below and known[one.no] == VersionState.REVIEWED))
        for one in versions
    )
    return Seen(plan, tuple(versions), shown, known, on, may_draft, may_issue, may_comment)


def parts(plan: Plan, no: int, on: date) -> Parts:
    """Các phần của một lần, in a fixed number of queries."""

    def rows(name: str, *related: str) -> tuple[Any, ...]:
        found = getattr(plan, name).in_version(no).order_by("order", "pk")
        return tuple(found.select_related(*related) if related else found)

    bases = rows("bases")
    task_rows = plan.tasks.in_version(no).select_related("group").order_by("order", "pk")  # type: ignore[attr-defined]
    comments = plan.comments.select_related("by", "answered_by")  # type: ignore[attr-defined]
    answers = plan.finding_answers.filter(version_no=no, replaced_at=None)  # type: ignore[attr-defined]
    return Parts(
        no=no,
        bases=bases,
        judged=judged(bases, on),
        sections=rows("sections"),
        targets=rows("targets", "share_of"),
        cells=rows("cells"),
        roadmap=rows("roadmap", "unit"),
        task_groups=rows("task_groups"),
        tasks=tuple(task_rows.prefetch_related("bodies")),
        duties=rows("duties", "body"),
        money=money_tree(rows("money")),
        recipients=rows("recipients"),
        comments=tuple(comments.filter(version_no=no).order_by("at", "pk")),
        answers=tuple(answers.select_related("by").order_by("at", "pk")),
    )


def judged(bases: Sequence[PlanBasis], on: date) -> dict[int, Judgement]:
    """Hiệu lực của từng căn cứ on a day; two queries for all of them. A basis outside the list is unknown."""
    listing = instruments.listing()
    outside = Judgement(InForce.UNKNOWN, "văn bản chưa có trong danh mục, chưa biết hiệu lực")
    lines = {basis.pk: listing.get(basis.key) if basis.key else None for basis in bases}
    return {pk: line.judge(on) if line else outside for pk, line in lines.items()}


def money_tree(rows: Sequence[PlanMoney]) -> tuple[MoneyLine, ...]:
    """Cây khoản tiền: totals are derived from their parts."""
    under: dict[int | None, list[PlanMoney]] = defaultdict(list)
    known = {row.pk for row in rows}
    for row in rows:
        under[row.parent_id if row.parent_id in known else None].append(row)

    def line(row: PlanMoney, depth: int) -> MoneyLine:
        below = tuple(line(one, depth + 1) for one in under[row.pk])
        told = [one.amount for one in below if one.amount is not None]
        amount = row.amount if row.amount is not None else (sum(told) if told else row.stated)
        return MoneyLine(row, depth, amount, below)

    return tuple(line(row, 0) for row in under[None])


def _within(reach: authority.Reach) -> Q:
    return Q(unit_id__isnull=False) if reach.everywhere else Q(unit_id__in=reach.unit_ids)


def _above(actor: Actor, on: date) -> tuple[int, ...]:
    """Đơn vị cấp trên whose reviewed drafts this office is asked about."""
    if actor.unit_id is None or not actor.allows("plan.comment", actor.unit_id, on=on):
        return ()
    return units.ancestor_ids(actor.unit_id, on)
