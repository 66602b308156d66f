"""Đề xuất phân bổ đã lập: lists, one opened with its lines, two side by side; explanations of any work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from ntm.domain.allocation import Comparison, Explainer, Problem, Proposal, compare
from ntm.records.funding import frozen_proposal
from ntm.records.funding.models import AllocationProposal, ProposalState, RulePricing
from ntm.records.funding.proposal_parameters import Asked
from ntm.records.funding.queries.proposal_problem import BLOCKS
from ntm.records.people.authority import Actor
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["Goal", "Line", "NoProposal", "Opened", "Side", "UnitLine", "listed", "one", "opened", "side_by_side"]


class NoProposal(LookupError):
    """Không có đề xuất này."""


@dataclass(frozen=True, slots=True)
class Line:
    """Một công trình, hạng mục hay khoản nợ của bài toán, with what the proposal gives it."""

    id: str
    name: str
    unit: str
    unit_id: int
    criterion_no: int | None
    cost: int
    debt: bool
    started: bool
    amounts: Mapping[str, int]
    works_id: int | None
    gap_id: int | None

    @property
    def chosen(self) -> bool:
        return bool(self.amounts)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """Một đơn vị: criteria that it gains, what it still lacks, whether it reaches the title."""

    id: int
    name: str
    gained: tuple[str, ...]
    left: tuple[str, ...]
    reaches: bool
    due: bool
    difficult: bool
    holds: bool
    given: int


@dataclass(frozen=True, slots=True)
class Goal:
    """Mục tiêu, in its order: reached, and what no choice can exceed."""

    goal: str
    name: str
    value: int
    bound: int
    finished: bool

    @property
    def gap(self) -> int:
        return self.bound - self.value


@dataclass(frozen=True)
class Opened:
    """Một đề xuất đã tính xong."""

    proposal: AllocationProposal
    unit: UnitLabel

    @property
    def result(self) -> dict[str, Any]:
        return self.proposal.result or {}

    @cached_property
    def problem(self) -> Problem:
        return frozen_proposal.problem_from(self.proposal.problem or {})

    @cached_property
    def answer(self) -> Proposal:
        return frozen_proposal.proposal_from(self.result)

    @cached_property
    def intact(self) -> bool:
        """Nội dung đúng với mã băm."""
        one = self.proposal
        return frozen_proposal.digest_of(one.parameters, one.problem, one.result) == one.digest

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every candidate, the chosen ones first, the greatest first."""
        names = {one.id: one.name for one in self.problem.units}
        found = []
        for one in self.problem.works:
            about = self.result["about"][one.id]
            given = self.result["amounts"].get(one.id, {})
            found.append(
                Line(
                    one.id,
                    one.name,
                    names[one.unit],
                    about["unit"],
                    about["criterion"],
                    one.cost,
                    one.is_debt,
                    one.started,
                    given,
                    about["works"],
                    about["gap"],
                )
            )
        return tuple(sorted(found, key=lambda line: (not line.chosen, not line.debt, -line.cost, line.id)))

    @cached_property
    def units(self) -> tuple[UnitLine, ...]:
        """Those that reach the title first, then by criteria gained."""
        reached = self.answer.effects
        given: dict[str, int] = {}
        for line in self.lines:
            key = str(line.unit_id)
            given[key] = given.get(key, 0) + sum(line.amounts.values())
        rows = []
        for one in self.problem.units:
            real = [lack for lack in one.missing if lack.code not in BLOCKS]
            gained = tuple(lack.name for lack in real if (one.id, lack.code) in reached.criteria)
            left = tuple(lack.name for lack in real if (one.id, lack.code) not in reached.criteria)
            holds = any(lack.code == BLOCKS[0] for lack in one.missing)
            money = given.get(one.id, 0)
            reaches = one.id in reached.titles
            rows.append(
                UnitLine(
                    int(one.id),
                    one.name,
                    gained,
                    left,
                    reaches,
                    one.due_this_year,
                    one.extremely_difficult,
                    holds,
                    money,
                )
            )
        return tuple(sorted(rows, key=lambda row: (not row.reaches, -len(row.gained), -row.given, row.name)))

    @property
    def goals(self) -> tuple[Goal, ...]:
        return tuple(Goal(one.goal, one.vietnamese, one.value, one.bound, one.finished) for one in self.answer.goals)

    @property
    def sources(self) -> tuple[tuple[str, str, int, int], ...]:
        """Mã, tên, trần, đã dùng."""
        used = self.result["used"]
        return tuple((one.id, one.name, one.ceiling, used[one.id]) for one in self.problem.sources)

    def why(self, id: str) -> tuple[str, ...]:
        """Vì sao có, vì sao không; NoProposal where the problem has no such candidate."""
        if id not in self.result["about"]:
            raise NoProposal("Phương án không có công trình này.")
        kept = self.result["why"].get(id)
        return tuple(kept) if kept is not None else Explainer(self.problem, self.answer).work(id)


@dataclass(frozen=True)
class Side:
    """Hai phương án cạnh nhau."""

    first: Opened
    second: Opened
    compared: Comparison
    names: Mapping[str, str]
    sources: Mapping[str, str]
    places: Mapping[str, str]


def listed(actor: Actor, unit_id: int, year: int | None, on: date, *, withdrawn: bool = False) -> QuerySet[Any]:
    """Các đề xuất của một địa bàn lập đến ngày đó, the newest first; without their contents."""
    actor.require("money.read", unit_id, on=on)
    rows = AllocationProposal.objects.filter(unit_id=unit_id, on__lte=on).defer("problem", "result", "parameters")
    if year is not None:
        rows = rows.filter(year=year)
    if not withdrawn:
        rows = rows.exclude(state=ProposalState.WITHDRAWN)
    return rows.select_related("set").order_by("-queued_at", "-id")


def one(actor: Actor, proposal_id: int, on: date, *, light: bool = True) -> AllocationProposal:
    """Một đề xuất; NoProposal where there is none, Denied for a stranger to its money."""
    rows = AllocationProposal.objects.select_related("set", "asked_by")
    if light:
        rows = rows.defer("problem", "result")
    found = rows.filter(pk=proposal_id).first()
    if found is None:
        raise NoProposal("Không có đề xuất phân bổ này.")
    actor.require("money.read", found.unit_id, on=on)
    return found


def opened(actor: Actor, proposal_id: int, on: date) -> Opened:
    """Mở một đề xuất đã tính xong."""
    found = one(actor, proposal_id, on, light=False)
    if found.result is None:
        raise NoProposal("Đề xuất này chưa có kết quả.")
    return Opened(found, units.label(found.unit_id, found.on))


def pricing(proposal: AllocationProposal) -> RulePricing | None:
    """Giá của từng quy tắc, if it was asked."""
    return RulePricing.objects.filter(proposal=proposal).first()


def asked(proposal: AllocationProposal) -> Asked:
    """Điều đã yêu cầu."""
    return Asked.from_json(proposal.parameters)


def side_by_side(actor: Actor, first_id: int, second_id: int, on: date) -> Side:
    """So sánh hai phương án."""
    first, second = opened(actor, first_id, on), opened(actor, second_id, on)
    both = (second, first)
    return Side(
        first,
        second,
        compare(first.answer, second.answer),
        {line.id: f"{line.name} ({line.unit})" for side in both for line in side.lines},
        {key: name for side in both for key, name, _, _ in side.sources},
        {one.id: one.name for side in both for one in side.problem.units},
    )
