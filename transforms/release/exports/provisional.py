"""Indicators as they stand in the warehouse, before any release, in the formats of SDMX."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection

from countries.country import Country
from sql import warehouse
from transforms.release.exports import national, sdg, sdmx

FORMATS = ("sdmx-csv", "sdmx-ml", "sdg-csv", "sdg-ml")

_DEFINITIONS = "SELECT indicator, titles, series, unit, shown_in, nature FROM mart.indicator"
_AREAS = "SELECT DISTINCT ON (area_code) area_code, names FROM mart.area WHERE area_code = ANY(:areas)"


def provisional(connection: Connection, figures: pd.DataFrame, country: Country, format: str) -> bytes:
    """Rows of mart.indicator_value as SDMX; status P where no committee has signed them.

    `sdg-…` holds annual series of SDG 1.3.1 alone; raises Refusal where there are none or their structure is missing.
    """
    defined = warehouse.read(connection, _DEFINITIONS).set_index("indicator")
    observed = figures.rename(columns={"area_code": "area", "numerator": "count"})
    observed = observed.assign(table="_T", scheme="_T", footnotes="")
    if format.startswith("sdg"):
        definition = sdg.structure()
        series = {str(code): str(said) for code, said in defined["series"].items()}
        data = sdg.observations(observed, series, country.code, definition, {})
    else:
        known = warehouse.read(connection, _AREAS, areas=list(figures["area_code"].unique()))
        names = {
            "public_tables": {},
            "indicators": _english(defined["titles"]),
            "schemes": {},
            "areas": _english(known.set_index("area_code")["names"]),
            "age_groups": {group.id: str(group.names.get("en", group.id)) for group in country.age_groups},
        }
        definition = national.structure(country.code, names)
        defined["gap"] = defined["nature"] == "gap"
        units = {str(code): dict(said) for code, said in defined[["unit", "shown_in", "gap"]].iterrows()}
        data = national.observations(observed, units, {})
    if format.endswith("csv"):
        return sdmx.csv(definition, data)
    return sdmx.ml(definition, data, country.code, "INDICATORS", "2.1" if format == "sdg-ml" else "3.0")


def _english(names: pd.Series) -> dict[str, str]:
    return {str(code): said.get("en") or next(iter(said.values())) for code, said in names.items()}
