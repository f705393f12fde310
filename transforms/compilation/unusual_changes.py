"""Figures far from what an area usually reports: found when its layer is compiled, by the limits of the country.

A file is checked by the same rule when it is received; this is for what was compiled, whose parts may all be usual.
"""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection, text

from countries.country import current
from countries.period import Period
from sql import warehouse
from validators.messages import limits
from validators.rules.history import PERIODS, jumps

CLEAR = "DELETE FROM core.unusual_change u USING claimed t WHERE u.period_id = :period_id AND u.area_id = t.area_id"
CLAIMED = "SELECT area_id FROM claimed"
EARLIER = """
    SELECT period_id FROM core.period WHERE kind = %(kind)s::"char" AND period_id < %(period)s
    ORDER BY period_id DESC LIMIT %(most)s
"""
TOTALS = """
    SELECT c.period_id, c.area_id, c.scheme_id, sum(c.beneficiaries)::bigint AS total
    FROM core.scheme_total c
    WHERE c.period_id = ANY(%(periods)s::integer[]) AND c.layer_id = %(layer)s
      AND (%(everywhere)s OR c.area_id = ANY(%(areas)s::integer[]))
    GROUP BY c.period_id, c.area_id, c.scheme_id
"""
# The lowest layer is not in core.scheme_total (sql/relations/compiled_line.sql): its returns keep their totals, so that
# their lines need not be added up again. Two statements, because a relation of both would read both at any layer.
LOWEST_TOTALS = """
    SELECT r.period_id, r.area_id, r.scheme_id, coalesce(r.total, 0) AS total
    FROM core.return r
    JOIN core.area a ON a.area_id = r.area_id AND a.layer_id = %(layer)s
    WHERE r.dataset = 'scheme_returns' AND r.known_to = 'infinity' AND r.period_id = ANY(%(periods)s::integer[])
      AND (%(everywhere)s OR r.area_id = ANY(%(areas)s::integer[]))
"""
MANY_AREAS = 5_000
"""From here on a scan is cheaper than looking each area up."""


def store_unusual_totals(connection: Connection, period: Period, layer_id: int, lowest: bool) -> None:
    """Keep the schemes' totals of the areas `claimed` that are far from those of a year before."""
    connection.execute(text(CLEAR), {"period_id": period.id})
    earlier = warehouse.extract(
        connection, EARLIER, {"kind": period.kind, "period": period.id, "most": PERIODS}
    )["period_id"]
    if earlier.empty:
        return
    totals = _totals(connection, [period.id, *earlier], layer_id, lowest)
    now = totals["period"] == str(period.id)
    unusual = jumps(totals[now], totals[~now], limits("jump", current()))
    if unusual.empty:
        return
    rows = pd.DataFrame(
        {
            "period_id": period.id,
            "area_id": unusual["area_code"].astype("int64"),
            "scheme_id": unusual["scheme"].astype("int64"),
            "axis": "",
            "value": unusual["total"],
            "usual": unusual["usual"],
        }
    )
    warehouse.copy(connection, "core.unusual_change", rows)


def store_unusual_axes(connection: Connection, period: Period) -> None:
    """Keep the axes of the flash reports of the areas `claimed` that are far from those of the weeks before."""
    points = limits("jump", current())["points"]
    warehouse.run(connection, "compile/unusual_axis.sql", period_id=period.id, most=PERIODS, points=points)


def _totals(connection: Connection, periods: list[int], layer_id: int, lowest: bool) -> pd.DataFrame:
    """area_code, scheme and period (numbers as text), total."""
    areas = warehouse.extract(connection, CLAIMED, {})["area_id"].tolist()
    everywhere = len(areas) > MANY_AREAS
    totals = warehouse.extract(
        connection,
        LOWEST_TOTALS if lowest else TOTALS,
        {
            "periods": list(map(int, periods)),
            "layer": layer_id,
            "everywhere": everywhere,
            "areas": [] if everywhere else areas,
        },
    )
    if everywhere:
        totals = totals[totals["area_id"].isin(areas)]
    keys = totals[["area_id", "scheme_id", "period_id"]].astype("str")
    keys.columns = pd.Index(["area_code", "scheme", "period"])
    return keys.assign(total=totals["total"]).reset_index(drop=True)
