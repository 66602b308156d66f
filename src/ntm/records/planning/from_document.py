"""Mục của văn bản thành các phần của dự thảo: one method a part, each written in bulk; nothing is invented on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ntm.records.archive import instruments
from ntm.records.planning import promises, section_text
from ntm.records.planning.bodies import Directory
from ntm.records.planning.models import (
    CriterionCell,
    Mode,
    Plan,
    PlanBasis,
    PlanDuty,
    PlanMoney,
    PlanRecipient,
    PlanSection,
    PlanTarget,
    PlanVersion,
    RoadmapStep,
    Subject,
    TargetShare,
    TaskGroup,
)
from ntm.records.planning.naming import UnitNames
from ntm.records.planning.refusals import Refused
from ntm.records.planning.services import editing, roadmap, tasks
from ntm.records.standing import registry

__all__ = ["Found", "Rows"]

_LOWER = {"tinh": ("huyen", "xa"), "huyen": ("xa", "thon"), "xa": ("thon",)}  # whom a plan of a level names


@dataclass(frozen=True, slots=True)
class Found:
    """Một mục: its value as the reading (or a person) has it, and where it stands."""

    section: str
    key: str
    value: Mapping[str, Any]
    lines: tuple[int, ...] = ()
    page: int | None = None
    item_id: int | None = None
    assumed: bool = False

    @property
    def place(self) -> str:
        """Chỗ trong nguồn, in words."""
        if not self.lines:
            return ""
        first, last = min(self.lines), max(self.lines)
        lines = f"dòng {first}" if first == last else f"dòng {first}-{last}"
        return f"trang {self.page}, {lines}" if self.page else lines


class Rows:
    """Các phần của một dự thảo vừa lập; `counts`, `unknown` units and what was `left_out` are told to who asked."""

    def __init__(self, plan: Plan, version: PlanVersion, lines: tuple[str, ...], on: date) -> None:
        self.plan, self.version, self.lines, self.on = plan, version, lines, on
        self.counts: Counter[str] = Counter()
        self.unknown: list[str] = []
        self.left_out: list[str] = []
        self._names: dict[str, UnitNames] = {}
        self._numbers = {one.no for one in registry.content(plan.set).criteria} if plan.set else set()
        self._cell_level = "xa" if plan.level in ("tinh", "huyen") else plan.level

    def bases(self, found: Sequence[Found]) -> None:
        """Căn cứ, with the key of the instrument where the list has exactly one of that number."""
        listing = instruments.listing()
        rows = []
        for place, one in enumerate(_of(found, "bases")):
            value = one.value
            number, day = str(value.get("number") or ""), _day(value.get("date"))
            known = listing.instruments.find(number, day) if number else ()
            rows.append(
                PlanBasis(
                    **self._from(one, place),
                    role=str(value.get("role") or "căn cứ")[:20],
                    key=instruments.identity(known[0]) if len(known) == 1 else "",
                    number=number[:100],
                    kind=str(value.get("kind") or "")[:60],
                    issuer=str(value.get("issuer") or "")[:200],
                    date=day,
                    title=str(value.get("title") or "")[:1000],
                    words=section_text.clause(self.lines, one.lines, value),
                )
            )
        self._keep(PlanBasis, rows, "bases")

    def sections(self, outline: Iterable[Mapping[str, Any]], found: Sequence[Found]) -> None:
        """Đề mục với lời của nó; tables of work are parts of their own and are left out of the words."""
        tables = {line for one in found if one.section == "tasks" and one.value.get("from_table") for line in one.lines}
        rows = [
            PlanSection(**(self._place(place) | values))
            for place, values in enumerate(section_text.sections(outline, self.lines, tables))
        ]
        self._keep(PlanSection, rows, "sections")

    def targets(self, found: Sequence[Found]) -> None:
        """Chỉ tiêu, phần giao theo tên, và bảng đơn vị × tiêu chí gom từ hai danh sách."""
        own = self._own_name()
        cells = promises.Cells()
        rows: list[PlanTarget] = []
        named: list[tuple[PlanTarget, list[int]]] = []
        for one in (*_of(found, "targets"), *_of(found, "criterion_targets")):
            by_unit = one.section == "targets"
            units = self._tell(cells, one, by_unit=by_unit)
            made = promises.of_target(one.value, own) if by_unit else promises.of_criterion(one.value)
            if made is None:
                continue
            target = self._target(one, made, len(rows))
            if target is None:
                continue
            rows.append(target)
            if by_unit and units and target.subject != Subject.OWN_TITLE:
                named.append((target, units))
        self._keep(PlanTarget, rows, "targets")
        self._keep(
            TargetShare, [self._share(target, unit, len(ids)) for target, ids in named for unit in ids], "shares"
        )
        self._keep(CriterionCell, [self._cell(one) for one in cells.found.values()], "cells")

    def roadmap(self, found: Sequence[Found]) -> None:
        """Lộ trình: a step a criterion, or one step where none is told."""
        rows = []
        for one in _of(found, "roadmap"):
            words = promises.words(one.value.get("deadline") or one.value.get("period"))
            days = self._days(words or promises.words(one.value.get("group_deadline")))
            if days is None:
                self.left_out.append(f"Lộ trình: thời gian “{words}” không hiểu được")
                continue
            ids = self._units(one.value.get("units") or (), self._cell_level)
            numbers = [no for no in one.value.get("criteria") or () if no in self._numbers]
            completes = set(one.value.get("completes") or ())
            for no in numbers or [None]:
                rows.append(
                    RoadmapStep(
                        **self._from(one, len(rows)),
                        unit_id=ids[0] if len(ids) == 1 else None,
                        criterion_no=no,
                        what=str(one.value.get("what") or ""),
                        deadline_words=words,
                        start=days[0],
                        end=days[1],
                        completes=no in completes,
                    )
                )
        self._keep(RoadmapStep, rows, "roadmap")

    def money(self, found: Sequence[Found]) -> None:
        """Khoản tiền: a sum with parts keeps what the text states beside what its parts make; balances are derived."""
        items = {int(one.key.rpartition(".")[2]): one for one in _of(found, "money")}
        kept = {no: one for no, one in items.items() if self._is_money(one)}
        parents = {no: one.value.get("parent") for no, one in kept.items()}
        parents = {no: above if above in kept and above != no else None for no, above in parents.items()}
        sums = set(parents.values()) - {None}
        made: dict[int, PlanMoney] = {}
        waiting = sorted(kept)
        while waiting:
            ready = [no for no in waiting if parents[no] is None or parents[no] in made]
            if not ready:  # sums that stand in each other: the text's own muddle; they lose their places
                parents = {no: (None if no in waiting else above) for no, above in parents.items()}
                continue
            rows = [self._money(kept[no], no, made.get(parents[no]), no in sums) for no in ready]
            self._keep(PlanMoney, rows, "money")
            made |= dict(zip(ready, rows, strict=True))
            waiting = [no for no in waiting if no not in made]

    def duties(self, found: Sequence[Found]) -> None:
        """Phân công trách nhiệm."""
        mine = _of(found, "duties")
        directory = Directory.of(self.plan.unit_id, self.on) if mine else None
        rows = [
            PlanDuty(
                **self._from(one, place),
                body_id=directory.find(str(one.value.get("body") or "")) if directory else None,
                body_words=str(one.value.get("body") or "")[:500],
                text="\n".join(str(line) for line in one.value.get("duties") or ()),
                criteria=sorted({no for no in one.value.get("criteria") or () if no in self._numbers}),
            )
            for place, one in enumerate(mine)
        ]
        self._keep(PlanDuty, rows, "duties")

    def recipients(self, found: Sequence[Found]) -> None:
        """Nơi nhận."""
        rows = [
            PlanRecipient(**self._from(one, place), words=str(one.value.get("value") or "")[:300])
            for place, one in enumerate(_of(found, "recipients"))
        ]
        self._keep(PlanRecipient, rows, "recipients")

    def tasks(self, found: Sequence[Found]) -> list[tasks.TaskDraft]:
        """Nhiệm vụ, as drafts for the room of tasks; their groups are written here."""
        mine = _of(found, "tasks")
        groups: dict[tuple[str, str], TaskGroup] = {}
        for one in mine:
            key = (str(one.value.get("group_no") or ""), str(one.value.get("group") or ""))
            if key[1] and key not in groups:
                deadline = self._understood(promises.words(one.value.get("group_deadline")))
                groups[key] = TaskGroup(
                    **self._from(one, len(groups)), no=key[0][:20], name=key[1][:500], deadline_words=deadline
                )
        self._keep(TaskGroup, list(groups.values()), "groups")
        return [self._task(one, groups) for one in mine]

    def _task(self, one: Found, groups: Mapping[tuple[str, str], TaskGroup]) -> tasks.TaskDraft:
        value = one.value
        group = groups.get((str(value.get("group_no") or ""), str(value.get("group") or "")))
        return tasks.TaskDraft(
            what=str(value.get("what") or "").strip() or "(không ghi nội dung)",
            no=str(value.get("no") or "")[:20],
            product=str(value.get("product") or "")[:500],
            deadline_words=self._understood(promises.words(value.get("deadline"))),
            directing=str(value.get("directing") or ""),
            lead=str(value.get("lead") or ""),
            coordinating=str(value.get("coordinating") or ""),
            criteria=tuple(no for no in value.get("criteria") or () if no in self._numbers),
            group_id=group.pk if group else None,
            read_item_id=one.item_id,
            assumed=one.assumed,
            source_place=one.place,
        )

    def _understood(self, words: str) -> str:
        """The words, where they are no impossible day; otherwise they are told as left out."""
        try:
            editing.understood(words, issued=self.version.issued_on, year=self.plan.year)
        except Refused as refusal:
            self.left_out.append(str(refusal))
            return ""
        return words

    def _days(self, words: str) -> tuple[date, date] | None:
        plan = self.plan
        try:
            return roadmap.days_of(words, issued=self.version.issued_on, year=plan.year, year_to=plan.year_to)
        except Refused:
            return None

    def _tell(self, cells: promises.Cells, one: Found, *, by_unit: bool) -> list[int]:
        """What an item says of cells; returns the units that it names."""
        value = one.value
        criteria = value.get("criteria") if by_unit else [value.get("criterion")]
        numbers = [no for no in criteria or () if no in self._numbers]
        skipped = value.get("baseline") or value.get("threshold") or value.get("derived")
        level = self._cell_level if numbers else self._level_of(value)
        units = self._units(value.get("units") or (), level)
        if numbers and units and not skipped and value.get("mode") in (Mode.GAIN, Mode.KEEP):
            deadline = self._understood(promises.words(value.get("deadline")))
            cells.tell(
                units, numbers, value["mode"], by_unit=by_unit, deadline=deadline, item_id=one.item_id, place=one.place
            )
        return units

    def _level_of(self, value: Mapping[str, Any]) -> str:
        measure = str(value.get("measure") or "").lower()
        return {"thôn": "thon", "huyện": "huyen", "xã": "xa"}.get(measure, self._cell_level)

    def _units(self, names: Sequence[Any], level: str) -> list[int]:
        """The units of these names: of the level meant, else of another level that the plan may speak of."""
        found: list[int] = []
        for name in names:
            levels = dict.fromkeys((level, *_LOWER.get(self.plan.level, ())))
            unit = next((one for one in (self._names_of(each).find(str(name)) for each in levels) if one), None)
            if unit is None:
                self.unknown.append(str(name))
            elif unit not in found:
                found.append(unit)
        return found

    def _names_of(self, level: str) -> UnitNames:
        if level not in self._names:
            self._names[level] = UnitNames(self.plan.unit_id, level, self.on)
        return self._names[level]

    def _own_name(self) -> str:
        return self._names_of(self._cell_level).labels[self.plan.unit_id].name

    def _target(self, one: Found, made: dict[str, Any], place: int) -> PlanTarget | None:
        value = made["value"]
        if value is not None and (value < 0 or value >= 10**16):
            self.left_out.append(f"Chỉ tiêu “{made['what'][:80]}”: mức {value} không hợp lý")
            return None
        words = self._understood(made["deadline_words"])
        plan = self.plan
        due = editing.understood(words, issued=self.version.issued_on, year=plan.year, year_to=plan.year_to)
        return PlanTarget(**self._from(one, place), **(made | {"deadline_words": words, "due": due}))

    def _share(self, target: PlanTarget, unit_id: int, among: int) -> TargetShare:
        by_name = target.subject == Subject.TITLE
        value = None if by_name or among > 1 else target.value
        return TargetShare(
            target=target,
            unit_id=unit_id,
            value=value,
            due=target.due,
            deadline_words=target.deadline_words,
            read_item_id=target.read_item_id,
            assumed=target.assumed,
            source_place=target.source_place,
        )

    def _cell(self, one: promises.Cell) -> CriterionCell:
        plan = self.plan
        return CriterionCell(
            plan=plan,
            unit_id=one.unit_id,
            criterion_no=one.no,
            mode=one.mode,
            told=one.told,
            deadline_words=one.deadline_words,
            due=editing.understood(
                one.deadline_words, issued=self.version.issued_on, year=plan.year, year_to=plan.year_to
            ),
            read_item_id=one.read_item_id,
            source_place="; ".join(one.places)[:300],
        )

    def _is_money(self, one: Found) -> bool:
        value = one.value
        what = str(value.get("what") or "").strip()
        kept = value.get("role") in ("need", "source", "total") and bool(what) and "cân đối" not in what.lower()
        if not kept:
            self.left_out.append(f"Khoản tiền “{what[:80] or 'không tên'}”: số cân đối, được tính lại từ các khoản")
        return kept

    def _money(self, one: Found, place: int, parent: PlanMoney | None, is_sum: bool) -> PlanMoney:
        value = one.value
        amount = int(promises.amount(value.get("amount")) or 0)
        role = value.get("role") if value.get("role") in PlanMoney.Role.values else value.get("side") or "need"
        no = value.get("criterion")
        return PlanMoney(
            **self._from(one, place),
            role=role,
            what=str(value.get("what") or "")[:500],
            amount=None if is_sum else amount,
            stated=amount if is_sum or value.get("role") == "total" else None,
            criterion_no=no if no in self._numbers else None,
            condition=str(value.get("condition") or "")[:500],
            kind=section_text.kind_of_money(str(value.get("what") or "")),
            parent=parent,
        )

    def _place(self, order: int) -> dict[str, Any]:
        return {"plan": self.plan, "since": self.version.no, "order": order}

    def _from(self, one: Found, order: int) -> dict[str, Any]:
        source = {"read_item_id": one.item_id, "assumed": one.assumed, "source_place": one.place[:300]}
        return self._place(order) | source

    def _keep(self, model: Any, rows: Sequence[Any], name: str) -> None:
        model.objects.bulk_create(rows, batch_size=1000)
        self.counts[name] += len(rows)


def _of(found: Sequence[Found], section: str) -> list[Found]:
    return [one for one in found if one.section == section]


def _day(value: Any) -> date | None:
    text = str(value or "")
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
