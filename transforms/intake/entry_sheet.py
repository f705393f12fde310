"""A small return as a sheet to fill in on a page: the template's lines, with what stands and what was last reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import pandas as pd
from sqlalchemy import Connection, text

from countries.country import Country
from sala.errors import NotFound, Refusal
from sql import warehouse
from transforms.identity.person import Person
from transforms.intake.downloads import due_period
from transforms.intake.entry_drafts import SheetOf
from transforms.intake.reference_data import day_of, reference_data
from validators.contracts.contract import TOTAL, Column, Contract, contract
from validators.outputs.prefilled import Line, prefilled
from validators.values import offered

DATASETS = ("scheme_returns", "population")
"""Those of which a template knows the lines, and that have no page of their own."""

MOST_LINES = 600
"""More are filled in a template."""

_SCHEMES = """
    SELECT DISTINCT s.code FROM core.filing() f JOIN core.scheme s USING (scheme_id) WHERE f.dataset = 'scheme_returns'
"""
_WITHIN = """
    WITH own AS (SELECT tree_left, tree_right FROM mart.area WHERE area_code = :area ORDER BY valid_to DESC LIMIT 1),
    codes AS MATERIALIZED (SELECT DISTINCT a.area_code FROM mart.area a, own
                             WHERE a.tree_left BETWEEN own.tree_left AND own.tree_right)
"""
# A total's remainder is no line of its own.
_STANDING = f"""{_WITHIN}
    SELECT s.area_code, s.scheme, s.sex, s.age_group, s.disability, s.beneficiaries, s.contributors, s.registered,
           s.new_enrolments, s.exits, s.amount_paid, s.applied, s.refused, s.waiting, s.paid_on_time, s.records_updated
    FROM mart.scheme_return s
    JOIN codes USING (area_code)
    WHERE s.period = :period AND NOT s.remainder
"""  # noqa: S608
_GROUPED = f"""{_WITHIN}
    SELECT DISTINCT g.area_code, g.scheme FROM mart.group_return g JOIN codes USING (area_code) WHERE g.period = :period
"""  # noqa: S608
_LAST = f"""{_WITHIN}
    SELECT s.area_code, s.scheme, s.sex, s.age_group, sum(s.beneficiaries)::bigint AS beneficiaries
    FROM mart.scheme_return s
    JOIN codes USING (area_code)
    WHERE s.period = (
        SELECT max(r.period) FROM mart.return r JOIN codes USING (area_code)
        WHERE r.dataset = 'scheme_returns' AND r.known_to = 'infinity'
          AND r.period < :period AND length(r.period) = length(:period))
    GROUP BY s.area_code, s.scheme, s.sex, s.age_group
"""  # noqa: S608


@dataclass(frozen=True)
class SheetLine:
    """A line to fill in: what is known of it, what stands in its columns, and what was counted last."""

    known: Line
    standing: Mapping[str, str]
    last: int | None


@dataclass(frozen=True)
class EntrySheet:
    """The sheet of an area and a period. `names`: column → code → names by language.

    `left_out`: returns that stand and tell more apart than the sheet does, which are sent as files.
    """

    of: SheetOf
    contract: Contract
    columns: tuple[Column, ...]
    lines: tuple[SheetLine, ...]
    names: Mapping[str, Mapping[str, Mapping[str, str]]]
    left_out: int


def sheet_of(country: Country, dataset: str, area: str, period: str = "") -> SheetOf:
    """Of the period that is due now where none is named. Raises NotFound and Refusal for a dataset without sheets."""
    about = contract(dataset)
    if dataset not in DATASETS:
        raise Refusal("no_entry_sheet", dataset=about.title)
    kinds = about.period.kinds if about.period else ()
    return SheetOf(dataset, area, period or due_period(kinds, day_of(datetime.now(UTC), country)))


def entry_sheet(person: Person, of: SheetOf, country: Country) -> EntrySheet:
    """The lines that the person would fill in. Raises what `known_lines` does."""
    about = contract(of.dataset)
    areas, known = known_lines(person, of, country)
    with person.acting() as connection:
        of_schemes = of.dataset == "scheme_returns"
        standing, grouped, last = (
            _rows(connection, query, of) if of_schemes else [] for query in (_STANDING, _GROUPED, _LAST)
        )
    finer = {_return(row) for row in (*grouped, *(row for row in standing if row["disability"] != TOTAL))}
    finer &= {_return(line) for line in known}
    known = [line for line in _with_standing(known, standing, of) if _return(line) not in finer]
    columns = (
        tuple(column for column in offered(about, country) if column.name not in (*known[0], *about.line_key))
        if known
        else ()
    )
    stands = {_line(row): row for row in standing}
    counted = {_line(row): int(row["beneficiaries"]) for row in last}
    lines = tuple(
        SheetLine(line, _written(stands.get(_line(line), {}), columns), counted.get(_line(line)))
        for line in known
    )
    return EntrySheet(of, about, columns, lines, _names(known, country, areas), len(finer))


def known_lines(person: Person, of: SheetOf, country: Country) -> tuple[pd.DataFrame, list[Line]]:
    """The country's areas, and the lines of the template that the person would fill in.

    Raises NotFound for an area that there is not; Refusal with `sheet_too_large` where there are too many lines, and
    `sheet_empty` where there are none.
    """
    with warehouse.transaction() as connection:
        data = reference_data(connection, country)
    areas = data.reference.areas if data else None
    if areas is None or of.area not in set(areas["code"]):
        raise NotFound("unknown_area_of", area=of.area, country=country.names)
    with person.acting() as connection:
        schemes = None if person.unbound else set(connection.execute(text(_SCHEMES)).scalars())
    lines = prefilled(contract(of.dataset), country, areas, of.area, of.period, schemes)
    known = list(islice(lines, MOST_LINES + 1))
    if not known:
        raise Refusal("sheet_empty")
    if len(known) > MOST_LINES:
        raise Refusal("sheet_too_large", most=MOST_LINES)
    return areas, known


def _with_standing(known: list[Line], standing: list[dict[str, Any]], of: SheetOf) -> list[Line]:
    """The template's lines; of a return that stands otherwise, its own: what is sent must not drop any."""
    returns = {_return(line) for line in known}
    lines = {_line(line): line for line in known}
    for row in standing:
        if _return(row) in returns and _line(row) not in lines:
            lines[_line(row)] = {
                "period": of.period, **{name: row[name] for name in ("area_code", "scheme", "sex", "age_group")}
            }  # fmt: skip
    order = {key: place for place, key in enumerate(dict.fromkeys(map(_return, known)))}
    return sorted(lines.values(), key=lambda line: order[_return(line)])


def _return(line: Mapping[str, Any]) -> tuple[str, str]:
    return line["area_code"], line.get("scheme", "")


def _line(line: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(line.get(name, "")) for name in ("area_code", "scheme", "sex", "age_group"))


def _written(row: Mapping[str, Any], columns: Iterable[Column]) -> dict[str, str]:
    values = {column.name: row.get(column.name) for column in columns}
    return {
        name: f"{value:f}".removesuffix(".00") if hasattr(value, "quantize") else str(value)
        for name, value in values.items()
        if value is not None
    }


def _names(
    known: list[Line], country: Country, areas: pd.DataFrame
) -> dict[str, dict[str, Mapping[str, str]]]:
    codes = {line["area_code"] for line in known}
    rows = areas[areas["code"].isin(codes)].drop_duplicates("code", keep="last")
    names: dict[str, Mapping[str, str]] = {
        row["code"]: {
            language: row[f"name_{language}"] for language in country.languages if row[f"name_{language}"]
        }
        for row in rows.to_dict("records")
    }
    return {
        "area_code": names,
        "scheme": {scheme.id: scheme.names for scheme in country.schemes},
        "age_group": {group.id: group.names for group in country.age_groups},
    }


def _rows(connection: Connection, query: str, of: SheetOf) -> list[dict[str, Any]]:
    return [
        dict(row)
        for row in connection.execute(text(query), {"area": of.area, "period": of.period}).mappings()
    ]
