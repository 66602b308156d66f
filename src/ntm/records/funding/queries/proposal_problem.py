"""Bài toán phân bổ dựng từ sổ sách: works and debts to be paid, what each unit lacks, money, rules; and what was assumed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from ntm.domain.allocation import Kind, MinimumShare, MissingCriterion, Problem, Rules, Source, Unit
from ntm.domain.allocation import Works as Candidate
from ntm.domain.official.money import write_amount
from ntm.records.funding.models import Works
from ntm.records.funding.proposal_parameters import GROUPS, Asked
from ntm.records.funding.queries import proposal_facts, proposal_sources
from ntm.records.funding.queries.proposal_facts import Facts, Item, OpenGap
from ntm.records.funding.queries.proposal_sources import LowerMoney
from ntm.records.funding.refusals import Refused
from ntm.records.standing import registry
from ntm.records.standing.models import RegisteredSet
from ntm.records.standing.models.intervals import Basis

__all__ = ["BLOCKS", "Built", "build"]

HOLDS, OUTSIDE = "danh-hieu", "ngoai-bo"
BLOCKS = (HOLDS, OUTSIDE)  # not criteria: why a unit is not counted as reaching the title anew
_NAMED = 12  # remarks of one kind that are told one by one


@dataclass(frozen=True)
class Built:
    """Bài toán và xuất xứ. about: id of a candidate -> what it is in the records."""

    problem: Problem
    about: dict[str, dict[str, Any]]
    remarks: tuple[str, ...]


def build(unit_id: int, year: int, on: date, row: RegisteredSet, basis: Basis, asked: Asked) -> Built:
    """Dựng bài toán ngày đó; Refused when there is nothing to choose among or no money."""
    facts = proposal_facts.gather(unit_id, year, on, row, basis)
    lower = proposal_sources.lower_money(unit_id, year, on) if asked.include_lower else ()
    return _Builder(facts, row, asked, lower).built()


class _Builder:
    """Dựng từng phần, collecting remarks."""

    def __init__(self, facts: Facts, row: RegisteredSet, asked: Asked, lower: tuple[LowerMoney, ...]) -> None:
        self.facts, self.asked = facts, asked
        content = registry.content(row)
        self.codes = {"", row.code, content.extends or ""}
        self.works: list[Candidate] = []
        self.about: dict[str, dict[str, Any]] = {}
        self.said: dict[str, list[str]] = defaultdict(list)
        self.sources = self._sources(lower)
        self.keys: dict[tuple[str, str], set[str]] = defaultdict(set)
        for one in self.sources:
            source, kind = one.id.split("@")[0].split("|")[:2]
            self.keys[source, kind].add(one.id)

    def built(self) -> Built:
        """Bài toán."""
        owed = self._debts()
        serving: dict[tuple[int, int], list[Item]] = defaultdict(list)
        for item in self.facts.items:
            if item.works.criterion_no and item.works.set_code in self.codes:
                serving[item.unit, item.works.criterion_no].append(item)
            self._candidate(item, owed.get(item.works.pk, 0))
        gaps: dict[tuple[int, int], list[OpenGap]] = defaultdict(list)
        for gap in self.facts.gaps:
            gaps[gap.unit, gap.no].append(gap)
        made = [self._unit(unit, serving, gaps) for unit in self.facts.ids]
        made += [self._outsider(unit) for unit in sorted(self.facts.elsewhere)]
        if not self.works:
            raise Refused(
                "Địa bàn không có công trình dở dang, hạng mục còn thiếu có kinh phí hay nợ đọng nào cần vốn: "
                "ghi công trình hoặc kinh phí của hạng mục còn thiếu trước khi lập đề xuất."
            )
        if not any(one.ceiling for one in self.sources):
            raise Refused("Không còn đồng nào để phân bổ: ghi trần nguồn vốn, hoặc ghi quyết định giao vốn trước.")
        return Built(Problem(tuple(made), tuple(self.works), self.sources, self._rules()), self.about, self._remarks())

    def _sources(self, lower: tuple[LowerMoney, ...]) -> tuple[Source, ...]:
        found = []
        for one in self.asked.ceilings:
            tied = None if one.criterion_no is None else frozenset([str(one.criterion_no)])
            name = proposal_sources.source_name(one.source, one.kind, one.criterion_no)
            found.append(Source(one.key, one.amount, _kinds(one.kind), name, None, tied, one.pays_debt))
        debts = {(one.source, one.kind): one.pays_debt for one in self.asked.ceilings}
        for held in lower:
            reach = self.facts.members.get(held.unit_id) or frozenset({held.unit_id})
            tied = None if held.criterion_no is None else frozenset([str(held.criterion_no)])
            holder = self.facts.names.get(held.unit_id, "đơn vị cấp dưới")
            name = proposal_sources.source_name(held.source, held.kind, held.criterion_no) + f" ({holder} đang giữ)"
            pays = debts.get((held.source, held.kind), True)
            places = frozenset(map(str, reach))
            found.append(Source(held.key, held.left, _kinds(held.kind), name, places, tied, pays))
        return tuple(found)

    def _debts(self) -> dict[int, int]:
        """Nợ chưa có vốn bố trí, as candidates; by works."""
        found = {}
        for unit, debt in self.facts.debts:
            if debt.without_capital <= 0:
                self.said["nợ đã bố trí vốn, chỉ chờ thanh toán"].append(f"{debt.code} {debt.name}")
                continue
            found[debt.works_id] = debt.without_capital
            id = f"no-{debt.works_id}"
            name = f"Trả nợ {debt.code} {debt.name}"
            self.works.append(
                Candidate(id, str(unit), debt.without_capital, Kind.INVESTMENT, name, is_debt=True, started=True)
            )
            self.about[id] = {"works": debt.works_id, "gap": None, "unit": unit, "code": debt.code, "criterion": None}
        return found

    def _candidate(self, item: Item, owed: int) -> None:
        """The part of the cost that is neither funded nor owed."""
        cost = item.asks - owed
        if cost <= 0:
            return
        works: Works = item.works
        sources = None
        if self.asked.keep_structure and item.structure:
            sources = frozenset().union(*(self.keys.get(one, set()) for one in sorted(item.structure)))
        code = str(works.criterion_no) if works.criterion_no else ""
        kind = Kind(item.kind.value)
        self.works.append(
            Candidate(
                _id(item),
                str(item.unit),
                cost,
                kind,
                f"{works.code} {works.name}",
                frozenset([code]) if code else frozenset(),
                sources,
                started=item.started,
                reason=works.debt_reason,
            )
        )
        self.about[_id(item)] = {
            "works": works.pk, "gap": None, "unit": item.unit, "code": works.code, "criterion": works.criterion_no,
        }  # fmt: skip

    def _unit(self, unit: int, serving: dict[Any, list[Item]], gaps: dict[Any, list[OpenGap]]) -> Unit:
        facts, missing, planned = self.facts, [], []
        for no in facts.missing[unit]:
            planned.append((unit, no) in facts.plans.gains)
            needs = self._needs(unit, no, serving.get((unit, no), []), gaps.get((unit, no), []))
            if needs is not None:
                missing.append(MissingCriterion(str(no), needs, f"tiêu chí {no} {facts.criteria[no]}"))
        if unit in facts.holders:
            missing.append(MissingCriterion(HOLDS, frozenset(), "danh hiệu đang giữ, không tính là đạt mới"))
        due = unit in facts.plans.due or (bool(planned) and all(planned))
        return Unit(str(unit), facts.names[unit], tuple(missing), due, unit in facts.difficult)

    def _needs(self, unit: int, no: int, items: list[Item], gaps: list[OpenGap]) -> frozenset[str] | None:
        """The candidates that complete the criterion together; None: nothing more to pay for it."""
        where = f"tiêu chí {no} của {self.facts.names[unit]}"
        if items:
            asking = frozenset(_id(item) for item in items if _id(item) in self.about)
            if not asking:
                self.said["tiêu chí có công trình đã đủ vốn, coi như sẽ đạt"].append(where)
            return asking or None
        if any(gap.cost is None for gap in gaps):
            self.said["tiêu chí có hạng mục chưa ghi kinh phí, chưa tính đạt được bằng vốn"].append(where)
            return frozenset()
        if gaps:
            return frozenset(self._small_works(gap) for gap in gaps if gap.cost) or None
        if self.asked.assume_planned and (unit, no) in self.facts.plans.gains:
            self.said["tiêu chí không cần vốn, coi như đạt theo kế hoạch năm"].append(where)
            return None
        return frozenset()

    def _small_works(self, gap: OpenGap) -> str:
        id = f"thieu-{gap.pk}"
        self.works.append(
            Candidate(id, str(gap.unit), gap.cost or 0, Kind.INVESTMENT, gap.text, frozenset([str(gap.no)]))
        )
        self.about[id] = {"works": None, "gap": gap.pk, "unit": gap.unit, "code": "", "criterion": gap.no}
        return id

    def _outsider(self, unit: int) -> Unit:
        lack = MissingCriterion(OUTSIDE, frozenset(), "bộ tiêu chí không xét đơn vị này")
        return Unit(str(unit), self.facts.names[unit], (lack,))

    def _rules(self) -> Rules:
        asked, facts = self.asked, self.facts
        groups = {"difficult": facts.difficult, "due": facts.plans.due}
        shares = []
        for group, part in sorted((asked.shares or {}).items()):
            if part and not groups[group]:
                self.said["tỷ lệ tối thiểu không áp dụng vì địa bàn không có đơn vị nào thuộc nhóm"].append(
                    GROUPS[group]
                )
            elif part:
                percent = write_amount(part // 10) if part % 10 == 0 else f"{part // 10},{part % 10}"
                name = f"tối thiểu {percent} % cho {GROUPS[group]}"
                shares.append(MinimumShare(name, frozenset(map(str, groups[group])), part))
        return Rules(
            asked.debt_first,
            asked.due_first,
            asked.no_new_while_debt,
            asked.difficult_weight,
            asked.started_weight,
            tuple(shares),
        )

    def _remarks(self) -> tuple[str, ...]:
        found = []
        for what, where in self.said.items():
            more = f" và {len(where) - _NAMED} mục khác" if len(where) > _NAMED else ""
            found.append(f"{len(where)} {what}: {'; '.join(where[:_NAMED])}{more}.")
        return tuple(found)


def _id(item: Item) -> str:
    return f"ct-{item.works.pk}"


def _kinds(kind: str) -> frozenset[Kind]:
    return frozenset([Kind(kind)])
