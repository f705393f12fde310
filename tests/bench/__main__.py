"""`make bench`: every figure beside a simple reference of the same run, because machines differ and are noisy.

    make bench                  all parts but the long ones, each in a process and a SALA_HOME of its own
    make bench PART=uploads     one of them

Figures go to the terminal, to bench.json and from there to the documents' page of performance. What a part prints
besides goes to a log that is shown where it fails.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.figures import Figure, write
from tests.bench.performance import write_page

PARTS = {
    "audit": 480,
    "month": 240,
    "reader": 150,
    "run": 400,
    "judging": 120,
    "uploads": 450,
    "flash": 90,
    "workers": 400,
}
"""Part (a module beside this one) → seconds after which it is given up."""
A_MINUTE = 60
LONG_PARTS = {"fuzz": 2400, "pages": 1500, "memory": 5400, "register": 2400}


def main(parts: list[str]) -> int:
    """Measure; exit status 1 where a part failed."""
    limits = PARTS | LONG_PARTS
    if unknown := [part for part in parts if part not in limits]:
        print(f"There is no part {unknown[0]}: {', '.join(limits)}.", file=sys.stderr)
        return 2
    console = Console()
    table = Table("figure", "measured", "reference", "ratio", "target", "peak, MB")
    failed = []
    for part in parts or PARTS:
        figures = _measured(part, limits[part], console)
        if figures is None:
            failed.append(part)
            continue
        write(part, figures)
        write_page()
        for figure in figures:
            table.add_row(*_cells(figure))
    console.print(table)
    if failed:
        console.print(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


def _measured(part: str, limit: int, console: Console) -> list[Figure] | None:
    """The figures of a part; None where it failed, after the end of its log."""
    with tempfile.TemporaryDirectory(prefix="sala-bench-") as folder:
        home, figures, log = (Path(folder, name) for name in ("home", "figures.json", "log"))
        os.chmod(folder, 0o755)  # the embedded Postgres may run as another user
        environment = {name: value for name, value in os.environ.items() if not name.startswith("SALA_")}
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench", "--part", part, str(figures)],
            env=environment | {"SALA_HOME": str(home)},
            stdout=log.open("w"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            status = _watched(process, f"{part}, at most {limit // 60} min", log, limit, console)
        except KeyboardInterrupt:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(60)
            raise
        if status == 0:
            return [Figure(**fields) for fields in json.loads(figures.read_text())]
        why = "was given up" if status is None else f"ended with status {status}"
        console.print(f"{part} {why}. Its log ends:\n{log.read_text()[-3000:]}", markup=False)
        return None


def _watched(
    process: subprocess.Popen[bytes], title: str, log: Path, limit: int, console: Console
) -> int | None:
    """The exit status of a part; None where it took too long and was ended. How far it has come stands on the terminal,
    or in a line every minute where there is none.
    """
    until, shown = time.monotonic() + limit, time.monotonic()
    with console.status(title) as status:
        while time.monotonic() < until:
            try:
                return process.wait(2)
            except subprocess.TimeoutExpired:
                progress = (log.read_text().splitlines() or [""])[-1]
            status.update(f"{title}: {progress}")
            if progress and not console.is_terminal and time.monotonic() - shown > A_MINUTE:
                console.print(f"{title}: {progress}", markup=False)
                shown = time.monotonic()
    os.killpg(process.pid, signal.SIGTERM)
    process.wait(60)
    return None


def _part(part: str, path: Path) -> None:
    """Measure one part in this process."""
    from sala.runtime import embedded_postgres

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        embedded_postgres.start()
        figures = list(import_module(f"tests.bench.{part}").measure())
    finally:
        embedded_postgres.erase()
    path.write_text(json.dumps([asdict(figure) for figure in figures]))


def _cells(figure: Figure) -> tuple[str, ...]:
    def number(value: float | None, unit: str = "") -> str:
        return (
            ""
            if value is None
            else f"{value:,.3g} {unit}".rstrip()
            if value < 1000
            else f"{value:,.0f} {unit}"
        )

    return (
        figure.name,
        number(figure.measured, figure.unit),
        number(figure.reference, figure.unit),
        number(figure.ratio),
        "" if figure.target is None else f"≤ {number(figure.target)}",
        number(figure.peak_mb),
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--part"]:
        _part(sys.argv[2], Path(sys.argv[3]))
    else:
        sys.exit(main(sys.argv[1:]))
