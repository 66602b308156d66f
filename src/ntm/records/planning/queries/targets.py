"""Chỉ tiêu của một lần ban hành, with their shares; and two plans' targets side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ntm.records.planning.models import Plan, PlanTarget, Subject, TargetShare
from ntm.records.planning.queries import days
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["ShareLine", "SideBySide", "TargetLine", "beside", "lines"]


@dataclass(frozen=True, slots=True)
class ShareLine:
    """Một phần giao."""

    share: TargetShare
    unit: UnitLabel
    answer: str  # as it was on the day


@dataclass(frozen=True)
class TargetLine:
    """Một chỉ tiêu và các đơn vị được giao."""

    target: PlanTarget
    shares: tuple[ShareLine, ...]


@dataclass(frozen=True)
class SideBySide:
    """Cùng một chỉ tiêu ở hai kế hoạch; None where one of them has none."""

    one: PlanTarget | None
    two: PlanTarget | None

    @property
    def differs(self) -> bool:
        """Khác mức hoặc khác hạn."""
        if self.one is None or self.two is None:
            return True
        return (self.one.op, self.one.value, self.one.high, self.one.due) != (
            self.two.op, self.two.value, self.two.high, self.two.due,
        )  # fmt: skip

    @property
    def apart(self) -> Decimal | None:
        """Chênh lệch: what the second asks above the first."""
        if self.one is None or self.two is None or self.one.value is None or self.two.value is None:
            return None
        return self.two.value - self.one.value


def lines(plan: Plan, no: int, on: date) -> list[TargetLine]:
    """Các chỉ tiêu của một lần with their shares; a fixed number of queries."""
    targets = list(PlanTarget.objects.in_version(no).filter(plan=plan).order_by("order", "pk"))
    shares: dict[int, list[TargetShare]] = {}
    rows = TargetShare.objects.in_version(no).filter(target__in=[one.pk for one in targets]).order_by("order", "pk")
    for share in rows:
        shares.setdefault(share.target_id, []).append(share)
    labels = units.labels({one.unit_id for them in shares.values() for one in them}, on)
    return [
        TargetLine(
            target,
            tuple(ShareLine(one, labels[one.unit_id], days.answer_on(one, on)) for one in shares.get(target.pk, ())),
        )
        for target in targets
    ]


def beside(one: Plan, one_no: int, two: Plan, two_no: int) -> list[SideBySide]:
    """Hai kế hoạch cạnh nhau: targets that speak of the same thing in one line; two queries."""
    first = {_about(row): row for row in reversed(_of(one, one_no))}
    second = {_about(row): row for row in reversed(_of(two, two_no))}
    order = [*(_about(row) for row in _of_order(first)), *(_about(row) for row in _of_order(second))]
    return [SideBySide(first.get(key), second.get(key)) for key in dict.fromkeys(order)]


def _of(plan: Plan, no: int) -> list[PlanTarget]:
    return list(PlanTarget.objects.in_version(no).filter(plan=plan).order_by("order", "pk"))


def _of_order(rows: dict[tuple[object, ...], PlanTarget]) -> list[PlanTarget]:
    return sorted(rows.values(), key=lambda row: (row.order, row.pk))


def _about(row: PlanTarget) -> tuple[object, ...]:
    """Nói về gì: what makes two targets the same question; a metric without a name is told by its words."""
    words = row.what if row.subject == Subject.METRIC and not row.metric else ""
    return (
        row.subject, row.mode, row.title_kind, row.title_level, row.criterion_no, row.indicator_code, row.metric,
        row.bound, row.measure if row.subject == Subject.METRIC else "", words,
    )  # fmt: skip
