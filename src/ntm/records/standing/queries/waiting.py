"""Việc đang chờ: what an office has to verify, what was given back to it, what it has not sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Min, Q, QuerySet

from ntm.records.people.authority import Actor, reach
from ntm.records.standing import typing_in
from ntm.records.standing.models import Campaign, CampaignUnit, Observation, RegisteredSet, Returned
from ntm.records.standing.models.observations import Stage, State

__all__ = [
    "CampaignProgress",
    "DraftGroup",
    "campaigns_for",
    "drafts_for",
    "progress",
    "queue",
    "returned_for",
    "returns_for",
]


@dataclass(frozen=True, slots=True)
class DraftGroup:
    """Nháp chưa gửi, or figures given back: of one unit, set and day."""

    unit_id: int
    set_code: str
    set_name: str
    as_of: date
    count: int
    last: datetime


@dataclass(frozen=True)
class CampaignProgress:
    """Tiến độ một đợt rà soát."""

    campaign: Campaign
    asked: int
    not_started: tuple[int, ...]
    typing: tuple[int, ...]
    sent: tuple[int, ...]


def queue(
    actor: Actor, on: date, action: str = "observation.verify", *, unit_id: int | None = None
) -> list[Observation]:
    """Số liệu chờ thẩm tra (or thẩm định) that this office may look at, oldest submission first; of one unit if asked."""
    rows = Observation.objects.select_related("set", "submission__campaign", "recorded_by").filter(as_of__lte=on)
    if unit_id is not None:
        rows = rows.filter(unit_id=unit_id)
    if action == "observation.verify":
        rows = rows.filter(state=State.SENT, stage=Stage.SELF)
    else:
        rows = rows.filter(state=State.ACCEPTED, stage=Stage.VERIFIED).exclude(answered_by__stage=Stage.APPRAISED)
    days = list(rows.order_by().values_list("as_of", flat=True).distinct())
    areas = {day: reach(actor, action, on=day) for day in days}  # a unit may lie elsewhere, or no more, today
    own = Q(pk__in=[])
    for day, area in areas.items():
        own |= Q(as_of=day) if area.everywhere else Q(as_of=day, unit_id__in=list(area.unit_ids))
    return [
        row
        for row in rows.filter(own).order_by("submission__sent_at", "unit_id", "code")
        if areas[row.as_of].criteria is None
        or areas[row.as_of].covers(row.unit_id, typing_in.charge_of_code(row.set.code, row.code))
    ]


def drafts_for(actor: Actor, on: date) -> list[DraftGroup]:
    """Nháp của cơ quan mình, chưa gửi."""
    return _groups(actor, on, State.DRAFT)


def returned_for(actor: Actor, on: date) -> list[DraftGroup]:
    """Số liệu bị trả lại, chờ sửa."""
    return _groups(actor, on, State.RETURNED)


def _groups(actor: Actor, on: date, state: State) -> list[DraftGroup]:
    area = reach(actor, "observation.record", on=on)
    rows = _within(Observation.objects.filter(state=state, stage=Stage.SELF), area.everywhere, area.unit_ids)
    grouped = (
        rows.values("unit_id", "set__code", "set__name", "as_of")
        .annotate(count=Count("pk"), last=Max("recorded_at"))
        .order_by("as_of", "unit_id")
    )
    return [
        DraftGroup(g["unit_id"], g["set__code"], g["set__name"], g["as_of"], g["count"], g["last"]) for g in grouped
    ]


def _within(rows: QuerySet[Observation], everywhere: bool, unit_ids: Iterable[int]) -> QuerySet[Observation]:
    return rows if everywhere else rows.filter(unit_id__in=list(unit_ids))


def campaigns_for(actor: Actor, on: date) -> list[Campaign]:
    """Đợt rà soát đang mở mà đơn vị của mình được hỏi, or that one's own office opened; by due day."""
    rows = Campaign.objects.filter(locked_at__isnull=True).select_related("set")
    if actor.unit_id is None:
        return list(rows.order_by("due"))
    asked = rows.filter(units__unit_id=actor.unit_id) | rows.filter(unit_id=actor.unit_id)
    return list(asked.distinct().order_by("due"))


def progress(campaign: Campaign) -> CampaignProgress:
    """Ai chưa bắt đầu, ai đang nhập, ai đã gửi."""
    rows = list(CampaignUnit.objects.filter(campaign=campaign).order_by("unit_id"))
    sent = tuple(row.unit_id for row in rows if row.sent_at)
    typing = tuple(row.unit_id for row in rows if row.first_typed_at and not row.sent_at)
    idle = tuple(row.unit_id for row in rows if not row.first_typed_at and not row.sent_at)
    return CampaignProgress(campaign, len(rows), idle, typing, sent)


def first_figure(row: RegisteredSet) -> date | None:
    """Ngày số liệu đầu tiên theo bộ này, anywhere."""
    return Observation.objects.filter(set=row).aggregate(first=Min("as_of"))["first"]


def returns_for(actor: Actor, on: date, *, most: int = 20) -> list[Returned]:
    """Vì sao bị trả lại: the reasons of the figures that wait to be mended, the newest first."""
    area = reach(actor, "observation.record", on=on)
    rows = Returned.objects.filter(observation__state=State.RETURNED).select_related("observation__set")
    if not area.everywhere:
        rows = rows.filter(observation__unit_id__in=list(area.unit_ids))
    return list(rows.order_by("-returned_at")[:most])
