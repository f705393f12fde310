"""Complementary cells: those suppressed beside the small ones, so that these cannot be worked out."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csc_array, hstack

from transforms.release.disclosure.intervals import intervals
from transforms.release.disclosure.program import NEARLY, cheapest
from transforms.release.disclosure.released import Released

Numbers = np.ndarray
NEAR = 2
ROUNDS = 12


class Complement:
    """The unknowns that the present release suppresses (`hidden`), made more until the small ones are safe.

    What it costs to suppress a cell is 1 + ln(1 + count): few cells are better than many, and of as many small ones are
    better than large ones, which are mostly totals.
    """

    def __init__(self, released: Released, hidden: Numbers, wanted: Numbers, required: Numbers) -> None:
        self.released, self.hidden, self.wanted, self.required = released, hidden.copy(), wanted, required
        count = released.equations.count
        nothing_shown = released.knowledge(np.ones(len(count), bool))
        self._low, self._high = nothing_shown.low - count, nothing_shown.high - count
        self._movable = self._low < self._high
        self._present = np.zeros(len(count), bool)
        self._present[released.equations.unknown[released.suppressible]] = True
        self._loss = 1 + np.log1p(count)
        self._by_row = released.equations.matrix
        self._by_column = csc_array(self._by_row)

    def complete(self) -> Numbers:
        """The unknowns to suppress. Where small cells cannot be kept from being worked out, all is done that can be."""
        count = self.released.equations.count[self.wanted]
        for turn in range(ROUNDS):
            least, greatest = intervals(self.released.knowledge(self.hidden), self.wanted, self.required)
            narrow = np.flatnonzero(greatest - least + 1 < self.required)
            if not len(narrow):
                break
            before = self.hidden.sum()
            for place in narrow:
                # a cell that goes up along a cycle goes down along it too: at first all the way is taken for granted
                down = count[place] - (least[place] if turn else 0)
                self._make_room(self.wanted[place], max(1, self.required[place] - 1 - down), NEAR + turn)
            if self.hidden.sum() == before:
                for place in narrow:
                    self.hidden[self._around(self.wanted[place], 1 + turn)] |= True
                self.hidden &= self._present
        self._show_what_is_known_anyway()
        return self.hidden

    def _make_room(self, target: int, step: float, distance: int) -> None:
        """Suppress the cheapest cells with which the target can be `step` persons more than it is."""
        while True:
            columns = self._around(target, distance)
            costs = np.where(self.hidden | ~self._present, 0, self._loss)[columns]
            free, paid = columns[costs == 0], columns[costs > 0]
            low, high = self._low[free], self._high[free]
            at = free == target
            low, high = np.where(at, step, low), np.where(at, step, high)
            matrix = hstack(
                [self._by_column[:, free], self._by_column[:, paid], -self._by_column[:, paid]], format="csr"
            )
            rows = np.flatnonzero(np.diff(matrix.indptr))
            solution = cheapest(
                matrix[rows],
                self.released.equations.row_low[rows],
                self.released.equations.row_high[rows],
                np.concatenate([low, np.zeros(2 * len(paid))]),
                np.concatenate([high, self._high[paid], -self._low[paid]]),
                np.concatenate([np.zeros(len(free)), np.tile(costs[costs > 0], 2)]),
            )
            if solution is not None:
                moved = solution[len(free) :].reshape(2, len(paid)).sum(axis=0)
                self.hidden[paid[moved > NEARLY]] = True
                return
            wider = distance * 2
            if len(self._around(target, wider)) == len(columns):
                return
            distance = wider

    def _around(self, target: int, distance: int) -> Numbers:
        """The unknowns that can be other than they are, so many relations from the target, itself among them."""
        columns = np.array([target])
        for _ in range(distance):
            rows = _entries(self._by_column, columns)
            entries = _entries(self._by_row, rows)
            entries = entries[self._movable[entries]]
            if len(entries) <= len(columns):
                break
            columns = entries
        return columns

    def _show_what_is_known_anyway(self) -> None:
        """A complementary cell that can be worked out protects nothing."""
        complementary = np.setdiff1d(np.flatnonzero(self.hidden), self.wanted)
        least, greatest = intervals(
            self.released.knowledge(self.hidden), complementary, np.full(len(complementary), 2)
        )
        self.hidden[complementary[least == greatest]] = False


def _entries(matrix: csc_array, lines: Numbers) -> Numbers:
    """Where the lines of a matrix (columns of csc, rows of csr) have entries."""
    parts = [matrix.indices[matrix.indptr[line] : matrix.indptr[line + 1]] for line in lines]
    return np.unique(np.concatenate(parts)) if parts else np.empty(0, np.int64)
