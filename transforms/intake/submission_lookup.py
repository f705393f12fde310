"""A submission in the ledger, as a person finds it who may see it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text

from sala.errors import NotAllowed, NotFound
from transforms.identity.filing import may_correct
from transforms.identity.person import Person


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


def find(person: Person, receipt: str) -> Submission:
    """Raises NotFound, also for one that the person does not see."""
    with person.acting() as connection:
        row = connection.execute(text(SUBMISSION), {"receipt": receipt.strip().upper()}).one_or_none()
    if row is None:
        raise NotFound("unknown_receipt", what=receipt)
    return Submission(row[0], row[1], row[2], row[3], row[4], bytes(row[5]), row[6], row[7])


def find_to_change(person: Person, receipt: str) -> Submission:
    """Likewise, for somebody who may file every return of it that stands. Raises NotAllowed too."""
    submission = find(person, receipt)
    if not may_correct(person, submission.id):
        raise not_correcting(submission)
    return submission


def may_change(person: Person, receipt: str) -> bool:
    """Whether somebody may confirm, retry or withdraw the whole of a submission; nobody may of an unknown one."""
    query = "SELECT core.may_correct(submission_id) FROM ledger.submission WHERE receipt = :receipt"
    with person.acting() as connection:
        return bool(connection.execute(text(query), {"receipt": receipt.strip().upper()}).scalar())


def not_correcting(submission: Submission) -> NotAllowed:
    """What is said to somebody who may see a submission and not change it."""
    return NotAllowed("not_correcting", receipt=submission.receipt)
