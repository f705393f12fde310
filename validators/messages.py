"""The rules and what people are told of them: the words stand in `rules.yaml`, never in code."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from countries.model import Country
from validators.contracts.contract import Column, Severity, Text, in_language

FOLDER = Path(__file__).parent


class Rule(BaseModel):
    """`severity` is what the rule does to a row, unless the contract or the country says otherwise."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    message: Text
    fix: Text = {"en": "", "km": "", "fr": ""}
    severity: Severity = "reject"
    limits: Mapping[str, float] = {}


@cache
def rules() -> dict[str, Rule]:
    declared = yaml.safe_load((FOLDER / "rules.yaml").read_text("utf-8"))
    return {name: Rule.model_validate(rule) for name, rule in declared.items()}


@cache
def words() -> dict[str, Text]:
    """Single words and turns of phrase in every language."""
    found: dict[str, Text] = yaml.safe_load((FOLDER / "words.yaml").read_text("utf-8"))
    return found


def severity(rule: str, country: Country, column: Column | None = None) -> str:
    """`reject`, `warn` or `off`: the country folder's word, else the contract's, else the rule's own."""
    if (check := country.checks.get(rule)) and check.severity:
        return check.severity
    if column is not None and rule in column.severity:
        return column.severity[rule]
    return rules()[rule].severity


def limits(rule: str, country: Country) -> dict[str, float]:
    """The thresholds of a cross-check: the country folder's where it gives them."""
    check = country.checks.get(rule)
    return {**rules()[rule].limits, **(check.limits if check else {})}


def say(rule: str, language: str, params: Mapping[str, Any], column: Column | None = None) -> tuple[str, str]:
    """(what is wrong, how to mend it). A param that is a text by language is said in the language."""
    known = _Words({name: _spoken(value, language) for name, value in params.items()})
    if column is not None:
        known = _Words(
            {
                "label": in_language(column.label, language),
                "form": " / ".join(FORMS[kind] for kind in column.kinds),
                "choices": ", ".join(column.choices),
            }
            | known
        )
        known["wrong"] = in_language(column.wrong, language).format_map(known)
        known["fix"] = in_language(column.fix, language).format_map(known)
    if known["candidates"]:
        known["hint"] = in_language(rules()["candidates"].message, language).format_map(known)
    texts = (rules()[rule].message, rules()[rule].fix)
    message, fix = (in_language(text, language).format_map(known).strip() for text in texts)
    return message, fix


FORMS = {"M": "2026-10", "Y": "2026", "W": "2026-W47"}


class _Words(dict[str, Any]):
    """A word that this case has not is left out: an officer is not shown a KeyError."""

    def __missing__(self, name: str) -> str:
        return ""


def _spoken(value: Any, language: str) -> str:
    if isinstance(value, Mapping):
        return in_language(value, language)
    if isinstance(value, list | tuple):
        return ", ".join(_spoken(item, language) for item in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
