"""Likely readings of a faulty value: the parameters of a message, value by value."""

import re
from difflib import get_close_matches

from validators.characters import strange
from validators.contracts.contract import Column
from validators.dates import period_candidates
from validators.nothing import says_nothing
from validators.reference import Reference, Surroundings
from validators.rules.checks import Check
from validators.values import codes, doubtful_thousands, number_reader

MARKS = " ,.'"
GROUPED = re.compile(f"-?[0-9]{{1,3}}(?:[{MARKS}][0-9]{{3}})+")
"""A whole number with marks between the thousands that the country does not use."""

SHOWN = 24
"""Choices named in one message."""


def explained(
    check: Check, column: Column, text: str | None, reference: Reference, beside: Surroundings | None
) -> tuple[str, dict[str, object]]:
    """(the rule to name, the parameters of its message) for a value that breaks a check.

    `beside`: where the areas of the column lie; None to look for no likely reading, which takes longer than the check.
    """
    country = reference.country
    allowed = codes(column, country) if column.listed else ()
    shown = ", ".join(allowed[:SHOWN]) + (" …" if len(allowed) > SHOWN else "")
    params: dict[str, object] = {"choices": shown or "—"} if column.listed else {}
    if text is None:
        return check.rule, params
    if says_nothing(text) and check.rule in ("malformed", "unlisted"):
        return "nothing_counted" if column.type == "count" else "nothing_said", params
    if odd := strange(text):
        params |= {"strange": odd}
    if check.rule == "out_of_range":
        if column.minimum is not None and float(text) < column.minimum:
            return "below_minimum", {"limit": column.minimum}
        return "above_maximum", {"limit": column.maximum}
    if check.rule == "too_long":
        return check.rule, {"limit": column.maximum_length}
    if column.type == "area" and check.rule == "unlisted" and (doubtful := reference.zeros_restored(text)):
        return "doubtful_code", {"candidates": doubtful}
    if beside is None:
        return check.rule, params
    if column.type == "area" and check.rule == "unlisted":
        return check.rule, params | {"candidates": reference.near(text, beside)}
    if check.rule == "malformed":
        return check.rule, params | {"candidates": _readings(column, text, reference)}
    if check.rule == "unlisted":
        return check.rule, params | {"candidates": get_close_matches(text, allowed, 2, 0.7)}
    return check.rule, params


def _readings(column: Column, text: str, reference: Reference) -> list[str]:
    """What a value could stand for that the country's way of writing does not settle."""
    if column.type == "period":
        return period_candidates(text, column.kinds, reference.country)
    if not column.numeric or not GROUPED.fullmatch(text):
        return []
    many = text.translate(dict.fromkeys(map(ord, MARKS)))
    doubtful = doubtful_thousands(column, reference.country)
    if doubtful is None or not doubtful.fullmatch(text):
        return [many]
    few = number_reader(reference.country.locale)(text) or text
    return [few, many] if few.removeprefix("-").isdecimal() or column.type == "money" else [many]
