"""The verdict on a file, with nothing stored. What is received later is judged by the same calls."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TypeVar

from sqlalchemy import Connection

from countries.country import Country
from sql import warehouse
from transforms.identity.person import SYSTEM, Person
from transforms.intake.crosscheck_data import crosscheck_data
from transforms.intake.pseudonyms import key_in_use
from transforms.intake.read.isolated import read
from transforms.intake.reference_data import ReferenceData, day_of, reference_data, without_warehouse
from transforms.intake.sender import Sender
from transforms.intake.standing_returns import standing_returns
from validators.crosscheck import crosscheck, with_replacements
from validators.reference import Reference
from validators.table import Table
from validators.unreadable import Unreadable
from validators.verdict import Verdict, judge, judge_many, unreadable

Key = TypeVar("Key")


def check(
    raw: bytes,
    country: Country,
    dataset: str | None = None,
    filename: str = "",
    by: Person = SYSTEM,
    day: date | None = None,
) -> Verdict:
    """The verdict that a file would get if it were handed in now. Without a warehouse nothing is cross-checked.

    `by`: who would hand it in; `day`: today where it is left out.
    A file that cannot be read has a verdict too: unreadable, with the one reason.
    """
    try:
        table = read(raw, country, dataset, filename)
    except Unreadable as reason:
        return unreadable(dataset, reason)
    day = day or day_of(datetime.now(UTC), country)
    sender = Sender(day, by.rights, name=by.name or "visitor", area_code=by.area_code)
    try:
        with warehouse.transaction() as connection:
            if data := reference_data(connection, country):
                verdict = judge(table, country, data.reference, sender.day, sender.area_code)
                return crosschecked(connection, verdict, data, sender)
    except warehouse.NoWarehouse:
        pass
    return judge(table, country, without_warehouse(country), sender.day, sender.area_code)


def judged_alone(raw: bytes, country: Country, dataset: str) -> Verdict:
    """The verdict on a file by itself, as of today, whatever a warehouse holds."""
    try:
        table = read(raw, country, dataset)
    except Unreadable as reason:
        return unreadable(dataset, reason)
    return judge(table, country, without_warehouse(country))


def crosschecked(connection: Connection, verdict: Verdict, data: ReferenceData, sender: Sender) -> Verdict:
    """The verdict with what the warehouse knows, at this moment of the transaction."""
    if verdict.table is not None and verdict.table.contract.names_persons:
        verdict = verdict.with_problems(verdict.problems, secret=key_in_use(connection).secret)
    checked = crosscheck(verdict, data.reference, crosscheck_data(connection, verdict, data, sender))
    return with_replacements(checked, data.reference, standing_returns(connection, checked, data, sender))


def judge_tables(
    tables: Mapping[Key, Table], senders: Mapping[Key, Sender], country: Country, reference: Reference
) -> dict[Key, Verdict | Exception]:
    """Judge many files, those of one dataset in one run of the rules, which costs hardly more than one file.

    Where a run fails for a fault of ours, its files are judged one by one, so that
    one cannot take others along.
    """
    judged: dict[Key, Verdict | Exception] = {}
    for dataset in {table.dataset for table in tables.values()}:
        of_dataset = {key: table for key, table in tables.items() if table.dataset == dataset}
        try:
            verdicts = judge_many(
                list(of_dataset.values()),
                country,
                reference,
                [senders[key].day for key in of_dataset],
                [senders[key].area_code for key in of_dataset],
            )
            judged |= zip(of_dataset, verdicts, strict=True)
        except Exception as fault:
            if len(of_dataset) == 1:
                judged |= dict.fromkeys(of_dataset, fault)
            else:
                for key, table in of_dataset.items():
                    judged |= judge_tables({key: table}, senders, country, reference)
    return judged
