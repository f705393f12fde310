"""The head of the audit log, noted where whoever could change the log does not reach: in a file, in an e-mail.

Somebody with the owner's password can cut the log or seal it anew from some entry on; against a head that was noted
before, `sala audit verify --against` finds it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

from countries.country import Country
from sala.settings import settings
from sala.translation.translator import translator
from sql import warehouse
from transforms.identity.audit import Head, head, note_head
from transforms.reminders.automatic_email import automatic_email
from transforms.reminders.smtp import needed_mail_server


def note_audit_head(country: Country) -> Head:
    """Note the head in the file and send it to the receiver that the settings name, if any. Returns it.

    Raises OSError, smtplib.SMTPException, and Unavailable where there is a receiver and no mail server.
    """
    with warehouse.transaction() as connection:
        last = head(connection)
    now = datetime.now(UTC)
    if file := settings().audit_file:
        note_head(file, last, now)
    if receiver := settings().audit_mail:
        server = needed_mail_server()
        with server.open() as client:
            client.send_message(_message(last, now, receiver, server.sender, country.languages[0]))
    return last


def _message(last: Head, at: datetime, receiver: str, sender: str, language: str) -> EmailMessage:
    t = translator(language)
    subject = t("mail.audit_subject", date=t.date(at.date()))
    return automatic_email(sender, receiver, subject, t("mail.audit_head", head=str(last)) + "\n")
