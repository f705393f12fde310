"""What Airflow is told."""

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from cryptography.fernet import Fernet

from sala.runtime.airflow_environment import airflow_environment, airflow_password
from sala.settings import REPOSITORY

URL = "postgresql+psycopg2://airflow:secret@127.0.0.1:5432/airflow"


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setenv("SALA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SALA_BROKER_URL", "redis://127.0.0.1:6379/0")
    return airflow_environment(URL, 12345)


def printed_by_airflow(environment: dict[str, str], script: str) -> list[str]:
    """The lines that a script prints in an Airflow with this environment."""
    command = [sys.executable, "-W", "ignore", "-c", dedent(script)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_every_setting_exists(given: dict[str, str]) -> None:
    settings = {name for name in given if name.startswith("AIRFLOW__")}
    assert len(settings) > 15
    options = printed_by_airflow(
        given,
        """
        from airflow.configuration import conf
        for section, described in conf.configuration_description.items():
            for option in described["options"]:
                print(f"AIRFLOW__{section}__{option}".upper())
        """,
    )
    assert settings - set(options) == set()


def test_keys_stay_and_differ_and_ports_are_followed(given: dict[str, str]) -> None:
    again = airflow_environment(URL, 12345)
    assert {name for name in given if given[name] != again[name]} <= {"PYTEST_CURRENT_TEST"}
    keys = [
        given[f"AIRFLOW__{name}"] for name in ("CORE__FERNET_KEY", "API__SECRET_KEY", "API_AUTH__JWT_SECRET")
    ]
    assert len({*keys, airflow_password()}) == 4
    Fernet(keys[0])
    assert given["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] == "http://127.0.0.1:12345/execution/"
    assert given["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert given["AIRFLOW__CORE__EXECUTOR"] == "CeleryExecutor"


def test_our_own_variables_win_over_the_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SALA_HOME", str(tmp_path))
    monkeypatch.setenv("AIRFLOW__CORE__PARALLELISM", "32")
    monkeypatch.setenv("AIRFLOW_HOME", "/somebody/elses")
    environment = airflow_environment(URL)
    assert environment["AIRFLOW__CORE__PARALLELISM"] == "32"
    assert environment["AIRFLOW_HOME"] == str(tmp_path / "airflow")


def test_only_the_dag_files_are_parsed(given: dict[str, str]) -> None:
    dag_files = printed_by_airflow(
        given,
        """
        from airflow.configuration import conf
        from airflow.utils.file import list_py_file_paths
        print(*list_py_file_paths(conf.get("core", "dags_folder"), safe_mode=False), sep="\\n")
        """,
    )
    assert set(dag_files) == {
        str(REPOSITORY / "dags" / f"{name}.py")
        for name in (
            "receive",
            "compile",
            "publish",
            "remind",
            "retain",
            "note",
            "alert",
            "release",
            "backfill",
        )
    }


@pytest.mark.parametrize(("command", "loaded"), [("scheduler", "True"), ("triggerer", "False")])
def test_great_expectations_is_loaded_where_tasks_fork(command: str, loaded: str) -> None:
    script = "import sys, airflow_local_settings; print('great_expectations' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script, command],
        cwd=REPOSITORY / "dags" / "config",
        env={"PYTHONPATH": ".", "GX_ANALYTICS_ENABLED": "False"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == loaded
