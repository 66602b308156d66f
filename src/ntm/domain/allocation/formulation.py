"""Lập bài toán nguyên: works that no objective tells apart become one block, works paid alike share one purse.

Đồng become a coarser measure only here; what the solver answers is counted again in whole đồng (splitting.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from ntm.domain.allocation.eligibility import Eligibility, MoneyClass, least, most
from ntm.domain.allocation.model import Problem, Unit, Works

__all__ = ["Floors", "Goal", "Matrix", "Partition", "Purse", "Stage", "build", "can_be_met", "weight"]

Criterion = tuple[str, str]
Purse = tuple[MoneyClass, int]  # works of one group of units that are paid alike
Floors = tuple[tuple[str, int, tuple[int, ...]], ...]  # goal, in all, by group
INFINITY = float("inf")


class Goal:
    """Mục tiêu theo thứ tự: each is sought among the answers that keep what the ones before it reached."""

    DEBT = "debt"
    DUE = "due"
    TITLES = "titles"
    CRITERIA = "criteria"
    WEIGHT = "weight"
    ALL = (DEBT, DUE, TITLES, CRITERIA, WEIGHT)


@dataclass(frozen=True)
class Stage:
    """Một bước giải: the goal, and what must not be lost."""

    goal: str
    floors: Floors = ()


@dataclass(frozen=True)
class Partition:
    """Các nhóm đơn vị chỉ gắn với nhau qua vài nguồn rộng: group of each unit; `joined` when wide sources link them."""

    of_unit: dict[str, int]
    count: int
    joined: bool


@dataclass
class Matrix:
    """Bài toán dạng ma trận: columns with their meaning, rows as triplets."""

    scale: int
    objective: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    group: list[int] = field(default_factory=list)
    row_low: list[float] = field(default_factory=list)
    row_high: list[float] = field(default_factory=list)
    entries: list[tuple[int, int, float]] = field(default_factory=list)
    blocks: list[tuple[int, tuple[Works, ...]]] = field(default_factory=list)
    block_of: dict[str, int] = field(default_factory=dict)
    titles: dict[str, int] = field(default_factory=dict)
    criteria: dict[Criterion, int] = field(default_factory=dict)
    purses: dict[tuple[Purse, str], int] = field(default_factory=dict)

    def column(self, group: int, *, whole: bool, upper: float = 1.0) -> int:
        self.objective.append(0.0)
        self.upper.append(upper)
        self.whole.append(whole)
        self.group.append(group)
        return len(self.upper) - 1

    def row(self, entries: Iterable[tuple[int, float]], low: float, high: float) -> None:
        at = len(self.row_low)
        self.row_low.append(low)
        self.row_high.append(high)
        self.entries += [(at, column, value) for column, value in entries]

    def money(self, amount: int) -> float:
        return amount / self.scale


def weight(work: Works, unit: Unit, problem: Problem) -> int:
    """Trọng số của công trình."""
    rules = problem.rules
    base = rules.difficult_weight if unit.extremely_difficult else 1
    return base + (rules.started_weight if work.started else 0)


def build(problem: Problem, eligible: Eligibility, stage: Stage, partition: Partition) -> Matrix:
    """Lập ma trận của một bước."""
    matrix = Matrix(_scale(problem))
    units = {one.id: one for one in problem.units}
    debts: dict[str, list[Works]] = defaultdict(list)
    for work in problem.works:
        if work.is_debt:
            debts[work.unit].append(work)
    wanted = {floor[0] for floor in stage.floors} | {stage.goal}
    _blocks(matrix, problem, eligible, partition, stage.goal, wanted)
    if problem.rules.no_new_while_debt:
        _gates(matrix, debts)
    if wanted & {Goal.CRITERIA}:
        _criteria(matrix, problem, partition)
    if wanted & {Goal.DUE, Goal.TITLES}:
        _titles(matrix, problem, debts, partition)
    _purses(matrix, eligible, partition)
    _minimum_shares(matrix, problem)
    for goal, floor, by_group in stage.floors:
        terms = _terms(matrix, problem, units, goal)
        if partition.joined:
            _keep(matrix, terms, goal, floor)
        else:  # nothing links the groups: what each of them reached can be kept by itself, and nothing is lost
            for group, least in enumerate(by_group):
                _keep(matrix, [one for one in terms if matrix.group[one[0]] == group], goal, least)
    for column, value in _terms(matrix, problem, units, stage.goal):
        matrix.objective[column] += value
    return matrix


def _keep(matrix: Matrix, terms: list[tuple[int, float]], goal: str, floor: int) -> None:
    if floor:
        matrix.row(terms, matrix.money(floor) * (1 - 1e-9) if goal == Goal.DEBT else floor, INFINITY)


def _scale(problem: Problem) -> int:
    """Thước đo trong bộ giải: triệu đồng for real money, finer for small sums."""
    most = max((work.cost for work in problem.works), default=1)
    return next((scale for scale in (10**6, 10**3) if most >= scale * 100), 1)


def can_be_met(unit: Unit) -> bool:
    """Danh mục có đủ công trình cho mọi tiêu chí còn thiếu."""
    return all(one.works for one in unit.missing)


def _signatures(problem: Problem, wanted: Collection[str]) -> dict[str, set[tuple[str, ...]]]:
    """Công trình phục vụ những đích nào, as finely as the goals of this step see them."""
    found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for unit in problem.units:
        for criterion in unit.missing:
            for work in criterion.works:
                if Goal.CRITERIA in wanted:
                    found[work].add((unit.id, criterion.code))
                elif can_be_met(unit):
                    found[work].add((unit.id,))
    return found


def _blocks(
    matrix: Matrix, problem: Problem, eligible: Eligibility, partition: Partition, goal: str, wanted: set[str]
) -> None:
    signatures = {} if wanted == {Goal.DEBT} else _signatures(problem, wanted)
    helped = set().union(*(one.units for one in problem.rules.minimum_shares))
    together: dict[object, list[Works]] = defaultdict(list)
    for work in problem.works:
        if not eligible.classes[work.id].sources:
            continue
        signature = frozenset(signatures.get(work.id, ()))
        if work.is_debt or goal == Goal.WEIGHT or (not signature and work.unit in helped):
            together[work.id].append(work)
        elif signature:
            together[signature, work.unit, work.is_new and not work.reason].append(work)
    for key in together:
        column = matrix.column(partition.of_unit[together[key][0].unit], whole=True)
        matrix.blocks.append((column, tuple(together[key])))
        matrix.block_of.update({work.id: column for work in together[key]})


def _gates(matrix: Matrix, debts: dict[str, list[Works]]) -> None:
    """Không khởi công mới khi còn nợ: a new work only beside the payment of every debt of its unit."""
    for column, works in list(matrix.blocks):
        for unit in sorted({work.unit for work in works if work.is_new and not work.reason}):
            for debt in debts[unit]:
                _not_above(matrix, column, matrix.block_of.get(debt.id))


def _not_above(matrix: Matrix, column: int, limit: int | None) -> None:
    if limit is None:
        matrix.upper[column] = 0.0
    elif limit != column:
        matrix.row([(column, 1.0), (limit, -1.0)], -INFINITY, 0.0)


def _together(matrix: Matrix, parts: list[int | None], group: int) -> int:
    """The column that is 1 only when all parts are 1; a single part stands for itself."""
    if len(set(parts)) == 1 and parts[0] is not None:
        return parts[0]
    column = matrix.column(group, whole=False)
    for part in dict.fromkeys(parts):
        _not_above(matrix, column, part)
    return column


def _criteria(matrix: Matrix, problem: Problem, partition: Partition) -> None:
    for unit in problem.units:
        for criterion in unit.missing:
            if criterion.works:
                parts = [matrix.block_of.get(work) for work in sorted(criterion.works)]
                matrix.criteria[unit.id, criterion.code] = _together(matrix, parts, partition.of_unit[unit.id])


def _titles(matrix: Matrix, problem: Problem, debts: dict[str, list[Works]], partition: Partition) -> None:
    for unit in problem.units:
        if not can_be_met(unit) or not (unit.missing or debts[unit.id]):
            continue
        parts = [matrix.block_of.get(debt.id) for debt in debts[unit.id]]
        for criterion in unit.missing:
            if (unit.id, criterion.code) in matrix.criteria:
                parts.append(matrix.criteria[unit.id, criterion.code])
            else:
                parts += [matrix.block_of.get(work) for work in sorted(criterion.works)]
        matrix.titles[unit.id] = _together(matrix, parts, partition.of_unit[unit.id])


def _purses(matrix: Matrix, eligible: Eligibility, partition: Partition) -> None:
    """Tiền của mỗi nhóm công trình: what its works cost is what its sources give, within shares and ceilings."""
    cost: dict[Purse, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    costs: dict[Purse, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for column, works in matrix.blocks:
        for work in works:
            purse = eligible.classes[work.id], partition.of_unit[work.unit]
            cost[purse][column] += work.cost
            costs[purse][column].append(work.cost)
    by_source: dict[str, list[int]] = defaultdict(list)
    for purse, blocks in cost.items():
        money, group = purse
        for source in money.sources:
            ceiling = matrix.money(eligible.sources[source].ceiling)
            column = matrix.column(group, whole=False, upper=ceiling)
            matrix.purses[purse, source] = column
            by_source[source].append(column)
        spent = [(column, -matrix.money(amount)) for column, amount in blocks.items()]
        matrix.row([(matrix.purses[purse, one], 1.0) for one in money.sources] + spent, 0.0, 0.0)
        for share in money.shares:  # rounded for each work as its đồng will be
            given = [(matrix.purses[purse, one], 1.0) for one in sorted(share.sources)]
            if share.at_least:
                low = [(one, -matrix.money(sum(least(each, share) for each in costs[purse][one]))) for one in blocks]
                matrix.row(given + low, 0.0, INFINITY)
            if share.at_most < 1000:
                high = [(one, -matrix.money(sum(most(each, share) for each in costs[purse][one]))) for one in blocks]
                matrix.row(given + high, -INFINITY, 0.0)
    for source, columns in by_source.items():
        if len(columns) > 1:
            matrix.row([(one, 1.0) for one in columns], -INFINITY, matrix.money(eligible.sources[source].ceiling))


def _minimum_shares(matrix: Matrix, problem: Problem) -> None:
    for rule in problem.rules.minimum_shares:
        terms = []
        for column, works in matrix.blocks:
            inside = sum(work.cost for work in works if work.unit in rule.units)
            whole = sum(work.cost for work in works)
            terms.append((column, matrix.money(1000 * inside - rule.at_least * whole) / 1000))
        matrix.row(terms, 0.0, INFINITY)


def _terms(matrix: Matrix, problem: Problem, units: dict[str, Unit], goal: str) -> list[tuple[int, float]]:
    if goal == Goal.DEBT:
        return [
            (column, matrix.money(sum(work.cost for work in works)))
            for column, works in matrix.blocks
            if works[0].is_debt
        ]
    if goal == Goal.DUE:
        return [(column, 1.0) for unit, column in matrix.titles.items() if units[unit].due_this_year]
    if goal == Goal.TITLES:
        return [(column, 1.0) for column in matrix.titles.values()]
    found: dict[int, float] = defaultdict(float)
    if goal == Goal.CRITERIA:
        for column in matrix.criteria.values():
            found[column] += 1.0
    else:
        for column, works in matrix.blocks:
            found[column] += sum(weight(work, units[work.unit], problem) for work in works)
    return list(found.items())
