"""Who hands a file in: in whose place it is cross-checked and loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from transforms.identity.rights import Rights
from validators.contracts.contract import Contract

NEWEST = 2**62
"""The turn of a file that has not been submitted: after all that have."""


@dataclass(frozen=True)
class Sender:
    """`day`: that on which the file was submitted. `rights`: what the sender may. `turn`: the file's place in the
    order of arrival, before which other files are older ones. `submission_id`: the file's own, 0 while it has none.
    `name`: under which it is handed in. `area_code`: of the account, empty where there is none. `via`: the way
    by which it came (`submit`).
    """

    day: date
    rights: Rights
    turn: int = NEWEST
    submission_id: int = 0
    name: str = "visitor"
    area_code: str = ""
    via: str = ""

    def is_shown_what_stands(self, contract: Contract) -> bool:
        """Whether they wrote it where they saw what it replaces, and need not be asked."""
        return self.via == "form" and contract.edited_on_a_page

    @property
    def is_made_up(self) -> bool:
        """Whether it is of a made-up round, of which nobody can be asked anything."""
        return self.via == "sample"
