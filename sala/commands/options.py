"""Arguments and options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sala.commands.console import Misuse, remember_language

if TYPE_CHECKING:
    from transforms.identity.person import Person


def _period(key: str | None) -> str | None:
    from countries.period import Period

    if key:
        try:
            Period.parse(key)
        except ValueError:
            raise Misuse("period_form", period=key) from None
    return key


def _periods(keys: list[str]) -> list[str]:
    return [key for key in keys if _period(key)]


File = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]
Dataset = Annotated[str | None, typer.Option(help="Left out: the header tells.")]
Receipt = Annotated[str, typer.Argument(help="As `sala status` lists them.")]
Language = Annotated[
    str, typer.Option(help="Language of messages: en, km or fr.", callback=remember_language, is_eager=True)
]
User = Annotated[
    str, typer.Option("--as", help="Who does it: an account, whose scope then holds. Left out: Sala itself.")
]
Periods = Annotated[
    list[str], typer.Option(callback=_periods, help="2026, 2026-10 or 2026-W47; more than one may be given.")
]


def period_option(help: str) -> typer.models.OptionInfo:
    """An option that is a period, with its own help."""
    option: typer.models.OptionInfo = typer.Option(callback=_period, help=help)
    return option


def acting_person(name: str) -> Person:
    """The account that is named, or Sala itself on behalf of whoever is at the machine."""
    from dataclasses import replace
    from getpass import getuser

    from countries.country import current
    from transforms.identity.accounts import named
    from transforms.identity.person import SYSTEM

    return named(name, current()) if name else replace(SYSTEM, name=getuser())
