"""Schemes, and the administrators that run them."""

from __future__ import annotations

import json

from sqlalchemy import Connection, text

from countries.country import Country
from transforms.country.cells import ALL_AGES, cells
from transforms.country.upsert import upsert


def load_administrators(connection: Connection, country: Country) -> None:
    """Administrators are numbered as they come, and keep their number."""
    for administrator in country.administrators:
        connection.execute(
            text(
                "INSERT INTO core.administrator"
                " SELECT coalesce(max(administrator_id), 0) + 1, :code, CAST(:names AS jsonb)"
                " FROM core.administrator"
                " ON CONFLICT (code) DO UPDATE SET names = excluded.names"
            ),
            {"code": administrator.id, "names": json.dumps(dict(administrator.names), ensure_ascii=False)},
        )


def load_schemes(connection: Connection, country: Country) -> None:
    """Schemes, and for each the cells for which it is meant; scheme 0 stands for none."""
    administrators = {a.id: a.names for a in country.administrators}
    nothing = {
        "scheme_id": 0, "code": ALL_AGES, "names": {}, "administrator": {}, "guarantee": "", "function": "",
        "kind": "", "layer_id": 0, "frequency": "-", "due_days": 0, "starts": "infinity", "ends": "infinity",
    }  # fmt: skip
    rows = [
        {
            "code": scheme.id,
            "names": scheme.names,
            "administrator": administrators[scheme.administrator],
            "administrator_code": scheme.administrator,
            "guarantee": scheme.guarantee,
            "function": scheme.function,
            "kind": scheme.kind,
            "layer_id": country.depth(scheme.layer),
            "frequency": scheme.frequency,
            "due_days": scheme.due_days,
            "unit": scheme.unit,
            "starts": scheme.starts or "-infinity",
            "ends": scheme.ends or "infinity",
        }
        for scheme in country.schemes
    ]
    upsert(connection, "scheme", "scheme_id", [nothing])
    upsert(connection, "scheme", "code", rows)
    eligible = [
        {"scheme": scheme.id, "sex": sex, "age_group": age}
        for scheme in country.schemes
        if scheme.unit == "persons"  # other units are not compared with a population
        for sex, age in cells(scheme.eligible.sexes, scheme.eligible.age_groups, country)
    ]
    connection.execute(text("DELETE FROM core.scheme_cell"))
    if not eligible:
        return
    connection.execute(
        text(
            "INSERT INTO core.scheme_cell SELECT s.scheme_id, :sex, g.age_group_id"
            " FROM core.scheme s, core.age_group g WHERE s.code = :scheme AND g.code = :age_group"
        ),
        eligible,
    )
