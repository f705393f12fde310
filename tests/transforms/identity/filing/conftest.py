"""The tiny chain with Cambodia's roles, as a sample, and an account of every role at every layer that it is held at."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml

from countries.country import load
from sala.runtime import embedded_postgres
from tests.conftest import country_in_use, reset
from tests.reference.filing import Rules
from tests.reference.world import WORDS
from tests.transforms.identity.client import clients_of
from tests.transforms.identity.conftest import PARENTS, cambodias_roles, write
from tests.transforms.identity.filing.office import Office
from tests.transforms.identity.filing.people import ACCOUNTS, SCHEMES, VISITOR
from transforms.country.load_country import load_country
from transforms.identity.accounts import account_named
from transforms.identity.person import visitor
from transforms.intake.receive import receive_waiting

# Everybody files for every area, above and below each other, in periods of their own.
WARNED = (
    "new_population_year",
    "own_figure_above",
    "counted_below_too",
    "year_and_months",
    "list_and_return",
    "list_elsewhere",
)


@pytest.fixture(scope="module")
def office(server: embedded_postgres.Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office") / "country"
    write(folder, sample=True)
    declared = yaml.safe_load((folder / "country.yaml").read_text())
    declared["grievances"] = {"categories": [{"id": "late", "names": WORDS}]}
    declared["checks"] |= dict.fromkeys(WARNED, "warn")
    (folder / "country.yaml").write_text(yaml.safe_dump(declared).replace("true", "yes"))
    (folder / "roles.yaml").write_text(cambodias_roles())
    country = load(folder)
    reset()
    with country_in_use(folder):
        load_country(country)
        receive_waiting(country)
        clients = clients_of(country, ACCOUNTS)
        from dashboards.app import server as dashboard

        clients[VISITOR] = dashboard.test_client()
        people = {name: account_named(name, country) for name in ACCOUNTS}
        yield Office(country, people | {VISITOR: visitor(country)}, clients)


@pytest.fixture(scope="module")
def rules(office: Office) -> Rules:
    return Rules.read(office.country.folder / "roles.yaml", PARENTS, SCHEMES)
