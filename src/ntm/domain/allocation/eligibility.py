"""Nguồn nào được chi cho công trình nào: kind, scope, debts, conditional money; works alike in this form one class."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from ntm.domain.allocation.model import Problem, Share, Source, Works

__all__ = ["Eligibility", "MoneyClass", "least", "most"]


@dataclass(frozen=True)
class MoneyClass:
    """Nhóm công trình cùng được các nguồn như nhau chi, theo cùng tỷ lệ: money between them is interchangeable."""

    sources: tuple[str, ...]
    shares: tuple[Share, ...]


def least(cost: int, share: Share) -> int:
    """Số đồng ít nhất của nhóm nguồn, rounded up."""
    return -(-cost * share.at_least // 1000)


def most(cost: int, share: Share) -> int:
    """Số đồng nhiều nhất của nhóm nguồn, rounded down."""
    return cost * share.at_most // 1000


class Eligibility:
    """Các nguồn được chi cho từng công trình, asked once for a problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.sources = {one.id: one for one in problem.sources}
        self._everywhere = [one for one in problem.sources if one.units is None]
        self._by_unit: dict[str, list[Source]] = defaultdict(list)
        for source in problem.sources:
            for unit in source.units or ():
                self._by_unit[unit].append(source)

    def may_pay(self, source: Source, work: Works) -> bool:
        """Nguồn này có được chi cho công trình này không."""
        return self.why_not(source, work) == ""

    def why_not(self, source: Source, work: Works) -> str:
        """Vì sao nguồn không được chi cho công trình; empty when it may."""
        if source.conditional:
            return "là vốn có điều kiện, không tính làm nguồn bảo đảm"
        if work.kind not in source.kinds:
            return f"không chi cho {work.kind.vietnamese}"
        if source.units is not None and work.unit not in source.units:
            return "chỉ chi cho đơn vị khác"
        if source.criteria is not None and not (source.criteria & work.criteria):
            return "chỉ chi cho tiêu chí khác"
        if work.is_debt and not source.pays_debt:
            return "không được dùng trả nợ"
        if work.sources is not None and source.id not in work.sources:
            return "không có trong các nguồn của công trình này"
        return ""

    def of(self, work: Works) -> tuple[str, ...]:
        """Mã các nguồn được chi, in their given order of id."""
        asked = [*self._everywhere, *self._by_unit.get(work.unit, ())]
        return tuple(sorted({one.id for one in asked if self.may_pay(one, work)}))

    @cached_property
    def classes(self) -> dict[str, MoneyClass]:
        """Nhóm vốn của từng công trình, by the id of the work."""
        found: dict[str, MoneyClass] = {}
        for work in self.problem.works:
            allowed = self.of(work)
            shares = [
                Share(one.sources & frozenset(allowed), one.at_least, one.at_most, one.name) for one in work.shares
            ]
            kept = tuple(one for one in shares if one.at_least or one.at_most < 1000)
            found[work.id] = MoneyClass(allowed, kept)
        return found
