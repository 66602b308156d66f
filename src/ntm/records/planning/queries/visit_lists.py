"""Danh mục kiểm tra của từng đơn vị: its own criteria set in force on the day, what it does not meet first, what it lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from ntm.records.standing import registry
from ntm.records.standing.models import CriterionStanding, Gap, RegisteredSet, TitleHeld, UnitStanding
from ntm.records.standing.models.intervals import Basis, OutcomeCode
from ntm.records.standing.queries import area
from ntm.records.units import queries as units

__all__ = ["FIRST", "UnitList", "in_order", "lists_of", "sets_of", "standing_of", "unmet"]

FIRST = {OutcomeCode.NOT_MET: 0, OutcomeCode.NO_DATA: 1, OutcomeCode.MET: 2, OutcomeCode.NOT_CONSIDERED: 3}


@dataclass(frozen=True)
class UnitList:
    """Của một đơn vị: how it stands by each criterion of its set, and what it said that it lacks."""

    row: RegisteredSet
    outcomes: Mapping[int, OutcomeCode] = field(default_factory=dict)
    gaps: Mapping[int, tuple[Gap, ...]] = field(default_factory=dict)

    def outcome(self, no: int) -> OutcomeCode:
        """Without a verified result there are no figures."""
        return self.outcomes.get(no, OutcomeCode.NO_DATA)


def sets_of(unit_ids: Collection[int], on: date) -> dict[int, RegisteredSet]:
    """Bộ tiêu chí của mỗi đơn vị: of the next title up that it does not hold; few queries however many units."""
    labels = units.labels(unit_ids, on)
    offered: dict[tuple[str, str], list[RegisteredSet]] = {}
    found: dict[int, RegisteredSet] = {}
    held: dict[int, set[str]] = defaultdict(set)
    for unit, kind in TitleHeld.objects.filter(area.in_force(on), unit_id__in=unit_ids).values_list(
        "unit_id", "title_kind"
    ):
        held[unit].add(kind)
    with_figures: dict[int, set[int]] = defaultdict(set)
    for unit, row in UnitStanding.objects.filter(area.in_force(on), unit_id__in=unit_ids).values_list(
        "unit_id", "set_id"
    ):
        with_figures[unit].add(row)
    for unit, label in labels.items():
        top = label if label.level == "tinh" else label.ancestors[-1] if label.ancestors else label
        key = (label.level, top.code or "")
        if key not in offered:
            offered[key] = _own_first(registry.sets_in_force(key[0], on, key[1]))
        rows = [row for row in offered[key] if row.pk in with_figures[unit]] or offered[key]
        if rows:
            found[unit] = next((row for row in rows if row.title_kind not in held[unit]), rows[-1])
    return found


def _own_first(rows: Iterable[RegisteredSet]) -> list[RegisteredSet]:
    """One set a title, from the lowest title up; the province's own in place of the national one that it extends."""
    chosen: dict[str, RegisteredSet] = {}
    for row in rows:
        if row.title_kind not in chosen or row.province_code:
            chosen[row.title_kind] = row
    order = {"ntm": 0, "nang_cao": 1, "kieu_mau": 2}
    return sorted(chosen.values(), key=lambda row: (order.get(row.title_kind, 3), row.code))


def lists_of(sets: Mapping[int, RegisteredSet], on: date) -> dict[int, UnitList]:
    """Hiện trạng đã thẩm tra và hạng mục còn thiếu of each unit by its set; two queries."""
    outcomes: dict[int, dict[int, OutcomeCode]] = defaultdict(dict)
    wanted = {(unit, row.pk) for unit, row in sets.items()}
    rows = CriterionStanding.objects.filter(
        area.in_force(on), unit_id__in=sets, set__in={row.pk for row in sets.values()}, basis=Basis.CONFIRMED
    )
    for unit, set_id, no, outcome in rows.values_list("unit_id", "set_id", "no", "outcome"):
        if (unit, set_id) in wanted:
            outcomes[unit][no] = OutcomeCode(outcome)
    gaps: dict[int, dict[int, tuple[Gap, ...]]] = defaultdict(dict)
    still = Q(closed_on=None) | Q(closed_on__gt=on)
    for gap in Gap.objects.filter(still, unit_id__in=sets, opened_on__lte=on).order_by("criterion_no", "pk"):
        if (gap.unit_id, gap.set_id) in wanted:
            of_unit = gaps[gap.unit_id]
            of_unit[gap.criterion_no] = (*of_unit.get(gap.criterion_no, ()), gap)
    return {unit: UnitList(row, outcomes[unit], gaps[unit]) for unit, row in sets.items()}


def in_order(numbers: Iterable[int], told: UnitList | None) -> list[int]:
    """Chưa đạt trước, then without figures, then met; by number within each."""
    if told is None:
        return sorted(numbers)
    return sorted(numbers, key=lambda no: (FIRST[told.outcome(no)], no))


def unmet(told: UnitList) -> list[int]:
    """Tiêu chí chưa đạt hoặc chưa có số liệu, of its set."""
    numbers = [criterion.no for criterion in registry.content(told.row).criteria]
    return [no for no in numbers if told.outcome(no) in (OutcomeCode.NOT_MET, OutcomeCode.NO_DATA)]


def standing_of(sets: Mapping[int, RegisteredSet], on: date) -> dict[int, tuple[int, int]]:
    """Đạt mấy trên mấy tiêu chí, of units to choose from; one query. A unit without figures is left out."""
    wanted = {(unit, row.pk) for unit, row in sets.items()}
    rows = UnitStanding.objects.filter(area.in_force(on), unit_id__in=sets, basis=Basis.CONFIRMED)
    told = rows.values_list("unit_id", "set_id", "met", "not_met", "no_data")
    return {unit: (met, met + not_met + no_data) for unit, row, met, not_met, no_data in told if (unit, row) in wanted}
