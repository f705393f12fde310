"""Row rules as a Great Expectations suite, and the running of it.

The suite looks at the distinct values of the columns (`values`), not at the rows, so that a rule about
one value is checked once per value. Rules that ask the same of several columns are one expectation over
their values stacked: what an expectation costs is its overhead, and six columns that must not be empty
cost one. It runs twice at most: once for yes or no, then only what failed, for the places.

Great Expectations takes 8 to 17 seconds to import; it is imported on first use, and `warm` lets nobody
wait for it.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from validators.rules.checks import Check

if TYPE_CHECKING:
    from great_expectations import ExpectationSuite
    from great_expectations.core.batch_definition import BatchDefinition

_one_at_a_time = Lock()
"""The execution engine of Great Expectations holds the batch it works on."""


class CheckFailed(RuntimeError):
    """An expectation raised: a fault of ours, never a verdict on somebody's file."""


@dataclass(frozen=True)
class StackedCheck:
    """Checks that differ in nothing but the values they look at, as one expectation over their values stacked."""

    checks: tuple[Check, ...]

    @property
    def column(self) -> str:
        """The column of the batch that holds the values of all the checks, one after the other."""
        return ", ".join(check.values for check in self.checks)

    def stacked(self, values: Mapping[str, pd.Series]) -> pd.Series:
        """The values of all the checks one after the other, under places 0 to their number - 1."""
        return pd.concat([values[check.values] for check in self.checks], ignore_index=True)

    def apart(self, places: np.ndarray, values: Mapping[str, pd.Series]) -> dict[Check, np.ndarray]:
        """Places in the stacked column → check → places in its values."""
        by_check, start = {}, 0
        for check in self.checks:
            end = start + len(values[check.values])
            by_check[check] = places[(places >= start) & (places < end)] - start
            start = end
        return by_check


def stacked_checks(wanted: Sequence[Check]) -> list[StackedCheck]:
    """The checks with those that ask the same taken together."""
    same_demand: dict[str, list[Check]] = {}
    for check in wanted:
        same_demand.setdefault(f"{check.expectation} {check.bounds}", []).append(check)
    return [StackedCheck(tuple(same)) for same in same_demand.values()]


def run(wanted: Sequence[Check], values: Mapping[str, pd.Series]) -> dict[Check, np.ndarray]:
    """Check → the places in its values that break it; only checks that are broken. Raises `CheckFailed`."""
    stacked = stacked_checks(wanted)
    broken: dict[Check, np.ndarray] = {}
    with _one_at_a_time:
        answers = zip(stacked, _validated(stacked, values, "BOOLEAN_ONLY"), strict=True)
        failed = [stack for stack, result in answers if not result.success]
        if failed:
            for stack, result in zip(failed, _validated(failed, values, "COMPLETE"), strict=True):
                places = np.array(result.result["unexpected_index_list"], dtype=np.int64)
                broken |= {
                    check: broken_at
                    for check, broken_at in stack.apart(places, values).items()
                    if len(broken_at)
                }
    return broken


def _validated(
    stacked: Sequence[StackedCheck],
    values: Mapping[str, pd.Series],
    detail: Literal["BOOLEAN_ONLY", "COMPLETE"],
) -> list[Any]:
    """The results in the order of the stacked checks."""
    try:
        batch = _batches().get_batch(batch_parameters={"dataframe": _side_by_side(stacked, values)})
    except KeyError as error:
        raise CheckFailed(f"there are no values {error}") from error
    results = batch.validate(expectation_suite(stacked), result_format=detail).results
    by_place = {_place(result.expectation_config): result for result in results}
    for place, stack in enumerate(stacked):
        result = by_place.get(place)
        if result is None or (result.exception_info or {}).get("raised_exception", result.exception_info):
            rules = ", ".join(f"{check.rule} on {check.column}" for check in stack.checks)
            raise CheckFailed(f"Great Expectations could not run {rules}")
    return [by_place[place] for place in range(len(stacked))]


def _side_by_side(stacked: Sequence[StackedCheck], values: Mapping[str, pd.Series]) -> pd.DataFrame:
    """The stacked columns as one batch. A shorter one is filled up with its first value: asking that
    again does no harm, while an empty place would look like a missing value.
    """
    stacks = {stack.column: stack.stacked(values) for stack in stacked}
    length = max(len(stack) for stack in stacks.values())
    return pd.DataFrame(
        {
            column: stack.iloc[np.pad(np.arange(len(stack)), (0, length - len(stack)))].array
            for column, stack in stacks.items()
        }
    )


def _place(configuration: Any) -> int:
    return int(configuration.meta["place"])


def expectation_suite(stacked: Sequence[StackedCheck]) -> "ExpectationSuite":
    """The stacked checks as Great Expectations knows them; `meta` leads back from a result to its stack."""
    gx = _great_expectations()
    kinds = {
        "not_null": gx.expectations.ExpectColumnValuesToNotBeNull,
        "regex": gx.expectations.ExpectColumnValuesToMatchRegex,
        "in_set": gx.expectations.ExpectColumnValuesToBeInSet,
        "between": gx.expectations.ExpectColumnValuesToBeBetween,
        "length": gx.expectations.ExpectColumnValueLengthsToBeBetween,
    }
    expectations = [
        kinds[stack.checks[0].expectation](
            column=stack.column, **stack.checks[0].bounds, meta={"place": place}
        )
        for place, stack in enumerate(stacked)
    ]
    return gx.ExpectationSuite(name="contract", expectations=expectations)


def warm() -> None:
    """Import Great Expectations and run it once, so that no officer waits for it."""
    run([Check("required", "warm", "warm", "not_null")], {"warm": pd.Series(["a"], dtype="str")})


@cache
def _great_expectations() -> Any:
    os.environ["GX_ANALYTICS_ENABLED"] = "False"  # otherwise it calls home
    import great_expectations

    return great_expectations


@cache
def _batches() -> "BatchDefinition[Any]":
    context = _great_expectations().get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("intake").add_dataframe_asset("values")
    return asset.add_batch_definition_whole_dataframe("values")
