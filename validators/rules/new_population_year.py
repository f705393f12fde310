"""The first population of a year: from then on rates divide by it, and areas that it leaves out have none."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from validators.reference import Reference
from validators.rules.cross_field_rules import Breach
from validators.rules.vintages import area_params


def new_population_year_breaches(
    good: pd.DataFrame, earlier: pd.DataFrame | None, reference: Reference
) -> Iterator[Breach]:
    """For each year of which nothing stands yet, one problem at its first row that names the areas left out.

    `earlier`: year, before (the latest year that stands before it), area_code: a row for each area of that one.
    """
    if earlier is None:
        return
    years = good["year"].astype("str")
    for (year, before), areas in earlier.groupby(["year", "before"])["area_code"]:
        of_year = years == str(year)
        left_out = areas[~areas.isin(good.loc[of_year, "area_code"].astype("str"))]
        if len(left_out):
            params = area_params(left_out, reference) | {"value": str(year), "other": str(before)}
            yield Breach("new_population_year", "year", np.flatnonzero(of_year)[:1], [params])
