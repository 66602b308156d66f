"""So sánh phương án: two scenarios side by side, and what each rule costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ntm.domain.allocation.formulation import Goal
from ntm.domain.allocation.model import Problem, Rules
from ntm.domain.allocation.proposal import GOAL_NAMES, Proposal
from ntm.domain.allocation.proposing import propose

__all__ = ["Comparison", "RulePrice", "compare", "rule_prices"]


@dataclass(frozen=True)
class Comparison:
    """Hai phương án cạnh nhau: what each alone funds and reaches. rows: name, first, second, in the order of goals."""

    rows: tuple[tuple[str, int, int], ...]
    only_first: frozenset[str]
    only_second: frozenset[str]
    titles_only_first: frozenset[str]
    titles_only_second: frozenset[str]
    by_source: dict[str, tuple[int, int]]


@dataclass(frozen=True)
class RulePrice:
    """Giá của một quy tắc: without it so many more units and criteria (negative: fewer)."""

    rule: str
    titles: int
    criteria: int
    debt_unpaid: int  # đồng of debt that would no longer be paid
    exact: bool  # both answers proven best

    @property
    def vietnamese(self) -> str:
        said = f"Bỏ quy tắc “{self.rule}”: {_more(self.titles, 'xã đạt danh hiệu')}, {_more(self.criteria, 'tiêu chí')}"
        return said + ("." if self.exact else " (gần đúng, chưa giải tới tối ưu).")


def _more(number: int, what: str) -> str:
    if number == 0:
        return f"không thêm {what}"
    return f"{'thêm' if number > 0 else 'bớt'} {abs(number)} {what}"


def compare(first: Proposal, second: Proposal) -> Comparison:
    """So sánh hai phương án."""
    sources = first.by_source(), second.by_source()
    rows = [(GOAL_NAMES[goal], first.effects.value(goal), second.effects.value(goal)) for goal in Goal.ALL]
    return Comparison(
        (*rows, ("tổng vốn phân bổ (đồng)", first.total(), second.total())),
        first.works - second.works,
        second.works - first.works,
        first.effects.titles - second.effects.titles,
        second.effects.titles - first.effects.titles,
        {one: (sources[0].get(one, 0), sources[1].get(one, 0)) for one in sorted({*sources[0], *sources[1]})},
    )


def rule_prices(problem: Problem, proposal: Proposal, time_limit: float = 60.0) -> tuple[RulePrice, ...]:
    """Giá của từng quy tắc: solved once more without it, each within the given seconds."""
    found = []
    for name, rules in _without(problem.rules):
        other = propose(replace(problem, rules=rules), time_limit)
        before, after = proposal.effects, other.effects
        found.append(
            RulePrice(
                name,
                len(after.titles) - len(before.titles),
                len(after.criteria) - len(before.criteria),
                before.debt_paid - after.debt_paid,
                all(one.value == one.bound for one in (*proposal.goals, *other.goals)),
            )
        )
    return tuple(found)


def _without(rules: Rules) -> Iterator[tuple[str, Rules]]:
    if rules.debt_first:
        yield "trả nợ đọng trước", replace(rules, debt_first=False)
    if rules.due_first:
        yield "ưu tiên xã phấn đấu trong năm", replace(rules, due_first=False)
    if rules.no_new_while_debt:
        yield "không khởi công mới khi còn nợ", replace(rules, no_new_while_debt=False)
    for share in rules.minimum_shares:
        kept = tuple(one for one in rules.minimum_shares if one != share)
        yield share.name, replace(rules, minimum_shares=kept)
