"""The warehouse for as long as a command needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


@contextmanager
def warehouse(make: bool = False, optional: bool = False) -> Iterator[None]:
    """A server of one's own is left alone; the embedded Postgres is started, or adopted where it runs already.

    `make`: also where this home has none yet. `optional`: the command can do without. Raises NoWarehouse.
    """
    from sala.runtime import embedded_postgres
    from sala.settings import settings
    from sql.warehouse import database_url

    if settings().database_url:
        yield
    elif make or embedded_postgres.exists():
        with embedded_postgres.borrowed():
            yield
    else:
        if not optional:
            database_url()  # says what is missing
        yield


def needs_warehouse(command: Callable[P, R]) -> Callable[P, R]:
    """A command that has the warehouse while it runs."""

    @wraps(command)
    def with_warehouse(*args: P.args, **kwargs: P.kwargs) -> R:
        from sala.errors import NotAllowed
        from sql.warehouse import transaction
        from transforms.identity.audit import record_refusal
        from transforms.identity.person import SYSTEM

        with warehouse():
            try:
                return command(*args, **kwargs)
            except NotAllowed as refusal:
                record_refusal(transaction(), SYSTEM, refusal, f"sala {command.__name__}")
                raise

    return with_warehouse
