"""The DAGs are those of the chain, each woken by the one before it, and by nothing else; three wake by the clock."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from countries.country import CAMBODIA
from sala.runtime.airflow_environment import airflow_environment
from sala.settings import REPOSITORY
from tests.us import oasdi

# DAG id → what wakes it and what it emits, as Airflow itself reads the folder.
READ = """
import json
from airflow.dag_processing.dagbag import DagBag
bag = DagBag()
names = lambda found: sorted(asset.name for asset in getattr(found, "objects", [found]) if hasattr(asset, "name"))
print("WIRING", json.dumps({
    "errors": bag.import_errors,
    "dags": {
        dag.dag_id: [
            names(dag.timetable.asset_condition),
            sorted(outlet.name for task in dag.tasks for outlet in task.outlets),
        ]
        for dag in bag.dags.values()
    },
    "clock": {
        dag.dag_id: [dag.timetable.expression, [str(alert.interval) for alert in dag.deadline or []]]
        for dag in bag.dags.values() if hasattr(dag.timetable, "expression")
    },
}))
"""


@pytest.mark.parametrize(
    ("country", "layers"),
    [
        (CAMBODIA, ["village", "commune", "district", "province", "nation"]),
        (oasdi.COUNTRY, ["area", "group", "nation"]),
    ],
    ids=["Cambodia", "another country"],
)
def test_the_chain_is_the_countrys_own(country: Path, layers: list[str], tmp_path: Path) -> None:
    environment = airflow_environment("postgresql+psycopg2://nobody@127.0.0.1:1/none", 1)
    environment |= {
        "SALA_COUNTRY": str(country),
        "AIRFLOW_HOME": str(tmp_path),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{tmp_path}/airflow.db",
    }
    process = subprocess.run(
        [sys.executable, "-c", READ],
        env=os.environ | environment,
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    line = next((line for line in process.stdout.splitlines() if line.startswith("WIRING ")), None)
    assert line, process.stderr
    wiring = json.loads(line.removeprefix("WIRING "))

    wakes = ["returns", *(f"compiled_{layer}" for layer in layers)]
    expected = {"receive": [["inbox"], ["if_any_failed", "returns"]], "alert": [["failures"], []]}
    for layer, by in zip(layers, wakes, strict=False):
        expected[f"compile_{layer}"] = [[by], [f"compiled_{layer}"]]
    expected["publish"] = [[wakes[-1]], ["indicators"]]
    expected |= {"remind": [[], []], "retain": [[], []], "note": [[], []], "release": [[], []]}
    expected["backfill"] = [[], ["returns"]]
    clock = {"remind": ["0 7 * * *", ["1:00:00"]], "retain": ["0 2 * * *", []], "note": ["0 3 * * *", []]}
    assert wiring == {"errors": {}, "dags": expected, "clock": clock}
