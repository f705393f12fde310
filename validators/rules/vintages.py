"""A newer file of the same sender beside an older one of the same kind: what it no longer has, and what it has more."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from validators.reference import Reference
from validators.rules.cross_field_rules import Breach
from validators.rules.replacements import Standing
from validators.rules.returns import Returns, some_areas


def vintage_breaches(own: Returns, standing: Standing, reference: Reference) -> Iterator[Breach]:
    """For each older file that the file brings anew, one problem with what is left out of it; and one with what is new.

    What is left out goes on standing.
    """
    if not standing.anew:
        return
    files = list(standing.left_out.groupby(["file", "date"], sort=False)["area_code"])
    params = [area_params(areas, reference) | {"file": file, "date": day} for (file, day), areas in files]
    yield Breach("left_out", None, np.zeros(len(files), dtype=np.int64), params)
    new = standing.new(own)
    if len(new):
        params = [area_params(new["area_code"], reference) | {"file": standing.anew}]
        yield Breach("added", None, new["first"].to_numpy()[:1], params)


def area_params(areas: pd.Series, reference: Reference) -> dict[str, Any]:
    """`count` of the areas, and `areas`, the names of the first."""
    return {"count": len(areas), "areas": some_areas(areas, reference)}
