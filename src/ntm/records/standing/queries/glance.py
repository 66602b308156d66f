"""Một đơn vị nhìn nhanh: outcomes read from intervals, titles held and ever decided, its log. Two or three small queries."""

from __future__ import annotations

from datetime import date

from ntm.domain.assessment import Outcome
from ntm.records.audit import queries as audit
from ntm.records.people.authority import Actor, allows_some
from ntm.records.standing import drawing
from ntm.records.standing.models import CriterionStanding, RegisteredSet, TitleHeld
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.queries import area

__all__ = ["log", "outcomes", "titles_ever", "titles_held"]

# What an office does before it sends: nobody else's business.
_OF_DRAFTS = ("observation.record", "observation.correct", "observation.withdraw", "evidence.attach", "evidence.detach")


def outcomes(unit_id: int, row: RegisteredSet, on: date, basis: Basis) -> dict[int, Outcome]:
    """Kết quả từng tiêu chí vào ngày đó, theo căn cứ; a criterion without figures is not there."""
    rows = CriterionStanding.objects.filter(area.in_force(on), unit_id=unit_id, set=row, basis=basis)
    return {no: drawing.OUTCOME_OF[outcome] for no, outcome in rows.values_list("no", "outcome")}


def titles_held(unit_id: int, on: date) -> list[TitleHeld]:
    """Danh hiệu đang giữ vào ngày đó, the earliest first."""
    return list(TitleHeld.objects.filter(area.in_force(on), unit_id=unit_id).select_related("set").order_by("start"))


def titles_ever(unit_id: int) -> list[TitleHeld]:
    """Mọi quyết định danh hiệu của đơn vị, the latest first; revoked ones too."""
    rows = TitleHeld.objects.filter(unit_id=unit_id).select_related("set", "recorded_by", "carried_from")
    return list(rows.order_by("-start", "-pk"))


def log(actor: Actor, unit_id: int, on: date, *, number: int = 1, size: int = 30) -> audit.Page | None:
    """Nhật ký của đơn vị; None where the office may not read it. Typing before sending is seen by its office only."""
    if not actor.allows("audit.read", unit_id, on=on):
        return None
    own = allows_some(actor, "draft.read", unit_id, on=on)
    return audit.page(audit.Filter(unit_ids=[unit_id]), number=number, size=size, without=() if own else _OF_DRAFTS)
