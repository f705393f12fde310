"""One area while the gazetteer is being made, and what was found about it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from countries.errors import Fault

Verdict = Literal["corrected", "accepted", "doubtful", "refused"]


@dataclass(frozen=True)
class Finding:
    """Something odd about an area: put right, accepted with a reason, open to doubt, or past using."""

    kind: str
    verdict: Verdict
    code: str
    file: Path
    line: int
    message: str
    because: str = ""

    def fault(self) -> Fault:
        """The same as a fault at its file and line, for a folder that cannot be used because of it."""
        return Fault(self.file, self.line, self.message)


@dataclass
class Area:
    """A row of a table, with where it stands. `valid_to` is the first day the area is no more."""

    file: Path
    line: int
    layer: str
    code: str
    parent: str | None
    names: dict[str, str]
    valid_from: date
    valid_to: date | None = None
    other_codes: list[str] = field(default_factory=list)
    other_names: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The English name where there is one, or any."""
        return self.names.get("en") or next(iter(self.names.values()), "") or self.code

    def overlaps(self, other: "Area") -> bool:
        """Whether the two stand on any one day."""
        earlier, later = sorted((self, other), key=lambda area: area.valid_from)
        return earlier.valid_to is None or later.valid_from < earlier.valid_to

    def finding(self, kind: str, verdict: Verdict, message: str, because: str = "") -> Finding:
        """A finding about this area, at its file and line; the message begins with layer and code."""
        return Finding(
            kind, verdict, self.code, self.file, self.line, f"{self.layer} {self.code}: {message}", because
        )

    def row(self, languages: Iterable[str]) -> dict[str, Any]:
        """The area as a row of the gazetteer's table, with a column `name_<language>` for each language."""
        return {
            "code": self.code,
            "parent_code": self.parent,
            "layer": self.layer,
            **{f"name_{language}": self.names[language] for language in languages},
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
            "other_codes": tuple(self.other_codes),
            "other_names": tuple(self.other_names),
        }
