"""What waits for a reader: the compilations of their area and of those right below."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import text

from dashboards.server.current_user import acting, person

_PERIODS = 6  # of each kind: what is older has been looked at, or is found from its area's page

_NEAR = """
WITH here AS (
    SELECT area_code FROM mart.area WHERE area_code = :code OR (:code = '' AND depth = 0)
    ORDER BY valid_to DESC LIMIT 1
),
recent AS (
    SELECT period, row_number() OVER (PARTITION BY kind ORDER BY ends_on DESC) AS place
    FROM mart.period WHERE published_at IS NOT NULL
)
SELECT here.area_code,
       ARRAY(SELECT period FROM recent WHERE place <= :periods) AS periods,
       ARRAY(SELECT a.area_code FROM mart.area a
             WHERE a.valid_to = 'infinity' AND here.area_code IN (a.area_code, a.parent_code)) AS areas
FROM here
"""
# the areas and periods are given as values, so that only theirs are added up
_WORKLIST = """
SELECT c.area_code, a.names, c.area_code = :own AS own, c.dataset, c.period, c.state, c.since, c.expected, c.received
FROM mart.compilation c
JOIN mart.area a ON a.area_code = c.area_code AND a.valid_to = 'infinity'
WHERE c.area_code = ANY(:areas) AND c.period = ANY(:periods) AND c.dataset IN ('scheme_returns', 'flash_reports')
ORDER BY c.period DESC, c.dataset, c.area_code
"""


@dataclass(frozen=True)
class Waiting:
    """A row of mart.compilation, of the reader's own area or of one right below."""

    area: str
    names: Mapping[str, str]
    own: bool
    dataset: str
    period: str
    state: str
    since: dt.datetime | None
    expected: int
    received: int

    @property
    def completeness(self) -> float | None:
        return self.received / self.expected if self.expected else None


def worklist() -> list[Waiting]:
    """The newest periods first."""
    with acting() as connection:
        near = connection.execute(
            text(_NEAR), {"code": person().area_code, "periods": _PERIODS}
        ).one_or_none()
        if near is None:
            return []
        given = {"own": near.area_code, "areas": near.areas, "periods": near.periods}
        return [Waiting(*row) for row in connection.execute(text(_WORKLIST), given)]
