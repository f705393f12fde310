"""What is shown of the public tables."""

from __future__ import annotations

import numpy as np
import pandas as pd

from countries.declarations.indicators import Indicator
from countries.declarations.public_tables import PublicTable
from transforms.release.disclosure.addresses import Addresses
from transforms.release.disclosure.audit import protected
from transforms.release.disclosure.complement import Complement
from transforms.release.disclosure.equations import made_of
from transforms.release.disclosure.intervals import intervals
from transforms.release.disclosure.released import Released, related
from transforms.release.disclosure.rounding import rounded
from transforms.release.divisors import MEASURE


def protect(
    cells: pd.DataFrame,
    earlier: pd.DataFrame,
    areas: pd.DataFrame,
    tables: tuple[PublicTable, ...],
    indicators: tuple[Indicator, ...] = (),
) -> pd.DataFrame:
    """The cells with `published` and `status`. `indicators` says of which schemes each is made."""
    earlier = related(earlier, cells, tables)
    first, released = _rounded(cells, earlier, areas, tables, indicators)
    unknown = released.equations.unknown
    hidden = np.zeros(len(released.equations.count), bool)
    hidden[unknown[released.suppressible & released.secret]] = True
    hidden = Complement(released, hidden, *protected(released)).complete()
    suppressed = (hidden[unknown] & released.suppressible)[released.present]
    return first.assign(
        published=first["published"].mask(suppressed),
        status=first["status"].mask(suppressed, "Q"),
    )


def _rounded(
    cells: pd.DataFrame,
    earlier: pd.DataFrame,
    areas: pd.DataFrame,
    tables: tuple[PublicTable, ...],
    indicators: tuple[Indicator, ...],
) -> tuple[pd.DataFrame, Released]:
    """The cells as they stand, those of rounded tables rounded: small ones, and others from which these could be worked
    out whatever else were suppressed."""
    also = np.zeros(len(cells), bool)
    while True:
        first = _by_themselves(cells, earlier, areas, tables, indicators, also)
        released = Released.of(first, earlier, areas, tables, indicators)
        if not (first["status"] == "R").any():
            return first, released
        more = _telling(released, also)
        if not more.any():
            return first, released
        also |= more


def _by_themselves(
    cells: pd.DataFrame,
    earlier: pd.DataFrame,
    areas: pd.DataFrame,
    tables: tuple[PublicTable, ...],
    indicators: tuple[Indicator, ...],
    also: np.ndarray,
) -> pd.DataFrame:
    """The cells as they stand, those of rounded tables rounded, `also` among them; schemes before what adds them up."""
    first = cells.assign(published=cells["count"].astype("Int64"), status="A")
    for table in sorted(tables, key=lambda table: table.measure in ("numerator", MEASURE)):
        rows = (cells["table"] == table.id).to_numpy()
        if table.method == "round" and rows.any():
            given = _added_up(first, areas, tables, indicators)[rows]
            published, status = rounded(cells[rows], earlier, areas, table, also[rows], given)
            first.loc[rows, "published"] = published
            first.loc[rows, "status"] = status
    return first


def _added_up(
    cells: pd.DataFrame,
    areas: pd.DataFrame,
    tables: tuple[PublicTable, ...],
    indicators: tuple[Indicator, ...],
) -> np.ndarray:
    """What rounded tables show, added up, of each cell of an indicator that is the sum of theirs; NaN for any other."""
    added = np.full(len(cells), np.nan)
    rounding = {table.id for table in tables if table.method == "round"}
    within = cells["table"].isin(rounding).to_numpy()
    count, published = cells["count"].to_numpy(float), cells["published"].to_numpy(float)
    for terms in made_of(Addresses.of(cells.assign(release=0), areas, tables), indicators):
        off = np.bincount(terms.relation, terms.factor * count[terms.cell])
        inside = np.bincount(terms.relation, ~within[terms.cell]) == 0
        total = terms.factor > 0
        shown = np.bincount(terms.relation[~total], published[terms.cell[~total]], len(off))
        holds = ((off == 0) & inside)[terms.relation[total]]
        added[terms.cell[total][holds]] = shown[terms.relation[total][holds]]
    return added


def _telling(released: Released, also: np.ndarray) -> np.ndarray:
    """Which present cells of rounded tables, shown as they are, stand nearest to cells that are not safe even while
    everything is suppressed that can be."""
    system = released.equations
    wanted, required = protected(released)
    least, greatest = intervals(released.knowledge(np.ones(len(system.count), bool)), wanted, required)
    near = np.zeros(len(system.count), bool)
    near[wanted[greatest - least + 1 < required]] = True
    exact = (released.cells["status"] == "A").to_numpy() & released.present & ~released.suppressible
    exact[released.present] &= ~also
    related = abs(system.matrix)
    while not (found := exact & near[system.unknown]).any():
        wider = (related.T @ (related @ near)) > 0
        if wider.sum() == near.sum():
            break
        near = wider
    return np.asarray(found[released.present])
