"""The gazetteer's areas, with their place in the tree."""

from __future__ import annotations

import json

import pandas as pd
from sqlalchemy import Connection, text

from countries.country import Country
from sql import warehouse


def load_areas(connection: Connection, country: Country, gazetteer: pd.DataFrame) -> None:
    """Insert or change areas by code and first day, from the nation down. `gazetteer`: a row an area and stretch of
    validity, as countries.gazetteer gives them."""
    languages = [lang for lang in country.languages if f"name_{lang}" in gazetteer]
    names = gazetteer[[f"name_{lang}" for lang in languages]].set_axis(languages, axis="columns")
    frame = pd.DataFrame(
        {
            "code": gazetteer["code"],
            "parent_code": gazetteer["parent_code"],
            "layer_id": gazetteer["layer"]
            .map({layer.id: d for d, layer in enumerate(country.layers)})
            .astype("int16"),
            "names": [
                json.dumps({k: v for k, v in row.items() if pd.notna(v)}, ensure_ascii=False)
                for row in names.to_dict("records")
            ],
            "valid_from": gazetteer["valid_from"].astype("str"),
            "valid_to": gazetteer["valid_to"].map(lambda day: "infinity" if pd.isna(day) else str(day)),
        }
    )
    connection.execute(
        text(
            "CREATE TEMP TABLE gazetteer (code text, parent_code text, layer_id smallint, names jsonb,"
            " valid_from date, valid_to date) ON COMMIT DROP"
        )
    )
    warehouse.copy(connection, "gazetteer", frame)
    connection.execute(text("CREATE INDEX ON gazetteer (code, valid_from); ANALYZE gazetteer"))
    warehouse.run(connection, "country/areas.sql")
    for depth in range(len(country.layers)):
        warehouse.run(connection, "country/insert_layer.sql", layer_id=depth)
        connection.execute(text("ANALYZE core.area"))
    warehouse.run(connection, "country/preorder.sql")
    warehouse.run(connection, "country/spellings.sql")
