"""Row rules as a Great Expectations suite, and the running of it.

The suite looks at the distinct values of the columns (`facets`), not at the rows, so that a rule about
one value is asked once per value. Rules that ask the same of several columns are one expectation over
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
class Demand:
    """What is asked of one or more facets, by checks that differ in nothing else."""

    checks: tuple[Check, ...]

    @property
    def column(self) -> str:
        """The column of the batch that holds the values of all the facets, one after the other."""
        return ", ".join(check.facet for check in self.checks)

    def stacked(self, facets: Mapping[str, pd.Series]) -> pd.Series:
        return pd.concat([facets[check.facet] for check in self.checks], ignore_index=True)

    def apart(self, places: np.ndarray, facets: Mapping[str, pd.Series]) -> dict[Check, np.ndarray]:
        """Places in the stacked column → check → places in its facet."""
        found, start = {}, 0
        for check in self.checks:
            end = start + len(facets[check.facet])
            found[check] = places[(places >= start) & (places < end)] - start
            start = end
        return found


def demands(wanted: Sequence[Check]) -> list[Demand]:
    """The checks with those that ask the same taken together."""
    alike: dict[str, list[Check]] = {}
    for check in wanted:
        alike.setdefault(f"{check.expectation} {check.bounds}", []).append(check)
    return [Demand(tuple(same)) for same in alike.values()]


def run(wanted: Sequence[Check], facets: Mapping[str, pd.Series]) -> dict[Check, np.ndarray]:
    """Check → the places in its facet that break it; only checks that are broken. Raises `CheckFailed`."""
    asked = demands(wanted)
    broken: dict[Check, np.ndarray] = {}
    with _one_at_a_time:
        answers = zip(asked, _validated(asked, facets, "BOOLEAN_ONLY"), strict=True)
        failed = [demand for demand, result in answers if not result.success]
        if failed:
            for demand, result in zip(failed, _validated(failed, facets, "COMPLETE"), strict=True):
                places = np.array(result.result["unexpected_index_list"], dtype=np.int64)
                broken |= {
                    check: found for check, found in demand.apart(places, facets).items() if len(found)
                }
    return broken


def _validated(
    asked: Sequence[Demand], facets: Mapping[str, pd.Series], detail: Literal["BOOLEAN_ONLY", "COMPLETE"]
) -> list[Any]:
    """The results in the order of the demands."""
    try:
        batch = _batches().get_batch(batch_parameters={"dataframe": _side_by_side(asked, facets)})
    except KeyError as error:
        raise CheckFailed(f"there is no facet {error}") from error
    results = batch.validate(expectation_suite(asked), result_format=detail).results
    by_place = {_place(result.expectation_config): result for result in results}
    for place, demand in enumerate(asked):
        result = by_place.get(place)
        if result is None or (result.exception_info or {}).get("raised_exception", result.exception_info):
            rules = ", ".join(f"{check.rule} on {check.column}" for check in demand.checks)
            raise CheckFailed(f"Great Expectations could not run {rules}")
    return [by_place[place] for place in range(len(asked))]


def _side_by_side(asked: Sequence[Demand], facets: Mapping[str, pd.Series]) -> pd.DataFrame:
    """The stacked columns as one batch. A shorter one is filled up with its first value: asking that
    again does no harm, while an empty place would look like a missing value.
    """
    stacks = {demand.column: demand.stacked(facets) for demand in asked}
    length = max(len(stack) for stack in stacks.values())
    return pd.DataFrame(
        {
            column: stack.iloc[np.pad(np.arange(len(stack)), (0, length - len(stack)))].array
            for column, stack in stacks.items()
        }
    )


def _place(configuration: Any) -> int:
    return int(configuration.meta["place"])


def expectation_suite(asked: Sequence[Demand]) -> "ExpectationSuite":
    """The demands as Great Expectations knows them; `meta` leads back from a result to its demand."""
    gx = _great_expectations()
    kinds = {
        "not_null": gx.expectations.ExpectColumnValuesToNotBeNull,
        "regex": gx.expectations.ExpectColumnValuesToMatchRegex,
        "in_set": gx.expectations.ExpectColumnValuesToBeInSet,
        "between": gx.expectations.ExpectColumnValuesToBeBetween,
        "length": gx.expectations.ExpectColumnValueLengthsToBeBetween,
    }
    expectations = [
        kinds[demand.checks[0].expectation](
            column=demand.column, **demand.checks[0].bounds, meta={"place": place}
        )
        for place, demand in enumerate(asked)
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
    asset = context.data_sources.add_pandas("intake").add_dataframe_asset("facets")
    return asset.add_batch_definition_whole_dataframe("facets")
