"""Lịch sử số liệu: all that was ever said of an indicator of a unit, newest first; nothing is hidden but others' drafts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import Q

from ntm.domain.assessment import Outcome
from ntm.domain.assessment.model import Facts
from ntm.domain.criteria.model import CriteriaSet
from ntm.records.standing import drawing, facts, typing_in
from ntm.records.standing.models import Evidence, Observation, RegisteredSet, Returned
from ntm.records.standing.models.observations import State
from ntm.records.standing.queries.checks import signed_content

__all__ = ["HistoryEntry", "Judgement", "history", "observation", "told"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Theo yêu cầu của ngày đó: what that figure alone gives under the law of its own day, and which law."""

    outcome: Outcome
    explanation: str  # names the level and its instrument
    checked: bool


@dataclass(frozen=True)
class HistoryEntry:
    """Một số liệu trong lịch sử, its files and why it was given back."""

    observation: Observation
    files: tuple[Evidence, ...]
    returns: tuple[Returned, ...]
    judged: Judgement | None = None


def history(unit_id: int, row: RegisteredSet, code: str, *, with_drafts: bool) -> list[HistoryEntry]:
    """Every row of that indicator. A superseded draft was never sent: only the office that typed sees it."""
    rows = (
        Observation.objects.filter(unit_id=unit_id, set=row, code=code)
        .select_related("recorded_by", "submission", "superseded_by")
        .prefetch_related("returns", "evidence__use__file")
        .order_by("-as_of", "-recorded_at", "-pk")
    )
    if not with_drafts:
        rows = rows.exclude(state=State.DRAFT).exclude(Q(state=State.SUPERSEDED, submission__isnull=True, stage=1))
    return [
        HistoryEntry(one, tuple(e for e in one.evidence.all() if e.removed_at is None), tuple(one.returns.all()))
        for one in rows
    ]


def told(unit_id: int, row: RegisteredSet, code: str, *, with_drafts: bool) -> list[HistoryEntry]:
    """The same, each figure judged by the law of its own day."""
    criteria_set = signed_content(row)
    typing_in.find_asked(criteria_set, code)  # Refused when the set knows no such code
    entries = history(unit_id, row, code, with_drafts=with_drafts)
    line = facts.empty_timeline(unit_id, criteria_set)
    conditions = facts.condition_codes(criteria_set)
    return [replace(one, judged=_judged(one.observation, criteria_set, line, conditions)) for one in entries]


def _judged(
    one: Observation, criteria_set: CriteriaSet, line: facts.Timeline, conditions: frozenset[str]
) -> Judgement | None:
    if not criteria_set.in_force(one.as_of):
        return None
    alone: Facts = line.facts(one.as_of, conditions)
    said = {one.code: facts.fact_of(one.kind, one.value)}
    alone = replace(alone, conditions=said) if one.code in conditions else replace(alone, values=said)
    judged = drawing.evaluator(criteria_set, one.as_of).evaluate(alone)
    for condition in judged.title.conditions:
        if condition.code == one.code:
            return Judgement(condition.outcome, condition.explanation, condition.checked)
    for criterion in judged.criteria:
        if one.code == f"TC{criterion.no}":
            return Judgement(criterion.outcome, criterion.explanation, True)
        for result in criterion.indicators:
            for found in (result, *result.parts):
                if found.code == one.code:
                    return Judgement(found.outcome, found.explanation, found.checked)
    return None


def observation(observation_id: int) -> Observation | None:
    """One figure with its set and who typed it."""
    return Observation.objects.select_related("set", "recorded_by").filter(pk=observation_id).first()
