"""Disclosure control of three public tables of a country as large as Cambodia, by itself: no database is needed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from countries.country import CAMBODIA, load
from countries.gazetteer import areas as gazetteer
from tests.bench.figures import Figure, seconds
from transforms.release.disclosure import audit, protect
from transforms.release.disclosure.audit import protected
from transforms.release.disclosure.intervals import intervals
from transforms.release.disclosure.released import Released

PERIODS = ("2026-08", "2026-09", "2026-10")
AUDITED = 2_000
SMALL = 12  # persons of a commune, guarantee and sex, in the mean: one in five is below the threshold


def measure() -> Iterator[Figure]:
    """A release after two others: protecting it, auditing it, and solving both ends of 2,000 of its cells."""
    country = load(CAMBODIA)
    areas = gazetteer(country).areas
    areas = areas[areas["layer"] != "village"].rename(columns={"parent_code": "parent"})
    made_up = _cells(country, areas)
    tables, indicators = country.public_tables, country.indicators
    earlier = made_up.iloc[:0].assign(published=pd.array([], "Int64"), status="", release=0)
    for number, period in enumerate(PERIODS[:-1]):
        before = protect(made_up.assign(period=period), earlier, areas, tables, indicators)
        earlier = pd.concat([earlier, before.assign(release=number)]) if number else before.assign(release=0)
    # the last release corrects one count in fifty of the one before it
    now = pd.concat([_cells(country, areas, corrected=True).assign(period=p) for p in PERIODS[-2:]])
    shown = []
    yield Figure(
        "release_protection",
        seconds(lambda: shown.append(protect(now, earlier, areas, tables, indicators))),
        target=300,
    )
    protected_cells = shown[0]
    yield Figure(
        "release_audit",
        seconds(lambda: audit(protected_cells, earlier, areas, tables, indicators)),
        target=60,
    )
    released = Released.of(protected_cells, earlier, areas, tables, indicators)
    wanted, _ = protected(released)
    some = wanted[:: max(1, len(wanted) // AUDITED)][:AUDITED]
    assert len(some) == AUDITED, f"only {len(wanted)} cells to audit"
    yield Figure("audit", seconds(lambda: intervals(released.knowledge(), some)), target=60)


def _cells(country, areas: pd.DataFrame, corrected: bool = False) -> pd.DataFrame:  # type: ignore[no-untyped-def]
    """The cells of the country's public tables with persons made up, small in many communes."""
    draw = np.random.default_rng(0)
    parents = areas.set_index("code")["parent"].to_dict()
    communes = areas.loc[areas["layer"] == "commune", "code"].to_numpy()
    frames = []
    for table in country.public_tables:
        subject = "indicator" if "indicator" in table.dimensions else "scheme"
        names = [one.id for one in (country.indicators if subject == "indicator" else country.schemes)]
        ages = [group.id for group in country.age_groups] if "age_group" in table.dimensions else ["_T"]
        for name in names:
            for sex in "FM":
                for age in ages:
                    count = draw.poisson(draw.exponential(SMALL, len(communes)))
                    if corrected:
                        count = np.where(draw.random(len(count)) < 0.02, count + 1, count)
                    leaf = pd.DataFrame({"area": communes, "sex": sex, "age_group": age, "count": count})
                    place = {"scheme": "_T", "indicator": "_T"} | {subject: name}
                    frames.append(leaf.assign(table=table.id, **place))
    leaves = pd.concat(frames)
    by_area = [leaves]
    while len(by_area[-1]):
        above = by_area[-1].assign(area=by_area[-1]["area"].map(parents))
        by_area.append(above[above["area"].notna()])
    depths = {table.id: country.depth(table.layer) for table in country.public_tables}
    depth = areas.set_index("code")["layer"].map(country.depths)
    cells = pd.concat(by_area)
    cells = cells[cells["area"].map(depth) <= cells["table"].map(depths)]
    for total in ("sex", "age_group"):
        whole = cells[cells[total] != "_T"].assign(**{total: "_T"})
        cells = pd.concat([cells, whole])
    names = ["table", "area", "sex", "age_group", "scheme", "indicator"]
    return cells.groupby(names, as_index=False)["count"].sum().assign(period=PERIODS[-1])
