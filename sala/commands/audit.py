"""The audit log."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sala.commands.warehouse import needs_warehouse

app = typer.Typer()
audit = typer.Typer(no_args_is_help=True, help="The audit log.")
app.add_typer(audit, name="audit")


@audit.command()
@needs_warehouse
def head(
    out: Annotated[Path | None, typer.Option(help="Append it to this file, with the time.")] = None,
) -> None:
    """Print the last entry's NUMBER:SEAL. Noted elsewhere, it later shows that nothing before it was changed."""
    from datetime import UTC, datetime

    from sql import warehouse
    from transforms.identity.audit import head, note_head

    with warehouse.transaction() as connection:
        last = head(connection)
    if out:
        note_head(out, last, datetime.now(UTC))
    typer.echo(str(last))


@audit.command()
@needs_warehouse
def verify(
    against: Annotated[
        list[str] | None,
        typer.Option(
            "--against",
            "--noted",
            help="NUMBER:SEAL as it was noted earlier, or a file of such lines: are those entries still there?",
        ),
    ] = None,
) -> None:
    """Check every link of the audit log. Exit status: 0 all hold, 1 the first one that does not is named."""
    from sala.errors import Conflict
    from sql import warehouse
    from transforms.identity.audit import noted_heads, verify

    noted = [head for one in against or () for head in noted_heads(one)]
    with warehouse.transaction() as connection:
        checked = verify(connection, noted)
    if checked.broken:
        raise Conflict("audit_broken", reason=checked.broken)
    typer.echo(f"{checked.entries} entries, every link holds. Note down {checked.entries}:{checked.head}")
