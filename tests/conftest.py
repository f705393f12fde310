"""What tests stand on: a real embedded Postgres for each test process, in a folder of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
import pytest
from sqlalchemy import make_url

import countries.country
from countries.country import CAMBODIA, Country, load
from sala.runtime import embedded_postgres, postgres_cluster
from sala.settings import settings
from sql import deploy, warehouse
from sql.policies import EVERYBODY
from tests.forked_commands import forking
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.intake.receive import receive_waiting
from transforms.intake.sample import sample_files, submit_file

# what a test writes need not outlive a power cut
postgres_cluster.SETTINGS |= {"fsync": "off", "full_page_writes": "off"}

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
        started = embedded_postgres.start()
        deploy.migrate()
        keep("fresh")
        yield started
        _leave()
        embedded_postgres.erase()


def keep(name: str) -> None:
    """Keep the warehouse as it is, to be brought back by `reset`."""
    _leave()
    as_superuser(
        "postgres", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name} TEMPLATE sala"
    )


def reset(kept: str = "fresh") -> None:
    """Bring the warehouse back to one that was kept: left out, to what the migrations leave."""
    _leave()
    as_superuser(
        "postgres",
        "DROP DATABASE sala WITH (FORCE)",
        f"CREATE DATABASE sala TEMPLATE {kept} OWNER sala STRATEGY file_copy",
        "REVOKE ALL ON DATABASE sala FROM PUBLIC",  # rights at a database are not copied with it
        f"GRANT CONNECT ON DATABASE sala TO {EVERYBODY}",
    )


def _leave() -> None:
    """Give up the connections of this process: a database in use is neither copied nor dropped."""
    for url in (warehouse.database_url(), warehouse.application_url()):
        warehouse._engine(url).dispose()


def as_superuser(database: str, *statements: str) -> None:
    """Run statements on the embedded server as its superuser, each a transaction of its own."""
    url = make_url(warehouse.database_url())
    password = json.loads((settings().home / "postgres.json").read_text())["postgres"]
    with closing(
        psycopg2.connect(host=url.host, port=url.port, user="postgres", password=password, dbname=database)
    ) as connection:
        connection.autocommit = True
        for statement in statements:
            connection.cursor().execute(statement)


@pytest.fixture(scope="session")
def programs() -> Iterator[Path]:
    """A folder with a `sala` that starts quickly."""
    with forking() as folder:
        yield folder


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
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The SALA_HOME of `filled`, with its keys and the files as they came."""
    return tmp_path_factory.mktemp("filled")


@pytest.fixture(scope="session")
def filled(filled_home: Path) -> Iterator[str]:
    """The database of Cambodia with two published months and two weeks of the made-up round. Gives its URL."""
    home = filled_home
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
