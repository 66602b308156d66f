"""Sao OCOP: which scoring set is in force on a day, how long its stars hold, who recognises them, what points make them."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["FEWEST_STARS", "ScoringSet", "later", "set_on", "sets"]

FEWEST_STARS = 3  # plans count products from three stars
_PATH = Path(__file__).with_name("ocop_sets.yaml")


@dataclass(frozen=True, slots=True)
class ScoringSet:
    """Bộ tiêu chí đánh giá, phân hạng, in force over [start, end). `checked`: its official text was read."""

    code: str
    number: str
    start: date
    end: date | None
    months: int
    checked: bool
    bands: Mapping[int, Decimal]  # stars -> lower limit in points; empty where the limits were not read
    recognises: Mapping[int, str]

    def expires(self, decided: date) -> date:
        """Hết hạn: the day on which stars decided on that day hold no more."""
        return later(decided, self.months)

    def stars_of(self, points: Decimal) -> int | None:
        """Số sao của số điểm: the lower limit belongs to the higher band; None where the limits were not read."""
        fit = [stars for stars, limit in self.bands.items() if points >= limit]
        return max(fit) if fit else None


def later(day: date, months: int) -> date:
    """The same day so many months later; the last day of the month where there is none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@cache
def sets() -> tuple[ScoringSet, ...]:
    """The shipped sets, oldest first."""
    rows = yaml.safe_load(_PATH.read_text(encoding="utf-8"))
    return tuple(sorted((_read(row) for row in rows), key=lambda one: one.start))


def set_on(day: date) -> ScoringSet | None:
    """Bộ áp dụng vào ngày đó; None before the first one."""
    return next((one for one in sets() if one.start <= day and (one.end is None or day < one.end)), None)


def _read(row: Mapping[str, Any]) -> ScoringSet:
    return ScoringSet(
        row["code"],
        row["number"],
        row["from"],
        row["to"],
        row["months"],
        row["checked"],
        {stars: Decimal(limit) for stars, limit in (row.get("bands") or {}).items()},
        dict(row["recognises"]),
    )
