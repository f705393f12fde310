"""A contract's row rules as a Great Expectations suite, and the running of it.

The suite looks at the distinct values of each column (`facets`), not at the rows: a rule about one value
is asked once per value. Great Expectations takes 8 to 17 seconds to import, so it is imported on first
use; a server calls `warm` before anybody waits. It runs twice at most: once for yes or no, then only what
failed, for the places.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from countries.model import Country
from validators.contract import Column, Contract
from validators.values import codes

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite
    from great_expectations.core.batch_definition import BatchDefinition

_one_at_a_time = Lock()
"""The execution engine of Great Expectations holds the batch it works on."""


@dataclass(frozen=True, eq=False)
class Check:
    """One rule on one column. `facet` is the column of the facets frame that the expectation looks at."""

    rule: str
    column: str
    facet: str
    expectation: Literal["not_null", "regex", "in_set", "between", "length"]
    bounds: dict[str, Any] = field(default_factory=dict)


class CheckFailed(RuntimeError):
    """An expectation raised: a fault of ours, never a verdict on somebody's file."""


def checks(contract: Contract, country: Country, today: date) -> list[Check]:
    """The contract's row rules, column by column."""
    return [check for column in contract.columns for check in _of(column, country, today)]


def _of(column: Column, country: Country, today: date) -> list[Check]:
    name = column.name
    found = [Check("required", name, name, "not_null")] if column.required else []
    if column.pattern:
        found.append(Check("malformed", name, name, "regex", {"regex": f"^(?:{column.pattern})$"}))
    if column.type == "area":
        found.append(Check("unlisted", name, f"{name}.known", "between", {"min_value": 1}))
    if column.listed:
        found.append(Check("unlisted", name, name, "in_set", {"value_set": list(codes(column, country))}))
    if column.type in ("period", "date"):
        found.append(Check("malformed", name, f"{name}.known", "between", {"min_value": 1}))
    if column.minimum is not None or column.maximum is not None:
        bounds = {"min_value": column.minimum, "max_value": column.maximum}
        found.append(Check("out_of_range", name, f"{name}.value", "between", bounds))
    if column.not_future:
        latest = today.year if column.type == "year" else today.toordinal()
        found.append(Check("future_period", name, f"{name}.value", "between", {"max_value": latest}))
    if column.maximum_length:
        bounds = {"max_value": column.maximum_length}
        found.append(Check("too_long", name, name, "length", bounds))
    return found


def run(wanted: Sequence[Check], facets: pd.DataFrame) -> list[np.ndarray]:
    """For each check, the places in `facets` that break it. Raises `CheckFailed`."""
    places = [np.empty(0, dtype=np.int64) for _ in wanted]
    with _one_at_a_time:
        failed = [
            i for i, result in enumerate(_validated(wanted, facets, "BOOLEAN_ONLY")) if not result.success
        ]
        if failed:
            results = _validated([wanted[i] for i in failed], facets, "COMPLETE")
            for i, result in zip(failed, results, strict=True):
                places[i] = np.array(result.result["unexpected_index_list"], dtype=np.int64)
    return places


def _validated(
    wanted: Sequence[Check], facets: pd.DataFrame, detail: Literal["BOOLEAN_ONLY", "COMPLETE"]
) -> list[Any]:
    batch = _batches().get_batch(batch_parameters={"dataframe": facets})
    results = batch.validate(expectation_suite(wanted), result_format=detail).results
    by_place = {_place(result.expectation_config): result for result in results}
    for place, check in enumerate(wanted):
        result = by_place.get(place)
        if result is None or (result.exception_info or {}).get("raised_exception", result.exception_info):
            raise CheckFailed(f"rule {check.rule} on column {check.column} could not be run")
    return [by_place[place] for place in range(len(wanted))]


def _place(configuration: Any) -> int:
    return int(configuration.meta["place"])


def expectation_suite(wanted: Sequence[Check]) -> "ExpectationSuite":
    """The checks as Great Expectations knows them; `meta` leads back from a result to its check."""
    gx = _great_expectations()
    kinds = {
        "not_null": gx.expectations.ExpectColumnValuesToNotBeNull,
        "regex": gx.expectations.ExpectColumnValuesToMatchRegex,
        "in_set": gx.expectations.ExpectColumnValuesToBeInSet,
        "between": gx.expectations.ExpectColumnValuesToBeBetween,
        "length": gx.expectations.ExpectColumnValueLengthsToBeBetween,
    }
    expectations = [
        kinds[check.expectation](
            column=check.facet,
            **check.bounds,
            meta={"place": place, "rule": check.rule, "column": check.column},
        )
        for place, check in enumerate(wanted)
    ]
    return gx.ExpectationSuite(name="contract", expectations=expectations)


def warm() -> None:
    """Import Great Expectations and run it once, so that no officer waits for it."""
    facets = pd.DataFrame({"warm": pd.Series(["a"], dtype="str")})
    run([Check("required", "warm", "warm", "not_null")], facets)


@cache
def _great_expectations() -> Any:
    os.environ["GX_ANALYTICS_ENABLED"] = "False"  # otherwise it calls home
    import great_expectations

    return great_expectations


@cache
def _batches() -> "BatchDefinition[Any]":
    context = _great_expectations().get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("intake").add_dataframe_asset("facets")
    return asset.add_batch_definition_whole_dataframe("facets")
