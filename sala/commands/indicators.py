"""Indicators on the terminal, as CSV, as JSON or as SDMX."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from sala.commands.console import Misuse, print_table
from sala.commands.options import period_option
from sala.commands.warehouse import needs_warehouse

app = typer.Typer()

_AREA = "SELECT 1 FROM mart.area WHERE area_code = :area LIMIT 1"
_FIGURES = """
WITH figures AS (
    SELECT * FROM {source} WHERE area_code = coalesce(:area, (SELECT definition ->> 'root' FROM mart.country))
), newest AS (
    SELECT period
    FROM mart.period
    WHERE period IN (SELECT period FROM figures WHERE numerator IS NOT NULL OR completeness > 0)
    ORDER BY starts_on DESC, ends_on DESC
    LIMIT 1
)
SELECT * FROM figures
WHERE period = coalesce(:period, (SELECT period FROM newest))
ORDER BY indicator, sex, age_group
"""
_PRESENT = _FIGURES.format(source="mart.indicator_value")
_AS_KNOWN_AT = _FIGURES.format(source="mart.as_known_at(:moment)")


class Format(StrEnum):
    """How figures are printed; `sdg-…` are the annual series of SDG 1.3.1 in the structure of SALA_SDG_STRUCTURE."""

    table = "table"
    csv = "csv"
    json = "json"
    sdmx_csv = "sdmx-csv"
    sdmx_ml = "sdmx-ml"
    sdg_csv = "sdg-csv"
    sdg_ml = "sdg-ml"


@app.command()
@needs_warehouse
def indicators(
    period: Annotated[str | None, period_option("2026-10; left out: the newest with figures.")] = None,
    area: Annotated[str | None, typer.Option(help="Area code; left out: the nation.")] = None,
    as_known_at: Annotated[
        datetime | None, typer.Option(help="The figures as they stood then, by the country's clock.")
    ] = None,
    format: Annotated[
        Format, typer.Option(help="How to print them; sdg-… are annual series of SDG 1.3.1.")
    ] = Format.table,
) -> None:
    """Print the indicators of one area and period."""
    from countries.country import current
    from sala.errors import NotFound
    from sql import warehouse

    query, moment = _PRESENT, {}
    if as_known_at:
        zone = as_known_at.tzinfo or ZoneInfo(current().timezone)
        query, moment = _AS_KNOWN_AT, {"moment": as_known_at.replace(tzinfo=zone)}
        if moment["moment"] > datetime.now(UTC):
            raise Misuse("future_moment", moment=as_known_at)
    with warehouse.transaction() as connection:
        if area and warehouse.read(connection, _AREA, area=area).empty:
            raise NotFound("unknown_area", what=area)
        figures = warehouse.read(connection, query, area=area, period=period, **moment)
    # counts are whole, also where some are not known
    figures = figures.drop(columns="period_id").convert_dtypes()
    if figures.empty:
        where = area or current().root
        raise (
            NotFound("nothing_published", area=where, period=period)
            if period
            else NotFound("nothing_published_yet", area=where)
        )
    if format.startswith("sd"):
        from transforms.release.exports.provisional import provisional

        with warehouse.transaction() as connection:
            typer.echo(provisional(connection, figures, current(), format).decode(), nl=False)
    elif format is Format.csv:
        typer.echo(figures.to_csv(index=False), nl=False)
    elif format is Format.json:
        typer.echo(figures.to_json(orient="records", date_format="iso"))
    else:
        with warehouse.transaction() as connection:
            units = warehouse.read(connection, "SELECT indicator, shown_in FROM mart.indicator")
        print_table(
            figures.drop(columns=["known_from", "area_level"]).merge(units, how="left", on="indicator")
        )
