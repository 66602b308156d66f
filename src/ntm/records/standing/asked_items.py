"""Những gì một đợt rà soát hỏi: the indicators of the set on the day, and which of them a unit's sent codes answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from ntm.domain.criteria.model import CriteriaSet, Criterion, Indicator, Kind
from ntm.records.standing.models import Observation
from ntm.records.standing.models.observations import Stage, State

__all__ = ["answered", "answered_by", "asked_count"]

_SENT = (State.SENT, State.ACCEPTED, State.RETURNED)


def asked_count(criteria_set: CriteriaSet, on: date) -> int:
    """Bao nhiêu nội dung được hỏi: a criterion without indicators is one by itself."""
    return sum(max(1, len(_typed(criterion, on))) for criterion in criteria_set.criteria)


def answered(criteria_set: CriteriaSet, on: date, codes: Collection[str]) -> int:
    """Bao nhiêu nội dung đã được trả lời; a stated conclusion answers its whole criterion."""
    count = 0
    for criterion in criteria_set.criteria:
        asked = _typed(criterion, on)
        if f"TC{criterion.no}" in codes:
            count += max(1, len(asked))
        else:
            count += sum(_told(one, codes) for one in asked)
    return count


def answered_by(unit_ids: Iterable[int], set_id: int, criteria_set: CriteriaSet, as_of: date) -> dict[int, int]:
    """The same of many units, from what they sent for that day; one query."""
    rows = Observation.objects.filter(
        unit_id__in=list(unit_ids), set_id=set_id, as_of=as_of, stage=Stage.SELF, state__in=_SENT
    )
    codes: dict[int, set[str]] = defaultdict(set)
    for unit_id, code in rows.values_list("unit_id", "code"):
        codes[unit_id].add(code)
    return {unit_id: answered(criteria_set, as_of, told) for unit_id, told in codes.items()}


def _typed(criterion: Criterion, on: date) -> list[Indicator]:
    """Indicators in force that a person types: shares of titles are counted by the system."""
    return [
        one
        for one in criterion.indicators
        if one.kind is not Kind.TITLE_SHARE and not ((one.start and on < one.start) or (one.end and on >= one.end))
    ]


def _told(one: Indicator, codes: Collection[str]) -> bool:
    if one.code in codes or not one.parts:
        return one.code in codes
    told = [_told(part, codes) for part in one.parts]
    return any(told) if one.kind is Kind.ANY_OF else all(told)
