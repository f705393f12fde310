"""Country folders."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()
country = typer.Typer(no_args_is_help=True, help="Country folders.")
app.add_typer(country, name="country")


@country.command()
def check(folder: Annotated[Path, typer.Argument(exists=True, file_okay=False)]) -> None:
    """Say everything that is wrong with a country folder, each with its file and line."""
    from countries.country import check
    from validators.country_rules import RULES

    faults = check(folder, RULES)
    for fault in faults:
        typer.echo(str(fault))
    typer.echo(f"{folder}: {len(faults)} fault(s)" if faults else f"{folder} is sound")
    raise typer.Exit(1 if faults else 0)
