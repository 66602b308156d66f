"""Tỷ lệ: "124/184 xã, chiếm 67,4%"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ntm.domain.documents.checking import amounts
from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.checking.model import Finding, Rule, Severity


def share(plan: Checkable) -> Iterator[Finding]:
    """Phần trăm ghi bên cạnh phân số so với phân số."""
    for one in plan.shares:
        if one.percent is None or not one.of:
            continue
        computed = one.count * 100 / one.of
        digits = max(-int(one.percent.normalize().as_tuple().exponent), 0)
        if amounts.same(computed, one.percent, digits):
            continue
        severity: Severity = "high" if abs(computed - one.percent) < 10 else "medium"
        yield Finding(
            "share",
            severity,
            f"{amounts.plain(one.count)}/{amounts.plain(one.of)} là "
            f"{amounts.plain(computed, max(digits, 1))}%, nhưng văn bản ghi {amounts.plain(one.percent)}%.",
            f"{amounts.plain(computed, max(digits, 1))}%",
            f"{amounts.plain(one.percent)}%",
            one.lines,
        )


def more_than_all(plan: Checkable) -> Iterator[Finding]:
    """Số đạt nhiều hơn tổng số."""
    for one in plan.shares:
        if one.of and one.count > one.of and one.of > Decimal(1):
            yield Finding(
                "share-over",
                "medium",
                f"Văn bản ghi {amounts.plain(one.count)}/{amounts.plain(one.of)}: số đạt nhiều hơn tổng số.",
                f"nhiều nhất {amounts.plain(one.of)}",
                amounts.plain(one.count),
                one.lines,
            )


RULES = (
    Rule("share", "Tỷ lệ phần trăm", "high", "tỷ lệ ghi trong văn bản với số đạt chia tổng số", share),
    Rule("share-over", "Số đạt nhiều hơn tổng số", "medium", "tử số với mẫu số", more_than_all),
)
