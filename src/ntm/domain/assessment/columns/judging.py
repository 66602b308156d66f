"""Xét theo cột: the compiled set against a table; comparisons on whole numbers, everything else on bytes."""

from __future__ import annotations

from collections.abc import Callable

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
from ntm.domain.assessment.columns.plan import CriterionRows, Fit, Plan, Share
from ntm.domain.assessment.columns.table import LARGEST, ColumnTable, ScaleError
from ntm.domain.assessment.combining import needed
from ntm.domain.criteria.model import Comparator

__all__ = ["COMPARISONS", "all_of", "any_of", "criteria_outcomes", "indicator_outcomes", "where_decided"]

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
    fit = _fit(plan, table)
    _compare(plan, table, fit, outcomes)
    outcomes[plan.compared :] = NO_DATA
    np.maximum(outcomes, table.states[: plan.rows], out=outcomes)
    np.bitwise_and(outcomes, LOW_BITS, out=outcomes)
    for share in plan.shares:
        _share(share, table, fit.profile, outcomes[share.row])
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


def _fit(plan: Plan, table: ColumnTable) -> Fit:
    """Mức của từng đơn vị trong bảng này: laid out once, kept as long as the table."""
    found = plan.fits.get(table)
    if found is None:
        profile = _profile(plan, table)
        bounds = tuple(None if block.same else np.take(block.bounds, profile, axis=1) for block in plan.blocks)
        absent = tuple(
            (row, np.flatnonzero(profile == one)) for one, rows in enumerate(plan.absent) for row in rows.tolist()
        )
        found = plan.fits[table] = Fit(profile, bounds, absent)
    return found


def _profile(plan: Plan, table: ColumnTable) -> npt.NDArray[np.intp]:
    region = table.region
    for special in plan.specials:
        region = np.where(table.flags & np.uint32(special.mask), special.region, region)
    return region * len(plan.layout.groups) + table.group


def _compare(plan: Plan, table: ColumnTable, fit: Fit, outcomes: Bytes) -> None:
    """So với mức: MET or NOT_MET for every compared row, NO_DATA where there is no level."""
    compared = outcomes[: plan.compared]
    holds = compared.view(np.bool_)
    for block, bounds in zip(plan.blocks, fit.bounds, strict=True):
        rows = slice(block.first, block.end)
        _SENSES[block.sense](table.values[rows], block.bounds if bounds is None else bounds, out=holds[rows])
    np.add(compared, compared, out=compared)  # true is 1, MET is 2
    if plan.nowhere.size:
        compared[plan.nowhere] = NO_DATA
    for row, columns in fit.absent:
        compared[row, columns] = NO_DATA


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
    for at, one in enumerate(plan.criteria):
        _criterion(one, outcomes, whole[at])
    said_rows = [one.said for one in plan.criteria if one.said is not None]
    if not said_rows or not _any_said(table.states[min(said_rows) : max(said_rows) + 1]):
        return whole, None
    stated = np.zeros_like(whole)
    for at, one in enumerate(plan.criteria):
        if one.said is not None:
            state = table.states[one.said]
            said = np.where(state == FIGURE, NO_DATA, state & LOW_BITS).astype(np.uint8)
            stated[at] = (whole[at] == NO_DATA) & (said != NO_DATA)
            whole[at] = where_decided(whole[at], said)
    return whole, stated


def _any_said(states: Bytes) -> bool:
    return bool((states != NOTHING).any())


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
