"""Hiện trạng của đề xuất phân bổ: units, what each lacks, works, gaps and debts of an area; a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum

from ntm.domain.funds import FundKind
from ntm.records.funding.models import Contribution, Works, WorksFund
from ntm.records.funding.queries import debts as debt_queries
from ntm.records.funding.queries import works as works_queries
from ntm.records.funding.queries.areas import within
from ntm.records.funding.queries.debts import Debt
from ntm.records.funding.queries.proposal_plans import Planned, planned
from ntm.records.funding.queries.works import WorksLine
from ntm.records.standing import registry
from ntm.records.standing.models import CriterionStanding, Gap, RegisteredSet, TitleHeld
from ntm.records.standing.models.intervals import Basis, OutcomeCode
from ntm.records.standing.queries import area
from ntm.records.units import queries as units
from ntm.records.units.models import Position, UnitStatus
from ntm.records.units.queries import UnitLabel

__all__ = ["Facts", "Item", "OpenGap", "gather"]

_DONE = ("completed", "handed_over", "stopped")
_NO_NEED = (OutcomeCode.MET, OutcomeCode.NOT_CONSIDERED)
_IN_ONE = 5000  # numbers in one IN (...)


@dataclass(frozen=True, slots=True)
class Item:
    """Công trình chưa xong: what it still asks of the budget on the day, and the (source, kind) of its approved funds."""

    works: Works
    unit: int
    asks: int
    started: bool
    kind: FundKind
    structure: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class OpenGap:
    """Hạng mục còn thiếu đang mở."""

    pk: int
    unit: int
    no: int
    text: str
    cost: int | None


@dataclass(frozen=True)
class Facts:
    """Những gì bài toán cần. of: a unit of the set -> its district and commune, for money that lower units hold."""

    names: Mapping[int, str]
    ids: tuple[int, ...]
    elsewhere: frozenset[int]  # units with works or debts that the set does not judge
    members: Mapping[int, frozenset[int]]  # a unit that holds money -> the units it may pay for
    missing: Mapping[int, tuple[int, ...]]
    criteria: Mapping[int, str]
    holders: frozenset[int]
    difficult: frozenset[int]
    items: tuple[Item, ...]
    gaps: tuple[OpenGap, ...]
    debts: tuple[tuple[int, Debt], ...]
    plans: Planned


def gather(unit_id: int, year: int, on: date, row: RegisteredSet, basis: Basis) -> Facts:
    """Gom mọi điều cần cho bài toán."""
    upper = units.get(unit_id).level
    places = area.positions(unit_id, upper, row.level, on).order_by("unit_id")
    found = list(places.values_list("unit_id", "district_id", "commune_id"))
    ids = tuple(unit for unit, _, _ in found)
    lines = [one for one in works_queries.works_list(unit_id, on) if one.state not in _DONE]
    owed = [debt for one in debt_queries.debts(unit_id, on) for debt in one.debts]
    home = _homes({one.works.unit_id for one in lines} | {debt.unit_id for debt in owed}, ids, on)
    items = _items(unit_id, lines, home, on)
    elsewhere = frozenset({one.unit for one in items} | {home[debt.unit_id] for debt in owed}) - set(ids)
    members: dict[int, set[int]] = defaultdict(set)
    for unit, district, commune in found:
        for holder in {unit, district, commune, unit_id} - {None}:
            members[holder].add(unit)
    plan_places = {*ids, *members, unit_id, *units.ancestor_ids(unit_id, on)}
    titles = TitleHeld.objects.filter(area.in_force(on), title_kind=row.title_kind, level=row.level)
    hard = UnitStatus.objects.on(on).filter(kind="dac_biet_kho_khan")
    mine = set(ids)
    return Facts(
        {pk: label.title for pk, label in _labels([*ids, *elsewhere], on).items()},
        ids,
        elsewhere,
        {holder: frozenset(them) for holder, them in members.items()},
        _missing(row, ids, on, basis),
        {one.no: one.name for one in registry.content(row).criteria},
        frozenset(titles.values_list("unit_id", flat=True)) & mine,
        frozenset(hard.values_list("unit_id", flat=True)) & mine,
        items,
        _gaps(row, mine, on),
        tuple((home[debt.unit_id], debt) for debt in owed),
        planned(ids, plan_places, row, year, on),
    )


def _labels(ids: Iterable[int], on: date) -> dict[int, UnitLabel]:
    return units.labels(ids, on)


def _homes(asked: set[int], ids: tuple[int, ...], on: date) -> dict[int, int]:
    """A village's works and debts are its commune's."""
    known = set(ids)
    homes = {unit: unit for unit in asked}
    strange = asked - known
    if strange:
        rows = Position.objects.on(on).filter(unit_id__in=strange).order_by("unit_id")
        homes |= {unit: commune for unit, commune in rows.values_list("unit_id", "commune_id") if commune in known}
    return homes


def _items(unit_id: int, lines: list[WorksLine], home: Mapping[int, int], on: date) -> tuple[Item, ...]:
    ids = {one.works.pk for one in lines}
    among = Q(works_id__in=ids) if len(ids) <= _IN_ONE else Q()
    gifts = Contribution.objects.filter(within(unit_id), among, works__isnull=False, on__lte=on).order_by("works_id")
    given = dict(gifts.values_list("works_id").annotate(sum=Sum("amount")))
    funds: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
    living = WorksFund.objects.filter(among, replaced_at__isnull=True).order_by("id")
    for works, source, kind, amount in living.values_list("works_id", "source", "kind", "amount"):
        funds[works].append((source, kind, amount))
    return tuple(
        _item(line, home[line.works.unit_id], given.get(line.works.pk, 0), funds[line.works.pk]) for line in lines
    )


def _item(line: WorksLine, unit: int, given: int, structure: list[tuple[str, str, int]]) -> Item:
    """What is left of the cost after what was allocated, paid or given, and what others than the budget are to bring."""
    own = sum(amount for _, kind, amount in structure if kind == FundKind.OWN)
    asks = line.works.total_cost - max(line.allocated + given, line.paid) - max(0, own - given)
    budget = frozenset((source, kind) for source, kind, _ in structure if kind != FundKind.OWN)
    kinds = {kind for _, kind in budget}
    recurrent = kinds == {FundKind.RECURRENT.value}
    started = line.state == "building" or line.percent > 0
    return Item(
        line.works, unit, max(0, asks), started, FundKind.RECURRENT if recurrent else FundKind.INVESTMENT, budget
    )


def _missing(row: RegisteredSet, ids: tuple[int, ...], on: date, basis: Basis) -> dict[int, tuple[int, ...]]:
    rows = CriterionStanding.objects.filter(area.in_force(on), set=row, basis=basis, outcome__in=_NO_NEED)
    settled = set(rows.values_list("unit_id", "no"))
    numbers = [one.no for one in registry.content(row).criteria]
    return {unit: tuple(no for no in numbers if (unit, no) not in settled) for unit in ids}


def _gaps(row: RegisteredSet, ids: set[int], on: date) -> tuple[OpenGap, ...]:
    living = Q(closed_on__isnull=True) | Q(closed_on__gt=on)
    rows = Gap.objects.filter(living, set__code=row.code, opened_on__lte=on).order_by("unit_id", "criterion_no", "id")
    columns = ("pk", "unit_id", "criterion_no", "text", "cost")
    return tuple(OpenGap(*one) for one in rows.values_list(*columns) if one[1] in ids)
