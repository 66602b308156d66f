"""Nợ đọng xây dựng cơ bản: accepted volume less what was paid, on a day, with its age and the plan to clear it.

The law's own definition counts what has no capital allocated yet (39/2019/QH14, article 4.20; until the end of 2024);
that part is `without_capital`, beside the debt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Min, Q, Sum

from ntm.domain import funds
from ntm.domain.funds import OpenVolume
from ntm.records.funding.models import AcceptedVolume, DebtPlan, Works
from ntm.records.funding.queries import works_sums as sums
from ntm.records.funding.queries.areas import COLUMN_OF, IN_ONE, group_column, placed, within
from ntm.records.units import queries as units
from ntm.records.units.models import Succession, Unit
from ntm.records.units.queries import UnitLabel

__all__ = [
    "Debt",
    "DebtsOfUnit",
    "TitleCondition",
    "by_lower",
    "debts",
    "title_condition",
    "total_debt",
    "total_debts",
    "works_debt",
]


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
    found = _debts(within(unit_id, day="on"), on)
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
    """Tổng nợ của địa bàn ngày đó; never less than nothing for one works."""
    rows = Works.objects.filter(within(unit_id, day="on"), on__lte=on).annotate(debt=sums.debt(on))
    return int(rows.aggregate(sum=Sum("debt"))["sum"] or 0)


def total_debts(unit_ids: Collection[int], on: date) -> dict[int, int]:
    """Tổng nợ của từng đơn vị với địa bàn của nó; who owes nothing is left out. One query a level of units."""
    levels = Unit.objects.filter(pk__in=unit_ids).order_by("pk").values_list("level", "pk")
    of_level: dict[str, list[int]] = defaultdict(list)
    for level, unit in levels:
        of_level[level].append(unit)
    found: dict[int, int] = {}
    for level, ids in of_level.items():
        column = f"unit__positions__{COLUMN_OF[level]}"
        rows = Works.objects.filter(placed(None, "on"), on__lte=on, **{f"{column}__in": ids})
        owed = rows.annotate(debt=sums.debt(on)).order_by().values_list(F(column)).annotate(sum=Sum("debt"))
        found |= {unit: int(amount) for unit, amount in owed if amount}
    return found


def works_debt(works_id: int, on: date) -> int:
    """Còn nợ của một công trình."""
    rows = Works.objects.filter(pk=works_id).annotate(debt=sums.debt(on))
    return int(rows.values_list("debt", flat=True).first() or 0)


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


def by_lower(unit_id: int | None, on: date, of_lower: str = "") -> dict[int | None, int]:
    """Nợ theo đơn vị cấp dưới (None: the asked unit's own works): one query. `of_lower`: their column, if it is known."""
    column = F(f"unit__positions__{of_lower or group_column(unit_id, on)}")
    rows = Works.objects.filter(placed(unit_id, "on"), on__lte=on).annotate(debt=sums.debt(on)).order_by()
    return {key: int(amount) for key, amount in rows.values_list(column).annotate(sum=Sum("debt")) if amount}


def _debts(where: Q, on: date) -> list[Debt]:
    """Of the works of this condition: one query for those that owe, two for what their debts are made of."""
    owing = Works.objects.filter(where, on__lte=on).annotate(
        accepted=sums.accepted(on), paid=sums.paid(on), given=sums.allocated(on)
    )
    columns = ("pk", "code", "name", "unit_id", "accepted", "paid", "given")
    rows = list(owing.filter(accepted__gt=F("paid")).order_by("unit_id", "code").values_list(*columns))
    if not rows:
        return []
    among = _few("works_id", [row[0] for row in rows])
    volumes = _living_volumes(among, on)
    plans = _living_plans(among, on)
    found = []
    for pk, code, name, unit, accepted, paid, given in rows:
        here = funds.open_volumes(volumes[pk], paid)
        planned, due = plans.get(pk, (0, None))
        without = max(0, accepted - max(given, paid))
        age = (on - min(one.accepted_on for one in here)).days
        found.append(Debt(pk, code, name, unit, accepted, paid, without, here, age, planned, due))
    return found


def _living_plans(where: Q, on: date) -> dict[int, tuple[int, date]]:
    """Works -> how much its plan clears, and by when the first of it."""
    living = Q(replaced_on__isnull=True) | Q(replaced_on__gt=on)
    rows = DebtPlan.objects.filter(living, where, on__lte=on).order_by().values_list("works_id")
    return {works: (amount, due) for works, amount, due in rows.annotate(sum=Sum("amount"), due=Min("due"))}


def _few(column: str, works: list[int]) -> Q:
    """Only these, where they are few enough for one list; else all, and the reader leaves out the others."""
    return Q(**{f"{column}__in": works}) if len(works) <= IN_ONE else Q()


def _inherited(unit_id: int, on: date) -> Q:
    """The works of the area, and of the units whose greater part went to it by then: their debt is its debt."""
    before: set[int] = set()
    layer = {unit_id}
    while layer:
        rows = Succession.objects.filter(
            successor_id__in=layer, main=True, change__undone_on=None, change__on__lte=on
        ).values_list("predecessor_id", flat=True)
        layer = set(rows) - before - {unit_id}
        before |= layer
    area = within(unit_id, day="on")
    if not before:
        return area
    # as a list of works: beside an OR, a unit that lay in two places would count its works twice
    return Q(pk__in=Works.objects.filter(area).values("pk")) | Q(unit_id__in=before)


def _living_volumes(where: Q, on: date) -> dict[int, list[tuple[date, int, str]]]:
    """The volumes that stand on that day: what was taken back by then is left out with its reversal."""
    rows = AcceptedVolume.objects.filter(where, on__lte=on).order_by("on", "id")
    told = list(rows.values_list("pk", "reverses_id", "works_id", "on", "amount", "creditor"))
    back = {reverses for _pk, reverses, *_rest in told if reverses is not None}
    found: dict[int, list[tuple[date, int, str]]] = defaultdict(list)
    for pk, reverses, works, *volume in told:
        if reverses is None and pk not in back:
            found[works].append(tuple(volume))  # type: ignore[arg-type]
    return found
