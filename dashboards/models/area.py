"""An area of the country's chain."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Area:
    """A row of mart.area; `names` is {language: name}, `depth` counts from the root (0)."""

    code: str
    level: str
    depth: int
    names: dict[str, str]
    parent: str | None = None
