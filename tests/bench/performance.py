"""The documents' page of performance, from bench.json: what each part measures, and what it came to."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

from sala.settings import REPOSITORY
from tests.bench.figures import FILE

PAGE = REPOSITORY / "docs" / "performance.md"
INTRODUCTION = """# How fast Sala is

Written by `make bench` from `bench.json`. Every figure stands beside a simple reference of the same run, because
machines differ and are noisy: the ratio is what can be compared. A target bounds the ratio where there is a reference,
else the figure. `make bench PART=month` measures one part.
"""
HEAD = """| figure | measured | reference | ratio | target | peak | machine | commit |
|---|--:|--:|--:|--:|--:|---|---|
"""


def write_page(source: Path = FILE, page: Path = PAGE) -> None:
    """Write the page anew from all that bench.json holds, a section for each part. Figures without one are left out."""
    of_part: dict[str, list[str]] = {}
    for name, figure in json.loads(source.read_text()).items():
        if "part" in figure:
            of_part.setdefault(figure["part"], []).append(_row(name, figure))
    sections = [
        f"\n## {part}\n\n{_purpose(part)}\n\n{HEAD}{''.join(sorted(rows))}"
        for part, rows in sorted(of_part.items())
    ]
    page.write_text(INTRODUCTION + "".join(sections))


def _purpose(part: str) -> str:
    return " ".join((import_module(f"tests.bench.{part}").__doc__ or "").split())


def _row(name: str, figure: dict[str, Any]) -> str:
    unit = figure["unit"]
    cells = [
        f"`{name}`",
        f"{figure['measured']:,g} {unit}",
        f"{figure['reference']:,g} {unit}" if "reference" in figure else "",
        f"{figure['ratio']:g}" if "ratio" in figure else "",
        _target(figure),
        f"{figure['peak_mb']:,.0f} MB" if "peak_mb" in figure else "",
        figure["machine"],
        f"`{figure['commit']}`",
    ]
    return f"| {' | '.join(cells)} |\n"


def _target(figure: dict[str, Any]) -> str:
    if "target" not in figure:
        return ""
    reached = figure.get("ratio", figure["measured"]) <= figure["target"]
    return f"≤ {figure['target']:g}, {'reached' if reached else '**missed**'}"
