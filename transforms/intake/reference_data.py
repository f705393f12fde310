"""What every file is checked against: the areas of the warehouse, and its numbers for codes.

Read once and kept while the warehouse's country stays the same, so that no officer waits for 16,000 areas.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
from sqlalchemy import Connection, text

from countries.country import Country
from countries.gazetteer import areas
from sala.errors import Conflict
from sql import warehouse
from transforms.intake.surrogate_keys import SurrogateKeys
from validators.reference import Reference

AREAS = """
    SELECT a.code, a.area_id, p.code AS parent_code, l.code AS layer, a.valid_from,
           nullif(a.valid_to, 'infinity') AS valid_to, {names}
    FROM core.area a
    JOIN core.layer l USING (layer_id)
    LEFT JOIN core.area p ON p.area_id = a.parent_id
    ORDER BY a.valid_from
"""
NAME = "a.names ->> :language_{0} AS name_{0}"  # one column a language: 16,000 names as JSON take three times as long


@dataclass(frozen=True)
class ReferenceData:
    """`reference` for the rules, `keys` for queries; `digest` of the country folder that was loaded."""

    reference: Reference
    keys: SurrogateKeys
    digest: str

    @property
    def country(self) -> Country:
        """The country that the rules and the warehouse go by."""
        return self.reference.country


@lru_cache(maxsize=2)
def without_warehouse(country: Country) -> Reference:
    """The gazetteer's areas, where there is no warehouse yet."""
    return Reference.of(country, areas(country).areas)


def former_codes(country: Country) -> pd.DataFrame:
    """code, other_codes: what the country folder says that areas were called before; a row for each such area."""
    declared = without_warehouse(country).areas[["code", "other_codes"]]
    return declared[declared["other_codes"].astype(bool)].drop_duplicates("code")


def refuse_other_country(connection: Connection, country: Country) -> None:
    """Raises Conflict where the warehouse holds another country: two in one would be mixed."""
    loaded = connection.execute(text("SELECT code FROM core.country")).scalar()
    if loaded not in (None, country.code):
        raise Conflict("other_country", loaded=loaded, named=country.code, folder=country.folder)


def reference_data(connection: Connection, country: Country) -> ReferenceData | None:
    """The areas and numbers of the country; None while it is not loaded."""
    loaded = connection.execute(
        text("SELECT digest, loaded_at FROM core.country WHERE code = :code"), {"code": country.code}
    ).one_or_none()
    if loaded is None:
        return None
    key = (str(connection.engine.url), str(country.folder), *loaded)
    if key not in _kept or _kept[key].country != country:
        _kept.clear()
        _kept[key] = _read(connection, country, loaded.digest)
    return _kept[key]


_kept: dict[tuple[Any, ...], ReferenceData] = {}


def _read(connection: Connection, country: Country, digest: str) -> ReferenceData:
    languages = dict(enumerate(country.languages))
    query = AREAS.format(names=", ".join(NAME.format(number) for number in languages))
    areas_in_time = warehouse.read(
        connection, query, **{f"language_{n}": language for n, language in languages.items()}
    )
    areas_in_time = areas_in_time.rename(
        columns={f"name_{n}": f"name_{language}" for n, language in languages.items()}
    ).merge(former_codes(country), how="left", on="code")
    return ReferenceData(
        Reference.of(country, areas_in_time), SurrogateKeys.read(connection, areas_in_time), digest
    )


def day_of(moment: datetime, country: Country) -> date:
    """The date in the country at a moment."""
    return moment.astimezone(ZoneInfo(country.timezone)).date()
