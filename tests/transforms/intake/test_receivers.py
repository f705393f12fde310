"""Several processes take files in beside each other; what stands is what one would have left, in order of arrival."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from datetime import timedelta
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from countries.country import Country
from sala.settings import REPOSITORY
from sql import warehouse
from tests.transforms.intake.conftest import NOW, read, returns, standing
from transforms.identity.person import SYSTEM
from transforms.intake import receive
from transforms.intake.reference_data import reference_data
from transforms.intake.submission_queue import take_batch
from transforms.intake.submit import submit

VILLAGES = ("RA1", "RA2", "RB1", "RB2")
MONTHS = (f"{year}-{month:02}" for year in count(2017) for month in range(1, 13))

A_FILE = st.dictionaries(st.sampled_from(VILLAGES), st.tuples(st.integers(1, 90), st.booleans()), min_size=1)
"""Area → beneficiaries, and whether a second line of the return is faulty, so that it is partial."""
FILES = st.lists(A_FILE, min_size=2, max_size=4, unique_by=lambda file: tuple(sorted(file.items())))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILES.flatmap(lambda files: st.tuples(st.just(files), st.permutations(range(len(files))))))
def test_no_order_of_work_changes_what_stands(
    country: Country, files_in_order: tuple[list[dict[str, tuple[int, bool]]], list[int]]
) -> None:
    files, order = files_in_order
    month = next(MONTHS)
    for turn, of_areas in enumerate(files):
        rows = [f"{month} {area} cash F Y0T17 {persons}" for area, (persons, _) in of_areas.items()]
        rows += [f"{month} {area} cash M Y0T17 -1" for area, (_, partial) in of_areas.items() if partial]
        received_at = NOW + timedelta(minutes=turn)
        submit(returns(*rows), f"{turn}.csv", by=SYSTEM, via="api", received_at=received_at, again=True)
    with warehouse.transaction() as connection:
        data = reference_data(connection, country)
    assert data is not None
    with warehouse.session() as session:
        batch = take_batch(session, [])
        verdicts = receive._judge(batch, data)
        for place in order:
            verdict = verdicts[batch[place]]
            assert not isinstance(verdict, Exception)
            assert not isinstance(receive._take_in(batch[place], verdict, data), Exception)
    expected: dict[str, tuple[int, bool]] = {}
    first: dict[str, int] = {}
    for turn, of_areas in enumerate(files):
        for area, (persons, partial) in of_areas.items():
            first.setdefault(area, turn)
            if not partial or expected.get(area, (0, True))[1]:
                expected[area] = persons, partial
    stands = read(
        "SELECT area_code, total, partial, received_at FROM mart.return"
        " WHERE dataset = 'scheme_returns' AND period = :month AND known_to = 'infinity'",
        month=month,
    )
    assert {row.area_code: (row.total, row.partial, row.received_at) for row in stands.itertuples()} == {
        area: (persons, partial, NOW + timedelta(minutes=first[area]))
        for area, (persons, partial) in expected.items()
    }


RECEIVER = """
import sys, time
from countries.country import load
from transforms.intake import receive, submission_queue
folder, hangs_at = sys.argv[1], int(sys.argv[2])
submission_queue.BATCH_FILES = 6
real, loads = receive.load, 0

def counted(*given):
    global loads
    loads += 1
    if loads == hangs_at:
        print("hangs", flush=True)
        time.sleep(600)
    real(*given)

receive.load = counted
receive.receive_waiting(load(folder))
print(loads)
"""


def test_two_at_once_and_one_that_dies(country: Country) -> None:
    """Twenty-four files for three months of four villages, the later half correcting the earlier one."""
    submitted = []
    for number in range(24):
        month, village = f"2026-{8 + number % 3:02}", VILLAGES[number % 4]
        rows = returns(f"{month} {village} cash F Y0T17 {20 + number // 12}")
        submitted.append(
            submit(rows, f"{number}.csv", by=SYSTEM, via="api", received_at=NOW, again=True).receipt
        )

    def receiver(hangs_at: int) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", RECEIVER, str(country.folder), str(hangs_at)]
        return subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)

    dying = receiver(hangs_at=2)
    assert dying.stdout is not None
    assert dying.stdout.readline() == "hangs\n"
    living = receiver(hangs_at=0)
    while read("SELECT count(DISTINCT pid) AS hands FROM core.file_in_hand")["hands"].item() < 2:
        assert living.poll() is None
        time.sleep(0.1)
    dying.kill()
    assert int(living.communicate(timeout=120)[0]) == 23
    assert dying.wait(60) == -signal.SIGKILL
    ended = read("SELECT receipt, state, verdicts FROM ledger.submission WHERE via = 'api'")
    assert sorted(ended["receipt"]) == sorted(submitted)
    assert set(ended["state"]) == {"loaded"}
    assert set(ended["verdicts"]) == {1}
    for month in ("2026-08", "2026-09", "2026-10"):
        assert set(standing(period=month).values()) == {21}
    assert read("SELECT * FROM ledger.taken").empty
