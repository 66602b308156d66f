"""Tiến độ giải ngân và tổng hợp: by lower unit and by source, with what is late against the year; indexed sums only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from django.db.models import Q

from ntm.domain import funds
from ntm.domain.funds import FundKind
from ntm.records.funding.models import (
    AllocationEntry,
    Disbursement,
)
from ntm.records.funding.queries import debts
from ntm.records.funding.queries.areas import group_column, parts, summed
from ntm.records.funding.queries.cells import Amounts, AreaSums, area_sums
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["Alarm", "MoneyRow", "Month", "Pace", "PaceRow", "months_of", "pace", "rollup"]


class Alarm(StrEnum):
    """Cảnh báo giải ngân."""

    NONE = "none"
    BEHIND = "behind"  # less spent than the share of the year that has gone
    YEAR_END = "year_end"  # 31/12 has passed, the closing has not
    CLOSED = "closed"  # the year has closed and money is left

    @property
    def label(self) -> str:
        return {
            Alarm.NONE: "",
            Alarm.BEHIND: "chậm so với thời gian của năm",
            Alarm.YEAR_END: "quá 31/12, chưa chi hết",
            Alarm.CLOSED: "đã hết hạn chi, còn dư",
        }[self]


@dataclass(frozen=True, slots=True)
class PaceRow:
    """Một đơn vị, một nguồn; unit None: the asked unit's own money."""

    unit: UnitLabel | None
    source: str
    name: str
    kind: FundKind
    allocated: int
    disbursed: int
    alarm: Alarm

    @property
    def left(self) -> int:
        return self.allocated - self.disbursed

    @property
    def percent(self) -> Decimal | None:
        """Đã giải ngân, one decimal."""
        return _percent(self.disbursed, self.allocated)


@dataclass(frozen=True, slots=True)
class Pace:
    """Tiến độ giải ngân của năm: by source for the whole, and by unit and source."""

    year: int
    on: date
    elapsed: Decimal
    closes: date
    sources: tuple[PaceRow, ...]
    rows: tuple[PaceRow, ...]

    @property
    def alarms(self) -> tuple[PaceRow, ...]:
        return tuple(row for row in self.rows if row.alarm is not Alarm.NONE)


def pace(unit_id: int | None, year: int, on: date) -> Pace:
    """Tiến độ giải ngân vốn ngân sách; alarms by source and unit against 31/12 and the closing day."""
    closing = funds.closing(year)
    days = (closing.year_end - closing.opens).days + 1
    gone = min(max((on - closing.opens).days + 1, 0), days)
    elapsed = (Decimal(100 * gone) / days).quantize(Decimal("0.1"), ROUND_HALF_UP)
    area = parts(unit_id, group_column(unit_id, min(on, closing.year_end)))
    of_year = Q(year=year, on__lte=on) & ~Q(kind=FundKind.OWN.value)
    sums: dict[tuple[int | None, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for place, model in enumerate((AllocationEntry, Disbursement)):
        for key, source, kind, amount in summed(model, area, of_year, "source", "kind"):
            sums[key, source, kind][place] += amount
    labels = units.labels({key[0] for key in sums if key[0] is not None}, on)

    def row(label: UnitLabel | None, source: str, kind: str, allocated: int, disbursed: int) -> PaceRow:
        alarm = _alarm(allocated, disbursed, gone, days, on, closing)
        return PaceRow(label, source, funds.catalogue().name(source), FundKind(kind), allocated, disbursed, alarm)

    rows = [row(labels.get(key) if key else None, source, kind, *two) for (key, source, kind), two in sums.items()]
    whole: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for (_key, source, kind), (allocated, disbursed) in sums.items():
        whole[source, kind][0] += allocated
        whole[source, kind][1] += disbursed
    sources = [row(None, source, kind, *two) for (source, kind), two in sorted(whole.items())]
    return Pace(year, on, elapsed, closing.closes, tuple(sources), tuple(sorted(rows, key=_order)))


def _alarm(allocated: int, disbursed: int, gone: int, days: int, on: date, closing: funds.Closing) -> Alarm:
    if disbursed >= allocated:
        return Alarm.NONE
    if on > closing.closes:
        return Alarm.CLOSED
    if on > closing.year_end:
        return Alarm.YEAR_END
    return Alarm.BEHIND if disbursed * days < allocated * gone else Alarm.NONE


def _order(row: PaceRow) -> tuple[bool, str, str, str, str]:
    label = row.unit
    return label is not None, (label.code or "") if label else "", label.name if label else "", row.source, row.kind


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """Tổng hợp một đơn vị cấp dưới; unit None: the asked unit's own entries."""

    unit: UnitLabel | None
    amounts: Amounts
    debt: int

    @property
    def need(self) -> int:
        return self.amounts.need

    @property
    def mobilised(self) -> int:
        """Chắc chắn."""
        return self.amounts.mobilised

    @property
    def conditional(self) -> int:
        return self.amounts.conditional

    @property
    def allocated(self) -> int:
        return self.amounts.allocated

    @property
    def disbursed(self) -> int:
        return self.amounts.disbursed

    @property
    def contributed(self) -> int:
        return self.amounts.contributed

    @property
    def shortfall(self) -> int:
        return self.need - self.mobilised - self.conditional

    @property
    def percent(self) -> Decimal | None:
        return _percent(self.disbursed, self.allocated)


def rollup(
    unit_id: int | None, year: int, on: date, sums: AreaSums | None = None, owed: dict[int | None, int] | None = None
) -> tuple[MoneyRow, tuple[MoneyRow, ...]]:
    """Tổng hợp: the whole, and each lower unit; one GROUP BY a kind of entry, however many units.

    `sums`, `owed`: what was already added up for the same area and day.
    """
    sums = sums or area_sums(unit_id, year, on)
    owed = debts.by_lower(unit_id, on, sums.of_lower) if owed is None else owed
    keys = {*sums.lower, *owed}
    labels = units.labels({key for key in (*keys, unit_id) if key is not None}, on)
    rows = [
        MoneyRow(labels.get(key) if key is not None else None, sums.lower.get(key) or Amounts(), owed.get(key, 0))
        for key in keys
    ]
    whole = MoneyRow(labels[unit_id] if unit_id is not None else None, sums.cells.total(), sum(owed.values()))
    return whole, tuple(sorted(rows, key=_row_order))


def _row_order(row: MoneyRow) -> tuple[bool, str, str]:
    return (True, row.unit.code or "", row.unit.name) if row.unit else (False, "", "")


@dataclass(frozen=True, slots=True)
class Month:
    """Giải ngân luỹ kế đến hết tháng."""

    year: int
    month: int
    disbursed: int
    cumulative: int


def months_of(spent: Mapping[tuple[int, int], int]) -> tuple[Month, ...]:
    """Luỹ kế theo tháng."""
    found, cumulative = [], 0
    for (year, month), amount in sorted(spent.items()):
        cumulative += amount
        found.append(Month(year, month, amount, cumulative))
    return tuple(found)


def _percent(part: int, whole: int) -> Decimal | None:
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP) if whole else None
