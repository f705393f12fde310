"""Returns that stand beside those of a file, replaced by none of them, and speak of the same persons or money."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from countries.period import Period
from sql import warehouse
from transforms.intake.file_keys import FileKeys, array, coded
from transforms.intake.sender import Sender
from validators.rules.list_and_return import area_at

# Of areas above and below each other, one counts in place of the other.
FIGURES = """
    SELECT r.period_id, r.area_id, r.scheme_id AS subject_id, r.submission_id, '' AS cell,
           coalesce(r.total, 0)::double precision AS total
    FROM core.return r
    WHERE r.dataset = :dataset AND r.known_to = 'infinity' AND r.submission_id <> :submission
      AND r.period_id = ANY (CAST(:periods AS integer[])) AND r.scheme_id = ANY (CAST(:subjects AS smallint[]))
"""
GRIEVANCES = """
    SELECT r.period_id, r.area_id, 0 AS subject_id, r.submission_id, l.category || ' ' || l.sex::text AS cell,
           sum(l.received)::double precision AS total
    FROM core.return r
    JOIN core.grievance_line l USING (return_id)
    WHERE r.dataset = :dataset AND r.known_to = 'infinity' AND r.submission_id <> :submission
      AND r.period_id = ANY (CAST(:periods AS integer[]))
    GROUP BY r.period_id, r.area_id, r.submission_id, l.category, l.sex
"""
RELATIVES = {"population": FIGURES, "allocations": FIGURES, "grievances": GRIEVANCES}
# Persons of no known place, beside all that the areas below report.
REMAINDERS = """
    SELECT r.period_id, r.area_id, r.scheme_id AS subject_id, r.submission_id, r.total::double precision AS total,
           coalesce((
               SELECT sum(b.total)
               FROM core.area below
               JOIN core.return b ON b.area_id = below.area_id
               WHERE below.tree_left > a.tree_left AND below.tree_left <= a.tree_right
                 AND b.period_id = r.period_id AND b.scheme_id = r.scheme_id
                 AND b.dataset = 'scheme_returns' AND b.known_to = 'infinity'), 0)::double precision AS parts
    FROM core.return r
    JOIN core.area a USING (area_id)
    JOIN core.scheme s USING (scheme_id)
    WHERE r.dataset = 'scheme_returns' AND r.known_to = 'infinity' AND r.submission_id <> :submission
      AND r.period_id = ANY (CAST(:periods AS integer[])) AND r.scheme_id = ANY (CAST(:subjects AS smallint[]))
      AND a.layer_id < s.layer_id
"""
IN_THE_YEAR = """
    SELECT r.period_id, r.area_id, r.scheme_id AS subject_id, r.submission_id, r.total::double precision AS total
    FROM core.return r
    WHERE r.dataset = 'allocations' AND r.known_to = 'infinity' AND r.submission_id <> :submission
      AND r.period_id / 1000 = ANY (CAST(:years AS integer[])) AND r.scheme_id = ANY (CAST(:subjects AS smallint[]))
      AND (:everywhere OR r.area_id = ANY (CAST(:areas AS integer[])))
"""
COUNTED_OTHERWISE = {
    "beneficiary_list": """
        SELECT r.period_id, r.area_id, r.scheme_id AS subject_id, r.submission_id, r.total::double precision AS total
        FROM core.return r
        WHERE r.dataset = 'scheme_returns' AND r.known_to = 'infinity' AND NOT r.from_list
          AND r.period_id = ANY (CAST(:periods AS integer[])) AND r.scheme_id = ANY (CAST(:subjects AS smallint[]))
          AND r.area_id = ANY (CAST(:areas AS integer[]))
    """,
    "scheme_returns": """
        SELECT r.period_id, key.area_id, r.scheme_id AS subject_id, max(r.submission_id) AS submission_id,
               sum(r.lines)::double precision AS total
        FROM core.return r
        JOIN core.scheme s USING (scheme_id)
        JOIN core.area a ON a.area_id = r.area_id
        JOIN core.area key ON a.tree_left BETWEEN key.tree_left AND key.tree_right
            AND key.layer_id = least(a.layer_id, s.layer_id)
        WHERE r.dataset = 'beneficiary_list' AND r.known_to = 'infinity'
          AND r.submission_id NOT IN (SELECT submission_id FROM ledger.submission WHERE via = 'sample')
          AND r.period_id = ANY (CAST(:periods AS integer[])) AND r.scheme_id = ANY (CAST(:subjects AS smallint[]))
          AND (:everywhere OR key.area_id = ANY (CAST(:areas AS integer[])))
        GROUP BY r.period_id, key.area_id, r.scheme_id
    """,
}
SENDERS = """
    SELECT submission_id, submitted_by AS sender, received_at::date::text AS day
    FROM ledger.submission WHERE submission_id = ANY (CAST(:ids AS integer[]))
"""


def standing_beside(connection: Connection, keys: FileKeys, sender: Sender) -> dict[str, Any]:
    """`relatives`, `remainders`, `in_the_year` and `counted_otherwise` of `Standing`, each where the dataset has it. A
    made-up round is asked nothing.
    """
    if sender.is_made_up:
        return {}
    # populations are open to everybody; of the rest, what the sender may not see is not told
    open_to_all = keys.contract.dataset == "population"
    with nullcontext() if open_to_all else sender.rights.reading(connection):
        rows = dict(_rows(connection, keys, sender))
    return {name: _named(connection, of_name, keys) for name, of_name in rows.items()}


def _rows(connection: Connection, keys: FileKeys, sender: Sender) -> Iterator[tuple[str, pd.DataFrame]]:
    dataset, country = keys.contract.dataset, keys.data.country
    params: dict[str, Any] = keys.params | {"submission": sender.submission_id}
    if dataset in RELATIVES:
        yield "relatives", warehouse.read(connection, RELATIVES[dataset], **params)
    if dataset == "scheme_returns" and any(country.scheme(id).place_not_known for id in keys.subjects):
        yield "remainders", warehouse.read(connection, REMAINDERS, **params)
    if dataset == "allocations":
        years = array(sorted({period.starts_on.year for period in keys.periods}))
        yield "in_the_year", warehouse.read(connection, IN_THE_YEAR, **params, years=years)
    if dataset in COUNTED_OTHERWISE:
        of_lists = {"areas": array(_reporting(keys))} if dataset == "beneficiary_list" else {}
        rows = warehouse.read(connection, COUNTED_OTHERWISE[dataset], **params | of_lists)
        yield "counted_otherwise", rows


def _reporting(keys: FileKeys) -> pd.Series:
    """The numbers of the areas that report the schemes of a file where its areas lie."""
    reference = keys.data.reference
    depths = {reference.country.depth(reference.country.scheme(scheme).layer) for scheme in keys.subjects}
    codes = {area_at(area, depth, reference) for area in keys.codes for depth in depths}
    areas = keys.data.keys.areas
    return areas.loc[areas["code"].isin(codes), "area_id"]


def _named(connection: Connection, rows: pd.DataFrame, keys: FileKeys) -> pd.DataFrame:
    """With codes in place of numbers, of all areas, and who sent each when."""
    areas = keys.data.keys.areas.set_index("area_id")["code"]
    senders = warehouse.read(connection, SENDERS, ids=array(rows["submission_id"].unique()))
    named = pd.DataFrame(
        {
            keys.period_column: rows["period_id"].map(Period.key_of).astype("str"),
            "area_code": rows["area_id"].map(areas).astype("str"),
            keys.contract.subject or "subject": coded(rows["subject_id"], keys.subjects).astype("str"),
        }
    )
    rest = rows.drop(columns=["period_id", "area_id", "subject_id"])
    return pd.concat([named, rest], axis=1).merge(senders, on="submission_id")
