"""The lines of returns that stand: what names each beside its return, in the file's codes, and what they give."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection

from sql import warehouse
from transforms.intake.file_keys import FileKeys, coded

SCHEME_LINES = """
    SELECT return_id, ascii(sex::text) AS sex, age_group_id, ascii(disability::text) AS disability, 0 AS group_id,
           sum(beneficiaries) AS before
    FROM core.scheme_line
    WHERE period_id = ANY(%(periods)s::integer[]) AND return_id = ANY(%(returns)s::integer[])
    GROUP BY return_id, sex, age_group_id, disability
    UNION ALL
    SELECT return_id, ascii(sex::text), age_group_id, ascii(disability::text), group_id, sum(beneficiaries)
    FROM core.group_line
    WHERE period_id = ANY(%(periods)s::integer[]) AND return_id = ANY(%(returns)s::integer[])
    GROUP BY return_id, sex, age_group_id, disability, group_id
"""
POPULATION_LINES = """
    SELECT return_id, ascii(sex::text) AS sex, age_group_id, sum(population) AS before
    FROM core.population_line WHERE return_id = ANY(%(returns)s::integer[])
    GROUP BY return_id, sex, age_group_id
"""
OTHER_LINES = {
    "grievances": """
        SELECT return_id, category, sex::text AS sex, coalesce(channel, '') AS channel, received AS before
        FROM core.grievance_line WHERE return_id = ANY (CAST(:returns AS integer[]))
    """,
    "beneficiary_list": """
        SELECT return_id, person::text AS person_id, 1 AS before
        FROM core.beneficiary_line WHERE return_id = ANY (CAST(:returns AS integer[]))
    """,
    "flash_items": """
        SELECT return_id, kind, text, 0 AS before
        FROM core.flash_item WHERE return_id = ANY (CAST(:returns AS integer[]))
    """,
    "targets": """
        SELECT return_id, replace(sex::text, 'T', '_T') AS sex, kind, 0 AS before
        FROM core.target_line WHERE return_id = ANY (CAST(:returns AS integer[]))
    """,
    "control_totals": """
        SELECT return_id, replace(sex::text, 'T', '_T') AS sex, beneficiaries AS before
        FROM core.control_line WHERE return_id = ANY (CAST(:returns AS integer[]))
    """,
}
# How many lines give a value that a line need not give.
GIVEN = {
    "scheme_returns": """
        SELECT return_id, count(contributors) AS contributors, count(registered) AS registered,
               count(new_enrolments) AS new_enrolments, count(exits) AS exits, count(amount_paid) AS amount_paid,
               count(applied) AS applied, count(refused) AS refused, count(waiting) AS waiting,
               count(paid_on_time) AS paid_on_time, count(records_updated) AS records_updated,
               count(accepted) AS accepted, count(first_paid) AS first_paid
        FROM core.scheme_line
        WHERE period_id = ANY(%(periods)s::integer[]) AND return_id = ANY(%(returns)s::integer[])
        GROUP BY return_id
    """,
    "beneficiary_list": """
        SELECT return_id, count(amount_paid) AS amount_paid
        FROM core.beneficiary_line WHERE return_id = ANY(%(returns)s::integer[]) GROUP BY return_id
    """,
    "flash_items": """
        SELECT return_id, count(needs_layer_id) AS needs_layer, count(due) AS due, count(stays_because) AS stays_because
        FROM core.flash_item WHERE return_id = ANY(%(returns)s::integer[]) GROUP BY return_id
    """,
    "targets": """
        SELECT return_id, count(cost) AS cost, count(responsible) AS responsible
        FROM core.target_line WHERE return_id = ANY(%(returns)s::integer[]) GROUP BY return_id
    """,
    "control_totals": """
        SELECT return_id, count(amount_paid) AS amount_paid
        FROM core.control_line WHERE return_id = ANY(%(returns)s::integer[]) GROUP BY return_id
    """,
}


def standing_lines(connection: Connection, keys: FileKeys, returns: str) -> pd.DataFrame | None:
    """`Standing.lines` of returns whose numbers are written as an array; None where a return has one line at most."""
    params = {"periods": keys.params["periods"], "returns": returns}
    match keys.contract.dataset:
        case "scheme_returns":
            return _coded(warehouse.extract(connection, SCHEME_LINES, params), keys)
        case "population":
            return _coded(warehouse.extract(connection, POPULATION_LINES, params), keys)
        case dataset if dataset in OTHER_LINES:
            rows = warehouse.read(connection, OTHER_LINES[dataset], returns=returns)
            return _persons(rows, keys) if "person_id" in rows else rows
        case _:
            return None


def given_values(connection: Connection, keys: FileKeys, returns: str) -> pd.DataFrame | None:
    """`Standing.given` of the same returns; None where no line of the dataset has a value that may be left out."""
    query = GIVEN.get(keys.contract.dataset)
    params = {"periods": keys.params["periods"], "returns": returns}
    return warehouse.extract(connection, query, params) if query else None


def _coded(rows: pd.DataFrame, keys: FileKeys) -> pd.DataFrame:
    columns: dict[str, pd.Series] = {"return_id": rows["return_id"], "sex": _letters(rows["sex"], "FMXU")}
    for name in ("age_group", "group"):
        if f"{name}_id" in rows:
            numbers = keys.data.keys.others.get(name, pd.Series(dtype="int16"))
            codes = pd.Series(["", *numbers.index], index=[0, *numbers.to_numpy()])
            codes = codes[~codes.index.duplicated(keep="last")]
            columns[name] = pd.Series(coded(rows[f"{name}_id"], codes))
    if "disability" in rows:
        columns["disability"] = _letters(rows["disability"], "TYNU").cat.rename_categories({"T": ""})
    return pd.DataFrame(columns).assign(before=rows["before"])


def _letters(numbers: pd.Series, letters: str) -> pd.Series:
    codes = pd.Series(list(letters), index=[ord(letter) for letter in letters])
    return pd.Series(coded(numbers, codes))


def _persons(rows: pd.DataFrame, keys: FileKeys) -> pd.DataFrame:
    """The lines by the file's own identifiers; a person whom it has not keeps the pseudonym."""
    persons = keys.verdict.persons
    if persons is None or rows.empty:
        return rows
    written = [digest.decode() for digest in persons.hexadecimal]
    identifiers = dict(zip(written, keys.verdict.good["person_id"].array.categories, strict=True))
    return rows.assign(person_id=rows["person_id"].map(lambda person: identifiers.get(person, person)))
