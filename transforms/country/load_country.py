"""The country folder comes into the warehouse: layers, areas, schemes, indicators, calendar, population."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
from sqlalchemy import Connection, text

from countries.declarations.indicators import Indicator
from countries.declarations.schemes import Scheme
from countries.gazetteer import areas
from countries.model import Country
from countries.population import population
from countries.tables import locate
from sql import warehouse
from transforms.compile_queue import enqueue_period
from transforms.country.committees import load_committees
from transforms.country.roles import load_roles
from transforms.denominators import reload_eligible
from transforms.identity.demo_accounts import load_demo_accounts
from transforms.intake.submit import submit

SEXES = ("F", "M", "X", "U")
ALL_AGES = "_T"


def load_country(country: Country) -> None:
    """Make the warehouse say what the folder says. Nothing happens where it already does.

    Codes stay tied to their numbers: an area, scheme or indicator that is there is changed, never made anew.
    """
    digest = _digest(country)
    with warehouse.transaction() as connection:
        known = connection.execute(text("SELECT digest FROM core.country")).scalar()
        if known == digest:
            return
        gazetteer = areas(country).areas
        _layers_and_ages(connection, country)
        _areas(connection, country, gazetteer)
        _administrators(connection, country)
        _schemes(connection, country)
        _indicators(connection, country)
        _calendar(connection, country)
        _country(connection, country, digest)
        load_roles(connection, country)
        load_committees(connection, country)
        reload_eligible(connection)
        for period in connection.execute(text("SELECT key FROM core.period")).scalars().all():
            enqueue_period(connection, period)
    load_demo_accounts(country)
    if country.population:
        people = population(country)
        name = f"population-{country.code}-{'-'.join(map(str, sorted(people['year'].unique())))}.csv"
        submit(people.to_csv(index=False).encode(), name, by="country", via="country", dataset="population")


def _digest(country: Country) -> str:
    """Of the folder's files, and of the tables it takes from elsewhere."""
    files = [path for path in sorted(country.folder.rglob("*")) if path.is_file()]
    files += [locate(source, country.folder) for source in country.tables]
    return hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files)).hexdigest()


def _upsert(connection: Connection, table: str, key: str, rows: list[dict[str, Any]]) -> None:
    """Insert rows, or change those whose key is there. Columns come from the rows; dicts are stored as JSON."""
    if not rows:
        return
    columns = list(rows[0])
    values = ", ".join(f":{c}" for c in columns)
    changes = ", ".join(f"{c} = excluded.{c}" for c in columns if c != key)
    statement = text(
        f"INSERT INTO core.{table} ({', '.join(columns)}) VALUES ({values})"  # noqa: S608
        f" ON CONFLICT ({key}) DO UPDATE SET {changes}"
    )
    connection.execute(statement, [{c: _plain(v) for c, v in row.items()} for row in rows])


def _plain(value: Any) -> Any:
    return json.dumps(dict(value), ensure_ascii=False, default=str) if isinstance(value, Mapping) else value


def _layers_and_ages(connection: Connection, country: Country) -> None:
    layers = [
        {"layer_id": depth, "code": layer.id, "names": layer.names, "plurals": layer.plurals}
        for depth, layer in enumerate(country.layers)
    ]
    _upsert(connection, "layer", "layer_id", layers)
    ages = [{"age_group_id": 0, "code": ALL_AGES, "names": {}, "low": None, "high": None}]
    ages += [
        {"age_group_id": number, "code": group.id, "names": group.names, "low": group.low, "high": group.high}
        for number, group in enumerate(country.age_groups, start=1)
    ]
    _upsert(connection, "age_group", "age_group_id", ages)


def _areas(connection: Connection, country: Country, gazetteer: pd.DataFrame) -> None:
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


def _schemes(connection: Connection, country: Country) -> None:
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
            "guarantee": scheme.guarantee,
            "function": scheme.function,
            "kind": scheme.kind,
            "layer_id": country.depth(scheme.layer),
            "frequency": scheme.frequency,
            "due_days": scheme.due_days,
            "starts": scheme.starts or "-infinity",
            "ends": scheme.ends or "infinity",
        }
        for scheme in country.schemes
    ]
    _upsert(connection, "scheme", "scheme_id", [nothing])
    _upsert(connection, "scheme", "code", rows)
    cells = [
        {"scheme": scheme.id, "sex": sex, "age_group": age}
        for scheme in country.schemes
        for sex, age in _cells(scheme.eligible.sexes, scheme.eligible.age_groups, country)
    ]
    connection.execute(text("DELETE FROM core.scheme_cell"))
    connection.execute(
        text(
            "INSERT INTO core.scheme_cell SELECT s.scheme_id, :sex, g.age_group_id"
            " FROM core.scheme s, core.age_group g WHERE s.code = :scheme AND g.code = :age_group"
        ),
        cells,
    )


def _indicators(connection: Connection, country: Country) -> None:
    rows = [
        {
            "code": indicator.id,
            "guarantee": indicator.guarantee,
            "position": position,
            "definition": indicator.model_dump(mode="json"),
        }
        for position, indicator in enumerate(country.indicators)
    ]
    _upsert(connection, "indicator", "code", rows)
    connection.execute(
        text(
            "DELETE FROM core.indicator_part; DELETE FROM core.indicator_family; DELETE FROM core.indicator_cell"
        )
    )
    if not country.indicators:
        return
    connection.execute(
        text(
            "INSERT INTO core.indicator_part"
            " SELECT i.indicator_id, s.scheme_id, :sex, g.age_group_id, :measure, :certain"
            " FROM core.indicator i, core.scheme s, core.age_group g"
            " WHERE i.code = :indicator AND s.code = :scheme AND g.code = :age_group"
        ),
        [part for indicator in country.indicators for part in _parts(indicator, country)],
    )
    connection.execute(
        text(
            "INSERT INTO core.indicator_family SELECT i.indicator_id, :family, s.scheme_id"
            " FROM core.indicator i, core.scheme s WHERE i.code = :indicator AND s.code = :scheme"
        ),
        [
            {"indicator": indicator.id, "family": family, "scheme": scheme}
            for indicator in country.indicators
            for family, schemes in enumerate(_families(indicator, country))
            for scheme in schemes
        ],
    )
    connection.execute(
        text(
            "INSERT INTO core.indicator_cell SELECT i.indicator_id, :sex, g.age_group_id"
            " FROM core.indicator i, core.age_group g WHERE i.code = :indicator AND g.code = :age_group"
        ),
        [
            {"indicator": indicator.id, "sex": sex, "age_group": age}
            for indicator in country.indicators
            for sex, age in _cells(indicator.denominator.sexes, indicator.denominator.age_groups, country)
        ],
    )


def _cells(sexes: tuple[str, ...], ages: tuple[str, ...], country: Country) -> Iterator[tuple[str, str]]:
    """The (sex, age group) cells that are meant; nothing named means everybody, those of unstated age as well."""
    for sex in sexes or SEXES:
        for age in ages or (ALL_AGES, *country.ages(())):
            yield sex, age


def _parts(indicator: Indicator, country: Country) -> Iterator[dict[str, Any]]:
    """Which lines an indicator counts. A line without an age counts for certain only where every age for which
    the scheme is meant is one of the indicator's."""
    wanted = indicator.numerator.age_groups
    for scheme_id, measure in indicator.numerator.measures.items():
        eligible = country.scheme(scheme_id).eligible
        for sex, age in _cells(indicator.numerator.sexes, (ALL_AGES, *country.ages(wanted)), country):
            certain = age != ALL_AGES or not wanted or set(country.ages(eligible.age_groups)) <= set(wanted)
            yield {
                "indicator": indicator.id,
                "scheme": scheme_id,
                "sex": sex,
                "age_group": age,
                "measure": measure,
                "certain": certain,
            }


def _families(indicator: Indicator, country: Country) -> list[set[str]]:
    """The largest sets of an indicator's schemes of which no two can share a person: all of them where the
    indicator says that they are disjoint; otherwise those meant for persons of different sex or age."""
    schemes = set(indicator.numerator.schemes)
    if indicator.numerator.together == "disjoint":
        return [schemes]
    meant = {s: set(_cells(*_whom(country.scheme(s), country), country)) for s in schemes}
    apart = {s: {o for o in schemes if not meant[s] & meant[o]} for s in schemes}
    return list(_cliques(set(), schemes, set(), apart))


def _cliques(
    chosen: set[str], open_: set[str], done: set[str], apart: Mapping[str, set[str]]
) -> Iterator[set[str]]:
    """The sets that cannot grow and whose members are all apart from each other (Bron and Kerbosch, 1973)."""
    if not open_ and not done:
        yield chosen
    for one in sorted(open_):
        yield from _cliques(chosen | {one}, open_ & apart[one], done & apart[one], apart)
        open_, done = open_ - {one}, done | {one}


def _whom(scheme: Scheme, country: Country) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sexes and ages for whom a scheme is meant, spelt out."""
    return scheme.eligible.sexes, country.ages(scheme.eligible.age_groups)


def _administrators(connection: Connection, country: Country) -> None:
    """Their numbers begin where those of schemes cannot reach: a sheet's stands in core.return.scheme_id."""
    for administrator in country.administrators:
        connection.execute(
            text(
                "INSERT INTO core.administrator"
                " SELECT coalesce(max(administrator_id), 3000) + 1, :code, CAST(:names AS jsonb)"
                " FROM core.administrator"
                " ON CONFLICT (code) DO UPDATE SET names = excluded.names"
            ),
            {"code": administrator.id, "names": json.dumps(dict(administrator.names), ensure_ascii=False)},
        )


def _calendar(connection: Connection, country: Country) -> None:
    connection.execute(text("DELETE FROM core.calendar"))
    if flash := country.calendar.flash_reports:
        connection.execute(
            text("INSERT INTO core.calendar VALUES ('flash_reports', :layer_id, 'W', :due_days)"),
            {"layer_id": country.depth(flash.layer), "due_days": flash.due_days},
        )


def _country(connection: Connection, country: Country, digest: str) -> None:
    definition = country.model_dump(
        mode="json",
        include={
            "languages",
            "currency",
            "root",
            "attribution",
            "tile_grid",
            "locale",
            "calendar",
            "grievances",
            "management_index",
        },
    )
    row = {
        "code": country.code,
        "names": country.names,
        "timezone": country.timezone,
        "sample": country.sample,
        "definition": definition,
        "digest": digest,
    }
    connection.execute(text("DELETE FROM core.country"))
    _upsert(connection, "country", "code", [row])
