"""Bảng nhập số liệu: what an office types for a unit under a set as of a day, line by line, with what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ntm.domain.assessment import CriterionResult, IndicatorResult, Outcome
from ntm.domain.assessment.model import ConditionResult
from ntm.domain.criteria.model import Absent, Comparator, Indicator, Kind, Threshold, TitleCondition
from ntm.domain.official.numbers import write_number
from ntm.records.people.authority import Actor, Reach, reach
from ntm.records.standing import typing_in
from ntm.records.standing.models import Campaign, Gap, Observation, RegisteredSet, Returned
from ntm.records.standing.models.intervals import Basis
from ntm.records.standing.models.observations import FactKind, State
from ntm.records.standing.queries.board import Board, BoardCriterion, BoardIndicator, board

__all__ = ["Answer", "AskedLevel", "Sheet", "SheetCriterion", "SheetLine", "asked_level", "sheet"]


class Answer(StrEnum):
    """Cách trả lời một dòng."""

    FIGURE = "figure"
    WORDS = "words"  # đạt, chưa đạt, không xét
    BY_PARTS = "by_parts"  # from its parts; a conclusion may be stated where they are unknown
    BY_TITLES = "by_titles"  # counted from titles that were granted: nothing is typed


_CHOICES = {FactKind.YES: "đạt", FactKind.NO: "chưa đạt", FactKind.NOT_CONSIDERED: "không xét"}


@dataclass(frozen=True, slots=True)
class AskedLevel:
    """Yêu cầu: "≥ 64", the instrument that says so, and whether somebody compared it with the text."""

    words: str
    instrument: str
    checked: bool


@dataclass(frozen=True, slots=True)
class SheetLine:
    """Một dòng nhập. `today`: the draft of that very day, else the figure sent for it; `carried`: an earlier day's
    figure that counts while there is none of this day."""

    code: str
    text: str
    measure: str
    answer: Answer
    level: AskedLevel
    outcome: Outcome
    explanation: str
    today: Observation | None
    carried: Observation | None
    before: Observation | None
    confirmed: Observation | None
    files: int
    gaps: tuple[Gap, ...]
    returned: Returned | None
    may_type: bool
    part: bool = False
    not_considered_when: str = ""
    evidence_asked: tuple[str, ...] = ()

    @property
    def typed(self) -> str:
        return self.today.typed if self.today else ""

    @property
    def note(self) -> str:
        return self.today.note if self.today else ""

    @property
    def seen(self) -> int:
        """The draft that the person has before him; 0: none."""
        return self.today.pk if self.today and self.today.state == State.DRAFT else 0

    @property
    def state(self) -> str:
        """draft, sent, accepted, returned, or nothing."""
        return State(self.today.state).name.lower() if self.today else ""

    @property
    def choice(self) -> str:
        """What is chosen where words answer; empty for a figure."""
        return _CHOICES.get(self.today.kind, "") if self.today else ""

    @property
    def answered(self) -> bool:
        return self.today is not None and self.today.kind != FactKind.NO_DATA

    @property
    def lacking(self) -> bool:
        """A draft that cannot be sent yet: neither a file nor a reason."""
        return self.state == "draft" and self.answered and not self.files and not self.note

    @property
    def reason_wanted(self) -> bool:
        """Không xét must say why."""
        return self.today is not None and self.today.kind == FactKind.NOT_CONSIDERED and not self.note


@dataclass(frozen=True, slots=True)
class SheetCriterion:
    """Một tiêu chí trên bảng nhập. `stated`: the line of its conclusion, where indicators are unknown or it was stated."""

    no: int
    name: str
    result: CriterionResult
    stated: SheetLine
    lines: tuple[SheetLine, ...]
    cost: int | None

    @property
    def by_conclusion(self) -> bool:
        return not self.lines or self.stated.today is not None or self.stated.carried is not None


@dataclass(frozen=True)
class Sheet:
    """Bảng nhập của một đơn vị."""

    board: Board
    criteria: tuple[SheetCriterion, ...]
    conditions: tuple[SheetLine, ...]
    campaign: Campaign | None  # the review of that day, open or locked

    def lines(self) -> Iterator[SheetLine]:
        """Every line, in the order of the sheet."""
        for criterion in self.criteria:
            yield criterion.stated
            yield from criterion.lines
        yield from self.conditions

    def line(self, code: str) -> SheetLine | None:
        return next((one for one in self.lines() if one.code == code), None)

    def criterion_of(self, code: str) -> SheetCriterion | None:
        return next(
            (c for c in self.criteria if c.stated.code == code or any(line.code == code for line in c.lines)), None
        )

    @property
    def asked(self) -> list[SheetLine]:
        """Lines that the office is to answer: conclusions of whole criteria only where there is nothing finer."""
        stated = [c.stated for c in self.criteria if not c.lines]
        fine = [line for c in self.criteria for line in c.lines]
        every = [*stated, *fine, *self.conditions]
        return [line for line in every if line.may_type and line.answer in (Answer.FIGURE, Answer.WORDS)]

    @property
    def answered(self) -> int:
        return sum(line.answered for line in self.asked)

    @property
    def concluded(self) -> int:
        """Criteria answered as a whole, though they could be answered by indicator."""
        return sum(one.stated.answered for one in self.criteria if one.lines)

    @property
    def drafts(self) -> list[SheetLine]:
        return [line for line in self.lines() if line.state == "draft" and line.may_type]

    @property
    def lacking(self) -> list[SheetLine]:
        return [line for line in self.drafts if line.lacking]

    @property
    def ready(self) -> list[SheetLine]:
        return [line for line in self.drafts if not line.lacking]

    @property
    def returned(self) -> list[SheetLine]:
        return [line for line in self.lines() if line.state == "returned"]

    @property
    def locked(self) -> Campaign | None:
        return self.campaign if self.campaign and self.campaign.locked_at else None


def sheet(actor: Actor, unit_id: int, row: RegisteredSet, as_of: date) -> Sheet:
    """Bảng nhập: the drafts of the day count in what is shown, because the office that types them looks."""
    may = reach(actor, "observation.record", on=as_of)

    def own_drafts(code: str) -> bool:
        return may.covers(unit_id, typing_in.charge_of_code(row.code, code))

    shown = board(unit_id, row, as_of, Basis.SELF, with_drafts=own_drafts)
    returns = _returns(shown, as_of)
    conditions = {one.code: one for one in shown.assessment.title.conditions}
    campaign = (
        Campaign.objects.filter(units__unit_id=unit_id, set=row, as_of=as_of).order_by("-locked_at", "due").first()
    )
    made = _Maker(unit_id, row, as_of, may, returns, shown.criteria_set.code)
    return Sheet(
        board=shown,
        criteria=tuple(made.criterion(one) for one in shown.criteria),
        conditions=tuple(made.condition(one, conditions.get(one.code)) for one in shown.conditions),
        campaign=campaign,
    )


def _returns(shown: Board, as_of: date) -> dict[int, Returned]:
    ids = [line.own.pk for line in shown.lines() if line.own and line.own.state == State.RETURNED]
    rows = Returned.objects.filter(observation_id__in=ids).order_by("returned_at") if ids else []
    return {one.observation_id: one for one in rows}


@dataclass(frozen=True)
class _Maker:
    """Lines of one sheet."""

    unit_id: int
    row: RegisteredSet
    as_of: date
    may: Reach
    returns: dict[int, Returned]
    set_code: str

    def criterion(self, one: BoardCriterion) -> SheetCriterion:
        lines: list[SheetLine] = []
        for indicator in one.indicators:
            if indicator.result is None:
                continue  # not in force on that day
            lines.append(self.line(indicator, one.criterion.no))
            lines += [self.line(part, one.criterion.no, part=True) for part in indicator.parts if part.result]
        stated = self._line(
            one.stated,
            one.criterion.no,
            text=one.criterion.name,
            measure="",
            answer=Answer.WORDS,
            level=AskedLevel("", shown_instrument(self.row), True),
            outcome=one.result.outcome,
            explanation=one.result.explanation,
        )
        return SheetCriterion(one.criterion.no, one.criterion.name, one.result, stated, tuple(lines), one.cost)

    def line(self, one: BoardIndicator, no: int, *, part: bool = False) -> SheetLine:
        asked, result = one.asked, one.result
        assert isinstance(asked, Indicator) and result is not None
        return self._line(
            one,
            no,
            text=asked.text_at(self.as_of),
            measure=asked.measure or "",
            answer=_answer(asked),
            level=asked_level(asked, result),
            outcome=result.outcome,
            explanation=result.explanation,
            part=part,
            not_considered_when=asked.not_considered_when or "",
            evidence_asked=asked.evidence,
        )

    def condition(self, one: BoardIndicator, result: ConditionResult | None) -> SheetLine:
        asked = one.asked
        assert isinstance(asked, TitleCondition)
        words = _level_words(asked.comparator, asked.value) if asked.value is not None else ""
        return self._line(
            one,
            None,
            text=asked.text,
            measure=asked.measure or "",
            answer=_answer(asked),
            level=AskedLevel(words, asked.reference.instrument, asked.check.verified),
            outcome=result.outcome if result else Outcome.NO_DATA,
            explanation=result.explanation if result else "",
        )

    def _line(
        self,
        one: BoardIndicator,
        no: int | None,
        *,
        text: str,
        measure: str,
        answer: Answer,
        level: AskedLevel,
        outcome: Outcome,
        explanation: str,
        part: bool = False,
        not_considered_when: str = "",
        evidence_asked: tuple[str, ...] = (),
    ) -> SheetLine:
        today = next((row for row in (one.draft, one.own) if row is not None and row.as_of == self.as_of), None)
        rests = one.rests_on
        own = one.own if one.own and one.own.as_of == self.as_of else None
        return SheetLine(
            code=one.code,
            text=text,
            measure=measure,
            answer=answer,
            level=level,
            outcome=outcome,
            explanation=explanation,
            today=today,
            carried=rests if rests is not None and rests.as_of < self.as_of else None,
            before=one.previous,
            confirmed=one.confirmed if one.confirmed and one.confirmed.as_of == self.as_of else None,
            files=getattr(today, "files", 0) if today else 0,
            gaps=one.gaps,
            returned=self.returns.get(own.pk) if own else None,
            may_type=answer is not Answer.BY_TITLES
            and self.may.covers(self.unit_id, typing_in.charge(self.set_code, one.code, no)),
            part=part,
            not_considered_when=not_considered_when,
            evidence_asked=evidence_asked,
        )


def shown_instrument(row: RegisteredSet) -> str:
    """The set by its name, where no single instrument is meant."""
    return row.name


def _answer(asked: Indicator | TitleCondition) -> Answer:
    if isinstance(asked, Indicator) and asked.parts:
        return Answer.BY_PARTS
    if asked.of_title:
        return Answer.BY_TITLES
    return Answer.WORDS if asked.kind in (Kind.YES_NO, Kind.QUALITATIVE) else Answer.FIGURE


_SIGNS = {Comparator.GE: "≥", Comparator.GT: ">", Comparator.LE: "≤", Comparator.LT: "<", Comparator.EQ: "="}
_ABSENT = {
    Absent.NOT_IN_FORCE: "chưa có hiệu lực ngày này",
    Absent.MISSING: "chưa có mức trong dữ liệu",
    Absent.DELEGATED: "cấp tỉnh quy định, chưa nạp",
}


def asked_level(asked: Indicator, result: IndicatorResult) -> AskedLevel:
    """Yêu cầu của một chỉ tiêu as it applied in the result."""
    level = result.threshold
    if isinstance(level, Threshold):
        words = level.words or _level_words(asked.comparator, level.value)
        return AskedLevel(words, level.reference.instrument, result.checked)
    if level is None:
        return AskedLevel("theo các nội dung dưới đây", asked.reference.instrument, result.checked)
    return AskedLevel(_ABSENT[level], asked.reference.instrument, result.checked)


def _level_words(comparator: Comparator | None, value: object) -> str:
    if value is True:
        return "Đạt"
    if value is False:
        return "Không"
    if isinstance(value, str):
        return "đang giữ danh hiệu trước đó"
    return f"{_SIGNS.get(comparator or Comparator.GE)} {write_number(value)}"  # type: ignore[arg-type]
