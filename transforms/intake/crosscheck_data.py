"""What the warehouse knows of the returns in a file, for the cross-checks: only what the file touches is fetched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from countries.period import Period
from sql import warehouse
from transforms.intake.reference_data import ReferenceData
from validators.contracts.contract import Contract, contract
from validators.crosscheck import CrosscheckData
from validators.rules.history import PERIODS
from validators.verdict import Verdict

STANDING = """
    SELECT r.period_id, r.area_id, r.scheme_id, r.lines, coalesce(r.total, 0) AS total, r.partial::integer AS partial,
           (r.submission_id IN (SELECT submission_id FROM ledger.submission WHERE turn > %(turn)s))::integer AS newer
    FROM core.return r
    WHERE r.known_to = 'infinity' AND r.dataset = %(dataset)s AND r.submission_id <> %(submission)s
      AND r.period_id = ANY(%(periods)s::integer[]) AND r.scheme_id = ANY(%(schemes)s::smallint[])
      AND (%(everywhere)s OR r.area_id = ANY(%(areas)s::integer[]))
"""
EARLIER = """
    SELECT period_id FROM core.period WHERE kind = %(kind)s::"char" AND period_id < %(last)s
    ORDER BY period_id DESC LIMIT %(most)s
"""
HISTORY = """
    SELECT r.period_id, r.area_id, r.scheme_id, coalesce(r.total, 0) AS total
    FROM core.return r
    WHERE r.known_to = 'infinity' AND r.dataset = %(dataset)s
      AND r.period_id = ANY(%(earlier)s::integer[]) AND r.scheme_id = ANY(%(schemes)s::smallint[])
      AND (%(everywhere)s OR r.area_id = ANY(%(areas)s::integer[]))
"""
POPULATION = """
    SELECT d.year, d.area_id, ascii(d.sex::text) AS sex, d.age_group_id, d.population
    FROM core.denominator d
    WHERE (%(everywhere)s OR d.area_id = ANY(%(areas)s::integer[]))
      AND d.year = (SELECT coalesce(max(year) FILTER (WHERE year <= %(year)s), min(year)) FROM core.denominator)
"""
# What the areas below an area report together for a scheme, whatever their layer.
BELOW = """
    SELECT r.period_id, above.area_id, r.scheme_id, sum(r.total) AS total
    FROM core.area above
    JOIN core.area a ON a.tree_left > above.tree_left AND a.tree_left <= above.tree_right
    JOIN core.return r ON r.area_id = a.area_id
    WHERE above.area_id = ANY(%(areas)s::integer[])
      AND r.known_to = 'infinity' AND r.dataset = %(dataset)s
      AND r.period_id = ANY(%(periods)s::integer[]) AND r.scheme_id = ANY(%(schemes)s::smallint[])
    GROUP BY r.period_id, above.area_id, r.scheme_id
"""
# The people of an area's children, where each of them has a figure.
CHILDREN = """
    SELECT d.year * 1000 AS period_id, c.parent_id AS area_id, 0 AS scheme_id, sum(d.population) AS total
    FROM core.area c
    LEFT JOIN core.denominator d ON d.area_id = c.area_id AND d.year * 1000 = ANY(%(periods)s::integer[])
    WHERE c.parent_id = ANY(%(areas)s::integer[])
    GROUP BY d.year, c.parent_id
    HAVING count(DISTINCT c.area_id) = (SELECT count(*) FROM core.area o WHERE o.parent_id = c.parent_id)
       AND bool_and(d.area_id IS NOT NULL)
"""
NEWEST = 2**62
"""The turn of a file that has not been handed in: after all that have."""
MANY_AREAS = 5_000
"""From here on a scan is cheaper than looking each area up."""


@dataclass(frozen=True)
class Sender:
    """Who hands a file in, and when. `scope`: codes of the areas that they may report for, None for all;
    `administrator`: the scheme administrator to which they belong, whose schemes alone they report; `day`: that
    of the handing in; `turn`: its place in the order of arrival, before which other files are older ones;
    `submission_id`: the file's own number, 0 while it has none.
    """

    day: date
    scope: frozenset[str] | None = None
    administrator: str | None = None
    turn: int = NEWEST
    submission_id: int = 0


def crosscheck_data(
    connection: Connection, verdict: Verdict, reference_data: ReferenceData, sender: Sender
) -> CrosscheckData:
    """What a file is cross-checked with."""
    if verdict.table is None or not verdict.rows_accepted:
        return CrosscheckData()
    touched = _Touched(verdict, reference_data)
    return CrosscheckData(
        scope=sender.scope,
        administrator=sender.administrator,
        closed=_closed(touched, reference_data, sender.day),
        present=touched.present(connection, sender),
        history=touched.history(connection),
        population=touched.population(connection),
        below=touched.below(connection),
    )


def _closed(touched: _Touched, reference_data: ReferenceData, day: date) -> frozenset[str]:
    """The file's periods that the country's calendar has closed by that day."""
    calendar = reference_data.country.calendar
    after = calendar.closes_after_days.get(touched.contract.dataset)
    return frozenset(
        period.key
        for period in touched.periods
        if period.key in calendar.closed
        or (after is not None and day > period.ends_on + timedelta(days=after))
    )


@dataclass(frozen=True)
class _Touched:
    """The periods, areas and schemes of a file's good rows, as the warehouse numbers them."""

    verdict: Verdict
    reference_data: ReferenceData

    @cached_property
    def contract(self) -> Contract:
        return contract(self.verdict.dataset)

    @cached_property
    def dating(self) -> str:
        assert self.contract.period is not None  # every dataset dates its returns
        return self.contract.period.name

    @cached_property
    def about(self) -> str | None:
        """The column that says what a return is about, beside area and period."""
        return next((name for name in ("scheme", "indicator") if name in self.contract.return_key), None)

    @cached_property
    def periods(self) -> list[Period]:
        return sorted(Period.parse(str(key)) for key in self.verdict.good[self.dating].unique())

    @cached_property
    def codes(self) -> pd.Index:
        return self.verdict.good["area_code"].array.categories

    @cached_property
    def areas(self) -> pd.Series:
        """Area number → place of its code in `codes`; a code may have had several numbers in time."""
        known = self.reference_data.keys.areas
        places = self.codes.get_indexer(pd.Index(known["code"]))
        return pd.Series(places[places >= 0], index=known["area_id"].to_numpy()[places >= 0])

    @cached_property
    def subjects(self) -> pd.Series:
        """Number → code of what the file's returns are about."""
        if self.about is None:
            return pd.Series([""], index=[0])
        numbers = self.reference_data.keys.others[self.about]
        here = numbers[numbers.index.isin(self.verdict.good[self.about].unique())]
        return pd.Series(here.index, index=here.to_numpy())

    def present(self, connection: Connection, sender: Sender) -> pd.DataFrame:
        """The returns of other files that stand where the file has one, or in the same period and area."""
        asked = self._asked() | {"turn": sender.turn, "submission": sender.submission_id}
        return self._coded(warehouse.extract(connection, STANDING, asked))

    def history(self, connection: Connection) -> pd.DataFrame | None:
        """The totals of a year before the last period of the file."""
        if self.contract.dataset != "scheme_returns":
            return None
        earlier: list[int] = []
        for kind in {period.kind for period in self.periods}:
            asked = {"kind": kind, "last": self.periods[-1].id, "most": PERIODS}
            earlier += warehouse.extract(connection, EARLIER, asked)["period_id"].tolist()
        return self._coded(
            warehouse.extract(connection, HISTORY, self._asked() | {"earlier": _array(earlier)})
        )

    def population(self, connection: Connection) -> pd.DataFrame | None:
        if self.contract.dataset != "scheme_returns":
            return None
        found = warehouse.extract(
            connection, POPULATION, self._asked() | {"year": self.periods[-1].starts_on.year}
        )
        ages = self.reference_data.keys.others["age_group"]
        return pd.DataFrame(
            {
                "year": found["year"],
                "area_code": self._area_codes(found["area_id"]),
                "sex": _coded(found["sex"], pd.Series(list("FMXU"), index=[ord(c) for c in "FMXU"])),
                "age_group": _coded(found["age_group_id"], pd.Series(ages.index, index=ages.to_numpy())),
                "population": found["population"],
            }
        )

    def below(self, connection: Connection) -> pd.DataFrame | None:
        """What stands below the file's areas: of a population their children's, of a scheme that of lower layers."""
        if self.contract.dataset == "population":
            found = warehouse.extract(connection, CHILDREN, self._asked())
        elif self.contract.dataset == "scheme_returns" and (above := self._above_their_layer()):
            found = warehouse.extract(connection, BELOW, self._asked() | {"areas": _array(above)})
        else:
            return None
        return self._coded(found)[[*self.contract.return_key, "total"]]

    def _above_their_layer(self) -> list[int]:
        """Areas above the layer that reports a scheme of the file: only there can lower areas report it too."""
        country, depth_of = self.reference_data.country, self.reference_data.reference.depth_of
        lowest = max(country.depth(country.scheme(scheme).layer) for scheme in self.subjects)
        high = [place for place, code in enumerate(self.codes) if depth_of.get(code, lowest) < lowest]
        return self.areas.index[self.areas.isin(high)].tolist()

    def _asked(self) -> dict[str, Any]:
        return {
            "dataset": self.contract.dataset,
            "periods": _array([period.id for period in self.periods]),
            "schemes": _array(self.subjects.index),
            "areas": _array(self.areas.index) if len(self.areas) < MANY_AREAS else "{}",
            "everywhere": len(self.areas) >= MANY_AREAS,
        }

    def _coded(self, found: pd.DataFrame) -> pd.DataFrame:
        """SurrogateKeys become the codes that the file uses."""
        numbers = found["period_id"].unique()
        keys = pd.Series([_key(number) for number in numbers], index=numbers, dtype="str")
        codes = {
            self.dating: _coded(found["period_id"], keys),
            "area_code": self._area_codes(found["area_id"]),
            self.about or "about": _coded(found["scheme_id"], self.subjects),
        }
        return pd.DataFrame(codes | {name: found[name].array for name in found.columns[3:]})

    def _area_codes(self, numbers: pd.Series) -> pd.Categorical:
        """Missing for an area of which the file does not speak."""
        return pd.Categorical.from_codes(_looked_up(self.areas, numbers), self.codes)


def _coded(numbers: pd.Series, codes: pd.Series) -> pd.Categorical:
    """The code of each number, as a category."""
    places = pd.Series(np.arange(len(codes)), index=codes.index)
    return pd.Categorical.from_codes(_looked_up(places, numbers), pd.Index(codes, dtype="str"))


def _looked_up(places: pd.Series, numbers: pd.Series) -> np.ndarray:
    """The place of each number, -1 where it has none: by a table over all numbers, for they are many, and small."""
    if not len(places) or not len(numbers):
        return np.full(len(numbers), -1)
    low = places.index.min()
    table = np.full(places.index.max() - low + 2, -1, dtype=np.int32)
    table[places.index - low] = places
    at = numbers.to_numpy() - low
    return table[np.where((at < 0) | (at >= len(table)), len(table) - 1, at)]


def _key(period_id: int) -> str:
    """2026000 → 2026, 2026110 → 2026-10, 2026247 → 2026-W47: see countries/period.py."""
    year, rest = divmod(int(period_id), 1000)
    kind, number = divmod(rest, 100)
    return str(year) if not kind else f"{year}-{number:02}" if kind == 1 else f"{year}-W{number:02}"


def _array(values: Any) -> str:
    """A Postgres array in writing, which is read many times faster than as many parameters."""
    return "{" + ",".join(map(str, np.asarray(values).tolist())) + "}"
