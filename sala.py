"""The command line: `sala --help`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dags.standalone import Addresses

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)


@app.callback()
def main() -> None:
    """Social protection data from the village to the nation."""


@app.command()
def run(
    once: Annotated[bool, typer.Option(help="Stop when the national indicators are published.")] = False,
) -> None:
    """Run everything on this machine until Ctrl-C."""
    from countries.country import current
    from dags.standalone import Step, run
    from sql.warehouse import migrate
    from transforms.coverage.waiting import wait_until_published
    from transforms.intake.country import load_country
    from transforms.intake.sample import submit_sample

    country = current()
    prepare = [
        Step("Migrating the warehouse", lambda _: migrate()),
        Step(f"Loading {country.names['en']}", lambda _: load_country(country)),
    ]
    work = [
        Step("Submitting the sample round", lambda progress: submit_sample(country, progress)),
        Step("Publishing the national indicators", wait_until_published),
    ]
    raise typer.Exit(run(prepare, work, _report, once))


@app.command()
def migrate() -> None:
    """Bring the warehouse to this version of Sala and of the country folder."""
    from countries.country import current
    from sql import warehouse
    from transforms.intake.country import load_country

    warehouse.migrate()
    load_country(current())


@app.command(
    context_settings={
        "allow_extra_args": True,
        "ignore_unknown_options": True,
        "help_option_names": [],  # `sala airflow … --help` is for Airflow to answer
    }
)
def airflow(context: typer.Context) -> None:
    """Airflow's own command line with Sala's settings: `sala airflow dags list`."""
    from dags.environment import airflow_environment
    from dags.standalone import PROGRAMS

    sys.stdout.flush()
    os.execve(PROGRAMS / "airflow", ["airflow", *context.args], airflow_environment())


def _report(addresses: Addresses) -> None:
    """The national indicators of the newest period, and where to go on from there."""
    from rich.console import Console
    from rich.table import Table

    from countries.country import current
    from dags import environment
    from sql import warehouse

    newest = """
        SELECT indicator, period, sex, value, lower_bound, upper_bound, completeness
        FROM mart.indicator_value
        WHERE area_code = :root AND age_group = '_T' AND sex IN ('F', 'M', '_T')
          AND period = (SELECT max(period) FROM mart.indicator_value
                        WHERE area_code = :root AND period ~ '^[0-9]{4}-[0-9]{2}$')
        ORDER BY indicator, sex
    """
    with warehouse.transaction() as connection:
        figures = warehouse.read(connection, newest, root=current().root)
    table = Table(*figures.columns)
    for row in figures.itertuples(index=False):
        table.add_row(*(f"{cell:.1%}" if isinstance(cell, float) else str(cell) for cell in row))
    console = Console(highlight=False)
    console.print(table)
    console.print(f"Dashboard  {addresses.dashboard}")
    console.print(f"Airflow    {addresses.airflow}  {environment.USER} / {environment.airflow_password()}")
