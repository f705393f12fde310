"""The areas of a country: its tables as printed, the corrections it declares, and what is still wrong.

    printed → corrected → examined → areas

Nothing is mended in silence. Each correction used and each question left is a `Finding`; what cannot be used at
all (two areas with one code, an area whose parent is nowhere, a cycle) refuses the country.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from countries import corrections, gazetteer_checks, tables
from countries.area import Area, Finding
from countries.declarations.sources import AreaSource
from countries.errors import CountryError, Fault
from countries.model import Country

__all__ = ["NEEDS", "Finding", "Gazetteer", "areas"]

NEEDS = ("code", "names", "root", "languages", "layers", "gazetteer", "corrections")
"""The sections of a country folder that its areas are made from."""

INVISIBLE = dict.fromkeys(map(ord, "\u200b\ufeff"))


@dataclass(frozen=True)
class Gazetteer:
    """`areas`, root first, then layer by layer in the order of codes:

    code, parent_code (None for the root), layer, name_<language>…, valid_from (date), valid_to (date: the day
    from which it is no more, or None), other_codes and other_names (tuples: what else it is or was called).
    """

    areas: pd.DataFrame
    findings: list[Finding]


def areas(country: Country) -> Gazetteer:
    """Read, correct and examine the areas. Raises `CountryError` when they do not make one tree."""
    rows, findings = _checked(country)
    if refused := [finding.fault() for finding in findings if finding.verdict == "refused"]:
        raise CountryError(country.folder, refused)
    rows.sort(key=lambda area: (country.depth(area.layer), area.code))
    return Gazetteer(pd.DataFrame([area.row(country.languages) for area in rows]), findings)


def _checked(country: Country) -> tuple[list[Area], list[Finding]]:
    rows, findings = _printed(country)
    findings += corrections.apply(rows, country)
    refusals = list(gazetteer_checks.refusals(rows, country))
    if refusals:
        return rows, findings + refusals
    _inherit_dates(rows, country)
    return rows, [*findings, *gazetteer_checks.questions(rows, country)]


def _printed(country: Country) -> tuple[list[Area], list[Finding]]:
    """The root and every row of the tables, with the names tidied."""
    first_day = country.gazetteer.valid_from
    file = country.folder / "country.yaml"
    rows = [Area(file, 1, country.layers[0].id, country.root, None, dict(country.names), first_day)]
    findings: list[Finding] = []
    unread: list[Fault] = []
    for source in country.gazetteer.sources:
        try:
            read = _rows(source, country, findings)
        except CountryError as error:
            unread += error.faults
            continue
        for area in read:
            if (area.layer, area.code) == (rows[0].layer, rows[0].code):
                continue  # a table of all layers may list the root too
            rows.append(area)
            if untidy := [name for name in area.names.values() if name != _tidy(name)]:
                area.names = {language: _tidy(name) for language, name in area.names.items()}
                message = f"doubled or invisible blanks taken out of {', '.join(sorted(set(untidy)))}"
                findings.append(area.finding("untidy_name", "corrected", message))
    if unread:
        refused = [finding.fault() for finding in findings if finding.verdict == "refused"]
        raise CountryError(country.folder, [*unread, *refused])
    return rows, findings


def _rows(source: AreaSource, country: Country, findings: list[Finding]) -> list[Area]:
    """The areas of a table; a date that is none is among the findings, and the area is as old as others."""
    columns = source.columns
    named = (columns.code, columns.parent, columns.layer, columns.valid_from, columns.valid_to)
    wanted = [column for column in (*named, *columns.names.values()) if column]
    table = tables.read(source, country.folder, wanted)
    file = tables.locate(source, country.folder)
    rows = []
    for line, row in zip(table.index, table.to_dict("records"), strict=True):
        area = Area(
            file=file,
            line=line,
            layer=row[columns.layer].strip() if columns.layer else str(source.layer),
            code=row[columns.code].strip(),
            parent=row[columns.parent].strip() if columns.parent else country.root,
            names={language: row[column] for language, column in columns.names.items()},
            valid_from=country.gazetteer.valid_from,
        )
        for name, column in (("valid_from", columns.valid_from), ("valid_to", columns.valid_to)):
            if column and (text := row[column].strip()):
                try:
                    setattr(area, name, date.fromisoformat(text))
                except ValueError:
                    message = f"`{column}` is {text!r}; dates are written like 2013-12-31"
                    findings.append(area.finding("bad_date", "refused", message))
        rows.append(area)
    return rows


def _tidy(name: str) -> str:
    return " ".join(name.translate(INVISIBLE).split())


def _inherit_dates(rows: list[Area], country: Country) -> None:
    """No area is older than the one around it, nor outlives it."""
    by_code = {area.code: area for area in rows}
    for area in sorted(rows, key=lambda area: country.depth(area.layer)):
        if area.parent is not None:
            parent = by_code[area.parent]
            area.valid_from = max(area.valid_from, parent.valid_from)
            ends = [day for day in (area.valid_to, parent.valid_to) if day]
            area.valid_to = min(ends, default=None)
