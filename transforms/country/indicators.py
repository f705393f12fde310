"""Indicators: which lines each counts, by what it divides, and which of its schemes can share no person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, text

from countries.country import Country
from countries.declarations.indicators import Indicator
from transforms.country.cells import ALL_AGES, cells
from transforms.country.disjoint_schemes import disjoint_schemes
from transforms.country.upsert import upsert


def load_indicators(connection: Connection, country: Country) -> None:
    """Make core.indicator and its parts what the folder declares."""
    rows = [
        {
            "code": indicator.id,
            "guarantee": indicator.guarantee,
            "position": position,
            "definition": indicator.model_dump(mode="json"),
        }
        for position, indicator in enumerate(country.indicators)
    ]
    upsert(connection, "indicator", "code", rows)
    connection.execute(
        text(
            "DELETE FROM core.indicator_part; DELETE FROM core.indicator_family; DELETE FROM core.indicator_cell"
        )
    )
    if not country.indicators:
        return
    connection.execute(
        text(
            "INSERT INTO core.indicator_part"
            " SELECT i.indicator_id, s.scheme_id, :sex, g.age_group_id, :measure, :certain"
            " FROM core.indicator i, core.scheme s, core.age_group g"
            " WHERE i.code = :indicator AND s.code = :scheme AND g.code = :age_group"
        ),
        [part for indicator in country.indicators for part in _parts(indicator, country)],
    )
    connection.execute(
        text(
            "INSERT INTO core.indicator_family SELECT i.indicator_id, :family, s.scheme_id"
            " FROM core.indicator i, core.scheme s WHERE i.code = :indicator AND s.code = :scheme"
        ),
        [
            {"indicator": indicator.id, "family": family, "scheme": scheme}
            for indicator in country.indicators
            for family, schemes in enumerate(disjoint_schemes(indicator, country))
            for scheme in schemes
        ],
    )
    connection.execute(
        text(
            "INSERT INTO core.indicator_cell SELECT i.indicator_id, :sex, g.age_group_id"
            " FROM core.indicator i, core.age_group g WHERE i.code = :indicator AND g.code = :age_group"
        ),
        [
            {"indicator": indicator.id, "sex": sex, "age_group": age}
            for indicator in country.indicators
            for sex, age in cells(indicator.denominator.sexes, indicator.denominator.age_groups, country)
        ],
    )


def _parts(indicator: Indicator, country: Country) -> Iterator[dict[str, Any]]:
    """Which lines an indicator counts. A line without an age counts for certain only where every age for which
    the scheme is meant is one of the indicator's."""
    ages = indicator.numerator.age_groups
    for scheme_id, measure in indicator.numerator.measures.items():
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
