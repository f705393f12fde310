"""The verdict on a file: every problem at once, each at its cell, and the good rows ready to load."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from countries.model import Country
from validators.contracts.contract import contract
from validators.problem_list import ProblemList
from validators.problems import Problem, listed, texts_of
from validators.reference import Reference
from validators.rules.row_validation import repaired, validate_rows
from validators.table import Table
from validators.typed import typed
from validators.unreadable import Unreadable

SHOWN = 10_000
"""Problems given in full to a program; the counts are of all."""


@dataclass(frozen=True)
class Verdict:
    """What a file comes to. `rows_read = rows_accepted + rows_rejected`, always.

    `outcome`: accepted (every row), partial (some rows), rejected (no row), unreadable.
    `problems`: `PROBLEM_COLUMNS`; a row is rejected when one of its problems is of severity `reject`.
    `table` is the file's rows as texts, repairs done; it is None for a file that could not be read.
    """

    dataset: str
    table: Table | None
    problems: pd.DataFrame

    @cached_property
    def rejected(self) -> np.ndarray:
        """Whether each row of the table is rejected."""
        if self.table is None:
            return np.empty(0, dtype=bool)
        rows = self.problems.loc[self.problems["severity"] == "reject", "row_number"].dropna().unique()
        return np.isin(self.table.row_number, rows.astype(np.int64))

    @property
    def rows_read(self) -> int:
        """Rows of the table, blank ones not counted; 0 for a file that could not be read."""
        return len(self.rejected)

    @property
    def rows_rejected(self) -> int:
        """Rows that are not stored, as one of their problems is of severity `reject`."""
        return int(self.rejected.sum())

    @property
    def rows_accepted(self) -> int:
        """Rows that are stored, those with warnings among them."""
        return self.rows_read - self.rows_rejected

    @property
    def outcome(self) -> str:
        """One of accepted, partial, rejected, unreadable."""
        if self.table is None:
            return "unreadable"
        if not self.rows_accepted:
            return "rejected"
        return "partial" if self.rows_rejected else "accepted"

    @cached_property
    def good(self) -> pd.DataFrame:
        """The accepted rows with the contract's dtypes, and `row_number`."""
        if self.table is None:
            raise ValueError("an unreadable file has no rows")
        return typed(self.table, ~self.rejected)

    def with_problems(self, problems: pd.DataFrame) -> "Verdict":
        """The same file with these problems instead."""
        other = replace(self, problems=problems)
        if "good" in vars(self) and np.array_equal(other.rejected, self.rejected):
            vars(other)["good"] = self.good  # a national file's rows are not typed twice
        return other

    @cached_property
    def partial_returns(self) -> pd.DataFrame:
        """The returns with lines of both kinds: their key as texts, `lines_accepted`, `lines_rejected`.

        Such a return never replaces an accepted one.
        """
        key = list(contract(self.dataset).return_key)
        if self.table is None or not self.rows_rejected:
            return pd.DataFrame(columns=[*key, "lines_accepted", "lines_rejected"])
        texts = self.table.frame[key].astype("str").assign(rejected=self.rejected).dropna()
        counted = texts.groupby(key, sort=False)["rejected"].agg(["size", "sum"]).reset_index()
        counted["lines_accepted"] = counted["size"] - counted["sum"]
        counted["lines_rejected"] = counted["sum"]
        partial = (counted["lines_accepted"] > 0) & (counted["lines_rejected"] > 0)
        return counted.loc[partial, [*key, "lines_accepted", "lines_rejected"]].reset_index(drop=True)

    @property
    def counts(self) -> dict[str, int]:
        """Rule → how many problems."""
        return {str(rule): int(n) for rule, n in self.problems["rule"].value_counts().items()}

    def listed(self) -> Iterator[Problem]:
        """The problems one by one, in the order of the rows."""
        return listed(self.dataset, self.problems)

    def texts(self) -> pd.Series:
        """The text of each problem by language, aligned with `problems`."""
        return texts_of(self.dataset, self.problems)

    def as_json(self) -> dict[str, Any]:
        """The verdict for programs: `sala check --json` and the API give the same."""
        notes = self.table.notes if self.table is not None else {}
        return {
            "dataset": self.dataset or None,
            "outcome": self.outcome,
            "rows_read": self.rows_read,
            "rows_accepted": self.rows_accepted,
            "rows_rejected": self.rows_rejected,
            "read_as": notes,
            "counts": self.counts,
            "problems": [
                problem.as_json() | {"sheet": notes.get("sheet")} for problem in islice(self.listed(), SHOWN)
            ],
            "problems_left_out": max(0, len(self.problems) - SHOWN),
        }


def judge(table: Table, country: Country, reference: Reference, day: date | None = None) -> Verdict:
    """The verdict on one file, by its contract and the country's areas. Needs no database.

    `day` is that on which the file was handed in: what begins after it lies in the future. Left out: today.
    """
    return judge_many([table], country, reference, [day or reference.today])[0]


def judge_many(
    tables: Sequence[Table], country: Country, reference: Reference, days: Sequence[date] = ()
) -> list[Verdict]:
    """The verdicts on several files of one dataset: their values go through the row rules in one run."""
    days = days or [reference.today] * len(tables)
    problem_lists = [ProblemList(table.contract, country, table.problems) for table in tables]
    repaired_tables = [
        repaired(table, reference, problems) for table, problems in zip(tables, problem_lists, strict=True)
    ]
    validate_rows(repaired_tables, problem_lists, country, reference, days)
    return [
        Verdict(table.dataset, table, problems.frame())
        for table, problems in zip(repaired_tables, problem_lists, strict=True)
    ]


def unreadable(dataset: str | None, error: Unreadable) -> Verdict:
    """The verdict on a file that could not be read: one problem, and no rows."""
    return Verdict(dataset or "", None, error.problem())
