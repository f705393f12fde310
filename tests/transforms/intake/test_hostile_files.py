"""Files made to hurt: each gets its verdict, and neither whoever asks nor the queue takes harm."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from countries.country import Country, load
from sala.runtime import embedded_postgres
from sala.settings import REPOSITORY
from tests.conftest import reset
from tests.transforms.intake.conftest import NOW, SOMEBODY, read, returns, standing
from tests.transforms.intake.hostile_files import FILES, HEADER, LINE, MEGABYTE
from transforms.country.load_country import load_country
from transforms.intake import submission_queue
from transforms.intake.check import judged_alone
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit
from validators.contracts.contract import LANGUAGES
from validators.verdict import Verdict

COUNTRY = REPOSITORY / "tests" / "corpus" / "country"
"""It maps DHIS2 and ADX."""

MEMORY = 600 * MEGABYTE
"""Bytes that whoever has a file read may take besides the file."""

IN_THE_QUEUE = [
    "text_in_the_last_cell",
    "address_beyond_all_columns",
    "date_before_all_time",
    "cells_that_never_end",
    "cell_of_many_letters",
    "one_long_text_shared_by_many_cells",
    "shared_texts_without_number",
    "zip_bomb",
    "archives_in_archives",
    "ods_of_a_thousand_million_cells",
    "old_workbook_whose_sectors_run_in_a_circle",
    "rows_of_a_million_cells",
    "every_row_too_short",
    "codes_of_many_letters",
    "json_without_bottom",
    "json_with_half_a_letter",
    "adx_of_groups_in_groups",
]

# A process that receives what waits, and ends with one of the files.
ENDS = """
import os, signal, sys
from countries.country import load
from transforms.intake import receive
real = receive.read

def read(raw, country, dataset, filename):
    if filename == "deadly.csv":
        os.kill(os.getpid(), signal.SIGKILL)
    return real(raw, country, dataset, filename)

receive.read = read
receive.receive_waiting(load(sys.argv[1]))
"""


def outcome(verdict: Verdict) -> str:
    """The reason why a file cannot be read, or what became of its rows."""
    if verdict.outcome == "unreadable":
        return str(verdict.problems["rule"].iloc[0])
    return verdict.outcome


def peak(anew: bool = False) -> int:
    """The most bytes of memory that this process had at once, since it was asked to count anew."""
    if anew:
        Path("/proc/self/clear_refs").write_text("5")
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


@pytest.mark.parametrize("name", FILES)
def test_a_check_ends_in_a_verdict(name: str) -> None:
    raw, country = FILES[name].make(), load(COUNTRY)
    before = peak(anew=True)
    verdict = judged_alone(raw, country, "scheme_returns")
    assert outcome(verdict) in FILES[name].outcomes
    assert peak() - before - len(raw) < MEMORY
    assert all(problem.text(language) for problem in verdict.listed() for language in LANGUAGES)


def test_the_queue_goes_on_with_the_next_file(server: embedded_postgres.Server) -> None:
    reset()
    country = load(COUNTRY)
    load_country(country)
    receive_waiting(country)
    for name in IN_THE_QUEUE:
        submit(FILES[name].make(), name, by=SOMEBODY, via="api", dataset="scheme_returns", received_at=NOW)
    submit(HEADER + LINE, "good", by=SOMEBODY, via="api", received_at=NOW)
    receive_waiting(country)
    became = read(
        "SELECT filename, state, outcome, rule FROM ledger.submission"
        " LEFT JOIN ledger.problem USING (submission_id) WHERE via = 'api'"
    )
    assert set(became["filename"]) == {*IN_THE_QUEUE, "good"}
    for row in became.itertuples():
        expected = FILES[row.filename].outcomes if row.filename in FILES else {"accepted"}
        assert (row.rule if row.outcome == "unreadable" else row.outcome) in expected, row.filename
    assert standing("010101") == {("010101", "F", "Y0T17"): 5}


def test_what_ends_the_receiver_is_given_up_and_takes_no_other_along(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(submission_queue, "ATTEMPTS_CUT_SHORT", 2)
    files = {
        "before.csv": returns("2026-10 RA1 cash F Y0T17 30"),
        "deadly.csv": returns("2026-10 RA2 cash F Y0T17 30"),
        "behind.csv": returns("2026-10 RB1 cash F Y0T17 30"),
    }
    for name, raw in files.items():
        submit(raw, name, by=SOMEBODY, via="api", received_at=NOW)

    for _ in range(2):
        command = [sys.executable, "-c", ENDS, str(country.folder)]
        ended = subprocess.run(command, cwd=REPOSITORY, capture_output=True, check=False)
        assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()[-2000:]
    receive_waiting(country)
    states = read("SELECT filename, state FROM ledger.submission WHERE via = 'api' ORDER BY turn")
    assert states.values.tolist() == [
        ["before.csv", "loaded"],
        ["deadly.csv", "failed"],
        ["behind.csv", "loaded"],
    ]
    assert {area for area, *_ in standing()} == {"RA1", "RB1"}
