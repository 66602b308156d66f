"""Minh chứng: files that a figure rests on. The file is stored once; here is who attached it to what."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from ntm.records.archive import services as archive
from ntm.records.audit import services as audit
from ntm.records.people.authority import Actor
from ntm.records.standing import registry, typing_in
from ntm.records.standing.models import Evidence, Observation
from ntm.records.standing.models.observations import State
from ntm.records.standing.refusals import Refused

__all__ = ["attach", "detach"]

_STILL_OPEN = (State.DRAFT, State.SENT, State.RETURNED)


@transaction.atomic
def attach(actor: Actor, observation_id: int, *, content: bytes, name: str) -> Evidence:
    """Đính kèm minh chứng vào một số liệu chưa được nhận."""
    observation = _open(observation_id)
    _, criterion_no = typing_in.find_asked(registry.content(observation.set), observation.code)
    actor.require(
        "evidence.attach",
        observation.unit_id,
        on=observation.as_of,
        criterion=typing_in.charge(observation.set.code, observation.code, criterion_no),
    )
    stored = archive.store(actor, content=content, name=name, unit_id=observation.unit_id, on=observation.as_of)
    if Evidence.objects.filter(observation=observation, file=stored, removed_at__isnull=True).exists():
        raise Refused(f"Tệp “{name}” đã đính kèm vào chỉ tiêu {observation.code}.")
    evidence = Evidence.objects.create(
        observation=observation,
        file=stored,
        name=name[:255],
        attached_by_id=actor.user_id,
        attached_at=timezone.now(),
    )
    _audit(actor, evidence, "evidence.attach", {})
    return evidence


@transaction.atomic
def detach(actor: Actor, evidence_id: int, *, reason: str = "") -> Evidence:
    """Gỡ minh chứng khỏi số liệu nháp: the file stays in the archive."""
    evidence = Evidence.objects.select_for_update().select_related("observation__set").filter(pk=evidence_id).first()
    if evidence is None or evidence.removed_at is not None:
        raise Refused("Không tìm thấy tệp này ở số liệu.")
    observation = evidence.observation
    actor.require("evidence.attach", observation.unit_id, on=observation.as_of)
    if observation.state != State.DRAFT:
        raise Refused("Số liệu đã gửi thì không gỡ minh chứng; đính kèm thêm tệp đúng, hoặc ghi số liệu mới.")
    evidence.removed_at = timezone.now()
    evidence.save(update_fields=["removed_at"])
    _audit(actor, evidence, "evidence.detach", {"reason": reason} if reason else {})
    return evidence


def _open(observation_id: int) -> Observation:
    observation = Observation.objects.select_related("set").filter(pk=observation_id).first()
    if observation is None:
        raise Refused("Không tìm thấy số liệu này.")
    if observation.state not in _STILL_OPEN:
        raise Refused("Số liệu này đã được nhận hoặc đã thay; ghi số liệu mới rồi đính kèm.")
    return observation


def _audit(actor: Actor, evidence: Evidence, verb: str, more: dict[str, str]) -> None:
    observation = evidence.observation
    audit.record(
        actor=actor.stamp(),
        verb=verb,
        subject=evidence,
        unit_id=observation.unit_id,
        on=observation.as_of,
        detail={"file": evidence.name, "indicator": observation.code, **more},
    )
