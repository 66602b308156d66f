"""Bình quân: a stated average against the stated total and the number of units."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ntm.domain.documents.checking import amounts
from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.checking.model import Finding, Rule, lines_of
from ntm.domain.documents.reading.model import Target


def average(plan: Checkable) -> Iterator[Finding]:
    """Tổng số tiêu chí chia số xã so với bình quân tiêu chí/xã nói trong cùng đoạn."""
    if not plan.unit_count:
        return
    for stated in plan.targets:
        if (
            (stated.measure or "").replace(" ", "").lower() != "tiêuchí/xã"
            or stated.mode != "total"
            or stated.value is None
        ):
            continue
        totals = [t for t in plan.targets if _is_total_beside(t, stated)]
        if len(totals) != 1 or totals[0].value is None:
            continue
        total = totals[0].value
        digits = max(amounts.places(stated.value_words or ""), 1)
        computed = total / plan.unit_count
        if amounts.same(computed, stated.value, digits):
            continue
        yield Finding(
            "average",
            "high",
            f"{amounts.plain(total)} tiêu chí chia cho {plan.unit_count} xã là {amounts.plain(computed, 2)} "
            f"tiêu chí/xã, "
            f"nhưng văn bản ghi bình quân {amounts.plain(stated.value)}.",
            amounts.plain(computed, 2),
            amounts.plain(stated.value),
            lines_of(totals[0].lines, stated.lines),
        )


def _is_total_beside(target: Target, average_: Target) -> bool:
    return (
        (target.measure or "").lower() == "tiêu chí"
        and target.mode == "total"
        and not target.units
        and not target.criteria
        and target.scope is None
        and target.value is not None
        and target.op == "="
        and target.value > Decimal(20)
        and target.lines == average_.lines
    )


RULES = (
    Rule("average", "Bình quân tiêu chí/xã", "high", "bình quân ghi trong văn bản với tổng chia cho số xã", average),
)
