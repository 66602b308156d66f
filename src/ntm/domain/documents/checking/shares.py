"""Tỷ lệ: "124/184 xã, chiếm 67,4%"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ntm.domain.documents.checking import amounts
from ntm.domain.documents.checking.checkable import Checkable
from ntm.domain.documents.checking.model import Finding, Rule, Severity
from ntm.domain.documents.checking.prose import clauses
from ntm.domain.documents.reading.model import Lines
from ntm.domain.official.numbers import parse_number


def share(plan: Checkable) -> Iterator[Finding]:
    """Phần trăm ghi bên cạnh phân số so với phân số."""
    for one in plan.shares:
        if one.percent is None or not one.of:
            continue
        yield from _wrong(one.count, one.of, one.percent, one.lines)


def _wrong(count: Decimal, of: Decimal, percent: Decimal, lines: Lines) -> Iterator[Finding]:
    computed = count * 100 / of
    digits = max(-int(percent.normalize().as_tuple().exponent), 0)
    if amounts.same(computed, percent, digits):
        return
    severity: Severity = "high" if abs(computed - percent) < 10 else "medium"
    yield Finding(
        "share",
        severity,
        f"{amounts.plain(count)}/{amounts.plain(of)} là "
        f"{amounts.plain(computed, max(digits, 1))}%, nhưng văn bản ghi {amounts.plain(percent)}%.",
        f"{amounts.plain(computed, max(digits, 1))}%",
        f"{amounts.plain(percent)}%",
        lines,
    )


_OF_ALL = re.compile(
    r"(?<![\d/,.])(?P<n>\d{1,3})\sxa\b(?!\s?/)[^;.%\d]{0,60}?\b(?:chiem|bang|dat(?: ty le)?|tuong ung)\s"
    r"(?P<p>\d{1,3}(?:,\d+)?)\s?%"
    r"\s(?:tong )?so xa(?! (?:da |duoc )?(?:dat|cong nhan|con lai|ve dich))"
)


def of_all(plan: Checkable) -> Iterator[Finding]:
    """ "lũy kế 107 xã, chiếm 73,3% số xã", khi văn bản nói địa bàn có 150 xã."""
    if not plan.unit_count:
        return
    for clause in clauses(plan):
        for match in _OF_ALL.finditer(clause.flat):
            count, percent = parse_number(match["n"]), parse_number(match["p"])
            place = clause.paragraph.lines(clause.start + match.start(), clause.start + match.end())
            yield from _wrong(count, Decimal(plan.unit_count), percent, place)


def shares(plan: Checkable) -> Iterator[Finding]:
    """Phần trăm so với phân số đứng cạnh nó, hoặc so với số xã của địa bàn."""
    yield from share(plan)
    yield from of_all(plan)


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
    Rule("share", "Tỷ lệ phần trăm", "high", "tỷ lệ ghi trong văn bản với số đạt chia tổng số", shares),
    Rule("share-over", "Số đạt nhiều hơn tổng số", "medium", "tử số với mẫu số", more_than_all),
)
