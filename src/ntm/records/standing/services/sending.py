"""Gửi thẩm tra: drafts of a day become the office's word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from ntm.records.audit import services as audit
from ntm.records.people.authority import Actor
from ntm.records.standing import asked_items, keeping, registry
from ntm.records.standing.models import Campaign, CampaignUnit, Observation, Submission
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.models.observations import FactKind, Stage, State
from ntm.records.standing.refusals import Refused
from ntm.records.standing.services.evidence import release_files
from ntm.records.standing.services.recording import refuse_when_locked

__all__ = ["lacking_evidence", "send"]


@transaction.atomic
def send(
    actor: Actor, *, unit_id: int, set_code: str, as_of: date, codes: Sequence[str] | None = None, note: str = ""
) -> Submission:
    """Gửi các bản nháp của ngày số liệu đó (or only `codes`). Every one needs a file or a written reason."""
    actor.require("observation.send", unit_id, on=as_of)
    row = registry.by_code(set_code)
    refuse_when_locked(unit_id, row, as_of)
    drafts = Observation.objects.select_for_update().filter(
        unit_id=unit_id, set=row, as_of=as_of, stage=Stage.SELF, state=State.DRAFT
    )
    if codes is not None:
        drafts = drafts.filter(code__in=list(codes))
    drafts_now = list(drafts.order_by("code"))
    if not drafts_now:
        raise Refused(f"Không có số liệu nháp ngày {as_of:%d/%m/%Y} để gửi. Nhập số liệu trước.")
    lacking = lacking_evidence([draft.pk for draft in drafts_now])
    if lacking:
        raise Refused(f"Chưa gửi được: chỉ tiêu {', '.join(lacking)} chưa có minh chứng. Đính kèm tệp hoặc ghi lý do.")
    return _sent(actor, row.pk, unit_id, as_of, drafts_now, note)


def lacking_evidence(observation_ids: list[int]) -> list[str]:
    """Codes of figures that have neither a file nor a reason; "no data" needs none."""
    rows = (
        Observation.objects.filter(pk__in=observation_ids, note="")
        .exclude(kind=FactKind.NO_DATA)
        .annotate(files=Count("evidence", filter=Q(evidence__removed_at__isnull=True)))
        .filter(files=0)
        .order_by("code")
    )
    return list(rows.values_list("code", flat=True))


def _sent(actor: Actor, set_id: int, unit_id: int, as_of: date, drafts: list[Observation], note: str) -> Submission:
    now = timezone.now()
    campaign = (
        Campaign.objects.filter(units__unit_id=unit_id, set_id=set_id, as_of=as_of, locked_at__isnull=True)
        .order_by("due")
        .first()
    )
    submission = Submission.objects.create(
        unit_id=unit_id,
        set_id=set_id,
        campaign=campaign,
        sent_by_id=actor.user_id,
        office=actor.office_label,
        sent_at=now,
        note=note,
    )
    codes = [draft.code for draft in drafts]
    before = Observation.objects.filter(
        unit_id=unit_id, set_id=set_id, as_of=as_of, stage=Stage.SELF, code__in=codes
    ).filter(state__in=(State.SENT, State.ACCEPTED, State.RETURNED))
    before.update(state=State.SUPERSEDED)
    Observation.objects.filter(pk__in=[draft.pk for draft in drafts]).update(state=State.SENT, submission=submission)
    _count(unit_id, submission)
    release_files(actor, [draft.pk for draft in drafts], unit_id, as_of)
    row = submission.set
    keeping.refresh(unit_id, row, (Basis.SELF,))
    audit.record(
        actor=actor.stamp(),
        verb="observation.send",
        subject=submission,
        unit_id=unit_id,
        on=as_of,
        detail={"count": len(codes), "codes": codes, "set": row.code},
    )
    return submission


def _count(unit_id: int, submission: Submission) -> None:
    """Đã gửi bao nhiêu của những gì đợt hỏi; "gửi đủ" only when nothing asked is left."""
    campaign = submission.campaign
    if campaign is None:
        return
    content = registry.content(submission.set)
    told = asked_items.answered_by([unit_id], submission.set_id, content, campaign.as_of).get(unit_id, 0)
    asked = CampaignUnit.objects.filter(campaign=campaign, unit_id=unit_id)
    asked.update(sent_items=told)
    if told >= asked_items.asked_count(content, campaign.as_of):
        asked.filter(sent_at=None).update(sent_at=submission.sent_at)
