"""The verdict on a file: every problem at once, each at its cell, and the good rows ready to load."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from countries.model import Country
from validators.contracts.contract import contract
from validators.persons import Persons
from validators.problem_list import MOST, ProblemList
from validators.problems import Problem, listed, texts_of
from validators.reference import Reference
from validators.rules.adjoining_returns import adjoining_breach, adjoining_rows
from validators.rules.cross_field_rules import Breach
from validators.rules.expected_lines import missing_line_breach, missing_lines
from validators.rules.marks import line_marks
from validators.rules.replacements import Replacements
from validators.rules.returns import Returns
from validators.rules.row_validation import repaired, validate_rows
from validators.rules.stocks_and_flows import line_breaches
from validators.rules.totals import Totals, totals_of
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
    `table` is the file's rows as texts, repairs done; it is None for a file that could not be read, as `reference` is,
    by which it was judged. `replacements`: what it would replace of what stands, where that was asked; `left_out`: what
    an older file of its sender has and this one lacks (`Standing`). `secret`: with which persons are compared.
    """

    dataset: str
    table: Table | None
    problems: pd.DataFrame
    reference: Reference | None = None
    replacements: Replacements | None = None
    left_out: pd.DataFrame | None = None
    secret: bytes = field(default=b"", repr=False)

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
        """Rows that are right or have but warnings: they are stored, or are totals of those that are."""
        return self.rows_read - self.rows_rejected

    @cached_property
    def totals(self) -> Totals | None:
        """The file's lines that are totals of others; None for a file that could not be read."""
        if self.table is None or self.reference is None:
            return None
        return totals_of(self.table, self.rejected, self.reference.country)

    @property
    def stored(self) -> np.ndarray:
        """Whether each row of the table is stored: neither rejected nor a total of others."""
        return ~self.rejected if self.totals is None else ~self.rejected & ~self.totals.control

    @property
    def is_held(self) -> bool:
        """Whether somebody is asked before its rows are stored, because of what they would replace."""
        return bool((self.problems["severity"] == "hold").any()) and bool(self.stored.any())

    @property
    def outcome(self) -> str:
        """One of accepted, partial, rejected, unreadable."""
        if self.table is None:
            return "unreadable"
        if not self.stored.any():
            return "rejected"
        return "partial" if self.rows_rejected else "accepted"

    @cached_property
    def good(self) -> pd.DataFrame:
        """The rows to store with the contract's dtypes, and `row_number`; where some of them are what a published total
        holds beyond its parts, `remainder` says which.
        """
        if self.table is None:
            raise ValueError("an unreadable file has no rows")
        rows = typed(self.table, self.stored)
        remainders = self._remainders()
        if remainders.empty:
            return rows
        both = pd.concat([rows.astype(_texts(rows)).assign(remainder=False), remainders.astype(_texts(rows))])
        return both.reset_index(drop=True).astype(dict.fromkeys(_texts(rows), "category"))

    def _remainders(self) -> pd.DataFrame:
        if self.table is None or self.totals is None or not self.totals.published:
            return pd.DataFrame()
        return self.totals.remainders(typed(self.table, ~self.rejected & self.totals.control))

    @cached_property
    def marks(self) -> np.ndarray:
        """What each of the good rows says, as one number (`line_marks`)."""
        return line_marks(self.good, contract(self.dataset), self.secret, self.persons)

    @cached_property
    def persons(self) -> Persons | None:
        """Those of the good rows, where the dataset names persons and there is a secret to digest them with."""
        named = [column.name for column in contract(self.dataset).columns if column.private]
        return Persons.of(self.good[named[0]].array, self.secret) if named and self.secret else None

    @cached_property
    def missing_lines(self) -> pd.DataFrame:
        """The lines that the stored returns owe and leave out, as `expected_lines.missing_lines` lists them."""
        if self.totals is None or self.table is None or self.reference is None:
            raise ValueError("an unreadable file has no rows")
        agreeing = typed(self.table, np.isin(np.arange(self.rows_read), self.totals.agreeing))
        return missing_lines(self.good, agreeing, self.table.contract, self.reference)

    @cached_property
    def returns(self) -> Returns:
        """The returns of the good rows, with their marks."""
        return Returns.of(self.good, contract(self.dataset), self.marks)

    def with_problems(self, problems: pd.DataFrame, **changes: Any) -> "Verdict":
        """The same file with these problems instead; `changes`: other fields."""
        other = replace(self, problems=problems, **changes)
        if np.array_equal(other.rejected, self.rejected):  # a national file's rows are not typed twice
            kept = ["good", "totals", "missing_lines"]
            if other.secret == self.secret:
                kept += ["persons", "marks", "returns"]
            vars(other).update({name: vars(self)[name] for name in kept if name in vars(self)})
        return other

    @cached_property
    def partial_returns(self) -> pd.DataFrame:
        """The returns with lines of both kinds, totals of others aside, which load nothing: their key as texts,
        `lines_accepted`, `lines_rejected`. Such a return never replaces an accepted one.
        """
        key = list(contract(self.dataset).return_key)
        if self.table is None or not self.rows_rejected:
            return pd.DataFrame(columns=[*key, "lines_accepted", "lines_rejected"])
        frame = self.table.frame
        belongs = adjoining_rows(self.table, self.problems)
        place = np.where(belongs >= 0, belongs, np.arange(len(frame)))
        rows = frame[key].iloc[place].reset_index(drop=True).astype("str")
        named = (
            rows[[name for name in key if contract(self.dataset).column(name).required]].notna().all(axis=1)
        )
        if self.totals is not None:
            named &= ~self.totals.control
        texts = rows.fillna("").assign(rejected=self.rejected)[named]
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
            "held": self.is_held,
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


def judge(
    table: Table, country: Country, reference: Reference, day: date | None = None, own_area: str = ""
) -> Verdict:
    """The verdict on one file, by its contract and the country's areas. Needs no database.

    `day` is that on which the file was handed in: what begins after it lies in the future. Left out: today.
    `own_area`: of the sender's account, within which likely readings of an area are looked for.
    """
    return judge_many([table], country, reference, [day or reference.today], [own_area])[0]


def judge_many(
    tables: Sequence[Table],
    country: Country,
    reference: Reference,
    days: Sequence[date] = (),
    own_areas: Sequence[str] = (),
) -> list[Verdict]:
    """The verdicts on several files of one dataset: their values go through the row rules in one run."""
    days = days or [reference.today] * len(tables)
    own_areas = own_areas or [""] * len(tables)
    problem_lists = [ProblemList(table.contract, country, table.problems) for table in tables]
    repaired_tables = [
        repaired(table, reference, problems) for table, problems in zip(tables, problem_lists, strict=True)
    ]
    validate_rows(repaired_tables, problem_lists, country, reference, days, own_areas)
    return [
        unreadable(table.dataset, Unreadable("too_many_problems", limit=MOST))
        if problems.too_many
        else _of_returns(Verdict(table.dataset, table, problems.frame(), reference))
        for table, problems in zip(repaired_tables, problem_lists, strict=True)
    ]


def _of_returns(verdict: Verdict) -> Verdict:
    """With what concerns whole returns, which shows when each row has been judged."""
    table, reference, totals = verdict.table, verdict.reference, verdict.totals
    if table is None or reference is None or totals is None:
        return verdict
    verdict = _with_breaches(verdict, table, list(totals.unchecked(reference)))
    if not verdict.stored.any():
        return verdict
    at_rows = list((verdict.totals or totals).breaches(reference))
    if verdict.rows_rejected:
        at_rows.append(adjoining_breach(table, adjoining_rows(table, verdict.problems), reference))
    missing = verdict.missing_lines
    at_good = list(line_breaches(verdict.good, verdict.dataset or ""))
    if len(missing):
        at_good.append(missing_line_breach(verdict.good, missing, verdict.partial_returns, reference))
    place_of = np.searchsorted(table.row_number, verdict.good["row_number"].to_numpy())
    at_rows += [replace(breach, places=place_of[breach.places]) for breach in at_good]
    return _with_breaches(verdict, table, at_rows)


def _with_breaches(verdict: Verdict, table: Table, breaches: Sequence[Breach]) -> Verdict:
    """With the problems at these rows of the table; the value is shown where the message names it."""
    if verdict.reference is None or not any(len(breach.places) for breach in breaches):
        return verdict  # as most files are: nothing is put in order twice
    problems = ProblemList(table.contract, verdict.reference.country, verdict.problems)
    for breach in breaches:
        column = table.contract.column(breach.column) if breach.column else None
        cells = table.frame[breach.column].array[breach.places] if breach.column else breach.places
        values = [
            str(cell) if column and "value" in params else None
            for cell, params in zip(cells, breach.params, strict=True)
        ]
        problems.add(column, table.row_number[breach.places], values, breach.rule, breach.params)
    return verdict.with_problems(problems.frame())


def _texts(rows: pd.DataFrame) -> dict[str, str]:
    return {name: "str" for name in rows.columns if rows[name].dtype == "category"}


def unreadable(dataset: str | None, error: Unreadable) -> Verdict:
    """The verdict on a file that could not be read: one problem, and no rows."""
    return Verdict(dataset or "", None, error.problem())
