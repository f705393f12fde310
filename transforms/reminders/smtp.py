"""The way out for e-mails: a mail server that SALA_SMTP_URL names."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from sala.errors import Unavailable
from sala.settings import settings

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
PATIENCE = 20  # seconds for each answer of the server
LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class MailServer:
    """Where e-mails are handed in, and from whom they come."""

    kind: str
    host: str
    port: int
    sender: str
    user: str | None = None
    password: str | None = None

    @contextmanager
    def open(self) -> Iterator[smtplib.SMTP]:
        """A connection that is ready to send. Raises OSError and smtplib.SMTPException."""
        context = ssl.create_default_context()
        if self.kind == "smtps":
            client: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE, context=context)
        else:
            client = smtplib.SMTP(self.host, self.port, timeout=PATIENCE)
        with client:
            if self.kind == "smtp+tls":
                client.starttls(context=context)
            if self.user:
                client.login(self.user, self.password or "")
            yield client


def needed_mail_server() -> MailServer:
    """What the settings name. Raises Unavailable where none is set, or it cannot be used."""
    server = mail_server()
    if server is None:
        raise Unavailable("no_mail_server")
    return server


def mail_server() -> MailServer | None:
    """What the settings name; None where none is set. Raises Unavailable where it cannot be used."""
    url = settings().smtp_url
    if not url:
        return None
    parts = urlsplit(url)
    sender = settings().mail_from or ""
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in PORTS or not parts.hostname or port == -1:
        raise Unavailable("mail_url")
    if "@" not in sender or any(c in sender for c in "\r\n"):
        raise Unavailable("mail_from")
    if parts.password and parts.scheme == "smtp" and parts.hostname not in LOCAL_HOSTS:
        raise Unavailable("mail_unencrypted")
    return MailServer(
        parts.scheme,
        parts.hostname,
        port or PORTS[parts.scheme],
        sender,
        unquote(parts.username) if parts.username else None,
        unquote(parts.password) if parts.password else None,
    )
