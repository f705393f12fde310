"""A national month of 1.74 million lines: 14,522 villages × 10 schemes × 2 sexes × 6 age groups, as one CSV."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from countries.country import CAMBODIA, Country, load
from countries.gazetteer import areas

MONTH = "2026-10"
VILLAGES = 14_522
ROWS = VILLAGES * 10 * 2 * 6


def country() -> Country:
    """Cambodia, with ten schemes that all report by village and by age."""
    cambodia = load(CAMBODIA)
    everybody = cambodia.schemes[0].eligible.model_copy(update={"sexes": (), "age_groups": ()})
    schemes = [
        cambodia.schemes[i % len(cambodia.schemes)].model_copy(
            update={
                "id": f"scheme_{i}",
                "layer": "village",
                "by_age": True,
                "eligible": everybody,
                "starts": None,
            }
        )
        for i in range(10)
    ]
    indicators = [
        indicator.model_copy(
            update={
                "numerator": indicator.numerator.model_copy(
                    update={
                        "schemes": tuple(f"scheme_{i}" for i in chosen),
                        "contributors": (),
                        "age_groups": (),
                    }
                )
            }
        )
        for indicator, chosen in zip(
            map(cambodia.indicator, ("health", "children", "active_age", "older", "any_scheme")),
            [(0, 1), (2, 3), (4, 5, 6), (7, 8, 9), range(10)],
            strict=True,
        )
    ]
    return cambodia.model_copy(update={"schemes": tuple(schemes), "indicators": tuple(indicators)})


def lines(bench: Country, seed: int = 1) -> pd.DataFrame:
    """One line for each village, scheme, sex and age group."""
    gazetteer = areas(bench).areas
    villages = gazetteer.loc[gazetteer["layer"] == "village", "code"].to_numpy()[:VILLAGES]
    schemes = np.array([scheme.id for scheme in bench.schemes])
    ages = np.array([group.id for group in bench.age_groups])
    shape = (len(villages), len(schemes), 2, len(ages))
    each = np.indices(shape).reshape(4, -1)
    return pd.DataFrame(
        {
            "period": MONTH,
            "area_code": villages[each[0]],
            "scheme": schemes[each[1]],
            "sex": np.array(["F", "M"])[each[2]],
            "age_group": ages[each[3]],
            "beneficiaries": np.random.default_rng(seed).integers(0, 4, each.shape[1]),
        }
    )


def csv(folder: Path, seed: int = 1) -> Path:
    path = folder / f"national-{MONTH}-{seed}.csv"
    lines(country(), seed).to_csv(path, index=False)
    return path
