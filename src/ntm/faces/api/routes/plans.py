"""Kế hoạch, chỉ tiêu, ô đơn vị x tiêu chí, tiến độ: read as the desk reads them, changed by the same services."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status

from ntm.faces.api.numbers import Count, Id, Small, Year
from ntm.faces.api.paging import Page, Paging, paged
from ntm.faces.api.routes.changes import Made
from ntm.faces.api.routes.units import UnitOut, unit_of, unit_out
from ntm.faces.api.security import actor
from ntm.records.planning.models import Plan, PlanState, PlanTarget, PlanVersion, VersionState
from ntm.records.planning.queries import cells as tables
from ntm.records.planning.queries import days
from ntm.records.planning.queries import plans as readings
from ntm.records.planning.queries import progress as progresses
from ntm.records.planning.queries import targets as lists
from ntm.records.planning.services import cascade, cells, targets
from ntm.records.registers.queries import counting
from ntm.records.units import queries as units

router = Router(tags=["plans"])


class VersionOut(Schema):
    no: int
    state: str
    number: str
    symbol: str
    title: str
    issued_on: date | None
    digest: str


class PlanOut(Schema):
    """Kế hoạch: `versions` that the office may see, the first issue is 1; a list leaves them out."""

    id: int
    unit: UnitOut
    kind: str
    year: int
    year_to: int
    state: str
    set: str | None
    upper: int | None
    versions: list[VersionOut]


class ShareOut(Schema):
    id: int
    unit: UnitOut
    value: str | None
    due: date | None
    answer: str
    reason: str


class TargetOut(Schema):
    """Chỉ tiêu: figures as text so that nothing is cut."""

    id: int
    subject: str
    mode: str
    what: str
    op: str
    value: str | None
    high: str | None
    of: int | None
    measure: str
    title_kind: str
    title_level: str
    criterion: int | None
    indicator: str
    metric: str
    deadline: str
    due: date | None
    assumed: bool
    shares: list[ShareOut]


class CellOut(Schema):
    criterion: int
    planned: str | None
    due: date | None
    told: str | None
    outcome: str


class CellRowOut(Schema):
    unit: UnitOut
    gained: int
    kept: int
    met: int
    expected: int
    cells: list[CellOut]


class TargetProgressOut(Schema):
    target: int
    what: str
    state: str
    planned: str | None
    actual: str | None
    remaining: str | None
    sentence: str
    pace: str | None
    assumed: bool


class ProgressOut(Schema):
    plan: int
    version: int
    on: date
    since: date
    counts: dict[str, int]
    targets: list[TargetProgressOut]


class TargetIn(Schema):
    """Chỉ tiêu gửi lên; `deadline` in the words of a plan ("Quý II/2020")."""

    on: date
    subject: str
    what: str
    mode: Literal["gain", "keep", "total"] = "gain"
    op: str = ">="
    value: Decimal | None = None
    high: Decimal | None = None
    of: Count | None = None
    measure: str = ""
    title_kind: str = ""
    title_level: str = ""
    criterion: Small | None = None
    indicator: str = ""
    metric: str = ""
    bound: Small | None = None
    deadline: str = ""


class CellIn(Schema):
    on: date
    unit: str
    criterion: Small
    mode: Literal["gain", "keep"] = "gain"
    deadline: str = ""


class AnswerIn(Schema):
    on: date
    accept: bool
    reason: str = ""


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _plan_out(plan: Plan, state: PlanState, versions: list[VersionOut], label: units.UnitLabel) -> PlanOut:
    return PlanOut(
        id=plan.pk,
        unit=unit_out(label),
        kind=plan.kind,
        year=plan.year,
        year_to=plan.year_to,
        state=state.value,
        set=plan.set.code if plan.set else None,
        upper=plan.upper_id,
        versions=versions,
    )


def _version_out(one: PlanVersion, state: VersionState) -> VersionOut:
    names = ("no", "number", "symbol", "title", "issued_on", "digest")
    return VersionOut(state=state.value, **{name: getattr(one, name) for name in names})


def _state(plan: Plan, on: date) -> PlanState:
    return days.plan_state(plan, days.states(plan.versions.all(), plan.on, on), on)


@router.get("/plans", response=Page[PlanOut], summary="Kế hoạch mà cơ quan xem được")
def plans(request: HttpRequest, paging: Query[Paging], on: date, year: Year | None = None, unit: str | None = None):
    who = actor(request)
    rows = readings.visible(who, on)
    if year is not None:
        rows = rows.filter(year__lte=year, year_to__gte=year)
    if unit is not None:
        rows = rows.filter(unit_id=unit_of(unit, on))
    page = paged(request, rows.prefetch_related("versions"), paging)
    labels = units.labels({plan.unit_id for plan in page["items"]}, on)
    return {**page, "items": [_plan_out(plan, _state(plan, on), [], labels[plan.unit_id]) for plan in page["items"]]}


@router.get("/plans/{plan}", response=PlanOut, summary="Một kế hoạch và các lần ban hành")
def plan(request: HttpRequest, plan: Id, on: date):
    seen = readings.get(actor(request), plan, on)
    versions = [_version_out(one, seen.states[one.no]) for one in seen.versions]
    return _plan_out(seen.plan, seen.state, versions, units.label(seen.plan.unit_id, on))


@router.get("/plans/{plan}/targets", response=Page[TargetOut], summary="Chỉ tiêu và phần giao")
def plan_targets(request: HttpRequest, paging: Query[Paging], plan: Id, on: date):
    seen = readings.get(actor(request), plan, on)
    page = paged(request, lists.lines(seen.plan, seen.version.no, on), paging)
    return {**page, "items": [_target_out(one) for one in page["items"]]}


def _target_out(line: lists.TargetLine) -> TargetOut:
    one: PlanTarget = line.target
    return TargetOut(
        id=one.pk,
        subject=one.subject,
        mode=one.mode,
        what=one.what,
        op=one.op,
        value=_plain(one.value),
        high=_plain(one.high),
        of=one.of,
        measure=one.measure,
        title_kind=one.title_kind,
        title_level=one.title_level,
        criterion=one.criterion_no,
        indicator=one.indicator_code,
        metric=one.metric,
        deadline=one.deadline_words,
        due=one.due,
        assumed=one.assumed,
        shares=[
            ShareOut(
                id=s.share.pk,
                unit=unit_out(s.unit),
                value=_plain(s.share.value),
                due=s.share.due,
                answer=s.answer,
                reason=s.share.reason,
            )
            for s in line.shares
        ],
    )


@router.get("/plans/{plan}/cells", response=Page[CellRowOut], summary="Bảng đơn vị x tiêu chí và hiện trạng")
def plan_cells(request: HttpRequest, paging: Query[Paging], plan: Id, on: date):
    seen = readings.get(actor(request), plan, on)
    page = paged(request, tables.table(seen.plan, seen.version.no, on).rows, paging)
    return {**page, "items": [_row_out(one) for one in page["items"]]}


def _row_out(row: tables.CellRow) -> CellRowOut:
    return CellRowOut(
        unit=unit_out(row.unit),
        gained=row.gained,
        kept=row.kept,
        met=row.met,
        expected=row.expected,
        cells=[
            CellOut(
                criterion=one.no,
                planned=one.cell.mode if one.cell else None,
                due=one.cell.due if one.cell else None,
                told=one.cell.told if one.cell else None,
                outcome=one.outcome.name.lower(),
            )
            for one in row.cells
        ],
    )


@router.get("/plans/{plan}/progress", response=ProgressOut, summary="Tiến độ vào một ngày")
def plan_progress(request: HttpRequest, plan: Id, on: date):
    seen = readings.get(actor(request), plan, on)
    counted = counting.counted_for_plan(seen.plan, on)
    found = progresses.plan_progress(seen.plan.pk, on, no=seen.version.no, counted=counted)
    return ProgressOut(
        plan=seen.plan.pk,
        version=found.version_no,
        on=found.on,
        since=found.since,
        counts={state.value: number for state, number in found.counts.items()},
        targets=[
            TargetProgressOut(
                target=row.row.pk,
                what=row.row.what,
                state=row.state.value,
                planned=_plain(row.progress.planned),
                actual=_plain(row.progress.actual),
                remaining=_plain(row.progress.remaining),
                sentence=row.progress.sentence,
                pace=row.pace.sentence if row.pace else None,
                assumed=row.assumed,
            )
            for row in found.rows
        ],
    )


@router.post("/plans/{plan}/targets", response={201: Made}, summary="Thêm chỉ tiêu vào dự thảo")
def add_target(request: HttpRequest, plan: Id, payload: TargetIn):
    said = payload.dict(exclude={"on", "criterion", "indicator", "deadline"})
    promise = targets.Promise(
        **said, criterion_no=payload.criterion, indicator_code=payload.indicator, deadline_words=payload.deadline
    )
    return Status(201, Made(id=targets.add_target(actor(request), plan, promise, on=payload.on).pk))


@router.post("/plans/{plan}/cells", response={201: Made}, summary="Đặt một ô đơn vị x tiêu chí")
def set_cell(request: HttpRequest, plan: Id, payload: CellIn):
    made = cells.set_cell(
        actor(request),
        plan,
        unit_id=unit_of(payload.unit, payload.on),
        criterion_no=payload.criterion,
        mode=payload.mode,
        deadline_words=payload.deadline,
        on=payload.on,
    )
    return Status(201, Made(id=made.pk))


@router.post("/shares/{share}/answer", response={201: Made}, summary="Nhận phần giao, hoặc đề nghị điều chỉnh")
def answer_share(request: HttpRequest, share: Id, payload: AnswerIn):
    cascade.answer_share(actor(request), share, accept=payload.accept, reason=payload.reason, on=payload.on)
    return Status(201, Made(id=share))
