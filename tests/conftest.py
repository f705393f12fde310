"""What tests stand on: a real embedded Postgres for each test process, in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from sql import embedded, warehouse


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[embedded.Server]:
    """A Postgres that no other test process uses, stopped at the end."""
    patch = pytest.MonkeyPatch()
    patch.setenv("SALA_HOME", str(tmp_path_factory.mktemp("home")))
    patch.delenv("SALA_DATABASE_URL", raising=False)
    yield embedded.start()
    warehouse.engine().dispose()
    embedded.erase()
    patch.undo()


def reset() -> None:
    """Bring the warehouse back to what the first migration leaves."""
    with warehouse.transaction() as connection:
        connection.execute(
            text(
                "DROP SCHEMA IF EXISTS mart CASCADE; DROP SCHEMA IF EXISTS core CASCADE;"
                "DROP SCHEMA IF EXISTS ledger CASCADE; DROP TABLE IF EXISTS public.alembic_version"
            )
        )
    warehouse.migrate()


@pytest.fixture
def empty_warehouse(server: embedded.Server) -> None:
    reset()
