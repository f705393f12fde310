"""Where most of what the nation does not know is, for the next telephone call."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Doubt:
    """The fewest areas whose missing returns hold two thirds of the persons whom missing returns say nothing of.

    `share` of these persons, a fraction; `layers`, `names`: by language, of the area that holds most first.
    """

    areas: int
    share: float
    layers: dict[str, str]
    names: tuple[dict[str, str], ...]
