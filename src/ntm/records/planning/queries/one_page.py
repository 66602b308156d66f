"""Một trang cho lãnh đạo: a unit on a day as a leader reads it before a meeting, and what waits for a decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, Sum

from ntm.domain.targets import State
from ntm.records.planning.models import (
    ENDED,
    Inspection,
    Meeting,
    Occurrence,
    Plan,
    PlanVersion,
    TargetShare,
)
from ntm.records.planning.queries import days
from ntm.records.planning.queries.cell_progress import CellState, NearUnit
from ntm.records.planning.queries.progress import PlanProgress, TargetProgress, plan_progress
from ntm.records.standing.models import Gap, RegisteredSet, TitleHeld, UnitStanding
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.queries import area, sets
from ntm.records.standing.queries.alarms import Alarm, alarms
from ntm.records.standing.queries.rollup import LOW
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["Decision", "GapSum", "OnePage", "PlanOnPage", "Strip", "TaskLine", "one_page"]

_SOON = timedelta(days=14)
_MOST = 12  # lines of a kind: the page is one sheet of A4
_BELOW = {"tinh": "xa", "huyen": "xa", "xa": "xa", "thon": "thon"}


@dataclass(frozen=True)
class Strip:
    """Hiện trạng một dòng: counts of the area's units (or of the unit's own criteria), titles, as verified."""

    row: RegisteredSet
    units: int
    with_data: int
    met: int
    not_met: int
    no_data: int
    low: int  # units with data, under ten criteria
    titles: dict[str, int]
    assumed: int

    @property
    def average(self) -> Decimal | None:
        """Bình quân tiêu chí một đơn vị, one decimal."""
        if not self.units or not self.with_data:
            return None
        return (Decimal(self.met) / self.units).quantize(Decimal("0.1"))


@dataclass(frozen=True)
class PlanOnPage:
    """Một kế hoạch trên trang: how many targets stand where, and the ones that are not well."""

    plan: Plan
    title: str
    counts: dict[State, int]
    behind: tuple[TargetProgress, ...]
    cells: tuple[int, int]  # promised, met
    late: int
    lost: int
    near: tuple[NearUnit, ...]


@dataclass(frozen=True)
class TaskLine:
    """Một kỳ nhiệm vụ: days late (above zero) or left (below)."""

    occurrence_id: int
    what: str
    lead: str
    due: date
    late: int


@dataclass(frozen=True)
class GapSum:
    """Hạng mục còn thiếu của một tiêu chí: how many, in how many units, and their cost in đồng where it was told."""

    no: int
    count: int
    units: int
    cost: int | None
    without_cost: int


@dataclass(frozen=True)
class Decision:
    """Việc cần lãnh đạo quyết định: a sentence, and what to open."""

    kind: str  # sign, objection, late_task, near, lost, inspection, meeting
    sentence: str
    pk: int


@dataclass(frozen=True)
class OnePage:
    """Một trang."""

    unit: UnitLabel
    on: date
    strip: Strip | None
    plans: tuple[PlanOnPage, ...]
    overdue: tuple[TaskLine, ...]
    overdue_count: int
    due_soon: tuple[TaskLine, ...]
    due_soon_count: int
    gaps: tuple[GapSum, ...]
    gap_cost: int | None
    alarms: tuple[Alarm, ...]
    alarm_count: int
    labels: dict[int, UnitLabel]
    decisions: tuple[Decision, ...]


def one_page(
    unit_id: int,
    on: date,
    *,
    counted: Mapping[int, Mapping[str, Decimal]] | None = None,
    basis: Basis = Basis.CONFIRMED,
) -> OnePage:
    """Một trang về một đơn vị vào ngày đó. Issued plans of the year only; `counted`: by plan, what registers counted."""
    label = units.label(unit_id, on)
    plans = list(
        days.with_issued(Plan.objects.filter(unit_id=unit_id, year__lte=on.year, year_to__gte=on.year), on)
        .select_related("set")
        .order_by("kind", "pk")
    )
    made = [plan_progress(plan.pk, on, basis=basis, counted=(counted or {}).get(plan.pk)) for plan in plans]
    titles = _titles_of(made, on)
    row = _set(label, made, on)
    strip = _strip(label, row, on, basis) if row is not None else None
    overdue, late_count = _tasks(unit_id, on, Q(due__lt=on))
    soon, soon_count = _tasks(unit_id, on, Q(due__gte=on, due__lte=on + _SOON))
    gaps = _gaps(label, row, on) if row is not None else ()
    found = alarms(unit_id, row, on, basis) if row is not None else []
    shown = found[:_MOST]
    costs = [gap.cost for gap in gaps if gap.cost is not None]
    return OnePage(
        unit=label,
        on=on,
        strip=strip,
        plans=tuple(_plan(one, titles[one.plan.pk]) for one in made),
        overdue=overdue,
        overdue_count=late_count,
        due_soon=soon,
        due_soon_count=soon_count,
        gaps=gaps[:_MOST],
        gap_cost=sum(costs) if costs else None,
        alarms=tuple(shown),
        alarm_count=len(found),
        labels=units.labels({alarm.unit_id for alarm in shown}, on),
        decisions=_decisions(unit_id, on, made, overdue),
    )


def _titles_of(made: list[PlanProgress], on: date) -> dict[int, str]:
    rows = PlanVersion.objects.filter(days.issued_by(on), plan__in=[one.plan.pk for one in made]).order_by("no")
    return {one.plan.pk: "" for one in made} | dict(rows.values_list("plan_id", "title"))


def _plan(made: PlanProgress, title: str) -> PlanOnPage:
    behind = tuple(row for row in made.rows if row.state is State.BEHIND)
    return PlanOnPage(
        made.plan, title, made.counts, behind[:_MOST], made.cells.total, len(made.cells.in_state(CellState.LATE)),
        len(made.cells.in_state(CellState.LOST)), made.near[:_MOST],
    )  # fmt: skip


def _set(label: UnitLabel, made: list[PlanProgress], on: date) -> RegisteredSet | None:
    """The set of the unit's plan; else the one that most of its area stands under."""
    chosen = next((one.plan.set for one in made if one.plan.set is not None), None)
    if chosen is not None:
        return chosen
    province = next((up.code for up in (label, *label.ancestors) if up.level == "tinh"), None)
    rows = sets.in_force(_BELOW[label.level], on, province)
    return sets.usual_in_area(label.id, label.level, rows, on)


def _strip(label: UnitLabel, row: RegisteredSet, on: date, basis: Basis) -> Strip:
    """Sums of the area's unit intervals: two queries."""
    places = area.positions(label.id, label.level, row.level, on)
    inside = places.values("unit_id")
    spans = UnitStanding.objects.filter(area.in_force(on), set=row, basis=basis, unit_id__in=inside)
    told = spans.aggregate(
        with_data=Count("pk"),
        all_met=Sum("met"),
        all_not_met=Sum("not_met"),
        all_no_data=Sum("no_data"),
        low=Count("pk", filter=Q(met__lt=LOW)),
        by_assumed=Count("pk", filter=Q(assumed=True)),
    )
    held = TitleHeld.objects.filter(area.in_force(on), level=row.level, unit_id__in=inside).order_by()
    titles = dict(held.values_list("title_kind").annotate(number=Count("unit_id", distinct=True)))
    return Strip(
        row=row,
        units=places.count(),
        with_data=told["with_data"],
        met=told["all_met"] or 0,
        not_met=told["all_not_met"] or 0,
        no_data=told["all_no_data"] or 0,
        low=told["low"],
        titles=titles,
        assumed=told["by_assumed"],
    )


def _tasks(unit_id: int, on: date, when: Q) -> tuple[tuple[TaskLine, ...], int]:
    """Kỳ nhiệm vụ của đơn vị chưa kết thúc vào ngày đó, the earliest first."""
    ended = Q(state__in=ENDED, ended_on__lte=on)
    issued = Exists(PlanVersion.objects.filter(days.issued_by(on), plan=OuterRef("task__plan")))
    rows = (
        Occurrence.objects.filter(when, ~ended, Q(task__unit_id=unit_id, whole=None) | Q(of_unit_id=unit_id))
        .filter(Q(task__plan__isnull=True) | Q(issued), task__until__isnull=True)
        .exclude(days.closed_by(on, "task__plan__"))
    )
    first = rows.select_related("task").prefetch_related("task__bodies").order_by("due", "pk")[:_MOST]
    found = []
    for row in first:
        bodies = [body for body in row.task.bodies.all() if body.part == "lead" and body.until is None]
        lead = ", ".join(body.words for body in bodies)
        found.append(TaskLine(row.pk, row.task.what, lead, row.due, (on - row.due).days))
    return tuple(found), rows.count()


def _gaps(label: UnitLabel, row: RegisteredSet, on: date) -> tuple[GapSum, ...]:
    """Hạng mục còn thiếu theo tiêu chí, the dearest first; one query."""
    inside = area.positions(label.id, label.level, row.level, on).values("unit_id")
    open_ = Gap.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on), set=row, opened_on__lte=on)
    counted = (
        open_.filter(unit_id__in=inside)
        .order_by()
        .values("criterion_no")
        .annotate(
            number=Count("pk"),
            in_units=Count("unit_id", distinct=True),
            total=Sum("cost"),
            unknown=Count("pk", filter=Q(cost__isnull=True)),
        )
    )
    found = [GapSum(g["criterion_no"], g["number"], g["in_units"], g["total"], g["unknown"]) for g in counted]
    return tuple(sorted(found, key=lambda gap: (-(gap.cost or 0), gap.no)))


def _decisions(unit_id: int, on: date, made: list[PlanProgress], overdue: tuple[TaskLine, ...]) -> tuple[Decision, ...]:
    """Những việc chờ người đứng đầu: to be signed, objected, lost, overdue long, and what is close."""
    found: list[Decision] = []
    waiting = PlanVersion.objects.filter(days.asked_by(on), plan__unit_id=unit_id).order_by("pk")
    for pk, title in waiting.values_list("plan_id", "title"):
        found.append(Decision("sign", f"Dự thảo đã rà soát, chờ ký: {title}.", pk))
    shares = _objected(unit_id, on)
    names = units.labels({share.unit_id for share in shares}, on)
    for share in shares:
        said = f"{names[share.unit_id].title} đề nghị điều chỉnh “{share.target.what}”: {share.reason.rstrip('. ')}."
        found.append(Decision("objection", said, share.target_id))
    for one in made:
        found += [
            Decision("lost", f"{row.target.what}: {row.progress.sentence}", row.row.pk) for row in one.rows if row.lost
        ]
        found += [Decision("near", f"Cử người kiểm tra: {near.sentence}", near.unit.id) for near in one.near[:3]]
    for line in overdue[:3]:
        if line.late > 30:
            found.append(Decision("late_task", f"Quá hạn {line.late} ngày: {line.what}.", line.occurrence_id))
    coming = Inspection.objects.filter(unit_id=unit_id, state=Inspection.State.PLANNED, start__lte=on + _SOON)
    for pk, title, start in coming.order_by("start", "pk").values_list("pk", "title", "start")[:3]:
        found.append(Decision("inspection", f"Đoàn kiểm tra chưa báo kết quả: {title} (từ {start:%d/%m/%Y}).", pk))
    meetings = Meeting.objects.filter(unit_id=unit_id, state=Meeting.State.OPEN, on__lte=on + _SOON, on__gte=on)
    for pk, title, day in meetings.order_by("on", "pk").values_list("pk", "title", "on")[:1]:
        found.append(Decision("meeting", f"Họp ngày {day:%d/%m/%Y}: {title}.", pk))
    return tuple(found)


def _objected(unit_id: int, on: date) -> list[TargetShare]:
    """Phần giao bị đề nghị điều chỉnh đến ngày đó, of what is in force or waits for its signature."""
    rows = (
        TargetShare.objects.filter(target__plan__unit_id=unit_id, answer=TargetShare.Answer.OBJECTED)
        .filter(Q(answered_on=None) | Q(answered_on__lte=on))
        .exclude(days.closed_by(on, "target__plan__"))
        .annotate(force=days.no_in_force(on, "target__plan"), sent=days.no_sent(on, "target__plan"))
        .filter(
            days.standing_in("force") & (Q(sent=None) | days.standing_in("sent"))
            | Q(force=None) & days.standing_in("sent")
        )
    )
    return list(rows.select_related("target").order_by("target_id", "order", "pk")[:_MOST])
