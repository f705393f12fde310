"""Reminders: before a due day, after it, and to the layer above.

Each is made once for a duty, a stage and a person, and stands in the application from then on. By e-mail a person gets
one e-mail for all that is new; what could not be sent is kept and tried again at the next run. After them goes the
digest of whatever else waits for a person.
"""

from __future__ import annotations

import datetime as dt
import logging
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, text

from countries.country import Country
from sql import warehouse
from transforms.identity.audit import record
from transforms.identity.person import SYSTEM
from transforms.reminders.digest import send_digests
from transforms.reminders.email_messages import Line, email_message
from transforms.reminders.smtp import MailServer, mail_server

MOST_ATTEMPTS = 10
_RECEIVERS = """
SELECT DISTINCT person_id FROM core.reminder WHERE mail IN ('waiting', 'failed') AND attempts < :most ORDER BY person_id
"""
_TRIED = """
UPDATE core.reminder
SET mail = :mail, attempts = attempts + 1, tried_at = clock_timestamp(), fault = :fault
WHERE reminder_id = ANY (:ids)
"""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reminded:
    """What a run did: reminders made, e-mails sent, e-mails that could not be sent, digests sent. `by_mail`: whether
    any mail server is set."""

    made: int
    sent: int
    failed: int
    by_mail: bool
    digests: int = 0


def remind(country: Country, day: dt.date | None = None) -> Reminded:
    """Make the reminders of a day (today where it is left out) and send what waits. Raises Unavailable.

    Doing it again the same day makes and sends nothing more.
    """
    server = mail_server()
    day = day or dt.datetime.now(ZoneInfo(country.timezone)).date()
    with warehouse.transaction() as connection:
        warehouse.take_lock(connection, "reminders")
        made = _make(connection, country, day, mails=server is not None)
        receivers = connection.execute(text(_RECEIVERS), {"most": MOST_ATTEMPTS}).scalars().all()
    if server is None:
        _log.warning(
            "%d reminders made; none go out by e-mail, as SALA_SMTP_URL is not set. They stand in the application.",
            made,
        )
        return Reminded(made, 0, 0, by_mail=False)
    sent = sum(_send(server, person_id, country) for person_id in receivers)
    failed = len(receivers) - sent
    told = send_digests(country)
    _log.info(
        "%d reminders made; %d e-mails sent, %d failed; %d digests sent, %d failed",
        made, sent, failed, told.sent, told.failed,
    )  # fmt: skip
    return Reminded(made, sent, failed + told.failed, by_mail=True, digests=told.sent)


def record_late(run: str) -> None:
    """Write down that a run of the reminders took too long: whoever relies on them can see it in the audit log."""
    _log.error("reminders are late: the run %s has not finished in time", run)
    with warehouse.transaction() as connection:
        record(connection, SYSTEM, "reminders late", f"run {run}")


def _make(connection: Connection, country: Country, day: dt.date, mails: bool) -> int:
    when = country.calendar.reminders
    people = (
        warehouse.run(
            connection,
            "reminders/make.sql",
            day=day,
            before=when.before_days,
            after=when.after_days,
            escalate=when.escalate_days,
            mails=mails,
        )
        .scalars()
        .all()
    )
    if people:
        detail = {"day": day, "reminders": len(people), "people": len(set(people))}
        record(connection, SYSTEM, "reminders made", f"reminders {day}", country.root, detail)
    return len(people)


def _send(server: MailServer, person_id: int, country: Country) -> bool:
    """One e-mail, and what became of it, in one transaction that holds its reminders."""
    with warehouse.transaction() as connection:
        rows = (
            warehouse.run(connection, "reminders/waiting.sql", person_id=person_id, most=MOST_ATTEMPTS)
            .mappings()
            .all()
        )
        if not rows:
            return True
        ids = [row["reminder_id"] for row in rows]
        if not rows[0]["email"]:
            _tried(connection, ids, "none", None)
            return True
        lines = [Line(**{name: row[name] for name in Line.__dataclass_fields__}) for row in rows]
        language = rows[0]["language"] or country.languages[0]
        try:
            with server.open() as client:
                client.send_message(email_message(lines, rows[0]["email"], server.sender, language))
        except (OSError, smtplib.SMTPException) as fault:
            _tried(connection, ids, "failed", _short(fault))
            _log.warning("an e-mail of %d reminders was not sent: %s", len(ids), _short(fault))
            return False
        _tried(connection, ids, "sent", None)
        detail = {"person_id": person_id, "reminders": len(ids)}
        record(connection, SYSTEM, "reminders sent", f"reminders {ids[0]}–{ids[-1]}", None, detail)
    return True


def _tried(connection: Connection, ids: Sequence[int], mail: str, fault: str | None) -> None:
    connection.execute(text(_TRIED), {"ids": list(ids), "mail": mail, "fault": fault})


def _short(fault: Exception) -> str:
    """What went wrong, without addresses."""
    if isinstance(fault, smtplib.SMTPResponseException):
        return f"{type(fault).__name__}: the server answered {fault.smtp_code}"
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        codes = sorted({code for code, _ in fault.recipients.values()})
        return f"SMTPRecipientsRefused: the server answered {', '.join(map(str, codes))}"
    return type(fault).__name__
