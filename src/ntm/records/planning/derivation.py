"""Phần giao suy từ bảng: what each commune and district carries of a target, worked out from cells and shares."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

from ntm.domain.official.text import flat
from ntm.records.planning.models import Mode, PlanTarget, Subject
from ntm.records.standing.queries import area as standing_area
from ntm.records.units import queries as units

__all__ = ["AVERAGED", "Area", "combine", "of_each", "shares_of", "spread", "worth"]

Cells = Iterable[tuple[int, int, str]]  # unit, criterion, mode
AVERAGED = (Subject.AVERAGE,)  # parts are averaged over the communes, not added up
_UNITS_COUNTED = (Subject.TITLE, Subject.OWN_TITLE, Subject.CRITERION, Subject.UNDER)
_PLACES = Decimal("0.01")
_EACH = re.compile(r"\bmoi (?:xa|thon|huyen|don vi)\b|tro len|\bcac (?:xa|thon) (?:diem|con lai|khac)")


@dataclass(frozen=True)
class Area:
    """Địa bàn của kế hoạch on a day: its lower units, and the district of each commune."""

    unit_id: int
    level: str  # of the cells' units
    units: tuple[int, ...]  # of that level
    middle: tuple[int, ...]  # districts below a province
    upper_of: Mapping[int, int]  # commune -> district
    counted: frozenset[int]  # those that plans count: wards and towns only where they are judged

    @classmethod
    def of(cls, unit_id: int, on: date, level: str) -> Self:
        """A few queries."""
        rows = units.positions_within(unit_id, on).filter(level__in={"huyen", level}).exclude(unit_id=unit_id)
        found = list(rows.order_by("unit_id").values_list("unit_id", "level", "district_id"))
        lowest = tuple(one for one, of_level, _district in found if of_level == level)
        middle = tuple(one for one, of_level, _district in found if of_level == "huyen")
        within = set(middle)
        upper_level = units.get(unit_id).level
        judged = standing_area.positions(unit_id, upper_level, level, on).values_list("unit_id", flat=True)
        return cls(
            unit_id,
            level,
            lowest,
            middle,
            {one: district for one, of_level, district in found if of_level == level and district in within},
            frozenset(judged),
        )

    def sizes(self) -> Counter[int]:
        """Số xã được tính của từng huyện."""
        return Counter(upper for one, upper in self.upper_of.items() if one in self.counted)


def spread(value: Decimal, parts: int) -> list[Decimal]:
    """Chia đều: a whole number into whole parts, anything else to two places; the parts add up to the whole."""
    if parts <= 0:
        return []
    step = Decimal(1) if value == value.to_integral_value() else _PLACES
    each = (value / parts // step) * step
    over = int((value - each * parts) / step)
    found = [each + (step if place < over else 0) for place in range(parts)]
    found[0] += value - sum(found)
    return found


def shares_of(
    target: PlanTarget, cells: Cells, given: Mapping[int, Decimal | None], area: Area
) -> dict[int, Decimal | None]:
    """Phần của từng xã và từng huyện; nothing where neither cells nor communes' shares bear the target out."""
    own = set(area.units)
    communes = _from_cells(target, cells, own)
    if not communes:
        communes = {one: value for one, value in given.items() if one in own}
    if not communes:
        return {}
    found: dict[int, Decimal | None] = dict(communes)
    by_district: dict[int, list[Decimal | None]] = defaultdict(list)
    for one, value in communes.items():
        if district := area.upper_of.get(one):
            by_district[district].append(value)
    sizes = area.sizes()
    for district, values in by_district.items():
        found[district] = combine(target.subject, values, sizes[district])
    return found


def of_each(op: str, what: str) -> bool:
    """Mức của từng đơn vị ("mỗi xã từ 1 tiêu chí trở lên"): the same for each of them, it adds up to nothing."""
    return op in (">=", ">") and bool(_EACH.search(flat(what)))


def worth(subject: str, value: Decimal | None) -> Decimal | None:
    """Phần chỉ nêu tên counts one where units are counted; elsewhere it tells no figure."""
    return Decimal(1) if value is None and subject in _UNITS_COUNTED else value


def combine(subject: str, values: Iterable[Decimal | None], of: int) -> Decimal:
    """Cộng các phần; an average is taken over all units there are, those without a part too."""
    total = sum((worth(subject, value) or Decimal(0) for value in values), Decimal(0))
    if subject in AVERAGED and of:
        return (total / of).quantize(_PLACES, ROUND_HALF_UP)
    return total


def _from_cells(target: PlanTarget, cells: Cells, own: set[int]) -> dict[int, Decimal | None]:
    """What the cells say of a commune: how many criteria it gains (or keeps), or that it gains this one."""
    if target.subject not in (Subject.CRITERIA, Subject.CRITERION, Subject.AVERAGE):
        return {}
    if target.mode == Mode.TOTAL:
        return {}  # a level reached is no sum of what is gained
    counted: Counter[int] = Counter(
        unit
        for unit, no, mode in cells
        if mode == target.mode and unit in own and (target.criterion_no is None or no == target.criterion_no)
    )
    return {unit: Decimal(count) for unit, count in counted.items()}
