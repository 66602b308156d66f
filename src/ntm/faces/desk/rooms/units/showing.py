"""Bảng của đơn vị trên màn hình: the board of a day, told line by line; nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext

from ntm.domain.assessment import Outcome
from ntm.domain.assessment.model import ConditionResult
from ntm.domain.criteria.model import Indicator, TitleCondition
from ntm.domain.official.numbers import write_number
from ntm.faces.desk.outcomes import LOOKS
from ntm.faces.desk.rooms.units import words
from ntm.records.standing.models import Evidence, Gap, Observation
from ntm.records.standing.models.observations import FactKind, Stage
from ntm.records.standing.queries.board import Board, BoardCriterion, BoardIndicator
from ntm.records.standing.queries.sheet import asked_level

__all__ = [
    "CriterionShown",
    "LineShown",
    "OwnWord",
    "StripCell",
    "conditions",
    "criteria",
    "criterion",
    "differing",
    "strip",
]

_OF_KIND = {
    FactKind.YES: Outcome.MET,
    FactKind.NO: Outcome.NOT_MET,
    FactKind.NOT_CONSIDERED: Outcome.NOT_CONSIDERED,
}
_MET = "Đạt"  # what a level in words asks where nothing else is said
_STAGE = {Stage.SELF: "self", Stage.VERIFIED: "verified", Stage.APPRAISED: "appraised"}


@dataclass(frozen=True, slots=True)
class LineShown:
    """Một chỉ tiêu (or stated conclusion, or condition of the title) as the page tells it."""

    code: str
    text: str
    measure: str
    outcome: Outcome
    value: str
    level: str
    instrument: str
    marks: tuple[str, ...]
    explanation: str
    rests_on: Observation | None
    stage: str
    own: str  # the office's own word where it is another one
    previous: str
    files: int
    gaps: tuple[Gap, ...]
    history_url: str
    evidence: tuple[Evidence, ...] = ()
    parts: tuple[LineShown, ...] = ()


@dataclass(frozen=True, slots=True)
class CriterionShown:
    """Một tiêu chí: its outcome in a word, then its lines."""

    no: int
    name: str
    outcome: Outcome
    explanation: str
    stated: bool
    contradiction: str
    marks: tuple[str, ...]
    value: str  # of a criterion with one figure, for the closed row
    own: Outcome | None  # the office's own word, where it differs
    lines: tuple[LineShown, ...]
    gaps: tuple[Gap, ...]
    cost: int | None
    files: int
    url: str


@dataclass(frozen=True, slots=True)
class StripCell:
    """Một ô của dải."""

    no: int
    name: str
    outcome: Outcome
    url: str


@dataclass(frozen=True, slots=True)
class OwnWord:
    """Tiêu chí mà đơn vị tự đánh giá khác kết quả đã thẩm tra."""

    no: int
    name: str
    own: Outcome


class _Teller:
    """One board, with the addresses that its lines need."""

    def __init__(
        self,
        board: Board,
        query: str,
        evidence: dict[int, tuple[Evidence, ...]] | None = None,
    ) -> None:
        self.board, self.query = board, query
        self.evidence = evidence or {}

    def criterion(self, one: BoardCriterion) -> CriterionShown:
        lines = tuple(self.line(line) for line in one.indicators)
        if one.result.stated or one.stated.rests_on or not lines:
            lines = (self.stated(one), *lines)
        figures = [line for line in lines if line.value and line.rests_on]
        own = self.board.own.get(one.criterion.no)
        marks = {mark for line in _all(lines) for mark in line.marks}
        return CriterionShown(
            no=one.criterion.no,
            name=one.criterion.name,
            outcome=one.result.outcome,
            explanation=one.result.explanation,
            stated=one.result.stated,
            contradiction=one.result.contradiction or "",
            marks=tuple(mark for mark in ("unchecked", "assumed", "pending") if mark in marks),
            value=_short(figures[0]) if len(figures) == 1 else "",
            own=own if own is not None and own != one.result.outcome else None,
            lines=lines,
            gaps=one.gaps,
            cost=one.cost,
            files=sum(line.files for line in _all(lines)),
            url=self.criterion_url(one.criterion.no),
        )

    def criterion_url(self, no: int) -> str:
        here = reverse("desk:unit_criterion", kwargs={"unit_id": self.board.unit_id, "no": no})
        return here + self.query

    def stated(self, one: BoardCriterion) -> LineShown:
        result = one.result
        return self._line(
            one.stated,
            text=gettext("Kết luận chung cả tiêu chí"),
            measure="",
            outcome=_said_outcome(one.stated.rests_on),
            value="",
            level="",
            instrument="",
            checked=True,
            explanation=result.explanation if result.stated else "",
        )

    def line(self, one: BoardIndicator) -> LineShown:
        asked, result = one.asked, one.result
        assert isinstance(asked, Indicator)
        if result is None:
            text = asked.text_at(self.board.on)
            return self._line(
                one, text=text, measure=asked.measure or "", outcome=Outcome.NO_DATA,
                value=words.value_words(one.rests_on), level="", instrument=asked.reference.instrument, checked=True,
                explanation="",
            )  # fmt: skip
        level = asked_level(asked, result)
        return self._line(
            one,
            text=asked.text_at(self.board.on),
            measure=asked.measure or "",
            outcome=result.outcome,
            value=write_number(result.value) if isinstance(result.value, Decimal) else "",  # words are the outcome
            level=level.words if isinstance(result.value, Decimal) or level.words != _MET else "",
            instrument=level.instrument,
            checked=level.checked,
            explanation=result.explanation,
        )

    def condition(self, one: BoardIndicator, result: ConditionResult | None) -> LineShown:
        asked = one.asked
        assert isinstance(asked, TitleCondition)
        return self._line(
            one,
            text=asked.text,
            measure=asked.measure or "",
            outcome=result.outcome if result else Outcome.NO_DATA,
            value=words.value_words(one.rests_on),
            level="",
            instrument=asked.reference.instrument,
            checked=result.checked if result else asked.check.verified,
            explanation=result.explanation if result else "",
        )

    def _line(
        self, one: BoardIndicator, *, text: str, measure: str, outcome: Outcome, value: str, level: str,
        instrument: str, checked: bool, explanation: str,
    ) -> LineShown:  # fmt: skip
        row = one.rests_on
        marks = [] if checked else ["unchecked"]
        if row is not None and row.assumed:
            marks.append("assumed")
        if row is not None and row.stage == Stage.SELF:
            marks.append("pending")
        own = one.own if one.own and row and one.own.pk != row.pk and one.own.as_of >= row.as_of else None
        if own is None and row is None:
            own = one.own
        said = words.own_words(own) if own and words.value_words(own) != words.value_words(row) else ""
        return LineShown(
            code=one.code,
            text=text,
            measure=measure,
            outcome=outcome,
            value=value,
            level=level,
            instrument=instrument,
            marks=tuple(marks),
            explanation=explanation,
            rests_on=row,
            stage=_STAGE[Stage(row.stage)] if row else "",
            own=said,
            previous=words.figure_of(one.previous) if one.previous and one.previous != row else "",
            files=_files(one),
            gaps=one.gaps,
            history_url=reverse("desk:history", args=(self.board.unit_id, self.board.row.code, one.code)) + self.query,
            evidence=self.evidence.get(row.answers_id or row.pk, ()) if row else (),
            parts=tuple(self.line(part) for part in one.parts),
        )


def criteria(board: Board, query: str) -> list[CriterionShown]:
    """Mọi tiêu chí của trang đơn vị."""
    teller = _Teller(board, query)
    return [teller.criterion(one) for one in board.criteria]


def criterion(board: Board, no: int, query: str, evidence: dict[int, tuple[Evidence, ...]]) -> CriterionShown | None:
    """Một tiêu chí, with its files."""
    found = next((one for one in board.criteria if one.criterion.no == no), None)
    return _Teller(board, query, evidence).criterion(found) if found else None


def conditions(board: Board, query: str) -> list[LineShown]:
    """Điều kiện công nhận ngoài tiêu chí."""
    results = {one.code: one for one in board.assessment.title.conditions}
    teller = _Teller(board, query)
    return [teller.condition(one, results.get(one.code)) for one in board.conditions]


def strip(board: Board, query: str) -> list[StripCell]:
    """Dải ô, each cell opening its criterion."""
    teller = _Teller(board, query)
    return [
        StripCell(one.criterion.no, one.criterion.name, one.result.outcome, teller.criterion_url(one.criterion.no))
        for one in board.criteria
    ]


def differing(board: Board) -> list[OwnWord]:
    """Tiêu chí tự đánh giá khác kết quả đã thẩm tra."""
    return [
        OwnWord(one.criterion.no, one.criterion.name, board.own[one.criterion.no])
        for one in board.criteria
        if board.own.get(one.criterion.no, one.result.outcome) != one.result.outcome
    ]


def _all(lines: Iterable[LineShown]) -> Iterable[LineShown]:
    for line in lines:
        yield line
        yield from _all(line.parts)


def _short(line: LineShown) -> str:
    """ "59,58 / ≥ 64 triệu đồng/người/năm": only for a figure with a level."""
    if not line.level or line.value in {str(look.words) for look in LOOKS.values()}:
        return ""
    return f"{line.value} / {line.level} {line.measure}".strip()


def _said_outcome(row: Observation | None) -> Outcome:
    """What a stated conclusion says by itself."""
    return _OF_KIND.get(row.kind, Outcome.NO_DATA) if row else Outcome.NO_DATA


def _files(one: BoardIndicator) -> int:
    """Tệp của số liệu đang dùng: a verified figure rests on the files of the one it answers."""
    row = one.rests_on
    if row is not None and one.own is not None and row.answers_id == one.own.pk:
        return int(getattr(one.own, "files", 0))
    return one.files
