"""`make bench`: every figure beside a simple reference of the same run, because machines differ and are noisy."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from sala.runtime import embedded_postgres
from tests.bench import airflow, chain, flash, review


def main() -> None:
    console = Console()
    for measured in (_national_month, _flash_reports):
        os.environ["SALA_HOME"] = tempfile.mkdtemp(prefix="sala-bench-")
        try:
            embedded_postgres.start()
            for table in measured():
                console.print(table)
        finally:
            embedded_postgres.erase()


def _national_month() -> Iterator[Table]:
    table = Table("national month, 1.74 million lines", "plain, s", "Sala, s", "ratio", "target", "peak MB")
    for (what, plain, sala, memory), target in zip(chain.measure(), ("≤ 6", "≤ 7"), strict=True):
        table.add_row(what, f"{plain:.1f}", f"{sala:.1f}", f"{sala / plain:.1f}", target, f"{memory:.0f}")
    yield table
    yield review.table()
    yield airflow.measure()


def _flash_reports() -> Iterator[Table]:
    yield flash.table()


if __name__ == "__main__":
    main()
