"""Sửa số bị trả lại: taken up again as a draft with the same value and the same files, to be mended and sent anew."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from ntm.records.archive import services as archive
from ntm.records.people.authority import Actor
from ntm.records.standing.models import Evidence, Observation
from ntm.records.standing.models.observations import Stage, State
from ntm.records.standing.refusals import Refused
from ntm.records.standing.services.evidence import attach
from ntm.records.standing.services.recording import record

__all__ = ["take_up"]


@transaction.atomic
def take_up(actor: Actor, observation_id: int) -> Observation:
    """Lấy lại số đã trả lại làm bản nháp. A draft that is already there keeps its value and gets the files it lacks."""
    returned = Observation.objects.select_related("set").filter(pk=observation_id).first()
    if returned is None or returned.state != State.RETURNED:
        raise Refused("Số liệu này không ở tình trạng bị trả lại. Mở lại trang để xem số mới nhất.")
    draft = Observation.objects.filter(
        unit_id=returned.unit_id,
        set_id=returned.set_id,
        code=returned.code,
        as_of=returned.as_of,
        stage=Stage.SELF,
        state=State.DRAFT,
    ).first()
    if draft is None:
        draft = record(
            actor,
            unit_id=returned.unit_id,
            set_code=returned.set.code,
            code=returned.code,
            as_of=returned.as_of,
            typed=returned.typed,
            note=returned.note,
            seen=0,
        )
    there = set(_files(draft).values_list("use__file_id", flat=True))
    for evidence in _files(returned).exclude(use__file_id__in=there).select_related("use"):
        opened = archive.open_for(actor, evidence.use.file_id, returned.as_of)
        with opened.stream as stream:
            attach(actor, draft.pk, content=stream.read(), name=evidence.use.name)
    return draft


def _files(observation: Observation) -> QuerySet[Evidence]:
    return Evidence.objects.filter(observation=observation, removed_at__isnull=True)
