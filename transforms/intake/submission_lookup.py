"""A submission in the ledger, as a person finds it who may see it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, text

from sala.errors import NotFound
from sql import warehouse
from transforms.identity.person import EVERYBODY, Person


@dataclass(frozen=True)
class Submission:
    """A submission's number and state; `area_code` is the area for which its sender reports."""

    id: int
    receipt: str
    state: str
    dataset: str | None
    verdicts: int
    digest: bytes
    filename: str
    area_code: str


SUBMISSION = """
    SELECT s.submission_id, s.receipt, s.state, s.dataset, s.verdicts, s.sha256, s.filename,
           coalesce(a.code, (SELECT definition ->> 'root' FROM core.country))
    FROM ledger.submission s
    LEFT JOIN core.area a ON a.area_id = s.from_area_id
    WHERE s.receipt = :receipt
"""


@contextmanager
def read_as(person: Person) -> Iterator[Connection]:
    """A transaction in which the person reads; Sala itself, on whose behalf ever, reads as the owner."""
    itself = person.unbound and person != EVERYBODY
    with warehouse.transaction() if itself else warehouse.acting(person.person_id) as connection:
        yield connection


def find(person: Person, receipt: str) -> Submission:
    """Raises NotFound, also for one that the person does not see."""
    with read_as(person) as connection:
        row = connection.execute(text(SUBMISSION), {"receipt": receipt.strip().upper()}).one_or_none()
    if row is None:
        raise NotFound("unknown_receipt", what=receipt)
    return Submission(row[0], row[1], row[2], row[3], row[4], bytes(row[5]), row[6], row[7])


def find_to_change(person: Person, receipt: str) -> Submission:
    """Likewise, for somebody who may report for the sender's area. Raises NotAllowed too."""
    submission = find(person, receipt)
    person.must("submit", submission.area_code)
    return submission
