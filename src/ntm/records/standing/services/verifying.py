"""Thẩm tra, trả lại, thẩm định: another office looks at a figure; the first one stays beside what it found."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from ntm.records.audit import services as audit
from ntm.records.people.authority import Actor
from ntm.records.standing import facts, keeping, registry, typing_in
from ntm.records.standing.models import Observation, Returned
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.models.observations import Stage, State
from ntm.records.standing.refusals import Refused
from ntm.records.standing.services.recording import Source, append, written

__all__ = ["appraise", "give_back", "verify"]


@transaction.atomic
def verify(actor: Actor, observation_id: int, *, typed: str | None = None, note: str = "") -> Observation:
    """Thẩm tra: accept the sent figure (typed None), or put down what the verifier found, with the reason in `note`."""
    return _confirm(actor, observation_id, "observation.verify", Stage.SELF, Stage.VERIFIED, typed, note)


@transaction.atomic
def appraise(actor: Actor, observation_id: int, *, typed: str | None = None, note: str = "") -> Observation:
    """Thẩm định: the same, over a verified figure."""
    return _confirm(actor, observation_id, "observation.appraise", Stage.VERIFIED, Stage.APPRAISED, typed, note)


@transaction.atomic
def give_back(actor: Actor, observation_id: int, *, reason: str) -> Returned:
    """Trả lại, có lý do: the office sees the reason and corrects by a new figure."""
    observation = _locked(observation_id)
    criteria_set = registry.content(observation.set)
    _, criterion_no = typing_in.find_asked(criteria_set, observation.code)
    actor.require(
        "observation.return",
        observation.unit_id,
        on=observation.as_of,
        criterion=typing_in.charge(observation.set.code, observation.code, criterion_no),
    )
    if not reason.strip():
        raise Refused("Ghi lý do trả lại để xã biết cần sửa gì.")
    if observation.state != State.SENT or observation.stage != Stage.SELF:
        raise Refused(_wrong_state(observation, "trả lại"))
    Observation.objects.filter(pk=observation.pk).update(state=State.RETURNED)
    returned = Returned.objects.create(
        observation=observation,
        reason=reason.strip(),
        returned_by_id=actor.user_id,
        office=actor.office_label,
        returned_at=timezone.now(),
    )
    keeping.refresh(observation.unit_id, observation.set, (Basis.SELF,))
    audit.record(
        actor=actor.stamp(),
        verb="observation.return",
        subject=observation,
        unit_id=observation.unit_id,
        on=observation.as_of,
        detail=written(observation) | {"reason": reason.strip()},
    )
    return returned


def _confirm(
    actor: Actor, observation_id: int, action: str, before: Stage, after: Stage, typed: str | None, note: str
) -> Observation:
    observation = _locked(observation_id)
    criteria_set = registry.content(observation.set)
    asked, criterion_no = typing_in.find_asked(criteria_set, observation.code)
    actor.require(
        action,
        observation.unit_id,
        on=observation.as_of,
        criterion=typing_in.charge(observation.set.code, observation.code, criterion_no),
    )
    ready = State.SENT if before == Stage.SELF else State.ACCEPTED
    if observation.stage != before or observation.state != ready:
        raise Refused(_wrong_state(observation, "thẩm tra" if before == Stage.SELF else "thẩm định"))
    fact = facts.fact_of(observation.kind, observation.value)
    found = fact if typed is None else typing_in.parse_typed(asked, typed)
    if found != fact and not note.strip():
        raise Refused(f"{typing_in.describe(asked)}: kết quả khác số của xã (“{observation.typed}”); ghi lý do.")
    earlier = (
        Observation.objects.select_for_update()
        .filter(
            unit_id=observation.unit_id,
            set_id=observation.set_id,
            code=observation.code,
            as_of=observation.as_of,
            stage=after,
            state=State.ACCEPTED,
        )
        .first()
    )
    if before == Stage.SELF:
        Observation.objects.filter(pk=observation.pk).update(state=State.ACCEPTED)
    confirmed = append(
        actor,
        observation.set,
        observation.unit_id,
        observation.code,
        observation.as_of,
        after,
        State.ACCEPTED,
        found,
        typed if typed is not None else observation.typed,
        note.strip(),
        Source("desk"),
        observation.assumed,
        earlier,
        answers=observation,
    )
    keeping.refresh(observation.unit_id, observation.set)
    audit.record(
        actor=actor.stamp(),
        verb=action,
        subject=confirmed,
        unit_id=observation.unit_id,
        on=observation.as_of,
        detail=written(confirmed, observation) | {"changed": str(found != fact)},
    )
    return confirmed


def _locked(observation_id: int) -> Observation:
    observation = (
        Observation.objects.select_for_update(of=("self",)).select_related("set").filter(pk=observation_id).first()
    )
    if observation is None:
        raise Refused("Không tìm thấy số liệu này; có thể đã được thay bằng số mới. Mở lại trang.")
    return observation


def _wrong_state(observation: Observation, deed: str) -> str:
    return (
        f"Không {deed} được: số liệu chỉ tiêu {observation.code} đang ở tình trạng "
        f"“{observation.get_state_display()}”, giai đoạn “{observation.get_stage_display()}”."
    )
