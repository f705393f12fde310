"""What can be filed: each dataset, what its returns are about, and which action of a role files it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Dataset = Literal[
    "scheme_returns",
    "beneficiary_list",
    "grievances",
    "flash_reports",
    "flash_items",
    "population",
    "targets",
    "allocations",
    "control_totals",
]

Reach = Literal["own", "below", "administrators"]
"""Whose returns: of the own area, of the areas below it, and what belongs to scheme administrators: their flash
reports, and returns that one of them filed. Without `administrators` a role neither writes nor replaces these."""


@dataclass(frozen=True)
class Filing:
    """`about`: what a return of a dataset belongs to beside its area. `by`: the actions of which one files it.
    `usual`: whose returns a role files that says nothing of `files`.
    """

    about: Literal["scheme", "administrator"] | None = None
    by: tuple[str, ...] = ("submit",)
    usual: tuple[Reach, ...] = ()


REPORTS: tuple[Reach, ...] = ("own", "below")

FILINGS: Mapping[Dataset, Filing] = MappingProxyType(
    {
        "scheme_returns": Filing("scheme", usual=REPORTS),
        "beneficiary_list": Filing("scheme", usual=REPORTS),
        "grievances": Filing(usual=REPORTS),
        "flash_reports": Filing("administrator", by=("submit", "draft"), usual=REPORTS),
        "flash_items": Filing("administrator", by=("submit", "draft"), usual=REPORTS),
        "population": Filing(),
        "targets": Filing(),
        "allocations": Filing("scheme", by=("allocate",), usual=("below",)),
        "control_totals": Filing("scheme"),
    }
)
"""Every dataset. Population, targets and control totals are filed by those alone whose role names them."""
