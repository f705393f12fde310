"""What waits for the reader: reminders, notices and grants that their area has not acknowledged."""

import datetime as dt
from dataclasses import dataclass

from dashboards.queries.rows import rows
from dashboards.server.current_user import account, acting

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
_NOTICES = """
SELECT n.notice_id, n.titles, n.valid_from
FROM mart.notice_reach r
JOIN mart.notice n USING (notice_id)
WHERE r.area_code = :code AND r.is_recipient AND r.acknowledged_at IS NULL AND n.state <> 'replaced'
ORDER BY n.published_at DESC
"""
_GRANTS = """
SELECT g.allocation, g.period, g.scheme, s.names, g.amount::double precision AS amount
FROM mart.allocation_answer g
JOIN mart.scheme s USING (scheme)
WHERE g.area_code = :code AND g.acknowledged_at IS NULL
ORDER BY g.granted_at DESC
"""


@dataclass(frozen=True)
class Reminder:
    """A row of mart.reminder; names by language."""

    reminder_id: int
    stage: str
    dataset: str
    scheme: dict[str, str] | None
    period: str
    area_code: str
    area: dict[str, str]
    due_on: dt.date
    owing: int
    made_at: dt.datetime
    read_at: dt.datetime | None
    mail: str


@dataclass(frozen=True)
class NewNotice:
    """A notice that the reader's area has still to acknowledge."""

    notice_id: int
    titles: dict[str, str]
    valid_from: dt.date


@dataclass(frozen=True)
class NewGrant:
    """Money of which the reader's area has still to take note."""

    allocation: int
    period: str
    scheme: str
    names: dict[str, str]
    amount: float


@dataclass(frozen=True)
class Inbox:
    """All that waits for one person."""

    reminders: tuple[Reminder, ...] = ()
    notices: tuple[NewNotice, ...] = ()
    grants: tuple[NewGrant, ...] = ()

    @property
    def waiting(self) -> int:
        """How many things have neither been read nor acknowledged."""
        unread = sum(reminder.read_at is None for reminder in self.reminders)
        return unread + len(self.notices) + len(self.grants)


def inbox() -> Inbox:
    """What waits for the account of this request; nothing for a visitor."""
    reader = account()
    if reader is None or reader.must_change:
        return Inbox()
    answers = "draft" in reader.actions and reader.administrator is None
    with acting() as connection:
        reminders = tuple(Reminder(**row) for row in rows(connection, _REMINDERS, name=reader.name))
        if not answers:
            return Inbox(reminders)
        notices = tuple(NewNotice(**row) for row in rows(connection, _NOTICES, code=reader.area_code))
        grants = tuple(NewGrant(**row) for row in rows(connection, _GRANTS, code=reader.area_code))
        return Inbox(reminders, notices, grants)
