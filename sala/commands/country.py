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
    """Say everything that is wrong with a country folder, each with its file and line. Exit status: 1 where there is a
    fault; doubts about areas are printed and do no harm."""
    from transforms.country.examine_folder import examine_folder

    examined = examine_folder(folder)
    for fault in examined.faults:
        typer.echo(str(fault))
    for doubt in examined.doubts:
        typer.echo(f"{doubt.file}:{doubt.line}: in doubt: {doubt.message}")
    typer.echo(f"{folder}: {len(examined.faults)} fault(s)" if examined.faults else f"{folder} is sound")
    if examined.doubts:
        typer.echo(
            f"{len(examined.doubts)} doubt(s): correct each in corrections.yaml, or accept it with a reason"
        )
    raise typer.Exit(1 if examined.faults else 0)
