"""Checking: the verdict on a file, with nothing kept. What is received later is judged by the same call."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from countries.country import Country
from countries.gazetteer import areas
from transforms.intake.reading import read
from validators.problems import PROBLEM_COLUMNS
from validators.reference import Reference
from validators.unreadable import Unreadable
from validators.verdict import Verdict, judge


def judge_file(
    raw: bytes, country: Country, reference: Reference, dataset: str | None = None, filename: str = ""
) -> Verdict:
    """Read and judge one file. A file that cannot be read has a verdict too: unreadable, with the one reason."""
    try:
        return judge(read(raw, country, dataset, filename), country, reference)
    except Unreadable as reason:
        problem = (None, None, None, reason.code, "reject", reason.params)
        return Verdict(dataset or "", None, pd.DataFrame([problem], columns=list(PROBLEM_COLUMNS)))


@lru_cache(maxsize=4)
def _areas(folder: str, country: Country) -> pd.DataFrame:
    return areas(country).areas


def reference_of(country: Country) -> Reference:
    """What rows are held against; today is read anew, the gazetteer once."""
    return Reference.of(country, areas(country).areas)
