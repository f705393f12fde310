"""What changes rarely: layers, indicators, schemes, periods; and which period a page shows.

How much of a period is reported is that of the area that the reader looks at the country from.
"""

import datetime as dt

from sqlalchemy import Connection

from dashboards.models.reference import Indicator, Layer, Period, Reference, Scheme
from sala.errors import NotFound, Unavailable
from sql import warehouse

# Of the periods that have begun, the page opens on the newest of which this share of returns has come.
_ENOUGH = 0.5

_REFERENCE = """
WITH root AS MATERIALIZED (SELECT area_code FROM mart.area WHERE depth = 0 ORDER BY valid_to DESC LIMIT 1)
SELECT json_build_object(
    'root', (SELECT area_code FROM root),
    'layers', (SELECT json_agg(l ORDER BY l.depth) FROM mart.layer l),
    'indicators', (
        SELECT json_agg(json_build_object(
            'indicator', i.indicator, 'guarantee', i.guarantee, 'titles', i.titles, 'why', i.why,
            'caveats', i.caveats, 'series', i.series, 'source', i.source, 'version', i.version,
            'nature', i.nature, 'shown_in', i.shown_in, 'of_scheme', i.each IS NOT NULL,
            'rated', coalesce(jsonb_array_length(i.definition #> '{denominator,less}'), 0) = 0 AND (
                         i.definition #> '{denominator,missing}' IS NULL
                         OR jsonb_typeof(i.definition #> '{denominator,missing}') = 'null')
        ) ORDER BY i.position) FROM mart.indicator i),
    'schemes', (SELECT json_agg(s ORDER BY s.scheme) FROM mart.scheme s),
    'periods', (
        SELECT json_agg(json_build_object(
            'period', p.period, 'kind', p.kind, 'starts_on', p.starts_on, 'ends_on', p.ends_on,
            'reported', r.rate
        ) ORDER BY p.starts_on, p.period)
        FROM mart.period p
        LEFT JOIN mart.reporting_rate r  -- a year has none of its own
            ON r.period = p.period AND r.dataset = 'scheme_returns' AND r.scheme = '_T'
            AND r.area_code = (SELECT area_code FROM mart.me)
        WHERE p.kind <> 'W' AND p.published_at IS NOT NULL)
) AS reference
"""


def reference(connection: Connection) -> Reference:
    """Layers, indicators, schemes, and the monthly and yearly periods that have been published."""
    lists = warehouse.read(connection, _REFERENCE)["reference"].iloc[0]
    if lists["root"] is None:
        raise Unavailable("no_country")
    return Reference(
        root=lists["root"],
        layers=tuple(
            Layer(row["area_level"], row["depth"], row["names"], row["plurals"])
            for row in lists["layers"] or ()
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
                row["nature"],
                row["shown_in"],
                row["rated"],
                row["of_scheme"],
            )
            for row in lists["indicators"] or ()
        ),
        schemes=tuple(
            Scheme(
                row["scheme"],
                row["names"],
                row["administrator"],
                row["area_level"],
                row["guarantee"],
                row["frequency"],
            )
            for row in lists["schemes"] or ()
        ),
        periods=tuple(
            Period(
                row["period"],
                row["kind"],
                dt.date.fromisoformat(row["starts_on"]),
                dt.date.fromisoformat(row["ends_on"]),
                row["reported"],
            )
            for row in lists["periods"] or ()
        ),
    )


def chosen_period(periods: tuple[Period, ...], code: str | None) -> tuple[Period | None, Period | None]:
    """The period to show, and a later one that has begun. Without a code: the newest with half its returns."""
    if code is not None:
        chosen = next((period for period in periods if period.code == code), None)
        if chosen is None:
            raise NotFound("unknown_period", what=code)
        return chosen, None
    if not periods:
        return None, None
    finest = "M" if any(period.kind == "M" for period in periods) else "Y"
    usual = [period for period in periods if period.kind == finest]
    enough = [period for period in usual if (period.reported or 0) >= _ENOUGH]
    shown = (enough or usual)[-1]
    return shown, usual[-1] if usual[-1] != shown else None
