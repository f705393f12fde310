"""What a reader's committee has to review: the compilations of their area and of those right below."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import text

from dashboards.server.current_user import acting, person
from transforms.review.review import REVIEWED

_PERIODS = 6  # of each kind: older ones are reached from their area's page

_OWN_AREA = """
WITH own AS (
    SELECT area_code FROM mart.area WHERE area_code = :code OR (:code = '' AND depth = 0)
    ORDER BY valid_to DESC LIMIT 1
),
recent AS (
    SELECT period, row_number() OVER (PARTITION BY kind ORDER BY ends_on DESC) AS place
    FROM mart.period WHERE published_at IS NOT NULL
)
SELECT own.area_code,
       ARRAY(SELECT period FROM recent WHERE place <= :periods) AS periods,
       ARRAY(SELECT a.area_code FROM mart.area a
             WHERE a.valid_to = 'infinity' AND own.area_code IN (a.area_code, a.parent_code)) AS areas
FROM own
"""
# the areas and periods are given as values, so that only theirs are added up
_TASKS = """
SELECT c.area_code, a.names, c.area_code = :own AS own, c.dataset, c.period, c.state, c.since, c.expected, c.received
FROM mart.compilation c
JOIN mart.area a ON a.area_code = c.area_code AND a.valid_to = 'infinity'
WHERE c.area_code = ANY(:areas) AND c.period = ANY(:periods) AND c.dataset = ANY(:datasets)
ORDER BY c.period DESC, c.dataset, c.area_code
"""


@dataclass(frozen=True)
class ReviewTask:
    """A row of mart.compilation, of the reader's own area or of one right below. `expected` and `received` count
    returns."""

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
        """The share of expected returns received."""
        return self.received / self.expected if self.expected else None


def review_tasks() -> list[ReviewTask]:
    """The reader's own compilations and those right below, of the newest periods first."""
    with acting() as connection:
        area = connection.execute(
            text(_OWN_AREA), {"code": person().area_code, "periods": _PERIODS}
        ).one_or_none()
        if area is None:
            return []
        wanted = {
            "own": area.area_code,
            "areas": area.areas,
            "periods": area.periods,
            "datasets": list(REVIEWED),
        }
        return [ReviewTask(*row) for row in connection.execute(text(_TASKS), wanted)]
