"""Row-level security and grants, made of the one list policies/policies.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, text

from sql.warehouse import APPLICATION

LIST = Path(__file__).parent / "policies" / "policies.yaml"
READER = "sala_reader"  # the role of which personal logins are members
LOADER = (
    "sala_loader"  # what the owner becomes while it loads a file in its sender's place; nobody logs in as it
)
EVERYBODY = f"{APPLICATION}, {READER}"


CONNECT = f"""
    DO $$ BEGIN
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO {EVERYBODY}', current_database());
    END $$
"""
# every table and view that somebody can ask for; a partition is read through its parent
RELATIONS = """
    SELECT relnamespace::regnamespace || '.' || relname
    FROM pg_class
    WHERE relkind IN ('r', 'p', 'v') AND NOT relispartition
      AND relnamespace IN ('core'::regnamespace, 'ledger'::regnamespace)
"""


class NotDeclared(Exception):
    """policies.yaml forgets a table or view, or names one that is not there."""


class _Declared(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Rule(_Declared):
    """Which rows a command touches, and which it may leave behind; each a scope's name or a condition."""

    rows: str | None = None
    written: str | None = None


class _Rows(_Declared):
    """The rows that each command touches or leaves behind."""

    select: str | None = None
    insert: str | None = None
    update: Rule | None = None

    def rules(self) -> Iterator[tuple[str, str, Rule]]:
        """Name, command and rule of each policy."""
        if self.select is not None:
            yield "reading", "SELECT", Rule(rows=self.select)
        if self.insert is not None:
            yield "adding", "INSERT", Rule(written=self.insert)
        if self.update is not None:
            yield "changing", "UPDATE", self.update


class Loading(_Rows):
    """The rights of loading to one table, beside the rows for which they hold."""

    privileges: tuple[str, ...]


class Table(_Rows):
    """The rights to one table: privileges beside the rows for which they hold."""

    all: Rule | None = None
    everybody: tuple[str, ...] = ("SELECT",)
    application: tuple[str, ...] = ()
    loading: Loading | None = None
    personal: bool = False

    def rules(self) -> Iterator[tuple[str, str, Rule]]:
        """Likewise, with the one for all commands."""
        yield from super().rules()
        if self.all is not None:
            yield "own", "ALL", self.all


class Functions(_Declared):
    """Functions that others than Sala itself may call; those for everybody are for loading too."""

    loading: tuple[str, ...]
    everybody: tuple[str, ...]
    application: tuple[str, ...]


class Policies(_Declared):
    """The list."""

    scopes: dict[str, str]
    open: tuple[str, ...]
    closed: tuple[str, ...]
    tables: dict[str, Table]
    sequences: tuple[str, ...]
    functions: Functions

    @property
    def relations(self) -> frozenset[str]:
        """Every table and view whose rights are declared."""
        return frozenset((*self.open, *self.closed, *self.tables))

    def condition(self, table: str, rule: str) -> str:
        """A rule as SQL: a scope's name stands for its condition."""
        for name, condition in self.scopes.items():
            rule = condition if rule == name else rule.replace(f"{{{name}}}", condition)
        return rule.replace("{table}", table.rpartition(".")[2])


def policies(path: Path = LIST) -> Policies:
    """The list, parsed; pydantic's ValidationError where it says something that is not known."""
    return Policies.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def apply(connection: Connection) -> None:
    """Give the rights that the list declares, to a database whose policies were dropped.

    Raises:
        NotDeclared: the list and the database do not have the same tables and views.
    """
    declared = policies()
    differing = declared.relations ^ set(connection.execute(text(RELATIONS)).scalars())
    if differing:
        raise NotDeclared(f"{LIST.name} and the warehouse do not agree on {', '.join(sorted(differing))}.")
    for statement in statements(declared):
        connection.exec_driver_sql(statement.replace("%", "%%"))


def statements(declared: Policies) -> Iterator[str]:
    """GRANT, REVOKE and CREATE POLICY, for a database in which nobody but the owner has rights or policies yet."""
    yield CONNECT
    yield "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON ROUTINES FROM PUBLIC"  # also what is made between deploys
    for schema in ("core", "ledger", "mart"):
        yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {EVERYBODY}, {LOADER}"
        yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {schema} FROM {EVERYBODY}"
        yield f"REVOKE ALL ON ALL ROUTINES IN SCHEMA {schema} FROM PUBLIC, {EVERYBODY}, {LOADER}"
        yield f"GRANT USAGE ON SCHEMA {schema} TO {EVERYBODY}, {LOADER}"
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA mart TO {EVERYBODY}"
    yield f"GRANT EXECUTE ON ALL ROUTINES IN SCHEMA mart TO {EVERYBODY}"
    yield f"GRANT SELECT ON {', '.join(declared.open)} TO {EVERYBODY}, {LOADER}"
    yield f"GRANT USAGE ON SEQUENCE {', '.join(declared.sequences)} TO {APPLICATION}"
    for name, table in declared.tables.items():
        for grantee, privileges in ((EVERYBODY, table.everybody), (APPLICATION, table.application)):
            if privileges:
                yield f"GRANT {', '.join(privileges)} ON {name} TO {grantee}"
        yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
        for policy, command, rule in table.rules():
            yield _policy(declared, name, table, policy, command, rule)
        if table.loading:
            yield f"GRANT {', '.join(table.loading.privileges)} ON {name} TO {LOADER}"
            for policy, command, rule in table.loading.rules():
                yield _policy(declared, name, table, f"loading_{policy}", command, rule, to=LOADER)
    called = declared.functions
    yield f"GRANT EXECUTE ON ROUTINE {', '.join(called.everybody)} TO {EVERYBODY}, {LOADER}"
    yield f"GRANT EXECUTE ON ROUTINE {', '.join(called.application)} TO {APPLICATION}"
    yield f"GRANT EXECUTE ON ROUTINE {', '.join(called.loading)} TO {LOADER}"


def _policy(
    declared: Policies, name: str, table: Table, policy: str, command: str, rule: Rule, to: str = "PUBLIC"
) -> str:
    clauses = [f"CREATE POLICY {policy} ON {name} FOR {command} TO {to}"]
    if rule.rows is not None:
        rows = declared.condition(name, rule.rows)
        if command == "SELECT" and not table.personal:
            rows = f"(SELECT core.sees_all()) OR {rows}"  # in a sub-select it is asked once a query
        clauses.append(f"USING ({rows})")
    if rule.written is not None:
        clauses.append(f"WITH CHECK ({declared.condition(name, rule.written)})")
    return " ".join(clauses)
