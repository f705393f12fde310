"""Killed at any point, a submission finishes when Sala is there again, and once."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from countries.country import Country
from sala.settings import REPOSITORY, settings
from tests.transforms.intake.conftest import NOW, read, returns, standing
from transforms.identity.person import SYSTEM
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit

# A process that does the work of one, and is killed where `place` is called, before or after it.
KILLED = """
import os, signal, sys
from importlib import import_module
from pathlib import Path
folder, content, place, when = sys.argv[1:]
module, _, name = place.rpartition(".")
module = import_module(module)
real = getattr(module, name)

def killed(*given, **named):
    if when == "after":
        real(*given, **named)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(module, name, killed)
from countries.country import load
from transforms.identity.person import SYSTEM
from transforms.intake import receive, submit
submit.submit(Path(content).read_bytes(), "october.csv", by=SYSTEM, via="api")
receive.receive_waiting(load(folder))
"""

POINTS = [
    ("transforms.intake.raw_store._write_whole", "before"),
    ("transforms.intake.raw_store._write_whole", "after"),
    ("transforms.intake.submit.announce", "after"),
    ("transforms.intake.receive.crosschecked", "after"),
    ("transforms.intake.receive.load", "after"),
    ("transforms.intake.receive.finish", "after"),
    ("transforms.intake.receive.waiting_periods", "before"),
]


@pytest.mark.parametrize(("place", "when"), POINTS, ids=[f"{when} {place}" for place, when in POINTS])
def test_killed_and_taken_up_again(country: Country, tmp_path: Path, place: str, when: str) -> None:
    persons = 30 + POINTS.index((place, when))  # a file that no other case has brought
    rows = returns(f"2026-10 RA1 cash F Y0T17 {persons}", "2026-10 RA2 cash F Y0T17 9")
    content = tmp_path / "october.csv"
    content.write_bytes(rows)
    died = subprocess.run(
        [sys.executable, "-c", KILLED, str(country.folder), str(content), place, when],
        cwd=REPOSITORY,
        capture_output=True,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()[-2000:]
    # the sender who got no receipt sends it again; one who did need not, and it makes no difference
    submit(rows, "october.csv", by=SYSTEM, via="api", received_at=NOW)
    assert receive_waiting(country) == ["2026-10"]
    assert standing() == {("RA1", "F", "Y0T17"): persons, ("RA2", "F", "Y0T17"): 9}
    once = read(
        "SELECT (SELECT count(*) FROM mart.submission WHERE via = 'api') AS files,"
        " (SELECT count(*) FROM mart.return WHERE dataset = 'scheme_returns') AS returns,"
        " (SELECT count(*) FROM mart.verdict v JOIN mart.submission USING (receipt) WHERE via = 'api') AS verdicts,"
        " (SELECT count(*) FROM mart.submission WHERE state = 'loaded' AND via = 'api') AS loaded"
    )
    assert once.values.tolist() == [[1, 2, 1, 1]]
    assert rows.splitlines()[1] not in b"".join(
        p.read_bytes() for p in (settings().home / "raw").rglob("*") if p.is_file()
    )
