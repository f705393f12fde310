"""The annual series of SDG 1.3.1, in the structure of the custodian agencies, which the user configures as a file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pandas as pd
from pysdmx.errors import Invalid as Malformed
from pysdmx.io import read_sdmx
from pysdmx.model import DataStructureDefinition, Role

from sala.errors import Invalid, Unavailable
from sala.settings import settings
from transforms.release.exports.observations import SEXES, STATUSES, TOTAL, comments, written
from transforms.release.exports.sdmx import codes

PREFIX = "SI_COV_"
FIXED = {"FREQ": "A", "REPORTING_TYPE": "N", "UNIT_MULT": "0", "UNIT_MEASURE": "PT", "NATURE": "C"}


def structure() -> DataStructureDefinition:
    """The structure in the file of SALA_SDG_STRUCTURE. Raises Refusal where it is not set, not there or not one."""
    file = settings().sdg_structure
    if file is None:
        raise Unavailable("sdg_structure_not_set")
    if not file.is_file():
        raise Unavailable("sdg_structure_missing", file=file)
    return _read(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read(file: Path, _changed: int) -> DataStructureDefinition:
    try:
        definitions = read_sdmx(file, validate=True).get_data_structure_definitions()
    except (Malformed, ValueError, NotImplementedError) as error:
        raise Unavailable("sdg_structure_unreadable", file=file) from error
    if len(definitions) != 1:
        raise Unavailable("sdg_structure_unreadable", file=file)
    return definitions[0]


def observations(
    figures: pd.DataFrame,
    series: Mapping[str, str],
    country: str,
    definition: DataStructureDefinition,
    footnotes: Mapping[str, str],
) -> pd.DataFrame:
    """Annual rates of the indicators whose series is one of SDG 1.3.1, for the areas that the structure knows.

    `series`: indicator → its series; `footnotes`: name → words.
    Areas are known by their code, or by the country's and theirs (KH, 12 as KH12).
    Raises Refusal where no figure is such.
    """
    areas = codes(definition, "REF_AREA")
    place = {
        area: next((name for name in (area, f"{country}{area}") if areas is None or name in areas), None)
        for area in figures["area"].unique()
    }
    named = figures.assign(series=figures["indicator"].map(series), place=figures["area"].map(place))
    wanted = named[
        named["series"].fillna("").str.startswith(PREFIX)
        & (named["period"].str.len() == 4)
        & named["place"].notna()
    ]
    if wanted.empty:
        raise Invalid("sdg_nothing_annual", structure=definition.short_urn)
    observed = {
        "SERIES": wanted["series"],
        "REF_AREA": wanted["place"],
        "SEX": wanted["sex"].map(SEXES),
        "AGE": wanted["age_group"],
        "TIME_PERIOD": wanted["period"],
        "OBS_VALUE": written(wanted["value"] * 100),
        "OBS_STATUS": wanted["status"].map(STATUSES),
        "UPPER_BOUND": written(wanted["upper_bound"] * 100),
        "LOWER_BOUND": written(wanted["lower_bound"] * 100),
        "COMMENT_OBS": comments(wanted, footnotes),
    }
    data = pd.DataFrame(observed).assign(**FIXED)
    for component in definition.components:
        if component.role is Role.DIMENSION and component.id not in data:
            data[component.id] = TOTAL
    order = [component.id for component in definition.components if component.id in data]
    return data[order].reset_index(drop=True).astype(object)
