"""The returns that a file would replace: what they say, who sent them, and what stood before them."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection

from sql import warehouse
from transforms.intake.file_keys import FileKeys, array, coded
from transforms.intake.persons_elsewhere import persons_elsewhere
from transforms.intake.reference_data import ReferenceData
from transforms.intake.sender import Sender
from transforms.intake.standing_beside import standing_beside
from transforms.intake.standing_lines import given_values, standing_lines
from validators.messages import limits
from validators.rules.replacements import Standing
from validators.rules.returns import Returns
from validators.verdict import Verdict

# Those that stand, what lists gave among them, and those that others replaced: an old copy is told by them.
RETURNS = """
    SELECT r.period_id, r.area_id, s.subject_id, r.return_id, r.lines, coalesce(r.total, 0) AS total,
           coalesce(r.mark, 0) AS mark, r.submission_id, (r.known_to = 'infinity')::integer AS stands,
           r.partial::integer AS partial
    FROM core.return r
    CROSS JOIN LATERAL (SELECT r.scheme_id + r.indicator_id + r.administrator_id AS subject_id) AS s
    WHERE r.dataset = %(dataset)s AND r.submission_id <> %(submission)s AND r.withdrawal_id IS NULL
      AND NOT (r.from_list AND r.submission_id IN (SELECT submission_id FROM ledger.submission WHERE via = 'sample'))
      AND r.period_id = ANY(%(periods)s::integer[]) AND s.subject_id = ANY(%(subjects)s::smallint[])
      AND (%(everywhere)s OR r.area_id = ANY(%(areas)s::integer[]))
"""
# What says the same of the same areas: under another period, or about something else.
TWINS = """
    SELECT r.period_id, r.area_id, r.scheme_id + r.indicator_id + r.administrator_id AS subject_id, r.mark
    FROM core.return r
    WHERE r.dataset = %(dataset)s AND r.known_to = 'infinity' AND r.submission_id <> %(submission)s AND NOT r.zero
      AND r.mark = ANY(%(marks)s::bigint[]) AND (%(everywhere)s OR r.area_id = ANY(%(areas)s::integer[]))
"""
# What was withdrawn where nothing stands since.
WITHDRAWN = """
    SELECT r.period_id, r.area_id, r.scheme_id + r.indicator_id + r.administrator_id AS subject_id, r.mark,
           r.withdrawal_id
    FROM core.return r
    WHERE r.dataset = %(dataset)s AND r.withdrawal_id IS NOT NULL AND r.mark <> 0
      AND r.submission_id <> %(submission)s AND r.period_id = ANY(%(periods)s::integer[])
      AND r.scheme_id + r.indicator_id + r.administrator_id = ANY(%(subjects)s::smallint[])
      AND (%(everywhere)s OR r.area_id = ANY(%(areas)s::integer[]))
"""
WITHDRAWALS = """
    SELECT withdrawal_id, withdrawn_by AS sender, withdrawn_at::date::text AS day, because
    FROM ledger.withdrawal WHERE withdrawal_id = ANY (CAST(:ids AS integer[]))
"""
OF_FILES = """
    SELECT r.period_id, r.area_id, s.subject_id, r.return_id, r.submission_id
    FROM core.return r
    CROSS JOIN LATERAL (SELECT r.scheme_id + r.indicator_id + r.administrator_id AS subject_id) AS s
    WHERE r.dataset = %(dataset)s AND r.known_to = 'infinity' AND NOT r.from_list
      AND r.submission_id = ANY(%(files)s::integer[])
      AND r.period_id = ANY(%(periods)s::integer[]) AND s.subject_id = ANY(%(subjects)s::smallint[])
"""
# A made-up round is nobody's.
SUBMISSIONS = """
    SELECT s.submission_id, s.receipt, s.submitted_by AS sender, s.received_at::date::text AS day,
           s.via = 'sample' AS made_up, s.turn > :turn AS newer,
           s.via <> 'sample' AND s.submitted_by <> :name AS of_others,
           s.via <> 'sample' AND s.submitted_by = :name AND s.turn < :turn AS own_older
    FROM ledger.submission s
    WHERE s.submission_id = ANY (CAST(:ids AS integer[]))
"""


def standing_returns(
    connection: Connection, verdict: Verdict, data: ReferenceData, sender: Sender
) -> Standing | None:
    """What stands of the returns in a file's good rows and beside them; None where it has none, or where its sender saw
    it while writing.
    """
    if verdict.table is None or not verdict.stored.any():
        return None
    if sender.is_shown_what_stands(verdict.table.contract):
        return None
    keys = FileKeys(verdict, data)
    params = keys.params | {"submission": sender.submission_id}
    own = verdict.returns
    with sender.rights.reading(connection):  # what they may not see is not told
        rows = warehouse.extract(connection, RETURNS, params)
        marks = array(
            own.frame.loc[own.frame["total"] != 0 if keys.contract.counted else slice(None), "mark"].unique()
        )
        withdrawn = warehouse.extract(connection, WITHDRAWN, params)
        twins = warehouse.extract(connection, TWINS, params | {"marks": marks})
    submissions = _submissions(connection, rows["submission_id"], sender)
    older = submissions[submissions["own_older"]]
    files = warehouse.extract(connection, OF_FILES, params | {"files": array(older["submission_id"])})
    replaceable = array(rows.loc[rows["stands"] == 1, "return_id"])
    return Standing(
        keys.coded(rows).merge(submissions, on="submission_id"),
        standing_lines(connection, keys, replaceable),
        _twins(twins, keys),
        *_vintages(files, older, own, keys),
        given_values(connection, keys, array(_of_somebody(rows, submissions))),
        _withdrawn(connection, withdrawn, keys),
        persons_elsewhere(connection, keys, sender) if verdict.dataset == "beneficiary_list" else None,
        **standing_beside(connection, keys, sender),
    )


def _of_somebody(rows: pd.DataFrame, submissions: pd.DataFrame) -> pd.Series:
    """The returns that stand and are not of a made-up round, which gives every value there is."""
    made_up = submissions.loc[submissions["made_up"], "submission_id"]
    return rows.loc[(rows["stands"] == 1) & ~rows["submission_id"].isin(made_up), "return_id"]


def _withdrawn(connection: Connection, rows: pd.DataFrame, keys: FileKeys) -> pd.DataFrame:
    withdrawals = warehouse.read(connection, WITHDRAWALS, ids=array(rows["withdrawal_id"].unique()))
    return keys.coded(rows).merge(withdrawals, on="withdrawal_id")


def _twins(rows: pd.DataFrame, keys: FileKeys) -> pd.DataFrame:
    named = keys.coded(rows)
    if keys.contract.subject:
        numbers = keys.data.keys.others.get(keys.contract.subject, pd.Series(dtype="int16"))
        codes = pd.Series(["", *numbers.index], index=[0, *numbers.to_numpy()])
        named[keys.contract.subject] = coded(rows["subject_id"], codes)
    return named


def _vintages(
    files: pd.DataFrame, older: pd.DataFrame, own: Returns, keys: FileKeys
) -> tuple[list[str], pd.DataFrame]:
    """`anew` and `left_out` of `Standing`."""
    if files.empty:
        return [], files.assign(area_code="", file="", date="")[["return_id", "area_code", "file", "date"]]
    named = keys.coded(files)
    key = list(own.key)
    brought = pd.MultiIndex.from_frame(named[key].astype("str")).isin(
        pd.MultiIndex.from_frame(own.frame[key].astype("str"))
    )
    shares = pd.Series(brought, index=files["submission_id"]).groupby(level=0).mean()
    anew = older[
        older["submission_id"].isin(shares.index[shares >= limits("left_out", keys.data.country)["share"]])
    ]
    left = files.loc[~brought]
    codes = keys.data.keys.areas.set_index("area_id")["code"]
    left = left.assign(area_code=left["area_id"].map(codes).astype("str"))
    left = left.merge(anew.rename(columns={"receipt": "file", "day": "date"}), on="submission_id")
    return anew["receipt"].tolist(), left[["return_id", "area_code", "file", "date"]]


def _submissions(connection: Connection, ids: pd.Series, sender: Sender) -> pd.DataFrame:
    submissions = warehouse.read(
        connection, SUBMISSIONS, turn=sender.turn, name=sender.name, ids=array(ids.unique())
    )
    return submissions.astype({"made_up": bool, "newer": bool, "of_others": bool, "own_older": bool})
