"""Sổ cái vốn: the money that joins the units: ceilings of wide sources, and what each class of works takes from them.

A unit's own source (one that pays for nothing elsewhere) stays inside the unit's packages; every other source has a
row here. A class row says: what these sources give is at least what the packages of this class leave to them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from ntm.domain.allocation.eligibility import Eligibility, MoneyClass
from ntm.domain.allocation.model import Problem, Share, Works

__all__ = ["INFINITY", "Block", "Ledger", "WideClass", "blocks", "measure"]

INFINITY = float("inf")
MOST_CLASSES = 4  # of works that a unit's own money may pay, for it to stay inside


@dataclass(frozen=True)
class Block:
    """Khối đơn vị: usually one unit; several only when a criterion of one needs a work of another."""

    units: tuple[str, ...]
    works: tuple[Works, ...]  # those that some source may pay
    own: str | None  # its inner source


@dataclass(frozen=True)
class WideClass:
    """Nhóm công trình nhìn từ các nguồn rộng: rows of the total, and of the least and most of each wide share."""

    sources: tuple[str, ...]
    shares: tuple[Share, ...]
    total: int
    least: tuple[int, ...]
    most: tuple[int, ...]


def measure(problem: Problem) -> int:
    """Thước đo trong bộ giải: triệu đồng for real money, finer for small sums."""
    most = max((work.cost for work in problem.works), default=1)
    return next((scale for scale in (10**6, 10**3) if most >= scale * 100), 1)


@dataclass
class Ledger:
    """Các dòng chung: classes first, then sources, then rules of minimum share; all with their bounds."""

    scale: int  # đồng of the solver's measure; packages themselves are whole đồng
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    classes: dict[tuple[object, ...], WideClass] = field(default_factory=dict)
    of_source: dict[str, int] = field(default_factory=dict)
    flows: list[tuple[WideClass, str]] = field(default_factory=list)  # a column each
    rules: list[int] = field(default_factory=list)

    def row(self, low: float, high: float) -> int:
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def wide(self, money: MoneyClass, own: str | None, eligible: Eligibility) -> WideClass:
        """The class of these works, its rows made when first asked."""
        sources = tuple(one for one in money.sources if one != own)
        shares = tuple(one for one in money.shares if own not in one.sources)
        key = sources, tuple((one.sources, one.at_least, one.at_most) for one in shares)
        if key not in self.classes:
            made = WideClass(
                sources,
                shares,
                self.row(0.0, INFINITY),
                tuple(self.row(0.0, INFINITY) for _ in shares),
                tuple(self.row(-INFINITY, 0.0) for _ in shares),
            )
            self.classes[key] = made
            for source in sources:
                if source not in self.of_source:
                    self.of_source[source] = self.row(-INFINITY, eligible.sources[source].ceiling / self.scale)
                self.flows.append((made, source))
        return self.classes[key]

    def flow_rows(self, wide: WideClass, source: str) -> list[int]:
        """The rows in which a đồng of this source for this class counts."""
        inside = [number for number, share in enumerate(wide.shares) if source in share.sources]
        shares = [rows[number] for number in inside for rows in (wide.least, wide.most)]
        return [wide.total, *shares, self.of_source[source]]


def blocks(problem: Problem, eligible: Eligibility) -> list[Block]:
    """Chia khối, and find the inner source of each."""
    home = {one.id: one.unit for one in problem.works}
    above = {one.id: one.id for one in problem.units}

    def top(one: str) -> str:
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    for unit in problem.units:
        for criterion in unit.missing:
            for work in sorted(criterion.works):
                above[top(home[work])] = top(unit.id)
    members: dict[str, list[str]] = defaultdict(list)
    for unit in problem.units:
        members[top(unit.id)].append(unit.id)
    works: dict[str, list[Works]] = defaultdict(list)
    users: dict[str, set[str]] = defaultdict(set)
    for one in problem.works:
        money = eligible.classes[one.id]
        if money.sources:
            works[top(one.unit)].append(one)
            for source in money.sources:
                users[source].add(top(one.unit))
    return [
        Block(tuple(units), tuple(works[id]), _own(eligible, works[id], {s for s, at in users.items() if at == {id}}))
        for id, units in members.items()
        if works[id]
    ]


def _own(eligible: Eligibility, works: list[Works], narrow: set[str]) -> str | None:
    """The largest source of this block alone whose shares speak of no other source."""
    for source in sorted(narrow, key=lambda one: (-eligible.sources[one].ceiling, one)):
        using = {eligible.classes[one.id] for one in works if source in eligible.classes[one.id].sources}
        shares = {share.sources for money in using for share in money.shares if source in share.sources}
        if len(using) <= MOST_CLASSES and shares <= {frozenset({source})}:
            return source
    return None
