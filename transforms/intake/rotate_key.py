"""A new key of pseudonyms: lists are read again from their sealed files, and persons written under the new key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pandas as pd
from sqlalchemy import Connection, text

from countries.country import Country
from sala.errors import Conflict, Gone, Unavailable
from sql import warehouse
from transforms.identity.audit import record
from transforms.identity.person import SYSTEM
from transforms.intake.keys import made, of_version
from transforms.intake.pseudonyms import KEEP, Key, key_in_use, mark, pseudonyms
from transforms.intake.raw_store import fetch
from transforms.intake.read.isolated import read
from transforms.intake.reference_data import ReferenceData, day_of, reference_data
from validators.persons import Persons
from validators.verdict import judge

FILES = """
    SELECT s.submission_id, s.receipt, s.sha256, s.filename, bool_or(r.known_to = 'infinity') AS stands
    FROM core.return r
    JOIN ledger.submission s USING (submission_id)
    WHERE r.dataset = 'beneficiary_list'
    GROUP BY s.submission_id
    ORDER BY s.submission_id
"""
PERIODS = "SELECT DISTINCT period_id FROM core.return WHERE dataset = 'beneficiary_list' ORDER BY period_id"
REWRITE = """
    UPDATE core.beneficiary_line b
    SET person = n.now, key_version = :version
    FROM renamed n, core.return r
    WHERE r.return_id = b.return_id AND r.submission_id = :id AND b.row_number = n.row_number AND b.person = n.before
"""
LEFT = """
    SELECT count(*) FROM core.beneficiary_line b JOIN core.return r USING (return_id)
    WHERE r.submission_id = :id AND b.key_version <> :version
"""


@dataclass(frozen=True)
class Rotated:
    """The version now in use, the files read again, and the receipts of replaced lists whose files have ended."""

    version: int
    files: int
    ended: list[str]


def rotate_key(country: Country) -> Rotated:
    """Make the next pseudonym key and write every list under it, in one transaction: all of them or none.

    Raises Conflict where the file of a list that stands has ended or does not say what was stored; Unavailable where
    the key in use is missing or is another one.
    """
    with warehouse.transaction() as connection:
        for period in connection.execute(text(PERIODS)).scalars():
            warehouse.take_lock(connection, "returns", "beneficiary_list", period)
        data = reference_data(connection, country)
        if data is None:
            raise Unavailable("no_country")
        before = key_in_use(connection)
        now = _next(before)
        files, ended = 0, []
        for file in connection.execute(text(FILES)).all():
            try:
                raw = fetch(bytes(file.sha256))
            except Gone:
                if file.stands:
                    raise Conflict("key_file_ended", receipt=file.receipt) from None
                ended.append(str(file.receipt))
                continue
            _rewrite(connection, file.submission_id, _renamed(raw, file.filename, data, before, now), now)
            left = connection.execute(
                text(LEFT), {"id": file.submission_id, "version": now.version}
            ).scalar_one()
            if left:
                raise Conflict("key_file_differs", receipt=file.receipt, lines=left)
            files += 1
        connection.execute(text(KEEP), {"version": now.version, "mark": mark(now)})
        detail = {"version": now.version, "files": files, "ended": len(ended)}
        record(connection, SYSTEM, "rotate pseudonym key", f"key {now.version}", country.root, detail)
    return Rotated(now.version, files, ended)


def _next(key: Key) -> Key:
    """The key of the next version: one that was put there, or that an earlier try left, else a new one."""
    try:
        return of_version("pseudonym", key.version + 1)
    except Unavailable:
        return made("pseudonym", key.version + 1)


def _renamed(raw: bytes, filename: str, data: ReferenceData, before: Key, now: Key) -> pd.DataFrame:
    table = read(raw, data.country, "beneficiary_list", filename)
    good = judge(table, data.country, data.reference, day_of(datetime.now(UTC), data.country)).good
    under = {
        name: pseudonyms(Persons.of(good["person_id"].array, key.secret), key)["person"]
        for name, key in (("before", before), ("now", now))
    }
    return pd.DataFrame({"row_number": good["row_number"].to_numpy(dtype="int32"), **under})


def _rewrite(connection: Connection, submission_id: int, renamed: pd.DataFrame, now: Key) -> None:
    create = 'CREATE TEMP TABLE renamed (row_number integer, "before" bytea, "now" bytea) ON COMMIT DROP'
    connection.execute(text(create))
    warehouse.copy(connection, "renamed", renamed)
    connection.execute(text(REWRITE), {"id": submission_id, "version": now.version})
    connection.execute(text("DROP TABLE renamed"))
