"""Mang số liệu sang đơn vị kế thừa: an explicit deed under a named rule; and taking it back. Nothing is carried silently."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from ntm.domain.assessment.merging import Rule
from ntm.records.audit import services as audit
from ntm.records.people.authority import Actor
from ntm.records.standing import keeping, registry
from ntm.records.standing.models import CarriedFrom, Observation, RegisteredSet
from ntm.records.standing.models.observations import Stage, State
from ntm.records.standing.queries import carrying as reads
from ntm.records.standing.queries.carrying import Carrying, CarryingLine, Weights
from ntm.records.standing.refusals import Refused
from ntm.records.standing.services.recording import (
    Source,
    append,
    refuse_when_locked,
    refuse_when_not_there,
    refuse_when_out_of_force,
)

__all__ = ["SOURCE", "carry_figures", "take_back_carried"]

SOURCE = "carried"
_NAMED = (Rule.SUM, Rule.WEIGHTED)  # a sum or a mean is right for some indicators only: the office names them
_WORDS = {
    Rule.WHOLE: "lấy nguyên của đơn vị cũ",
    Rule.ALL_MEET: "mọi đơn vị cũ đều đạt",
    Rule.SUM: "cộng số đếm",
    Rule.WEIGHTED: "bình quân theo trọng số",
}


@transaction.atomic
def carry_figures(
    actor: Actor,
    *,
    unit_id: int,
    set_code: str,
    decision: str,
    rule: Rule,
    on: date,
    indicators: Collection[str] | None = None,
    weights: Weights | None = None,
) -> list[Observation]:
    """Mang số liệu của các đơn vị cũ sang đơn vị này, as of the day of the reform. `decision`: the paper that says so.

    A carried figure is the unit's own, unverified word; only a single former unit's figure keeps its stage.
    """
    actor.require("observation.carry", unit_id, on=on)
    row = registry.by_code(set_code)
    _refuse(decision, rule, indicators, weights)
    found = reads.preview(unit_id, row, on, rule=rule, weights=weights, codes=indicators)
    if found.origins.hindrance:
        raise Refused(found.origins.hindrance)
    day = found.origins.on
    refuse_when_out_of_force(row, day)
    refuse_when_not_there(unit_id, row, day)
    refuse_when_locked(unit_id, row, day)
    if not found.taken:
        raise Refused(f"Theo quy tắc “{_WORDS[rule]}” không có chỉ tiêu nào mang sang được. Xem lý do ở từng dòng.")
    made = [
        _carried(actor, row, unit_id, day, rule, line, _note(found, line, decision, weights)) for line in found.taken
    ]
    CarriedFrom.objects.bulk_create(
        [
            CarriedFrom(observation=one, source=source)
            for one, line in zip(made, found.taken, strict=True)
            for source in line.sources
        ]
    )
    keeping.refresh(unit_id, row)
    audit.record(
        actor=actor.stamp(),
        verb="observation.carry",
        subject=made[0],
        unit_id=unit_id,
        on=on,
        detail={
            "reason": f"{len(made)} chỉ tiêu, {_WORDS[rule]}, theo {decision.strip()}",
            "count": len(made),
            "codes": [one.code for one in made],
            "set": row.code,
            "rule": rule.value,
            "from": [one.id for one in found.origins.units],
            "weights": {str(key): str(value) for key, value in weights.by_unit.items()} if weights else {},
        },
    )
    return made


@transaction.atomic
def take_back_carried(actor: Actor, *, unit_id: int, set_code: str, reason: str, on: date) -> list[Observation]:
    """Rút số liệu đã mang sang: kept as superseded. What was verified since stays, and is the verifier's to correct."""
    actor.require("observation.carry", unit_id, on=on)
    row = registry.by_code(set_code)
    if not reason.strip():
        raise Refused("Ghi lý do rút số liệu đã mang sang.")
    standing = reads.carried_now(unit_id, row).get(row.code, [])
    looked_at = set(
        Observation.objects.filter(answers__in=[one.pk for one in standing]).values_list("answers_id", flat=True)
    )
    free = [one for one in standing if one.pk not in looked_at]
    if not free:
        raise Refused("Không có số liệu mang sang nào còn rút được: chưa mang, đã rút, hoặc đã được thẩm tra.")
    refuse_when_locked(unit_id, row, free[0].as_of)
    Observation.objects.filter(pk__in=[one.pk for one in free]).update(state=State.SUPERSEDED)
    keeping.refresh(unit_id, row)
    audit.record(
        actor=actor.stamp(),
        verb="observation.withdraw",
        subject=free[0],
        unit_id=unit_id,
        on=on,
        detail={
            "reason": f"{len(free)} chỉ tiêu đã mang sang; {reason.strip()}",
            "codes": [one.code for one in free],
            "set": row.code,
        },
    )
    return free


def _refuse(decision: str, rule: Rule, indicators: Collection[str] | None, weights: Weights | None) -> None:
    if not decision.strip():
        raise Refused("Ghi văn bản làm căn cứ mang số liệu (số, ngày, cơ quan ban hành).")
    if rule in _NAMED and not indicators:
        raise Refused(f"Quy tắc “{_WORDS[rule]}” chỉ đúng với một số chỉ tiêu: chọn từng chỉ tiêu.")
    if rule is Rule.WEIGHTED and (weights is None or not weights.of.strip()):
        raise Refused("Nêu trọng số là gì (ví dụ: số hộ) và số của từng đơn vị cũ.")


def _carried(
    actor: Actor, row: RegisteredSet, unit_id: int, day: date, rule: Rule, line: CarryingLine, note: str
) -> Observation:
    assert line.fact is not None
    whole = rule is Rule.WHOLE
    stage = Stage(line.sources[0].stage) if whole else Stage.SELF
    state = State.SENT if stage == Stage.SELF else State.ACCEPTED
    typed = line.sources[0].typed if whole else reads.in_words(line.fact)
    names = "; ".join(f"số {one.pk}, đến ngày {one.as_of:%d/%m/%Y}" for one in line.sources)
    place = Source(SOURCE, f"mang sang từ: {names}" if names else "mang sang từ kết quả tiêu chí của các đơn vị cũ")
    assumed = any(one.assumed for one in line.sources)
    return append(actor, row, unit_id, line.code, day, stage, state, line.fact, typed, note, place, assumed, None)


def _note(found: Carrying, line: CarryingLine, decision: str, weights: Weights | None) -> str:
    """What a reader of the figure needs: from whom, how, by which paper."""
    names = ", ".join(one.title for one in found.origins.units)
    by = f" (trọng số: {weights.of.strip()})" if weights and found.rule is Rule.WEIGHTED else ""
    return f"Mang sang từ {names}: {line.why}{by}. Theo {decision.strip()}."
