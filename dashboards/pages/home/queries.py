"""The reminders that were sent to the reader."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from dashboards.queries.rows import rows
from dashboards.server.current_user import acting

_REMINDERS = """
SELECT r.reminder_id, r.stage, r.dataset, s.names AS scheme, r.period, r.area_code, a.names AS area, r.due_on, r.owing,
       r.made_at, r.read_at, r.mail
FROM mart.reminder r
JOIN mart.area a ON a.area_code = r.area_code AND a.valid_to = 'infinity'
LEFT JOIN mart.scheme s ON s.scheme = r.scheme
WHERE r.person = :name
ORDER BY r.read_at IS NOT NULL, r.due_on DESC, r.reminder_id DESC
LIMIT 200
"""


@dataclass(frozen=True)
class Reminder:
    """A row of mart.reminder; names by language."""

    reminder_id: int
    stage: str
    dataset: str
    scheme: Mapping[str, str] | None
    period: str
    area_code: str
    area: Mapping[str, str]
    due_on: dt.date
    owing: int
    made_at: dt.datetime
    read_at: dt.datetime | None
    mail: str


def reminders(name: str) -> list[Reminder]:
    """Those of an account, the unread and the latest first."""
    with acting() as connection:
        return [Reminder(**row) for row in rows(connection, _REMINDERS, name=name)]
