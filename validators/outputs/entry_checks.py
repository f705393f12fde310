"""What a browser can check of a line while it is written: the contract's own rules, with their own words.

A blank that only the browser knows stands in a message as {value}, {limit} or {total}.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from countries.model import Country
from validators.contracts.contract import LANGUAGES, Column, Contract, Text
from validators.messages import message_and_fix, severity
from validators.rules.stocks_and_flows import NOT_ABOVE
from validators.rules.totals import RULES, dimensions, published_counts

_LATER = {name: f"{{{name}}}" for name in ("value", "limit", "total", "rest", "area")}


@dataclass(frozen=True)
class NumberForm:
    """What a numeric column takes, and what is said of anything else: not a number, too small, too large."""

    whole: bool
    minimum: float | None
    maximum: float | None
    malformed: Text
    below: Text
    above: Text


@dataclass(frozen=True)
class NotAbove:
    """A column that another one of the same line limits."""

    column: str
    above: str
    message: Text


@dataclass(frozen=True)
class TotalOfParts:
    """A line over all of some columns is compared with its parts, in one column."""

    column: str
    over: tuple[str, ...]
    more: Text
    less: Text


def number_form(column: Column) -> NumberForm | None:
    """None for a column that holds no numbers."""
    if not column.numeric:
        return None
    return NumberForm(
        whole=column.dtype == "Int64",
        minimum=column.minimum,
        maximum=column.maximum,
        malformed=_words("malformed", column),
        below=_words("below_minimum", column, limit=column.minimum),
        above=_words("above_maximum", column, limit=column.maximum),
    )


def not_above(contract: Contract, columns: Sequence[Column], country: Country) -> list[NotAbove]:
    """The limits between columns of a line, as far as the country has them."""
    names = {column.name for column in columns}
    return [
        NotAbove(column, above, _words(rule, contract.column(column)))
        for rule, column, above in NOT_ABOVE
        if contract.dataset == "scheme_returns"
        and {column, above} <= names
        and severity(rule, country, contract) != "off"
    ]


def total_of_parts(contract: Contract, country: Country) -> TotalOfParts | None:
    """How a total beside its parts is compared; None where the dataset has no such totals."""
    over = dimensions(contract)
    if not over or contract.counted is None:
        return None
    more, less = RULES[published_counts(contract.dataset, country)]
    column = contract.column(contract.counted)
    return TotalOfParts(column.name, over, _words(more, column), _words(less, column))


def _words(rule: str, column: Column, **known: Any) -> Text:
    params = _LATER | {name: value for name, value in known.items() if value is not None}
    return {
        language: " ".join(message_and_fix(rule, language, params, column)).strip() for language in LANGUAGES
    }
