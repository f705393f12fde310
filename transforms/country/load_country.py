"""The country folder comes into the warehouse, and its population is submitted like any file."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from sqlalchemy import Connection, text

from countries.country import Country
from countries.declarations.roles import all_actions
from countries.gazetteer import areas
from countries.population import population
from countries.tables import locate
from sql import warehouse
from transforms.compile_queue import enqueue_period
from transforms.country.areas import load_areas
from transforms.country.calendar import load_calendar
from transforms.country.committees import load_committees
from transforms.country.indicators import load_indicators
from transforms.country.layers import load_layers_and_ages
from transforms.country.population_groups import load_population_groups
from transforms.country.roles import load_roles
from transforms.country.schemes import load_administrators, load_schemes
from transforms.country.upsert import upsert
from transforms.denominators import reload_denominators
from transforms.identity.demo_accounts import load_demo_accounts
from transforms.identity.person import SYSTEM
from transforms.intake.reference_data import refuse_other_country
from transforms.intake.submit import submit
from validators.country_rules import refuse_unsound

_NEVER_ANALYZED = text("""
    SELECT oid::regclass::text FROM pg_class
    WHERE relnamespace = 'core'::regnamespace AND relkind = 'r' AND reltuples < 0 AND pg_relation_size(oid) > 0
""")
COUNTRY = replace(SYSTEM, name="country")


def load_country(country: Country) -> None:
    """Make the warehouse agree with the folder. Nothing happens where it does already.

    Codes stay tied to their numbers: an area, scheme or indicator that is there is changed, never made anew.
    Raises `CountryError` for a folder that cannot be used.
    """
    digest = _digest(country)
    with warehouse.transaction() as connection:
        refuse_other_country(connection, country)
        if connection.execute(text("SELECT digest FROM core.country")).scalar() == digest:
            return
        refuse_unsound(country.folder)
        gazetteer = areas(country).areas
        load_layers_and_ages(connection, country)
        load_areas(connection, country, gazetteer)
        load_population_groups(connection, country)
        load_administrators(connection, country)
        load_schemes(connection, country)
        load_indicators(connection, country)
        load_calendar(connection, country)
        _load_definition(connection, country, digest)
        load_roles(connection, country)
        load_committees(connection, country)
        reload_denominators(connection)
        _analyze(connection)
        compiled = text("SELECT key FROM core.period WHERE compiled_at IS NOT NULL")
        for period in connection.execute(compiled).scalars().all():
            enqueue_period(connection, period)
    load_demo_accounts(country)
    if country.population and country.population.made:
        people = population(country)
        name = f"population-{country.code}-{'-'.join(map(str, sorted(people['year'].unique())))}.csv"
        submit(people.to_csv(index=False).encode(), name, by=COUNTRY, via="country", dataset="population")
    if country.plan and country.plan.targets:
        table = locate(country.plan.targets, country.folder)
        submit(table.read_bytes(), table.name, by=COUNTRY, via="country", dataset="targets")


def _analyze(connection: Connection) -> None:
    """Let the planner know the tables that were filled, which it takes for larger than they are."""
    for table in connection.execute(_NEVER_ANALYZED).scalars().all():
        connection.execute(text(f"ANALYZE {table}"))


def _digest(country: Country) -> str:
    """Of the folder's files, and of the tables it takes from elsewhere."""
    files = [path for path in sorted(country.folder.rglob("*")) if path.is_file()]
    files += [locate(source, country.folder) for source in country.tables]
    return hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files)).hexdigest()


def _load_definition(connection: Connection, country: Country, digest: str) -> None:
    """The one row of core.country: names, time zone, and what pages and SQL read of the declarations."""
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
            "plan",
            "board",
        },
    ) | {
        "actions": all_actions(country.roles),
        "between_years": country.population.between_years if country.population else "earlier",
    }
    row = {
        "code": country.code,
        "names": country.names,
        "timezone": country.timezone,
        "sample": country.sample,
        "definition": definition,
        "digest": digest,
    }
    connection.execute(text("DELETE FROM core.country"))
    upsert(connection, "country", "code", [row])
