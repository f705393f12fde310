"""Problems of a file, one a cell: data for the ledger, texts for people."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from validators.contracts.contract import LANGUAGES, contract, in_language
from validators.messages import message_and_fix

PROBLEM_COLUMNS = ("row_number", "column", "value", "rule", "severity", "params")


@dataclass(frozen=True)
class Problem:
    """What one rule has against one cell, row or file.

    `row_number` is None for what concerns the whole file, `column` for what concerns the whole row. `severity` is
    reject or warn; `params` fill the blanks of the rule's texts.
    """

    dataset: str
    row_number: int | None
    column: str | None
    value: str | None
    rule: str
    severity: str
    params: dict[str, Any]

    def message(self, language: str) -> str:
        """What is wrong, in a language."""
        return self._message_and_fix(language)[0]

    def fix(self, language: str) -> str:
        """How to mend it, in a language; empty where the rule has no advice."""
        return self._message_and_fix(language)[1]

    def text(self, language: str) -> str:
        """What is wrong and how to mend it, in one breath."""
        return " ".join(part for part in self._message_and_fix(language) if part)

    def texts(self) -> dict[str, str]:
        """The text in every language, as the ledger keeps it."""
        return {language: self.text(language) for language in LANGUAGES}

    def as_json(self) -> dict[str, Any]:
        """The problem for programs: row, column, value, rule, severity, and message and fix by language."""
        return {
            "row": self.row_number,
            "column": self.column,
            "value": self.value,
            "rule": self.rule,
            "severity": self.severity,
            "message": {language: self.message(language) for language in LANGUAGES},
            "fix": {language: self.fix(language) for language in LANGUAGES},
        }

    def _message_and_fix(self, language: str) -> tuple[str, str]:
        column = contract(self.dataset).column(self.column) if self.column else None
        words = {"value": self.value or "", "row": self.row_number or "", **self.params}
        return message_and_fix(self.rule, language, words, column)


@dataclass(frozen=True)
class Recorded(Problem):
    """A problem as the ledger recorded it, in the words of that day: `params` holds the text by language."""

    @classmethod
    def of(
        cls,
        dataset: str,
        row_number: int | None,
        column: str | None,
        value: str | None,
        rule: str,
        severity: str,
        message: dict[str, str],
    ) -> "Recorded":
        """A problem from the ledger's columns; `message` is the text by language that was stored with it."""
        return cls(dataset, row_number, column, value, rule, severity, message)

    def _message_and_fix(self, language: str) -> tuple[str, str]:
        return in_language(self.params, language), ""


def no_problems() -> pd.DataFrame:
    """An empty table of `PROBLEM_COLUMNS`, with the dtype of row numbers that a full one has."""
    return pd.DataFrame({column: [] for column in PROBLEM_COLUMNS}).astype({"row_number": "Int64"})


def listed(dataset: str, problems: pd.DataFrame) -> Iterator[Problem]:
    """The problems of a frame in `PROBLEM_COLUMNS`, one by one."""
    for cells in problems[list(PROBLEM_COLUMNS)].itertuples(index=False):
        yield _problem(dataset, *cells)


def texts_of(dataset: str, problems: pd.DataFrame) -> pd.Series:
    """Language → text of each problem, under the index of `problems`; those with the same words share one object."""
    texts_by_key: dict[tuple[Any, ...], dict[str, str]] = {}
    texts = []
    for cells in problems[list(PROBLEM_COLUMNS)].itertuples(index=False):
        key = (cells.column, cells.value, cells.rule, id(cells.params))
        if key not in texts_by_key:
            texts_by_key[key] = _problem(dataset, *cells).texts()
        texts.append(texts_by_key[key])
    return pd.Series(texts, index=problems.index, dtype=object)


def _problem(
    dataset: str, row: Any, column: Any, value: Any, rule: str, severity: str, params: dict[str, Any] | None
) -> Problem:
    """One row of `PROBLEM_COLUMNS`."""
    return Problem(
        dataset,
        None if pd.isna(row) else int(row),
        None if pd.isna(column) else column,
        None if pd.isna(value) else value,
        rule,
        severity,
        params or {},
    )
