"""A copy of everything that was acknowledged, and its way back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sala.commands.warehouse import needs_warehouse, warehouse

app = typer.Typer()


@app.command()
@needs_warehouse
def backup(
    folder: Annotated[Path, typer.Argument(help="A folder that does not exist yet, best on another disk.")],
) -> None:
    """Copy the database and the raw files, while Sala runs or not. Keys are never in it: keep a copy of them elsewhere.

    Exit status 1 where the raw store had lost a file; the rest is copied all the same.
    """
    from transforms.backup.pack import pack
    from transforms.intake.keys import folder as keys

    packed = pack(folder)
    tables = packed.manifest.tables
    rows = sum(content.rows for content in tables.values())
    typer.echo(f"{folder}: {rows} rows of {len(tables)} tables, {packed.raw_files} raw files")
    typer.echo(f"Opens only with {', '.join(packed.manifest.keys)} of {keys()}, which are not in it")
    for receipt in packed.lost:
        typer.echo(f"{receipt}: its raw file is not in the raw store", err=True)
    raise typer.Exit(bool(packed.lost))


@app.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="What `sala backup` wrote.")],
    replace: Annotated[bool, typer.Option(help="Delete for good what the warehouse holds now.")] = False,
) -> None:
    """Bring a backup back, and check it: every row, file and link of the audit log. Sala must not run meanwhile."""
    from countries.country import current
    from sala.runtime.one_machine import refuse_while_running
    from transforms.backup.manifest import read
    from transforms.backup.restore import restore

    refuse_while_running()
    manifest, country = read(folder), current()  # before a database is made for it
    with warehouse(make=True):
        restored = restore(folder, manifest, country, replace)
    typer.echo(f"{restored.rows} rows and {restored.raw_files} raw files of {manifest.at:%Y-%m-%d %H:%M} UTC")
    typer.echo(f"{restored.audit.entries} entries of the audit log, every link holds")
    if restored.ended:
        typer.echo(f"Ended again by retention: {', '.join(restored.ended)}")
    if restored.other_country_folder:
        typer.echo(f"{country.folder} is not as it was then; the warehouse follows it as it is now")
    if restored.without_login:
        typer.echo(f"Database logins that need a new password: {', '.join(restored.without_login)}")
