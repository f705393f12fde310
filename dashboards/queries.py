"""What the pages read from the warehouse: `mart` and nothing else, a handful of queries a page."""

import datetime as dt
from collections import defaultdict
from typing import Any

from sqlalchemy import Connection

from dashboards.facts import (
    AXES,
    Area,
    AreaFacts,
    Figure,
    Flash,
    Indicator,
    Item,
    Layer,
    Period,
    Reference,
    Reporting,
    Scheme,
    SchemeLine,
)
from sql import warehouse

# Of the periods that have begun, the page opens on the newest of which this share of returns has come.
_ENOUGH = 0.5
_ITEMS_OF_A_KIND = 6

_REFERENCE = """
WITH root AS (SELECT area_code FROM mart.area WHERE depth = 0)
SELECT json_build_object(
    'layers', (SELECT json_agg(l ORDER BY l.depth) FROM mart.layer l),
    'indicators', (
        SELECT json_agg(json_build_object(
            'indicator', i.indicator, 'guarantee', i.guarantee, 'titles', i.titles, 'why', i.why,
            'caveats', i.caveats, 'series', i.series, 'source', i.source, 'version', i.version
        ) ORDER BY i.position) FROM mart.indicator i),
    'schemes', (SELECT json_agg(s ORDER BY s.scheme) FROM mart.scheme s),
    'periods', (
        SELECT json_agg(json_build_object(
            'period', p.period, 'kind', p.kind, 'starts_on', p.starts_on, 'ends_on', p.ends_on, 'reported', r.rate
        ) ORDER BY p.starts_on, p.period)
        FROM mart.period p
        LEFT JOIN mart.reporting_rate r
            ON r.period = p.period AND r.dataset = 'scheme_returns' AND r.scheme = '_T'
            AND r.area_code IN (SELECT area_code FROM root)
        WHERE p.kind <> 'W' AND p.published_at IS NOT NULL)
) AS reference
"""

_AREAS = """
WITH RECURSIVE above AS (
    SELECT a.*, 0 AS steps FROM mart.area a WHERE a.area_code = :code
    UNION ALL
    SELECT a.*, steps + 1 FROM mart.area a JOIN above ON a.area_code = above.parent_code
)
SELECT area_code, area_level, depth, names, parent_code, valid_from, valid_to, 'above' AS place FROM above
UNION ALL
SELECT area_code, area_level, depth, names, parent_code, valid_from, valid_to, 'below'
FROM mart.area WHERE parent_code = :code
"""

_FIGURES = """
SELECT indicator, area_code, period, sex, numerator, denominator, value, lower_bound, upper_bound, completeness,
       status, known_from, lower_count, upper_count
FROM mart.indicator_history
WHERE known_to = 'infinity' AND age_group = '_T' AND area_code = :code
UNION ALL
SELECT indicator, area_code, period, sex, numerator, denominator, value, lower_bound, upper_bound, completeness,
       status, known_from, lower_count, upper_count
FROM mart.indicator_history
WHERE known_to = 'infinity' AND age_group = '_T' AND period = :period AND area_code = ANY(:below)
"""

_REPORTING = """
SELECT area_code, period, dataset, expected, received, on_time, late, partial, zero, missing
FROM mart.reporting_rate
WHERE scheme = '_T' AND area_code = ANY(:codes)
  AND period IN (SELECT period FROM mart.period WHERE starts_on BETWEEN :since AND :until)
"""

_FLASH = """
WITH sheet AS (
    SELECT * FROM mart.flash_report f
    WHERE f.area_code = :code AND f.week IN (SELECT period FROM mart.period WHERE starts_on <= :until)
    ORDER BY f.week DESC, (f.origin = 'own') DESC
    LIMIT 12
),
newest AS (SELECT max(week) AS week FROM sheet),
here AS (SELECT lo, hi, area_level FROM mart.area WHERE area_code = :code),
item AS (
    SELECT i.area_code, a.names, i.kind, i.text, i.week, i.needs_layer, i.due,
           row_number() OVER (
               PARTITION BY i.kind
               ORDER BY (i.area_code = :code) DESC, (i.needs_layer IS NOT DISTINCT FROM here.area_level) DESC,
                        i.due NULLS LAST, i.item_id
           ) AS place,
           count(*) OVER (PARTITION BY i.kind) AS of_kind
    FROM mart.flash_item i
    JOIN newest USING (week)
    JOIN mart.area a USING (area_code)
    JOIN here ON a.lo BETWEEN here.lo AND here.hi
)
SELECT json_build_object(
    'sheets', (SELECT json_agg(s) FROM sheet s),
    'items', (SELECT json_agg(i ORDER BY i.place) FROM item i WHERE i.place <= :most)
) AS flash
"""

_SCHEMES = """
SELECT t.scheme, t.sex, sum(t.beneficiaries)::bigint AS beneficiaries, NULL AS receipt
FROM mart.scheme_total t
WHERE t.area_code = :code AND t.period = :period
GROUP BY t.scheme, t.sex
UNION ALL
SELECT DISTINCT r.scheme, NULL, NULL::bigint, r.receipt
FROM mart.scheme_return r
WHERE r.area_code = :code AND r.period = :period
"""


class UnknownArea(Exception):
    """No area of this country has this code."""


class UnknownPeriod(Exception):
    """There are no figures for such a period."""


def reference(connection: Connection) -> Reference:
    """Layers, indicators, schemes, and the monthly and yearly periods that have been published."""
    found = warehouse.read(connection, _REFERENCE)["reference"].iloc[0]
    return Reference(
        layers=tuple(
            Layer(row["area_level"], row["depth"], row["names"], row["plurals"]) for row in found["layers"] or ()
        ),
        indicators=tuple(
            Indicator(
                row["indicator"],
                row["guarantee"],
                row["titles"],
                row["why"] or {},
                row["caveats"] or {},
                row["series"],
                row["source"] or "",
                str(row["version"]),
            )
            for row in found["indicators"] or ()
        ),
        schemes=tuple(
            Scheme(row["scheme"], row["names"], row["administrator"], row["area_level"], row["frequency"])
            for row in found["schemes"] or ()
        ),
        periods=tuple(
            Period(
                row["period"],
                row["kind"],
                dt.date.fromisoformat(row["starts_on"]),
                dt.date.fromisoformat(row["ends_on"]),
                row["reported"],
            )
            for row in found["periods"] or ()
        ),
    )


def chosen_period(periods: tuple[Period, ...], asked: str | None) -> tuple[Period | None, Period | None]:
    """The period to show, and a later one that has begun. Unasked: the newest that half the returns have reached."""
    if asked is not None:
        found = next((period for period in periods if period.code == asked), None)
        if found is None:
            raise UnknownPeriod(asked)
        return found, None
    if not periods:
        return None, None
    finest = "M" if any(period.kind == "M" for period in periods) else "Y"
    usual = [period for period in periods if period.kind == finest]
    enough = [period for period in usual if (period.reported or 0) >= _ENOUGH]
    shown = (enough or usual)[-1]
    return shown, usual[-1] if usual[-1] != shown else None


def area_facts(code: str | None, asked: str | None) -> AreaFacts:
    """Everything that the page of the area `code` (None: the root) says for a period (None: the usual one).

    Raises UnknownArea and UnknownPeriod for what an address names and the warehouse does not have.
    """
    with warehouse.transaction() as connection:
        known = reference(connection)
        period, newer = chosen_period(known.periods, asked)
        code = code or _root(connection)
        above, below = _areas(connection, code, period)
        until = period.ends_on if period and (asked or newer) else dt.date.max
        codes = [code, *(area.code for area in below)]
        flash, items, counts = _flash(connection, code, until)
        return AreaFacts(
            reference=known,
            area=above[-1],
            period=period,
            above=tuple(above[:-1]),
            below=tuple(below),
            figures=_figures(connection, codes, period),
            reporting=_reporting(connection, codes, period, until),
            flash=flash,
            items=items,
            counts=counts,
            schemes=_schemes(connection, code, period),
            newer=newer,
        )


def _root(connection: Connection) -> str:
    found = warehouse.read(connection, "SELECT area_code FROM mart.area WHERE depth = 0 ORDER BY valid_to DESC LIMIT 1")
    if found.empty:
        raise UnknownArea("this country has no areas yet")
    return str(found["area_code"].iloc[0])


def _areas(connection: Connection, code: str, period: Period | None) -> tuple[list[Area], list[Area]]:
    """The chain from the root down to the area, and the areas right below it that stood in the period."""
    day = period.ends_on if period else dt.date.max
    places: dict[str, dict[str, tuple[bool, Area]]] = {"above": {}, "below": {}}
    for row in _rows(connection, _AREAS, code=code):
        area = Area(row["area_code"], row["area_level"], row["depth"], row["names"], row["parent_code"])
        stands = str(row["valid_from"]) <= str(day) < str(row["valid_to"])
        if row["place"] == "above" or stands:
            # one code can have stood for different areas in turn: the one of the period wins
            if area.code not in places[row["place"]] or stands:
                places[row["place"]][area.code] = stands, area
    if code not in places["above"]:
        raise UnknownArea(code)
    above = sorted((area for _, area in places["above"].values()), key=lambda area: area.depth)
    return above, [area for _, area in places["below"].values()]


def _figures(connection: Connection, codes: list[str], period: Period | None) -> tuple[Figure, ...]:
    rows = _rows(
        connection, _FIGURES, code=codes[0], below=codes[1:], period=period.code if period else None
    )
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
        for row in rows
    )


def _reporting(
    connection: Connection, codes: list[str], period: Period | None, until: dt.date
) -> tuple[Reporting, ...]:
    if period is None:
        return ()
    # 16 months or years of returns; the weeks of flash reports lie within them
    years = 16 if period.kind == "Y" else 2
    since = period.starts_on.replace(year=period.starts_on.year - years)
    rows = _rows(connection, _REPORTING, codes=codes, since=since, until=until)
    return tuple(
        Reporting(
            row["area_code"],
            row["period"],
            row["dataset"],
            *(int(row[n]) for n in ("expected", "received", "on_time", "late", "partial", "zero", "missing")),
        )
        for row in rows
    )


def _flash(
    connection: Connection, code: str, until: dt.date
) -> tuple[tuple[Flash, ...], tuple[Item, ...], dict[str, int]]:
    found = _rows(connection, _FLASH, code=code, until=until, most=_ITEMS_OF_A_KIND)[0]["flash"]
    sheets = tuple(
        Flash(
            row["area_code"],
            row["week"],
            row["origin"],
            {axis: row[axis] for axis in AXES},
            row["expected"],
            row["received"],
            tuple(row["laggards"] or ()),
            row["status"],
        )
        for row in found["sheets"] or ()
    )
    items = found["items"] or ()
    counts = {row["kind"]: row["of_kind"] for row in items}
    listed = tuple(
        Item(
            row["area_code"],
            row["names"],
            row["kind"],
            row["text"],
            row["week"],
            row["needs_layer"],
            dt.date.fromisoformat(row["due"]) if row["due"] else None,
        )
        for row in items
    )
    return sheets, listed, counts


def _schemes(connection: Connection, code: str, period: Period | None) -> tuple[SchemeLine, ...]:
    if period is None:
        return ()
    by_sex: dict[str, dict[str, int]] = defaultdict(dict)
    receipts: dict[str, list[str]] = defaultdict(list)
    for row in _rows(connection, _SCHEMES, code=code, period=period.code):
        if row["receipt"] is not None:
            receipts[row["scheme"]].append(row["receipt"])
        else:
            by_sex[row["scheme"]][row["sex"]] = row["beneficiaries"]
    return tuple(SchemeLine(scheme, by_sex[scheme], tuple(receipts[scheme])) for scheme in by_sex)


def _rows(connection: Connection, query: str, **params: Any) -> list[dict[str, Any]]:
    """The rows of a query as dictionaries, what is missing as None."""
    frame = warehouse.read(connection, query, **params)
    columns = [
        [None if missing else value for value, missing in zip(frame[name].tolist(), frame[name].isna(), strict=True)]
        for name in frame.columns
    ]
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]
