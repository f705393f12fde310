"""The texts of the rules in every language, from `rules.yaml` and `words.yaml`; code holds none."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict

from countries.model import Country
from validators.contracts.contract import Column, Contract, Severity, Text, in_language

FOLDER = Path(__file__).parent


STRICTNESS = ("off", "warn", "hold", "reject")
"""What a rule may do to a row, the mildest first."""


class Rule(BaseModel):
    """`severity` is what the rule does to a row, unless the contract or the country says otherwise.

    `kind`: a country may set severity and limits of a judgement as it likes. A structural rule keeps figures from being
    wrong (one meaning a key, known codes, one line once, no total added to its parts) or lines from being lost unsaid:
    it can be made stricter, and not milder.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    message: Text
    fix: Text = {"en": "", "km": "", "fr": ""}
    kind: Literal["structural", "judgement"] = "structural"
    severity: Severity | Literal["off"] = "reject"
    limits: Mapping[str, float] = {}

    def allows(self, severity: str) -> bool:
        """Whether a country may give the rule this severity."""
        return self.kind == "judgement" or STRICTNESS.index(severity) >= STRICTNESS.index(self.severity)


@cache
def rules() -> dict[str, Rule]:
    """Rule → its texts, severity and limits, as `rules.yaml` declares them."""
    declared = yaml.safe_load((FOLDER / "rules.yaml").read_text("utf-8"))
    return {name: Rule.model_validate(rule) for name, rule in declared.items()}


@cache
def words() -> dict[str, Text]:
    """Single words and turns of phrase in every language."""
    declared: dict[str, Text] = yaml.safe_load((FOLDER / "words.yaml").read_text("utf-8"))
    return declared


def severity(rule: str, country: Country, place: Column | Contract | None = None) -> str:
    """`reject`, `hold`, `warn` or `off`: the country folder's word where the rule allows it, else the contract's, else
    the rule's own.
    """
    declared, check = rules()[rule], country.checks.get(rule)
    if check and check.severity and declared.allows(check.severity):
        return check.severity
    if place is not None and rule in place.severity:
        return place.severity[rule]
    return declared.severity


def limits(rule: str, country: Country, contract: Contract | None = None) -> dict[str, float]:
    """The thresholds of a cross-check, for files of a contract where one is given: the country folder's where it gives
    them and the rule is a judgement.
    """
    declared, check = rules()[rule], country.checks.get(rule)
    own = check.limits if check and declared.kind == "judgement" else {}
    of_dataset = contract.limits.get(rule, {}) if contract else {}
    return {**declared.limits, **of_dataset, **own}


def message_and_fix(
    rule: str, language: str, params: Mapping[str, Any], column: Column | None = None
) -> tuple[str, str]:
    """(what is wrong, how to mend it). A parameter that is a text by language is put in the language."""
    blanks = _Blanks({name: _in_words(value, language) for name, value in params.items()})
    if column is not None:
        blanks = _Blanks(
            {
                "label": in_language(column.label, language),
                "form": " / ".join(FORMS[kind] for kind in column.kinds),
                "choices": ", ".join(column.choices),
            }
            | blanks
        )
        blanks["wrong"] = in_language(column.wrong, language).format_map(blanks)
        blanks["fix"] = in_language(column.fix, language).format_map(blanks)
    if blanks["candidates"]:
        blanks["hint"] = in_language(rules()["candidates"].message, language).format_map(blanks)
    texts = (rules()[rule].message, rules()[rule].fix)
    if blanks["strange"]:
        strange = in_language(rules()["strange_character"].message, language).format_map(blanks)
        blanks["hint"] = f"{strange} {blanks['hint']}".strip()
    message, fix = (in_language(text, language).format_map(blanks).strip() for text in texts)
    return message, fix


FORMS = {"M": "2026-10", "Y": "2026", "W": "2026-W47"}


class _Blanks(dict[str, Any]):
    """A word that this case has not is left out: an officer is not shown a KeyError."""

    def __missing__(self, name: str) -> str:
        return ""


def _in_words(value: Any, language: str) -> str:
    if isinstance(value, Mapping):
        return in_language(value, language)
    if isinstance(value, list | tuple):
        return ", ".join(_in_words(item, language) for item in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
