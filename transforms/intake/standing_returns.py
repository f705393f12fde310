"""The returns that a file would replace: what they say, who sent them, and what stood before them."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection

from sql import warehouse
from transforms.intake.file_keys import FileKeys, array, coded
from transforms.intake.reference_data import ReferenceData
from transforms.intake.sender import Sender
from validators.rules.replacements import Standing
from validators.verdict import Verdict

# Those that stand, and those that others replaced: an old copy is told by them.
RETURNS = """
    SELECT r.period_id, r.area_id, s.subject_id, r.return_id, r.lines, coalesce(r.total, 0) AS total, r.submission_id,
           (r.known_to = 'infinity')::integer AS stands, r.partial::integer AS partial
    FROM core.return r
    CROSS JOIN LATERAL (SELECT r.scheme_id + r.indicator_id + r.administrator_id AS subject_id) AS s
    WHERE r.dataset = %(dataset)s AND r.submission_id <> %(submission)s AND r.withdrawal_id IS NULL
      AND r.period_id = ANY(%(periods)s::integer[]) AND s.subject_id = ANY(%(subjects)s::smallint[])
      AND (%(everywhere)s OR r.area_id = ANY(%(areas)s::integer[]))
"""
LINES = """
    SELECT return_id, ascii(sex::text) AS sex, age_group_id, ascii(disability::text) AS disability,
           sum(beneficiaries) AS beneficiaries
    FROM core.scheme_line
    WHERE period_id = ANY(%(periods)s::integer[]) AND return_id = ANY(%(returns)s::integer[])
    GROUP BY return_id, sex, age_group_id, disability
"""
# A made-up round is nobody's.
SUBMISSIONS = """
    SELECT s.submission_id, s.submitted_by AS sender, s.received_at::date::text AS day, s.turn > :turn AS newer,
           s.via <> 'sample' AND s.submitted_by <> own.submitted_by AS of_others
    FROM ledger.submission s
    LEFT JOIN ledger.submission own ON own.submission_id = :submission
    WHERE s.submission_id = ANY (CAST(:ids AS integer[]))
"""


def standing_returns(
    connection: Connection, verdict: Verdict, data: ReferenceData, sender: Sender
) -> Standing | None:
    """What stands of the returns in a file's good rows; None where nothing does."""
    if verdict.table is None or not verdict.stored.any():
        return None
    keys = FileKeys(verdict, data)
    params = keys.params | {"submission": sender.submission_id}
    with sender.rights.reading(connection):  # what they may not see is not told
        rows = warehouse.extract(connection, RETURNS, params)
    if rows.empty:
        return None
    returns = keys.coded(rows).merge(
        _submissions(connection, rows["submission_id"], sender), on="submission_id"
    )
    return Standing(returns, _lines(connection, keys, rows) if verdict.dataset == "scheme_returns" else None)


def _submissions(connection: Connection, ids: pd.Series, sender: Sender) -> pd.DataFrame:
    submissions = warehouse.read(
        connection, SUBMISSIONS, turn=sender.turn, submission=sender.submission_id, ids=array(ids.unique())
    )
    return submissions.assign(of_others=submissions["of_others"].fillna(False).astype(bool))


def _lines(connection: Connection, keys: FileKeys, returns: pd.DataFrame) -> pd.DataFrame:
    standing = array(returns.loc[returns["stands"] == 1, "return_id"])
    rows = warehouse.extract(connection, LINES, keys.params | {"returns": standing})
    ages = keys.data.keys.others["age_group"]
    return pd.DataFrame(
        {
            "return_id": rows["return_id"],
            "sex": _letters(rows["sex"], "FMXU"),
            "age_group": coded(rows["age_group_id"], pd.Series(ages.index, index=ages.to_numpy())).astype(
                "str"
            ),
            "disability": _letters(rows["disability"], "TYNU"),
            "before": rows["beneficiaries"],
        }
    )


def _letters(numbers: pd.Series, letters: str) -> pd.Series:
    return pd.Series(
        coded(numbers, pd.Series(list(letters), index=[ord(letter) for letter in letters])), dtype="str"
    )
