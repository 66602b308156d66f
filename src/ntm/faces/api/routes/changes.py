"""Ghi, gửi, thẩm tra: the same services as the desk, the same refusals. Send `Idempotency-Key` to be able to repeat."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Query, Router, Schema, Status, UploadedFile

from ntm.faces.api.numbers import Id
from ntm.faces.api.paging import Page, Paging, paged
from ntm.faces.api.routes.standing import ObservationOut, observation_out
from ntm.faces.api.routes.units import unit_of
from ntm.faces.api.security import actor
from ntm.records.standing import registry, services
from ntm.records.standing.queries import history as histories
from ntm.records.standing.queries import waiting
from ntm.records.standing.services.recording import Source

router = Router(tags=["changes"])


class ObservationIn(Schema):
    """Số liệu gửi lên: `value` as people type it ("59,58", "đạt", "không xét"); `seen` the draft that was looked at."""

    unit: str
    set: str
    code: str
    as_of: date
    value: str
    note: str = ""
    seen: int | None = None


class SubmissionIn(Schema):
    unit: str
    set: str
    as_of: date
    codes: list[str] | None = None
    note: str = ""


class SubmissionOut(Schema):
    id: int
    count: int


class FindingIn(Schema):
    """Kết quả thẩm tra: `value` null accepts the figure as it is."""

    value: str | None = None
    note: str = ""


class ReturnIn(Schema):
    reason: str


class EvidenceOut(Schema):
    id: int
    name: str
    sha256: str


class GapIn(Schema):
    """Hạng mục còn thiếu; `cost` in đồng."""

    unit: str
    set: str
    criterion: int
    text: str
    on: date
    indicator: str = ""
    cost: int | None = None


class Made(Schema):
    id: int


@router.get("/observations", response=Page[ObservationOut], summary="Mọi số liệu của một chỉ tiêu, mới trước")
def observations(request: HttpRequest, paging: Query[Paging], unit: str, set: str, code: str, on: date):
    who, unit_id = actor(request), unit_of(unit, on)
    who.require("standing.read", unit_id, on=on)
    row = registry.by_code(set)
    rows = histories.history(unit_id, row, code, with_drafts=who.allows("draft.read", unit_id, on=on))
    page = paged(request, rows, paging)
    return {**page, "items": [observation_out(one.observation) for one in page["items"]]}


@router.post("/observations", response={201: ObservationOut}, summary="Ghi một số liệu (nháp)")
def record(request: HttpRequest, payload: ObservationIn):
    made = services.record(
        actor(request),
        unit_id=unit_of(payload.unit, payload.as_of),
        set_code=payload.set,
        code=payload.code,
        as_of=payload.as_of,
        typed=payload.value,
        note=payload.note,
        seen=payload.seen,
        source=Source("api"),
    )
    return Status(201, observation_out(made))


@router.post("/observations/{observation}/evidence", response={201: EvidenceOut}, summary="Đính kèm minh chứng")
def attach(request: HttpRequest, observation: Id, file: File[UploadedFile]):
    made = services.attach(actor(request), observation, content=file.read(), name=file.name or "tep")
    return Status(201, EvidenceOut(id=made.pk, name=made.use.name, sha256=made.use.file.sha256))


@router.post("/submissions", response={201: SubmissionOut}, summary="Gửi thẩm tra các bản nháp")
def send(request: HttpRequest, payload: SubmissionIn):
    made = services.send(
        actor(request),
        unit_id=unit_of(payload.unit, payload.as_of),
        set_code=payload.set,
        as_of=payload.as_of,
        codes=payload.codes,
        note=payload.note,
    )
    return Status(201, SubmissionOut(id=made.pk, count=made.observations.count()))


@router.get("/queue", response=Page[ObservationOut], summary="Số liệu chờ cơ quan mình thẩm tra")
def queue(request: HttpRequest, paging: Query[Paging]):
    who = actor(request)
    rows = waiting.queue(who, who.demonstration_day or timezone.localdate())
    page = paged(request, rows, paging)
    return {**page, "items": [observation_out(one) for one in page["items"]]}


@router.post("/observations/{observation}/verify", response={201: ObservationOut}, summary="Thẩm tra")
def verify(request: HttpRequest, observation: Id, payload: FindingIn):
    return Status(
        201, observation_out(services.verify(actor(request), observation, typed=payload.value, note=payload.note))
    )


@router.post("/observations/{observation}/appraise", response={201: ObservationOut}, summary="Thẩm định")
def appraise(request: HttpRequest, observation: Id, payload: FindingIn):
    return Status(
        201, observation_out(services.appraise(actor(request), observation, typed=payload.value, note=payload.note))
    )


@router.post("/observations/{observation}/return", response={201: Made}, summary="Trả lại, có lý do")
def give_back(request: HttpRequest, observation: Id, payload: ReturnIn):
    return Status(201, Made(id=services.give_back(actor(request), observation, reason=payload.reason).pk))


@router.post("/gaps", response={201: Made}, summary="Ghi hạng mục còn thiếu")
def record_gap(request: HttpRequest, payload: GapIn):
    made = services.record_gap(
        actor(request),
        unit_id=unit_of(payload.unit, payload.on),
        set_code=payload.set,
        criterion_no=payload.criterion,
        text=payload.text,
        on=payload.on,
        indicator_code=payload.indicator,
        cost=payload.cost,
    )
    return Status(201, Made(id=made.pk))
