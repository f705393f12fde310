"""Every file of the corpus gets the verdict that is written beside it."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from tests.validators.conftest import CORPUS
from transforms.intake.read.isolated import Unreadable, read
from validators.contracts.contract import LANGUAGES
from validators.crosscheck import CrosscheckData, crosscheck
from validators.table import Table
from validators.verdict import Verdict, judge_many

CASES = sorted(CORPUS.glob("*.yaml"))


@pytest.fixture(scope="session")
def verdicts(tamara, reference) -> dict[Path, Verdict | Unreadable]:
    """What each case gets: its verdict, or why it cannot be read. Files of one dataset are judged together."""
    verdicts: dict[Path, Verdict | Unreadable] = {}
    tables: dict[str, dict[Path, Table]] = {}
    for path in CASES:
        case = yaml.safe_load(path.read_text("utf-8"))
        try:
            table = read((CORPUS / case["file"]).read_bytes(), tamara, case.get("dataset"))
            tables.setdefault(table.dataset, {})[path] = table
        except Unreadable as refused:
            verdicts[path] = refused
    for these in tables.values():
        verdicts |= zip(these, judge_many(list(these.values()), tamara, reference), strict=True)
    for path, verdict in verdicts.items():
        if isinstance(verdict, Verdict) and (data := yaml.safe_load(path.read_text("utf-8")).get("known")):
            verdicts[path] = crosscheck(verdict, reference, _crosscheck_data(data))
    return verdicts


def _crosscheck_data(data: dict[str, Any]) -> CrosscheckData:
    """What a case says is known: keys of closed periods, a year a period, rows of one table each."""
    years = data.get("population_years", {})
    sets = {name: frozenset(data[name]) for name in ("closed",) if name in data}
    tables = {
        name: pd.DataFrame(rows) for name, rows in data.items() if name not in {*sets, "population_years"}
    }
    return CrosscheckData(**sets, **tables, population_years=years)


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_verdict(path: Path, verdicts) -> None:
    expected = yaml.safe_load(path.read_text("utf-8"))
    verdict = verdicts[path]
    if isinstance(verdict, Unreadable):
        assert expected["outcome"] == "unreadable", verdict
        assert verdict.code == expected["code"]
        assert expected.get("says", "") in verdict.text("en")
        return
    assert _problems(verdict, expected.get("missing_lines", False)) == expected.get("problems", [])
    assert verdict.outcome == expected["outcome"]
    assert {"read": verdict.rows_read, "accepted": verdict.rows_accepted} == expected["rows"]
    assert verdict.table is not None
    assert verdict.table.notes | expected.get("read_as", {}) == verdict.table.notes
    if "good" in expected:
        assert _good(verdict) == expected["good"]
    assert expected.get("says", "") in "\n".join(problem.text("en") for problem in verdict.listed())


def test_every_file_has_its_verdict_and_is_one_of_many() -> None:
    named = {yaml.safe_load(path.read_text("utf-8"))["file"] for path in CASES}
    files = {path.name for path in CORPUS.iterdir() if path.is_file() and path.suffix != ".yaml"}
    assert files == named
    assert len(CASES) >= 60


def test_every_message_is_whole_in_every_language(verdicts) -> None:
    """No word is left unfilled, and no language borrows another's text."""
    checked = 0
    for verdict in verdicts.values():
        faults = [verdict] if isinstance(verdict, Unreadable) else verdict.listed()
        for fault in faults:
            texts = {language: fault.text(language) for language in LANGUAGES}
            assert len(set(texts.values())) == len(LANGUAGES)
            assert not any("{" in text or "  " in text for text in texts.values()), texts
            checked += 1
    assert checked > 100


def _problems(verdict: Verdict, missing_lines: bool) -> list[list[Any]]:
    """Most files are of few lines, so that their returns leave lines out, which is said where a case looks for it."""
    columns = ["row_number", "column", "rule", "severity", "value"]
    problems = verdict.problems[missing_lines | (verdict.problems["rule"] != "missing_lines")]
    cells = problems[columns].astype(object)
    return cells.where(cells.notna(), None).values.tolist()


def _good(verdict: Verdict) -> list[list[Any]]:
    """The loaded values without the columns that the file does not have."""
    good = verdict.good.drop(columns="row_number").dropna(axis="columns", how="all").astype(object)
    return [[None if pd.isna(value) else value for value in row] for row in good.values.tolist()]
