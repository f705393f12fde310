"""Population groups beside sex, age and disability."""

from __future__ import annotations

from sqlalchemy import Connection

from countries.country import Country
from transforms.country.upsert import upsert


def load_population_groups(connection: Connection, country: Country) -> None:
    """Each group with the dimension that it is a value of."""
    dimensions = {dimension.id: dimension.names for dimension in country.group_dimensions}
    rows = [
        {
            "code": group.id,
            "names": group.names,
            "dimension": group.dimension,
            "dimension_names": dimensions[group.dimension],
        }
        for group in country.groups
    ]
    upsert(connection, "population_group", "code", rows)
