"""Mức theo khoảng: bands that overlap, and bands that count more units than there are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ntm.domain.documents.checking import amounts
from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.checking.model import Finding, Rule, lines_of
from ntm.domain.documents.reading.model import Band


def overlapping(plan: Checkable) -> Iterator[Finding]:
    """Hai khoảng có phần chung; chung đúng một đầu mút là cách viết thường gặp, không báo."""
    for target in plan.criterion_targets:
        for first, second in combinations(target.bands, 2):
            if first.low < second.high and second.low < first.high:
                yield Finding(
                    "bands",
                    "medium",
                    f"Hai mức “{_words(first)}” và “{_words(second)}” trùng nhau một phần: một xã có thể thuộc cả hai.",
                    f"phần chung {amounts.plain(max(first.low, second.low))} - "
                    f"{amounts.plain(min(first.high, second.high))}",
                    f"{_words(first)}; {_words(second)}",
                    lines_of(first.lines, second.lines),
                )


def _words(band: Band) -> str:
    return f"{amounts.plain(band.low)} - {amounts.plain(band.high)} {band.measure or ''}".strip()


def more_units(plan: Checkable) -> Iterator[Finding]:
    """Số xã ở các mức cộng lại so với số xã của địa bàn."""
    for target in plan.criterion_targets:
        counted = sum(b.count for b in target.bands)
        if plan.unit_count and len(target.bands) > 1 and counted > plan.unit_count:
            yield Finding(
                "bands-count",
                "medium",
                f"Các mức cộng lại là {counted} xã, nhưng địa bàn chỉ có {plan.unit_count} xã.",
                f"{counted} xã",
                f"{plan.unit_count} xã",
                lines_of(*(b.lines for b in target.bands)),
            )


RULES = (
    Rule("bands", "Các mức trùng nhau", "medium", "khoảng này với khoảng khác của cùng một tiêu chí", overlapping),
    Rule("bands-count", "Các mức nhiều xã hơn địa bàn", "medium", "số xã ở các mức với số xã của địa bàn", more_units),
)
