"""Country folders, and what the datasets of a country hold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sala.commands.options import Language

app = typer.Typer()
country = typer.Typer(no_args_is_help=True, help="Country folders.")
app.add_typer(country, name="country")


@country.command()
def check(folder: Annotated[Path, typer.Argument(exists=True, file_okay=False)]) -> None:
    """Say everything that is wrong with a country folder, each with its file and line."""
    from countries.country import check

    faults = check(folder)
    for fault in faults:
        typer.echo(str(fault))
    typer.echo(f"{folder}: {len(faults)} fault(s)" if faults else f"{folder} is sound")
    raise typer.Exit(1 if faults else 0)


@app.command()
def docs(language: Language = "en") -> None:
    """Print what every dataset holds and every rule says, as Markdown."""
    from countries.country import current
    from validators.outputs.documentation import page

    typer.echo(page(current(), language), nl=False)
