"""From a fresh clone to the printed national indicators: both commands of a newcomer, with nothing prepared."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from countries.country import current
from sala.settings import REPOSITORY
from tests.bench.figures import Figure

ADDRESSES = "Dashboard  http"  # printed after the indicators
EVERYTHING = "make", "run", "ONCE=1"


def measure() -> Iterator[Figure]:
    """Seconds to the addresses, which come after the indicators; and of these, what the installation takes."""
    with tempfile.TemporaryDirectory(prefix="sala-clone-") as folder:
        os.chmod(folder, 0o755)  # the embedded Postgres may run as another user
        clone = Path(folder, "sala")
        subprocess.run(["git", "clone", "--quiet", REPOSITORY, clone], check=True)
        # the addresses of package indexes are the machine's own
        environment = {name: value for name, value in os.environ.items() if not name.startswith("SALA_")}
        started = time.perf_counter()
        process = subprocess.Popen(
            EVERYTHING,
            cwd=clone,
            env=environment | {"SALA_PORT": "0", "SALA_AIRFLOW_PORT": "0"},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        installed = printed = 0.0
        lines: list[str] = []
        for line in process.stdout:
            lines.append(line)
            if line.strip().endswith("Installed"):
                installed = time.perf_counter() - started
            if line.startswith(ADDRESSES):
                printed = time.perf_counter() - started
        words = "".join(lines)
        assert process.wait() == 0, words
        assert printed, f"no addresses were printed:\n{words}"
        missing = {indicator.id for indicator in current().indicators} - set(words.split())
        assert not missing, f"not printed: {', '.join(sorted(missing))}\n{words}"
    yield Figure("run", printed, target=150)
    yield Figure("run_installation", installed)
