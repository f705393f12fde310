"""The row rules of a file, run: repairs first, then the rules on one value, on one row, and between rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from countries.model import Country
from validators.categories import groups, recode
from validators.contracts.contract import TOTAL, Column, Contract
from validators.problem_list import ProblemList
from validators.reference import Reference
from validators.rules import suite
from validators.rules.checks import Check, checks
from validators.rules.cross_field_rules import Breach, cross_field_breaches
from validators.rules.distinct_values import distinct_texts, distinct_values, first_day
from validators.rules.duplicate_rules import duplicate_breaches
from validators.rules.eligibility_checks import eligibility_breaches
from validators.rules.identifiers import identifier_breaches
from validators.rules.lost_letters import lost_letter_breaches
from validators.rules.population_groups import group_breaches
from validators.rules.repairs import Repair, is_repaired, repair_of
from validators.rules.suggestions import explained
from validators.rules.totals import sums_sexes
from validators.table import Table

HINTED = 1_000
"""Wrong values of a column for which a likely reading is looked for; with more of them it is no help."""

Broken = dict[Check, frozenset[str | None]]
"""Check → the texts that break it; None when a missing value does."""

Params = Mapping[str | None, dict[str, Any]]
"""Text → the parameters of its message."""


def repaired(table: Table, reference: Reference, problems: ProblemList) -> Table:
    """The table with the values that mean one thing only put right; a warning at each cell says what was done."""
    frame = table.frame
    for column in filter(is_repaired, table.contract.columns):
        values = frame[column.name].array
        repairs: dict[str | None, Repair] = {
            text: repair
            for text in values.categories
            if (repair := repair_of(column, text, reference)) is not None
        }
        for rule in {repair.rule for repair in repairs.values()}:
            params = {text: repair.params for text, repair in repairs.items() if repair.rule == rule}
            _add(table, problems, column, rule, params)
        if repairs:
            texts = [repairs[text].text if text in repairs else text for text in values.categories]
            frame = frame.assign(**{column.name: recode(values, texts)})
    return replace(table, frame=frame)


def validate_rows(
    tables: Sequence[Table],
    problem_lists: Sequence[ProblemList],
    country: Country,
    reference: Reference,
    days: Sequence[date],
    own_areas: Sequence[str],
) -> None:
    """Find the problems of several tables of one dataset: of values, then of returns, then of lines.

    For each table `days`: the day on which it was handed in, against which the future is meant; `own_areas`: the area
    of its sender's account, within which likely readings are looked for, empty where it has none.
    """
    contract = tables[0].contract
    broken = _broken(contract, [table.frame for table in tables], country, reference, min(days))
    for table, problems, day, own in zip(tables, problem_lists, days, own_areas, strict=True):
        for check, texts in broken.items():
            if problems.too_many:
                break
            _add_values(table, problems, check, _beyond(check, contract, texts, day), reference, own)
        for breach in _of_rows(table, reference):
            column = contract.column(breach.column) if breach.column else None
            values = _texts_at(table, column, breach.places)
            problems.add(column, table.row_number[breach.places], values, breach.rule, breach.params)


def _broken(
    contract: Contract, frames: Sequence[pd.DataFrame], country: Country, reference: Reference, today: date
) -> Broken:
    """Which values break the row rules. The one place where Great Expectations runs."""
    texts = distinct_texts(contract, frames)
    for column in contract.typed("person"):  # of whom is only asked whether one is missing, which stands last
        texts[column.name] = texts[column.name].iloc[-1:]
    wanted = [check for check in checks(contract, country, today) if check.column in texts]
    return {
        check: frozenset(None if pd.isna(text) else text for text in texts[check.column].iloc[places])
        for check, places in suite.run(wanted, distinct_values(contract, texts, reference)).items()
    }


def _beyond(
    check: Check, contract: Contract, texts: frozenset[str | None], day: date
) -> frozenset[str | None]:
    """Of the texts that break a check those that break it on that day: files of several days are judged together,
    by the earliest of them. And a total over the sexes is left to the rule that adds them up.
    """
    column = contract.column(check.column)
    if check.rule == "future_period":
        return frozenset(text for text in texts if text is not None and _begins_after(column, text, day))
    if column.type == "sex" and check.rule == "unlisted" and sums_sexes(contract):
        return texts - {TOTAL}
    return texts


def _begins_after(column: Column, text: str, day: date) -> bool:
    if column.type == "year":
        return int(text) > day.year
    first = first_day(column, text)
    return first is not None and first > day


def _add_values(
    table: Table,
    problems: ProblemList,
    check: Check,
    texts: frozenset[str | None],
    reference: Reference,
    own: str,
) -> None:
    """The rule that is named, and its parameters, depend on the value."""
    column = table.contract.column(check.column)
    categories = table.frame[column.name].array.categories
    broken_texts: list[str | None] = [text for text in categories if text in texts]
    broken_texts += [None] if None in texts else []
    around = categories if column.type == "area" and broken_texts else ()
    beside = reference.surroundings(around, own)
    by_rule: dict[str, dict[str | None, dict[str, Any]]] = {}
    for place, text in enumerate(broken_texts):
        rule, params = explained(check, column, text, reference, beside if place < HINTED else None)
        by_rule.setdefault(rule, {})[text] = params
    for rule, params_by_text in by_rule.items():
        _add(table, problems, column, rule, params_by_text)


def _add(table: Table, problems: ProblemList, column: Column, rule: str, params: Params) -> None:
    """One problem for each row whose value is one of the texts."""
    values = table.frame[column.name].array
    codes = values.categories.get_indexer([text for text in params if text is not None])
    wanted = np.append(codes, -1) if None in params else codes
    places = np.flatnonzero(np.isin(values.codes, wanted))
    texts = _texts_at(table, column, places)
    problems.add(column, table.row_number[places], texts, rule, [params[text] for text in texts])


def _texts_at(table: Table, column: Column | None, places: np.ndarray) -> list[str | None]:
    if column is None:
        return [None] * len(places)
    values = table.frame[column.name].array
    texts = [*values.categories, None]
    return [texts[code] for code in values.codes[places]]


def _of_rows(table: Table, reference: Reference) -> Iterator[Breach]:
    """Rules on one row are checked once per return, and hold for each of its lines."""
    contract, frame = table.contract, table.frame
    dating = contract.period.name if contract.period else ""
    key = [name for name in (dating, "area_code", "scheme") if name in contract.names]
    of_row, first = groups([frame[name].array for name in key])
    returns = pd.DataFrame({name: frame[name].array[first].astype("str") for name in key})
    for breach in cross_field_breaches(contract, returns, reference):
        place_of = np.full(len(first), -1, dtype=np.int64)
        place_of[breach.places] = np.arange(len(breach.places))
        hit = place_of[of_row]
        places = np.flatnonzero(hit >= 0)
        yield Breach(breach.rule, breach.column, places, [breach.params[i] for i in hit[places]])
    yield from duplicate_breaches(contract, frame, table.row_number, reference)
    yield from group_breaches(contract, frame, reference.country)
    yield from eligibility_breaches(contract, frame, reference)
    yield from identifier_breaches(contract, frame)
    yield from lost_letter_breaches(contract, frame)
