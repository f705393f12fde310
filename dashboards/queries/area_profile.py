"""Everything that one area's page says, in one transaction."""

import datetime as dt
from collections.abc import Hashable
from dataclasses import replace
from functools import lru_cache

from dashboards.models.area_profile import HEADLINE, AreaProfile
from dashboards.queries.access import must_read
from dashboards.queries.area_figures import figures, reporting, schemes
from dashboards.queries.area_flash import flash
from dashboards.queries.as_of import as_of
from dashboards.queries.doubt import doubt
from dashboards.queries.places import places
from dashboards.queries.published_totals import published_totals
from dashboards.queries.reference import chosen_period, reference
from dashboards.server.current_user import acting, person


def area_profile(code: str | None, period_code: str | None) -> AreaProfile:
    """Everything that the page of an area (None: the reader's own) says for a period (None: the usual one).

    Raises NotFound for what an address names and the warehouse does not have, and NotAllowed
    for an area that is none of the reader's.
    """
    if code is not None:
        must_read(code)
    reader = person()
    with acting() as connection:
        profile = _profile(code or reader.area_code or None, period_code, as_of(connection), reader.scope)
        period = profile.period.code if profile.period else ""
        # compiled nowhere, so they are read anew
        published = published_totals(connection, [profile.area.code], period)
    return replace(profile, published=published) if published else profile


@lru_cache(maxsize=128)
def _profile(code: str | None, period_code: str | None, _as_of: str, _scope: Hashable) -> AreaProfile:
    with acting() as connection:
        lists = reference(connection)
        period, newer = chosen_period(lists.periods, period_code)
        code = code or lists.root
        above, below = places(connection, code, period)
        until = period.ends_on if period and (period_code or newer) else dt.date.max
        codes = [code, *(area.code for area in below)]
        sheets, items, counts = flash(connection, code, until)
        return AreaProfile(
            reference=lists,
            area=above[-1],
            period=period,
            above=tuple(above[:-1]),
            below=tuple(below),
            figures=figures(connection, codes, period, lists.indicators),
            reporting=reporting(connection, codes, period, until),
            flash=sheets,
            items=items,
            counts=counts,
            schemes=schemes(connection, code, period),
            newer=newer,
            doubt=doubt(connection, HEADLINE, period.code) if period and len(above) == 1 else None,
        )
