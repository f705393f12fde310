"""docker-compose.yml says nothing that does not exist."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from sala.runtime import airflow_environment
from sala.settings import REPOSITORY, Settings
from sql.server_log import QUIET

PROGRAMS = Path(sys.executable).parent


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text())


@pytest.fixture(scope="module")
def ours(compose: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The services that run our image."""
    services = {name: service for name, service in compose["services"].items() if service["image"] == "sala"}
    assert len(services) == 9
    return services


def test_it_follows_the_schema() -> None:
    command = [
        str(PROGRAMS / "check-jsonschema"),
        "--builtin-schema",
        "vendor.compose-spec",
        "docker-compose.yml",
    ]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_log_of_postgres_repeats_no_row(compose: dict[str, Any]) -> None:
    assert {f"--{name}={value}" for name, value in QUIET.items()} <= set(
        compose["services"]["postgres"]["command"]
    )


def test_services_wait_for_services_that_exist(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        for name, wait in service.get("depends_on", {}).items():
            other = compose["services"][name]
            assert wait["condition"] in ("service_healthy", "service_completed_successfully")
            if wait["condition"] == "service_healthy":
                assert "healthcheck" in other
            else:
                assert other["restart"] == "on-failure"


def test_ports_are_published_on_this_machine_only(compose: dict[str, Any]) -> None:
    published = [port for service in compose["services"].values() for port in service.get("ports", [])]
    assert len(published) == 2
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_secrets_have_no_defaults(compose: dict[str, Any]) -> None:
    text = (REPOSITORY / "docker-compose.yml").read_text()
    used = set(re.findall(r"(?<!\$)\$\{(\w*(?:PASSWORD|SECRET))([^}]*)\}", text))
    assert {name for name, _ in used} == set(re.findall(r"\w*(?:PASSWORD|SECRET)", text.split("> .env")[0]))
    assert {fallback for _, fallback in used} == {":?put it into .env"}


def test_variables_are_ones_we_read(ours: dict[str, dict[str, Any]]) -> None:
    read = {f"SALA_{name.upper()}" for name in Settings.model_fields}
    names = {name for service in ours.values() for name in service["environment"]}
    assert {name for name in names if name.startswith("SALA_")} <= read
    airflows = {name for name in names if not name.startswith("SALA_")}
    assert airflows == {"AIRFLOW__CORE__PARALLELISM", "AIRFLOW__CELERY__WORKER_CONCURRENCY"}


def test_commands_exist(
    ours: dict[str, dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALA_HOME", str(tmp_path))
    monkeypatch.setenv("SALA_BROKER_URL", "redis://127.0.0.1:1/0")
    commands = [service["command"] for service in ours.values()]
    checks = [service["healthcheck"]["test"] for service in ours.values() if "healthcheck" in service]
    commands += [check[1:] for check in checks if check[0] == "CMD" and check[1] == "sala"]
    commands += [check[1].split(" | ")[0].split() for check in checks if check[0] == "CMD-SHELL"]
    airflows = [command[2:] for command in commands if command[:2] == ["sala", "airflow"]]
    others = [command for command in commands if command[:2] != ["sala", "airflow"]]
    assert others == [
        ["sala", "migrate"],
        ours["dashboard"]["command"],
        ["python", "-m", "transforms.intake.inbox"],
    ]
    assert len(airflows) == 10

    parse = "import json, sys; from airflow.cli.cli_parser import get_parser\n"
    parse += "for command in json.loads(sys.argv[1]): get_parser().parse_args(command)"
    given = airflow_environment.airflow_environment("postgresql+psycopg2://airflow:@127.0.0.1:1/airflow")
    for command in (
        [str(PROGRAMS / "python"), "-c", parse, json.dumps(airflows)],
        [str(PROGRAMS / "sala"), "migrate", "--help"],
        [str(PROGRAMS / "gunicorn"), *ours["dashboard"]["command"][1:], "--check-config"],
        [str(PROGRAMS / "python"), "-c", "import transforms.intake.inbox"],
    ):
        done = subprocess.run(command, env=given, cwd=REPOSITORY, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
