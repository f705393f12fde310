"""`sala run`: one at a time, clear about its ports, and gone without a trace."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.sala.conftest import running

# Everything of `sala run` but the steps, which have tests of their own.
HOUSE = """
import sys, time
from sala.runtime.one_machine import run
from sala.runtime.steps import Step
step = Step("Idling", lambda progress: time.sleep(float(sys.argv[1])))
sys.exit(run([], [step], print, once=len(sys.argv) > 2))
"""


class House:
    """A house in a process group of its own, as a shell starts it."""

    def __init__(self, log: Path, *arguments: str, **environment: str) -> None:
        self.log = log
        with log.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-u", "-c", HOUSE, *arguments],
                env={**os.environ, "SALA_PORT": "0", "SALA_AIRFLOW_PORT": "0", **environment},
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def printed(self, words: str, within: float) -> bool:
        ends = time.monotonic() + within
        while time.monotonic() < ends:
            if words in self.log.read_text():
                return True
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        return words in self.log.read_text()


@pytest.fixture
def taken_port() -> Iterator[int]:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.mark.parametrize("variable", ["SALA_PORT", "SALA_AIRFLOW_PORT"])
def test_a_taken_port_is_named_with_its_variable(
    variable: str, taken_port: int, home: Path, tmp_path: Path
) -> None:
    house = House(tmp_path / "log", "0", **{variable: str(taken_port)})
    assert house.process.wait(120) == 1
    assert f"Port {taken_port} of 127.0.0.1 cannot be used" in house.log.read_text()
    assert f"set {variable} to another port" in house.log.read_text()
    assert running(home, house.process.pid) == []


def test_from_start_to_ctrl_c(home: Path, tmp_path: Path) -> None:
    house = House(tmp_path / "log", "0")
    assert house.printed("Airflow is up", within=240), house.log.read_text()
    names = " ".join(running(home, house.process.pid))
    for part in ("scheduler", "dag-processor", "triggerer", "api_server", "dashboards.app", "intake.inbox"):
        assert part in names

    second = House(tmp_path / "second", "0")
    assert second.process.wait(120) == 1
    assert re.search(rf"already runs on {home} \(process {house.process.pid}\)", second.log.read_text())

    os.killpg(house.process.pid, signal.SIGINT)  # what a terminal does on Ctrl-C
    assert house.process.wait(120) == 0, house.log.read_text()
    assert running(home, house.process.pid) == []


def test_killed_and_started_again(home: Path, tmp_path: Path) -> None:
    house = House(tmp_path / "log", "0")
    assert house.printed("Addresses(", within=120), house.log.read_text()
    for private in ("secret", "airflow/passwords.json", "postgres.json", "database.url", "logs"):
        assert (home / private).stat().st_mode & 0o077 == 0
    os.killpg(house.process.pid, signal.SIGKILL)
    house.process.wait(10)
    again = House(tmp_path / "again", "0", "once")
    assert again.process.wait(120) == 0, again.log.read_text()
    assert running(home, again.process.pid) == []


def test_a_part_that_dies_stops_the_house_and_says_why(home: Path, tmp_path: Path) -> None:
    house = House(tmp_path / "log", "100", GUNICORN_CMD_ARGS="--no-such-option")
    assert house.process.wait(120) == 1
    assert "dashboard ended by itself" in house.log.read_text()
    assert "--no-such-option" in house.log.read_text()
    assert running(home, house.process.pid) == []
