"""Layers of the chain, and age groups."""

from __future__ import annotations

from sqlalchemy import Connection

from countries.country import Country
from transforms.country.cells import ALL_AGES
from transforms.country.upsert import upsert


def load_layers_and_ages(connection: Connection, country: Country) -> None:
    """Layers are numbered by their depth, the nation 0; age groups from 1, with 0 for all ages."""
    layers = [
        {"layer_id": depth, "code": layer.id, "names": layer.names, "plurals": layer.plurals}
        for depth, layer in enumerate(country.layers)
    ]
    upsert(connection, "layer", "layer_id", layers)
    ages = [{"age_group_id": 0, "code": ALL_AGES, "names": {}, "low": None, "high": None}]
    ages += [
        {"age_group_id": number, "code": group.id, "names": group.names, "low": group.low, "high": group.high}
        for number, group in enumerate(country.age_groups, start=1)
    ]
    upsert(connection, "age_group", "age_group_id", ages)
