"""Which version a release is, and why: what changed since the one released before it.

Versions run over all releases of a country, as those of a data set do (Explore education statistics): major where a
definition or a boundary changed, so that figures compare no longer; minor where figures were added; patch where they
were corrected.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

Part = Literal["major", "minor", "patch"]
FIRST = "1.0.0"

_DEFINED = {
    "indicators": ("indicator", "minor"),
    "public_tables": ("table", "minor"),
    "areas": ("area", "major"),
}
"""Section of the definitions → what one of them is called, and what its arrival means; a change or an end is major."""

_SAYS = ("count", "denominator", "value", "lower_bound", "upper_bound", "status")


@dataclass(frozen=True)
class Change:
    """One line of the change log: `release.change.<kind>` in the catalogues, with `what` and `n` in its blanks."""

    part: Part
    kind: str
    what: str = ""
    n: int = 1


def changes(
    meaning: Mapping[str, Any],
    figures: pd.DataFrame,
    former: Mapping[str, Any] | None,
    standing: pd.DataFrame | None,
) -> list[Change]:
    """What is new since the release before (`former`: its meaning) and the one of the same period (`standing`).

    A meaning has for each section what every code means; figures are indexed by table and key.
    """
    if former is None:
        return []
    found = [
        change for section in _DEFINED for change in _redefined(section, meaning[section], former[section])
    ]
    if standing is None:
        return [*found, Change("minor", "period_added")]
    both = figures.index.intersection(standing.index)
    now, then = figures.loc[both, [*_SAYS]], standing.loc[both, [*_SAYS]]
    moved = ~((now == then) | (now.isna() & then.isna())).fillna(False)
    divided = moved["denominator"] & ~moved[["count", "lower_bound", "upper_bound", "status"]].any(axis=1)
    counted: dict[tuple[Part, str], int] = {
        ("minor", "figures_added"): len(figures.index.difference(standing.index)),
        ("patch", "figures_gone"): len(standing.index.difference(figures.index)),
        ("patch", "figures_corrected"): int((moved.any(axis=1) & ~divided).sum()),
        ("patch", "denominators_changed"): int(divided.sum()),
    }
    return [*found, *(Change(part, kind, n=n) for (part, kind), n in counted.items() if n)]


def _redefined(section: str, now: Mapping[str, Any], then: Mapping[str, Any]) -> Iterator[Change]:
    name, added = _DEFINED[section]
    for code in sorted({*now, *then}):
        if code not in then:
            yield Change(added, f"{name}_added", code)  # type: ignore[arg-type]
        elif code not in now:
            yield Change("major", f"{name}_gone", code)
        elif now[code] != then[code]:
            yield Change("major", f"{name}_changed", code)


def next_version(former: str | None, found: list[Change]) -> str:
    """The version after `former`, by the gravest change; FIRST where there is none before."""
    if former is None:
        return FIRST
    major, minor, patch = map(int, former.split("."))
    parts = {change.part for change in found}
    if "major" in parts:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if "minor" in parts else f"{major}.{minor}.{patch + 1}"
