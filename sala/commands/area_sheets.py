"""`sala sheets`: every area on one page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sala.commands.options import Language, period_option
from sala.commands.warehouse import needs_warehouse

app = typer.Typer()


@app.command()
@needs_warehouse
def sheets(
    folder: Annotated[Path, typer.Argument(file_okay=False)],
    area: Annotated[str, typer.Option(help="This area and all below it; left out: the country.")] = "",
    period: Annotated[str | None, period_option("Left out: the newest.")] = None,
    as_: Annotated[str, typer.Option("--as", help="The account that reads them; left out: a visitor.")] = "",
    language: Language = "en",
) -> None:
    """Write each commune, district and province on one page: a PDF for each province."""
    from countries.country import current
    from dashboards.print.area_sheet_files import write_area_sheets
    from dashboards.server.current_user import reading
    from transforms.identity.accounts import account_named
    from transforms.identity.person import visitor

    reader = account_named(as_, current()) if as_ else visitor(current())
    with reading(reader):
        for file in write_area_sheets(folder, area or current().root, period, language):
            typer.echo(file)
