"""Persons of a list who stand in the list of another area for the same period and scheme: they would be paid twice."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from validators.reference import Reference
from validators.rules.cross_field_rules import Breach
from validators.rules.replacements import Standing


def elsewhere_breaches(good: pd.DataFrame, standing: Standing, reference: Reference) -> Iterator[Breach]:
    """One problem, at the file's first row, for each return of another area in which some of its persons stand."""
    if standing.elsewhere is not None and len(standing.elsewhere):
        params = [
            {
                "count": row["count"],
                "area": reference.name(str(row["area_code"])),
                "period": str(row["period"]),
            }
            for row in standing.elsewhere.to_dict("records")
        ]
        yield Breach("person_elsewhere", None, np.zeros(len(params), dtype=np.int64), params)
