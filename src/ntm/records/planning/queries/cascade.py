"""Cây phân khai: a target and its shares at every level; residual, over-assignment, who has not answered; on any version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F

from ntm.records.planning import derivation
from ntm.records.planning.models import Plan, PlanTarget, TargetShare
from ntm.records.planning.models.targets import Mode, Subject
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["Branch", "TargetTree", "given_to", "tree"]

Answer = TargetShare.Answer


@dataclass(frozen=True)
class Branch:
    """Một đơn vị trong cây: its share, what its lower units were given, and what is left over between the two."""

    unit: UnitLabel
    share: TargetShare | None
    given: Decimal | None  # of its lower units together; None where none has a share
    residual: Decimal | None  # share - given: above zero not yet given, below zero given too much
    below: tuple[Branch, ...] = ()

    @property
    def over(self) -> bool:
        """Giao vượt."""
        return self.residual is not None and self.residual < 0


@dataclass(frozen=True)
class TargetTree:
    """Một chỉ tiêu và các phần giao của nó."""

    target: PlanTarget
    branches: tuple[Branch, ...]  # the units right below, those with a share somewhere
    given: Decimal | None
    residual: Decimal | None
    unanswered: tuple[UnitLabel, ...]
    objected: tuple[Branch, ...]

    @property
    def over(self) -> bool:
        return self.residual is not None and self.residual < 0

    @property
    def balanced(self) -> bool:
        """The sum of parts equals the whole, at this level and below, or the plan says why not."""
        if self.residual not in (None, Decimal(0)) and not self.target.residual_reason:
            return False
        return not any(_uneven(branch) for branch in self.branches)


def tree(plan: Plan, no: int, on: date, *, target_ids: Sequence[int] | None = None) -> tuple[TargetTree, ...]:
    """Cây phân khai của một lần ban hành: a fixed number of queries, whatever the number of units."""
    rows = PlanTarget.objects.in_version(no).filter(plan=plan)
    if target_ids is not None:
        rows = rows.filter(pk__in=target_ids)
    targets = list(rows.order_by("order", "pk"))
    shares: dict[int, dict[int, TargetShare]] = defaultdict(dict)
    for share in TargetShare.objects.in_version(no).filter(target__in=[one.pk for one in targets]).order_by("pk"):
        shares[share.target_id][share.unit_id] = share
    area = derivation.Area.of(plan.unit_id, on, plan.set.level if plan.set else "xa")
    labels = units.labels({*area.units, *area.middle, *(u for one in shares.values() for u in one)}, on)
    return tuple(_tree(target, shares[target.pk], area, labels) for target in targets)


def given_to(unit_id: int, year: int) -> list[TargetShare]:
    """Phần giao cho một đơn vị trong năm, by upper plans that were sent down or issued; two queries."""
    rows = (
        TargetShare.objects.filter(unit_id=unit_id, until__isnull=True, target__until__isnull=True)
        .filter(target__plan__year__lte=year, target__plan__year_to__gte=year)
        .filter(target__plan__versions__state__in=("reviewed", "issued"), target__plan__versions__no__gte=F("since"))
        .exclude(target__plan__state="closed")
    )
    return list(
        rows.select_related("target__plan", "unit")
        .prefetch_related("taken_up")
        .distinct()
        .order_by("target__plan_id", "target__order", "pk")
    )


def _tree(
    target: PlanTarget, shares: dict[int, TargetShare], area: derivation.Area, labels: dict[int, UnitLabel]
) -> TargetTree:
    branches = []
    sizes = area.sizes()
    under: dict[int, list[int]] = defaultdict(list)
    for one in area.units:
        if one in shares:
            under[area.upper_of.get(one, 0)].append(one)
    for district in area.middle:
        if district not in shares and not under[district]:
            continue
        below = tuple(_leaf(one, shares, labels) for one in _named(under[district], labels))
        size = sizes[district] if target.subject in derivation.AVERAGED else 0
        branches.append(_branch(target, labels[district], shares.get(district), below, size))
    direct = under[0] + [one for one in shares if one not in area.upper_of and one not in area.units + area.middle]
    branches += [_leaf(one, shares, labels) for one in _named(direct, labels)]
    given = _given(target, branches, area)
    answers = [shares[one] for one in _named(list(shares), labels)]
    return TargetTree(
        target=target,
        branches=tuple(branches),
        given=given,
        residual=None if given is None or target.value is None else target.value - given,
        unanswered=tuple(labels[one.unit_id] for one in answers if one.answer == Answer.NONE),
        objected=tuple(_leaf(one.unit_id, shares, labels) for one in answers if one.answer == Answer.OBJECTED),
    )


def _given(target: PlanTarget, branches: Sequence[Branch], area: derivation.Area) -> Decimal | None:
    """Tổng các phần ngay bên dưới; a district without a share of its own counts by what its communes were given."""
    if not branches or not _adds_up(target):
        return None
    if target.subject in derivation.AVERAGED:
        total, size = Decimal(0), 0
        sizes = area.sizes()
        for branch in branches:
            weight = sizes[branch.unit.id] if branch.unit.id in area.middle else 1
            total += (_worth(branch) or Decimal(0)) * weight
            size += weight
        size = max(size, len(area.counted))
        return derivation.combine(target.subject, [total], size)
    return sum((_worth(branch) or Decimal(0) for branch in branches), Decimal(0))


def _worth(branch: Branch) -> Decimal | None:
    if branch.share is None:
        return branch.given
    return Decimal(1) if branch.share.value is None else branch.share.value


def _branch(
    target: PlanTarget, unit: UnitLabel, share: TargetShare | None, below: tuple[Branch, ...], size: int
) -> Branch:
    given = None
    if below and _adds_up(target):
        values = [one.share.value if one.share else None for one in below]
        given = derivation.combine(target.subject, values, size)
    whole = share.value if share is not None else None
    return Branch(unit, share, given, None if whole is None or given is None else whole - given, below)


def _leaf(unit_id: int, shares: dict[int, TargetShare], labels: dict[int, UnitLabel]) -> Branch:
    return Branch(labels[unit_id], shares[unit_id], None, None)


def _adds_up(target: PlanTarget) -> bool:
    """A rate, or a level of each unit, is the same for all and adds up to nothing; counts and averages do."""
    if target.subject == Subject.INDICATOR or derivation.of_each(target.op, target.what):
        return False
    if target.subject == Subject.CRITERIA and target.mode == Mode.KEEP:
        return False
    return not (target.subject == Subject.METRIC and "%" in target.measure)


def _named(ids: Sequence[int], labels: dict[int, UnitLabel]) -> list[int]:
    return sorted(ids, key=lambda one: (labels[one].name, one))


def _uneven(branch: Branch) -> bool:
    return branch.residual not in (None, Decimal(0)) or any(_uneven(one) for one in branch.below)
