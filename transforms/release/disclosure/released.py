"""The cells of all releases together, and what they say of each unknown by itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from countries.declarations.indicators import Indicator
from countries.declarations.public_tables import PublicTable
from transforms.release.disclosure.addresses import SUMMED, Addresses
from transforms.release.disclosure.equations import Equations, equations
from transforms.release.disclosure.intervals import Knowledge
from transforms.release.disclosure.small import small

Numbers = np.ndarray
COLUMNS = [
    "table", "period", "area", "sex", "age_group", "scheme", "indicator", "count", "published", "status", "release"
]  # fmt: skip


@dataclass(frozen=True)
class Released:
    """`cells` are those of every release, the present one last and marked in `present`; `secret` are the small ones."""

    cells: pd.DataFrame
    present: Numbers
    secret: Numbers
    equations: Equations
    areas: pd.DataFrame
    tables: tuple[PublicTable, ...]

    @classmethod
    def of(
        cls,
        cells: pd.DataFrame,
        earlier: pd.DataFrame,
        areas: pd.DataFrame,
        tables: tuple[PublicTable, ...],
        indicators: tuple[Indicator, ...],
    ) -> Released:
        """Earlier releases are numbered as they come, the present one after them."""
        number = pd.factorize(earlier["release"])[0] if len(earlier) else np.empty(0, np.int64)
        before = earlier.assign(release=number) if len(earlier) else pd.DataFrame(columns=COLUMNS)
        now = cells.assign(release=number.max(initial=-1) + 1)
        frames = [frame.reindex(columns=COLUMNS) for frame in (before, now) if len(frame)]
        together = pd.concat(frames, ignore_index=True) if frames else before.reindex(columns=COLUMNS)
        present = np.arange(len(together)) >= len(before)
        return cls(
            together,
            present,
            small(together, tables).to_numpy(),
            equations(together, areas, tables, indicators),
            areas,
            tables,
        )

    def knowledge(self, hidden: Numbers | None = None) -> Knowledge:
        """What all releases say; `hidden`: unknowns that the present one suppresses, instead of those marked so."""
        unknown, count = self.equations.unknown, self.equations.count
        low, high = np.zeros(len(count)), np.full(len(count), np.inf)
        shown = (self.cells["status"] == "A").to_numpy()
        if hidden is not None:
            shown = np.where(self.suppressible, ~hidden[unknown], shown)
        low[unknown[shown]] = high[unknown[shown]] = count[unknown[shown]]
        rounded, base = self._finest_rounded
        finest = rounded.copy()
        published = self.cells["published"].fillna(0).to_numpy(float)
        count_of = self.cells["count"].to_numpy(float)
        least = np.maximum(published - base + 1, published > 0)
        most = np.where((published == base) & (count_of <= base), base, published + base - 1)
        finest &= (least <= count_of) & (count_of <= most)  # sums of rounded cells can be farther off
        np.maximum.at(low, unknown[finest], least[finest])
        np.minimum.at(high, unknown[finest], most[finest])
        return Knowledge(self.equations, low, high)

    @property
    def suppressible(self) -> Numbers:
        """Which cells the present release can suppress."""
        methods = {table.id: table.method for table in self.tables}
        return self.present & (self.cells["table"].map(methods) == "suppress").to_numpy()

    @cached_property
    def _finest_rounded(self) -> tuple[Numbers, Numbers]:
        """Which cells are rounded and have no parts in their table, and the base of each cell's table."""
        base = self.cells["table"].map({table.id: table.rounding_base for table in self.tables})
        finest = np.zeros(len(self.cells), bool)
        rounded = (self.cells["status"] == "R").to_numpy()
        for name in self.cells.loc[rounded, "table"].unique():
            rows = np.flatnonzero(self.cells["table"] == name)
            addresses = Addresses.of(self.cells.iloc[rows], self.areas, self.tables)
            totals = [addresses.parts(dimension)[1] for dimension in SUMMED]
            inner = np.setdiff1d(np.arange(len(rows)), np.concatenate(totals))
            finest[rows[inner]] = True
        return finest & rounded, base.fillna(0).to_numpy(float)


def related(earlier: pd.DataFrame, cells: pd.DataFrame, tables: tuple[PublicTable, ...]) -> pd.DataFrame:
    """The earlier cells that a relation can lead to from the present ones: of their periods, of their years where there
    are figures of the whole year, and all where flows lead from month to month."""
    if earlier.empty or {table.measure for table in tables} & {"new_enrolments", "exits"}:
        return earlier
    present, before = set(cells["period"].unique()), set(earlier["period"].unique())
    whole_years = {period for period in present | before if len(period) == 4}
    years = {period[:4] for period in present} & whole_years
    return earlier[earlier["period"].isin([p for p in before if p in present or p[:4] in years])]
