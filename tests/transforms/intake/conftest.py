"""A country of four villages, in a warehouse of its own."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from countries.country import Country
from sala.runtime import embedded_postgres
from sql import warehouse
from tests.conftest import reset
from tests.reference.world import UNCHECKED, Indicator, Scheme, World
from transforms.country.load_country import load_country
from transforms.identity.person import SYSTEM
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit

AREAS = {"R": None, "RA": "R", "RB": "R", "RA1": "RA", "RA2": "RA", "RB1": "RB", "RB2": "RB"}
PEOPLE = {
    (v, sex, age): 100
    for v in ("RA1", "RA2", "RB1", "RB2")
    for sex in "FM"
    for age in ("Y0T17", "Y18T59", "Y_GE60")
}
COLUMNS = ["period", "area_code", "scheme", "sex", "age_group", "beneficiaries"]
SOMEBODY = replace(SYSTEM, name="somebody")
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


@pytest.fixture
def country(server: embedded_postgres.Server, tmp_path: Path) -> Country:
    return in_a_warehouse(tmp_path / "country")


def in_a_warehouse(folder: Path) -> Country:
    """The country in a warehouse that holds nothing else."""
    reset()
    world = World(
        AREAS,
        (Scheme("cash", 2, above=True), Scheme("fund", 1)),
        (Indicator("any", ("cash", "fund")),),
        PEOPLE,
        UNCHECKED,
    )
    country = world.country(folder)
    load_country(country)
    receive_waiting(country)
    return country


def returns(*rows: str) -> bytes:
    """A file of scheme returns; each row `2026-10 RA1 cash F Y0T17 30`."""
    return "\n".join(",".join(row.split()) for row in (" ".join(COLUMNS), *rows)).encode()


@pytest.fixture
def send(country: Country) -> Callable[..., str]:
    """Hands a file in and has it taken in. Gives the receipt."""

    def through_the_door(raw: bytes, **how: object) -> str:
        how["by"] = replace(SYSTEM, name=how.get("by", SOMEBODY.name))
        how = {"via": "api", "received_at": NOW} | how
        receipt = submit(raw, "file.csv", **how)  # type: ignore[arg-type]
        receive_waiting(country)
        return receipt.receipt

    return through_the_door


def read(query: str, **params: object) -> pd.DataFrame:
    with warehouse.transaction() as connection:
        return warehouse.read(connection, query, **params)


def standing(area: str = "", period: str = "2026-10") -> dict[tuple[str, str, str], int]:
    """(area, sex, age group) → beneficiaries that stand for a period."""
    rows = read(
        "SELECT area_code, sex, age_group, beneficiaries FROM mart.scheme_return"
        " WHERE period = :period AND (:area = '' OR area_code = :area)",
        period=period,
        area=area,
    )
    return {(a, s, g): n for a, s, g, n in rows.itertuples(index=False)}


def files_that_hold(folder: Path, secret: bytes) -> list[Path]:
    """Files of a folder that hold some bytes in capitals or not, the database's own among them."""
    files = [Path(place, name) for place, _, names in os.walk(folder, followlinks=True) for name in names]
    return [path for path in files if path.is_file() and secret.lower() in path.read_bytes().lower()]


def tables_that_hold(secret: str) -> list[str]:
    """Tables of the warehouse a row of which holds a text in capitals or not."""
    tables = read(
        "SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname IN ('core', 'ledger', 'public') AND c.relkind = 'r'"
    )["name"].tolist()
    assert "ledger.problem" in tables
    held = "SELECT count(*) FROM {} t WHERE t::text ILIKE :secret"
    return [name for name in tables if read(held.format(name), secret=f"%{secret}%").iloc[0, 0]]
