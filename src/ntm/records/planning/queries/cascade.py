"""Cây phân khai: a target and its shares at every level, weighed by `domain.targets.cascade`; who has not answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ntm.domain.targets.cascade import Balance, Part, average, counts
from ntm.records.planning import derivation
from ntm.records.planning.models import Plan, PlanTarget, TargetShare
from ntm.records.planning.models.targets import Mode, Subject
from ntm.records.planning.queries import days
from ntm.records.standing import descent
from ntm.records.units import queries as units
from ntm.records.units.queries import UnitLabel

__all__ = ["Branch", "TargetTree", "tree"]

Answer = TargetShare.Answer


class _Weighed:
    """Phần giao ngay bên dưới, weighed against the whole above them."""

    balance: Balance | None

    @property
    def given(self) -> Decimal | None:
        """Đã giao xuống."""
        return self.balance.given if self.balance else None

    @property
    def residual(self) -> Decimal | None:
        """Còn lại: above zero not yet given, below zero given too much."""
        return self.balance.left if self.balance else None

    @property
    def over(self) -> bool:
        """Giao vượt."""
        return self.balance is not None and self.balance.over > 0


@dataclass(frozen=True)
class Branch(_Weighed):
    """Một đơn vị trong cây: its share, the answer it had on the day, and its lower units' shares weighed against it."""

    unit: UnitLabel
    share: TargetShare | None
    balance: Balance | None = None  # of its lower units; None where none has a share, or where shares do not add up
    below: tuple[Branch, ...] = ()
    answer: str = ""


@dataclass(frozen=True)
class TargetTree(_Weighed):
    """Một chỉ tiêu và các phần giao của nó."""

    target: PlanTarget
    branches: tuple[Branch, ...]  # the units right below, those with a share somewhere
    balance: Balance | None
    unanswered: tuple[UnitLabel, ...]
    objected: tuple[Branch, ...]

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
    rows_of = TargetShare.objects.in_version(no).filter(target__in=[one.pk for one in targets])
    for share in rows_of.select_related("replaces").order_by("pk"):
        shares[share.target_id][share.unit_id] = share
    area = derivation.Area.of(plan.unit_id, on, plan.set.level if plan.set else "xa")
    labels = units.labels({*area.units, *area.middle, *(u for one in shares.values() for u in one)}, on)
    return tuple(_tree(target, shares[target.pk], area, labels, on) for target in targets)


def _tree(
    target: PlanTarget, shares: dict[int, TargetShare], area: derivation.Area, labels: dict[int, UnitLabel], on: date
) -> TargetTree:
    branches = []
    sizes = area.sizes()
    under: dict[int, list[int]] = defaultdict(list)
    for one in area.units:
        if one in shares:
            under[area.upper_of.get(one, 0)].append(one)

    def leaf(one: int) -> Branch:
        return Branch(labels[one], shares[one], answer=days.answer_on(shares[one], on))

    for district in _named(area.middle, labels):
        if district not in shares and not under[district]:
            continue
        below = tuple(leaf(one) for one in _named(under[district], labels))
        share = shares.get(district)
        whole = share.value if share is not None else None
        balance = _weighed(target, whole, below, sizes[district], sizes) if below else None
        answer = days.answer_on(share, on) if share is not None else ""
        branches.append(Branch(labels[district], share, balance, below, answer))
    direct = under[0] + [one for one in shares if one not in area.upper_of and one not in area.units + area.middle]
    branches += [leaf(one) for one in _named(direct, labels)]
    answered = [leaf(one) for one in _named(list(shares), labels)]
    return TargetTree(
        target=target,
        branches=tuple(branches),
        balance=_weighed(target, target.value, branches, len(area.counted), sizes) if branches else None,
        unanswered=tuple(one.unit for one in answered if one.answer == Answer.NONE),
        objected=tuple(one for one in answered if one.answer == Answer.OBJECTED),
    )


def _weighed(
    target: PlanTarget, whole: Decimal | None, branches: Sequence[Branch], units_below: int, sizes: dict[int, int]
) -> Balance | None:
    """Cân phần giao ngay bên dưới; a district without a share of its own counts by what its communes were given."""
    if not _adds_up(target):
        return None
    parts = [
        Part(one.unit.title, _worth(target, one), sizes.get(one.unit.id, 0) if one.unit.level == "huyen" else 1)
        for one in branches
    ]
    if target.subject in derivation.AVERAGED:
        return average(whole, parts, max(sum(part.units for part in parts), units_below), target.measure)
    return counts(whole, parts, target.measure)


def _worth(target: PlanTarget, branch: Branch) -> Decimal | None:
    return branch.given if branch.share is None else derivation.worth(target.subject, branch.share.value)


def _adds_up(target: PlanTarget) -> bool:
    """A rate, or a level of each unit, is the same for all and adds up to nothing; counts and averages do."""
    if target.subject == Subject.INDICATOR or derivation.of_each(target.op, target.what):
        return False
    if target.subject == Subject.CRITERIA and target.mode == Mode.KEEP:
        return False
    return not (target.subject == Subject.METRIC and "%" in target.measure)


def _named(ids: Sequence[int], labels: dict[int, UnitLabel]) -> list[int]:
    return sorted(ids, key=lambda one: descent.order(labels[one]))


def _uneven(branch: Branch) -> bool:
    return branch.residual not in (None, Decimal(0)) or any(_uneven(one) for one in branch.below)
