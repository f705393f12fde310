"""The process in which foreign files are read: what it holds, and how it ends."""

from __future__ import annotations

import subprocess
import sys
import time

import psutil
import pytest

from countries.country import CAMBODIA, load
from sala.settings import REPOSITORY
from transforms.intake.read.isolated import read

FILE = b"period,area_code,scheme,sex,age_group,beneficiaries\n2026-10,010201,nssf,F,_T,5\n"

# A process that has a file read and then waits to be killed.
READS_AND_WAITS = f"""
import psutil, signal
from countries.country import CAMBODIA, load
from transforms.intake.read.isolated import read
read({FILE!r}, load(CAMBODIA))
print(psutil.Process().children()[0].pid, flush=True)
signal.pause()
"""


def readers() -> list[psutil.Process]:
    """Those of this process that live; other tests leave children here that have ended."""
    living = (child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE)
    return [child for child in living if "reader_process" in " ".join(child.cmdline())]


EXPECTED = 5, [4]
"""Open in the reader: three streams, its channel, that of the next file's child; in that child: its own channel."""


def descriptors(reader: psutil.Process) -> tuple[int, list[int]] | None:
    """How many a reader holds open, and each of its children; none while one of them comes or goes."""
    try:
        return reader.num_fds(), [child.num_fds() for child in reader.children()]
    except psutil.Error:
        return None


def test_it_holds_no_secret_and_nothing_open(monkeypatch: pytest.MonkeyPatch) -> None:
    for reader in readers():
        reader.kill()
        reader.wait()
    monkeypatch.setenv("SALA_SECRET", "a secret")
    table = read(FILE, load(CAMBODIA))
    (reader,) = readers()
    assert len(table.frame) == 1
    assert not {name for name in reader.environ() if name.startswith(("SALA_", "AIRFLOW"))}
    within_seconds = time.monotonic() + 120
    while descriptors(reader) != EXPECTED and time.monotonic() < within_seconds:
        pass  # the child of the file that was read ends, and that of the next file is forked
    assert descriptors(reader) == EXPECTED


def test_it_is_started_anew_when_it_was_killed() -> None:
    for _ in range(2):
        assert len(read(FILE, load(CAMBODIA)).frame) == 1
        (reader,) = readers()
        reader.kill()
        reader.wait()


def test_it_ends_with_whoever_uses_it_however_that_ends() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", READS_AND_WAITS], cwd=REPOSITORY, stdout=subprocess.PIPE
    )
    assert process.stdout
    with process.stdout:
        reader = psutil.Process(int(process.stdout.readline()))
    process.kill()
    process.wait()
    reader.wait(10)
