"""Figures as observations of SDMX: codes of the standard's lists, numbers as they are written."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

TOTAL = "_T"
SEXES = {"_T": "_T", "F": "F", "M": "M", "X": "_O", "U": "_U"}
"""Ours → CL_SEX: another gender is other, not stated is unknown."""
STATUSES = {"A": "A", "R": "A", "Q": "Q", "L": "L", "U": "O", "provisional": "P", "endorsed": "A"}
"""Of figures → CL_OBS_STATUS: rounded ones are normal values with a comment; of bounds alone the value is missing."""
FREQUENCIES = {4: "A", 7: "M", 8: "W"}
"""By the length of a period's key: 2026, 2026-10, 2026-W47."""


def frequency(period: pd.Series) -> pd.Series:
    """CL_FREQ of periods."""
    return period.str.len().map(FREQUENCIES)


def comments(figures: pd.DataFrame, footnotes: Mapping[str, str]) -> pd.Series:
    """The footnotes of each figure in words, one after the other. `footnotes`: name → words."""
    return (
        figures["footnotes"].fillna("").map(lambda names: " ".join(footnotes[name] for name in names.split()))
    )


def code(text: str) -> str:
    """A code as SDMX allows it (letters, digits, `_`, `@`, `$`, `-`): 01.07 is 01_07."""
    return re.sub(r"[^A-Za-z0-9_@$\-]", "_", text)


def written(numbers: pd.Series) -> pd.Series:
    """Numbers as texts of at most 15 figures, empty where there is none."""
    return pd.Series(
        ["" if pd.isna(number) else f"{number:.15g}" for number in numbers], numbers.index, dtype=object
    )
