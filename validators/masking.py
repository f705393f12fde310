"""Of a dataset with a private column no cell is repeated: who mistakes the column puts the identifier into another."""

from collections.abc import Sequence
from typing import Any

from validators.contracts.contract import Contract
from validators.messages import rules

MASK = "•••"
"""Stands where a cell would be shown."""

OF_CELLS = frozenset({"value", "code", "candidates", "strange"})
"""Parameters of messages that repeat a cell, or tell what it is like."""


def masked_values(contract: Contract, values: Sequence[str | None]) -> Sequence[str | None]:
    """Cells as problems repeat them."""
    return [None] * len(values) if contract.names_persons else values


def masked_params(
    contract: Contract, rule: str, params: Sequence[dict[str, Any]]
) -> Sequence[dict[str, Any]]:
    """Parameters of a rule's messages, the same object for those that were one."""
    if not contract.names_persons:
        return params
    message = rules()[rule].message["en"]
    masks = {name: MASK for name in OF_CELLS if f"{{{name}}}" in message or name == "value"}
    kept = {
        id(one): {name: value for name, value in one.items() if name not in OF_CELLS} | masks
        for one in params
    }
    return [kept[id(one)] for one in params]
