"""What waits for a person, as mart.worklist has it, and each of it in one line of their language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import Connection, text

from countries.country import Country
from sala.translation.translator import Translator
from validators.contracts.contract import contracts, in_language

Kind = Literal[
    "sent_back",
    "to_mend",
    "reopened",
    "to_sign",
    "to_report",
    "to_answer",
    "to_acknowledge",
    "late_below",
    "answered",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""In the order in which a worklist shows them: what is a return's or a signature's first."""

_WORKLIST = """
SELECT kind, about, subject, area_code, names, dataset, period, n, offices, since, due_on,
       age_days, overdue, words, answer, titles
FROM mart.worklist
ORDER BY coalesce(due_on, since::date), since, area_code, subject
"""


@dataclass(frozen=True)
class Task:
    """A row of mart.worklist; `names` and `titles` are by language."""

    kind: Kind
    about: str
    subject: str | None
    area_code: str | None
    names: Mapping[str, str] | None
    dataset: str | None
    period: str | None
    n: int | None
    offices: int | None
    since: dt.datetime
    due_on: dt.date | None
    age_days: int
    overdue: bool
    words: str | None
    answer: str | None
    titles: Mapping[str, str] | None

    def title(self, country: Country, t: Translator) -> str:
        """What is to be done, in one line; where somebody gave words for it, those."""
        match self.kind, self.about:
            case "to_report" | "late_below", _:
                return t(f"work.line.{self.kind}", n=self.n, what=self._what(t), returns=t.number(self.n))
            case "to_mend", state:
                return t(f"work.line.{state}", n=self.n, file=self.words)
            case "sent_back" | "to_answer" | "answered", _:
                return self.words or ""
            case "to_acknowledge", "grant":
                scheme = t.name(self.titles or {}, self.subject or "")
                return t("work.line.grant", amount=t.number(self.n), currency=country.currency, scheme=scheme)
            case "to_acknowledge", _:
                return t.name(self.titles or {}, self.subject or "")
        return self._what(t)

    def facts(self, t: Translator) -> str:
        """What else is known of it: which figures, who acted, what was answered, since when."""
        area = t.name(self.names or {}, self.area_code or "")
        known: list[str | None] = []
        match self.kind:
            case "sent_back":
                known = [self._what(t), area, t("work.by", who=self.answer or "Sala")]
            case "reopened":
                known = [area, self.words]
            case "late_below":
                known = [t("work.offices", n=self.offices, area=area)]
            case "to_mend":
                known = [_dataset(self.dataset, t)]
            case "to_answer":
                known = [t(f"work.about.{self.about}"), area, self._what(t) if self.dataset else None]
            case "answered":
                known = [t("items.answer", area=area), self.answer]
            case "to_acknowledge":
                known = [t.period(self.period) if self.period else t(f"notices.kind.{self.about}")]
        if self.due_on:
            known.append(t("work.due", due=t.date(self.due_on)))
        if self.overdue and self.about == "returns":
            known.append(t("items.late", n=self.age_days))
        elif self.about != "returns":
            known.append(t("work.age", n=self.age_days) if self.age_days else t("work.today"))
        return " · ".join(part for part in known if part)

    def _what(self, t: Translator) -> str:
        return f"{_dataset(self.dataset, t)}, {t.period(self.period or '')}"


def _dataset(name: str | None, t: Translator) -> str:
    about = contracts().get(name or "")
    return in_language(about.title, t.language) if about else name or ""


def worklist(connection: Connection) -> list[Task]:
    """What waits for whom the transaction acts for, the oldest of each kind first."""
    return [Task(**row) for row in connection.execute(text(_WORKLIST)).mappings()]
