"""What is wrong with a country folder, in words for the person who mends it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sala.errors import Unavailable


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong: the file, the line, what it is and how to mend it."""

    file: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class CountryError(Unavailable):
    """A country folder that cannot be used. Holds every fault found, not just the first."""

    def __init__(self, folder: Path, faults: Sequence[Fault]) -> None:
        self.folder = folder
        self.faults = sorted(set(faults))
        super().__init__("country_unusable", folder=folder, faults="\n".join(map(str, self.faults)))
