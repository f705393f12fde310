"""E-mails in the words of the pages: what a receiver is reminded of, in their language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage

from sala.translation.translator import Translator, translator
from transforms.reminders.automatic_email import automatic_email


@dataclass(frozen=True)
class Line:
    """One reminder; names are by language. `scheme` is None for a dataset without schemes."""

    reminder_id: int
    stage: str
    dataset: str
    scheme: Mapping[str, str] | None
    period: str
    area: Mapping[str, str]
    area_code: str
    due_on: dt.date
    owing: int


def email_message(lines: Sequence[Line], to: str, sender: str, language: str) -> EmailMessage:
    """One e-mail for all that one person is reminded of. The same reminders give the same Message-ID."""
    t = translator(language)
    parts = [t("mail.greeting")]
    for stage in ("asked", "escalated", "after", "before"):
        of_stage = [line for line in lines if line.stage == stage]
        if of_stage:
            parts.append("\n".join([t(f"mail.{stage}"), *(f"– {_text(line, t)}" for line in of_stage)]))
    parts.append(t("mail.end"))
    subject = t("mail.subject", n=sum(line.owing for line in lines))
    numbers = ",".join(str(line.reminder_id) for line in lines)
    return automatic_email(sender, to, subject, "\n\n".join(parts) + "\n", ("sala", numbers))


def _text(line: Line, t: Translator) -> str:
    return t(
        "mail.line",
        n=line.owing,
        what=t.name(line.scheme) if line.scheme else t(f"dataset.{line.dataset}"),
        period=line.period,
        area=t.name(line.area, line.area_code),
        due=t.date(line.due_on),
    )
