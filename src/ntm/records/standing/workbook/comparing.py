"""So từng ô với số đang có: what would change, what stays, what cannot be taken and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from ntm.domain.assessment.model import Fact
from ntm.domain.criteria.model import CriteriaSet
from ntm.domain.official.numbers import NumberError
from ntm.records.people import authority
from ntm.records.people.authority import Actor
from ntm.records.standing import facts, typing_in
from ntm.records.standing.models import RegisteredSet
from ntm.records.standing.models.observations import Stage
from ntm.records.standing.refusals import Refused
from ntm.records.standing.workbook.present import NOTHING, Standing, standing
from ntm.records.standing.workbook.reading import ReadCell, ReadWorkbook

__all__ = ["Difference", "Found", "action_of", "compare"]

_OUTSIDE = "Cơ quan này không được ghi ô này: ngoài địa bàn hoặc ngoài tiêu chí phụ trách."
_NOTE_ALONE = (
    "Kết quả giữ nguyên, chỉ có ghi chú mới: bảng thẩm tra không nhận riêng ghi chú. Ghi kết quả khác kèm lý do, hoặc ghi "
    "lý do ở trang Thẩm tra."
)


@dataclass(frozen=True, slots=True)
class Difference:
    """Một ô khác với số đang có. `problem`: why it cannot be taken; `note_only`: the figure is the same, the note is not."""

    place: str
    unit_id: int
    code: str
    before: str
    after: str
    note: str
    fact: Fact | None
    problem: str = ""
    note_only: bool = False


@dataclass(frozen=True)
class Found:
    """Kết quả so một bảng tính."""

    workbook: ReadWorkbook
    good: tuple[Difference, ...]
    bad: tuple[Difference, ...]
    unchanged: int
    emptied: int  # figures that stand and whose cells came back empty: they are kept


def action_of(stage: Stage) -> str:
    """The action that taking a figure of this stage is."""
    return "observation.record" if stage == Stage.SELF else "observation.verify"


def compare(
    actor: Actor, workbook: ReadWorkbook, row: RegisteredSet, criteria_set: CriteriaSet, ids: Collection[int]
) -> Found:
    """So: `ids` are the units that the workbook may speak of."""
    stage = Stage(workbook.stage)
    work = _Comparison(
        criteria_set=criteria_set,
        ids=frozenset(ids),
        stage=stage,
        reach=authority.reach(actor, action_of(stage), on=workbook.as_of),
        standing=standing(ids, row, workbook.as_of, stage),
        before=workbook.before,
        twice=_twice(workbook.cells),
    )
    good: list[Difference] = []
    bad: list[Difference] = []
    unchanged = 0
    told: set[tuple[int, str]] = set()
    for cell in workbook.cells:
        key = (cell.unit_id, cell.code)
        if cell.typed:
            if key in told and not cell.problem and key not in work.twice:
                continue  # the very same again
            told.add(key)
        one = work.difference(cell)
        if one is None:
            unchanged += bool(cell.typed)
        else:
            (bad if one.problem else good).append(one)
    emptied = sum(key in workbook.before and key not in told for key in work.standing)
    return Found(workbook, tuple(good), tuple(bad), unchanged, emptied)


def _twice(cells: Collection[ReadCell]) -> dict[tuple[int, str], str]:
    """Cells that say different things of one indicator of one unit: nobody knows which is meant. Key -> places."""
    filled = [one for one in cells if one.typed and one.unit_id]
    counts = Counter((one.unit_id, one.code) for one in filled)
    places: dict[tuple[int, str], list[ReadCell]] = {}
    for one in filled:
        if counts[one.unit_id, one.code] > 1:
            places.setdefault((one.unit_id, one.code), []).append(one)
    return {
        key: ", ".join(one.place.rpartition("!")[2] for one in several[:5])
        for key, several in places.items()
        if len({one.typed for one in several}) > 1
    }


@dataclass
class _Comparison:
    """What every cell is held against."""

    criteria_set: CriteriaSet
    ids: frozenset[int]
    stage: Stage
    reach: authority.Reach
    standing: Mapping[tuple[int, str], Standing]
    before: Mapping[tuple[int, str], str]
    twice: Mapping[tuple[int, str], str]
    asked: dict[str, tuple[typing_in.Asked, str | None] | Refused] = field(default_factory=dict)

    def difference(self, cell: ReadCell) -> Difference | None:
        """None when the cell says what stands, or nothing."""
        now = self.standing.get((cell.unit_id, cell.code), NOTHING)
        note_changed = bool(cell.note) and cell.note != now.note
        if cell.problem:
            return self._told(cell, now, None, cell.problem)
        if cell.typed == "":
            if not note_changed:
                return None
            return self._told(cell, now, None, "Có ghi chú nhưng ô giá trị để trống: nhập giá trị rồi nộp lại.")
        if (cell.unit_id, cell.code) in self.twice:
            places = self.twice[cell.unit_id, cell.code]
            return self._told(
                cell,
                now,
                None,
                f"Chỉ tiêu {cell.code} của đơn vị này có hai giá trị khác nhau ({places}): chỉ để lại một.",
            )
        if cell.unit_id not in self.ids:
            return self._told(cell, now, None, "Đơn vị này không còn thuộc địa bàn của bảng tính vào ngày số liệu.")
        if cell.typed == now.typed and not note_changed:
            return None
        try:
            fact = self._fact(cell)
        except (Refused, NumberError, ValueError) as reason:
            return self._told(cell, now, None, str(reason))
        same = _kept(fact) == now.fact
        if same and note_changed and self.stage != Stage.SELF:
            return self._told(cell, now, fact, _NOTE_ALONE)
        if same and not note_changed:
            return None
        return self._told(cell, now, fact, self._forbidden(cell, now, same), note_only=same)

    def _fact(self, cell: ReadCell) -> Fact:
        asked, _ = self._asked(cell.code)
        typed = cell.typed
        by_hundred = not isinstance(asked, int) and "%" in (asked.measure or "")
        if cell.percent and not by_hundred:
            raise Refused(
                f"Ô có định dạng phần trăm ({typed} %) nhưng chỉ tiêu này không tính bằng %: định dạng ô là Văn bản (Text) "
                "rồi gõ lại."
            )
        if by_hundred and typed.endswith("%"):
            typed = typed[:-1].rstrip()
        fact = typing_in.parse_typed(asked, typed)
        facts.kind_of(fact)
        return fact

    def _asked(self, code: str) -> tuple[typing_in.Asked, str | None]:
        """What the code asks and in whose charge it is; looked up once."""
        known = self.asked.get(code)
        if known is None:
            try:
                asked, no = typing_in.find_asked(self.criteria_set, code)
                known = asked, typing_in.charge(self.criteria_set.code, code, no)
            except Refused as reason:
                known = reason
            self.asked[code] = known
        if isinstance(known, Refused):
            raise known
        return known

    def _forbidden(self, cell: ReadCell, now: Standing, same: bool) -> str:
        _, charge = self._asked(cell.code)
        if not self.reach.covers(cell.unit_id, charge):
            return _OUTSIDE
        then = self.before.get((cell.unit_id, cell.code), "")
        if not same and now.typed != then:
            return (
                f"Số đang có đã đổi thành “{now.typed or 'trống'}” sau khi tải bảng tính "
                f"(lúc tải: “{then or 'trống'}”). Xem số đó; nếu vẫn muốn thay thì tải lại bảng tính rồi nhập."
            )
        return ""

    def _told(
        self, cell: ReadCell, now: Standing, fact: Fact | None, problem: str, *, note_only: bool = False
    ) -> Difference:
        return Difference(
            cell.place, cell.unit_id, cell.code, now.typed, cell.typed, cell.note, fact, problem, note_only
        )


def _kept(fact: Fact) -> tuple[int, int | None]:
    kind, scaled = facts.kind_of(fact)
    return int(kind), scaled
