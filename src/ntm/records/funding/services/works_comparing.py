"""So bảng công trình với hồ sơ: each line is a new works, a changed one, one as it stands, or is sent back with its reasons.

The rules are those of one works (works_rules, amending); here they are only asked, with facts gathered for the whole file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ntm.domain.official.money import write_amount
from ntm.domain.official.text import fold
from ntm.records.funding import rules, works_rules
from ntm.records.funding.models import Works
from ntm.records.funding.queries import works_sums
from ntm.records.funding.refusals import Refused
from ntm.records.funding.services import amending
from ntm.records.funding.services.amending import Amendment
from ntm.records.funding.services.building import NewWorks
from ntm.records.funding.workbook import columns, facts
from ntm.records.funding.workbook.columns import COLUMNS, FundKey
from ntm.records.funding.workbook.facts import Facts
from ntm.records.funding.workbook.naming import Names
from ntm.records.funding.workbook.present import Present, chunks, fund_field, said
from ntm.records.funding.workbook.reading import ReadLine, ReadSheet
from ntm.records.people.authority import Actor
from ntm.records.standing import registry

__all__ = ["Compared", "NewLine", "compare"]

_SMALL = 1_000_000  # đồng: a works that costs less was perhaps typed in triệu
_COUNTED = {"total_cost", "execution", "decision_on"}  # what a bound of community works looks at
_OF_LINE = ("code", "unit", "village_id", "debt_reason")  # what no column of a works takes as it is typed


@dataclass(frozen=True, slots=True)
class NewLine:
    """Công trình mới của một dòng."""

    line: ReadLine
    new: NewWorks
    debt_reason: str
    village: str


@dataclass
class Compared:
    """Kết quả so: what would be added, what would be changed, how many lines say nothing new, which are sent back."""

    facts: Facts
    new: list[NewLine] = field(default_factory=list)
    changed: list[tuple[ReadLine, Amendment]] = field(default_factory=list)
    unchanged: int = 0
    emptied: int = 0
    refused: list[ReadLine] = field(default_factory=list)

    def notes(self, on: date) -> dict[int, list[str]]:
        """Nhắc theo dòng: what is no error but should be looked at."""
        described = [(one.line.line, one.new) for one in self.new]
        described += [
            (line.line, amending.described(one.works, one.changes))
            for line, one in self.changed
            if _COUNTED & one.changes.keys()
        ]
        told: dict[int, list[str]] = defaultdict(list)
        for number, works in described:
            if works.total_cost < _SMALL:
                amount = write_amount(works.total_cost)
                told[number].append(f"Tổng mức chỉ {amount} đồng: xem lại có ghi nhầm đơn vị triệu đồng không.")
            bounds = works_rules.community_bounds(works.execution, works.decision_on or on)
            if bounds and (beyond := bounds.beyond(works.total_cost)):
                told[number].append(f"{beyond.removesuffix('.')} {bounds.cited}.")
        return dict(told)


def compare(actor: Actor, sheet: ReadSheet, unit_id: int, on: date) -> Compared:
    """So từng dòng; nothing is written."""
    found = Compared(facts.gather(actor, sheet, unit_id, on))
    reader = _Lines(found, sheet, on)
    for line in sheet.lines:
        reader.take(line)
    _refuse_wrong_amendments(found, on)
    found.refused.sort(key=lambda line: line.line)
    return found


def _refuse_wrong_amendments(found: Compared, on: date) -> None:
    """Those rules of an amendment that ask for money, all works at once."""
    costly = [one.works.pk for _, one in found.changed if "total_cost" in one.changes]
    moved: dict[int, tuple[int, int]] = {}
    for some in chunks(costly):
        moved |= works_sums.moved_of(some)
    fine = []
    for line, one in found.changed:
        try:
            amending.refuse_wrong_amendment(one, moved.get(one.works.pk, (0, 0)), on)
        except Refused as reason:
            line.refuse(_head(reason.field), str(reason))
            found.refused.append(line)
        else:
            fine.append((line, one))
    found.changed = fine


def _head(name: str) -> str:
    """The column of a field of the rules; "" where it is of the whole line."""
    if name == "funds":
        return columns.of_field("total_cost").head
    return next((one.head for one in COLUMNS if one.field == name), "")


class _Lines:
    """Một lượt đi qua các dòng."""

    def __init__(self, found: Compared, sheet: ReadSheet, on: date) -> None:
        self.found, self.facts, self.sheet, self.on = found, found.facts, sheet, on
        self.names = Names(found.facts, sheet, on)

    def take(self, line: ReadLine) -> None:
        """One line to where it belongs."""
        try:
            works, unit = self.names.which(line)
            if line.errors:
                self.found.refused.append(line)
            elif works is None:
                self._new(line, unit)
            else:
                self._standing(line, works)
        except Refused as reason:
            line.refuse(_head(reason.field), str(reason))
            self.found.refused.append(line)

    # -- a new works -------------------------------------------------------------------------------------------------

    def _new(self, line: ReadLine, unit: int) -> None:
        values: dict[str, Any] = {
            one.field: line.values[one.field]
            for one in COLUMNS
            if one.field in line.values and one.field not in _OF_LINE
        }
        for name, words in (("name", "Ghi tên công trình."), ("total_cost", "Ghi tổng mức đầu tư, bằng đồng.")):
            if not values.get(name):
                raise Refused(words, name)
        values.setdefault("execution", "")
        self._serve(values)
        village, title = self.names.village(line, unit)
        capital = tuple((*key, amount) for key, amount in line.funds.items() if amount)
        new = NewWorks(unit, str(line.values["code"]), **values, village_id=village, funds=capital)
        self._require(unit, new)
        works_rules.refuse_wrong_values(new, self.on, sets=self.facts.sets)
        if capital:
            works_rules.refuse_wrong_funds(capital, new.total_cost, self.on.year)
        reason = str(line.values.get("debt_reason") or "")
        owed = self.facts.owed.get(unit, 0)
        works_rules.refuse_new_in_debt(owed, reason)
        self.found.new.append(NewLine(line, new, reason if owed else "", title))

    def _serve(self, values: dict[str, Any]) -> None:
        """A set by its name is its code; a criterion may follow from its indicator."""
        code = values["set_code"] = self._set(values.get("set_code"))
        if values.get("indicator_code") and "criterion_no" not in values and code in self.facts.sets:
            criteria = registry.content(self.facts.sets[code]).criteria
            served = (one.no for one in criteria for under in one.indicators if under.code == values["indicator_code"])
            values["criterion_no"] = next(served, None)

    def _set(self, typed: Any) -> str:
        return self.facts.set_words.get(fold(typed), typed) if typed else ""

    def _require(self, unit: int, *described: NewWorks) -> None:
        for one in described:
            if not self.facts.reach.covers(unit, rules.charge(one.set_code, one.criterion_no)):
                by_criteria = self.facts.reach.criteria is not None
                what = f"công trình thuộc tiêu chí {one.criterion_no}" if one.criterion_no else "công trình"
                raise Refused(
                    f"Chức danh này không quản lý {what} của {self.facts.labels[unit].title}: "
                    "để người phụ trách nhập dòng này.",
                    "criterion_no" if by_criteria else "unit",
                )

    # -- works that stand ----------------------------------------------------------------------------------------------

    def _standing(self, line: ReadLine, works: Works) -> None:
        now = self.facts.present[works.pk]
        before = self.sheet.before.get(works.pk)
        values, village = self._changes(line, works, now, before)
        capital = self._capital(line, now, before)
        if not values and capital is None:
            self.found.unchanged += 1
            return
        if before is not None:
            self._refuse_stale(now, before, values)
        changes: dict[str, Any] = values
        one = Amendment(works, now, changes, capital, village)
        after = amending.described(works, changes)
        self._require(works.unit_id, amending.described(works, {}), after)
        works_rules.refuse_wrong_values(after, works.decision_on or works.on, changes.keys(), self.facts.sets)
        self.found.changed.append((line, one))

    def _changes(
        self, line: ReadLine, works: Works, now: Present, before: Mapping[str, str] | None
    ) -> tuple[dict[str, Any], str]:
        """The fields whose cells say something else than stands, and than stood when the file was taken out."""
        typed: dict[str, Any] = {**line.values, **dict.fromkeys(line.cleared, "")}
        if "set_code" in typed:
            typed["set_code"] = self._set(typed["set_code"])
        changes: dict[str, Any] = {}
        village = ""
        for column in COLUMNS:
            name = column.field
            if name in ("code", "unit"):
                continue
            if name not in typed:
                self.found.emptied += name in self.sheet.fields and bool((before or {}).get(name))
                continue
            words = said(column.kind, typed[name])
            if _same(name, words, now.words[name]) or (before is not None and _same(name, words, before.get(name, ""))):
                continue
            if name == "debt_reason":
                raise Refused("Lý do này ghi lúc thêm công trình, không sửa sau: ghi lại như cũ.", name)
            after: Any = _emptied(name) if name in line.cleared else typed[name]
            if name == "village_id":
                after, village = self.names.village(line, works.unit_id)
            if after != getattr(works, name):
                changes[name] = after
        return changes, village

    def _capital(
        self, line: ReadLine, now: Present, before: Mapping[str, str] | None
    ) -> tuple[tuple[str, str, int], ...] | None:
        """The new capital; None where the cells of sources say nothing new. Sources without a column stay as they are."""
        here = self.sheet.fund_columns
        if not line.funds:
            self.found.emptied += any((before or {}).get(fund_field(key)) for key in here)
            return None
        after: dict[FundKey, int] = {key: amount for key, amount in now.funds.items() if key not in here}
        after |= {key: amount for key, amount in line.funds.items() if amount}
        if after == dict(now.funds):
            return None
        if before is not None:
            words = {fund_field(key): columns.said("money", amount) for key, amount in line.funds.items() if amount}
            if words == {fund_field(key): text for key in here if (text := before.get(fund_field(key), ""))}:
                return None
        return tuple((*key, amount) for key, amount in after.items())

    def _refuse_stale(self, now: Present, before: Mapping[str, str], values: Mapping[str, Any]) -> None:
        """Somebody has changed the works since the file was taken out: both are told, nobody's word is written over."""
        apart = [
            name
            for name, words in now.words.items()
            if (name in before or "|" in name) and words != before.get(name, "")
        ]
        apart += [name for name, words in before.items() if words and name not in now.words]
        if not apart:
            return
        told = "; ".join(
            f"{_field_words(name)}: lúc tải “{before.get(name) or 'trống'}”, nay “{now.words.get(name) or 'trống'}”"
            for name in apart[:4]
        )
        mine = ", ".join(columns.of_field(name).head for name in values) or "cơ cấu vốn"
        raise Refused(
            f"Công trình đã được sửa sau khi tải tệp lúc {self.sheet.taken_out} ({told}); tệp này sửa {mine}. "
            "Tải lại danh sách, xem số mới rồi sửa tiếp."
        )


def _same(name: str, one: str, other: str) -> bool:
    return fold(one) == fold(other) if name == "village_id" else one == other


def _emptied(name: str) -> Any:
    """What an emptied field holds."""
    return "" if Works._meta.get_field(name).get_internal_type() == "CharField" else None


def _field_words(name: str) -> str:
    source, bar, kind = name.partition("|")
    return columns.fund_words((source, kind)) if bar else columns.of_field(name).head
