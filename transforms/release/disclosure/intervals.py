"""The least and the greatest number of persons that everything released leaves possible for a cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from transforms.release.disclosure.equations import Equations, components
from transforms.release.disclosure.program import Program

Numbers = np.ndarray


@dataclass(frozen=True)
class Knowledge:
    """What releases say of each unknown by itself: `low` and `high` are its bounds, equal where it is shown."""

    equations: Equations
    low: Numbers
    high: Numbers

    def solved(self) -> Numbers:
        """Which unknowns are known for certain by taking known parts from totals, again and again."""
        equations = self.equations
        known = self.low == self.high
        pattern = csr_array(equations.matrix != 0, dtype=np.int64)
        equal = equations.row_low == equations.row_high
        column = np.arange(len(known))
        while True:
            open_terms = pattern @ (~known).astype(np.int64)
            single = equal & (open_terms == 1)
            if not single.any():
                return known
            known[(pattern @ (column * ~known))[single]] = True


def intervals(
    knowledge: Knowledge, wanted: Numbers, enough: Numbers | None = None
) -> tuple[Numbers, Numbers]:
    """Least and greatest whole value of each wanted unknown; the greatest is infinite where there is no end.

    With `enough` an interval may be cut short once so many values of it are proven to be possible.
    """
    count = knowledge.equations.count
    least, greatest = count[wanted].astype(float), count[wanted].astype(float)
    place = np.full(len(count), -1)
    place[wanted] = np.arange(len(wanted))
    for columns, program in _programs(knowledge, wanted):
        down, up = _reach(program, place[columns], count[columns], enough)
        inside = place[columns] >= 0
        at = place[columns[inside]]
        least[at] += down[inside]
        greatest[at] += up[inside]
    return least, greatest


def _reach(
    program: Program, place: Numbers, count: Numbers, enough: Numbers | None
) -> tuple[Numbers, Numbers]:
    """How far each column that has a place goes down and up. Each whole solution on the way is a witness for all."""
    down, up = np.zeros(len(place)), np.zeros(len(place))
    for column in np.flatnonzero(place >= 0):
        for sign in (1, -1):
            if enough is not None and up[column] - down[column] + 1 >= enough[place[column]]:
                break
            reach, witness = program.farthest(int(column), sign)
            np.maximum(up, witness, out=up)
            np.minimum(down, witness, out=down)
            if np.isinf(reach):
                up[column] = np.inf
    return down, up


def _programs(knowledge: Knowledge, wanted: Numbers) -> Iterator[tuple[Numbers, Program]]:
    """The connected parts that hold a wanted unknown of which something is open, each with its columns."""
    equations = knowledge.equations
    free = ~knowledge.solved()
    columns = np.flatnonzero(free)
    matrix = equations.matrix[:, columns]
    part = components(matrix)
    sought = np.zeros(len(free), bool)
    sought[wanted] = True
    by_part = np.argsort(part, kind="stable")
    row_part = np.full(matrix.shape[0], -1)
    lengths = np.diff(matrix.indptr)
    row_part[lengths > 0] = part[matrix.indices[matrix.indptr[:-1][lengths > 0]]]
    row_order = np.argsort(row_part, kind="stable")
    for label in np.unique(part[sought[columns]]):
        own = by_part[slice(*np.searchsorted(part[by_part], [label, label + 1]))]
        rows = row_order[slice(*np.searchsorted(row_part[row_order], [label, label + 1]))]
        mine = columns[own]
        count = equations.count[mine]
        yield (
            mine,
            Program(
                matrix[rows][:, own],
                equations.row_low[rows],
                equations.row_high[rows],
                knowledge.low[mine] - count,
                knowledge.high[mine] - count,
            ),
        )
