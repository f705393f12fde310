"""How the work stands: what waits and for how long, what failed, what is nearly full, what last succeeded."""

from __future__ import annotations

import shutil
from dataclasses import dataclass

from sqlalchemy import create_engine, text

from sala.settings import settings
from sql import warehouse

_LAST_SUCCESS = """
    SELECT 'last success of ' || dag_id AS name,
           extract(epoch FROM clock_timestamp() - max(end_date) FILTER (WHERE state = 'success'))::double precision,
           's ago' AS unit
    FROM dag_run GROUP BY dag_id ORDER BY dag_id
"""


@dataclass(frozen=True)
class Measure:
    """A figure with its name and unit; None where there is none."""

    name: str
    figure: float | None
    unit: str


def health(airflow_url: str | None) -> list[Measure]:
    """What can be measured now; `airflow_url` is Airflow's database."""
    with warehouse.transaction() as connection:
        measures = [
            Measure(row.name, row.figure, row.unit)
            for row in warehouse.run(connection, "operations/health.sql")
        ]
    disk = shutil.disk_usage(settings().home)
    measures += [
        Measure("disk free", disk.free, "bytes"),
        Measure("disk used", 100 * disk.used / disk.total, "%"),
    ]
    if airflow_url:
        with create_engine(airflow_url).connect() as connection:
            if connection.execute(text("SELECT to_regclass('dag_run')")).scalar() is not None:
                measures += [Measure(*row) for row in connection.execute(text(_LAST_SUCCESS)).tuples()]
    return measures
