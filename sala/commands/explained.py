"""An error as what a person at the command line reads: what happened, and how to mend it.

Refusals say so themselves. What the system or the database server refuses is put in a sentence here. All else is a
fault of Sala: it is named as one, and where it came about is kept for whoever mends it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from pydantic import ValidationError

from sala.errors import Invalid, Refusal, Unavailable
from sala.settings import PREFIX
from sala.trace import trace

NOT_MIGRATED = ("42P01", "42703", "3F000", "42883")  # no such table, column, schema, function
OF_THE_SERVER = ("08", "28", "3D", "42501", "53", "55", "57", "58", "25006")
"""Beginnings of SQLSTATE with which a server says that it cannot, may not or will not; connections are lost without."""


class Misuse(Invalid):
    """A command line that says too little, too much or nothing that could be meant: exit status 2."""


def explained(error: Exception) -> list[Refusal]:
    """What an error comes down to: one refusal, or one for each setting that cannot be used."""
    if isinstance(error, Refusal):
        return [error]
    if isinstance(error, ValidationError) and error.title == "Settings":
        return [
            Misuse("setting", name=f"{PREFIX}{part['loc'][0]}".upper(), reason=part["msg"])
            for part in error.errors(include_url=False, include_input=False)
        ]
    if of_database := _of_database(error):  # pandas makes an OSError of it
        return [of_database]
    if isinstance(error, OSError) and error.strerror:
        if error.filename:
            return [Unavailable("file", path=error.filename, reason=error.strerror)]
        return [Unavailable("system", reason=error.strerror)]
    if isinstance(error, UnicodeEncodeError):  # bytes on the command line that are no letters
        return [Misuse("database_value", reason=error.reason)]
    return [_fault(error)]


def _of_database(error: BaseException) -> Refusal | None:
    """What the database server said; None where it only found a fault of ours."""
    import psycopg2
    from sqlalchemy.exc import DBAPIError

    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, psycopg2.Error):
        return (
            _of_database(error.__cause__) if error.__cause__ else None
        )  # pandas has errors of its own around it
    reason = str(cause).strip().partition("\n")[0]
    code = cause.pgcode or ""
    if code in NOT_MIGRATED:
        return Unavailable("not_migrated", reason=reason)
    if code.startswith("40"):  # a deadlock, or another transaction came first
        return Unavailable("database_busy", reason=reason)
    if code.startswith("22"):
        return Invalid("database_value", reason=reason)
    if code.startswith(OF_THE_SERVER):
        return Unavailable("database_refuses", reason=reason)
    if not code and isinstance(cause, psycopg2.OperationalError | psycopg2.InterfaceError):
        return Unavailable("database_lost", reason=reason)
    return None


def _fault(error: Exception) -> Refusal:
    """A fault of Sala's own, with the file that holds its traceback."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="sala-fault-", suffix=".log", delete=False, encoding="utf-8", errors="backslashreplace"
    ) as log:
        log.write(trace(error))
    return Unavailable("fault", what=type(error).__name__, log=Path(log.name))
