"""Running Sala on this machine: everything at once, the migration, Airflow's own command line."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from sala.commands.console import print_json, print_table
from sala.commands.warehouse import needs_warehouse, warehouse

if TYPE_CHECKING:
    from sala.runtime.one_machine import Addresses

app = typer.Typer()

_NEWEST = """
SELECT indicator, period, sex, value, lower_bound, upper_bound, completeness, shown_in
FROM mart.indicator_value
JOIN mart.indicator USING (indicator)
WHERE area_code = :root AND age_group = '_T' AND sex IN ('F', 'M', '_T')
  AND period = (SELECT period FROM mart.period WHERE published_at IS NOT NULL AND kind IN ('M', 'Y')
                AND period IN (SELECT period FROM mart.reporting_rate WHERE area_code = :root AND received > 0)
                ORDER BY ends_on DESC, kind LIMIT 1)
ORDER BY indicator, sex
"""

_OPEN_RIGHTS = (
    "Everybody with a login on this server has rights in Sala's database that only a superuser can take away."
    " Until these have run there, a person with a database login can disturb others:"
)
_LOUD_LOG = (
    "The log of this server may repeat rows of Sala's database, identifiers of persons among them."
    " Until a superuser has run these there, whoever reads the log can read them:"
)


@app.command()
def run(
    once: Annotated[bool, typer.Option(help="Stop when the national indicators are published.")] = False,
) -> None:
    """Run everything on this machine until Ctrl-C."""
    from countries.country import current
    from sala.runtime.one_machine import run
    from sala.runtime.steps import Step
    from transforms.country.load_country import load_country
    from transforms.coverage.progress import wait_until_published
    from transforms.intake.sample import submit_sample

    country = current()
    prepare = [
        Step("Migrating the warehouse", lambda _: _migrate()),
        Step(f"Loading {country.names['en']}", lambda _: load_country(country)),
    ]
    work = [Step("Publishing the national indicators", wait_until_published)]
    if country.sample:
        work.insert(0, Step("Submitting the sample round", lambda progress: submit_sample(country, progress)))
    raise typer.Exit(run(prepare, work, _report, once))


@app.command()
def migrate() -> None:
    """Bring the warehouse to this version of Sala and of the country folder."""
    from countries.country import current
    from transforms.country.load_country import load_country

    country = current()
    with warehouse(make=True):
        _migrate()
        load_country(country)


@app.command(
    context_settings={
        "allow_extra_args": True,
        "ignore_unknown_options": True,
        "help_option_names": [],  # `sala airflow … --help` is for Airflow to answer
    }
)
def airflow(context: typer.Context) -> None:
    """Airflow's own command line with Sala's settings: `sala airflow dags list`."""
    from sala.runtime import embedded_postgres
    from sala.runtime.airflow_environment import airflow_environment
    from sala.runtime.airflow_processes import PROGRAMS
    from sala.settings import settings

    program, arguments = str(PROGRAMS / "airflow"), ["airflow", *context.args]
    if settings().airflow_database_url:
        sys.stdout.flush()
        os.execve(program, arguments, airflow_environment())  # a container's first process gets its signals
    with embedded_postgres.borrowed() as server:
        done = subprocess.run(arguments, executable=program, env=airflow_environment(server.airflow_url))
    raise typer.Exit(done.returncode)


@app.command()
@needs_warehouse
def health(json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False) -> None:
    """How the work stands: what waits, what failed, what last succeeded. Exit status 1 where a file failed."""
    import pandas as pd

    from sala.runtime import embedded_postgres
    from sala.settings import settings
    from sala.translation.translator import translator
    from transforms.coverage.health import files_failed, health

    if settings().database_url:
        measures = health(settings().airflow_database_url)
    else:
        with embedded_postgres.borrowed() as server:
            measures = health(settings().airflow_database_url or server.airflow_url)
    if json:
        print_json([asdict(one) | {"figure": one.figure and round(one.figure, 1)} for one in measures])
    else:
        t = translator("en")
        print_table(
            pd.DataFrame([(one.label(t), one.shown(t)) for one in measures], columns=["measure", "figure"])
        )
    raise typer.Exit(files_failed(measures) > 0)


def _migrate() -> None:
    """Migrate, and say what a superuser of the server still has to do."""
    from sql import deploy
    from sql.server_log import loud_settings
    from sql.warehouse import transaction

    open_rights = deploy.migrate()
    with transaction() as connection:
        loud = loud_settings(connection)
    for why, statements in ((_OPEN_RIGHTS, open_rights), (_LOUD_LOG, loud)):
        if statements:
            typer.echo("\n    ".join((why, *statements)), err=True)


def _report(addresses: Addresses) -> None:
    """The national indicators of the newest period, and where to go on from there."""
    from countries.country import current
    from sala.runtime import airflow_environment
    from sql import warehouse
    from transforms.identity.demo_accounts import demo_accounts

    with warehouse.transaction() as connection:
        print_table(warehouse.read(connection, _NEWEST, root=current().root))
    if current().sample and current().demo_accounts:
        print_table(demo_accounts(current()))
    typer.echo(f"Dashboard  {addresses.dashboard}")
    typer.echo(
        f"Airflow    {addresses.airflow}  {airflow_environment.USER} / {airflow_environment.airflow_password()}"
    )


@app.command("rotate-key")
@needs_warehouse
def rotate_key() -> None:
    """Make a new key for pseudonyms of persons, and write all lists under it. Copy SALA_HOME/keys afterwards."""
    from countries.country import current
    from transforms.intake.rotate_key import rotate_key

    done = rotate_key(current())
    typer.echo(f"Key {done.version} is in use; {done.files} files were read again. Keep a copy of the keys.")
    if done.ended:
        typer.echo(f"Replaced lists whose files have ended keep the older key: {', '.join(done.ended)}")
