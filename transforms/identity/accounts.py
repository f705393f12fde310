"""Accounts: made, listed, given a new password, closed, by whoever runs Sala."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import pandas as pd
from sqlalchemy import Connection, text

from countries.country import Country
from sala.errors import Conflict, Invalid, NotFound
from sql import warehouse
from transforms.identity.audit import Named, record
from transforms.identity.database_logins import change, close, end_overdue_sessions, give
from transforms.identity.passwords import hash_of, made_up, require_good
from transforms.identity.person import EVERYBODY, SYSTEM, Person, find
from transforms.identity.sessions import end_sessions
from transforms.identity.throttle import forget_wrong_passwords

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,62}")


@dataclass(frozen=True)
class NewAccount:
    """What was made: the password stands here and nowhere else."""

    name: str
    password: str
    login: str | None = None


def named(name: str, country: Country) -> Person:
    """Who acts under a name on this machine: the open account of that name; where the warehouse's country has no roles
    anybody.

    Raises NotFound: somebody unknown may do nothing, not even what a visitor may.
    """
    with warehouse.transaction() as connection:
        anybody = connection.execute(text("SELECT open FROM core.country")).scalar()
    return replace(EVERYBODY, name=name) if anybody else account_named(name, country)


def account_named(name: str, country: Country) -> Person:
    """The person of an account that is open. Raises NotFound."""
    person = _open_account(name, country)
    if person is None:
        raise NotFound("unknown_account", name=name)
    return person


def _open_account(name: str, country: Country) -> Person | None:
    with warehouse.transaction() as connection:
        person_id = connection.execute(
            text("SELECT person_id FROM ledger.person WHERE name = :name AND active"), {"name": name}
        ).scalar()
    return find(person_id, country) if person_id is not None else None


def add(
    country: Country,
    name: str,
    role: str,
    area: str,
    *,
    password: str | None = None,
    administrator: str | None = None,
    email: str | None = None,
    language: str | None = None,
    must_change: bool = True,
    sql_login: bool = False,
    by: Named = SYSTEM,
) -> NewAccount:
    """Make an account; without a password one is made up. `sql_login` makes a database login of the same scope as well.
    `by` is who does it: whoever is at the machine, or an administrator (administration.py).

    Raises Invalid, NotFound, Conflict, and Unavailable where no login can be made.
    """
    _check(country, name, role, administrator, language)
    given = password or made_up()
    require_good(given, name)
    with warehouse.transaction() as connection:
        area_id = _area(connection, country, role, area)
        added = connection.execute(
            text(
                "INSERT INTO ledger.person (name, hash, role, area_id, administrator, email, language, must_change)"
                " VALUES (:name, :hash, :role, :area_id, :administrator, :email, :language, :must_change)"
                " ON CONFLICT (name) DO NOTHING RETURNING person_id"
            ),
            {
                "name": name,
                "hash": hash_of(given),
                "role": role,
                "area_id": area_id,
                "administrator": administrator,
                "email": email,
                "language": language,
                "must_change": must_change,
            },
        ).scalar()
        if added is None:
            raise Conflict("account_taken", name=name)
        login = give(connection, name, given) if sql_login else None
        detail = {"role": role, "administrator": administrator, "database_login": login}
        record(connection, by, "make account", f"account {name}", area, detail)
    return NewAccount(name, given, login)


def _check(country: Country, name: str, role: str, administrator: str | None, language: str | None) -> None:
    if not NAME.fullmatch(name):
        raise Invalid("account_name", name=name)
    roles = {r.id: r for r in country.roles}
    if not roles:
        raise Conflict("no_roles")
    if role not in roles:
        raise Invalid("unknown_role", role=role, roles=list(roles))
    if roles[role].visitors:
        raise Invalid("visitors_role", role=role)
    bodies = [body.id for body in country.administrators]
    if roles[role].of_administrator and administrator is None:
        raise Invalid("administrator_missing", role=role, administrators=bodies)
    if administrator is not None and administrator not in bodies:
        raise Invalid("unknown_administrator", administrator=administrator, administrators=bodies)
    if administrator is not None and not roles[role].of_administrator:
        raise Invalid("no_administrator", role=role)
    if language is not None and language not in country.languages:
        raise Invalid("unknown_language", language=language, languages=list(country.languages))


def _area(connection: Connection, country: Country, role: str, code: str) -> int:
    row = connection.execute(
        text(
            "SELECT a.area_id, l.code FROM core.area a JOIN core.layer l USING (layer_id)"
            " WHERE a.code = :code ORDER BY a.valid_to DESC LIMIT 1"
        ),
        {"code": code},
    ).one_or_none()
    if row is None:
        raise NotFound("unknown_area", what=code)
    layers = country.role(role).layers
    if row[1] not in layers:
        raise Invalid("role_layers", role=role, layers=list(layers), area=code, layer=row[1])
    return int(row[0])


def accounts() -> pd.DataFrame:
    """name, role, area_code, administrator, active, must_change, login, created_at; by name."""
    with warehouse.transaction() as connection:
        return warehouse.read(
            connection,
            "SELECT p.name, p.role, a.code AS area_code, p.administrator, p.active, p.must_change, p.login,"
            " p.created_at FROM ledger.person p JOIN core.area a USING (area_id) ORDER BY p.name",
        )


def set_password(
    name: str, password: str | None = None, *, by: Named = SYSTEM, login: bool = False
) -> NewAccount:
    """A new password by whoever runs Sala, to be changed at the next sign-in; it also ends a wait. With `login` an
    account without a database login gets one.

    Raises NotFound and Invalid.
    """
    given = password or made_up()
    require_good(given, name)
    with warehouse.transaction() as connection:
        own = _one(
            connection,
            "UPDATE ledger.person SET hash = :hash, must_change = true, changed_at = clock_timestamp()"
            " WHERE name = :name RETURNING login",
            name,
            hash=hash_of(given),
        )
        end_sessions(connection, name)
        forget_wrong_passwords(connection, name)
        if own:
            change(connection, own, given)
        elif login:
            own = give(connection, name, given)
        detail = {"database_login": own} if login else None
        record(connection, by, "give password", f"account {name}", detail=detail)
    with warehouse.transaction() as connection:
        end_overdue_sessions(connection)
    return NewAccount(name, given, own)


def disable(name: str, *, by: Named = SYSTEM) -> None:
    """Close an account and its database login and end their sessions; what it did stays under its name.

    Raises NotFound.
    """
    with warehouse.transaction() as connection:
        login = _one(
            connection,
            "UPDATE ledger.person SET active = false WHERE name = :name RETURNING login",
            name,
        )
        end_sessions(connection, name)
        if login:
            close(connection, login)
        record(connection, by, "close account", f"account {name}")
    with warehouse.transaction() as connection:
        end_overdue_sessions(connection)


def assign(
    country: Country, name: str, role: str, area: str, *, administrator: str | None = None, by: Named = SYSTEM
) -> None:
    """Give an account another role or area. Its sessions end, so that nothing goes on under the one before.

    Raises Invalid, NotFound, Conflict.
    """
    _check(country, name, role, administrator, None)
    with warehouse.transaction() as connection:
        area_id = _area(connection, country, role, area)
        _one(
            connection,
            "UPDATE ledger.person SET role = :role, area_id = :area_id, administrator = :administrator"
            " WHERE name = :name RETURNING login",
            name,
            role=role,
            area_id=area_id,
            administrator=administrator,
        )
        end_sessions(connection, name)
        detail = {"role": role, "administrator": administrator}
        record(connection, by, "change account", f"account {name}", area, detail)


def _one(connection: Connection, statement: str, name: str, **params: object) -> str | None:
    """Change one account; gives its database login, if it has one."""
    row = connection.execute(text(statement), {"name": name, **params}).one_or_none()
    if row is None:
        raise NotFound("unknown_account", name=name)
    return None if row[0] is None else str(row[0])
