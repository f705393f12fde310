"""Retention: the bytes of files that name persons, or may, end after as many days as the country says.

What was loaded stays: pseudonyms, and counts; of what was answered to a file its outcome and numbers of rows. A file
that could not be read may name persons too, and ends likewise, and so does what it was called.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from sqlalchemy import text

from countries.country import Country
from sql import warehouse
from transforms.identity.audit import record
from transforms.identity.person import SYSTEM
from transforms.intake import inbox, raw_store
from transforms.intake.file_name import nameless
from transforms.intake.submit import record_state
from validators.contracts.contract import contracts

DUE = """
    WITH file AS (
        SELECT submission_id, receipt, sha256, filename,
               bool_or(dataset = ANY(:personal) OR dataset IS NULL
                       OR coalesce(outcome, 'unreadable') = 'unreadable') OVER same AS personal,
               bool_and(state <> 'received'
                        AND greatest(received_at, handed_in_at, tried_at) < :now - :days * interval '1 day')
                   OVER same AS over
        FROM ledger.submission
        WINDOW same AS (PARTITION BY sha256)  -- whoever sent these bytes, and as what
    )
    SELECT submission_id, receipt, sha256, filename FROM file WHERE personal AND over ORDER BY submission_id
"""
ENDED = """
    UPDATE ledger.submission SET raw_ended_at = :now, filename = :filename
    WHERE submission_id = :id AND raw_ended_at IS NULL
"""
# masked today; those of earlier days may hold a cell
ANSWERED = """
    WITH problems AS (DELETE FROM ledger.problem WHERE submission_id = :id)
    DELETE FROM ledger.rejected_row WHERE submission_id = :id
"""


def end_raw_files(country: Country, now: datetime | None = None) -> list[str]:
    """Delete the bytes of files that name persons and whose time is over. Returns their receipts.

    The bytes go first, so that a crash leaves a file to note and never a note about a file that is still there.
    """
    if country.retention is None:
        return []
    personal = [about.dataset for about in contracts().values() if about.names_persons]
    moment, ended = now or datetime.now(UTC), []
    with warehouse.transaction() as connection:
        due = connection.execute(
            text(DUE), {"personal": personal, "now": moment, "days": country.retention.person_files_days}
        ).all()
    for submission_id, receipt, digest, filename in due:
        there = raw_store.end(bytes(digest))
        inbox.forget(receipt)
        with warehouse.transaction() as connection:
            left = {"id": submission_id, "now": moment, "filename": nameless(filename, receipt)}
            noted = connection.execute(text(ENDED), left).rowcount
            if noted or there:
                connection.execute(text(ANSWERED), {"id": submission_id})
                rule = {"after_days": country.retention.person_files_days}
                record_state(connection, submission_id, "raw ended", json.dumps(rule))
                record(connection, SYSTEM, "end raw file", f"submission {receipt}", None, rule)
                ended.append(str(receipt))
    return ended
