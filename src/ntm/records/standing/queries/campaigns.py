"""Đợt rà soát hiện trạng: which ones an office sees, and how far each unit asked has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from ntm.records.people.authority import Actor
from ntm.records.standing import descent, registry
from ntm.records.standing.asked_items import asked_count
from ntm.records.standing.models import Campaign, CampaignUnit, Observation, RegisteredSet
from ntm.records.standing.models.observations import FactKind, Stage, State
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = [
    "AskedUnit",
    "CampaignSummary",
    "CampaignView",
    "Step",
    "asked_of",
    "asked_sets",
    "get",
    "in_sight",
    "last_due",
    "open_for",
    "view",
    "waiting_for",
]


class Step(StrEnum):
    """Một đơn vị đang ở bước nào."""

    IDLE = "idle"
    TYPING = "typing"
    PARTLY = "partly"  # sent some of what is asked, not all
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class AskedUnit:
    """Một đơn vị trong đợt: its step, figures typed of those asked, and whether it was in time."""

    unit: UnitLabel
    step: Step
    first_typed_at: datetime | None
    sent_at: datetime | None
    figures: int
    sent_items: int
    accepted: int
    days_late: int  # after the due day: until it was sent, or until the asked day; 0: in time


@dataclass(frozen=True, slots=True)
class CampaignSummary:
    """Một đợt trong danh sách."""

    campaign: Campaign
    place: UnitLabel
    asked: int
    started: int
    partly: int
    sent: int  # everything that is asked
    locked: bool  # on the asked day
    days_left: int  # negative: overdue


@dataclass(frozen=True)
class CampaignView:
    """Trang tiến độ của một đợt."""

    campaign: Campaign
    place: UnitLabel
    rows: tuple[AskedUnit, ...]
    indicators: int  # that the set asks

    def count(self, step: str) -> int:
        return Counter(row.step for row in self.rows)[Step(step)]

    @property
    def idle(self) -> int:
        return self.count("idle")

    @property
    def typing(self) -> int:
        return self.count("typing")

    @property
    def partly(self) -> int:
        return self.count("partly")

    @property
    def sent(self) -> int:
        return self.count("sent")

    @property
    def late(self) -> int:
        return sum(row.days_late > 0 for row in self.rows)


def get(campaign_id: int) -> Campaign | None:
    """One review with its set."""
    return Campaign.objects.select_related("set", "opened_by", "locked_by").filter(pk=campaign_id).first()


def in_sight(actor: Actor, on: date, *, locked: bool | None = None) -> list[CampaignSummary]:
    """Các đợt liên quan đến địa bàn mình: asked of it, opened by it, above it or below it. The open ones by due day."""
    rows = Campaign.objects.select_related("set").filter(opened_on__lte=on)
    if locked is not None:
        rows = rows.filter(locked_on__lte=on) if locked else rows.filter(_open_on(on))
    if actor.unit_id is not None:
        above = [actor.unit_id, *units.ancestor_ids(actor.unit_id, on)]
        below = units.descendant_ids(actor.unit_id, on)
        asked = CampaignUnit.objects.filter(campaign=OuterRef("pk"), unit_id=actor.unit_id)
        rows = rows.filter(Q(unit_id__in=above) | Q(unit_id__in=list(below)) | Exists(asked))
    counted = rows.annotate(
        asked_units=Count("units"),
        started_units=Count("units", filter=Q(units__first_typed_at__isnull=False)),
        sent_units=Count("units", filter=Q(units__sent_at__isnull=False)),
        partly_units=Count("units", filter=Q(units__sent_at__isnull=True, units__sent_items__gt=0)),
    )
    found = list(counted.order_by("due", "pk"))
    labels = units.labels({one.unit_id for one in found}, on)
    return [
        CampaignSummary(
            campaign=one,
            place=labels[one.unit_id],
            asked=one.asked_units,
            started=one.started_units,
            partly=one.partly_units,
            sent=one.sent_units,
            locked=one.locked_on is not None and one.locked_on <= on,
            days_left=(one.due - on).days,
        )
        for one in found
    ]


def _open_on(on: date) -> Q:
    """The condition that a review is open on the day."""
    return Q(opened_on__lte=on) & (Q(locked_on=None) | Q(locked_on__gt=on))


def waiting_for(unit_id: int | None, on: date) -> list[CampaignUnit]:
    """Đợt đang mở ngày đó hỏi đúng đơn vị này: what it has done of each, by due day."""
    if unit_id is None:
        return []
    rows = CampaignUnit.objects.filter(unit_id=unit_id, campaign__in=Campaign.objects.filter(_open_on(on)))
    return list(rows.select_related("campaign__set").order_by("campaign__due"))


def open_for(unit_ids: Iterable[int], on: date) -> dict[tuple[int, int], Campaign]:
    """Đợt đang mở hỏi những đơn vị này: unit and set -> the review with the nearest due day."""
    rows = CampaignUnit.objects.filter(unit_id__in=list(unit_ids), campaign__in=Campaign.objects.filter(_open_on(on)))
    found: dict[tuple[int, int], Campaign] = {}
    for row in rows.select_related("campaign").order_by("campaign__due", "campaign_id"):
        found.setdefault((row.unit_id, row.campaign.set_id), row.campaign)
    return found


def asked_of(campaign: Campaign) -> int:
    """Bao nhiêu nội dung đợt này hỏi mỗi đơn vị."""
    return asked_count(registry.content(campaign.set), campaign.as_of)


def view(campaign: Campaign, on: date) -> CampaignView:
    """Tiến độ từng đơn vị: four queries and the names, whatever the number of units."""
    rows = list(CampaignUnit.objects.filter(campaign=campaign))
    ids = [row.unit_id for row in rows]
    labels = units.labels([*ids, campaign.unit_id], campaign.as_of)
    typed = (
        Observation.objects.filter(unit_id__in=ids, set_id=campaign.set_id, as_of=campaign.as_of, stage=Stage.SELF)
        .filter(state__in=(State.DRAFT, State.SENT, State.ACCEPTED, State.RETURNED))
        .exclude(kind=FactKind.NO_DATA)
        .values("unit_id")
        .annotate(n=Count("code", distinct=True), accepted=Count("code", filter=Q(state=State.ACCEPTED), distinct=True))
    )
    counts = {one["unit_id"]: (one["n"], one["accepted"]) for one in typed}
    made = [_asked(row, labels[row.unit_id], counts.get(row.unit_id, (0, 0)), campaign, on) for row in rows]
    criteria_set = registry.content(campaign.set)
    asked = asked_count(criteria_set, campaign.as_of)
    ordered = sorted(made, key=lambda one: (list(Step).index(one.step), descent.order(one.unit)))
    return CampaignView(campaign, labels[campaign.unit_id], tuple(ordered), asked)


def _asked(row: CampaignUnit, label: UnitLabel, counts: tuple[int, int], campaign: Campaign, on: date) -> AskedUnit:
    step = (
        Step.SENT
        if row.sent_at
        else Step.PARTLY
        if row.sent_items
        else Step.TYPING
        if row.first_typed_at
        else Step.IDLE
    )
    done = timezone.localtime(row.sent_at).date() if row.sent_at else on
    told_afterwards = timezone.localtime(campaign.opened_at).date() > campaign.due  # a past review entered later
    late = 0 if told_afterwards else max(0, (done - campaign.due).days)
    return AskedUnit(label, step, row.first_typed_at, row.sent_at, counts[0], row.sent_items, counts[1], late)


def asked_sets(level: str, on: date, province_code: str | None) -> list[RegisteredSet]:
    """Các bộ mà một đợt của đơn vị cấp này có thể hỏi: those of lower levels in force."""
    order = ["tinh", "huyen", "xa", "thon"]
    lower = order[order.index(level) + 1 :] if level in order else order
    return [row for one in lower for row in registry.sets_in_force(one, on, province_code)]


def last_due(on: date) -> date:
    """Hạn gợi ý: three weeks from now."""
    return on + timedelta(days=21)
