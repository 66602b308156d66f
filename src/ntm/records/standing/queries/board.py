"""Một đơn vị, một bộ tiêu chí, một ngày: outcomes, and everything that each figure rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Count, Q

from ntm.domain.assessment import Assessment, CriterionResult, Facts, IndicatorResult, Outcome
from ntm.domain.criteria.model import CriteriaSet, Criterion, Indicator, TitleCondition
from ntm.records.standing import drawing, facts
from ntm.records.standing.models import Gap, Observation, RegisteredSet
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.models.observations import Stage, State
from ntm.records.standing.queries.checks import signed_content

__all__ = ["Board", "BoardCriterion", "BoardIndicator", "board", "gaps_of"]

_LIVING = (State.DRAFT, State.SENT, State.ACCEPTED, State.RETURNED)


@dataclass(frozen=True)
class BoardIndicator:
    """Một chỉ tiêu trên bảng của đơn vị: the latest of each kind of figure on or before the day."""

    code: str
    asked: Indicator | TitleCondition | int
    result: IndicatorResult | None
    rests_on: Observation | None  # the figure behind the result
    draft: Observation | None
    own: Observation | None  # self-assessed, sent
    confirmed: Observation | None  # verified or appraised
    previous: Observation | None  # as of last year's end or before
    files: int
    gaps: tuple[Gap, ...]
    parts: tuple[BoardIndicator, ...] = ()  # nội dung thành phần, each with its own figures


@dataclass(frozen=True)
class BoardCriterion:
    """Một tiêu chí và các chỉ tiêu của nó."""

    criterion: Criterion
    result: CriterionResult
    stated: BoardIndicator  # TC<no>
    indicators: tuple[BoardIndicator, ...]
    gaps: tuple[Gap, ...]  # all of the criterion
    cost: int | None  # đồng, of the open gaps that have one


@dataclass(frozen=True)
class Board:
    """Bảng của đơn vị: the assessment of the day with its provenance."""

    unit_id: int
    row: RegisteredSet
    criteria_set: CriteriaSet
    on: date
    basis: Basis
    assessment: Assessment
    criteria: tuple[BoardCriterion, ...]
    conditions: tuple[BoardIndicator, ...]
    region: str | None
    group: str | None
    drafts: int
    returned: int
    cost: int | None  # đồng, all open gaps
    own: dict[int, Outcome] = field(default_factory=dict)  # by the office's own word, where any of it says otherwise

    def lines(self) -> Iterator[BoardIndicator]:
        """Mọi dòng: stated conclusions, indicators, their parts, the title's conditions."""
        waiting = [*self.conditions]
        for one in self.criteria:
            waiting += [one.stated, *one.indicators]
        while waiting:
            line = waiting.pop()
            yield line
            waiting += line.parts


@dataclass
class _Found:
    """Living rows of one code, ordered by day."""

    rows: list[Observation] = field(default_factory=list)

    def latest(self, on: date, stages: Iterable[int], states: Iterable[int]) -> Observation | None:
        wanted_stages, wanted_states = set(stages), set(states)
        fitting = [r for r in self.rows if r.as_of <= on and r.stage in wanted_stages and r.state in wanted_states]
        return max(fitting, key=lambda r: (r.as_of, r.stage), default=None)


def board(
    unit_id: int,
    row: RegisteredSet,
    on: date,
    basis: Basis = Basis.CONFIRMED,
    *,
    with_drafts: bool | Callable[[str], bool] = False,
    looked_at: Collection[int] = (),
) -> Board:
    """Bảng của đơn vị. NotInForce when the set is not in force on the day.

    `with_drafts`: for the office that types (all drafts, or those of the codes it says yes to); they count in what it
    sees, in nobody else's view. `looked_at`: figures that a verifier has before him; on their day they count first.
    """
    criteria_set = signed_content(row)
    found = _observations(unit_id, row.pk, with_drafts)
    line = _timeline(unit_id, criteria_set, found, basis, bool(with_drafts), looked_at)
    day_facts = line.facts(on, facts.condition_codes(criteria_set))
    judged = drawing.evaluator(criteria_set, on).evaluate(day_facts)
    gaps = gaps_of(unit_id, row.pk, on)
    by_no = {one.no: one for one in judged.criteria}
    criteria = tuple(
        _criterion(criterion, by_no[criterion.no], found, line, on, gaps) for criterion in criteria_set.criteria
    )
    conditions = tuple(
        _indicator(condition.code, condition, None, found, line, on, ())
        for condition in criteria_set.title_rule.conditions
    )
    return Board(
        unit_id=unit_id,
        row=row,
        criteria_set=criteria_set,
        on=on,
        basis=basis,
        assessment=judged,
        criteria=criteria,
        conditions=conditions,
        region=day_facts.region,
        group=day_facts.group,
        drafts=sum(r.state == State.DRAFT for one in found.values() for r in one.rows),
        returned=sum(r.state == State.RETURNED for one in found.values() for r in one.rows),
        cost=_sum(gaps),
        own=_own_word(criteria_set, on, day_facts, found, line) if basis == Basis.CONFIRMED and not with_drafts else {},
    )


def _own_word(
    criteria_set: CriteriaSet, on: date, confirmed: Facts, found: dict[str, _Found], line: facts.Timeline
) -> dict[int, Outcome]:
    """Kết quả theo lời của chính đơn vị: what it sent, in place of what was verified before or otherwise."""
    values = dict(confirmed.values)
    for code, one in found.items():
        own = one.latest(on, (Stage.SELF,), (State.SENT, State.ACCEPTED))
        rests = line.at(code, on)
        if own is not None and (rests is None or own.as_of >= rests.as_of):
            values[code] = facts.fact_of(own.kind, own.value)
    if all(code in confirmed.values and values[code] == confirmed.values[code] for code in values):
        return {}
    judged = drawing.evaluator(criteria_set, on).evaluate(replace(confirmed, values=values))
    return {one.no: one.outcome for one in judged.criteria}


def _observations(unit_id: int, set_id: int, with_drafts: bool | Callable[[str], bool]) -> dict[str, _Found]:
    rows = (
        Observation.objects.filter(unit_id=unit_id, set_id=set_id, state__in=_LIVING)
        .select_related("recorded_by")
        .annotate(files=Count("evidence", filter=Q(evidence__removed_at__isnull=True)))
        .order_by("as_of", "stage", "pk")
    )
    if not with_drafts:
        rows = rows.exclude(state=State.DRAFT)
    found: dict[str, _Found] = defaultdict(_Found)
    for one in rows:
        if one.state != State.DRAFT or with_drafts is True or (callable(with_drafts) and with_drafts(one.code)):
            found[one.code].rows.append(one)
    return found


def _timeline(
    unit_id: int,
    criteria_set: CriteriaSet,
    found: dict[str, _Found],
    basis: Basis,
    with_drafts: bool,
    looked_at: Collection[int],
) -> facts.Timeline:
    """The rows that count: as the basis says and, for the typing office, its drafts over what it sent."""
    line = facts.empty_timeline(unit_id, criteria_set)
    for one in found.values():
        counted = [r for r in one.rows if _counts(r, basis, with_drafts)]
        for row in sorted(counted, key=lambda r: (r.as_of, r.pk in looked_at, r.state == State.DRAFT, r.stage)):
            line.add(row)
    return line


def _counts(row: Observation, basis: Basis, with_drafts: bool) -> bool:
    if row.state == State.DRAFT:
        return with_drafts
    if row.state == State.RETURNED:
        return with_drafts  # the office sees the figure it must mend
    return basis == Basis.SELF or (row.stage >= Stage.VERIFIED and row.state == State.ACCEPTED)


def _criterion(
    criterion: Criterion,
    result: CriterionResult,
    found: dict[str, _Found],
    line: facts.Timeline,
    on: date,
    gaps: list[Gap],
) -> BoardCriterion:
    results = {one.code: one for one in result.indicators}
    mine = tuple(gap for gap in gaps if gap.criterion_no == criterion.no)
    stated = f"TC{criterion.no}"
    return BoardCriterion(
        criterion=criterion,
        result=result,
        stated=_indicator(stated, criterion.no, None, found, line, on, mine),
        indicators=tuple(
            _indicator(one.code, one, results.get(one.code), found, line, on, mine) for one in criterion.indicators
        ),
        gaps=mine,
        cost=_sum(mine),
    )


def _indicator(
    code: str,
    asked: Indicator | TitleCondition | int,
    result: IndicatorResult | None,
    found: dict[str, _Found],
    line: facts.Timeline,
    on: date,
    gaps: Iterable[Gap],
) -> BoardIndicator:
    rows = found.get(code) or _Found()
    last_year = date(on.year - 1, 12, 31)
    rests_on = line.at(code, on)
    draft = rows.latest(on, (Stage.SELF,), (State.DRAFT,))
    shown = draft or rests_on
    parts = asked.parts if isinstance(asked, Indicator) else ()
    judged = {one.code: one for one in result.parts} if result else {}
    return BoardIndicator(
        code=code,
        asked=asked,
        result=result,
        rests_on=rests_on,
        draft=draft,
        own=rows.latest(on, (Stage.SELF,), (State.SENT, State.ACCEPTED, State.RETURNED)),
        confirmed=rows.latest(on, (Stage.VERIFIED, Stage.APPRAISED), (State.ACCEPTED,)),
        previous=rows.latest(last_year, Stage.values, (State.SENT, State.ACCEPTED)),
        files=getattr(shown, "files", 0) if shown else 0,
        gaps=tuple(gap for gap in gaps if gap.indicator_code == code),
        parts=tuple(_indicator(part.code, part, judged.get(part.code), found, line, on, gaps) for part in parts),
    )


def gaps_of(unit_id: int, set_id: int, on: date) -> list[Gap]:
    """Hạng mục còn thiếu vào ngày đó."""
    rows = Gap.objects.filter(unit_id=unit_id, set_id=set_id, opened_on__lte=on)
    return list(rows.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=on)).order_by("criterion_no", "pk"))


def _sum(gaps: Iterable[Gap]) -> int | None:
    costs = [gap.cost for gap in gaps if gap.cost is not None]
    return sum(costs) if costs else None
