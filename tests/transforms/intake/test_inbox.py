"""The inbox folder takes in what is put there, oldest first, and opens nothing but plain files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from countries.country import Country
from sala.settings import REPOSITORY, settings
from tests.transforms.intake.conftest import read, returns, standing
from transforms.intake import inbox
from transforms.intake.raw_store import fetch
from transforms.intake.receive import receive_waiting

ROWS = returns("2026-10 RA1 cash F Y0T17 30")


@pytest.fixture
def clerk(country: Country) -> Iterator[Path]:
    """The folder of a sender."""
    folder = inbox.folder() / "clerk"
    folder.mkdir(parents=True)
    yield folder
    shutil.rmtree(inbox.folder())


def put(path: Path | bytes, content: bytes = ROWS, age: float = 60) -> None:
    """A file that was last written so many seconds ago."""
    with open(path, "wb") as file:
        file.write(content)
    then = os.stat(path).st_mtime - age
    os.utime(path, (then, then))


def reasons(folder: Path) -> list[str]:
    return sorted(note.read_text() for note in folder.glob(".set-aside/*.reason.txt"))


def test_the_latest_written_stands_whatever_the_names(country: Country, clerk: Path) -> None:
    put(clerk / "returns_v10.csv", returns("2026-10 RA1 cash F Y0T17 44"), age=20)
    put(clerk / "returns_v9.csv", returns("2026-10 RA1 cash F Y0T17 40"), age=60)
    assert inbox.take_in() == 2
    receive_waiting(country)
    assert standing() == {("RA1", "F", "Y0T17"): 44}


def test_a_file_that_is_taken_is_sealed_and_gone(clerk: Path) -> None:
    put(clerk / "persons.csv")
    assert inbox.take_in() == 1
    (taken,) = read(
        "SELECT receipt, sha256, submitted_by FROM ledger.submission WHERE via = 'inbox'"
    ).itertuples()
    assert taken.submitted_by == "clerk"
    assert fetch(bytes(taken.sha256)) == ROWS
    assert [path.name for path in clerk.rglob("*") if path.is_file()] == [f"{taken.receipt}.txt"]
    row = ROWS.splitlines()[1]  # long enough not to stand in sealed bytes by chance
    for path in settings().home.rglob("*"):
        if path.is_file() and not path.is_relative_to(settings().home / "postgres"):
            assert row not in path.read_bytes(), path


def test_what_is_no_plain_file_of_a_plain_name_is_set_aside(clerk: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    put(secret, returns("2026-10 RA2 cash F Y0T17 99"))
    (clerk / "link.csv").symlink_to(secret)
    (clerk / "folder").symlink_to(tmp_path)
    (clerk / "hard.csv").hardlink_to(secret)
    os.mkfifo(clerk / "pipe.csv")
    put(clerk / ("n" * 240 + ".csv"))
    put(os.fsencode(clerk) + b"/caf\xe9.csv")
    put(clerk / "two\nlines.csv")
    for entry in clerk.iterdir():
        os.utime(entry, (1, 1), follow_symlinks=False)
    put(clerk / "good.csv", returns("2026-10 RA1 cash F Y0T17 31"))
    assert inbox.take_in() == 1
    assert read("SELECT filename FROM ledger.submission WHERE via = 'inbox'")["filename"].tolist() == [
        "good.csv"
    ]
    assert [path.name for path in clerk.iterdir() if not path.name.startswith(".")] == []
    told = reasons(clerk)
    assert len(told) == 7
    assert sum("It is a link, or no ordinary file" in reason for reason in told) == 4
    assert any(reason.startswith("caf\\xe9.csv\nThe file’s name is not in UTF-8") for reason in told)
    assert any("has more than 200 bytes" in reason for reason in told)
    assert inbox.take_in() == 0


# A process that may not write files of more than so many bytes, as on a disk without room.
NO_ROOM = """
import resource, sys
from transforms.intake import inbox
resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))
print(inbox.take_in())
"""


def test_without_room_a_file_waits_and_nothing_is_left_half_written(clerk: Path) -> None:
    big = returns(*(f"2026-10 RA1 cash F Y0T17 {n}" for n in range(50)))
    put(clerk / "big.csv", big)
    before = set((settings().home / "raw").rglob("*"))
    full = subprocess.run(
        [sys.executable, "-c", NO_ROOM], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    assert full.stdout == "0\n", full.stderr
    assert "The disk of this Sala is full" in full.stderr
    assert {path for path in set((settings().home / "raw").rglob("*")) - before if path.is_file()} == set()
    assert read("SELECT * FROM ledger.submission WHERE via = 'inbox'").empty
    assert inbox.take_in() == 1


def test_while_the_database_is_away_a_file_waits(clerk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(clerk / "persons.csv")
    for variable in ("SALA_DATABASE_URL", "SALA_APP_DATABASE_URL"):
        monkeypatch.setenv(variable, "postgresql+psycopg2://sala@127.0.0.1:1/sala")
    assert inbox.take_in() == 0
    assert (clerk / "persons.csv").exists()
    assert reasons(clerk) == []
    for variable in ("SALA_DATABASE_URL", "SALA_APP_DATABASE_URL"):
        monkeypatch.delenv(variable)
    assert inbox.take_in() == 1
