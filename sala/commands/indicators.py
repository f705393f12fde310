"""Indicators on the terminal, as CSV or as JSON."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from sala.commands.console import print_table
from sala.commands.options import period_option
from sala.commands.warehouse import needs_warehouse

app = typer.Typer()

_FIGURES = """
SELECT * FROM {source}
WHERE area_code = coalesce(:area, (SELECT definition ->> 'root' FROM mart.country))
  AND period = coalesce(:period, (SELECT key FROM core.period WHERE published_at IS NOT NULL
                                  AND kind IN ('M', 'Y')
                                  ORDER BY ends_on DESC, kind LIMIT 1))
ORDER BY indicator, sex, age_group
"""
_PRESENT = _FIGURES.format(source="mart.indicator_value")
_AS_KNOWN_AT = _FIGURES.format(source="mart.as_known_at(:moment)")


class Format(StrEnum):
    """How figures are printed."""

    table = "table"
    csv = "csv"
    json = "json"


@app.command()
@needs_warehouse
def indicators(
    period: Annotated[str | None, period_option("2026-10; left out: the newest with figures.")] = None,
    area: Annotated[str | None, typer.Option(help="Area code; left out: the nation.")] = None,
    as_known_at: Annotated[datetime | None, typer.Option(help="The figures as they stood then.")] = None,
    format: Annotated[Format, typer.Option(help="How to print them.")] = Format.table,
) -> None:
    """Print the indicators of one area and period."""
    from countries.country import current
    from sala.errors import NotFound
    from sql import warehouse

    query, moment = (_AS_KNOWN_AT, {"moment": as_known_at}) if as_known_at else (_PRESENT, {})
    with warehouse.transaction() as connection:
        figures = warehouse.read(connection, query, area=area, period=period, **moment)
    figures = figures.convert_dtypes()  # counts are whole, also where some are not known
    if figures.empty:
        where = area or current().root
        raise (
            NotFound("nothing_published", area=where, period=period)
            if period
            else NotFound("nothing_published_yet", area=where)
        )
    if format is Format.csv:
        typer.echo(figures.to_csv(index=False), nl=False)
    elif format is Format.json:
        typer.echo(figures.to_json(orient="records", date_format="iso"))
    else:
        print_table(figures.drop(columns=["known_from", "area_level"]))
