"""The digest: one e-mail a person with all that waits for them, sent when something new has come since the last one."""

from __future__ import annotations

import datetime as dt
import logging
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage

from sqlalchemy import text

from countries.country import Country
from sala.translation.translator import translator
from sql import warehouse
from transforms.identity.audit import record
from transforms.identity.person import SYSTEM
from transforms.reminders.automatic_email import automatic_email
from transforms.reminders.smtp import MailServer, mail_server
from transforms.reminders.worklist import KINDS, Task, worklist

_RECEIVERS = """
SELECT person_id, email, language, told_at FROM ledger.person WHERE active AND email IS NOT NULL ORDER BY person_id
"""
_TOLD = "UPDATE ledger.person SET told_at = :at WHERE person_id = :person_id"
_MOST = 12  # of one kind
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Digests:
    """E-mails sent, and those that could not be."""

    sent: int = 0
    failed: int = 0


def send_digests(country: Country) -> Digests:
    """Tell everybody with an address, where a mail server is set. Raises Unavailable where it cannot be used.

    Owed returns are told by their reminders: they stand in a digest, and are no reason to send one.
    """
    server = mail_server()
    if server is None:
        return Digests()
    with warehouse.transaction() as connection:
        receivers = connection.execute(text(_RECEIVERS)).all()
    outcomes = [
        _send(server, country, row.person_id, row.email, row.language, row.told_at) for row in receivers
    ]
    return Digests(outcomes.count(True), outcomes.count(False))


def _send(
    server: MailServer,
    country: Country,
    person_id: int,
    email: str,
    language: str | None,
    told_at: dt.datetime | None,
) -> bool | None:
    """Whether it was sent; None where nothing is new."""
    with warehouse.acting(person_id) as connection:
        at = connection.execute(text("SELECT now()")).scalar_one()
        tasks = worklist(connection)
    if not any(task.about != "returns" and (told_at is None or task.since > told_at) for task in tasks):
        return None
    message = _message(tasks, country, email, server.sender, language or country.languages[0])
    try:
        with server.open() as client:
            client.send_message(message)
    except (OSError, smtplib.SMTPException) as fault:
        _log.warning("a digest was not sent: %s", type(fault).__name__)
        return False
    with warehouse.transaction() as connection:
        connection.execute(text(_TOLD), {"at": at, "person_id": person_id})
        record(connection, SYSTEM, "digest sent", f"person {person_id}", None, {"tasks": len(tasks)})
    return True


def _message(tasks: Sequence[Task], country: Country, to: str, sender: str, language: str) -> EmailMessage:
    """The same tasks give the same Message-ID, so that a copy is known as one."""
    t = translator(language)
    parts = [t("mail.greeting")]
    for kind in KINDS:
        of_kind = [task for task in tasks if task.kind == kind]
        if of_kind:
            lines = [f"– {task.title(country, t)} ({task.facts(t)})" for task in of_kind[:_MOST]]
            if len(of_kind) > _MOST:
                lines.append(t("mail.digest_more", n=len(of_kind) - _MOST))
            parts.append("\n".join([t(f"work.kind.{kind}"), *lines]))
    parts.append(t("mail.digest_end"))
    content = "\n\n".join(parts) + "\n"
    subject = t("mail.digest", n=len(tasks))
    return automatic_email(sender, to, subject, content, ("sala-digest", f"{to}\n{content}"))
