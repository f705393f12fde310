"""What every command shares: how it answers what is refused, and how it prints."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import typer
from pydantic import ValidationError
from typer.core import TyperGroup

from sala.errors import Invalid, Refusal, Unavailable
from sala.settings import PREFIX
from sala.translation.translator import FALLBACK

if TYPE_CHECKING:
    from pandas import DataFrame

RATES = {"value", "lower_bound", "upper_bound", "completeness"}
NOT_THERE = ("42P01", "42703", "3F000", "42883")  # no such table, column, schema, function


class Misuse(Invalid):
    """A command line that says too little, too much or nothing that could be meant: exit status 2."""


class Commands(TyperGroup):
    """A group whose refusals are a line on stderr in the language of `--language`, and an exit status of 1 or 2."""

    def invoke(self, ctx: Any) -> Any:
        """What the command returns. Exits with 2 for a misused command line and with 1 for any other refusal."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            refusals = _refusals(error)
            if not refusals:
                raise
            for refusal in refusals:
                typer.echo(refusal.text(ctx.meta.get("language", FALLBACK)), err=True)
            raise typer.Exit(2 if any(isinstance(refusal, Misuse) for refusal in refusals) else 1) from None


def _refusals(error: Exception) -> list[Refusal]:
    """What an error comes down to for who reads it; nothing where it is a fault of ours."""
    if isinstance(error, Refusal):
        return [error]
    if isinstance(error, ValidationError) and error.title == "Settings":
        return [
            Misuse("setting", name=f"{PREFIX}{part['loc'][0]}".upper(), reason=part["msg"])
            for part in error.errors(include_url=False, include_input=False)
        ]
    if isinstance(error, OSError) and error.filename:
        return [Unavailable("file", path=error.filename, reason=error.strerror)]
    return _of_database(error)


def _of_database(error: BaseException) -> list[Refusal]:
    from sqlalchemy.exc import DBAPIError, OperationalError

    if not isinstance(error, DBAPIError):
        return (
            _of_database(error.__cause__) if error.__cause__ else []
        )  # pandas has errors of its own around it
    reason = str(error.orig).strip().partition("\n")[0]
    if isinstance(error, OperationalError):
        return [Unavailable("database_lost", reason=reason)]
    if getattr(error.orig, "pgcode", None) in NOT_THERE:
        return [Unavailable("not_migrated", reason=reason)]
    return []


def remember_language(context: typer.Context, language: str) -> str:
    """The language as it was given; refusals of this command are worded in it."""
    context.meta["language"] = language
    return language


def print_json(value: object) -> None:
    """Print a value as indented JSON in UTF-8, letters of every script as they are."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(rows: DataFrame) -> None:
    """A table on the terminal; rates in percent, nothing cut off."""
    from rich.console import Console
    from rich.table import Table

    table = Table(*rows.columns)
    for row in rows.convert_dtypes().to_dict("records"):
        table.add_row(*_cells(row))
    Console(highlight=False, width=Console(width=1000).measure(table).maximum).print(table)


def _cells(row: Mapping[Any, Any]) -> list[str]:
    """A missing value, which is not equal to itself, is an empty cell."""
    return [
        "" if value is None or value != value else f"{value:.1%}" if name in RATES else str(value)
        for name, value in row.items()
    ]
