"""Airflow's processes on this machine: its database brought to its version, its parts started, its health awaited."""

import json
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import closing
from functools import partial
from importlib.metadata import version
from pathlib import Path

import psycopg2
from sqlalchemy.engine import make_url

from sala.runtime.executor_watch import ExecutorWatch
from sala.runtime.processes import Children
from sala.runtime.steps import Screen, patiently

PROGRAMS = Path(sys.executable).parent
# Log servers listen beyond this machine, and the logs are files of this machine anyway.
PARTS = {
    "api-server": ("api-server",),
    "scheduler": ("scheduler", "--skip-serve-logs"),
    "dag-processor": ("dag-processor",),
    "triggerer": ("triggerer", "--skip-serve-logs"),
}


def start_airflow(
    children: Children, environment: Mapping[str, str], database_url: str, url: str, screen: Screen
) -> ExecutorWatch:
    """Start every part; the screen shows when the API server at `url` calls them all healthy."""
    started = time.monotonic()
    patiently(partial(_migrate, children, environment, database_url), screen)
    parts = {
        name: children.start(f"airflow-{name}", [str(PROGRAMS / "airflow"), *arguments], environment)
        for name, arguments in PARTS.items()
    }
    threading.Thread(target=_say_when_healthy, args=(url, screen, started), daemon=True).start()
    return ExecutorWatch(parts["scheduler"], screen)


def _migrate(children: Children, environment: Mapping[str, str], database_url: str) -> None:
    """`airflow db migrate`, which takes seconds even with nothing to do: only after a change of version."""
    url = make_url(database_url)
    wanted = f"Airflow {version('apache-airflow-core')}"
    connection = psycopg2.connect(
        host=url.host, port=url.port, user=url.username, password=url.password, dbname=url.database
    )
    with closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regclass('alembic_version'))")
        if cursor.fetchone() == (wanted,):
            return
        migrating = children.start(
            "airflow-migrate", [str(PROGRAMS / "airflow"), "db", "migrate"], environment
        )
        while not children.finished(migrating):
            time.sleep(0.1)
        cursor.execute("COMMENT ON TABLE alembic_version IS %s", [wanted])
        connection.commit()


def _say_when_healthy(url: str, screen: Screen, started: float) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while True:
        try:
            with direct.open(f"{url}/api/v2/monitor/health", timeout=5) as answer:
                health = json.load(answer)
            if all(
                health[part]["status"] == "healthy" for part in ("scheduler", "triggerer", "dag_processor")
            ):
                screen.say(f"Airflow is up: {time.monotonic() - started:.1f} s")
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            pass  # not yet; a part that died is reported by its process
        time.sleep(0.5)
