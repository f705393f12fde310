"""An instance to attack: the small chain as a sample with Cambodia's roles, in a folder that is gone afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import make_url

import countries.country
from countries.country import Country, load
from sala.runtime import embedded_postgres
from sql import deploy, warehouse
from tests.attack.target import CHAIN, PASSWORD, Machine, Target
from tests.dashboards.conftest import free_port, wait_until_served
from tests.transforms.identity.conftest import cambodias_roles, write
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.accounts import add
from transforms.intake.receive import receive_waiting


def write_country(folder: Path) -> Country:
    """The folder of the chain's country."""
    write(folder, sample=True)
    (folder / "roles.yaml").write_text(cambodias_roles())
    return load(folder)


def fill(country: Country, home: Path, url: str) -> Target:
    """Load the country into the warehouse, and make everybody an account. What is served at `url` is the target."""
    load_country(country)
    declared: dict[str, Any] = yaml.safe_load(CHAIN.read_text(encoding="utf-8")) | {"url": url}
    for account in declared["accounts"].values():
        made = add(
            country,
            account["name"],
            account["role"],
            account["area"],
            password=PASSWORD,
            administrator=account.get("administrator"),
            must_change=False,
            sql_login=account.get("sql", False),
        )
        if made.login is not None:
            address = make_url(warehouse.database_url()).set(
                drivername="postgresql", username=made.login, password=PASSWORD
            )
            account["login"] = address.render_as_string(hide_password=False)

    def receive() -> None:
        for period in receive_waiting(country):
            compile_and_publish(period)

    return Target.of(declared, Machine(home, receive))


@contextmanager
def instance() -> Iterator[Target]:
    """Start one as it is run, with gunicorn; everything of it is gone afterwards."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "home")
        country = write_country(Path(folder, "country"))
        for name in [name for name in os.environ if name.startswith("SALA_")]:
            del os.environ[name]
        os.environ.update(SALA_HOME=str(home), SALA_COUNTRY=str(country.folder))
        countries.country._loaded.cache_clear()
        try:
            embedded_postgres.start()
            deploy.migrate()
            with _served(Path(folder, "dashboard.log")) as url:
                yield fill(country, home, url)
        finally:
            warehouse.engine().dispose()
            embedded_postgres.erase()
            os.environ.clear()
            os.environ.update(before)
            countries.country._loaded.cache_clear()


@contextmanager
def _served(log: Path) -> Iterator[str]:
    address = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "gunicorn", "--config", "python:dashboards.server.gunicorn_config"]
    command += ["dashboards.app:server", "--bind", address]
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
    try:
        wait_until_served(process, f"http://{address}", log)
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait(timeout=20)
