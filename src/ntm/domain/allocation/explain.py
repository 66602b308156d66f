"""Giải thích đề xuất: why this work is in and that one out, in sentences an office can put to a meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from ntm.domain.allocation.eligibility import Eligibility
from ntm.domain.allocation.model import MissingCriterion, Problem, Unit, Works
from ntm.domain.allocation.proposal import Proposal, effects
from ntm.domain.official.money import write_money

__all__ = ["Explainer"]

MOST_NAMED = 3


class Explainer:
    """Người giải thích của một đề xuất: asked for any work, source or unit of it."""

    def __init__(self, problem: Problem, proposal: Proposal) -> None:
        self.problem, self.proposal = problem, proposal
        self.eligible = Eligibility(problem)
        self.works = {one.id: one for one in problem.works}
        self.units = {one.id: one for one in problem.units}
        self._serves: dict[str, list[tuple[Unit, MissingCriterion]]] = defaultdict(list)
        for unit in problem.units:
            for criterion in unit.missing:
                for work in criterion.works:
                    self._serves[work].append((unit, criterion))

    def work(self, id: str) -> tuple[str, ...]:
        """Vì sao công trình này được hay không được đề xuất cấp vốn."""
        work = self.works[id]
        return tuple(self._chosen(work) if id in self.proposal.amounts else self._left_out(work))

    def ceilings(self) -> tuple[str, ...]:
        """Các nguồn đã dùng gần hết: too little is left for the cheapest work it could still pay."""
        return tuple(
            f"Nguồn “{source}” trần {write_money(source.ceiling)}, còn {write_money(self.slack[source.id])}: "
            "không đủ cho công trình nhỏ nhất còn lại mà nguồn này được chi."
            for source in self.problem.sources
            if source.id in self._cheapest and self.slack[source.id] < self._cheapest[source.id]
        )

    @cached_property
    def slack(self) -> dict[str, int]:
        """Số đồng còn lại của từng nguồn."""
        used = self.proposal.by_source()
        return {one.id: one.ceiling - used.get(one.id, 0) for one in self.problem.sources}

    @cached_property
    def _cheapest(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for work in self.problem.works:
            if work.id not in self.proposal.amounts:
                for source in self.eligible.classes[work.id].sources:
                    found[source] = min(work.cost, found.get(source, work.cost))
        return found

    def _chosen(self, work: Works) -> Iterable[str]:
        paid = "; ".join(
            f"{self.eligible.sources[source]} {write_money(amount)}"
            for source, amount in self.proposal.amounts[work.id].items()
        )
        yield f"“{work}” được đề xuất cấp {write_money(work.cost)}: {paid}."
        if work.is_debt:
            yield f"Đây là nợ đọng xây dựng cơ bản của {self.units[work.unit]}; còn nợ thì xã chưa được xét danh hiệu."
        for unit, criterion in self._serves[work.id]:
            if (unit.id, criterion.code) in self.proposal.effects.criteria:
                yield f"Hoàn thành {criterion} của {unit}{self._beside(work, criterion)}."
                if unit.id in self.proposal.effects.titles:
                    yield f"{unit} nhờ đó đủ tiêu chí để đề nghị xét danh hiệu."
        lost = effects(self.problem, self.proposal.works - {work.id})
        if lost.criteria == self.proposal.effects.criteria and not work.is_debt:
            yield "Công trình chưa làm đạt thêm tiêu chí nào; được cấp từ phần vốn còn lại sau các mục tiêu trước."

    def _beside(self, work: Works, criterion: MissingCriterion) -> str:
        others = sorted(str(self.works[one]) for one in criterion.works - {work.id})
        return f", chỉ khi cùng với {_listed(others)}" if others else ""

    def _left_out(self, work: Works) -> Iterable[str]:
        yield f"“{work}” ({write_money(work.cost)}) không có trong đề xuất."
        for unit, criterion in self._serves[work.id]:
            yield f"Công trình sẽ góp vào {criterion} của {unit}{self._beside(work, criterion)}."
        if not self._serves[work.id] and not work.is_debt:
            yield "Công trình không làm đạt tiêu chí còn thiếu nào trong danh mục."
        sources = self.eligible.classes[work.id].sources
        if not sources:
            yield from self._nobody_may_pay(work)
            return
        yield from self._held_by_debt(work)
        yield from self._money_for(work, sources)

    def _nobody_may_pay(self, work: Works) -> Iterable[str]:
        yield "Không nguồn nào trong bài toán được chi cho công trình này."
        told = [f"“{source}” {self.eligible.why_not(source, work)}" for source in self.problem.sources]
        elsewhere = f"và {len(told) - MOST_NAMED} nguồn khác cũng không được chi"
        yield _sentence([*told[:MOST_NAMED], elsewhere] if len(told) > MOST_NAMED else told)

    def _held_by_debt(self, work: Works) -> Iterable[str]:
        if not (self.problem.rules.no_new_while_debt and work.is_new and not work.reason):
            return
        owed = [
            one
            for one in self.problem.works
            if one.is_debt and one.unit == work.unit and one.id not in self.proposal.amounts
        ]
        if owed:
            yield (
                f"{self.units[work.unit]} còn nợ đọng chưa trả ({_listed([str(one) for one in owed])}, "
                f"{write_money(sum(one.cost for one in owed))}); chưa khởi công mới khi còn nợ, trừ khi ghi rõ lý do."
            )

    def _money_for(self, work: Works, sources: tuple[str, ...]) -> Iterable[str]:
        needed = self._partners(work)
        cost = sum(one.cost for one in needed)
        left = sum(self.slack[one] for one in sources)
        names = _listed([f"“{self.eligible.sources[one]}” còn {write_money(self.slack[one])}" for one in sources])
        if len(needed) > 1:
            yield f"Muốn đạt tiêu chí phải cấp cùng lúc {len(needed)} công trình, cộng {write_money(cost)}."
        if left >= work.cost and left >= cost:
            yield f"Vốn còn lại ({names}) đủ về tổng số, nhưng tỷ lệ giữa các nguồn hoặc quy tắc ưu tiên không cho phép."
            return
        yield f"Trần nguồn vốn đã chạm: {names}; còn thiếu {write_money(max(cost, work.cost) - left)}."
        giving = self._giving_way(work, sources, max(cost, work.cost) - left)
        if giving:
            yield f"Muốn đưa vào phải rút {_listed([self._with_loss(one) for one in giving])}."
        else:
            yield "Rút một công trình khác cũng không đủ; phải tăng trần của một trong các nguồn đó."

    def _partners(self, work: Works) -> list[Works]:
        """The works still to be paid for the criterion of this work that is nearest."""
        needs = [
            [self.works[one] for one in sorted(criterion.works) if one not in self.proposal.amounts]
            for _, criterion in self._serves[work.id]
        ]
        return min(needs, key=lambda ones: (sum(one.cost for one in ones), len(ones)), default=[work])

    def _giving_way(self, work: Works, sources: tuple[str, ...], short: int) -> list[Works]:
        """The one work whose money would do and whose loss costs least; [] when none alone is enough."""
        freed = {
            id: sum(amount for source, amount in given.items() if source in sources)
            for id, given in self.proposal.amounts.items()
        }
        enough = [self.works[id] for id, amount in freed.items() if amount >= short and not self.works[id].is_debt]
        ranked = sorted(enough, key=lambda one: (*self._loss(one), one.cost, one.id))
        return ranked[:1]

    def _loss(self, work: Works) -> tuple[int, int]:
        reached = self.proposal.effects
        lost = {(unit.id, one.code) for unit, one in self._serves[work.id] if (unit.id, one.code) in reached.criteria}
        return len({unit for unit, _ in lost} & reached.titles), len(lost)

    def _with_loss(self, work: Works) -> str:
        titles, criteria = self._loss(work)
        parts = [f"{titles} xã đạt danh hiệu"] if titles else []
        parts += [f"{criteria} tiêu chí"] if criteria else []
        return f"“{work}” ({self.units[work.unit]}; mất {' và '.join(parts) if parts else 'không tiêu chí nào'})"


def _listed(words: list[str]) -> str:
    if len(words) > MOST_NAMED:
        return ", ".join(words[:MOST_NAMED]) + f" và {len(words) - MOST_NAMED} mục khác"
    return " và ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _sentence(words: list[str]) -> str:
    return "; ".join(words) + "." if words else "Bài toán không có nguồn vốn nào."
