"""A total published elsewhere beside what is compiled for the same area and scheme."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class PublishedTotal:
    """Persons and money (in the currency) published elsewhere for an area and scheme; None where nobody says so."""

    area: str
    names: Mapping[str, str]
    scheme: str
    sex: str
    published: int | None
    compiled: int | None
    amount_published: float | None
    amount_compiled: float | None

    @property
    def measures(self) -> tuple[tuple[str, float, float | None], ...]:
        """What was published: the measure, its published total, and what is compiled."""
        both = (
            ("beneficiaries", self.published, self.compiled),
            ("amount_paid", self.amount_published, self.amount_compiled),
        )
        return tuple(
            (measure, published, compiled) for measure, published, compiled in both if published is not None
        )
