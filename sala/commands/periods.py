"""Periods: compiled anew, reminded of, and the files of them that end."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from sala.commands.console import Misuse
from sala.commands.options import Periods
from sala.commands.submissions import print_refused
from sala.commands.warehouse import needs_warehouse

app = typer.Typer()


@app.command()
@needs_warehouse
def compile(
    period: Periods,
    area: Annotated[str | None, typer.Option(help="Only this area, all below it and all above it.")] = None,
) -> None:
    """Receive what waits, then compile and publish periods anew, without Airflow: the same work, the same figures."""
    from countries.country import current
    from sql import warehouse
    from transforms.compile_queue import enqueue_area, enqueue_period
    from transforms.coverage.publishing import compile_and_publish
    from transforms.intake.receive import receive_waiting

    _must_have_begun(period)
    started = datetime.now(UTC)
    receive_waiting(current())
    print_refused(started)
    opened = _opened()
    for key in period:
        if key not in opened:
            typer.echo(f"{key}: nothing was ever handed in for it, so nothing is published")
            continue
        with warehouse.transaction() as connection:
            enqueue_area(connection, key, area) if area else enqueue_period(connection, key)
        compile_and_publish(key)
        typer.echo(f"{key} published")


def _must_have_begun(keys: list[str]) -> None:
    """Raises Misuse for a period of the future: it has no figures, and publishing it would show it as empty."""
    from countries.country import current
    from countries.period import Period
    from transforms.intake.reference_data import day_of

    today = day_of(datetime.now(UTC), current())
    if future := [key for key in keys if Period.parse(key).starts_on > today]:
        raise Misuse("future_period", periods=future, today=today)


def _opened() -> set[str]:
    """The periods for which anything was ever taken in."""
    from sql import warehouse

    with warehouse.transaction() as connection:
        return set(warehouse.read(connection, "SELECT period FROM mart.period")["period"])


@app.command()
@needs_warehouse
def remind(
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Left out: today.")] = None,
) -> None:
    """Remind those who owe a return, as the DAG `remind` does every morning."""
    from countries.country import current
    from transforms.reminders.remind import remind

    done = remind(current(), day.date() if day else None)
    typer.echo(f"{done.made} reminders made")
    if done.by_mail:
        typer.echo(f"{done.sent} letters sent, {done.failed} failed")
    else:
        typer.echo("No e-mails: SALA_SMTP_URL is not set. The reminders stand in the application.")
    raise typer.Exit(1 if done.failed else 0)


@app.command()
@needs_warehouse
def retention() -> None:
    """End the bytes of files that name persons, where the country's time for them is over."""
    from countries.country import current
    from transforms.intake.retention import end_raw_files

    typer.echo("\n".join(end_raw_files(current())) or "Nothing has to end.")
