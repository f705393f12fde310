"""How the work stands: what waits and for how long, what failed, what is nearly full, what last succeeded."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Connection, create_engine, text

from sala.settings import settings
from sala.translation.translator import Translator
from sql import warehouse

UNITS = {"": "", "s": "seconds", "B": "bytes"}
"""As they are called where machines read them."""

_MEGABYTE, _MINUTE = 1_000_000, 60


@dataclass(frozen=True)
class Measure:
    """A figure in its unit (a key of UNITS), None where there is none; `of_what` is a DAG, or empty."""

    name: str
    of_what: str
    figure: float | None
    unit: str

    def label(self, t: Translator) -> str:
        """What is measured, in words."""
        return t(f"health.{self.name}", dag=self.of_what) if self.of_what else t(f"health.{self.name}")

    def shown(self, t: Translator) -> str:
        """The figure as people read it, with its unit."""
        if self.figure is None:
            return "–"
        if self.unit == "B":
            return t("health.megabytes", number=t.number(self.figure / _MEGABYTE))
        if self.unit == "s":
            return (
                t.duration(self.figure)
                if self.figure >= _MINUTE
                else t("health.seconds", number=t.number(self.figure, 1))
            )
        return t.number(self.figure)


def health(airflow_url: str | None) -> list[Measure]:
    """What can be measured now; `airflow_url` is Airflow's database."""
    with warehouse.transaction() as connection:
        measures = _measures(connection, "health")
    disk = shutil.disk_usage(settings().home)
    measures += [Measure("disk_free", "", disk.free, "B"), Measure("disk_size", "", disk.total, "B")]
    if airflow_url:
        with create_engine(airflow_url).connect() as connection:
            if connection.execute(text("SELECT to_regclass('dag_run')")).scalar() is not None:
                measures += _measures(connection, "dag_runs")
    return measures


def files_failed(measures: list[Measure]) -> int:
    """How many files wait for a fault to be fixed."""
    return sum(int(measure.figure or 0) for measure in measures if measure.name == "files_failed")


def as_metrics(measures: list[Measure]) -> bytes:
    """In the text format of Prometheus: gauges named sala_NAME_UNIT, with a label `dag` where one is meant."""
    registry = CollectorRegistry()
    registry.register(_Measured(measures))
    return generate_latest(registry)


class _Measured(Collector):
    def __init__(self, measures: list[Measure]) -> None:
        self.measures = measures

    def collect(self) -> Iterator[GaugeMetricFamily]:
        families: dict[str, GaugeMetricFamily] = {}
        for measure in self.measures:
            if measure.figure is None:
                continue
            labels = ["dag"] if measure.of_what else []
            family = families.setdefault(
                measure.name,
                GaugeMetricFamily(
                    f"sala_{measure.name}",
                    measure.name.replace("_", " "),
                    labels=labels,
                    unit=UNITS[measure.unit],
                ),
            )
            family.add_metric([measure.of_what] if labels else [], measure.figure)
        yield from families.values()


def _measures(connection: Connection, query: str) -> list[Measure]:
    rows = warehouse.run(connection, f"operations/{query}.sql")
    return [Measure(row.name, row.of_what, row.figure, row.unit) for row in rows]
