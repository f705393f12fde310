"""E-mails in the words of the pages: what a receiver is reminded of, in their language."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.messages.pofile import read_po

# One set of words for pages, prints and e-mails. Only the files are shared: nothing of the pages is imported.
CATALOGUES = Path(__file__).resolve().parents[2] / "sala" / "translation" / "catalogues"
FALLBACK = "en"


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


def letter(lines: Sequence[Line], to: str, sender: str, language: str) -> EmailMessage:
    """One e-mail for all that one person is reminded of. The same reminders give the same Message-ID, so that a mail
    server or reader knows a copy when Sala was stopped between sending it and writing that down."""
    said = _catalogue(language)
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = said["mail.subject"].format(n=sum(line.owing for line in lines))
    numbers = ",".join(str(line.reminder_id) for line in lines)
    domain = sender.rpartition("@")[2].strip("> ") or "localhost"
    message["Message-ID"] = f"<sala-{hashlib.sha256(numbers.encode()).hexdigest()[:32]}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    parts = [said["mail.greeting"]]
    for stage in ("escalated", "after", "before"):
        found = [line for line in lines if line.stage == stage]
        if found:
            parts.append(
                "\n".join([said[f"mail.{stage}"], *(f"– {_said(line, language)}" for line in found)])
            )
    parts.append(said["mail.end"])
    message.set_content("\n\n".join(parts) + "\n")
    return message


def _said(line: Line, language: str) -> str:
    said = _catalogue(language)
    what = _name(line.scheme, language) if line.scheme else said[f"dataset.{line.dataset}"]
    area = _name(line.area, language) or line.area_code
    due = format_date(line.due_on, "medium", locale=_locale(language))
    return said["mail.line"].format(what=what, period=line.period, area=area, n=line.owing, due=due)


def _name(names: Mapping[str, str], language: str) -> str:
    return names.get(language) or names.get(FALLBACK) or next(iter(names.values()), "")


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(FALLBACK)


@cache
def _catalogue(language: str) -> Mapping[str, str]:
    path = CATALOGUES / f"{language}.po"
    if not path.exists():
        path = CATALOGUES / f"{FALLBACK}.po"
    with path.open("rb") as file:
        return {
            str(message.id): str(message.string)
            for message in read_po(file)
            if isinstance(message.id, str) and message.string
        }
