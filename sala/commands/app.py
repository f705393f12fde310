"""The command line: `sala --help`. One module a group of commands; here they are put together."""

import typer

from sala.commands import (
    accounts,
    area_sheets,
    audit,
    backups,
    board_pack,
    country,
    documentation,
    indicators,
    operations,
    periods,
    releases,
    residences,
    submissions,
    tokens,
)
from sala.commands.console import Commands

GROUPS = (
    operations,
    submissions,
    periods,
    indicators,
    residences,
    releases,
    board_pack,
    area_sheets,
    country,
    documentation,
    accounts,
    tokens,
    audit,
    backups,
)

app = typer.Typer(cls=Commands, no_args_is_help=True, pretty_exceptions_enable=False)
for module in GROUPS:
    app.add_typer(module.app)


@app.callback()
def main() -> None:
    """Social protection data from the village to the nation."""
