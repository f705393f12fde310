"""An alert: files that a fault of Sala keeps from being taken in, told once to whoever the settings name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage

from sqlalchemy import text

from countries.country import Country
from sala.settings import settings
from sala.translation.translator import translator
from sql import warehouse
from transforms.reminders.automatic_email import automatic_email
from transforms.reminders.smtp import needed_mail_server

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
        server = needed_mail_server()
        with server.open() as client:
            client.send_message(_message(failures, receiver, server.sender, country.languages[0]))
    with warehouse.transaction() as connection:
        connection.execute(text(_TOLD), {"receipts": [failure.receipt for failure in failures]})
    return failures


def _message(failures: Sequence[Failure], receiver: str, sender: str, language: str) -> EmailMessage:
    t = translator(language)
    files = "\n".join(failure.line(language) for failure in failures[:_MOST])
    content = t("mail.alert", n=len(failures), files=files) + "\n"
    receipts = ",".join(failure.receipt for failure in failures)
    subject = t("mail.alert_subject", n=len(failures))
    return automatic_email(sender, receiver, subject, content, ("sala-alert", receipts))
