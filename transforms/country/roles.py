"""The country's roles come into the warehouse, where row-level security looks them up."""

import json
from collections.abc import Mapping

from sqlalchemy import Connection, text

from countries.country import Country
from countries.declarations.filing import FILINGS, Dataset, Reach

EVERYTHING: tuple[Reach, ...] = ("own", "below", "administrators")


def load_roles(connection: Connection, country: Country) -> None:
    """Make core.role and core.filing_right say what the folder says, and whether the country is open because it
    declares no roles."""
    connection.execute(text("DELETE FROM core.role; DELETE FROM core.filing_right"))
    _load_filing(connection, "", dict.fromkeys(FILINGS, EVERYTHING))
    for role in country.roles:
        connection.execute(
            text(
                "INSERT INTO core.role (code, names, layers, sees, actions, visitors, of_administrator)"
                " VALUES (:id, CAST(:names AS jsonb), :layers, :sees, :actions, :visitors, :of_administrator)"
            ),
            {
                "id": role.id,
                "names": json.dumps(dict(role.names), ensure_ascii=False),
                "layers": list(role.layers),
                "sees": list(role.sees),
                "actions": list(role.actions),
                "visitors": role.visitors,
                "of_administrator": role.of_administrator,
            },
        )
        _load_filing(connection, role.id, role.filing)
    connection.execute(text("UPDATE core.country SET open = :open"), {"open": not country.roles})


def _load_filing(connection: Connection, role: str, filing: Mapping[Dataset, tuple[Reach, ...]]) -> None:
    """What a role files; the empty one is Sala itself."""
    for dataset, reach in filing.items():
        connection.execute(
            text(
                "INSERT INTO core.filing_right (role, dataset, about, actions, own, below, administrators)"
                " VALUES (:role, :dataset, :about, :actions, :own, :below, :administrators)"
            ),
            {
                "role": role,
                "dataset": dataset,
                "about": FILINGS[dataset].about,
                "actions": list(FILINGS[dataset].by),
            }
            | {name: name in reach for name in EVERYTHING},
        )
