"""The files of a release read back: its figures in one frame, and what its codes mean."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

NUMBERS = {"count": "Int64", "denominator": "Int64"} | dict.fromkeys(
    ("value", "lower_bound", "upper_bound", "completeness"), "Float64"
)


@dataclass(frozen=True)
class ReleaseFiles:
    """A release as its files have it.

    `figures`: one row a figure, the columns of its CSV files with `table` and `period`; `areas`: code, parent, layer
    and names by language; `definitions` and `notes` as in the JSON files.
    """

    figures: pd.DataFrame
    areas: pd.DataFrame
    definitions: Mapping[str, Any]
    notes: Mapping[str, Any]

    @classmethod
    def of(cls, files: Mapping[str, bytes]) -> ReleaseFiles:
        """Read the files of a release."""
        definitions = json.loads(files["definitions.json"])
        notes = json.loads(files["notes.json"])
        tables = [
            _csv(files[f"{table['id']}.csv"]).assign(table=table["id"], period=notes["period"])
            for table in definitions["public_tables"]
        ]
        return cls(
            pd.concat(tables, ignore_index=True).astype(NUMBERS), _csv(files["areas.csv"]), definitions, notes
        )

    def names(self, section: str, language: str = "en") -> dict[str, str]:
        """Code → name of the `indicators`, `schemes`, `age_groups`, `public_tables` or `areas`, in their order."""
        if section == "areas":
            known = [c for c in map(str, self.areas) if c.startswith("name_")]
            column = f"name_{language}" if f"name_{language}" in known else known[0]
            return dict(zip(self.areas["code"], self.areas[column], strict=True))
        said = {one["id"]: one.get("names") or one["title"] for one in self.definitions[section]}
        return {code: name.get(language) or next(iter(name.values())) for code, name in said.items()}


def _csv(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, na_values=[""])
