"""Giải bằng HiGHS: one program in, an answer with its bound out. One thread and a fixed seed: the same answer again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

__all__ = ["Answer", "Floats", "Program", "as_lp", "new_solver", "solve"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Program:
    """Bài toán đã thành mảng: maximise cost·x, low <= A x <= high, 0 <= x <= upper."""

    cost: Floats
    upper: Floats
    whole: npt.NDArray[np.bool_]
    low: Floats
    high: Floats
    rows: Ints
    columns: Ints
    values: Floats


@dataclass(frozen=True)
class Answer:
    """Lời giải: values of the columns (None: none found), the bound, the seconds, whether the gap was reached.

    others: the lesser answers met on the way, where they were asked for.
    """

    values: Floats | None
    bound: float
    seconds: float
    finished: bool
    others: tuple[Floats, ...] = ()


def solve(
    program: Program,
    *,
    gap: float,
    seconds: float,
    start: Floats | None = None,
    absolute: float = 1e-6,
    nodes: int | None = None,
    others: bool = False,
) -> Answer:
    """Giải bài toán nguyên trong số giây (và số nút) cho phép; near enough by the relative or the absolute gap."""
    solver = new_solver({"time_limit": max(seconds, 0.05), "mip_rel_gap": gap, "mip_abs_gap": absolute})
    if nodes is not None:
        solver.setOptionValue("mip_max_nodes", nodes)
    solver.passModel(as_lp(program))
    solver.setOptionValue("mip_improving_solution_save", others)
    if start is not None:
        given = highspy.HighsSolution()
        given.col_value = start.tolist()
        solver.setSolution(given)
    solver.run()
    info = solver.getInfo()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    values = np.array(solver.getSolution().col_value) if found else None
    finished = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    bound = info.mip_dual_bound if program.whole.any() else info.objective_function_value
    met = tuple(np.array(one.col_value) for one in solver.getSavedMipSolutions()) if others else ()
    return Answer(values, bound, solver.getRunTime(), finished, met)


def new_solver(options: dict[str, Any]) -> Any:
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in ({"output_flag": False, "threads": 1, "random_seed": 0} | options).items():
        solver.setOptionValue(name, value)
    return solver


def as_lp(program: Program) -> Any:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.upper), len(program.low)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = program.cost
    lp.col_lower_, lp.col_upper_ = np.zeros(lp.num_col_), program.upper
    lp.row_lower_, lp.row_upper_ = program.low, program.high
    order = np.lexsort((program.columns, program.rows))
    counted = np.bincount(program.rows, minlength=lp.num_row_)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.concatenate(([0], np.cumsum(counted))).astype(np.int32)
    lp.a_matrix_.index_ = program.columns[order].astype(np.int32)
    lp.a_matrix_.value_ = program.values[order]
    kinds = highspy.HighsVarType
    lp.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in program.whole]
    return lp
