"""Niên độ tiền: the day on which a budget year's money closes, by the rule of that year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ntm.domain.funds.model import YearRule
from ntm.domain.funds.shipped import catalogue

__all__ = ["Closing", "closing"]


@dataclass(frozen=True, slots=True)
class Closing:
    """Năm ngân sách: [opens, closes] both days paid in; year_end is 31/12. `rule` says why, and whether it was read."""

    year: int
    opens: date
    year_end: date
    closes: date
    rule: YearRule

    def holds(self, day: date) -> bool:
        """Chứng từ ngày đó có thuộc được năm ngân sách này."""
        return self.opens <= day <= self.closes


def closing(year: int, rules: Iterable[YearRule] | None = None) -> Closing:
    """Năm ngân sách đó mở và khoá ngày nào. LookupError where no rule covers the year."""
    for rule in catalogue().years if rules is None else rules:
        if rule.first <= year and (rule.last is None or year <= rule.last):
            closes = date(year + 1, rule.month, rule.day)
            return Closing(year, date(year, 1, 1), date(year, 12, 31), closes, rule)
    raise LookupError(f"Chưa có quy định khoá sổ cho năm ngân sách {year}.")
