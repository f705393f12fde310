"""Withdrawing: a submission, or some of its returns, stand no more.

What stood before them does not come back by itself: nobody has said that it is right after all. Nothing stands then,
and the areas count as not having reported until somebody hands in a file; the older file may be handed in anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection, text

from countries.period import Period
from sala.errors import Conflict
from sql import warehouse
from transforms.identity.audit import record
from transforms.identity.filing import may_correct
from transforms.identity.person import Person
from transforms.intake.announcement import announce
from transforms.intake.load import sum_populations
from transforms.intake.submission_lookup import Submission, find, not_correcting
from transforms.intake.submit import record_state

WAITING = ("received", "held")
"""States of a file that has not been taken in yet."""


@dataclass(frozen=True)
class Which:
    """Of a submission's returns those of a period, an area, a scheme (or for targets an indicator), and those that a
    newer file of the same sender, named by its receipt, no longer has.
    """

    period: str | None = None
    area_code: str | None = None
    about: str | None = None
    left_out_of: str | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing is named, so that all the submission's returns are meant."""
        return self == Which()


def withdraw(person: Person, receipt: str, because: str, which: Which | None = None) -> int:
    """Take a submission back, or those of its returns that are named. Returns how many returns stand no more.

    A file that has not been taken in yet will not be. Raises NotFound, NotAllowed, Conflict.
    """
    which, reason = which or Which(), because.strip()
    if not reason:
        raise Conflict("withdrawal_reason")
    submission = find(person, receipt)
    if which.left_out_of:
        which = replace(which, left_out_of=find(person, which.left_out_of).receipt)
    with warehouse.transaction() as connection:
        state = _hold(connection, submission)
        # of a file that waits no return stands by which Postgres could refuse
        if (which.whole or state in WAITING) and not may_correct(person, submission.id):
            raise not_correcting(submission)
        if state == "withdrawn":
            raise Conflict("already_withdrawn", receipt=submission.receipt)
        periods = _close(connection, person, submission, reason, which)
        left = _standing(connection, submission)
        if state not in WAITING and not periods:
            raise Conflict("nothing_to_withdraw", receipt=submission.receipt)
        if which.whole or not left:
            connection.execute(
                text("UPDATE ledger.submission SET state = 'withdrawn' WHERE submission_id = :id"),
                {"id": submission.id},
            )
            record_state(connection, submission.id, "withdrawn")
        if submission.dataset and periods:
            sum_populations(connection, submission.dataset, sorted(set(periods)))
        detail = {"because": reason, "returns": len(periods)} | (vars(which) if not which.whole else {})
        record(
            connection, person, "withdraw", f"submission {submission.receipt}", submission.area_code, detail
        )
    announce()
    return len(periods)


def _hold(connection: Connection, submission: Submission) -> str:
    """Nobody else takes the file in or back meanwhile."""
    return str(
        connection.execute(
            text("SELECT state FROM ledger.submission WHERE submission_id = :id FOR UPDATE"),
            {"id": submission.id},
        ).scalar_one()
    )


def _close(
    connection: Connection, person: Person, submission: Submission, because: str, which: Which
) -> list[Period]:
    """The period of each return that stands no more. Raises NotAllowed where one of them is not theirs to end."""
    withdrawal = warehouse.run(
        connection,
        "load/withdraw.sql",
        submission_id=submission.id,
        withdrawn_by=person.name or "visitor",
        because=because,
        whole=which.whole,
        period=which.period,
        area=which.area_code,
        about=which.about,
        left_out_of=which.left_out_of,
    )
    row = withdrawal.one_or_none()
    if row is None:
        return []
    with person.rights.filing(connection):
        ended = warehouse.run(
            connection, "load/end_returns.sql", withdrawal_id=row.withdrawal_id, withdrawn_at=row.withdrawn_at
        )
        keys = ended.scalars().all()
    if len(keys) < row.returns:
        raise not_correcting(submission)
    return [Period.parse(key) for key in keys]


def _standing(connection: Connection, submission: Submission) -> bool:
    return bool(
        connection.execute(
            text(
                "SELECT EXISTS (SELECT FROM core.return"
                " WHERE submission_id = :id AND known_to = 'infinity' AND NOT from_list)"
            ),
            {"id": submission.id},
        ).scalar()
    )
