"""What every command shares: how it answers what is refused, and how it prints."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from sala.commands.explained import Misuse, explained
from sala.translation.translator import FALLBACK, available, translator

if TYPE_CHECKING:
    from pandas import DataFrame

THEIR_OWN = (typer.Exit, typer.Abort, TyperException, EOFError)
"""What Typer answers itself: usage, an end, a prompt that was left."""

FIGURES = {"value", "lower_bound", "upper_bound"}
"""Columns that are shares, unless a column `shown_in` of the same row says otherwise."""


class Commands(TyperGroup):
    """A group whose refusals are a line on stderr in the language of `--language`, and an exit status of 1 or 2."""

    def invoke(self, ctx: Any) -> Any:
        """What the command returns. Exits with 2 for a misused command line and with 1 for any other refusal."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(
                    errors="backslashreplace"
                )  # letters that a terminal has not end no command
        try:
            return super().invoke(ctx)
        except (*THEIR_OWN, BrokenPipeError):  # who reads has read enough
            raise
        except Exception as error:
            refusals = explained(error)
            for refusal in refusals:
                typer.echo(refusal.text(ctx.meta.get("language", FALLBACK)), err=True)
            raise typer.Exit(2 if any(isinstance(refusal, Misuse) for refusal in refusals) else 1) from None


def remember_language(context: typer.Context, language: str) -> str:
    """The language as it was given; refusals of this command are worded in it. Raises Misuse for one there is not."""
    if language not in available():
        raise Misuse("unknown_language", language=language, languages=list(available()))
    context.meta["language"] = language
    return language


def print_json(value: object) -> None:
    """Print a value as indented JSON in UTF-8, letters of every script as they are."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(rows: DataFrame) -> None:
    """A table on the terminal; shares in percent, nothing cut off. `shown_in`: the unit of a row's figures."""
    from rich.console import Console
    from rich.table import Table

    table = Table(*rows.columns)
    for row in rows.convert_dtypes().to_dict("records"):
        table.add_row(*_cells(row))
    Console(highlight=False, width=Console(width=1000).measure(table).maximum).print(table)


def _cells(row: Mapping[Any, Any]) -> list[str]:
    """A missing value, which is not equal to itself, is an empty cell."""
    shown_in = row.get("shown_in", "percent")
    return [
        "" if value is None or value != value else _written(value, name, shown_in)
        for name, value in row.items()
    ]


def _written(value: object, name: str, shown_in: str) -> str:
    if isinstance(value, int | float) and (
        name == "completeness" or (name in FIGURES and shown_in == "percent")
    ):
        return translator(FALLBACK).percent(value, digits=1)
    return f"{value:.10g}" if name in FIGURES else str(value)
