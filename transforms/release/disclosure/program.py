"""One connected part of the equations as a program of HiGHS, solved from where the last solution stands."""

from __future__ import annotations

import highspy
import numpy as np
from scipy.sparse import csr_array

Numbers = np.ndarray
MIP_SECONDS = 10.0
NEARLY = 1e-6


class Program:
    """Deviations from the truth, within bounds of their own and of the rows; zero everywhere is a solution."""

    def __init__(
        self, matrix: csr_array, row_low: Numbers, row_high: Numbers, low: Numbers, high: Numbers
    ) -> None:
        self.matrix, self.row_low, self.row_high, self.low, self.high = matrix, row_low, row_high, low, high
        self._linear = _model(matrix, row_low, row_high, low, high)
        self._whole: highspy.Highs | None = None

    def farthest(self, column: int, sign: int) -> tuple[float, Numbers]:
        """How far one deviation can go up (sign 1) or down (-1) in whole steps, and a whole solution on the way.

        The linear program allows whatever whole numbers allow, so its end, rounded inwards, is never too near, and
        where its solution is whole it is reached. Where it is not, the program in whole numbers decides; of one that
        takes too long counts what it has reached, which can only make the interval narrower than it is.
        """
        status, solution = _run(self._linear, column, sign)
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return np.inf, np.zeros(len(self.low))
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"HiGHS ended with {status}")
        if self._allowed(whole := np.rint(solution)):
            return sign * whole[column], whole
        if self._whole is None:
            self._whole = _model(self.matrix, self.row_low, self.row_high, self.low, self.high, whole=True)
        status, solution = _run(self._whole, column, sign)
        whole = np.rint(solution) if len(solution) else np.zeros(len(self.low))
        if not self._allowed(whole):
            whole = np.zeros(len(self.low))
        return sign * whole[column], whole

    def _allowed(self, solution: Numbers) -> bool:
        activity = self.matrix @ solution
        return bool(
            (solution >= self.low).all()
            and (solution <= self.high).all()
            and (activity >= self.row_low).all()
            and (activity <= self.row_high).all()
        )


def _model(
    matrix: csr_array,
    row_low: Numbers,
    row_high: Numbers,
    low: Numbers,
    high: Numbers,
    cost: Numbers | None = None,
    whole: bool = False,
) -> highspy.Highs:
    rows, columns = matrix.shape
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = rows, columns
    lp.col_cost_ = np.zeros(columns) if cost is None else cost
    lp.col_lower_, lp.col_upper_ = low.astype(float), high.astype(float)
    lp.row_lower_, lp.row_upper_ = row_low.astype(float), row_high.astype(float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    lp.a_matrix_.index_ = matrix.indices.astype(np.int32)
    lp.a_matrix_.value_ = matrix.data.astype(float)
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * columns
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("log_to_console", False)
    solver.setOptionValue("threads", 1)
    if whole:
        solver.setOptionValue("time_limit", MIP_SECONDS)
    else:
        solver.setOptionValue("solver", "simplex")
        solver.setOptionValue("presolve", "off")
    solver.passModel(lp)
    return solver


def _run(solver: highspy.Highs, column: int, sign: int) -> tuple[highspy.HighsModelStatus, Numbers]:
    solver.changeColCost(column, -float(sign))
    solver.run()
    found = solver.getModelStatus(), np.asarray(solver.getSolution().col_value)
    solver.changeColCost(column, 0.0)
    return found


def cheapest(
    matrix: csr_array, row_low: Numbers, row_high: Numbers, low: Numbers, high: Numbers, cost: Numbers
) -> Numbers | None:
    """A solution of least cost; None where there is none."""
    solver = _model(matrix, row_low, row_high, low, high, cost)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return np.asarray(solver.getSolution().col_value)
