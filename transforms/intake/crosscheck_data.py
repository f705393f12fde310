"""What the warehouse holds about the returns in a file, for the cross-checks: only what the file names is fetched."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
from sqlalchemy import Connection

from countries.period import Period
from sql import warehouse
from transforms.intake.file_keys import FileKeys, array, coded
from transforms.intake.reference_data import ReferenceData
from transforms.intake.refused_returns import refused_returns
from transforms.intake.sender import Sender
from transforms.intake.standing_beside import SENDERS
from validators.crosscheck import CrosscheckData
from validators.rules.history import PERIODS
from validators.verdict import Verdict

# A return is about one of the three at most, and which one its dataset says.
PRESENT = """
    SELECT r.period_id, r.area_id, s.subject_id, r.lines, coalesce(r.total, 0) AS total, coalesce(r.mark, 0) AS mark,
           r.partial::integer AS partial, (u.turn > %(turn)s)::integer AS newer, u.submission_id
    FROM core.return r
    JOIN ledger.submission u USING (submission_id)
    CROSS JOIN LATERAL (SELECT r.scheme_id + r.indicator_id + r.administrator_id AS subject_id) AS s
    WHERE r.known_to = 'infinity' AND r.dataset = %(dataset)s AND r.submission_id <> %(submission)s
      AND r.period_id = ANY(%(periods)s::integer[]) AND s.subject_id = ANY(%(subjects)s::smallint[])
      AND (%(everywhere)s OR r.area_id = ANY(%(areas)s::integer[]))
"""
EARLIER = """
    SELECT period_id FROM core.period WHERE kind = %(kind)s::"char" AND period_id < %(last)s
    ORDER BY period_id DESC LIMIT %(most)s
"""
HISTORY = """
    SELECT r.period_id, r.area_id, r.scheme_id AS subject_id, coalesce(r.total, 0) AS total,
           r.partial::integer AS partial
    FROM core.return r
    WHERE r.known_to = 'infinity' AND r.dataset = %(dataset)s
      AND r.period_id = ANY(%(earlier)s::integer[]) AND r.scheme_id = ANY(%(subjects)s::smallint[])
      AND (%(everywhere)s OR r.area_id = ANY(%(areas)s::integer[]))
"""
POPULATION_YEARS = """
    SELECT period_id, core.population_year(period_id) AS year
    FROM unnest(%(periods)s::integer[]) AS period_id
    WHERE core.population_year(period_id) IS NOT NULL
"""
POPULATION = """
    SELECT d.year, d.area_id, ascii(d.sex::text) AS sex, d.age_group_id, d.population
    FROM core.denominator d
    WHERE (%(everywhere)s OR d.area_id = ANY(%(areas)s::integer[])) AND d.year = ANY(%(years)s::integer[])
"""
# What the areas below an area report together for a scheme, whatever their layer.
BELOW = """
    WITH RECURSIVE below AS (
        SELECT area_id AS above_id, area_id FROM unnest(%(areas)s::integer[]) AS area_id
        UNION ALL
        SELECT b.above_id, a.area_id FROM below b JOIN core.area a ON a.parent_id = b.area_id
    )
    SELECT r.period_id, b.above_id AS area_id, r.scheme_id AS subject_id, sum(r.total) AS total
    FROM below b
    JOIN core.return r USING (area_id)
    WHERE b.area_id <> b.above_id
      AND r.known_to = 'infinity' AND r.dataset = %(dataset)s
      AND r.period_id = ANY(%(periods)s::integer[]) AND r.scheme_id = ANY(%(subjects)s::smallint[])
    GROUP BY r.period_id, b.above_id, r.scheme_id
"""
# Of sheets for a week of which none stands, the newest later one of the same area and institution.
LATER = """
    SELECT wanted.period_id, r.area_id, r.administrator_id AS subject_id, max(r.period_id) AS later
    FROM unnest(CAST(:periods AS integer[])) AS wanted (period_id)
    JOIN core.return r ON r.dataset = 'flash_reports' AND r.known_to = 'infinity' AND r.period_id > wanted.period_id
    WHERE r.submission_id <> :submission AND r.area_id = ANY (CAST(:areas AS integer[]))
      AND NOT EXISTS (
          SELECT FROM core.return own
          WHERE own.dataset = r.dataset AND own.known_to = 'infinity' AND own.period_id = wanted.period_id
            AND own.area_id = r.area_id AND own.administrator_id = r.administrator_id)
    GROUP BY wanted.period_id, r.area_id, r.administrator_id
"""
# Of years of which no population stands yet, the areas that have one in the latest year before it.
EARLIER_POPULATION = """
    SELECT y.year, b.year AS before, a.code AS area_code
    FROM unnest(CAST(:years AS smallint[])) AS y (year)
    CROSS JOIN LATERAL (SELECT max(d.year) AS year FROM core.denominator d WHERE d.year < y.year) AS b
    JOIN core.return r ON r.dataset = 'population' AND r.period_id = b.year * 1000 AND r.known_to = 'infinity'
    JOIN core.area a ON a.area_id = r.area_id AND a.valid_to > make_date(y.year, 1, 1)
    WHERE NOT EXISTS (SELECT FROM core.denominator d WHERE d.year = y.year)
    ORDER BY y.year, a.code
"""
# What is compiled, by sex; an amount that nobody gives is missing.
COMPILED = """
    SELECT c.period_id, c.area_id, c.scheme_id AS subject_id, c.sex::text AS sex,
           sum(c.beneficiaries)::bigint AS beneficiaries, sum(c.amount_paid)::double precision AS amount_paid
    FROM core.compiled_line c
    WHERE c.period_id = ANY (CAST(:periods AS integer[])) AND c.scheme_id = ANY (CAST(:subjects AS smallint[]))
      AND c.area_id = ANY (CAST(:areas AS integer[]))
    GROUP BY c.period_id, c.area_id, c.scheme_id, c.sex
"""


def crosscheck_data(
    connection: Connection, verdict: Verdict, data: ReferenceData, sender: Sender
) -> CrosscheckData:
    """What a file is cross-checked with, read for its areas and periods alone; empty where it has no good row."""
    if verdict.table is None or not verdict.stored.any():
        return CrosscheckData()
    keys = FileKeys(verdict, data)
    of_schemes = verdict.dataset == "scheme_returns"
    with sender.rights.reading(
        connection
    ):  # problems must not tell a sender figures that are not theirs to see
        years = _population_years(connection, keys) if of_schemes else {}
        return CrosscheckData(
            refused=None if sender.rights.unbound else refused_returns(connection, keys),
            closed=_closed(keys, sender.day),
            present=_present(connection, keys, sender),
            shown_what_stands=sender.is_shown_what_stands(keys.contract),
            history=_history(connection, keys) if of_schemes else None,
            population=_population(connection, keys, set(years.values())) if of_schemes else None,
            population_years=years,
            below=_below(connection, keys),
            earlier_population=_earlier_population(connection, keys)
            if keys.contract.dataset == "population"
            else None,
            later=_later(connection, keys, sender)
            if keys.contract.dataset == "flash_reports" and not sender.is_shown_what_stands(keys.contract)
            else None,
            compiled=_compiled(connection, keys) if verdict.dataset == "control_totals" else None,
        )


def _closed(keys: FileKeys, day: date) -> frozenset[str]:
    """The file's periods that the country's calendar has closed by that day."""
    calendar = keys.data.country.calendar
    after = calendar.closes_after_days.get(keys.contract.dataset)
    return frozenset(
        period.key
        for period in keys.periods
        if period.key in calendar.closed
        or (after is not None and day > period.ends_on + timedelta(days=after))
    )


def _present(connection: Connection, keys: FileKeys, sender: Sender) -> pd.DataFrame:
    """The present returns of other files where the file has one, or in the same period and area."""
    params = keys.params | {"turn": sender.turn, "submission": sender.submission_id}
    return _with_senders(connection, keys.coded(warehouse.extract(connection, PRESENT, params)))


def _with_senders(connection: Connection, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of submission_id and more, with `sender` and `day` of each."""
    senders = warehouse.read(connection, SENDERS, ids=array(rows["submission_id"].unique()))
    return rows.merge(senders, on="submission_id")


def _history(connection: Connection, keys: FileKeys) -> pd.DataFrame:
    """The totals of a year before the last period of the file."""
    earlier: list[int] = []
    for kind in {period.kind for period in keys.periods}:
        params = {"kind": kind, "last": keys.periods[-1].id, "most": PERIODS}
        earlier += warehouse.extract(connection, EARLIER, params)["period_id"].tolist()
    return keys.coded(warehouse.extract(connection, HISTORY, keys.params | {"earlier": array(earlier)}))


def _population_years(connection: Connection, keys: FileKeys) -> dict[str, int]:
    """Period → the year whose population stands for it, where there is one."""
    rows = warehouse.extract(connection, POPULATION_YEARS, keys.params)
    return {Period.key_of(period): int(year) for period, year in rows.itertuples(index=False)}


def _population(connection: Connection, keys: FileKeys, years: set[int]) -> pd.DataFrame:
    """The people of the file's areas in some years."""
    rows = warehouse.extract(connection, POPULATION, keys.params | {"years": array(sorted(years))})
    ages = keys.data.keys.others["age_group"]
    return pd.DataFrame(
        {
            "year": rows["year"],
            "area_code": keys.area_codes(rows["area_id"]),
            "sex": coded(rows["sex"], pd.Series(list("FMXU"), index=[ord(sex) for sex in "FMXU"])),
            "age_group": coded(rows["age_group_id"], pd.Series(ages.index, index=ages.to_numpy())),
            "population": rows["population"],
        }
    )


def _earlier_population(connection: Connection, keys: FileKeys) -> pd.DataFrame:
    years = array([period.starts_on.year for period in keys.periods])
    return warehouse.read(connection, EARLIER_POPULATION, years=years)


def _later(connection: Connection, keys: FileKeys, sender: Sender) -> pd.DataFrame:
    """The weeks that stand after those of a file."""
    rows = warehouse.read(
        connection,
        LATER,
        periods=keys.params["periods"],
        areas=array(keys.areas.index),
        submission=sender.submission_id,
    )
    return keys.coded(rows).assign(later=rows["later"].map(Period.key_of))


def _compiled(connection: Connection, keys: FileKeys) -> pd.DataFrame:
    """What is compiled for the areas of a file, by sex."""
    params = {name: keys.params[name] for name in ("periods", "subjects")}
    rows = warehouse.read(connection, COMPILED, **params, areas=array(keys.areas.index))
    return keys.coded(rows)


def _below(connection: Connection, keys: FileKeys) -> pd.DataFrame | None:
    """What areas below those of the file that lie above the layer of a scheme report together for it."""
    if keys.contract.dataset != "scheme_returns" or not keys.areas_above_reporting:
        return None
    params = keys.params | {"areas": array(keys.areas_above_reporting)}
    return keys.coded(warehouse.extract(connection, BELOW, params))[[*keys.contract.return_key, "total"]]
