"""Nhận thì kết quả ra sao: each unit of a workbook judged as it stands and as it would, with the reason for every cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ntm.domain.assessment import Assessment, IndicatorResult, Outcome
from ntm.domain.assessment.model import Fact, Facts
from ntm.domain.criteria.model import CriteriaSet
from ntm.records.people.authority import Reach
from ntm.records.standing import drawing, facts, typing_in
from ntm.records.standing.models import Observation, RegisteredSet
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.models.observations import Stage, State
from ntm.records.standing.workbook.comparing import Difference

__all__ = ["Effect", "UnitEffect", "judge"]

_IN_ONE = 500  # units in one question


@dataclass(frozen=True, slots=True)
class Effect:
    """Một ô được nhận thì sao: the outcome of its indicator (or criterion, or condition) before and after, and why."""

    was: Outcome
    becomes: Outcome
    why: str


@dataclass(frozen=True, slots=True)
class UnitEffect:
    """Một đơn vị: criteria met before and after; criteria gained and lost."""

    unit_id: int
    cells: int
    met_before: int
    met_after: int
    gained: tuple[int, ...]
    lost: tuple[int, ...]


def judge(
    criteria_set: CriteriaSet,
    row: RegisteredSet,
    as_of: date,
    stage: Stage,
    reach: Reach,
    good: Iterable[Difference],
) -> tuple[dict[tuple[int, str], Effect], list[UnitEffect]]:
    """Đánh giá trước và sau. A self-assessment is judged on the office's own word, its drafts included, because it is
    what sending them would give; a verification on what has been verified."""
    by_unit: dict[int, list[Difference]] = defaultdict(list)
    for one in good:
        by_unit[one.unit_id].append(one)
    evaluator = drawing.evaluator(criteria_set, as_of)
    conditions = facts.condition_codes(criteria_set)
    effects: dict[tuple[int, str], Effect] = {}
    told = []
    for unit_id, now in _facts(sorted(by_unit), criteria_set, row, as_of, stage, reach):
        cells = by_unit[unit_id]
        then = _with(now, {one.code: one.fact for one in cells if one.fact is not None}, conditions)
        before, after = evaluator.evaluate(now), evaluator.evaluate(then)
        were, are = _results(before), _results(after)
        for one in cells:
            was, becomes = were.get(one.code), are.get(one.code)
            if was is not None and becomes is not None:
                effects[unit_id, one.code] = Effect(was[0], becomes[0], becomes[1])
        told.append(_unit(unit_id, len(cells), before, after))
    return effects, told


def _unit(unit_id: int, cells: int, before: Assessment, after: Assessment) -> UnitEffect:
    met = {one.no for one in before.criteria if one.outcome is Outcome.MET}
    then = {one.no for one in after.criteria if one.outcome is Outcome.MET}
    return UnitEffect(unit_id, cells, len(met), len(then), tuple(sorted(then - met)), tuple(sorted(met - then)))


def _results(judged: Assessment) -> dict[str, tuple[Outcome, str]]:
    """Every code that can be typed: conclusions, indicators with their parts, conditions of the title."""
    found: dict[str, tuple[Outcome, str]] = {}
    for criterion in judged.criteria:
        found[f"TC{criterion.no}"] = criterion.outcome, criterion.explanation
        waiting: list[IndicatorResult] = list(criterion.indicators)
        while waiting:
            one = waiting.pop()
            found[one.code] = one.outcome, one.explanation
            waiting.extend(one.parts)
    for condition in judged.title.conditions:
        found[condition.code] = condition.outcome, condition.explanation
    return found


def _facts(
    ids: list[int], criteria_set: CriteriaSet, row: RegisteredSet, as_of: date, stage: Stage, reach: Reach
) -> Iterator[tuple[int, Facts]]:
    basis = Basis.SELF if stage == Stage.SELF else Basis.CONFIRMED
    conditions = facts.condition_codes(criteria_set)
    for first in range(0, len(ids), _IN_ONE):
        some = ids[first : first + _IN_ONE]
        lines = facts.timelines(some, row.pk, basis, criteria_set)
        drafts = _drafts(some, row, as_of, reach) if stage == Stage.SELF else {}
        for unit_id in some:
            line = lines[unit_id]
            newer = {
                draft.code: facts.fact_of(draft.kind, draft.value)
                for draft in drafts.get(unit_id, ())
                if (sent := line.at(draft.code, as_of)) is None or sent.as_of <= draft.as_of
            }
            yield unit_id, _with(line.facts(as_of, conditions), newer, conditions)


def _drafts(ids: list[int], row: RegisteredSet, as_of: date, reach: Reach) -> dict[int, list[Observation]]:
    """Nháp của cơ quan, and figures returned to it, the later day last."""
    rows = Observation.objects.filter(
        unit_id__in=ids, set=row, as_of__lte=as_of, stage=Stage.SELF, state__in=(State.DRAFT, State.RETURNED)
    )
    found: dict[int, list[Observation]] = defaultdict(list)
    for one in rows.only("unit_id", "code", "as_of", "kind", "scaled", "state").order_by("as_of", "-state"):
        if reach.covers(one.unit_id, typing_in.charge_of_code(row.code, one.code)):
            found[one.unit_id].append(one)
    return found


def _with(now: Facts, newer: Mapping[str, Fact], conditions: frozenset[str]) -> Facts:
    """The same facts with these over them."""
    if not newer:
        return now
    stated = {code: fact for code, fact in newer.items() if code in conditions}
    values = {code: fact for code, fact in newer.items() if code not in conditions}
    return replace(now, values={**now.values, **values}, conditions={**now.conditions, **stated})
