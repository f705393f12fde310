"""Files: checked, handed in, followed, confirmed, withdrawn, tried again."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from sala.commands.console import Misuse, print_json, print_table
from sala.commands.options import Dataset, File, Language, Receipt, User, acting_person, period_option
from sala.commands.warehouse import needs_warehouse, warehouse

app = typer.Typer()

_REFUSED = """
SELECT receipt, filename, state, outcome, rows_read, rows_accepted
FROM ledger.submission
WHERE finished_at >= :since AND outcome <> 'accepted' OR state IN ('received', 'failed') AND attempts > 0
ORDER BY received_at
"""


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
    """Judge a file without submitting it, against the warehouse where it runs. Exit status: 0 accepted, 1 has
    rejected rows, 2 unreadable."""
    from countries.country import current
    from transforms.intake.check import check
    from validators.outputs.annotated import annotate

    with warehouse() if user else nullcontext():
        verdict = check(file.read_bytes(), current(), dataset, file.name, acting_person(user))
    if annotated:
        annotated.write_bytes(annotate(verdict, language))
    if json:
        print_json(verdict.as_json())
    else:
        for problem in verdict.listed():
            place = _place(problem.row_number, problem.column)
            typer.echo(f"{problem.severity}: {file.name}, {place}: {problem.text(language)}")
        typer.echo(
            f"{file.name}: {verdict.outcome}, {verdict.rows_accepted} of {verdict.rows_read} rows accepted"
            + (", would be held until confirmed" if verdict.is_held else "")
        )
    raise typer.Exit({"accepted": 0, "unreadable": 2}.get(verdict.outcome, 1))


@app.command()
@needs_warehouse
def submit(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False)],
    dataset: Dataset = None,
    user: User = "",
    wait: Annotated[bool, typer.Option(help="Wait until the figures are published.")] = False,
    because: Annotated[str, typer.Option(help="Why, where it corrects what stands.")] = "",
    again: Annotated[bool, typer.Option(help="Let a file that was replaced stand again.")] = False,
) -> None:
    """Hand in files. Each gets a receipt; the same file twice gets the same one and changes nothing.

    Exit status with --wait: 0 taken in, 3 where a file is held until it is confirmed, because of what it would replace.
    """
    from transforms.coverage.progress import must_be_worked_on, wait_until_published
    from transforms.identity.filing import must_hand_in
    from transforms.intake import submit
    from transforms.intake.held import held_receipts

    sender, receipts = acting_person(user), []
    must_hand_in(sender, dataset)
    for file in files:
        receipt = submit.submit(
            file.read_bytes(),
            file.name,
            by=sender,
            via="cli",
            dataset=dataset,
            because=because or None,
            again=again,
        )
        receipts.append(receipt.receipt)
        typer.echo(f"{receipt.receipt}  {file.name}{'  (known already)' if receipt.known else ''}")
    if wait:
        must_be_worked_on()
        wait_until_published(lambda line: typer.echo(line, err=True))
        if held := held_receipts(receipts):
            for waiting in held:
                typer.echo(
                    f"{waiting}  held: see `sala status {waiting}`, then `sala confirm {waiting}`", err=True
                )
            raise typer.Exit(3)


@app.command()
@needs_warehouse
def status(receipt: Annotated[str | None, typer.Argument()] = None, language: Language = "en") -> None:
    """What became of a submission, or of the latest ones."""
    from sala.errors import NotFound
    from sql import warehouse
    from transforms.intake.fault_log import folder

    with warehouse.transaction() as connection:
        submissions = warehouse.read(
            connection,
            "SELECT receipt, state, outcome, dataset, rows_accepted, rows_rejected, unconfirmed, filename"
            " FROM mart.submission"
            " WHERE CAST(:receipt AS text) IS NULL OR receipt = upper(:receipt) ORDER BY received_at DESC LIMIT 20",
            receipt=receipt,
        )
        problems = warehouse.read(
            connection,
            "SELECT row_number, column_name, severity, message, confirmed_at FROM mart.problem"
            " WHERE receipt = upper(:receipt) ORDER BY row_number NULLS FIRST",
            receipt=receipt or "",
        )
        failed = warehouse.read(
            connection,
            "SELECT fault, says FROM mart.failure WHERE receipt = upper(:receipt)",
            receipt=receipt or "",
        )
    if receipt and submissions.empty:
        raise NotFound("unknown_receipt", what=receipt)
    print_table(submissions)
    for failure in failed.to_dict("records"):
        reason = f": {failure['says'].get(language)}" if failure["says"] else ""
        typer.echo(f"a fault of Sala, see {folder()}/{failure['fault']}.txt{reason}")
    for problem in problems.astype(object).where(problems.notna(), None).to_dict("records"):
        confirmed = ", confirmed" if problem["confirmed_at"] else ""
        place = _place(problem["row_number"], problem["column_name"])
        typer.echo(f"{problem['severity']}{confirmed}: {place}: {problem['message'].get(language)}")


def print_refused(since: datetime) -> None:
    """A line for each file that was judged since a moment and was not taken in, or not wholly; and for each that could
    not be judged for a fault of Sala's."""
    from sql import warehouse

    with warehouse.transaction() as connection:
        files = warehouse.read(connection, _REFUSED, since=since).to_dict("records")
    for file in files:
        reason = "could not be judged, which is a fault of Sala; the log says why"
        if file["state"] not in ("received", "failed"):
            counts = f"{file['rows_accepted']} of {file['rows_read']} rows accepted"
            reason = f"{file['outcome']}, {counts}; `sala status {file['receipt']}` says why"
        typer.echo(f"{file['receipt']}  {file['filename']}: {reason}")


def _place(row: float | None, column: str | None) -> str:
    """Where a problem stands, in words; the whole file where neither row nor column is known."""
    parts = [f"{name} {at}" for name, at in (("row", row and int(row)), ("column", column)) if at]
    return ", ".join(parts) or "the whole file"


@app.command()
def template(
    dataset: str,
    area: Annotated[str, typer.Option(help="Area whose children are filled in.")],
    period: Annotated[str, period_option("Period that is filled in.")] = "",
    out: Annotated[Path | None, typer.Option(help="Left out: DATASET-AREA.xlsx here.")] = None,
    language: Language = "en",
) -> None:
    """Write an XLSX template with an area's children filled in, and what they last reported."""
    from countries.country import current
    from transforms.identity.person import SYSTEM
    from transforms.intake.downloads import filled_template

    with warehouse(optional=True):
        sheet = filled_template(SYSTEM, dataset, current(), area, period, language)
    path = out or Path(f"{dataset}-{area}.xlsx")
    path.write_bytes(sheet.content)
    typer.echo(path)


@app.command()
@needs_warehouse
def confirm(
    receipt: Receipt,
    rule: Annotated[str | None, typer.Option(help="Only the warnings of this rule.")] = None,
    row: Annotated[int | None, typer.Option(help="Only this row's.")] = None,
    comment: Annotated[str, typer.Option(help="Why it is right all the same.")] = "",
    user: User = "",
) -> None:
    """Say that what the last verdict on a submission warns of is right."""
    from transforms.intake.corrections.confirm import confirm

    typer.echo(f"{confirm(acting_person(user), receipt, rule, row, comment)} warning(s) confirmed")


@app.command()
@needs_warehouse
def join(receipt: Receipt, user: User = "") -> None:
    """Hand in a held file anew with the lines that it would drop of what stands, and withdraw the held one."""
    from countries.country import current
    from transforms.intake.corrections.join import join

    taken = join(acting_person(user), receipt, current(), via="cli")
    typer.echo(f"{taken.receipt}  {taken.filename}")


@app.command()
@needs_warehouse
def withdraw(
    receipt: Receipt,
    because: Annotated[str, typer.Option(help="Why: everybody above will see it.")],
    period: Annotated[str | None, period_option("Only returns for this period.")] = None,
    area: Annotated[str | None, typer.Option(help="Only this area's.")] = None,
    about: Annotated[
        str | None, typer.Option("--scheme", help="Only this scheme's (or indicator's).")
    ] = None,
    left_out_of: Annotated[
        str | None,
        typer.Option(help="Only what this newer file of the same sender no longer has: its receipt."),
    ] = None,
    user: User = "",
) -> None:
    """Take a submission back, or some of its returns. What stood before does not come back by itself."""
    from transforms.intake.corrections.withdraw import Which, withdraw

    count = withdraw(acting_person(user), receipt, because, Which(period, area, about, left_out_of))
    typer.echo(f"{count} return(s) withdrawn")


@app.command()
@needs_warehouse
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
        raise Misuse("name_a_receipt")
    if receipt is None:
        receipts = retry_all(acting_person(user))
    else:
        retry(acting_person(user), receipt)
        receipts = [receipt.upper()]
    typer.echo("\n".join(receipts) or "Nothing waits for another try.")


@app.command()
@needs_warehouse
def original(
    receipt: Receipt, out: Annotated[Path | None, typer.Option(help="Left out: its own name.")] = None
) -> None:
    """Write a submission's bytes as they came: on the machine that holds the keys."""
    from transforms.identity.person import SYSTEM
    from transforms.intake.raw_store import fetch
    from transforms.intake.submission_lookup import find

    submission = find(SYSTEM, receipt)
    path = out or Path(Path(submission.filename).name)
    path.write_bytes(fetch(submission.digest))
    typer.echo(path)
