"""Rà soát hiện trạng: opened by the upper office for its units, with a day, a due day and a lock."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from ntm.records.audit import services as audit
from ntm.records.people.authority import Actor
from ntm.records.standing import asked_items, registry
from ntm.records.standing.models import Campaign, CampaignUnit
from ntm.records.standing.queries import area
from ntm.records.standing.refusals import Refused
from ntm.records.standing.services.recording import refuse_when_out_of_force
from ntm.records.units import queries as units

__all__ = ["close_campaign", "extend_campaign", "open_campaign", "reopen_campaign"]


@transaction.atomic
def open_campaign(
    actor: Actor, *, title: str, unit_id: int, set_code: str, as_of: date, due: date, on: date
) -> Campaign:
    """Mở đợt: every unit of the set's level below `unit_id` on that day is asked."""
    actor.require("campaign.open", unit_id, on=on)
    row = registry.by_code(set_code)
    refuse_when_out_of_force(row, as_of)
    if not title.strip():
        raise Refused("Đặt tên cho đợt rà soát.")
    if due < on:
        raise Refused(f"Hạn gửi {due:%d/%m/%Y} đã qua.")
    asked = _asked(unit_id, row.level, as_of)
    if not asked:
        raise Refused("Không có đơn vị nào thuộc cấp của bộ tiêu chí này trong địa bàn ngày đó.")
    campaign = Campaign.objects.create(
        title=title.strip(),
        unit_id=unit_id,
        set=row,
        as_of=as_of,
        due=due,
        opened_by_id=actor.user_id,
        office=actor.office_label,
        opened_at=timezone.now(),
        opened_on=on,
    )
    CampaignUnit.objects.bulk_create(_units(campaign, asked))
    _audit(actor, campaign, "campaign.open", on)
    return campaign


@transaction.atomic
def close_campaign(actor: Actor, campaign_id: int, *, on: date) -> Campaign:
    """Khoá đợt: figures of its day can no longer be typed by the units asked."""
    campaign = _open(actor, campaign_id, "campaign.close", on)
    campaign.locked_at, campaign.locked_on, campaign.locked_by_id = timezone.now(), on, actor.user_id
    campaign.save(update_fields=["locked_at", "locked_on", "locked_by"])
    _audit(actor, campaign, "campaign.close", on)
    return campaign


@transaction.atomic
def extend_campaign(actor: Actor, campaign_id: int, *, due: date, on: date) -> Campaign:
    """Gia hạn đợt đang mở."""
    campaign = _open(actor, campaign_id, "campaign.open", on)
    if due <= campaign.due:
        raise Refused(f"Hạn mới phải sau {campaign.due:%d/%m/%Y}.")
    campaign.due = due
    campaign.save(update_fields=["due"])
    _audit(actor, campaign, "campaign.extend", on)
    return campaign


@transaction.atomic
def reopen_campaign(actor: Actor, campaign_id: int, *, reason: str, on: date) -> Campaign:
    """Mở lại đợt đã khoá, có lý do: the lock and its reopening stay in the log."""
    campaign = Campaign.objects.select_for_update().filter(pk=campaign_id).first()
    if campaign is None:
        raise Refused("Không tìm thấy đợt rà soát này.")
    actor.require("campaign.close", campaign.unit_id, on=on)
    if campaign.locked_at is None:
        raise Refused(f"Đợt “{campaign.title}” đang mở.")
    if not reason.strip():
        raise Refused("Ghi lý do mở lại.")
    campaign.locked_at = campaign.locked_on = campaign.locked_by = None
    campaign.save(update_fields=["locked_at", "locked_on", "locked_by"])
    _audit(actor, campaign, "campaign.reopen", on, reason=reason.strip())
    return campaign


def _asked(unit_id: int, level: str, as_of: date) -> list[int]:
    """The units below that the programme judges: communes, not the wards and towns beside them."""
    upper = units.label(unit_id, as_of).level
    below = area.positions(unit_id, upper, level, as_of).exclude(unit_id=unit_id)
    return list(below.order_by("unit_id").values_list("unit_id", flat=True))


def _units(campaign: Campaign, asked: list[int]) -> list[CampaignUnit]:
    """The units asked; what they had sent for that day before counts."""
    content = registry.content(campaign.set)
    whole = asked_items.asked_count(content, campaign.as_of)
    had = asked_items.answered_by(asked, campaign.set_id, content, campaign.as_of)
    return [
        CampaignUnit(
            campaign=campaign,
            unit_id=one,
            sent_items=had.get(one, 0),
            sent_at=campaign.opened_at if whole and had.get(one, 0) >= whole else None,
        )
        for one in asked
    ]


def _open(actor: Actor, campaign_id: int, action: str, on: date) -> Campaign:
    campaign = Campaign.objects.select_for_update().filter(pk=campaign_id).first()
    if campaign is None:
        raise Refused("Không tìm thấy đợt rà soát này.")
    actor.require(action, campaign.unit_id, on=on)
    if campaign.locked_at is not None:
        raise Refused(f"Đợt “{campaign.title}” đã khoá.")
    return campaign


def _audit(actor: Actor, campaign: Campaign, verb: str, on: date, **more: str) -> None:
    audit.record(
        actor=actor.stamp(),
        verb=verb,
        subject=campaign,
        unit_id=campaign.unit_id,
        on=on,
        detail={"title": campaign.title, "due": campaign.due.strftime("%d/%m/%Y"), "set": campaign.set.code, **more},
    )
