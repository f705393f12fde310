"""The board pack."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sala.commands.options import Language, period_option
from sala.commands.warehouse import needs_warehouse

app = typer.Typer()


@app.command()
@needs_warehouse
def pack(
    out: Annotated[Path, typer.Argument(dir_okay=False)],
    week: Annotated[str, period_option("Like 2026-W47; left out: the week that is running.")] = "",
    period: Annotated[str | None, period_option("Of the coverage; left out: the newest.")] = None,
    as_: Annotated[str, typer.Option("--as", help="The account that reads it; left out: a visitor.")] = "",
    language: Language = "en",
) -> None:
    """Write the board pack as a PDF: the national sheet, coverage, the areas below, the open decisions."""
    from datetime import date

    from countries.country import current
    from dashboards.print.board_pack import board_pack_pdf
    from dashboards.queries.weeks import week_on
    from dashboards.server.current_user import reading
    from transforms.identity.accounts import account_named
    from transforms.identity.person import visitor

    reader = account_named(as_, current()) if as_ else visitor(current())
    with reading(reader):
        out.write_bytes(board_pack_pdf(week or week_on(date.today()).key, period, language))
    typer.echo(out)
