"""Minh chứng: files that a figure rests on. The archive keeps the content once and logs each use; here is of what."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from ntm.records.archive import services as archive
from ntm.records.people.authority import Actor
from ntm.records.standing import registry, typing_in
from ntm.records.standing.models import Evidence, Observation
from ntm.records.standing.models.observations import State
from ntm.records.standing.refusals import Refused

__all__ = ["attach", "carry_files", "detach", "release_files"]

_STILL_OPEN = (State.DRAFT, State.SENT, State.RETURNED)


@transaction.atomic
def attach(actor: Actor, observation_id: int, *, content: bytes, name: str) -> Evidence:
    """Đính kèm minh chứng vào một số liệu chưa được nhận; of a draft it stays the office's own until sent."""
    observation = Observation.objects.select_related("set").filter(pk=observation_id).first()
    if observation is None:
        raise Refused("Không tìm thấy số liệu này.")
    if observation.state not in _STILL_OPEN:
        raise Refused("Số liệu này đã được nhận hoặc đã thay; ghi số liệu mới rồi đính kèm.")
    _, criterion_no = typing_in.find_asked(registry.content(observation.set), observation.code)
    use = archive.attach(
        actor,
        content=content,
        name=name,
        unit_id=observation.unit_id,
        on=observation.as_of,
        criterion=typing_in.charge(observation.set.code, observation.code, criterion_no),
        draft=observation.state == State.DRAFT,
    )
    if Evidence.objects.filter(observation=observation, use__file=use.file, removed_at__isnull=True).exists():
        raise Refused(f"Tệp “{use.name}” đã đính kèm vào chỉ tiêu {observation.code}.")
    return Evidence.objects.create(observation=observation, use=use)


@transaction.atomic
def detach(actor: Actor, evidence_id: int, *, reason: str, on: date) -> Evidence:
    """Gỡ minh chứng khỏi số liệu nháp: the content stays in the archive."""
    evidence = Evidence.objects.select_for_update(of=("self",)).select_related("use").filter(pk=evidence_id).first()
    if evidence is None or evidence.removed_at is not None:
        raise Refused("Không tìm thấy tệp này ở số liệu.")
    archive.detach(actor, evidence.use, reason=reason, on=on)
    evidence.removed_at = timezone.now()
    evidence.save(update_fields=["removed_at"])
    return evidence


def carry_files(before: Observation, after: Observation) -> None:
    """A corrected draft keeps the files of the draft it takes the place of."""
    Evidence.objects.filter(observation=before, removed_at__isnull=True).update(observation=after)


def release_files(actor: Actor, observation_ids: list[int], unit_id: int, on: date) -> int:
    """Files of drafts go along when the drafts are sent."""
    files = Evidence.objects.filter(observation_id__in=observation_ids, removed_at__isnull=True)
    return archive.release(actor, file_ids=list(files.values_list("use__file_id", flat=True)), unit_id=unit_id, on=on)
