"""Who sends the current request: the account of the session or of the API call, or a visitor."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, g, has_request_context
from sqlalchemy import Connection

from countries.country import current
from sql import warehouse
from transforms.identity.person import Person, visitor


def person() -> Person:
    """The person of this request; outside of any, a visitor."""
    user: Person | None = g.get("person") if has_request_context() else None
    return user or visitor(current())


def account() -> Person | None:
    """Who is signed in, also where something has to be done first: until then they act as a visitor."""
    user: Person | None = (g.get("person") or g.get("unfinished")) if has_request_context() else None
    return user


def account_name() -> str:
    """The name by which a page acts: empty for a visitor, and for somebody who has still to do something first."""
    user: Person | None = g.get("person") if has_request_context() else None
    return user.name if user else ""


@contextmanager
def reading(reader: Person) -> Iterator[None]:
    """Outside of a request, as on the command line: what is read in here is read by this person."""
    with Flask("sala").test_request_context():
        g.person = reader
        yield


@contextmanager
def acting() -> Iterator[Connection]:
    """A transaction in which this request's person reads and writes."""
    reader = person()
    with warehouse.acting(reader.person_id, reader.narrowed_to) as connection:
        yield connection
