"""The country's roles come into the warehouse, where row-level security looks them up."""

import json

from sqlalchemy import Connection, text

from countries.country import Country


def load_roles(connection: Connection, country: Country) -> None:
    """Make core.role say what the folder says, and whether the country is open because it declares none."""
    connection.execute(text("DELETE FROM core.role"))
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
    connection.execute(text("UPDATE core.country SET open = :open"), {"open": not country.roles})
