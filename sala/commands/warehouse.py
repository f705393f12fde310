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
    """A command that has the warehouse while it runs, with the country that it was made for."""

    @wraps(command)
    def with_warehouse(*args: P.args, **kwargs: P.kwargs) -> R:
        from sala.commands.options import acting_person
        from sala.errors import NotAllowed
        from transforms.identity.audit import record_refusal

        with warehouse():
            try:
                _must_be_of_the_country()
                return command(*args, **kwargs)
            except NotAllowed as refusal:
                person = acting_person(str(kwargs.get("user", "")))
                record_refusal(person.acting(), person, refusal, f"sala {command.__name__}")
                raise

    return with_warehouse


def _must_be_of_the_country() -> None:
    """Raises Conflict where the warehouse holds another country than the one in use."""
    from countries.country import CountryError, current
    from sql.warehouse import transaction
    from transforms.intake.reference_data import refuse_other_country

    try:
        country = current()
    except CountryError:
        return  # a command that needs the folder says itself what is wrong with it
    with transaction() as connection:
        refuse_other_country(connection, country)
