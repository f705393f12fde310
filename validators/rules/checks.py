"""A contract's row rules, column by column, whatever runs them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from countries.model import Country
from validators.contracts.contract import Column, Contract
from validators.values import codes, doubtful_thousands


@dataclass(frozen=True, eq=False)
class Check:
    """One rule on one column. `values` names the series of distinct values that the expectation looks at."""

    rule: str
    column: str
    values: str
    expectation: Literal["not_null", "regex", "in_set", "between", "length"]
    bounds: dict[str, Any] = field(default_factory=dict)


def checks(contract: Contract, country: Country, today: date) -> list[Check]:
    """The contract's row rules, column by column."""
    return [check for column in contract.columns for check in _of(column, country, today)]


def _of(column: Column, country: Country, today: date) -> list[Check]:
    name = column.name
    row_checks = [Check("required", name, name, "not_null")] if column.required else []
    if column.pattern:
        doubtful = doubtful_thousands(column, country)
        unless = f"(?!{doubtful.pattern}$)" if doubtful else ""
        row_checks.append(
            Check("malformed", name, name, "regex", {"regex": f"^{unless}(?:{column.pattern})$"})
        )
    if column.type == "area":
        row_checks.append(Check("unlisted", name, f"{name}.recognised", "between", {"min_value": 1}))
    if column.listed:
        row_checks.append(
            Check("unlisted", name, name, "in_set", {"value_set": list(codes(column, country))})
        )
    if column.type in ("period", "date"):
        row_checks.append(Check("malformed", name, f"{name}.recognised", "between", {"min_value": 1}))
    if column.minimum is not None or column.maximum is not None:
        bounds = {"min_value": column.minimum, "max_value": column.maximum}
        row_checks.append(Check("out_of_range", name, f"{name}.value", "between", bounds))
    if column.not_future:
        latest = today.year if column.type == "year" else today.toordinal()
        row_checks.append(Check("future_period", name, f"{name}.value", "between", {"max_value": latest}))
    if column.years_ahead is not None:
        year = today.year + column.years_ahead
        bounds = {"max_value": year if column.type == "year" else date(year, 12, 31).toordinal()}
        row_checks.append(Check("far_ahead", name, f"{name}.value", "between", bounds))
    if column.maximum_length:
        bounds = {"max_value": column.maximum_length}
        row_checks.append(Check("too_long", name, name, "length", bounds))
    return row_checks
