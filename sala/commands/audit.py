"""The audit log."""

from __future__ import annotations

from typing import Annotated

import typer

from sala.commands.warehouse import needs_warehouse

app = typer.Typer()
audit = typer.Typer(no_args_is_help=True, help="The audit log.")
app.add_typer(audit, name="audit")


@audit.command()
@needs_warehouse
def verify(
    noted: Annotated[
        str | None, typer.Option(help="NUMBER:SEAL as an earlier run printed it: is that entry still there?")
    ] = None,
) -> None:
    """Check every link of the audit log. Exit status: 0 all hold, 1 the first one that does not is named."""
    from sala.errors import Conflict
    from sql import warehouse
    from transforms.identity.audit import earlier, verify

    with warehouse.transaction() as connection:
        checked = verify(connection, earlier(noted) if noted else None)
    if checked.broken:
        raise Conflict("audit_broken", reason=checked.broken)
    typer.echo(f"{checked.entries} entries, every link holds. Note down {checked.entries}:{checked.head}")
