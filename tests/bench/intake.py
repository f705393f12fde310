"""How fast a file is judged, and what ten thousand spoilt files do.

    python -m tests.bench.intake                    everything
    python -m tests.bench.intake month small fuzz   some of it

`month`: 1.74 million lines read, judged, cross-checked, typed; beside pandas and Great Expectations with
defaults. `small`: a file of 500 rows in a warm process; 25 of them together. `fuzz`: the files of the corpus,
spoilt at random; exit status 1 when anything but a verdict or an `Unreadable` comes out, or a row is lost.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

from countries.country import load
from countries.gazetteer import areas
from tests.bench import national_month
from transforms.intake.reading import Unreadable, read
from validators.contract import LANGUAGES
from validators.crosscheck import Known, crosscheck
from validators.reference import Reference
from validators.suite import warm
from validators.table import Table
from validators.verdict import Verdict, judge, judge_many

CORPUS = Path(__file__).parent.parent / "intake_files"
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
    reference = Reference.of(country, areas(country).areas, TODAY)
    known = _known(country.age_groups, reference)
    warm()
    raw = file.read_bytes()
    for _ in range(3):
        started = perf_counter()
        table = read(raw, country)
        after_read = perf_counter()
        verdict = judge(table, country, reference)
        after_judge = perf_counter()
        checked = crosscheck(verdict, reference, known)
        after_check = perf_counter()
        good = checked.good
        end = perf_counter()
        print(
            f"Sala: read {after_read - started:.2f} s, judge {after_judge - after_read:.2f} s, "
            f"cross-check {after_check - after_judge:.2f} s, typed {end - after_check:.2f} s; "
            f"{len(good) / (end - started):,.0f} rows/s; {checked.outcome}, {checked.counts}; {_peak()}"
        )


def _known(age_groups: tuple, reference: Reference) -> Known:  # type: ignore[type-arg]
    """A population of 100 in each cell and six months of history, for every village and scheme."""
    gazetteer = reference.areas
    villages = gazetteer.loc[gazetteer["layer"] == "village", "code"].to_numpy()[: national_month.VILLAGES]
    ages = [group.id for group in age_groups]
    cells = pd.MultiIndex.from_product([villages, ["F", "M"], ages], names=["area_code", "sex", "age_group"])
    schemes = [f"scheme_{i}" for i in range(10)]
    months = [f"2026-{month:02}" for month in range(4, 10)]
    past = pd.MultiIndex.from_product([villages, schemes, months], names=["area_code", "scheme", "period"])
    history = past.to_frame(index=False)
    return Known(
        scope=frozenset(gazetteer["code"]),
        population=cells.to_frame(index=False).assign(year=2026, population=100),
        history=history.assign(beneficiaries=np.random.default_rng(2).integers(12, 24, len(history))),
    )


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
    """A file of 500 rows, and 25 of them one by one and together."""
    country = national_month.country()
    reference = Reference.of(country, areas(country).areas, TODAY)
    warm()
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
