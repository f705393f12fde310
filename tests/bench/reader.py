"""What it costs to read a file in a process of its own, beside reading it where it is judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from statistics import median
from unittest.mock import patch

from sql import deploy
from tests.bench import national_month
from tests.bench.figures import Figure, seconds
from transforms.country.load_country import load_country
from transforms.intake import check
from transforms.intake.read import file, isolated
from transforms.intake.receive import receive_waiting
from validators.rules.suite import warm

ROWS = 500
TIMES = 60


def measure() -> Iterator[Figure]:
    """Milliseconds for a file of 500 rows: its reading alone, and its whole check, of which the target speaks."""
    country = national_month.country()
    deploy.migrate()
    load_country(country)
    receive_waiting(country)
    warm()
    raw = national_month.lines(country)[:ROWS].to_csv(index=False).encode()

    def checked() -> None:
        assert len(check.check(raw, country).good) == ROWS

    def checked_in_process() -> None:
        with patch.object(check, "read", file.read):
            checked()

    read, read_in_process = (partial(how, raw, country) for how in (isolated.read, file.read))
    yield _figure("reading_500_rows", read, read_in_process)
    yield _figure("reader_500_rows", checked, checked_in_process, target=1.15)


def _figure(
    name: str, apart: Callable[[], object], in_process: Callable[[], object], target: float | None = None
) -> Figure:
    """Both take turns, because the machine does other things as well."""
    apart(), in_process()
    took = [(1000 * seconds(apart), 1000 * seconds(in_process)) for _ in range(TIMES)]
    measured, reference = (median(times) for times in zip(*took, strict=True))
    return Figure(name, measured, "ms", reference=reference, target=target)
