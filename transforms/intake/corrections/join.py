"""Joining: a held file and the lines that it would drop of what stands become one file, handed in like any other."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection

from countries.country import Country
from sala.errors import Conflict
from sql import warehouse
from transforms.identity.person import Person
from transforms.intake.corrections.withdraw import withdraw
from transforms.intake.raw_store import fetch
from transforms.intake.read.isolated import read
from transforms.intake.submission_lookup import Submission, find_to_change
from transforms.intake.submit import Receipt, submit
from validators.contracts.contract import contract

STANDING = """
    SELECT s.*, NULL AS "group" FROM mart.scheme_return s
    JOIN mart.held_return h ON (h.area_code, h.period, h.subject) = (s.area_code, s.period, s.scheme)
    WHERE h.receipt = :receipt
"""
GROUPS = """
    SELECT s.*, s.population_group AS "group" FROM mart.group_return s
    JOIN mart.held_return h ON (h.area_code, h.period, h.subject) = (s.area_code, s.period, s.scheme)
    WHERE h.receipt = :receipt
"""


def join(person: Person, receipt: str, country: Country, via: str = "page") -> Receipt:
    """Hand in a held file's rows with the standing lines that it has not, and withdraw the held one.

    `via`: page, api or cli. Raises NotFound, NotAllowed, and Conflict where it is not held or not of schemes.
    """
    submission = find_to_change(person, receipt)
    if submission.state != "held" or submission.dataset != "scheme_returns":
        raise Conflict("nothing_to_join", receipt=submission.receipt)
    rows = read(fetch(submission.digest), country, submission.dataset, submission.filename).frame
    with person.acting() as connection:
        joined = _joined(rows.astype("str"), _standing(connection, submission))
    because = f"{submission.receipt} + lines that stood"
    taken = submit(
        joined.to_csv(index=False).encode(),
        f"{submission.filename.rsplit('.', 1)[0]} joined.csv",
        by=person,
        via=via,
        dataset=submission.dataset,
        because=because,
    )
    withdraw(person, submission.receipt, f"Joined with what stood: {taken.receipt}")
    return taken


def _standing(connection: Connection, submission: Submission) -> pd.DataFrame:
    names = contract("scheme_returns").names
    standing = [warehouse.read(connection, query, receipt=submission.receipt) for query in (STANDING, GROUPS)]
    lines = pd.concat([frame.reindex(columns=list(names)).astype("object") for frame in standing])
    lines["disability"] = lines["disability"].replace("_T", None)
    return lines


def _joined(rows: pd.DataFrame, standing: pd.DataFrame) -> pd.DataFrame:
    """The rows, and the standing lines of which they have none like it."""
    key = list(contract("scheme_returns").line_key)
    lines = standing.map(lambda value: None if pd.isna(value) else _written(value)).astype("str")
    sent = pd.MultiIndex.from_frame(rows[key].fillna(""))
    return pd.concat([rows, lines[~pd.MultiIndex.from_frame(lines[key].fillna("")).isin(sent)]])


def _written(value: object) -> str:
    return f"{value:.15g}" if isinstance(value, float) else str(value)
