"""The warehouse's numbers for codes: read once, then looked up for each file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from countries.period import Period
from sala.errors import Conflict
from sql import warehouse
from validators.contracts.contract import SUBJECTS


@dataclass(frozen=True)
class SurrogateKeys:
    """Codes and their keys in the warehouse.

    `areas`: code, area_id, valid_from, valid_to, a row for each stretch of validity, oldest first.
    `others`: for scheme, age_group, group, layer, indicator and administrator the number of each code.
    """

    areas: pd.DataFrame
    others: dict[str, pd.Series]
    _valid: dict[Period, pd.Series] = field(default_factory=dict)

    @classmethod
    def read(cls, connection: Connection, areas: pd.DataFrame) -> SurrogateKeys:
        """`areas` as above; other columns do no harm."""
        others = warehouse.read(
            connection,
            "SELECT 'scheme' AS kind, code, scheme_id AS id FROM core.scheme"
            " UNION ALL SELECT 'age_group', code, age_group_id FROM core.age_group"
            " UNION ALL SELECT 'group', code, group_id FROM core.population_group"
            " UNION ALL SELECT 'layer', code, layer_id FROM core.layer"
            " UNION ALL SELECT 'indicator', code, indicator_id FROM core.indicator"
            " UNION ALL SELECT 'administrator', code, administrator_id FROM core.administrator",
        )
        return cls(areas, {str(kind): rows.set_index("code")["id"] for kind, rows in others.groupby("kind")})

    def of(self, table: str, codes: pd.Series) -> np.ndarray:
        """The number of each code, 0 where there is none. Raises Conflict for a code that the warehouse has not."""
        distinct = codes.astype("category")
        self.must_know(table, distinct.cat.categories)
        numbers = self.others.get(table, pd.Series(dtype="int16")).reindex(distinct.cat.categories)
        return np.append(numbers.to_numpy(dtype="int16"), np.int16(0))[distinct.cat.codes]

    def must_know(self, table: str, codes: Iterable[str]) -> None:
        """Raises Conflict where a code is not in the warehouse: the country folder declares what was not loaded."""
        known = self.others.get(table, pd.Series(dtype="int16")).index
        if unknown := sorted(set(codes) - set(known)):
            raise Conflict("not_loaded", codes=unknown)

    def of_areas(self, codes: pd.Series, period: Period) -> np.ndarray:
        """The number of each area code in a period; 0 for a code that is not valid then."""
        distinct = codes.astype("category")
        return (
            self._in(period)
            .reindex(distinct.cat.categories, fill_value=0)
            .to_numpy(dtype="int32")[distinct.cat.codes]
        )

    def of_returns(self, rows: pd.DataFrame, period: str, subject: str | None) -> pd.DataFrame:
        """period_id, area_id, scheme_id, indicator_id and administrator_id of the return of every row, 0 for none.

        `period` is the column that dates a row; `subject` that of what it is about, one of SUBJECTS. Raises Conflict.
        """
        dates = rows[period].astype("category")
        periods = [Period.parse(str(key)) for key in dates.cat.categories]
        area_id = np.zeros(len(rows), dtype="int32")
        for place, in_period in enumerate(periods):
            of_period = (dates.cat.codes == place).to_numpy()
            area_id[of_period] = self.of_areas(rows.loc[of_period, "area_code"], in_period)
        return pd.DataFrame(
            {
                "period_id": np.array([one.id for one in periods], "int32")[dates.cat.codes],
                "area_id": area_id,
            }
            | {
                f"{name}_id": self.of(name, rows[name]) if name == subject else np.int16(0)
                for name in SUBJECTS
            }
        )

    def _in(self, period: Period) -> pd.Series:
        if period not in self._valid:
            areas = self.areas
            valid = (areas["valid_from"] <= period.ends_on) & ~(areas["valid_to"] <= period.starts_on)
            latest = areas[valid].drop_duplicates("code", keep="last")
            self._valid[period] = latest.set_index("code")["area_id"]
        return self._valid[period]
