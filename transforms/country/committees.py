"""How each layer signs: the country's committees come into the warehouse, where signing looks them up."""

from __future__ import annotations

from sqlalchemy import Connection, text

from countries.country import Country


def load_committees(connection: Connection, country: Country) -> None:
    """Make core.committee say what the folder says. Without roles, whoever is there signs alone at every layer."""
    connection.execute(text("DELETE FROM core.committee"))
    for depth, layer in enumerate(country.layers):
        committee = country.committee(layer.id)
        if committee is None and country.roles:
            continue
        connection.execute(
            text("INSERT INTO core.committee VALUES (:layer_id, :quorum, :requires_children, :releases)"),
            {
                "layer_id": depth,
                "quorum": list(committee.quorum) if committee else [],
                "requires_children": bool(committee and committee.requires_children),
                "releases": list(committee.releases) if committee else [],
            },
        )
