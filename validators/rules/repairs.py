"""Values that can mean one thing only: what they are read as, and the rule of the warning that says so."""

from dataclasses import dataclass, field
from typing import Any

from validators.contracts.contract import Column
from validators.nothing import says_nothing
from validators.reference import Reference
from validators.values import codes


@dataclass(frozen=True)
class Repair:
    """`text` takes the value's place, None leaves it missing; `rule` and `params` make the warning."""

    rule: str
    text: str | None
    params: dict[str, Any] = field(default_factory=dict)


def is_repaired(column: Column) -> bool:
    """Whether any value of a column is put right."""
    return not column.required or column.type == "area"


def repair_of(column: Column, text: str, reference: Reference) -> Repair | None:
    """How a cleaned value is put right; None for one that needs nothing, or could mean several things."""
    if not column.required and _tells_nothing(column, text, reference):
        return Repair("not_told", None)
    if column.type == "area" and text not in reference.codes:
        return _of_area(text, reference)
    return None


def _tells_nothing(column: Column, text: str, reference: Reference) -> bool:
    """A code may look like a word for nothing, and question marks in a text may have been letters."""
    if column.type in ("text", "person") and "???" in text:
        return False
    return says_nothing(text) and text not in codes(column, reference.country)


def _of_area(text: str, reference: Reference) -> Repair | None:
    """A code that lost its zeros, or that its area bore before."""
    for rule, candidates in (
        ("restored_code", reference.zeros_restored(text)),
        ("former_code", reference.formerly(text)),
    ):
        if len(candidates) == 1:
            return Repair(rule, candidates[0], {"code": candidates[0], "area": reference.name(candidates[0])})
        if candidates:
            return None
    return None
