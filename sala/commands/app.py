"""The command line: `sala --help`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pandas import DataFrame

    from sala.runtime.one_machine import Addresses
    from transforms.identity.accounts import NewAccount
    from transforms.identity.person import Person

Dataset = Annotated[str | None, typer.Option(help="Left out: the header tells.")]
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]
User = Annotated[
    str, typer.Option("--as", help="Who does it: an account, whose scope then holds. Left out: Sala itself.")
]
Receipt = Annotated[str, typer.Argument(help="As `sala status` lists them.")]
Language = Annotated[str, typer.Option(help="Language of messages: en, km or fr.")]


class Format(StrEnum):
    table = "table"
    csv = "csv"
    json = "json"


app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, help=__doc__)
country_app = typer.Typer(no_args_is_help=True, help="Country folders.")
app.add_typer(country_app, name="country")
user_app = typer.Typer(no_args_is_help=True, help="Accounts.")
app.add_typer(user_app, name="user")
audit_app = typer.Typer(no_args_is_help=True, help="The audit log.")
app.add_typer(audit_app, name="audit")


@app.callback()
def main() -> None:
    """Social protection data from the village to the nation."""


@app.command()
def run(
    once: Annotated[bool, typer.Option(help="Stop when the national indicators are published.")] = False,
) -> None:
    """Run everything on this machine until Ctrl-C."""
    from countries.country import current
    from sala.runtime.one_machine import Step, run
    from sql.deploy import migrate
    from transforms.country.load_country import load_country
    from transforms.coverage.progress import wait_until_published
    from transforms.intake.sample import submit_sample

    country = current()
    prepare = [
        Step("Migrating the warehouse", lambda _: migrate()),
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
    from sql import deploy
    from transforms.country.load_country import load_country

    deploy.migrate()
    load_country(current())


@app.command()
def check(
    file: File,
    dataset: Dataset = None,
    json: Annotated[bool, typer.Option("--json", help="Print the verdict as JSON.")] = False,
    annotated: Annotated[
        Path | None, typer.Option(help="Write the file back as XLSX, every problem marked.")
    ] = None,
    language: Language = "en",
    user: User = "",
) -> None:
    """Judge a file without submitting it. Exit status: 0 accepted, 1 has rejected rows, 2 unreadable."""
    from countries.country import current
    from transforms.identity.person import scope_codes
    from transforms.intake.check import check
    from validators.outputs.annotated import annotate

    with _in_a_line():
        scope = scope_codes(_person(user)) if user else None
    verdict = check(file.read_bytes(), current(), dataset, file.name, scope)
    if annotated:
        annotated.write_bytes(annotate(verdict, language))
    if json:
        typer.echo(_json(verdict.as_json()))
    else:
        for problem in verdict.listed():
            places = (("row", problem.row_number), ("column", problem.column))
            where = ", ".join([file.name, *(f"{name} {at}" for name, at in places if at)])
            typer.echo(f"{problem.severity}: {where}: {problem.text(language)}")
        typer.echo(
            f"{file.name}: {verdict.outcome}, {verdict.rows_accepted} of {verdict.rows_read} rows accepted"
        )
    raise typer.Exit({"accepted": 0, "unreadable": 2}.get(verdict.outcome, 1))


@app.command()
def submit(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False)],
    dataset: Dataset = None,
    user: User = "",
    wait: Annotated[bool, typer.Option(help="Wait until the figures are published.")] = False,
    because: Annotated[str, typer.Option(help="Why, where it corrects what stands.")] = "",
    again: Annotated[bool, typer.Option(help="Let a file that was replaced stand again.")] = False,
) -> None:
    """Hand in files. Each gets a receipt; the same file twice gets the same one and changes nothing."""
    from getpass import getuser

    from transforms.coverage.progress import wait_until_published
    from transforms.intake import submit

    with _in_a_line():
        sender = _person(user)
    for file in files:
        receipt = submit.submit(
            file.read_bytes(),
            file.name,
            by=user or getuser(),
            person_id=sender.person_id,
            via="cli",
            dataset=dataset,
            because=because or None,
            again=again,
        )
        typer.echo(f"{receipt.receipt}  {file.name}{'  (known already)' if receipt.known else ''}")
    if wait:
        wait_until_published(lambda words: typer.echo(words, err=True))


@app.command()
def status(receipt: Annotated[str | None, typer.Argument()] = None, language: Language = "en") -> None:
    """What became of a submission, or of the latest ones."""
    from sql import warehouse

    with warehouse.transaction() as connection:
        found = warehouse.read(
            connection,
            "SELECT receipt, state, outcome, dataset, rows_accepted, rows_rejected, unconfirmed, filename"
            " FROM mart.submission"
            " WHERE CAST(:receipt AS text) IS NULL OR receipt = upper(:receipt) ORDER BY received_at DESC LIMIT 20",
            receipt=receipt,
        )
        problems = warehouse.read(
            connection,
            "SELECT row_number, column_name, message FROM mart.problem WHERE receipt = upper(:receipt)"
            " ORDER BY row_number NULLS FIRST",
            receipt=receipt or "",
        )
    if receipt and found.empty:
        typer.echo(f"There is no submission {receipt}. `sala status` lists the latest.", err=True)
        raise typer.Exit(1)
    _print(found)
    for problem in problems.to_dict("records"):
        typer.echo(
            f"row {problem['row_number']}, {problem['column_name']}: {problem['message'].get(language)}"
        )


@app.command()
def compile(
    period: Annotated[list[str], typer.Option(help="2026, 2026-10 or 2026-W47; more than one may be given.")],
    area: Annotated[str | None, typer.Option(help="Only this area, all below it and all above it.")] = None,
) -> None:
    """Receive what waits, then compile and publish periods anew, without Airflow: the same work, the same figures."""
    from countries.country import current
    from sala.errors import Refusal
    from sql import warehouse
    from transforms.compile_queue import enqueue_area, enqueue_period
    from transforms.coverage.publishing import compile_and_publish
    from transforms.intake.receive import receive_waiting

    receive_waiting(current())
    for key in period:
        try:
            with warehouse.transaction() as connection:
                enqueue_area(connection, key, area) if area else enqueue_period(connection, key)
        except Refusal as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from error
        compile_and_publish(key)
        typer.echo(f"{key} published")


@app.command()
def indicators(
    period: Annotated[str | None, typer.Option(help="2026-10; left out: the newest with figures.")] = None,
    area: Annotated[str | None, typer.Option(help="Area code; left out: the nation.")] = None,
    as_known_at: Annotated[datetime | None, typer.Option(help="The figures as they stood then.")] = None,
    format: Annotated[Format, typer.Option(help="How to print them.")] = Format.table,
) -> None:
    """Print the indicators of one area and period."""
    from sql import warehouse

    with warehouse.transaction() as connection:
        figures = warehouse.read(
            connection,
            f"""
            SELECT * FROM {"mart.as_known_at(:moment)" if as_known_at else "mart.indicator_value"}
            WHERE area_code = coalesce(:area, (SELECT definition ->> 'root' FROM mart.country))
              AND period = coalesce(:period, (SELECT key FROM core.period WHERE published_at IS NOT NULL
                                              AND kind IN ('M', 'Y') AND moved_at IS NOT NULL
                                              ORDER BY ends_on DESC, kind LIMIT 1))
            ORDER BY indicator, sex, age_group
            """,  # noqa: S608
            area=area,
            period=period,
            moment=as_known_at,
        )
    figures = figures.convert_dtypes()  # counts are whole, also where some are not known
    if figures.empty:
        typer.echo(f"Nothing is published for {area or 'the nation'} in {period or 'any period'}.", err=True)
        raise typer.Exit(1)
    if format is Format.csv:
        typer.echo(figures.to_csv(index=False), nl=False)
    elif format is Format.json:
        typer.echo(figures.to_json(orient="records", date_format="iso"))
    else:
        _print(figures.drop(columns=["known_from", "area_level"]))


@app.command()
def template(
    dataset: str,
    area: Annotated[str, typer.Option(help="Area whose children are filled in.")],
    period: Annotated[str, typer.Option(help="Period that is filled in.")] = "",
    out: Annotated[Path | None, typer.Option(help="Left out: DATASET-AREA.xlsx here.")] = None,
    language: Language = "en",
) -> None:
    """Write an XLSX template with an area's children filled in, and what they last reported."""
    from countries.country import current
    from transforms.identity.person import SYSTEM
    from transforms.intake.downloads import filled_template

    with _in_a_line():
        sheet = filled_template(SYSTEM, dataset, current(), area, period, language)
    path = out or Path(f"{dataset}-{area}.xlsx")
    path.write_bytes(sheet.content)
    typer.echo(path)


@app.command()
def confirm(
    receipt: Receipt,
    rule: Annotated[str | None, typer.Option(help="Only the warnings of this rule.")] = None,
    row: Annotated[int | None, typer.Option(help="Only this row's.")] = None,
    comment: Annotated[str, typer.Option(help="Why it is right all the same.")] = "",
    user: User = "",
) -> None:
    """Say that what the last verdict on a submission warns of is right."""
    from transforms.intake.corrections.confirm import confirm

    with _in_a_line():
        typer.echo(f"{confirm(_person(user), receipt, rule, row, comment)} warning(s) confirmed")


@app.command()
def withdraw(
    receipt: Receipt,
    because: Annotated[str, typer.Option(help="Why: everybody above will see it.")],
    period: Annotated[str | None, typer.Option(help="Only returns for this period.")] = None,
    area: Annotated[str | None, typer.Option(help="Only this area's.")] = None,
    about: Annotated[
        str | None, typer.Option("--scheme", help="Only this scheme's (or indicator's).")
    ] = None,
    user: User = "",
) -> None:
    """Take a submission back, or some of its returns. What stood before does not come back by itself."""
    from transforms.intake.corrections.withdraw import Which, withdraw

    with _in_a_line():
        typer.echo(
            f"{withdraw(_person(user), receipt, because, Which(period, area, about))} return(s) withdrawn"
        )


@app.command()
def retry(
    receipt: Annotated[str | None, typer.Argument(help="Left out: with --all.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every one that was not wholly taken in.")
    ] = False,
    user: User = "",
) -> None:
    """Judge submissions anew that were not wholly taken in, after a mend in the country folder."""
    from transforms.intake.corrections.retry import retry, retry_all

    if (receipt is None) != everything:
        typer.echo("Name a receipt, or say --all.", err=True)
        raise typer.Exit(2)
    with _in_a_line():
        if receipt is None:
            again = retry_all(_person(user))
        else:
            retry(_person(user), receipt)
            again = [receipt.upper()]
    typer.echo("\n".join(again) or "Nothing waits for another try.")


@app.command()
def remind(
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Left out: today.")] = None,
) -> None:
    """Remind those who owe a return, as the DAG `remind` does every morning."""
    from countries.country import current
    from transforms.reminders.remind import remind

    with _explained():
        done = remind(current(), day.date() if day else None)
    print(f"{done.made} reminders made")
    if done.by_mail:
        print(f"{done.sent} letters sent, {done.failed} failed")
    else:
        print("No e-mails: SALA_SMTP_URL is not set. The reminders stand in the application.")
    raise typer.Exit(1 if done.failed else 0)


@app.command()
def retention() -> None:
    """End the bytes of files that name persons, where the country's time for them is over."""
    from countries.country import current
    from transforms.intake.retention import end_raw_files

    typer.echo("\n".join(end_raw_files(current())) or "Nothing has to end.")


@app.command()
def original(
    receipt: Receipt, out: Annotated[Path | None, typer.Option(help="Left out: its own name.")] = None
) -> None:
    """Write a submission's bytes as they came: on the machine that holds the keys."""
    from transforms.identity.person import SYSTEM
    from transforms.intake.raw_store import fetch
    from transforms.intake.submission_lookup import find

    with _in_a_line():
        filed = find(SYSTEM, receipt)
        path = out or Path(Path(filed.filename).name)
        path.write_bytes(fetch(filed.digest))
    typer.echo(path)


@app.command()
def pack(
    out: Annotated[Path, typer.Argument(dir_okay=False)],
    week: Annotated[str, typer.Option(help="Like 2026-W47; left out: the week that is running.")] = "",
    period: Annotated[str | None, typer.Option(help="Of the coverage; left out: the newest.")] = None,
    as_: Annotated[str, typer.Option("--as", help="The account that reads it; left out: a visitor.")] = "",
    language: Language = "en",
) -> None:
    """Write the board pack as a PDF: the national sheet, coverage, the areas below, the open decisions."""
    from datetime import date

    from countries.country import current
    from dashboards.pages.flash.queries import week_on
    from dashboards.print.pack import pack_pdf
    from dashboards.server.current_user import reading
    from transforms.identity.person import visitor

    reader = _person(as_) if as_ else visitor(current())
    with _in_a_line(), reading(reader):
        out.write_bytes(pack_pdf(week or week_on(date.today()).key, period, language))
    typer.echo(out)


@app.command()
def docs(language: Language = "en") -> None:
    """Print what every dataset holds and every rule says, as Markdown."""
    from countries.country import current
    from validators.outputs.documentation import page

    typer.echo(page(current(), language), nl=False)


@country_app.command("check")
def country_check(folder: Annotated[Path, typer.Argument(exists=True, file_okay=False)]) -> None:
    """Say everything that is wrong with a country folder, each with its file and line."""
    from countries.country import check

    faults = check(folder)
    for fault in faults:
        typer.echo(str(fault))
    typer.echo(f"{folder}: {len(faults)} fault(s)" if faults else f"{folder} is sound")
    raise typer.Exit(1 if faults else 0)


@audit_app.command("verify")
def audit_verify(
    noted: Annotated[
        str | None, typer.Option(help="NUMBER:SEAL as an earlier run printed it: is that entry still there?")
    ] = None,
) -> None:
    """Check every link of the audit log. Exit status: 0 all hold, 1 the first one that does not is named."""
    from sql import warehouse
    from transforms.identity.audit import earlier, verify

    with warehouse.transaction() as connection:
        found = verify(connection, earlier(noted) if noted else None)
    if found.broken:
        typer.echo(f"The audit log is broken: {found.broken}.", err=True)
        raise typer.Exit(1)
    typer.echo(f"{found.entries} entries, every link holds. Note down {found.entries}:{found.head}")


@user_app.command("add")
def user_add(
    name: str,
    role: Annotated[str, typer.Option(help="Role of the country folder.")],
    area: Annotated[str, typer.Option(help="Code of the area in which the role is held.")],
    administrator: Annotated[
        str | None, typer.Option(help="Scheme administrator, for the role that belongs to one.")
    ] = None,
    email: str | None = None,
    language: Annotated[str | None, typer.Option(help="Language of pages and e-mails.")] = None,
    ask: Annotated[
        bool, typer.Option(help="Ask for a password; otherwise one is made up and printed.")
    ] = False,
    sql: Annotated[bool, typer.Option("--sql", help="Make a database login of the same scope too.")] = False,
) -> None:
    """Make an account. Its password has to be changed at the first sign-in."""
    from countries.country import current
    from transforms.identity import accounts

    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True) if ask else None
    with _explained():
        made = accounts.add(
            current(),
            name,
            role,
            area,
            password=password,
            administrator=administrator,
            email=email,
            language=language,
            sql_login=sql,
        )
    _say_account(made, ask)


@user_app.command("list")
def user_list() -> None:
    """Every account, its role and area, and whether it waits or is closed."""
    from transforms.identity import accounts

    _print(accounts.accounts())


@user_app.command("disable")
def user_disable(name: str) -> None:
    """Close an account, its sessions and its database login; what it did stays under its name."""
    from transforms.identity import accounts

    with _explained():
        accounts.disable(name)
    typer.echo(f"{name} is closed")


@user_app.command("password")
def user_password(
    name: str,
    ask: Annotated[
        bool, typer.Option(help="Ask for a password; otherwise one is made up and printed.")
    ] = False,
) -> None:
    """Give an account a new password, which ends its sessions and any wait."""
    from transforms.identity import accounts

    password = typer.prompt("Password", hide_input=True, confirmation_prompt=True) if ask else None
    with _explained():
        made = accounts.set_password(name, password)
    _say_account(made, ask)


@app.command(
    context_settings={
        "allow_extra_args": True,
        "ignore_unknown_options": True,
        "help_option_names": [],  # `sala airflow … --help` is for Airflow to answer
    }
)
def airflow(context: typer.Context) -> None:
    """Airflow's own command line with Sala's settings: `sala airflow dags list`."""
    from sala.runtime.airflow_environment import airflow_environment
    from sala.runtime.one_machine import PROGRAMS

    sys.stdout.flush()
    os.execve(PROGRAMS / "airflow", ["airflow", *context.args], airflow_environment())


def _person(name: str) -> Person:
    """The account that is named, or Sala itself on behalf of whoever is at the machine."""
    from dataclasses import replace
    from getpass import getuser

    from countries.country import current
    from transforms.identity.accounts import named
    from transforms.identity.person import SYSTEM

    return named(name, current()) if name else replace(SYSTEM, name=getuser())


@contextmanager
def _in_a_line() -> Iterator[None]:
    """What cannot be done with a file is said in a line, without a traceback."""
    from sala.errors import Refusal

    try:
        yield
    except Refusal as reason:
        typer.echo(str(reason), err=True)
        raise typer.Exit(1) from None


@contextmanager
def _explained() -> Iterator[None]:
    """What an account or a setting cannot be is said in a line, without a traceback."""
    from sala.errors import Refusal

    try:
        yield
    except Refusal as reason:
        typer.echo(str(reason), err=True)
        raise typer.Exit(1) from None


def _say_account(made: NewAccount, known: bool) -> None:
    typer.echo(f"{made.name}  {'(the password you gave)' if known else made.password}")
    if made.login:
        typer.echo(f"database login {made.login}, with the same password")


def _json(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, indent=2)


RATES = {"value", "lower_bound", "upper_bound", "completeness"}


def _print(rows: DataFrame) -> None:
    """A table on the terminal; rates in percent, nothing cut off."""
    from rich.console import Console
    from rich.table import Table

    table = Table(*rows.columns)
    for row in rows.convert_dtypes().to_dict("records"):
        table.add_row(
            *("" if cell is None or cell != cell else _cell(name, cell) for name, cell in row.items())
        )
    Console(highlight=False, width=Console(width=1000).measure(table).maximum).print(table)


def _cell(name: object, cell: object) -> str:
    return f"{cell:.1%}" if name in RATES else str(cell)


def _report(addresses: Addresses) -> None:
    """The national indicators of the newest period, and where to go on from there."""
    from countries.country import current
    from sala.runtime import airflow_environment
    from sql import warehouse
    from transforms.identity.demo_accounts import demo_accounts

    newest = """
        SELECT indicator, period, sex, value, lower_bound, upper_bound, completeness
        FROM mart.indicator_value
        WHERE area_code = :root AND age_group = '_T' AND sex IN ('F', 'M', '_T')
          AND period = (SELECT period FROM mart.period WHERE published_at IS NOT NULL AND kind IN ('M', 'Y')
                        AND period IN (SELECT period FROM mart.reporting_rate WHERE area_code = :root AND received > 0)
                        ORDER BY ends_on DESC, kind LIMIT 1)
        ORDER BY indicator, sex
    """
    with warehouse.transaction() as connection:
        figures = warehouse.read(connection, newest, root=current().root)
    _print(figures)
    if current().sample and current().demo_accounts:
        _print(demo_accounts(current()))
    typer.echo(f"Dashboard  {addresses.dashboard}")
    typer.echo(
        f"Airflow    {addresses.airflow}  {airflow_environment.USER} / {airflow_environment.airflow_password()}"
    )
