"""A small made-up country: a folder like any other, so tests go the way everyone goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from countries.country import Country, load

AGES = {"Y0T17": (0, 17), "Y18T59": (18, 59), "Y_GE60": (60, None)}
WORDS = {"en": "words"}
GROUPS = {"poor": "poverty", "near_poor": "poverty", "migrant": "migration"}
"""Group → dimension."""


UNCHECKED = {
    "total_as_remainder": "off",  # made-up persons of no known place may be as many as the others
    "missing_lines": "off",  # and made-up returns are of few lines
}
UNASKED = dict.fromkeys(("other_lines", "remainder_above", "list_and_return"), "warn")
"""Nobody is there to confirm what a made-up file would drop, or count twice."""


@dataclass(frozen=True)
class Scheme:
    id: str
    layer: int  # depth: 0 is the root
    ages: tuple[str, ...] = ()
    sexes: tuple[str, ...] = ()
    unit: str = "persons"
    above: bool = False
    """Whether persons of no known place may be reported by the layers above."""
    more: dict[str, Any] = field(default_factory=dict, compare=False)
    """Further keys of its declaration."""


@dataclass(frozen=True)
class Indicator:
    id: str
    schemes: tuple[str, ...]
    together: str = "overlapping"
    ages: tuple[str, ...] = ()
    guarantee: str | None = None
    contributors: tuple[str, ...] = ()
    """Of its schemes those of which it counts who contributes."""


@dataclass(frozen=True)
class World:
    """Areas as code → parent code (None for the root), which has depth 0; people as (area, sex, age) → persons."""

    parents: dict[str, str | None]
    schemes: tuple[Scheme, ...]
    indicators: tuple[Indicator, ...]
    people: dict[tuple[str, str, str], int] = field(default_factory=dict)
    checks: Mapping[str, str] = field(default_factory=lambda: UNCHECKED | UNASKED, compare=False)

    def depth(self, code: str) -> int:
        parent = self.parents[code]
        return 0 if parent is None else 1 + self.depth(parent)

    @property
    def root(self) -> str:
        return next(code for code, parent in self.parents.items() if parent is None)

    def children(self, code: str) -> list[str]:
        return [child for child, parent in self.parents.items() if parent == code]

    def within(self, code: str) -> list[str]:
        """The area and everything below it."""
        return [code] + [area for child in self.children(code) for area in self.within(child)]

    def country(self, folder: Path) -> Country:
        """Write the folder and read it back."""
        folder.mkdir(parents=True, exist_ok=True)
        depths = max(self.depth(code) for code in self.parents) + 1
        areas = [
            (code, parent, f"layer{self.depth(code)}") for code, parent in self.parents.items() if parent
        ]
        _csv(areas, ["code", "parent", "layer"]).assign(name=lambda f: "Area " + f["code"]).to_csv(
            folder / "areas.csv", index=False
        )
        declared: dict[str, Any] = {
            "code": "XX",
            "names": WORDS,
            "languages": ["en"],
            "timezone": "UTC",
            "currency": "XXX",
            "root": self.root,
            "layers": [{"id": f"layer{d}", "names": WORDS, "plurals": WORDS} for d in range(depths)],
            "age_groups": [
                {"id": id, "low": low, "high": high, "names": WORDS} for id, (low, high) in AGES.items()
            ],
            "group_dimensions": [{"id": name, "names": WORDS} for name in ("poverty", "migration")],
            "groups": [
                {"id": group, "dimension": dimension, "names": WORDS} for group, dimension in GROUPS.items()
            ],
            "checks": dict(self.checks),
            "administrators": [{"id": "office", "names": WORDS}],
            "calendar": {"flash_reports": {"layer": f"layer{depths - 1}", "due_days": 2}},
            "gazetteer": {
                "edition": "1",
                "valid_from": "2000-01-01",
                "sources": [
                    {
                        "file": "areas.csv",
                        "columns": {
                            "code": "code",
                            "parent": "parent",
                            "layer": "layer",
                            "names": {"en": "name"},
                        },
                    }
                ],
            },
            "schemes": [_scheme(scheme) for scheme in self.schemes],
            "indicators": [_indicator(indicator) for indicator in self.indicators],
        }
        if self.people:
            rows = [(2026, area, sex, age, n, "A", "a count") for (area, sex, age), n in self.people.items()]
            _csv(rows, ["year", "area_code", "sex", "age_group", "population", "status", "source"]).to_csv(
                folder / "people.csv", index=False
            )
            declared["population"] = {"table": {"file": "people.csv"}}
        (folder / "country.yaml").write_text(yaml.safe_dump(declared, allow_unicode=True))
        return load(folder)


def _csv(rows: list[tuple[Any, ...]], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns)


def _scheme(scheme: Scheme) -> dict[str, Any]:
    return {
        "id": scheme.id,
        "names": WORDS,
        "counts": WORDS,
        "administrator": "office",
        "function": "social_assistance",
        "guarantee": "older",
        "kind": "universal",
        "layer": f"layer{scheme.layer}",
        "frequency": "M",
        "due_days": 10,
        "by_age": True,
        "unit": scheme.unit,
        "place_not_known": [f"layer{depth}" for depth in range(scheme.layer)] if scheme.above else [],
        "eligible": {"sexes": list(scheme.sexes), "age_groups": list(scheme.ages)},
        "source": "made up",
        **scheme.more,
    }


def _indicator(indicator: Indicator) -> dict[str, Any]:
    return {
        "id": indicator.id,
        "guarantee": indicator.guarantee,
        "title": {"en": f"Title of {indicator.id}"},
        "why": WORDS,
        "caveats": WORDS,
        "series": "NATIONAL",
        "unit": "person",
        "direction": "up",
        "source": "made up",
        "version": 1,
        "valid_from": "2000-01-01",
        "numerator": {
            "schemes": list(indicator.schemes),
            "contributors": list(indicator.contributors),
            "together": indicator.together,
            "age_groups": list(indicator.ages),
            "because": "made up for a test, and said so",
        },
        "denominator": {"age_groups": list(indicator.ages)},
    }
