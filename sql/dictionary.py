"""What every mart and its columns mean, declared in marts/NAME.yml beside marts/NAME.sql.

From here come the comments in the database, the dictionary people read, and whatever else wants to explain a figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import Connection, text

MARTS = Path(__file__).parent / "marts"
SHARED = MARTS / "shared_columns.yml"

# the columns of a view, and those of the table that a function returns
COLUMNS = """
    SELECT c.relname AS mart, array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    WHERE c.relnamespace = 'mart'::regnamespace
    GROUP BY c.relname
    UNION ALL
    SELECT p.proname, coalesce(
        (SELECT array_agg(n.name ORDER BY n.position)
         FROM unnest(p.proargnames, p.proargmodes) WITH ORDINALITY AS n (name, mode, position)
         WHERE n.mode = 't'),
        (SELECT array_agg(a.attname::text ORDER BY a.attnum)
         FROM pg_type t
         JOIN pg_attribute a ON a.attrelid = t.typrelid AND a.attnum > 0
         WHERE t.oid = p.prorettype AND t.typrelid <> 0),
        '{}')
    FROM pg_proc p
    WHERE p.pronamespace = 'mart'::regnamespace
"""


class NotDescribed(Exception):
    """A mart or a column has no description, or a description describes nothing."""


class Mart(BaseModel):
    """One mart as its file declares it. `columns` gives each its meaning, in the order in which they stand."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    is_function: bool
    meaning: str = Field(pattern=r"\.$")
    grain: str  # what one row is
    unit: str | None = None
    caveat: str | None = None
    owner: str  # the part of Sala that fills it
    example: str | None = None
    explored: str | None = (
        None  # the measure shown first, where readers choose from its columns on the page of data
    )
    earlier: str | None = None  # the mart function that gives its rows as they stood at a moment
    columns: Mapping[str, str]

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The columns that its grain names, in their order: they tell one row from every other."""
        named = {part.strip().split(" of ")[0].replace(" ", "_") for part in self.grain.split(",")}
        return tuple(column for column in self.columns if {column, column.removesuffix("_code")} & named)

    @property
    def measures(self) -> tuple[str, ...]:
        """The other columns: what is said of each row."""
        about_the_row = (*self.dimensions, "area_level", "period_id")
        return tuple(column for column in self.columns if column not in about_the_row)

    @property
    def fractions(self) -> frozenset[str]:
        """The columns whose meaning says that they are fractions."""
        return frozenset(c for c, meaning in self.columns.items() if "fraction" in meaning.lower())

    @property
    def comment(self) -> str:
        """Meaning, caveat, unit and grain in one paragraph."""
        unit = f"Unit: {self.unit}." if self.unit else None
        return " ".join(
            filter(None, (self.meaning, self.caveat, unit, f"Grain: {self.grain}.", self.example))
        )


def mart(sql: Path) -> Mart:
    """The mart that marts/NAME.sql makes, as NAME.yml beside it describes it.

    Raises:
        NotDescribed: there is no such file, or it lacks something; names file, and column where it is one.
    """
    beside = sql.with_suffix(".yml")
    if not beside.exists():
        raise NotDescribed(f"{_shown(sql)} has no {beside.name} beside it that says what it means.")
    declared = _yaml(beside)
    columns = declared.pop("columns", {})
    if like := declared.pop("columns_of", None):
        columns = mart(sql.with_stem(like)).columns
    shared = _yaml(sql.parent / SHARED.name)
    for column, meaning in columns.items():
        if not meaning and column not in shared:
            raise NotDescribed(
                f"{_shown(beside)} says nothing of its column {column}, and {SHARED.name} neither."
            )
    try:
        return Mart(
            **declared,
            name=sql.stem,
            is_function="CREATE FUNCTION" in sql.read_text(encoding="utf-8"),
            columns={column: meaning or shared[column] for column, meaning in columns.items()},
        )
    except ValidationError as wrong:
        first = wrong.errors()[0]
        raise NotDescribed(f"{_shown(beside)}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from wrong


def marts() -> list[Mart]:
    """Every mart, by name."""
    return [mart(sql) for sql in sorted(MARTS.glob("*.sql"))]


def check(described: Mart, columns: list[str]) -> None:
    """Raise NotDescribed unless the description has just the columns that the mart has."""
    file = f"sql/marts/{described.name}.yml"
    for column in columns:
        if column not in described.columns:
            raise NotDescribed(f"{file} does not describe the column {column} of mart.{described.name}.")
    for column in described.columns:
        if column not in columns:
            raise NotDescribed(f"{file} describes {column}, which is no column of mart.{described.name}.")


def comment(connection: Connection) -> None:
    """Write every description into the database, where SQL tools show it."""
    present = {row.mart: row.columns for row in connection.execute(text(COLUMNS))}
    for described in marts():
        check(described, present[described.name])
        target = f"mart.{described.name}"
        comments = [(f"{'FUNCTION' if described.is_function else 'VIEW'} {target}", described.comment)]
        if not described.is_function:
            comments += [
                (f'COLUMN {target}."{column}"', meaning) for column, meaning in described.columns.items()
            ]
        connection.exec_driver_sql(
            "; ".join(f"COMMENT ON {commented} IS %s" for commented, _ in comments),
            tuple(meaning for _, meaning in comments),
        )


def markdown() -> str:
    """The dictionary: a chapter a mart, with a table of its columns."""
    return "\n".join(map(chapter, marts()))


def chapter(described: Mart) -> str:
    """A mart's chapter of the dictionary."""
    return "\n".join(_chapter(described))


def _chapter(described: Mart) -> Iterator[str]:
    yield f"## mart.{described.name}{'()' if described.is_function else ''}\n"
    yield f"{described.meaning}{' ' + described.caveat if described.caveat else ''}\n"
    yield f"- One row: {described.grain}"
    if described.unit:
        yield f"- Unit: {described.unit}"
    if described.example:
        yield f"- Example: `{described.example}`"
    yield f"- Filled by: `{described.owner}`\n"
    if described.columns:
        yield "| column | meaning |\n|---|---|"
        for column, meaning in described.columns.items():
            escaped = meaning.replace("|", "\\|")
            yield f"| `{column}` | {escaped} |"
        yield ""


def _yaml(file: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(file.read_text(encoding="utf-8")))


def _shown(file: Path) -> str:
    return f"sql/marts/{file.name}"
