"""What is due from an area and below it, what became of it, who keeps to it, and the index of it all."""

import datetime as dt

from dashboards.models.area_profile import HEADLINE
from dashboards.pages.calendar.models import ReportingCalendar
from dashboards.queries.doubt import doubt
from dashboards.queries.places import places
from dashboards.queries.rows import rows
from dashboards.server.current_user import acting
from sala.errors import NotFound

# Days before and after today between which a due day is on the page.
BEFORE, AFTER = 40, 40

_DUE = """
SELECT c.dataset, c.scheme, c.area_level, c.period, c.due_on, c.grace_until, c.state, d.expected, d.received
FROM mart.calendar c
JOIN mart.layer l USING (area_level)
LEFT JOIN (
    SELECT period, dataset, scheme, expected, received FROM mart.discipline WHERE area_code = :code
) AS d ON d.period = c.period AND d.dataset = c.dataset AND d.scheme = coalesce(c.scheme, '_T')
WHERE l.depth >= :depth AND c.due_on BETWEEN CAST(:today AS date) - :before AND CAST(:today AS date) + :after
ORDER BY c.state = 'past', abs(c.due_on - CAST(:today AS date)), c.dataset, c.scheme
"""
_OUTCOMES = """
SELECT * FROM mart.discipline WHERE area_code = :code AND scheme = '_T' ORDER BY dataset DESC, period DESC
"""
_OUTSTANDING = """
SELECT dataset, scheme, period, due_on, grace_until, state, content, days_after_due
FROM mart.duty
WHERE area_code = :code AND outstanding
ORDER BY due_on, dataset, scheme
"""
_BELOW = """
SELECT area_code, dataset, expected, received, on_time, in_grace, late, awaited, missing, empty, partial, zero
FROM mart.discipline
WHERE area_code = ANY(:codes) AND period = :period AND scheme = '_T'
ORDER BY area_code
"""
_INDEX = """
SELECT area_code, period, index, timeliness, completeness, corrections, grievances, left_out,
       zero_first, terms, factor, below_minimum, money
FROM mart.management_index
WHERE area_code = ANY(:codes) AND period = :period AND period_id = :period_id
ORDER BY index DESC NULLS LAST, area_code
"""
_SERVICE_LEVELS = """
SELECT v.*, s.names, s.administrator AS administrator_names
FROM mart.service_level v
JOIN mart.scheme s USING (scheme)
WHERE v.period = :period
ORDER BY v.administrator, v.scheme
"""
_DWELL_TIMES = """
SELECT area_code, dataset, first_received_at, compiled_at, endorsed_at, days_to_compile, days_to_endorse, waiting
FROM mart.dwell
WHERE area_code = ANY(:codes) AND period = :period
ORDER BY days_to_endorse DESC, area_code
"""


def reporting_calendar(code: str, period_code: str | None, today: dt.date) -> ReportingCalendar:
    """The period is the one that is asked for, or the newest month that has been opened and is over.

    Raises NotFound.
    """
    with acting() as connection:
        above, below = places(connection, code, None)
        area, codes = above[-1], [code, *(area.code for area in below)]
        window = {"today": today, "before": BEFORE, "after": AFTER}
        due = rows(connection, _DUE, code=code, depth=area.depth, **window)
        outcomes = rows(connection, _OUTCOMES, code=code)
        outstanding = rows(connection, _OUTSTANDING, code=code)
        periods = tuple(sorted({row["period"] for row in outcomes}))
        if period_code is not None and period_code not in periods and outcomes:
            raise NotFound("unknown_period", what=period_code)
        months = [row["period"] for row in outcomes if "W" not in row["period"] and row["received"]]
        period = period_code if period_code in periods else max(months, default=next(reversed(periods), None))
        shared_fields = (
            tuple(above[:-1]),
            area,
            tuple(below),
            today,
            tuple(due),
            tuple(outcomes),
            tuple(outstanding),
        )
        if period is None:
            return ReportingCalendar(*shared_fields, periods, None)
        chosen = {"codes": codes, "period": period}
        return ReportingCalendar(
            *shared_fields,
            periods,
            period,
            tuple(rows(connection, _BELOW, **chosen)),
            tuple(rows(connection, _INDEX, **chosen)),
            tuple(rows(connection, _SERVICE_LEVELS, period=period)),
            tuple(rows(connection, _DWELL_TIMES, **chosen)),
            doubt(connection, HEADLINE, period) if len(above) == 1 else None,
        )
