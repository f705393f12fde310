"""Persons of a list who stand in the lists of other areas."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection, text

from countries.period import Period
from sql import warehouse
from transforms.intake.file_keys import FileKeys, array
from transforms.intake.sender import Sender

LISTS = """
    FROM core.return r
    JOIN ledger.submission s USING (submission_id)
    WHERE r.dataset = 'beneficiary_list' AND r.known_to = 'infinity' AND r.submission_id <> %(submission)s
      AND r.period_id = ANY(%(periods)s::integer[]) AND r.scheme_id = ANY(%(subjects)s::smallint[])
      AND (%(unbound)s OR s.person_id = %(person)s)
      AND r.area_id <> ALL(%(areas)s::integer[])
"""
PERSONS = """
    SELECT r.period_id, r.area_id, count(*) AS count
    FROM (SELECT r.return_id, r.period_id, r.area_id, r.scheme_id {lists}) AS r
    JOIN core.beneficiary_line l USING (return_id)
    JOIN person_of_file USING (person)
    GROUP BY r.period_id, r.area_id, r.scheme_id
    ORDER BY r.period_id, r.area_id, r.scheme_id
"""


def persons_elsewhere(connection: Connection, keys: FileKeys, sender: Sender) -> pd.DataFrame:
    """Of the file's persons those who stand for its periods and schemes in areas that it does not name: period,
    area_code, count, a row for each return.

    Lists of other senders are not looked at: whoever may file one could ask so where anybody is.
    """
    rights = {"unbound": sender.rights.unbound, "person": sender.rights.person_id}
    params = keys.params | rights | {"submission": sender.submission_id, "areas": array(keys.areas.index)}
    rows = warehouse.extract(connection, f"SELECT count(*) AS lists {LISTS}", params)
    persons = keys.verdict.persons
    if persons is None or not rows["lists"][0]:
        return pd.DataFrame({"period": [], "area_code": [], "count": []})
    connection.execute(text("CREATE TEMP TABLE person_of_file (person bytea) ON COMMIT DROP"))
    warehouse.copy(connection, "person_of_file", pd.DataFrame({"person": persons.hexadecimal.astype(str)}))
    connection.execute(text("ANALYZE person_of_file"))
    rows = warehouse.extract(connection, PERSONS.format(lists=LISTS), params)
    connection.execute(text("DROP TABLE person_of_file"))
    codes = keys.data.keys.areas.set_index("area_id")["code"]
    return pd.DataFrame(
        {
            "period": rows["period_id"].map(Period.key_of),
            "area_code": rows["area_id"].map(codes),
            "count": rows["count"],
        }
    )
