"""What a measurement gives: a figure beside its reference of the same run, as data."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from sala.settings import REPOSITORY

FILE = REPOSITORY / "bench.json"


@dataclass(frozen=True)
class Figure:
    """`measured` and `reference` in `unit`. `target` bounds the ratio where there is a reference, else `measured`."""

    name: str
    measured: float
    unit: str = "s"
    reference: float | None = None
    target: float | None = None
    peak_mb: float | None = None

    @property
    def ratio(self) -> float | None:
        return None if self.reference is None else self.measured / self.reference

    def as_json(self) -> dict[str, Any]:
        """The figure rounded to what can be repeated; what does not apply is left out."""
        fields = asdict(self) | {"ratio": self.ratio}
        rounded = {
            name: float(f"{value:.4g}") if isinstance(value, float) else value
            for name, value in fields.items()
        }
        return {name: value for name, value in rounded.items() if value is not None and name != "name"}


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    started = perf_counter()
    work()
    return perf_counter() - started


def write(part: str, figures: Iterable[Figure], path: Path = FILE) -> None:
    """Put a part's figures into bench.json under their names; the others in it stay as they are."""
    kept = json.loads(path.read_text()) if path.exists() else {}
    origin = {"part": part, "machine": _machine(), "commit": _commit()}
    fresh = {figure.name: figure.as_json() | origin for figure in figures}
    path.write_text(json.dumps(kept | fresh, indent=2, sort_keys=True) + "\n")


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()}"


def _commit() -> str:
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=REPOSITORY, capture_output=True, text=True
    )
    return done.stdout.strip() or "unknown"
