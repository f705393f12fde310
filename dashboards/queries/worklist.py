"""What waits for a reader: the compilations of their area and of those right below."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import text

from dashboards.signed_in import acting, person

_PERIODS = 6  # of each kind: what is older has been looked at, or is found from its area's page

_WORKLIST = """
WITH recent AS (
    SELECT period FROM (
        SELECT period, row_number() OVER (PARTITION BY kind ORDER BY ends_on DESC) AS place
        FROM mart.period WHERE published_at IS NOT NULL
    ) AS p WHERE place <= :periods
),
here AS (
    SELECT area_code FROM mart.area WHERE area_code = :code OR (:code = '' AND depth = 0)
    ORDER BY valid_to DESC LIMIT 1
)
SELECT c.area_code, a.names, c.area_code = here.area_code AS own, c.dataset, c.period, c.state, c.since, c.expected,
       c.received
FROM here
JOIN mart.area a ON a.valid_to = 'infinity' AND here.area_code IN (a.area_code, a.parent_code)
JOIN mart.compilation c ON c.area_code = a.area_code
JOIN recent USING (period)
WHERE c.dataset IN ('scheme_returns', 'flash_reports')
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
        rows = connection.execute(text(_WORKLIST), {"code": person().area_code, "periods": _PERIODS})
        return [Waiting(*row) for row in rows]
