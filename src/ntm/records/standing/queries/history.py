"""Lịch sử số liệu: all that was ever said of an indicator of a unit, newest first; nothing is hidden but others' drafts."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from ntm.records.standing.models import Evidence, Observation, RegisteredSet, Returned
from ntm.records.standing.models.observations import State

__all__ = ["HistoryEntry", "history", "observation"]


@dataclass(frozen=True)
class HistoryEntry:
    """Một số liệu trong lịch sử, its files and why it was given back."""

    observation: Observation
    files: tuple[Evidence, ...]
    returns: tuple[Returned, ...]


def history(unit_id: int, row: RegisteredSet, code: str, *, with_drafts: bool) -> list[HistoryEntry]:
    """Every row of that indicator. A superseded draft was never sent: only the office that typed sees it."""
    rows = (
        Observation.objects.filter(unit_id=unit_id, set=row, code=code)
        .select_related("recorded_by", "submission")
        .prefetch_related("returns", "evidence")
        .order_by("-as_of", "-recorded_at", "-pk")
    )
    if not with_drafts:
        rows = rows.exclude(state=State.DRAFT).exclude(Q(state=State.SUPERSEDED, submission__isnull=True, stage=1))
    return [
        HistoryEntry(one, tuple(e for e in one.evidence.all() if e.removed_at is None), tuple(one.returns.all()))
        for one in rows
    ]


def observation(observation_id: int) -> Observation | None:
    """One figure with its set and who typed it."""
    return Observation.objects.select_related("set", "recorded_by").filter(pk=observation_id).first()
