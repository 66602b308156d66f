"""Biên dịch bộ tiêu chí: a set on a day, for a table's layout, as arrays of levels and lists of rows; done once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from ntm.domain.assessment.columns.codes import Ints
from ntm.domain.assessment.columns.table import LARGEST, ColumnTable, Layout, digits_of
from ntm.domain.assessment.levels import EXACT, Applied, AppliedCriterion, Resolve, Sheet, Way, sheet
from ntm.domain.assessment.model import NotInForce, criterion_fact
from ntm.domain.criteria.model import Comparator, CriteriaSet, Indicator, Kind

__all__ = ["Block", "Compound", "CriterionRows", "Plan", "Share", "Special", "bound", "compile_plan", "walk"]

Sense = Literal[">=", "<=", "="]
_NEVER = LARGEST + 2  # no value of a table equals it


@dataclass(frozen=True, eq=False)
class Block:
    """Các dòng so cùng một chiều, đứng liền nhau: bounds is (rows, profiles), or (rows, 1) if everywhere the same."""

    sense: Sense
    first: int
    end: int
    bounds: Ints
    same: bool


@dataclass(frozen=True)
class Compound:
    """Đồng thời / một trong: the row of the whole and those of its parts."""

    row: int
    parts: tuple[int, ...]
    every: bool


@dataclass(frozen=True, eq=False)
class Share:
    """Tỷ lệ đơn vị giữ danh hiệu: holders x 100 x 10^digits against levels x units; known is False without a level."""

    row: int
    title: str
    comparator: Comparator
    digits: int
    levels: Ints  # a profile each
    known: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class CriterionRows:
    no: int
    rule: str
    rows: tuple[int, ...]
    said: int | None  # row of TC<no>


@dataclass(frozen=True)
class Special:
    """Quy định riêng: units with any of these flags use the levels of that region."""

    mask: int
    region: int


@dataclass(frozen=True, eq=False)
class Fit:
    """Bộ tiêu chí áp vào một bảng: the profile of each unit, and the levels that differ by profile, a unit each."""

    profile: npt.NDArray[np.intp]
    bounds: tuple[Ints | None, ...]  # a block each; None: the same everywhere
    absent: tuple[tuple[int, npt.NDArray[np.intp]], ...]  # row, units without a level there


@dataclass(frozen=True, eq=False)
class Plan:
    """Bộ tiêu chí đã biên dịch. A profile is region x group: profile = region * groups + group."""

    criteria_set: CriteriaSet
    on: date
    layout: Layout
    rows: int  # rows of indicators and their parts come first; TC<no> and conditions after them
    blocks: tuple[Block, ...]
    compared: int  # rows from here to `rows` are never compared
    nowhere: npt.NDArray[np.intp]  # rows before `compared` that have a level nowhere
    absent: tuple[npt.NDArray[np.intp], ...]  # a profile each: rows that have a level elsewhere and none here
    compounds: tuple[Compound, ...]
    shares: tuple[Share, ...]
    criteria: tuple[CriterionRows, ...]
    out_of_force: npt.NDArray[np.intp]
    specials: tuple[Special, ...]  # the last to apply first
    sheet: Sheet
    fits: WeakKeyDictionary[ColumnTable, Fit] = field(default_factory=WeakKeyDictionary)


def walk(indicator: Indicator) -> Iterator[Indicator]:
    """Chỉ tiêu và các nội dung thành phần, parts before the whole."""
    for part in indicator.parts:
        yield from walk(part)
    yield indicator


def bound(sense: Comparator, level: Decimal, digits: int) -> tuple[Sense, int]:
    """Mức trên thang của dòng: the whole number that leaves every comparison as it was, also where the level has
    more digits than the row."""
    moved = level.scaleb(digits, EXACT)
    floor, ceiling = (int(moved.to_integral_value(way)) for way in (ROUND_FLOOR, ROUND_CEILING))
    match sense:
        case Comparator.GE:
            return ">=", _within(ceiling)
        case Comparator.GT:
            return ">=", _within(floor + 1)
        case Comparator.LE:
            return "<=", _within(floor)
        case Comparator.LT:
            return "<=", _within(ceiling - 1)
        case Comparator.EQ:
            return "=", floor if floor == ceiling and abs(floor) <= LARGEST else _NEVER


def _within(limit: int) -> int:
    return max(-LARGEST - 1, min(LARGEST + 1, limit))


def _sense(comparator: Comparator | None) -> Sense:
    return bound(comparator or Comparator.GE, Decimal(0), 0)[0]


def compile_plan(criteria_set: CriteriaSet, layout: Layout, on: date, resolve: Resolve | None = None) -> Plan:
    """Biên dịch: the levels of each region and group in whole numbers on each row's own scale."""
    if not criteria_set.in_force(on):
        raise NotInForce(criteria_set, on)
    regions = list(layout.regions)
    for rule in criteria_set.special_rules:
        if rule.region not in regions:
            regions.append(rule.region)
    sheets = [sheet(criteria_set, on, region, group, resolve) for region in regions for group in layout.groups]
    applied = [_by_code(one) for one in sheets]
    codes = [one.code for _, top in criteria_set.indicators() for one in walk(top)]
    rows = len(codes)
    if sorted(codes) != sorted(layout.codes[:rows]):
        raise ValueError(f"Bảng số liệu không xếp theo bộ tiêu chí {criteria_set.code}; hãy lập lại bảng cho bộ này")
    at = {code: row for row, code in enumerate(layout.codes)}
    senses, bounds, present = _bounds(criteria_set, layout, applied, at)
    compared = max(senses, default=-1) + 1
    nowhere = np.array([row for row in range(compared) if row not in senses], np.intp)
    here = present[:compared]
    in_force = applied[0]
    return Plan(
        criteria_set=criteria_set,
        on=on,
        layout=layout,
        rows=rows,
        blocks=tuple(_blocks(senses, bounds, present)),
        compared=compared,
        nowhere=nowhere,
        absent=tuple(np.flatnonzero(~here[:, one] & here.any(axis=1)) for one in range(len(applied))),
        compounds=tuple(_compounds(in_force, criteria_set, at)),
        shares=tuple(_shares(in_force, applied, at)),
        criteria=tuple(_criterion_rows(one, at) for one in sheets[0].criteria),
        out_of_force=np.array([row for row, code in enumerate(layout.codes[:rows]) if code not in in_force], np.intp),
        specials=tuple(_specials(criteria_set, layout, regions)),
        sheet=sheets[0],
    )


def _criterion_rows(one: AppliedCriterion, at: dict[str, int]) -> CriterionRows:
    rows = tuple(at[each.indicator.code] for each in one.indicators)
    return CriterionRows(one.criterion.no, one.criterion.rule, rows, at.get(criterion_fact(one.criterion.no)))


def _by_code(one: Sheet) -> dict[str, Applied]:
    """Những chỉ tiêu và nội dung có hiệu lực, by code."""
    found: dict[str, Applied] = {}
    waiting = [applied for criterion in one.criteria for applied in criterion.indicators]
    while waiting:
        applied = waiting.pop()
        found[applied.indicator.code] = applied
        waiting.extend(applied.parts)
    return found


def _is_figure(indicator: Indicator) -> bool:
    return indicator.kind in (Kind.NUMBER, Kind.PERCENT, Kind.RATIO, Kind.POINTS, Kind.TITLE_SHARE)


def _bounds(
    criteria_set: CriteriaSet, layout: Layout, applied: Sequence[dict[str, Applied]], at: dict[str, int]
) -> tuple[dict[int, Sense], Ints, npt.NDArray[np.bool_]]:
    """Mức của từng dòng theo vùng, nhóm: senses of the rows that have a level anywhere; (rows, profiles); where there
    is one."""
    shape = (len(layout.codes), len(applied))
    bounds, present = np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
    senses: dict[int, Sense] = {}
    for _, top in criteria_set.indicators():
        for one in walk(top):
            row = at[one.code]
            for profile, levels in enumerate(applied):
                found = levels.get(one.code)
                if _is_figure(one) and found is not None and found.level.figure is not None:
                    comparator = one.comparator or Comparator.GE
                    senses[row], bounds[row, profile] = bound(comparator, found.level.figure, layout.digits[row])
                    present[row, profile] = True
    return senses, bounds, present


def _blocks(senses: dict[int, Sense], bounds: Ints, present: npt.NDArray[np.bool_]) -> Iterator[Block]:
    """Các khối so sánh: runs of neighbouring rows compared in the same sense, the same or not the same everywhere."""
    same = (bounds == bounds[:, :1]).all(axis=1) & present.all(axis=1)
    rows = sorted(senses)
    while rows:
        first = end = rows[0]
        while end in senses and senses[end] == senses[first] and same[end] == same[first]:
            end += 1
        rows = [row for row in rows if row >= end]
        limits = bounds[first:end, :1] if same[first] else bounds[first:end]
        yield Block(senses[first], first, end, np.ascontiguousarray(limits), bool(same[first]))


def _compounds(in_force: dict[str, Applied], criteria_set: CriteriaSet, at: dict[str, int]) -> Iterator[Compound]:
    for _, top in criteria_set.indicators():
        for one in walk(top):
            applied = in_force.get(one.code)
            if applied is not None and applied.way in (Way.ALL, Way.ANY):
                parts = tuple(at[part.indicator.code] for part in applied.parts)
                yield Compound(at[one.code], parts, applied.way is Way.ALL)


def _shares(in_force: dict[str, Applied], applied: Sequence[dict[str, Applied]], at: dict[str, int]) -> Iterator[Share]:
    for code, one in in_force.items():
        if one.way is not Way.SHARE or one.indicator.of_title is None:
            continue
        figures = [levels[code].level.figure for levels in applied]
        digits = max((digits_of(figure) for figure in figures if figure is not None), default=0)
        yield Share(
            at[code],
            one.indicator.of_title,
            one.indicator.comparator or Comparator.GE,
            digits,
            np.array([0 if figure is None else int(figure.scaleb(digits, EXACT)) for figure in figures], np.int64),
            np.array([figure is not None for figure in figures]),
        )


def _specials(criteria_set: CriteriaSet, layout: Layout, regions: list[str | None]) -> Iterator[Special]:
    for rule in reversed(criteria_set.special_rules):
        mask = sum(1 << bit for bit, status in enumerate(layout.statuses) if status in rule.statuses)
        if mask:
            yield Special(mask, regions.index(rule.region))
