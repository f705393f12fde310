"""What a release page is made of: the release, its own words and areas, and its figures of one area."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import Any

from dashboards.queries import releases as known
from dashboards.server.current_user import acting
from sala.errors import Refusal
from transforms.release.folder import release_file

Row = dict[str, Any]


@dataclass(frozen=True)
class Contents:
    """A release as it was made. Names and definitions are its own, whatever the country folder says by now."""

    release: Row
    definitions: Row
    notes: Row
    areas: dict[str, Row]  # code → its row of areas.csv
    area: str
    figures: list[Row]  # of the area and those right below it

    def named(self, section: str, code: str) -> Any:
        """The names of an indicator, scheme or table by its code."""
        of = {"indicators": "title"}.get(section, "names")
        return next((each[of] for each in self.definitions[section] if each["id"] == code), code)

    def area_names(self, code: str) -> dict[str, str]:
        """Language → name."""
        row = self.areas.get(code, {})
        return {k.removeprefix("name_"): v for k, v in row.items() if k.startswith("name_") and v} or {
            "en": code
        }

    def at(self, **codes: str) -> list[Row]:
        """The figures that have these codes."""
        return [row for row in self.figures if all(row[name] == code for name, code in codes.items())]

    def children(self) -> list[str]:
        """The areas right below, of which there are figures."""
        there = {row["area_code"] for row in self.figures}
        return [code for code, row in self.areas.items() if row["parent"] == self.area and code in there]


def contents(name: str, area: str | None) -> Contents:
    """The release of that name, of one area or its root. Raises Refusal."""
    release = known.release(name)
    with acting() as connection:
        files = {
            each: release_file(connection, name, each).content.decode()
            for each in ("definitions.json", "notes.json", "areas.csv")
        }
    areas = {row["code"]: row for row in csv.DictReader(io.StringIO(files["areas.csv"]))}
    root = next(code for code, row in areas.items() if not row["parent"])
    area = area or root
    if area not in areas:
        raise Refusal("unknown_area", code=area)
    wanted = [area, *(code for code, row in areas.items() if row["parent"] == area)]
    figures = known.figures_of_areas(name, wanted)
    return Contents(
        release, json.loads(files["definitions.json"]), json.loads(files["notes.json"]), areas, area, figures
    )
