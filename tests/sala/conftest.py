"""A home of one's own for each test, and what still runs of it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from sala.runtime import embedded_postgres


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A fresh SALA_HOME that every user could reach, erased at the end."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield from _used(folder / "home", monkeypatch)
    shutil.rmtree(folder)


@pytest.fixture
def secluded_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A fresh SALA_HOME in a folder with mode 0700."""
    tmp_path.chmod(0o700)
    yield from _used(tmp_path / "home", monkeypatch)


def _used(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("SALA_HOME", str(home))
    for variable in ("SALA_DATABASE_URL", "SALA_AIRFLOW_DATABASE_URL"):
        monkeypatch.delenv(variable, raising=False)
    yield home
    embedded_postgres.erase()


def running(home: Path, session: int | None = None) -> list[str]:
    """The command lines of `home`'s Postgres, and of all processes of a session (as a terminal's would be).

    The environment would not tell: Airflow's processes write their titles over it.
    """
    commands = []
    for process in psutil.process_iter():
        try:
            command = process.cmdline()
            if str((home / "postgres").resolve() / "data") in command or os.getsid(process.pid) == session:
                commands.append(" ".join(command))
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess, ProcessLookupError):
            continue
    return commands
