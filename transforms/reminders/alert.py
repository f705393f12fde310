"""An alert: files that a fault of Sala keeps from being taken in, told once to whoever the settings name."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage

from sqlalchemy import text

from countries.country import Country
from sala.errors import Unavailable
from sala.settings import settings
from sala.translation.translator import translator
from sql import warehouse
from transforms.reminders.smtp import mail_server

_UNTOLD = """
    SELECT receipt, fault, says FROM mart.failure
    WHERE state = 'failed' AND alerted_at IS NULL ORDER BY failed_at
"""
_TOLD = """
    UPDATE ledger.submission SET alerted_at = clock_timestamp()
    WHERE receipt = ANY (:receipts) AND state = 'failed' AND alerted_at IS NULL
"""
_MOST = 50  # files that an e-mail names


@dataclass(frozen=True)
class Failure:
    """A file that waits for a mend; `fault` is the reference of the traceback, `says` its words by language."""

    receipt: str
    fault: str | None
    says: Mapping[str, str] | None

    def line(self, language: str) -> str:
        """One line about it, without what it is called: that may name a person, and an e-mail leaves the house."""
        reason = f": {self.says[language]}" if self.says else ""
        return f"{self.receipt}  [{self.fault or '–'}]{reason}"


def anybody_to_tell() -> bool:
    """Whether a file failed of which nobody was told yet."""
    with warehouse.transaction() as connection:
        return bool(connection.execute(text(f"SELECT EXISTS ({_UNTOLD})")).scalar_one())


def tell_of_failures(country: Country) -> list[Failure]:
    """Send an e-mail about the files of which nobody was told yet, where the settings name anybody. Returns them.

    Raises OSError, smtplib.SMTPException, and Unavailable where there is a receiver and no mail server: then they
    are told at the next call.
    """
    with warehouse.transaction() as connection:
        failures = [Failure(**row) for row in connection.execute(text(_UNTOLD)).mappings()]
    receiver = settings().alert_mail
    if failures and receiver:
        server = mail_server()
        if server is None:
            raise Unavailable("no_mail_server")
        with server.open() as client:
            client.send_message(_message(failures, receiver, server.sender, country.languages[0]))
    with warehouse.transaction() as connection:
        connection.execute(text(_TOLD), {"receipts": [failure.receipt for failure in failures]})
    return failures


def _message(failures: Sequence[Failure], receiver: str, sender: str, language: str) -> EmailMessage:
    t = translator(language)
    message = EmailMessage()
    message["From"], message["To"] = sender, receiver
    message["Subject"] = t("mail.alert_subject", n=len(failures))
    numbers = ",".join(failure.receipt for failure in failures)
    domain = sender.rpartition("@")[2].strip("> ") or "localhost"
    message["Message-ID"] = f"<sala-alert-{hashlib.sha256(numbers.encode()).hexdigest()[:32]}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    files = "\n".join(failure.line(language) for failure in failures[:_MOST])
    message.set_content(t("mail.alert", n=len(failures), files=files) + "\n")
    return message
