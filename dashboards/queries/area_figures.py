"""Figures, reporting and schemes of an area and the ones right below it."""

import datetime as dt
from collections import defaultdict

from sqlalchemy import Connection, text

from dashboards.models.area_profile import SchemeLine
from dashboards.models.figure import Figure
from dashboards.models.reference import Indicator, Period
from dashboards.models.reporting import Reporting
from dashboards.queries.rows import rows

_FIGURES = """
SELECT indicator, area_code, period, sex, numerator, denominator, value, lower_bound, upper_bound,
       completeness, status, known_from, lower_count, upper_count
FROM mart.indicator_history
WHERE known_to = 'infinity' AND age_group = '_T' AND area_code = :code
  AND (period = :period OR indicator = ANY(:united))
UNION ALL
SELECT indicator, area_code, period, sex, numerator, denominator, value, lower_bound, upper_bound,
       completeness, status, known_from, lower_count, upper_count
FROM mart.indicator_history
WHERE known_to = 'infinity' AND age_group = '_T' AND period = :period AND area_code = ANY(:below)
  AND indicator = ANY(:compared)
"""

_REPORTING = """
SELECT area_code, period, dataset, expected, received, on_time, late, partial, zero, missing
FROM mart.reporting_rate
WHERE scheme = '_T' AND area_code = ANY(:codes)
  AND period IN (SELECT period FROM mart.period WHERE starts_on BETWEEN :since AND :until)
"""

_SCHEMES = """
SELECT t.scheme, t.sex, sum(t.beneficiaries)::bigint AS beneficiaries, NULL AS receipt
FROM mart.scheme_total t
WHERE t.area_code = :code AND t.period = :period
GROUP BY t.scheme, t.sex
UNION ALL
SELECT DISTINCT r.scheme, NULL, NULL::bigint, r.receipt
FROM mart.scheme_return r
WHERE r.area_code = :code AND r.period = :period AND r.receipt IS NOT NULL
"""


_FURTHER = """
SELECT scheme, min(unit) AS unit, sum(applied)::bigint AS applied, sum(refused)::bigint AS refused,
       sum(waiting)::bigint AS waiting, sum(paid_on_time)::bigint AS paid_on_time,
       sum(records_updated)::bigint AS records_updated, sum(accepted)::bigint AS accepted,
       sum(first_paid)::bigint AS first_paid, sum(place_not_known)::bigint AS place_not_known
FROM mart.scheme_total
WHERE area_code = :code AND period = :period
GROUP BY scheme
"""

_BY_GROUP = """
SELECT scheme, population_group, sum(beneficiaries)::bigint AS beneficiaries
FROM mart.group_total
WHERE area_code = :code AND period = :period
GROUP BY scheme, population_group
"""

_GAPS = "SELECT scheme, sex, column_name, returns, not_told_apart, rounding FROM mart.item_nonresponse(:code, :period)"


def figures(
    connection: Connection, codes: list[str], period: Period | None, indicators: tuple[Indicator, ...]
) -> tuple[Figure, ...]:
    """Present figures of all ages. Of the first area those of the period, and every period of what unites schemes; of
    the others those by which areas are compared.
    """
    params = {
        "code": codes[0],
        "below": codes[1:],
        "period": period.code if period else None,
        "united": [i.id for i in indicators if i.nature == "coverage" and not i.of_scheme],
        "compared": [i.id for i in indicators if i.compared],
    }
    return tuple(
        Figure(
            row["indicator"],
            row["area_code"],
            row["period"],
            row["sex"],
            row["numerator"],
            row["denominator"],
            row["value"],
            row["lower_bound"],
            row["upper_bound"],
            row["completeness"],
            row["status"],
            row["known_from"],
            row["lower_count"],
            row["upper_count"],
        )
        for row in rows(connection, _FIGURES, **params)
    )


def reporting(
    connection: Connection, codes: list[str], period: Period | None, until: dt.date
) -> tuple[Reporting, ...]:
    """Returns due, received and late of the areas, by dataset and period, all schemes together.

    They reach 16 years back from a year, two from a month or week, and up to `until`; none without a period.
    """
    if period is None:
        return ()
    # 16 months or years of returns; the weeks of flash reports lie within them
    years = 16 if period.kind == "Y" else 2
    since = period.starts_on.replace(year=period.starts_on.year - years)
    return tuple(
        Reporting(
            row["area_code"],
            row["period"],
            row["dataset"],
            *(int(row[n]) for n in ("expected", "received", "on_time", "late", "partial", "zero", "missing")),
        )
        for row in rows(connection, _REPORTING, codes=codes, since=since, until=until)
    )


def schemes(connection: Connection, code: str, period: Period | None) -> tuple[SchemeLine, ...]:
    """What each scheme reported for the area and all below it: persons by sex and by population group, the receipts
    of the area's own returns, and the further columns that the scheme asks for. Empty without a period.
    """
    if period is None:
        return ()
    by_sex: dict[str, dict[str, int]] = defaultdict(dict)
    receipts: dict[str, list[str]] = defaultdict(list)
    parameters = {"code": code, "period": period.code}
    left_out: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    remainders: dict[str, tuple[int, int]] = {}
    for row in rows(connection, _GAPS, **parameters):
        if row["returns"] is None:
            remainders[row["scheme"]] = int(row["not_told_apart"] or 0), int(row["rounding"] or 0)
        else:
            left_out[row["scheme"]][row["sex"], row["column_name"]] = int(row["returns"])
    # An area's own lines are few and found by their return; a hash join would read the whole month for them.
    connection.execute(text("SET LOCAL enable_hashjoin = off"))
    for row in rows(connection, _SCHEMES, code=code, period=period.code):
        if row["receipt"] is not None:
            receipts[row["scheme"]].append(row["receipt"])
        else:
            by_sex[row["scheme"]][row["sex"]] = int(row["beneficiaries"])
    further = {row.pop("scheme"): row for row in map(dict, rows(connection, _FURTHER, **parameters))}
    groups: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows(connection, _BY_GROUP, **parameters):
        groups[row["scheme"]][row["population_group"]] = row["beneficiaries"]
    return tuple(
        SchemeLine(
            scheme,
            by_sex[scheme],
            tuple(receipts[scheme]),
            further[scheme].pop("unit"),
            {name: n for name, n in further[scheme].items() if n is not None},
            groups[scheme],
            left_out[scheme],
            *remainders.get(scheme, (0, 0)),
        )
        for scheme in by_sex
    )
