"""Thẩm tra, thẩm định: what waits for an office, by unit, set and day; and one such group with all that stands beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from ntm.domain.assessment import Outcome
from ntm.domain.criteria.model import Indicator, TitleCondition
from ntm.records.people.authority import Actor
from ntm.records.standing import registry, typing_in
from ntm.records.standing.models import Evidence, Observation, RegisteredSet
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.models.observations import Stage
from ntm.records.standing.queries import waiting
from ntm.records.standing.queries.board import Board, BoardIndicator, board
from ntm.records.standing.queries.sheet import AskedLevel, asked_level
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = [
    "APPRAISE",
    "VERIFY",
    "Group",
    "GroupRow",
    "WaitingGroup",
    "evidence_of",
    "group",
    "groups",
    "judged",
    "one",
    "place_of",
]

VERIFY, APPRAISE = "observation.verify", "observation.appraise"


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    """Một nhóm chờ xem: figures of one unit, set and day."""

    unit: UnitLabel
    set_code: str
    set_name: str
    as_of: date
    count: int
    since: datetime
    by: str  # the office that sent (or verified) them
    due: date | None = None  # of the review that asked for them, the nearest


@dataclass(frozen=True, slots=True)
class GroupRow:
    """Một số liệu chờ xem, beside last year's and what is asked."""

    observation: Observation
    text: str
    measure: str
    criterion_no: int | None
    level: AskedLevel
    outcome: Outcome
    explanation: str
    before: Observation | None
    files: tuple[Evidence, ...]


@dataclass(frozen=True)
class Group:
    """Nhóm đang xem."""

    unit: UnitLabel
    row: RegisteredSet
    as_of: date
    rows: tuple[GroupRow, ...]

    @property
    def without_files(self) -> int:
        return sum(not row.files for row in self.rows)


def groups(actor: Actor, on: date, action: str = VERIFY) -> list[WaitingGroup]:
    """Các nhóm chờ cơ quan này xem, those that wait longest first."""
    gathered: dict[tuple[int, int, date], list[Observation]] = defaultdict(list)
    for row in waiting.queue(actor, on, action):
        gathered[row.unit_id, row.set_id, row.as_of].append(row)
    labels = units.labels({key[0] for key in gathered}, on)
    made = [
        WaitingGroup(
            unit=labels[unit_id],
            set_code=rows[0].set.code,
            set_name=rows[0].set.name,
            as_of=as_of,
            count=len(rows),
            since=min(_since(row) for row in rows),
            by=rows[0].office,
            due=min((day for row in rows if (day := _due(row))), default=None),
        )
        for (unit_id, _, as_of), rows in gathered.items()
    ]
    return sorted(made, key=lambda one: one.since)


def place_of(one: WaitingGroup, actor: Actor) -> UnitLabel | None:
    """Nơi để gom nhóm: its district, or whatever lies above it below the office's own area; None: the area itself."""
    above = [upper for upper in one.unit.ancestors if upper.id != actor.unit_id]
    districts = [upper for upper in above if upper.level == "huyen"]
    if districts:
        return districts[0]
    own = next((place for place, upper in enumerate(one.unit.ancestors) if upper.id == actor.unit_id), None)
    within = one.unit.ancestors[:own] if own is not None else one.unit.ancestors
    return within[-1] if within else None


def _due(row: Observation) -> date | None:
    return row.submission.campaign.due if row.submission and row.submission.campaign else None


def _since(row: Observation) -> datetime:
    return row.submission.sent_at if row.submission else row.recorded_at


def group(actor: Actor, unit_id: int, row: RegisteredSet, as_of: date, on: date, action: str = VERIFY) -> Group:
    """Một nhóm: only figures that this office may look at; board and evidence in a handful of queries."""
    mine = [
        one for one in waiting.queue(actor, on, action, unit_id=unit_id) if one.set_id == row.pk and one.as_of == as_of
    ]
    return Group(units.label(unit_id, as_of), row, as_of, _rows(unit_id, row, as_of, mine))


def one(actor: Actor, observation_id: int, on: date) -> tuple[Group, str] | None:
    """Một số liệu chờ xem và việc cần làm với nó; None when it does not wait for this office (any more)."""
    found = Observation.objects.select_related("set", "submission", "recorded_by").filter(pk=observation_id).first()
    if found is None:
        return None
    action = VERIFY if found.stage == Stage.SELF else APPRAISE
    mine = [row for row in waiting.queue(actor, on, action, unit_id=found.unit_id) if row.pk == found.pk]
    if not mine:
        return None
    label = units.label(found.unit_id, found.as_of)
    return Group(label, found.set, found.as_of, _rows(found.unit_id, found.set, found.as_of, mine)), action


def judged(observation: Observation) -> GroupRow:
    """Một số liệu đã xem xong, as its row is shown afterwards."""
    return _rows(observation.unit_id, observation.set, observation.as_of, [observation])[0]


def _rows(unit_id: int, row: RegisteredSet, as_of: date, mine: list[Observation]) -> tuple[GroupRow, ...]:
    if not mine:
        return ()
    shown = board(unit_id, row, as_of, Basis.SELF, looked_at={one.pk for one in mine})
    lines = {line.code: line for line in shown.lines()}
    files = evidence_of(one.pk if one.stage == Stage.SELF else one.answers_id for one in mine)
    order = {code: place for place, code in enumerate(_codes(shown))}
    ordered = sorted(mine, key=lambda one: order.get(one.code, len(order)))
    return tuple(_row(one, lines.get(one.code), shown, files) for one in ordered)


def _codes(shown: Board) -> list[str]:
    codes: list[str] = []
    for criterion in shown.criteria:
        codes.append(criterion.stated.code)
        for indicator in criterion.indicators:
            codes += [indicator.code, *(part.code for part in indicator.parts)]
    return [*codes, *(condition.code for condition in shown.conditions)]


def _row(
    one: Observation, line: BoardIndicator | None, shown: Board, files: dict[int, tuple[Evidence, ...]]
) -> GroupRow:
    asked, no = typing_in.find_asked(registry.content(one.set), one.code)
    result = line.result if line else None
    level, outcome, explanation = AskedLevel("", shown.row.name, True), Outcome.NO_DATA, ""
    if isinstance(asked, Indicator) and result is not None:
        level, outcome, explanation = asked_level(asked, result), result.outcome, result.explanation
    elif isinstance(asked, TitleCondition):
        level = AskedLevel(asked.text, asked.reference.instrument, asked.check.verified)
        found = next((c for c in shown.assessment.title.conditions if c.code == one.code), None)
        outcome, explanation = (found.outcome, found.explanation) if found else (outcome, explanation)
    elif isinstance(asked, int):
        criterion = next(c for c in shown.criteria if c.criterion.no == asked)
        outcome, explanation = criterion.result.outcome, criterion.result.explanation
    source = one.pk if one.stage == Stage.SELF else one.answers_id
    return GroupRow(
        observation=one,
        text=_text(asked, shown, one.as_of),
        measure="" if isinstance(asked, int) else asked.measure or "",
        criterion_no=no,
        level=level,
        outcome=outcome,
        explanation=explanation,
        before=line.previous if line else None,
        files=files.get(source or 0, ()),
    )


def _text(asked: typing_in.Asked, shown: Board, as_of: date) -> str:
    if isinstance(asked, int):
        name = next(c.criterion.name for c in shown.criteria if c.criterion.no == asked)
        return f"Kết luận cả tiêu chí {asked}: {name}"
    return asked.text_at(as_of) if isinstance(asked, Indicator) else asked.text


def evidence_of(observation_ids: Iterable[int | None]) -> dict[int, tuple[Evidence, ...]]:
    """Minh chứng của nhiều số liệu: one query."""
    ids = [one for one in observation_ids if one is not None]
    found: dict[int, list[Evidence]] = defaultdict(list)
    rows = Evidence.objects.filter(observation_id__in=ids, removed_at__isnull=True)
    for evidence in rows.select_related("use__file").order_by("pk"):
        found[evidence.observation_id].append(evidence)
    return {key: tuple(files) for key, files in found.items()}
