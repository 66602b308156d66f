"""Chia tiền đúng đến đồng: what each chosen work gets from each source, exactly its cost, never over a ceiling.

Every work is two kinds of demand: what its shares oblige a group of sources to give, and the rest. The solver's split
is filled in first; what is then missing finds its way through the sources (augmenting paths), in whole đồng.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence

from ntm.domain.allocation.eligibility import Eligibility, least, most
from ntm.domain.allocation.model import Works

__all__ = ["split"]

Amounts = dict[str, dict[str, int]]


class _Demand:
    """Một phần vốn của công trình: how much, from which sources, and how much at most of each group."""

    def __init__(
        self,
        work: str,
        amount: int,
        sources: Sequence[str],
        caps: Sequence[tuple[frozenset[str], int]],
        *,
        obliged: bool,
    ) -> None:
        self.work, self.left, self.sources, self.obliged = work, amount, sources, obliged
        self.group = {one: number for number, (group, _) in enumerate(caps) for one in group}
        self.room = [room for _, room in caps]
        self.given: dict[str, int] = defaultdict(int)

    def room_for(self, source: str) -> int:
        group = self.group.get(source)
        return self.left if group is None else min(self.left, self.room[group])

    def add(self, source: str, amount: int) -> None:
        self.given[source] += amount
        self.left -= amount
        group = self.group.get(source)
        if group is not None:
            self.room[group] -= amount


class _Split:
    """Mạng tiền giữa nguồn và công trình."""

    def __init__(self, eligible: Eligibility, works: Iterable[Works]) -> None:
        self.slack = {id: source.ceiling for id, source in eligible.sources.items()}
        self.demands: list[_Demand] = []
        self.holders: dict[str, dict[int, None]] = defaultdict(dict)  # ordered, so that it is the same again
        for work in works:
            self._demands_of(work, eligible)

    def _demands_of(self, work: Works, eligible: Eligibility) -> None:
        money = eligible.classes[work.id]
        rest, caps = work.cost, []
        for share in money.shares:
            low = least(work.cost, share)
            if low:
                self.demands.append(_Demand(work.id, low, sorted(share.sources), (), obliged=True))
            caps.append((share.sources, max(0, most(work.cost, share) - low)))
            rest -= low
        if rest:
            self.demands.append(_Demand(work.id, rest, money.sources, caps, obliged=False))

    def give(self, number: int, source: str, amount: int) -> None:
        if amount:
            demand = self.demands[number]
            demand.add(source, amount)
            self.slack[source] -= amount
            if demand.given[source]:
                self.holders[source][number] = None
            else:
                self.holders[source].pop(number, None)

    def fill(self, budget: dict[tuple[object, str], int], purse_of: Mapping[str, object]) -> None:
        """What the solver gave to each purse, work after work; first what shares oblige a group of sources to give."""
        for number, demand in sorted(enumerate(self.demands), key=lambda one: not one[1].obliged):
            purse = purse_of[demand.work]
            for source in demand.sources:
                amount = min(demand.room_for(source), self.slack[source], budget.get((purse, source), 0))
                if amount > 0:
                    budget[purse, source] -= amount
                    self.give(number, source, amount)

    def complete(self) -> int:
        """Đồng that find no source: 0 when everything is paid."""
        missing = 0
        for number, demand in enumerate(self.demands):
            while demand.left and self._augment(number):
                pass
            missing += demand.left
        return missing

    def _augment(self, number: int) -> bool:
        """One path: this demand takes from a source, whose other taker moves to another source, and so on."""
        seen_demands, seen_sources = {number}, set[str]()
        path: dict[str, tuple[int, str | None]] = {}
        queue: deque[tuple[int, str | None]] = deque([(number, None)])
        while queue:
            taker, released = queue.popleft()
            demand = self.demands[taker]
            fresh = [one for one in demand.sources if one not in seen_sources and self._may_take(demand, one, released)]
            for source in fresh:
                seen_sources.add(source)
                path[source] = (taker, released)
                if self.slack[source] > 0:
                    self._shift(source, path)
                    return True
            for source in fresh:
                for holder in self.holders[source]:
                    if holder not in seen_demands:
                        seen_demands.add(holder)
                        queue.append((holder, source))
        return False

    def _may_take(self, demand: _Demand, source: str, released: str | None) -> bool:
        if released is None:
            return demand.room_for(source) > 0
        group = demand.group.get(source)
        return group is None or group == demand.group.get(released) or demand.room[group] > 0

    def _shift(self, end: str, path: dict[str, tuple[int, str | None]]) -> None:
        steps, source = [], end
        while True:
            taker, released = path[source]
            steps.append((taker, source, released))
            if released is None:
                break
            source = released
        amount = self.slack[end]
        for taker, source, released in steps:
            demand, group = self.demands[taker], self.demands[taker].group.get(source)
            if released is None:
                amount = min(amount, demand.room_for(source))
            else:
                amount = min(amount, demand.given[released])
                if group is not None and group != demand.group.get(released):
                    amount = min(amount, demand.room[group])
        for taker, source, released in steps:
            if released is not None:
                self.give(taker, released, -amount)
            self.give(taker, source, amount)


def split(
    eligible: Eligibility,
    works: Sequence[Works],
    purse_of: Mapping[str, object],
    budget: Mapping[tuple[object, str], int],
) -> tuple[Amounts, int]:
    """Chia vốn: amounts by work and source, and the đồng that found no source (then the choice cannot be paid)."""
    network = _Split(eligible, works)
    network.fill(dict(budget), purse_of)
    missing = network.complete()
    amounts: Amounts = {work.id: {} for work in works}
    for demand in network.demands:
        for source, amount in sorted(demand.given.items()):
            if amount:
                amounts[demand.work][source] = amounts[demand.work].get(source, 0) + amount
    return amounts, missing
