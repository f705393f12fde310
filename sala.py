"""The command line: `sala --help`."""

from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)


@app.callback()
def main() -> None:
    """Social protection data from the village to the nation."""


@app.command()
def run(
    once: Annotated[bool, typer.Option(help="Stop when the national indicators are published.")] = False,
) -> None:
    """Run everything on this machine until Ctrl-C."""
    from dags import standalone

    raise typer.Exit(standalone.run([], [], print, once))
