"""Everything that one area's page says, in one transaction."""

import datetime as dt
from functools import lru_cache

from sqlalchemy import text

from dashboards.facts import AreaFacts
from dashboards.queries.figures import figures, reporting, schemes
from dashboards.queries.flash import flash
from dashboards.queries.places import places
from dashboards.queries.reference import chosen_period, reference
from sql import warehouse

# Whatever a page shows has moved only when something was published or reviewed since.
_STAMP = """
SELECT (SELECT max(published_at) FROM mart.period) AS published,
       (SELECT max(acted_at) FROM mart.review) AS reviewed
"""


def area_facts(code: str | None, asked: str | None) -> AreaFacts:
    """Everything that the page of the area `code` (None: the root) says for a period (None: the usual one).

    Raises UnknownArea and UnknownPeriod for what an address names and the warehouse does not have.
    """
    with warehouse.transaction() as connection:
        stamp = connection.execute(text(_STAMP)).one()
    return _facts(code, asked, str(stamp))


@lru_cache(maxsize=128)
def _facts(code: str | None, asked: str | None, _stamp: str) -> AreaFacts:
    with warehouse.transaction() as connection:
        known = reference(connection)
        period, newer = chosen_period(known.periods, asked)
        code = code or known.root
        above, below = places(connection, code, period)
        until = period.ends_on if period and (asked or newer) else dt.date.max
        codes = [code, *(area.code for area in below)]
        sheets, items, counts = flash(connection, code, until)
        return AreaFacts(
            reference=known,
            area=above[-1],
            period=period,
            above=tuple(above[:-1]),
            below=tuple(below),
            figures=figures(connection, codes, period),
            reporting=reporting(connection, codes, period, until),
            flash=sheets,
            items=items,
            counts=counts,
            schemes=schemes(connection, code, period),
            newer=newer,
        )
