"""Xét theo cột: the compiled set against a table; comparisons on whole numbers, everything else on bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from ntm.domain.assessment.columns.codes import (
    FIGURE,
    LOW_BITS,
    MET,
    NO_DATA,
    NOT_CONSIDERED,
    NOT_IN_FORCE,
    NOT_MET,
    NOTHING,
    SAID_NOT_CONSIDERED,
    Bytes,
)
from ntm.domain.assessment.columns.plan import Block, CriterionRows, Plan, Share
from ntm.domain.assessment.columns.table import LARGEST, ColumnTable, ScaleError
from ntm.domain.assessment.combining import needed
from ntm.domain.criteria.model import Comparator

__all__ = ["COMPARISONS", "all_of", "any_of", "criteria_outcomes", "indicator_outcomes", "where_decided"]

_MOST_RUNS = 256  # more than this and the units do not stand together: levels are gathered per unit instead

_SENSES: dict[str, np.ufunc] = {">=": np.greater_equal, "<=": np.less_equal, "=": np.equal}
COMPARISONS: dict[Comparator, Callable[..., npt.NDArray[np.bool_]]] = {
    Comparator.GE: np.greater_equal,
    Comparator.GT: np.greater,
    Comparator.LE: np.less_equal,
    Comparator.LT: np.less,
    Comparator.EQ: np.equal,
}


def indicator_outcomes(plan: Plan, table: ColumnTable) -> Bytes:
    """Kết quả từng chỉ tiêu: (rows, units), codes of outcomes."""
    outcomes = np.empty((plan.rows, len(table.units)), np.uint8)
    profile = _profile(plan, table)
    _compare(plan, table, profile, outcomes)
    outcomes[plan.compared :] = NO_DATA
    np.maximum(outcomes, table.states[: plan.rows], out=outcomes)
    np.bitwise_and(outcomes, LOW_BITS, out=outcomes)
    for share in plan.shares:
        _share(share, table, profile, outcomes[share.row])
    for compound in plan.compounds:
        parts = [outcomes[row] for row in compound.parts]
        whole = all_of(parts) if compound.every else any_of(parts)
        state = table.states[compound.row]
        said = np.where(state == FIGURE, NO_DATA, state & LOW_BITS).astype(np.uint8)
        decided = where_decided(whole, said)
        outcomes[compound.row] = np.where(state == SAID_NOT_CONSIDERED, NOT_CONSIDERED, decided)
    if plan.out_of_force.size:
        outcomes[plan.out_of_force] = NOT_IN_FORCE
    return outcomes


def _profile(plan: Plan, table: ColumnTable) -> npt.NDArray[np.intp]:
    region = table.region
    for special in plan.specials:
        region = np.where(table.flags & np.uint32(special.mask), special.region, region)
    groups = len(plan.layout.groups)
    return region * groups + table.group if groups > 1 else region


def _compare(plan: Plan, table: ColumnTable, profile: npt.NDArray[np.intp], outcomes: Bytes) -> None:
    """So với mức: MET or NOT_MET for every compared row, NO_DATA where there is no level."""
    holds = outcomes[: plan.compared].view(np.bool_)
    runs = list(_runs(profile))
    if len(runs) <= _MOST_RUNS:
        for first, end, one in runs:
            for block in plan.blocks:
                _run(block, table, holds, first, end, one)
    else:
        for block in plan.blocks:
            rows = slice(block.first, block.end)
            _SENSES[block.sense](table.values[rows], block.bounds[:, profile], out=holds[rows])
    compared = outcomes[: plan.compared]
    np.add(compared, compared, out=compared)  # true is 1, MET is 2
    if len(runs) <= _MOST_RUNS:
        for first, end, one in runs:
            for row in plan.absent[one]:
                compared[row, first:end] = NO_DATA
    else:
        for number, rows_absent in enumerate(plan.absent):
            if rows_absent.size:
                compared[np.ix_(rows_absent, np.flatnonzero(profile == number))] = NO_DATA


def _run(block: Block, table: ColumnTable, holds: npt.NDArray[np.bool_], first: int, end: int, profile: int) -> None:
    rows = slice(block.first, block.end)
    values, out = table.values[rows, first:end], holds[rows, first:end]
    _SENSES[block.sense](values, block.bounds[:, profile : profile + 1], out=out)


def _runs(profile: npt.NDArray[np.intp]) -> Iterator[tuple[int, int, int]]:
    """Những đoạn đơn vị liền nhau cùng vùng, cùng nhóm: (first, end, profile)."""
    if not profile.size:
        return
    edges = [0, *(np.flatnonzero(np.diff(profile)) + 1).tolist(), profile.size]
    for first, end in pairwise(edges):
        yield first, end, int(profile[first])


def _share(share: Share, table: ColumnTable, profile: npt.NDArray[np.intp], outcome: Bytes) -> None:
    """Tỷ lệ từ số đếm: holders x 100 against level x units; overrides what was typed, but for "không xét"."""
    counts = table.lower.get(share.title)
    if counts is None:
        return
    holders, units = counts
    given = units >= 0
    factor = 100 * 10**share.digits
    largest = max(int(np.abs(holders).max(initial=0)) * factor, int(np.abs(units).max(initial=0)) * _most(share))
    if largest > LARGEST:
        raise ScaleError(f"Tỷ lệ theo danh hiệu {share.title}: số đơn vị vượt quá phạm vi tính đúng tuyệt đối")
    holds = COMPARISONS[share.comparator](holders * factor, share.levels[profile] * units)
    usable = (units > 0) & (holders >= 0) & (holders <= units) & share.known[profile]
    judged = np.where(usable, np.where(holds, MET, NOT_MET), NO_DATA)
    considered = table.states[share.row] != SAID_NOT_CONSIDERED
    np.copyto(outcome, judged.astype(np.uint8), where=given & considered)


def _most(share: Share) -> int:
    return int(np.abs(share.levels).max(initial=0))


def all_of(parts: list[Bytes]) -> Bytes:
    """Đạt tất cả: the smallest code decides."""
    whole = parts[0]
    if len(parts) == 1:
        return whole.copy()
    whole = np.minimum(parts[0], parts[1])
    for part in parts[2:]:
        np.minimum(whole, part, out=whole)
    return whole


def any_of(parts: list[Bytes]) -> Bytes:
    """Đạt một là đủ: turned so that not considered is the smallest and met the largest; the largest decides."""
    best = (parts[0] + np.uint8(1)) & np.uint8(LOW_BITS)
    for part in parts[1:]:
        np.maximum(best, (part + np.uint8(1)) & np.uint8(LOW_BITS), out=best)
    return (best + np.uint8(3)) & np.uint8(LOW_BITS)


def _at_least(number: int, parts: list[Bytes]) -> Bytes:
    met = sum((part == MET).astype(np.int64) for part in parts)
    unknown = sum((part == NO_DATA).astype(np.int64) for part in parts)
    skipped = sum((part == NOT_CONSIDERED).astype(np.int64) for part in parts)
    outcome = np.where(met >= number, MET, np.where(met + unknown < number, NOT_MET, NO_DATA))
    return np.where(skipped == len(parts), NOT_CONSIDERED, outcome).astype(np.uint8)


def where_decided(computed: Bytes, said: Bytes) -> Bytes:
    """Số liệu quyết định trước: the stated conclusion only where the computed outcome is NO_DATA."""
    return np.where(computed == NO_DATA, said, computed)


def criteria_outcomes(plan: Plan, table: ColumnTable, outcomes: Bytes) -> tuple[Bytes, Bytes | None]:
    """Kết quả từng tiêu chí, and which of them rest on a stated conclusion (None: nobody stated any)."""
    whole = np.empty((len(plan.criteria), len(table.units)), np.uint8)
    stated: Bytes | None = None
    for at, one in enumerate(plan.criteria):
        _criterion(one, outcomes, whole[at])
        if one.said is None:
            continue
        state = table.states[one.said]
        if (state == NOTHING).all():
            continue
        said = np.where(state == FIGURE, NO_DATA, state & LOW_BITS).astype(np.uint8)
        if stated is None:
            stated = np.zeros_like(whole)
        stated[at] = (whole[at] == NO_DATA) & (said != NO_DATA)
        whole[at] = where_decided(whole[at], said)
    return whole, stated


def _criterion(one: CriterionRows, outcomes: Bytes, out: Bytes) -> None:
    if not one.rows:
        out[:] = NO_DATA
        return
    parts = [outcomes[row] for row in one.rows]
    if one.rule == "all":
        if len(parts) == 1:
            out[:] = parts[0]
            return
        np.minimum(parts[0], parts[1], out=out)
        for part in parts[2:]:
            np.minimum(out, part, out=out)
    else:
        out[:] = any_of(parts) if one.rule == "any" else _at_least(needed(one.rule), parts)
