"""Đề xuất phân bổ: what is proposed and how good it is; what it completes; every rule checked again in whole đồng."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from ntm.domain.allocation.eligibility import Eligibility, least, most
from ntm.domain.allocation.formulation import Goal, weight
from ntm.domain.allocation.model import Problem, Unit, Works

__all__ = ["GOAL_NAMES", "Effects", "GoalResult", "Proposal", "effects", "faults"]

GOAL_NAMES = {
    Goal.DEBT: "nợ đọng được trả (đồng)",
    Goal.DUE: "xã phấn đấu trong năm đạt danh hiệu",
    Goal.TITLES: "xã đạt danh hiệu",
    Goal.CRITERIA: "tiêu chí đạt thêm",
    Goal.WEIGHT: "công trình được cấp vốn, theo trọng số",
}


@dataclass(frozen=True)
class GoalResult:
    """Mục tiêu: reached, and the bound beyond which no choice can go once the goals before it are kept."""

    goal: str
    value: int
    bound: int
    finished: bool

    @property
    def gap(self) -> float:
        """Khoảng cách tới cận, as a part of the bound."""
        return (self.bound - self.value) / self.bound if self.bound > 0 else 0.0

    @property
    def vietnamese(self) -> str:
        return GOAL_NAMES[self.goal]


@dataclass(frozen=True)
class Effects:
    """Kết quả của một lựa chọn: criteria completed and units that reach the title."""

    criteria: frozenset[tuple[str, str]]
    titles: frozenset[str]
    due_titles: frozenset[str]
    debt_paid: int
    weight: int

    def value(self, goal: str) -> int:
        """Giá trị của một mục tiêu."""
        return {
            Goal.DEBT: self.debt_paid,
            Goal.DUE: len(self.due_titles),
            Goal.TITLES: len(self.titles),
            Goal.CRITERIA: len(self.criteria),
            Goal.WEIGHT: self.weight,
        }[goal]


@dataclass(frozen=True)
class Proposal:
    """Đề xuất phân bổ vốn. amounts: work -> source -> đồng, summing exactly to the cost of each chosen work."""

    amounts: Mapping[str, Mapping[str, int]]
    goals: tuple[GoalResult, ...]
    effects: Effects
    finished: bool  # every goal reached the asked nearness within the time
    seconds: float  # of the solver
    remarks: tuple[str, ...] = ()  # what was given up for what

    @property
    def works(self) -> frozenset[str]:
        """Các công trình được đề xuất."""
        return frozenset(self.amounts)

    @property
    def status(self) -> str:
        """Trạng thái, in words for the page."""
        if self.finished and all(one.value >= one.bound for one in self.goals):
            return "Tối ưu: không có lựa chọn nào tốt hơn theo thứ tự mục tiêu."
        judged = [one.gap for one in self.goals if one.goal != Goal.WEIGHT]
        worst = f"{100 * max(judged, default=0.0):.2f}".replace(".", ",")
        told = f"còn cách cận trên {'nhiều nhất' if self.finished else 'tới'} {worst} %, không kể mục tiêu cuối"
        if self.finished:
            return f"Gần tối ưu: {told}."
        return f"Hết thời gian giải: đề xuất dùng được, nhưng {told}; hãy cho thêm thời gian."

    def by_source(self) -> dict[str, int]:
        """Số đồng lấy từ mỗi nguồn."""
        found: Counter[str] = Counter()
        for given in self.amounts.values():
            found.update(given)
        return dict(found)

    def total(self) -> int:
        """Tổng số đồng được phân bổ."""
        return sum(self.by_source().values())


def effects(problem: Problem, works: Collection[str]) -> Effects:
    """Điều mà các công trình này hoàn thành; works that complete a criterion only together count only together."""
    debts: dict[str, set[str]] = defaultdict(set)
    for work in problem.works:
        if work.is_debt:
            debts[work.unit].add(work.id)
    chosen, units = set(works), {one.id: one for one in problem.units}
    met = frozenset(
        (unit.id, one.code) for unit in problem.units for one in unit.missing if one.works and one.works <= chosen
    )
    titles = frozenset(unit.id for unit in problem.units if _reaches(unit, debts[unit.id], chosen))
    picked = [one for one in problem.works if one.id in chosen]
    return Effects(
        met,
        titles,
        frozenset(one for one in titles if units[one].due_this_year),
        sum(one.cost for one in picked if one.is_debt),
        sum(weight(one, units[one.unit], problem) for one in picked),
    )


def _reaches(unit: Unit, debts: set[str], chosen: set[str]) -> bool:
    needs = bool(unit.missing or debts)
    return needs and debts <= chosen and all(one.works and one.works <= chosen for one in unit.missing)


def faults(
    problem: Problem, amounts: Mapping[str, Mapping[str, int]], eligible: Eligibility | None = None
) -> tuple[str, ...]:
    """Soát lại đề xuất: every rule in whole đồng; empty when all hold."""
    return tuple(_faults(problem, amounts, eligible or Eligibility(problem)))


def _faults(problem: Problem, amounts: Mapping[str, Mapping[str, int]], eligible: Eligibility) -> Iterator[str]:
    works = {one.id: one for one in problem.works}
    used: Counter[str] = Counter()
    for id, given in amounts.items():
        used.update(given)
        yield from _faults_of_work(works[id], given, eligible)
    for id, amount in sorted(used.items()):
        if amount > eligible.sources[id].ceiling:
            yield f"Nguồn “{eligible.sources[id]}” bị chi vượt trần {amount - eligible.sources[id].ceiling} đồng."
    if problem.rules.no_new_while_debt:
        owing = {one.unit for one in problem.works if one.is_debt and one.id not in amounts}
        for id in amounts:
            if works[id].unit in owing and works[id].is_new and not works[id].reason:
                yield f"Công trình mới “{works[id]}” được cấp vốn khi đơn vị còn nợ đọng."
    for rule in problem.rules.minimum_shares:
        inside = sum(works[id].cost for id in amounts if works[id].unit in rule.units)
        if 1000 * inside < rule.at_least * sum(works[id].cost for id in amounts):
            yield f"“{rule.name}” chưa được tỷ lệ tối thiểu {rule.at_least} phần nghìn."


def _faults_of_work(work: Works, given: Mapping[str, int], eligible: Eligibility) -> Iterator[str]:
    if sum(given.values()) != work.cost:
        yield f"Công trình “{work}”: các nguồn cộng lại khác nhu cầu {work.cost} đồng."
    for source, amount in given.items():
        why = eligible.why_not(eligible.sources[source], work)
        if why or amount <= 0:
            yield f"Công trình “{work}”: nguồn “{eligible.sources[source]}” {why or 'có số tiền không dương'}."
    for share in eligible.classes[work.id].shares:
        amount = sum(given.get(one, 0) for one in share.sources)
        if not least(work.cost, share) <= amount <= most(work.cost, share):
            yield f"Công trình “{work}”: tỷ lệ vốn “{share.name}” không đúng quy định."
