"""E-mails that nobody wrote by hand: their head, the same for all."""

import hashlib
from email.message import EmailMessage


def automatic_email(
    sender: str, to: str, subject: str, content: str, message_id: tuple[str, str] | None = None
) -> EmailMessage:
    """An e-mail that asks for no automatic answer.

    `message_id`: a prefix, and what the e-mail is about; the same gives the same Message-ID, so that a mail server or
    reader knows a copy when Sala was stopped between sending it and writing that down.
    """
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    if message_id:
        prefix, about = message_id
        domain = sender.rpartition("@")[2].strip("> ") or "localhost"
        message["Message-ID"] = f"<{prefix}-{hashlib.sha256(about.encode()).hexdigest()[:32]}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(content)
    return message
