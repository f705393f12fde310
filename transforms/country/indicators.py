"""Indicators: which lines each counts, by what it divides, and which of its schemes can share no person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, text

from countries.country import Country
from countries.declarations.indicators import GRANTS, MONEY, RETURNS, Filters, Indicator, Measure
from transforms.country.cells import ALL_AGES, SEXES, cells
from transforms.country.disjoint_schemes import disjoint_schemes
from transforms.country.upsert import upsert

_PARTS = (
    "indicator_part",
    "indicator_family",
    "indicator_cell",
    "indicator_sum",
    "indicator_sum_scheme",
    "indicator_sum_part",
    "indicator_less",
    "indicator_gap",
    "reference_amount",
)
_OF_INDICATOR = "(SELECT indicator_id FROM core.indicator WHERE code = :indicator)"
_OF_SCHEME = "(SELECT scheme_id FROM core.scheme WHERE code = :scheme)"
_LINES = (  # the lines of some schemes, sexes, ages and disabilities
    " FROM core.scheme s, unnest(CAST(:sexes AS text[])) AS sex, core.age_group g,"
    " unnest(CAST(:disability AS text[])) AS disability"
    " WHERE s.code = ANY (:schemes) AND g.code = ANY (:age_groups)"
)


def load_indicators(connection: Connection, country: Country) -> None:
    """Make core.indicator and its parts what the folder declares; a new version is kept beside those before it."""
    upsert(
        connection,
        "indicator",
        "code",
        [_row(*numbered, country) for numbered in enumerate(country.indicators)],
    )
    connection.execute(
        text(
            "INSERT INTO core.indicator_version (indicator_id, version, definition)"
            " SELECT indicator_id, version, definition FROM core.indicator"
            " ON CONFLICT (indicator_id, version) DO UPDATE SET definition = excluded.definition"
        )
    )
    for table in _PARTS:
        connection.execute(text(f"DELETE FROM core.{table}"))  # noqa: S608
    _load_coverages(connection, country)
    _load_sums(connection, country)
    _insert(
        connection,
        "INSERT INTO core.indicator_gap SELECT i.indicator_id, of.indicator_id, :shown_in"
        " FROM core.indicator i, core.indicator of WHERE i.code = :indicator AND of.code = :of",
        [
            {"indicator": indicator.id, "of": indicator.gap.of, "shown_in": indicator.gap.shown_in}
            for indicator in country.indicators
            if indicator.gap
        ],
    )
    _insert(
        connection,
        "INSERT INTO core.reference_amount VALUES (:code, :valid_from, round(100 * CAST(:monthly AS numeric)))",
        [
            {"code": amount.id, "valid_from": dated.valid_from, "monthly": dated.monthly}
            for amount in country.reference_amounts
            for dated in amount.amounts
        ],
    )


def _row(position: int, indicator: Indicator, country: Country) -> dict[str, Any]:
    numerator, divided_by = indicator.numerator, indicator.divided_by
    money_below = divided_by is not None and (divided_by.measure in MONEY or divided_by.times is not None)
    return {
        "code": indicator.id,
        "guarantee": indicator.guarantee,
        "position": position,
        "definition": indicator.model_dump(mode="json"),
        "nature": "gap" if indicator.gap else "coverage" if indicator.coverage else "sum",
        "version": indicator.version,
        "levels": [country.depth(level) for level in indicator.levels] or None,
        "sexes": list(indicator.sexes) or None,
        "over_time": indicator.over_time,
        "divided": bool(indicator.gap or divided_by),
        "numerator_parts": 100 if numerator and numerator.measure in MONEY else 1,
        "denominator_parts": 100 if money_below else 1,
    }


def _load_coverages(connection: Connection, country: Country) -> None:
    coverages = [indicator for indicator in country.indicators if indicator.coverage]
    _insert(
        connection,
        "INSERT INTO core.indicator_part"
        " SELECT i.indicator_id, s.scheme_id, :sex, g.age_group_id, :measure, :certain"
        " FROM core.indicator i, core.scheme s, core.age_group g"
        " WHERE i.code = :indicator AND s.code = :scheme AND g.code = :age_group",
        [part for indicator in coverages for part in _parts(indicator, country)],
    )
    _insert(
        connection,
        "INSERT INTO core.indicator_family SELECT i.indicator_id, :family, s.scheme_id"
        " FROM core.indicator i, core.scheme s WHERE i.code = :indicator AND s.code = :scheme",
        [
            {"indicator": indicator.id, "family": family, "scheme": scheme}
            for indicator in coverages
            for family, schemes in enumerate(disjoint_schemes(indicator, country))
            for scheme in schemes
        ],
    )
    _insert(
        connection,
        "INSERT INTO core.indicator_cell SELECT i.indicator_id, :sex, g.age_group_id"
        " FROM core.indicator i, core.age_group g WHERE i.code = :indicator AND g.code = :age_group",
        [
            {"indicator": indicator.id, "sex": sex, "age_group": age}
            for indicator in country.indicators
            if (population := indicator.population) is not None
            for sex, age in cells(population.sexes, population.age_groups, country)
        ],
    )
    _insert(
        connection,
        "INSERT INTO core.indicator_less"
        f" SELECT {_OF_INDICATOR}, s.scheme_id, sex, g.age_group_id, disability, :measure{_LINES}",
        [
            {"indicator": indicator.id, "measure": part.measure, **_lines(part, country)}
            for indicator in coverages
            if indicator.denominator
            for part in indicator.denominator.less
        ],
    )


def _load_sums(connection: Connection, country: Country) -> None:
    """Of each sum what it adds up, the schemes that it asks, and which lines give what to which side."""
    sums = [i for i in country.indicators if i.numerator is not None and not i.coverage]
    divisors = {i.id: i.divided_by for i in sums if i.divided_by and not i.divided_by.missing}
    _insert(
        connection,
        f"INSERT INTO core.indicator_sum SELECT {_OF_INDICATOR}, :numerator, :denominator, :reference_amount",
        [
            {
                "indicator": i.id,
                "numerator": i.numerator.measure,
                "denominator": divisors[i.id].measure if i.id in divisors else None,
                "reference_amount": divisors[i.id].times if i.id in divisors else None,
            }
            for i in sums
            if i.numerator and not i.numerator.missing
        ],
    )
    _insert(
        connection,
        f"INSERT INTO core.indicator_sum_scheme SELECT {_OF_INDICATOR}, {_OF_SCHEME}",
        [
            {"indicator": i.id, "scheme": scheme}
            for i in sums
            if i.numerator and not i.numerator.missing
            for scheme in i.numerator.schemes
        ],
    )
    sides: list[tuple[Indicator, str, Measure, Filters]]
    sides = [(i, "numerator", i.numerator.measure, i.numerator) for i in sums if i.numerator]
    sides += [(i, "denominator", divisors[i.id].measure, divisors[i.id]) for i in sums if i.id in divisors]
    for side in ("numerator", "denominator"):
        _insert(
            connection,
            f"INSERT INTO core.indicator_sum_part (indicator_id, scheme_id, sex, age_group_id, disability, {side})"
            f" SELECT {_OF_INDICATOR}, s.scheme_id, sex, g.age_group_id, disability, :measure{_LINES}"
            " ON CONFLICT (scheme_id, sex, age_group_id, disability, indicator_id)"
            f" DO UPDATE SET {side} = excluded.{side}",
            [
                {"indicator": i.id, "measure": measure, **_lines(filters, country)}
                for i, of, measure, filters in sides
                if of == side and measure not in (*RETURNS, *GRANTS, "population")
            ],
        )


def _lines(filters: Filters, country: Country) -> dict[str, list[str]]:
    """The lines that filters leave. A line of no stated age passes where every age does."""
    ages = filters.age_groups
    return {
        "schemes": list(filters.schemes),
        "sexes": list(filters.sexes or SEXES),
        "age_groups": [*([] if ages else [ALL_AGES]), *country.ages(ages)],
        "disability": list(filters.disability or "TYNU"),
    }


def _insert(connection: Connection, statement: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(text(statement), rows)


def _parts(indicator: Indicator, country: Country) -> Iterator[dict[str, Any]]:
    """Which lines an indicator counts. A line without an age counts for certain only where every age for which
    the scheme is meant is one of the indicator's."""
    assert indicator.numerator is not None
    ages = indicator.numerator.age_groups
    for scheme_id, measure in indicator.measures.items():
        eligible = country.scheme(scheme_id).eligible
        for sex, age in cells(indicator.numerator.sexes, (ALL_AGES, *country.ages(ages)), country):
            certain = age != ALL_AGES or not ages or set(country.ages(eligible.age_groups)) <= set(ages)
            yield {
                "indicator": indicator.id,
                "scheme": scheme_id,
                "sex": sex,
                "age_group": age,
                "measure": measure,
                "certain": certain,
            }
