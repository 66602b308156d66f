"""Tiến độ giải ngân và tổng hợp: by lower unit and by source, with what is late against the year; indexed sums only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from django.db.models import F, Q, Sum

from ntm.domain import funds
from ntm.domain.funds import FundKind
from ntm.records.funding.models import (
    AcceptedVolume,
    AllocationEntry,
    Contribution,
    Disbursement,
    Mobilisation,
    Need,
)
from ntm.records.funding.queries.areas import group_column, placed
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["Alarm", "MoneyRow", "Month", "Pace", "PaceRow", "curve", "pace", "rollup"]


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
    column, area = group_column(unit_id, min(on, closing.year_end)), placed(unit_id)
    sums: dict[tuple[int | None, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for place, model in enumerate((AllocationEntry, Disbursement)):
        for key, source, kind, amount in _grouped(model, area, year, on, column, "source", "kind"):
            if kind != FundKind.OWN:
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


@dataclass
class MoneyRow:
    """Tổng hợp một đơn vị cấp dưới; unit None: the asked unit's own entries."""

    unit: UnitLabel | None = None
    need: int = 0
    mobilised: int = 0
    conditional: int = 0
    allocated: int = 0
    disbursed: int = 0
    contributed: int = 0
    debt: int = 0
    works: dict[int, int] = field(default_factory=lambda: defaultdict(int), repr=False)

    @property
    def shortfall(self) -> int:
        return self.need - self.mobilised - self.conditional

    @property
    def percent(self) -> Decimal | None:
        return _percent(self.disbursed, self.allocated)


def rollup(unit_id: int | None, year: int, on: date) -> tuple[MoneyRow, tuple[MoneyRow, ...]]:
    """Tổng hợp: the whole, and each lower unit; one GROUP BY a kind of entry, however many units."""
    column, area = group_column(unit_id, on), placed(unit_id)
    rows: dict[int | None, MoneyRow] = defaultdict(MoneyRow)
    for key, amount in _grouped(Need, area, year, on, column):
        rows[key].need += amount
    for key, condition, amount in _grouped(Mobilisation, area, year, on, column, "condition"):
        if condition:
            rows[key].conditional += amount
        else:
            rows[key].mobilised += amount
    for key, amount in _grouped(AllocationEntry, area, year, on, column):
        rows[key].allocated += amount
    for key, amount in _grouped(Disbursement, area, year, on, column):
        rows[key].disbursed += amount
    for key, amount in _grouped(Contribution, area, year, on, column):
        rows[key].contributed += amount
    _debts(rows, area, on, column)
    labels = units.labels({key for key in rows if key is not None}, on)
    whole = MoneyRow(units.label(unit_id, on) if unit_id is not None else None)
    for key, row in rows.items():
        row.unit = labels.get(key) if key is not None else None
        for name in ("need", "mobilised", "conditional", "allocated", "disbursed", "contributed", "debt"):
            setattr(whole, name, getattr(whole, name) + getattr(row, name))
    ordered = sorted(
        rows.values(),
        key=lambda row: (row.unit is not None, row.unit.code or "", row.unit.name) if row.unit else (False,),
    )
    return whole, tuple(ordered)


def _debts(rows: dict[int | None, MoneyRow], area: Q, on: date, column: str) -> None:
    """Debt is of works: never less than nothing for one, whatever was paid ahead for another."""
    for key, works, amount in _grouped(AcceptedVolume, area, None, on, column, "works_id"):
        rows[key].works[works] += amount
    owner = {works: key for key, row in rows.items() for works in row.works}
    in_kind = ~Q(form="cash") & Q(works__isnull=False)
    for model, extra in ((Disbursement, Q(works__isnull=False)), (Contribution, in_kind)):
        for _key, works, amount in _grouped(model, area, None, on, column, "works_id", extra=extra):
            if works in owner:
                rows[owner[works]].works[works] -= amount
    for row in rows.values():
        row.debt = sum(amount for amount in row.works.values() if amount > 0)


def _grouped(
    model: Any, area: Q, year: int | None, on: date, column: str, *columns: str, extra: Q | None = None
) -> Any:
    """Sums by the lower unit (None: the asked unit itself) and more columns."""
    of_year = Q() if year is None else Q(year=year)
    rows = model.objects.filter(area, of_year, extra or Q(), on__lte=on)
    key = F(f"unit__positions__{column}")
    return rows.order_by().values_list(key, *columns).annotate(sum=Sum("amount"))


@dataclass(frozen=True, slots=True)
class Month:
    """Giải ngân luỹ kế đến hết tháng."""

    year: int
    month: int
    disbursed: int
    cumulative: int


def curve(unit_id: int | None, year: int, on: date) -> tuple[Month, ...]:
    """Đường giải ngân của năm ngân sách, by month of the vouchers."""
    rows = Disbursement.objects.filter(placed(unit_id), year=year, on__lte=on).order_by()
    grouped = rows.values_list("on__year", "on__month").annotate(sum=Sum("amount"))
    found, cumulative = [], 0
    for of_year, month, amount in sorted(grouped):
        cumulative += amount
        found.append(Month(of_year, month, amount, cumulative))
    return tuple(found)


def _percent(part: int, whole: int) -> Decimal | None:
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP) if whole else None
