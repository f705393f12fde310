"""How fast files are read, judged, cross-checked and typed: a national month, and files of 500 rows.

The month has a year of earlier returns behind it; its reference is pandas and Great Expectations with what the manuals
show. Each way runs in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import multiprocessing
import resource
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from statistics import quantiles

import pandas as pd
from sqlalchemy import text

from countries.country import Country
from countries.gazetteer import areas
from countries.period import Period
from sql import deploy, warehouse
from tests.bench import national_month
from tests.bench.figures import Figure, seconds
from transforms.compile_queue import open_period
from transforms.country.load_country import load_country
from transforms.intake.check import check
from transforms.intake.read.file import read
from transforms.intake.receive import receive_waiting
from validators.reference import Reference
from validators.rules.suite import warm
from validators.verdict import judge, judge_many

TODAY = date(2026, 11, 21)
TIMES = 20


def measure() -> Iterator[Figure]:
    """The month by Sala beside the plain way, then small files one by one and together."""
    country = national_month.country()
    _fill_a_year(country)
    with tempfile.TemporaryDirectory() as folder:
        file = national_month.csv(Path(folder))
        plain, _ = _apart(_plain, file)
        sala, peak = _apart(_sala, file)
    yield Figure("judging_month", sala, reference=plain, peak_mb=peak)
    yield from _small(country)


def _apart(way: Callable[[Path], float], file: Path) -> tuple[float, float]:
    """Seconds, and peak resident memory in MB, of a way in a new process."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_report, args=(way, file, sender))
    process.start()
    sender.close()
    with suppress(EOFError):
        took, peak = receiver.recv()
    process.join()
    assert process.exitcode == 0, f"{way.__name__} ended with status {process.exitcode}"
    return took, peak


def _report(way: Callable[[Path], float], file: Path, sender: Pipe) -> None:
    warm()
    took = way(file)
    sender.send((took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def _sala(file: Path) -> float:
    country, raw = national_month.country(), file.read_bytes()

    def checked() -> None:
        verdict = check(raw, country, day=TODAY)
        assert len(verdict.good) == national_month.ROWS, f"{len(verdict.good)} rows are good"

    return min(seconds(checked) for _ in range(3))


def _fill_a_year(country: Country) -> None:
    """Every village has twelve months behind it, and a return that stands."""
    deploy.migrate()
    load_country(country)
    receive_waiting(country)
    with warehouse.transaction() as connection:
        for months_ago in range(13):
            year, month = divmod(2026 * 12 + 9 - months_ago, 12)
            open_period(connection, Period.parse(f"{year}-{month + 1:02}"))
        connection.execute(text(A_YEAR))


A_YEAR = """
    INSERT INTO core.return (return_id, dataset, period_id, area_id, scheme_id, submission_id, received_at,
                             known_from, partial, zero, lines, total)
    SELECT nextval('core.return_id'), 'scheme_returns', p.period_id, a.area_id, s.scheme_id, 1, now(), now(),
           false, false, 12, 12 + abs(hashint4(a.area_id + s.scheme_id + p.period_id)) % 12
    FROM core.period p, core.area a, core.scheme s
    WHERE p.kind = 'M' AND a.layer_id = 4 AND s.scheme_id > 0;
    ANALYZE core.return
"""


def _plain(file: Path) -> float:
    """Seconds for the same file with what the manuals show: pandas.read_csv, ten expectations on the rows."""
    import great_expectations as gx
    import great_expectations.expectations as gxe

    names = ["period", "area_code", "scheme", "sex", "age_group"]

    def judged() -> None:
        frame = pd.read_csv(file, dtype=dict.fromkeys(names, "str"))
        suite = gx.ExpectationSuite(name="plain")
        for name in (*names, "beneficiaries"):
            suite.add_expectation(gxe.ExpectColumnValuesToNotBeNull(column=name))
        suite.add_expectation(gxe.ExpectColumnValuesToMatchRegex(column="period", regex=r"^\d{4}-\d{2}$"))
        suite.add_expectation(gxe.ExpectColumnValuesToBeInSet(column="sex", value_set=["F", "M", "X", "U"]))
        suite.add_expectation(gxe.ExpectColumnValuesToBeBetween(column="beneficiaries", min_value=0))
        suite.add_expectation(gxe.ExpectCompoundColumnsToBeUnique(column_list=names))
        asset = gx.get_context(mode="ephemeral").data_sources.add_pandas("plain").add_dataframe_asset("plain")
        batch = asset.add_batch_definition_whole_dataframe("plain").get_batch({"dataframe": frame})
        result = batch.validate(suite, result_format="COMPLETE")
        assert result.success

    return seconds(judged)


def _small(country: Country) -> Iterator[Figure]:
    """Milliseconds for 500 rows with a year behind them; and 25 files together beside one by one."""
    lines = national_month.lines(country)
    files = [lines.iloc[500 * i : 500 * (i + 1)].to_csv(index=False).encode() for i in range(25)]
    warm()

    def checked() -> None:
        assert check(files[0], country, day=TODAY).outcome == "accepted"

    checked()
    cuts = quantiles([1000 * seconds(checked) for _ in range(TIMES)], n=20)
    yield Figure("judging_500_rows_p50", cuts[9], "ms")
    yield Figure("judging_500_rows_p95", cuts[18], "ms")

    reference = Reference.of(country, areas(country).areas, TODAY)

    def one_by_one() -> None:
        assert all(len(judge(read(raw, country), country, reference).good) == 500 for raw in files)

    def together() -> None:
        verdicts = judge_many([read(raw, country) for raw in files], country, reference)
        assert all(len(verdict.good) == 500 for verdict in verdicts)

    yield Figure("judging_25_together", seconds(together), reference=seconds(one_by_one))
