"""Nợ đọng xây dựng cơ bản: accepted volume less what was paid, on a day, with its age and the plan to clear it.

The law's own definition counts what has no capital allocated yet (39/2019/QH14, article 4.20; until the end of 2024);
that part is `without_capital`, beside the debt.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, Sum

from ntm.domain import funds
from ntm.domain.funds import OpenVolume
from ntm.records.funding.models import AcceptedVolume, AllocationEntry, Contribution, DebtPlan, Disbursement, Works
from ntm.records.funding.queries.areas import within
from ntm.records.units import queries as units
from ntm.records.units.models import Succession
from ntm.records.units.queries import UnitLabel

__all__ = ["Debt", "DebtsOfUnit", "TitleCondition", "debts", "title_condition", "total_debt", "works_debt"]


_IN_ONE = 5000  # numbers in one IN (...)


@dataclass(frozen=True, slots=True)
class Debt:
    """Nợ của một công trình. open: what is left to pay, oldest first; age in days of the oldest."""

    works_id: int
    code: str
    name: str
    unit_id: int
    accepted: int
    paid: int
    without_capital: int
    open: tuple[OpenVolume, ...]
    age: int
    planned: int
    plan_due: date | None

    @property
    def amount(self) -> int:
        return self.accepted - self.paid

    @property
    def creditors(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.creditor for one in self.open))


@dataclass(frozen=True, slots=True)
class DebtsOfUnit:
    """Nợ của một đơn vị trong địa bàn."""

    unit: UnitLabel
    amount: int
    oldest: int
    debts: tuple[Debt, ...]


@dataclass(frozen=True, slots=True)
class TitleCondition:
    """Điều kiện không nợ đọng của danh hiệu. met: nothing is owed on that day."""

    met: bool
    amount: int
    without_capital: int
    works: int
    oldest: int
    reason: str
    reference: str


def debts(unit_id: int | None, on: date) -> tuple[DebtsOfUnit, ...]:
    """Nợ theo đơn vị, the greatest first; a constant number of queries."""
    found = _debts(within(unit_id), on)
    labels = units.labels({debt.unit_id for debt in found}, on)
    by_unit: dict[int, list[Debt]] = defaultdict(list)
    for debt in found:
        by_unit[debt.unit_id].append(debt)
    rows = [
        DebtsOfUnit(labels[unit], sum(one.amount for one in here), max(one.age for one in here), tuple(here))
        for unit, here in by_unit.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.amount, row.unit.code or "", row.unit.name)))


def total_debt(unit_id: int | None, on: date) -> int:
    """Tổng nợ của địa bàn ngày đó."""
    accepted, paid = _by_works(within(unit_id), on)
    return sum(max(0, amount - paid.get(works, 0)) for works, amount in accepted.items())


def works_debt(works_id: int, on: date) -> int:
    """Còn nợ của một công trình."""
    accepted, paid = _by_works(Q(works_id=works_id), on)
    return max(0, accepted.get(works_id, 0) - paid.get(works_id, 0))


def title_condition(unit_id: int, on: date) -> TitleCondition:
    """Điều kiện về nợ đọng: of the unit, what lies below it, and the units that became it."""
    found = _debts(_inherited(unit_id, on), on)
    amount = sum(debt.amount for debt in found)
    oldest = max((debt.age for debt in found), default=0)
    rule = next(rule for rule in funds.catalogue().rules if rule.code == "arrears-title")
    reason = (
        f"Còn nợ đọng ở {len(found)} công trình." if found else "Không có khối lượng đã nghiệm thu nào chưa thanh toán."
    )
    without = sum(debt.without_capital for debt in found)
    return TitleCondition(not found, amount, without, len(found), oldest, reason, rule.reference)


def paid_by_works(where: Q, on: date) -> dict[int, int]:
    """Đã trả theo công trình: vouchers, and what people gave in kind straight into the works."""
    found: dict[int, int] = defaultdict(int)
    kinds = Contribution.objects.exclude(form="cash")
    for rows in (Disbursement.objects.all(), kinds):
        here = rows.filter(where, works__isnull=False, on__lte=on)
        for works, amount in here.order_by("works_id").values_list("works_id").annotate(amount=Sum("amount")):
            found[works] += amount
    return dict(found)


def _by_works(where: Q, on: date) -> tuple[dict[int, int], dict[int, int]]:
    accepted = AcceptedVolume.objects.filter(where, on__lte=on)
    volumes = accepted.order_by("works_id").values_list("works_id").annotate(amount=Sum("amount"))
    return dict(volumes), paid_by_works(where, on)


def _debts(where: Q, on: date) -> list[Debt]:
    accepted, paid = _by_works(where, on)
    owing = {works for works, amount in accepted.items() if amount > paid.get(works, 0)}
    if not owing:
        return []
    among = _few("works_id", owing)
    capital = AllocationEntry.objects.filter(among, works__isnull=False, on__lte=on).order_by("works_id")
    allocated = dict(capital.values_list("works_id").annotate(amount=Sum("amount")))
    volumes = _living_volumes(among, on)
    plans: dict[int, list[Any]] = defaultdict(list)
    living = Q(replaced_on__isnull=True) | Q(replaced_on__gt=on)
    for plan in DebtPlan.objects.filter(living, _few("works_id", owing), on__lte=on).order_by("due", "id"):
        plans[plan.works_id].append(plan)
    rows = Works.objects.filter(_few("pk", owing)).order_by("unit_id", "code")
    found = []
    for pk, code, name, unit in rows.values_list("pk", "code", "name", "unit_id"):
        if pk not in owing:
            continue
        here = funds.open_volumes(volumes[pk], paid.get(pk, 0))
        covered = max(allocated.get(pk, 0), paid.get(pk, 0))
        found.append(
            Debt(
                pk,
                code,
                name,
                unit,
                accepted[pk],
                paid.get(pk, 0),
                max(0, accepted[pk] - covered),
                here,
                (on - min(one.accepted_on for one in here)).days,
                sum(plan.amount for plan in plans[pk]),
                min((plan.due for plan in plans[pk]), default=None),
            )
        )
    return found


def _few(column: str, works: set[int]) -> Q:
    """Only these, where they are few enough for one list; else all, and the reader leaves out the others."""
    return Q(**{f"{column}__in": works}) if len(works) <= _IN_ONE else Q()


def _inherited(unit_id: int, on: date) -> Q:
    """The area, and the units whose greater part went to it by then: their debt is its debt."""
    before: set[int] = set()
    layer = {unit_id}
    while layer:
        rows = Succession.objects.filter(
            successor_id__in=layer, main=True, change__undone_on=None, change__on__lte=on
        ).values_list("predecessor_id", flat=True)
        layer = set(rows) - before - {unit_id}
        before |= layer
    return within(unit_id) | Q(unit_id__in=before) if before else within(unit_id)


def _living_volumes(where: Q, on: date) -> dict[int, list[tuple[date, int, str]]]:
    """The volumes that stand on that day: what was taken back by then is left out with its reversal."""
    rows = AcceptedVolume.objects.filter(where, on__lte=on)
    back = set(rows.filter(reverses__isnull=False).values_list("reverses_id", flat=True))
    found: dict[int, list[tuple[date, int, str]]] = defaultdict(list)
    living = rows.filter(reverses__isnull=True).order_by("on", "id")
    for pk, works, day, amount, creditor in living.values_list("pk", "works_id", "on", "amount", "creditor"):
        if pk not in back:
            found[works].append((day, amount, creditor))
    return found
