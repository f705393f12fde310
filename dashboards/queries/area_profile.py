"""Everything that one area's page says, in one transaction."""

import datetime as dt
from collections.abc import Hashable
from functools import lru_cache

from sqlalchemy import text

from dashboards.models.area_profile import AreaProfile
from dashboards.queries.access import must_read
from dashboards.queries.area_figures import figures, reporting, schemes
from dashboards.queries.area_flash import flash
from dashboards.queries.places import places
from dashboards.queries.reference import chosen_period, reference
from dashboards.server.current_user import acting, person

# Whatever a page shows has moved only when something was published or reviewed since.
_STAMP = """
SELECT (SELECT max(published_at) FROM mart.period) AS published,
       (SELECT max(acted_at) FROM mart.review) AS reviewed
"""


def area_profile(code: str | None, asked: str | None) -> AreaProfile:
    """Everything that the page of an area (None: the reader's own) says for a period (None: the usual one).

    Raises NotFound for what an address names and the warehouse does not have, and NotAllowed
    for an area that is none of the reader's.
    """
    if code is not None:
        must_read(code)
    reader = person()
    with acting() as connection:
        stamp = connection.execute(text(_STAMP)).one()
    return _facts(code or reader.area_code or None, asked, str(stamp), reader.scope)


@lru_cache(maxsize=128)
def _facts(code: str | None, asked: str | None, _stamp: str, _scope: Hashable) -> AreaProfile:
    with acting() as connection:
        steady = reference(connection)
        period, newer = chosen_period(steady.periods, asked)
        code = code or steady.root
        above, below = places(connection, code, period)
        until = period.ends_on if period and (asked or newer) else dt.date.max
        codes = [code, *(area.code for area in below)]
        sheets, items, counts = flash(connection, code, until)
        return AreaProfile(
            reference=steady,
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
