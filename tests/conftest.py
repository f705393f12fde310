"""What tests stand on: a real embedded Postgres for each test process, in a folder of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

import countries.country
from countries.country import CAMBODIA, Country, load
from sala.runtime import embedded_postgres
from sql import deploy, warehouse
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.intake.receive import receive_waiting
from transforms.intake.sample import sample_files, submit_file

APPLICATION: dict[str, str] = {}  # database URL of the owner → that of pages and API


@contextmanager
def living_in(home: Path) -> Iterator[None]:
    """SALA_HOME is there, and the database the embedded one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SALA_HOME", str(home))
        for variable in ("SALA_DATABASE_URL", "SALA_APP_DATABASE_URL"):
            patch.delenv(variable, raising=False)
        patch.setenv("SALA_REQUESTS_PER_MINUTE", "0")  # all tests are one address
        yield


@contextmanager
def country_in_use(folder: Path) -> Iterator[None]:
    """SALA_COUNTRY names the folder, whose files are read anew; afterwards no longer."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SALA_COUNTRY", str(folder))
        countries.country._loaded.cache_clear()
        yield
    countries.country._loaded.cache_clear()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[embedded_postgres.Server]:
    """A Postgres that no other test process uses, erased at the end."""
    with living_in(tmp_path_factory.mktemp("home")):
        yield embedded_postgres.start()
        warehouse.engine().dispose()
        embedded_postgres.erase()


def reset() -> None:
    """Bring the warehouse back to what the first migration leaves."""
    with warehouse.transaction() as connection:
        connection.execute(
            text(
                "DROP SCHEMA IF EXISTS mart CASCADE; DROP SCHEMA IF EXISTS core CASCADE;"
                "DROP SCHEMA IF EXISTS ledger CASCADE; DROP TABLE IF EXISTS public.alembic_version"
            )
        )
    deploy.migrate()


@pytest.fixture
def empty_warehouse(server: embedded_postgres.Server) -> None:
    reset()


def fill(country: Country) -> None:
    """Make the warehouse, and publish two months and two weeks of the country's made-up round."""
    deploy.migrate()
    load_country(country)
    for file in sample_files(country):
        if re.search("2026-(09|10|W46|W47)", file.name):
            submit_file(file, country)
    for period in receive_waiting(country):
        compile_and_publish(period)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The database of Cambodia with two published months and two weeks of the made-up round. Gives its URL."""
    home = tmp_path_factory.mktemp("filled")
    with living_in(home):
        started = embedded_postgres.start()
        url = started.url
        APPLICATION[url] = started.app_url
        fill(load(CAMBODIA))
        warehouse.engine().dispose()
    yield url
    with living_in(home):
        embedded_postgres.erase()


@pytest.hookimpl(tryfirst=True)  # before the plugin that reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that look at the filled warehouse share one, so they run in one process."""
    for item in items:
        if "filled" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("filled"))
