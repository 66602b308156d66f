"""Bỏ bản nháp: a draft that was never sent is taken back; what was sent before stands again."""

from __future__ import annotations

from django.db import transaction

from ntm.records.audit import services as audit
from ntm.records.people.authority import Actor
from ntm.records.standing import registry, typing_in
from ntm.records.standing.models import Observation
from ntm.records.standing.models.observations import State
from ntm.records.standing.refusals import Refused
from ntm.records.standing.services.recording import refuse_when_locked, written

__all__ = ["withdraw"]


@transaction.atomic
def withdraw(actor: Actor, observation_id: int) -> Observation:
    """Rút bản nháp: kept as superseded, no longer counted nor sent. Refused for anything but a draft."""
    draft = Observation.objects.select_for_update(of=("self",)).select_related("set").filter(pk=observation_id).first()
    if draft is None:
        raise Refused("Không tìm thấy bản nháp này.")
    _, criterion_no = typing_in.find_asked(registry.content(draft.set), draft.code)
    charge = typing_in.charge(draft.set.code, draft.code, criterion_no)
    actor.require("observation.record", draft.unit_id, on=draft.as_of, criterion=charge)
    if draft.state != State.DRAFT:
        raise Refused(f"Số liệu chỉ tiêu {draft.code} không còn là nháp ({draft.get_state_display()}), không rút được.")
    refuse_when_locked(draft.unit_id, draft.set, draft.as_of)
    draft.state = State.SUPERSEDED
    draft.save(update_fields=["state"])
    audit.record(
        actor=actor.stamp(),
        verb="observation.withdraw",
        subject=draft,
        unit_id=draft.unit_id,
        on=draft.as_of,
        detail=written(draft),
    )
    return draft
