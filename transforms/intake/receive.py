"""The submissions that wait are read, checked and loaded, by as many processes as there are."""

from __future__ import annotations

from collections.abc import Iterable

from countries.country import Country
from sala.errors import Unavailable
from sala.events import happened
from sql import warehouse
from transforms.compile_queue import announced_periods, waiting_periods
from transforms.intake.announcement import announce
from transforms.intake.check import crosschecked, judge_tables
from transforms.intake.held import carry_confirmations, is_confirmed
from transforms.intake.load import load
from transforms.intake.raw_store import fetch
from transforms.intake.read.isolated import Table, Unreadable, read
from transforms.intake.reference_data import ReferenceData, day_of, reference_data
from transforms.intake.submission_queue import (
    WaitingSubmission,
    claim,
    count_attempt,
    fail,
    finish,
    more_wait,
    note_areas,
    take_batch,
    wait_for_earlier,
)
from transforms.intake.verdict_store import (
    store_left_out,
    store_problems,
    store_rejected_rows,
    store_replacements,
    store_verdict,
)
from validators.verdict import Verdict, unreadable


def receive_waiting(country: Country) -> list[str]:
    """Work off every submission that waits and that nobody else is at work on. Returns the keys of the periods that
    now have to be compiled.

    One submission that cannot be taken in never stops the others. The list comes from the queue and not from this
    run, so that periods whose run was killed after loading are in it as well.
    """
    tried: set[int] = set()
    with warehouse.session() as session:
        while batch := take_batch(session, tried):
            if more_wait(session, tried):
                announce()  # others can begin with them
            with warehouse.transaction() as connection:
                data = reference_data(connection, country)
            if data is None:
                raise Unavailable("no_country")
            count_attempt(batch)
            verdicts = _judge(batch, data)
            note_areas(
                session, {submission: _areas(verdict, data) for submission, verdict in verdicts.items()}
            )
            for submission in batch:
                tried.add(submission.id)
                verdict = verdicts[submission]
                if isinstance(verdict, Verdict):
                    wait_for_earlier(session, submission)
                    verdict = _take_in(submission, verdict, data)
                if isinstance(verdict, Exception):
                    fail(submission, verdict)
    return waiting_periods()


def receive_and_announce(country: Country) -> list[str]:
    """Work off every submission that waits. Returns the keys of the periods whose chain has to be started for it."""
    receive_waiting(country)
    return announced_periods()


def _judge(
    batch: list[WaitingSubmission], data: ReferenceData
) -> dict[WaitingSubmission, Verdict | Exception]:
    """A verdict for each submission by itself, or the fault of ours that stood in its way."""
    verdicts: dict[WaitingSubmission, Verdict | Exception] = {}
    tables: dict[WaitingSubmission, Table] = {}
    for submission in batch:
        try:
            raw = fetch(submission.digest)
            tables[submission] = read(raw, data.country, submission.dataset, submission.filename)
        except Unreadable as reason:
            verdicts[submission] = unreadable(submission.dataset, reason)
        except Exception as fault:
            verdicts[submission] = fault
    senders = {
        submission: submission.sender(day_of(submission.queued_at, data.country)) for submission in tables
    }
    return verdicts | judge_tables(tables, senders, data.country, data.reference)


def _areas(verdict: Verdict | Exception, data: ReferenceData) -> Iterable[str]:
    """The codes of the areas of which a file may change something, or with whose returns it is compared."""
    if isinstance(verdict, Exception) or verdict.table is None:
        return []
    if verdict.table.contract.names_persons:  # who may be listed anywhere
        return [data.country.root]
    return verdict.good["area_code"].unique()


def _take_in(submission: WaitingSubmission, verdict: Verdict, data: ReferenceData) -> Verdict | Exception:
    """Cross-check and load one file and store its verdict, in one transaction. Returns the fault where that fails.

    Files judged together are cross-checked one after the other, each with what those before it left.
    """
    try:
        with warehouse.transaction() as connection:
            if not claim(connection, submission):
                return verdict
            sender = submission.sender(day_of(submission.queued_at, data.country))
            verdict = crosschecked(connection, verdict, data, sender)
            held = verdict.is_held and not is_confirmed(connection, submission.id, verdict)
            if verdict.outcome in ("accepted", "partial") and not held:
                load(connection, verdict, data.keys, sender, submission.received_at)
            number = store_verdict(connection, submission.id, verdict, data.digest)
            store_problems(connection, submission.id, number, verdict)
            store_rejected_rows(connection, submission.id, number, verdict)
            store_left_out(connection, submission.id, number, verdict)
            if held:
                store_replacements(connection, submission.id, number, verdict)
            else:
                carry_confirmations(connection, submission.id, number)
            finish(connection, submission, verdict, number, held)
        happened(
            "judged", receipt=submission.receipt, outcome=verdict.outcome, held=held, rows=verdict.rows_read
        )
        return verdict
    except Exception as fault:
        return fault
