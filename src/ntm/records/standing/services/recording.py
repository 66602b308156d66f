"""Ghi số liệu: one figure of one unit. A draft never hides a figure that was sent; what was written before stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from ntm.domain.assessment.model import Fact
from ntm.records.audit import services as audit
from ntm.records.people.authority import Actor
from ntm.records.standing import facts, registry, typing_in
from ntm.records.standing.models import Campaign, CampaignUnit, Observation, RegisteredSet
from ntm.records.standing.models.observations import Stage, State
from ntm.records.standing.refusals import Conflict, Refused
from ntm.records.standing.services.evidence import carry_files
from ntm.records.units import queries as units

__all__ = ["Source", "append", "record", "refuse_when_locked", "written"]


@dataclass(frozen=True, slots=True)
class Source:
    """Nguồn nhập: desk, xlsx, csv, api, phone, demo or document, and the place in it (file, sheet, cell, lines)."""

    name: str = "desk"
    place: str = ""


@transaction.atomic
def record(
    actor: Actor,
    *,
    unit_id: int,
    set_code: str,
    code: str,
    as_of: date,
    typed: str,
    note: str = "",
    seen: int | None = None,
    source: Source = Source(),
    assumed: bool = False,
) -> Observation:
    """Ghi (nháp) số liệu tự đánh giá. `seen`: the draft the person was looking at (0: none); when another one stands by
    now, Conflict names who wrote it. Refused when the set, indicator, value, day or a lock says no; Denied by authority.
    """
    row = registry.by_code(set_code)
    criteria_set = registry.content(row)
    asked, criterion_no = typing_in.find_asked(criteria_set, code)
    actor.require("observation.record", unit_id, on=as_of, criterion=typing_in.charge(set_code, code, criterion_no))
    refuse_when_out_of_force(row, as_of)
    refuse_when_not_there(unit_id, row, as_of)
    refuse_when_locked(unit_id, row, as_of)
    fact = typing_in.parse_typed(asked, typed)
    draft = _living(unit_id, row, code, as_of, Stage.SELF, (State.DRAFT,))
    if draft and draft.note == note and facts.kind_of(fact) == (draft.kind, draft.scaled):
        return draft  # said again, as after a lost connection: nobody is overwritten
    if seen is not None and (draft.pk if draft else 0) != seen:
        raise _conflict(draft, code)
    observation = append(
        actor, row, unit_id, code, as_of, Stage.SELF, State.DRAFT, fact, typed, note, source, assumed, draft
    )
    if draft:
        carry_files(draft, observation)
    _mark_started(unit_id, row, as_of)
    audit.record(
        actor=actor.stamp(),
        verb="observation.correct" if draft else "observation.record",
        subject=observation,
        unit_id=unit_id,
        on=as_of,
        detail=written(observation, draft),
    )
    return observation


def append(
    actor: Actor,
    row: RegisteredSet,
    unit_id: int,
    code: str,
    as_of: date,
    stage: Stage,
    state: State,
    fact: Fact,
    typed: str,
    note: str,
    source: Source,
    assumed: bool,
    supersedes: Observation | None,
    answers: Observation | None = None,
) -> Observation:
    """Append one row and retire the one it supersedes. The caller has asked authority and rules, and audits."""
    kind, scaled = _kept(fact, code)
    if supersedes is not None:
        Observation.objects.filter(pk=supersedes.pk).update(state=State.SUPERSEDED)
    return Observation.objects.create(
        unit_id=unit_id,
        set=row,
        code=code,
        as_of=as_of,
        stage=stage,
        state=state,
        kind=kind,
        scaled=scaled,
        typed=typed[:200],
        note=note,
        assumed=assumed,
        source=source.name,
        source_place=source.place[:300],
        recorded_by_id=actor.user_id,
        office=actor.office_label,
        recorded_at=timezone.now(),
        supersedes=supersedes,
        answers=answers,
    )


def _kept(fact: Fact, code: str) -> tuple[int, int | None]:
    try:
        return facts.kind_of(fact)
    except ValueError as reason:
        raise Refused(f"Chỉ tiêu {code}: {reason}") from None


def written(observation: Observation, before: Observation | None = None) -> dict[str, str]:
    """Words for the log."""
    detail = {
        "indicator": observation.code,
        "value": observation.typed,
        "as_of": observation.as_of.isoformat(),
        "set": observation.set.code,
    }
    return detail | ({"before": before.typed} if before else {})


def refuse_when_out_of_force(row: RegisteredSet, as_of: date) -> None:
    if (row.start and as_of < row.start) or (row.end and as_of >= row.end):
        begin = row.start.strftime("%d/%m/%Y") if row.start else "chưa rõ"
        end = row.end.strftime("%d/%m/%Y") if row.end else "chưa rõ"
        raise Refused(
            f"Ngày {as_of:%d/%m/%Y} nằm ngoài thời gian áp dụng của “{row.name}” (từ {begin} đến trước {end}). "
            "Chọn ngày khác hoặc bộ tiêu chí của giai đoạn đó."
        )


def refuse_when_not_there(unit_id: int, row: RegisteredSet, as_of: date) -> None:
    """The unit must stand on that day and be of the set's level."""
    label = units.label(unit_id, as_of)
    if not label.living:
        raise Refused(f"Ngày {as_of:%d/%m/%Y} chưa có hoặc không còn {label.title}.")
    if label.level != row.level:
        raise Refused(f"“{row.name}” không áp dụng cho {label.title}.")


def refuse_when_locked(unit_id: int, row: RegisteredSet, as_of: date) -> None:
    """A locked review keeps its day's figures as they are."""
    locked = (
        Campaign.objects.filter(units__unit_id=unit_id, set=row, as_of=as_of, locked_at__isnull=False)
        .order_by("-locked_at")
        .first()
    )
    if locked:
        raise Refused(
            f"Đợt “{locked.title}” đã khoá số liệu ngày {as_of:%d/%m/%Y}. "
            f"Đề nghị {locked.office} mở lại, hoặc ghi số liệu của ngày sau."
        )


def _living(
    unit_id: int, row: RegisteredSet, code: str, as_of: date, stage: Stage, states: tuple[State, ...]
) -> Observation | None:
    return (
        Observation.objects.select_for_update()
        .filter(unit_id=unit_id, set=row, code=code, as_of=as_of, stage=stage, state__in=states)
        .first()
    )


def _conflict(other: Observation | None, code: str) -> Conflict:
    if other is None:
        return Conflict(f"Chỉ tiêu {code}: bản nháp bạn đang xem đã được gửi hoặc thay. Mở lại trang để xem.", 0)
    return Conflict(
        f"Chỉ tiêu {code}: {other.office} vừa nhập “{other.typed}” lúc {timezone.localtime(other.recorded_at):%H:%M}. "
        "Chưa ghi đè; xem số đó rồi nhập lại nếu cần.",
        other.pk,
    )


def _mark_started(unit_id: int, row: RegisteredSet, as_of: date) -> None:
    CampaignUnit.objects.filter(
        unit_id=unit_id, campaign__set=row, campaign__as_of=as_of, first_typed_at__isnull=True
    ).update(first_typed_at=timezone.now())
