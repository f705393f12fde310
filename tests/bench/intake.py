"""How fast a file is judged, and what ten thousand spoilt files do.

    python -m tests.bench.intake                    everything
    python -m tests.bench.intake month small fuzz   some of it

`month`: 1.74 million lines read, judged, cross-checked, typed; beside pandas and Great Expectations with
defaults. `small`: a file of 500 rows in a warm process; 25 of them together. `fuzz`: the files of the corpus,
spoilt at random; exit status 1 when anything but a verdict or an `Unreadable` comes out, or a row is lost.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter
from unittest.mock import patch

import pandas as pd
from sqlalchemy import text

from countries.country import Country, load
from countries.gazetteer import areas
from countries.period import Period
from sala.runtime import embedded_postgres
from sql import warehouse
from tests.bench import national_month
from transforms.compilation.compiling import open_period
from transforms.country.load_country import load_country
from transforms.intake.checking import check
from transforms.intake.crosscheck_data import Sender, known
from transforms.intake.read.reading import Unreadable, read
from transforms.intake.receiving import receive_waiting
from transforms.intake.reference_data import ground
from validators.contracts.contract import LANGUAGES
from validators.reference import Reference
from validators.rules.crosscheck import crosscheck
from validators.rules.suite import warm
from validators.table import Table
from validators.verdict import Verdict, judge, judge_many

CORPUS = Path(__file__).parent.parent / "corpus"
TODAY = date(2026, 11, 21)
FUZZED = 10_000
TOGETHER = 100
TIMES = 20


def month() -> None:
    """Each way in a process of its own, so that the memory is its own."""
    with tempfile.TemporaryDirectory() as folder:
        file = national_month.csv(Path(folder))
        print(f"{file.stat().st_size / 1e6:.0f} MB, {national_month.VILLAGES * 120:,} rows")
        for way in (_sala, _plain):
            process = multiprocessing.get_context("spawn").Process(target=way, args=(file,))
            process.start()
            process.join()


def _sala(file: Path) -> None:
    country = national_month.country()
    warm()
    raw = file.read_bytes()
    with _warehouse_with_a_year(country):
        for _ in range(3):
            started = perf_counter()
            table = read(raw, country)
            after_read = perf_counter()
            with warehouse.transaction() as connection:
                here = ground(connection, country)
                assert here is not None
                verdict = judge(table, country, here.reference, TODAY)
                after_judge = perf_counter()
                what_stands = known(connection, verdict, here, Sender(TODAY))
            after_known = perf_counter()
            checked = crosscheck(verdict, here.reference, what_stands)
            after_check = perf_counter()
            good = checked.good
            end = perf_counter()
            print(
                f"Sala: read {after_read - started:.2f} s, judge {after_judge - after_read:.2f} s, "
                f"ask the warehouse {after_known - after_judge:.2f} s, cross-check {after_check - after_known:.2f} s, "
                f"typed {end - after_check:.2f} s; {len(good) / (end - started):,.0f} rows/s; "
                f"{checked.outcome}, {checked.counts}; {_peak()}"
            )


@contextmanager
def _warehouse_with_a_year(country: Country) -> Iterator[None]:
    """A database of its own in which every village has twelve months behind it, and a return that stands."""
    with tempfile.TemporaryDirectory() as home, patch.dict(os.environ, {"SALA_HOME": home}):
        os.environ.pop("SALA_DATABASE_URL", None)
        embedded_postgres.start()
        warehouse.migrate()
        load_country(country)
        receive_waiting(country)
        with warehouse.transaction() as connection:
            for months_ago in range(13):
                year, month = divmod(2026 * 12 + 9 - months_ago, 12)
                open_period(connection, Period.parse(f"{year}-{month + 1:02}"))
            connection.execute(text(A_YEAR))
        yield
        warehouse.engine().dispose()
        embedded_postgres.erase()


A_YEAR = """
    INSERT INTO core.return (return_id, dataset, period_id, area_id, scheme_id, submission_id, received_at,
                             known_from, partial, zero, lines, total)
    SELECT nextval('core.return_id'), 'scheme_returns', p.period_id, a.area_id, s.scheme_id, 1, now(), now(),
           false, false, 12, 12 + abs(hashint4(a.area_id + s.scheme_id + p.period_id)) % 12
    FROM core.period p, core.area a, core.scheme s
    WHERE p.kind = 'M' AND a.layer_id = 4 AND s.scheme_id > 0;
    ANALYZE core.return
"""


def _plain(file: Path) -> None:
    """The same file with what the manuals show: pandas.read_csv, ten expectations on the rows."""
    warm()
    import great_expectations as gx
    import great_expectations.expectations as gxe

    names = ["period", "area_code", "scheme", "sex", "age_group"]
    started = perf_counter()
    frame = pd.read_csv(file, dtype=dict.fromkeys(names, "str"))
    after_read = perf_counter()
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
    end = perf_counter()
    print(
        f"pandas and Great Expectations: read {after_read - started:.2f} s, "
        f"ten rules {end - after_read:.2f} s; {len(frame) / (end - started):,.0f} rows/s; "
        f"success {result.success}; {_peak()}"
    )


def _peak() -> str:
    return f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB"


def small() -> None:
    """A file of 500 rows, as it is checked with a year behind it; and 25 of them one by one and together."""
    country = national_month.country()
    warm()
    with _warehouse_with_a_year(country):
        raw = national_month.lines(country).iloc[:500].to_csv(index=False).encode()
        check(raw, country, day=TODAY)
        seconds = sorted(_timed(lambda: check(raw, country, day=TODAY)) for _ in range(TIMES))
        print(
            f"500 rows, cross-checked: p50 {1000 * seconds[TIMES // 2]:.0f} ms, p95 {1000 * seconds[-2]:.0f} ms"
        )
    reference = Reference.of(country, areas(country).areas, TODAY)
    lines = national_month.lines(country)
    files = [lines.iloc[500 * i : 500 * (i + 1)].to_csv(index=False).encode() for i in range(25)]
    spoilt = files[0].replace(b",F,", b",W,", 5)

    def one(raw: bytes) -> Verdict:
        verdict = judge(read(raw, country), country, reference)
        assert len(verdict.good) == verdict.rows_accepted
        return verdict

    for name, raw in (("good", files[0]), ("with five faults", spoilt)):
        seconds = sorted(_timed(one, raw) for _ in range(TIMES))
        print(f"500 rows, {name}: p50 {1000 * seconds[TIMES // 2]:.0f} ms, p95 {1000 * seconds[-2]:.0f} ms")
    apart = _timed(lambda: [one(raw) for raw in files])
    together = _timed(
        lambda: [v.good for v in judge_many([read(r, country) for r in files], country, reference)]
    )
    print(f"25 files of 500 rows: one by one {apart:.2f} s, together {together:.2f} s")


def _timed(work: Callable[..., object], *given: object) -> float:
    started = perf_counter()
    work(*given)
    return perf_counter() - started


def fuzz(count: int = FUZZED, seed: int = 1) -> int:
    """Spoilt files: each gets a verdict or a reason. Returns the number of those that do not."""
    chance = random.Random(seed)
    country = load(CORPUS / "country")
    reference = Reference.of(country, areas(country).areas, TODAY)
    files = [
        path.read_bytes() for path in sorted(CORPUS.iterdir()) if path.is_file() and path.suffix != ".yaml"
    ]
    files = [raw for raw in files if len(raw) < 100_000]
    outcomes: Counter[str] = Counter()
    failed: list[Path] = []
    waiting: dict[str, list[tuple[bytes, Table]]] = {}
    started = perf_counter()
    for number in range(count):
        raw = _spoilt(chance, chance.choice(files), files)
        try:
            table = read(raw, country)
            waiting.setdefault(table.dataset, []).append((raw, table))
        except Unreadable as refused:
            outcomes["unreadable"] += 1
            if not all(refused.text(language) for language in LANGUAGES):
                failed.append(_kept(raw))
        except Exception as error:
            failed.append(_kept(raw))
            print(f"{failed[-1]}: {type(error).__name__}: {error}")
        for read_so_far in waiting.values():
            if len(read_so_far) == TOGETHER or (number == count - 1 and read_so_far):
                verdicts = judge_many([table for _, table in read_so_far], country, reference)
                for (raw, _), verdict in zip(read_so_far, verdicts, strict=True):
                    outcomes[verdict.outcome] += 1
                    if not _accounted(verdict):
                        failed.append(_kept(raw))
                        print(f"{failed[-1]}: a row is neither loaded nor refused, or a problem has no words")
                read_so_far.clear()
    seconds = perf_counter() - started
    print(f"{count:,} spoilt files in {seconds:.0f} s: {dict(outcomes)}; {len(failed)} failures")
    return len(failed)


def _kept(raw: bytes) -> Path:
    """A file that failed, to be looked at."""
    path = Path(tempfile.gettempdir(), f"sala-fuzz-{zlib.crc32(raw):08x}")
    path.write_bytes(raw)
    return path


def _accounted(verdict: Verdict) -> bool:
    """Every row is either loaded or has a reason not to be, and every problem has its words."""
    assert verdict.table is not None
    rejected = verdict.problems.loc[verdict.problems["severity"] == "reject", "row_number"]
    rows = {*verdict.good["row_number"], *rejected.dropna()}
    said = all(problem.text(language) for problem in verdict.listed() for language in LANGUAGES)
    return said and rows == set(verdict.table.row_number) and len(rows) == verdict.rows_read


def _spoilt(chance: random.Random, raw: bytes, files: list[bytes]) -> bytes:
    content = bytearray(raw)
    header = content.find(b"\n") + 1 if chance.random() < 0.8 else 0
    for _ in range(chance.randint(1, 3)):
        start = chance.randint(min(header, len(content)), len(content))
        end = min(len(content), start + chance.randint(0, 12))
        other = chance.choice(files)
        place = chance.randint(0, len(other))
        content[start:end] = chance.choice(
            [
                b"",
                bytes(chance.randbytes(chance.randint(1, 4))),
                bytes(content[start:end]) * 2,
                other[place : place + chance.randint(1, 40)],
                chance.choice(
                    [b'"', b",", b"\n", b"\r", b";", b"\t", b"-", b"0", b"9" * 20, b"\0", "ក".encode(), b"=1"]
                ),
            ]
        )
        if chance.random() < 0.05:
            del content[chance.randint(0, len(content)) :]
    return bytes(content)


if __name__ == "__main__":
    wanted = sys.argv[1:] or ["month", "small", "fuzz"]
    ways: dict[str, Callable[[], int | None]] = {"month": month, "small": small, "fuzz": fuzz}
    sys.exit(sum(ways[name]() or 0 for name in wanted) > 0)
