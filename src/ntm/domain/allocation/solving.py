"""Giải bằng HiGHS: one program in, an answer with its bound out. One thread and a fixed seed: the same answer again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
import numpy.typing as npt

from ntm.domain.allocation.formulation import Matrix

__all__ = ["Answer", "Floats", "Program", "prices", "solve"]

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

    @classmethod
    def of(cls, matrix: Matrix) -> Program:
        """Từ ma trận đã lập."""
        return cls(
            np.array(matrix.objective),
            np.array(matrix.upper),
            np.array(matrix.whole, dtype=bool),
            np.array(matrix.row_low),
            np.array(matrix.row_high),
            np.array([one[0] for one in matrix.entries], dtype=np.int64),
            np.array([one[1] for one in matrix.entries], dtype=np.int64),
            np.array([one[2] for one in matrix.entries], dtype=np.float64),
        )

    def activity(self, x: Floats) -> Floats:
        """A x."""
        return np.bincount(self.rows, self.values * x[self.columns], minlength=len(self.low)).astype(np.float64)


@dataclass(frozen=True)
class Answer:
    """Lời giải: values of the columns (None: none found), the bound, the seconds, whether the gap was reached."""

    values: Floats | None
    bound: float
    seconds: float
    finished: bool


def solve(
    program: Program, *, gap: float, seconds: float, start: Floats | None = None, absolute: float = 1e-6
) -> Answer:
    """Giải bài toán nguyên trong số giây cho phép; near enough by the relative or the absolute gap."""
    solver = _solver({"time_limit": max(seconds, 0.05), "mip_rel_gap": gap, "mip_abs_gap": absolute})
    solver.passModel(_as_lp(program, relaxed=False))
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
    return Answer(values, bound, solver.getRunTime(), finished)


def prices(program: Program, seconds: float) -> tuple[Floats, float, float]:
    """Giá bóng của các dòng, from the program whose works may be cut in parts; its objective, and the seconds."""
    solver = _solver({"time_limit": max(seconds, 0.05), "solver": "ipm"})
    solver.passModel(_as_lp(program, relaxed=True))
    solver.run()
    duals = np.array(solver.getSolution().row_dual)
    if len(duals) != len(program.low):
        duals = np.zeros(len(program.low))
    return np.abs(duals), max(0.0, solver.getInfo().objective_function_value), solver.getRunTime()


def _solver(options: dict[str, Any]) -> Any:
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in ({"output_flag": False, "threads": 1, "random_seed": 0} | options).items():
        solver.setOptionValue(name, value)
    return solver


def _as_lp(program: Program, *, relaxed: bool) -> Any:
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
    if not relaxed:
        kinds = highspy.HighsVarType
        lp.integrality_ = [kinds.kInteger if whole else kinds.kContinuous for whole in program.whole]
    return lp
