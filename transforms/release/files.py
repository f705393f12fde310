"""The files of a release: figures as CSV with a Frictionless descriptor, what they mean, and a manifest of all.

The SHA-256 of the manifest is the release's content hash, which the board signs; the manifest has that of each file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from countries.country import Country
from sala.translation.translator import translator
from transforms.release.cells import DIMENSIONS

MANIFEST = "manifest.json"
FIGURE = (
    "count",
    "denominator",
    "value",
    "lower_bound",
    "upper_bound",
    "completeness",
    "status",
    "footnotes",
)
COLUMNS = ("key", *DIMENSIONS, *FIGURE)
"""Of each CSV; their meaning is `release.column.<name>` in the catalogues."""

_TYPES = {"count": "integer", "denominator": "integer"} | dict.fromkeys(
    ("value", "lower_bound", "upper_bound", "completeness"), "number"
)
FOOTNOTES = ("made_up", "incomplete", "only_bounds", "held_back", "rate_held_back", "rounded", "not_known")
"""Each is `release.footnote.<name>` in the catalogues."""
_OF_STATUS = {"U": "only_bounds", "Q": "held_back", "R": "rounded", "L": "not_known"}


class File(NamedTuple):
    """A file of a release."""

    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """In hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def with_footnotes(figures: pd.DataFrame, country: Country) -> pd.DataFrame:
    """`footnotes`: the names of what must be kept in mind about each figure, with blanks between."""
    notes = figures["status"].map(_OF_STATUS).fillna("")
    divided = figures["indicator"].isin([one.id for one in country.indicators if one.divisor])
    notes = notes.where(
        ~(divided & figures["count"].notna() & figures["denominator"].isna()), notes + " rate_held_back"
    )
    notes = notes.where(~(figures["completeness"] < 1).fillna(False), "incomplete " + notes)
    return figures.assign(footnotes=(("made_up " if country.sample else "") + notes).str.strip())


def meaning(country: Country, areas: pd.DataFrame) -> dict[str, Any]:
    """What figures mean, apart from words: a change of it makes a new major version."""
    return {
        "indicators": {
            one.id: one.model_dump(
                mode="json", include={"numerator", "denominator", "gap", "unit", "version"}
            )
            for one in country.indicators
        },
        "public_tables": {
            one.id: one.model_dump(mode="json", include={"dimensions", "layer", "measure"})
            for one in country.public_tables
        },
        "areas": {
            row.code: row.parent if isinstance(row.parent, str) else None for row in areas.itertuples()
        },
    }


def content(
    country: Country, figures: pd.DataFrame, areas: pd.DataFrame, notes: Mapping[str, Any]
) -> list[File]:
    """All files of a release but its manifest. `notes`: what it is, its endorsements, change log and restatements."""
    tables = [
        File(f"{table.id}.csv", "text/csv", _csv(figures[figures["table"] == table.id], COLUMNS))
        for table in country.public_tables
    ]
    names = areas.assign(
        **{
            f"name_{language}": areas["names"].map(lambda n, k=language: n.get(k, ""))
            for language in country.languages
        }
    )
    return [
        *tables,
        File("areas.csv", "text/csv", _csv(names, [c for c in names if c != "names"])),
        _json("definitions.json", _definitions(country, areas)),
        _json("notes.json", dict(notes)),
        _json("datapackage.json", _descriptor(country, notes)),
    ]


def manifest(release: Mapping[str, Any], files: list[File]) -> File:
    """What the release is, and the hash, size and lines of each file."""
    listed = {
        file.name: {"sha256": file.sha256, "bytes": len(file.content), "lines": file.content.count(b"\n")}
        for file in files
    }
    return _json(MANIFEST, {**release, "files": listed})


def _definitions(country: Country, areas: pd.DataFrame) -> dict[str, Any]:
    return {
        "country": {"code": country.code, "names": dict(country.names), "sample": country.sample},
        "meaning": meaning(country, areas),
        "indicators": [one.model_dump(mode="json") for one in country.indicators],
        "schemes": [one.model_dump(mode="json") for one in country.schemes],
        "public_tables": [one.model_dump(mode="json") for one in country.public_tables],
        "age_groups": [one.model_dump(mode="json") for one in country.age_groups],
        "columns": {name: _words(country, f"release.column.{name}") for name in COLUMNS},
        "statuses": {name: _words(country, f"release.status.{name}") for name in "AQRLU"},
        "footnotes": {name: _words(country, f"release.footnote.{name}") for name in FOOTNOTES},
        "attribution": [one.model_dump(mode="json") for one in country.attribution],
    }


def _descriptor(country: Country, notes: Mapping[str, Any]) -> dict[str, Any]:
    """A Frictionless data package (https://specs.frictionlessdata.io/data-package/)."""
    english = translator("en")
    fields = [
        {"name": name, "type": _TYPES.get(name, "string"), "description": english(f"release.column.{name}")}
        for name in COLUMNS
    ]
    return {
        "profile": "tabular-data-package",
        "name": notes["release"].lower(),
        "title": english("release.title", country=english.name(country.names), period=notes["period"]),
        "version": notes["version"],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": table.id,
                "path": f"{table.id}.csv",
                "title": english.name(table.names),
                "format": "csv",
                "encoding": "utf-8",
                "schema": {"fields": fields, "primaryKey": "key", "missingValues": [""]},
            }
            for table in country.public_tables
        ],
        "sources": [{"title": one.who, "path": one.url} for one in country.attribution],
    }


def _words(country: Country, key: str) -> dict[str, str]:
    return {language: translator(language)(key) for language in country.languages}


def _csv(frame: pd.DataFrame, columns: Any) -> bytes:
    return frame[list(columns)].to_csv(index=False, lineterminator="\n").encode()


def _json(name: str, value: Any) -> File:
    written = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False, default=str)
    return File(name, "application/json", written.encode() + b"\n")
