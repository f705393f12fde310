"""A hundred thousand spoilt files of every format: each gets a verdict or a reason, and no row is lost.

The files of the corpus, spoilt at random, also inside what is packed, and read as foreign files are: in a process of
their own. A run takes up the parts where the last one stopped (fuzz.json). The figure is how many files fail so far;
each of those is kept to be looked at.
"""

from __future__ import annotations

import gzip
import io
import json
import logging
import random
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import monotonic

from countries.country import load
from countries.gazetteer import areas
from sala.settings import REPOSITORY
from tests.bench.figures import Figure
from transforms.intake.read import isolated
from transforms.intake.read.isolated import Unreadable, read
from validators.contracts.contract import LANGUAGES
from validators.reference import Reference
from validators.rules.suite import warm
from validators.table import Table
from validators.verdict import Verdict, judge_many

CORPUS = Path(__file__).parent.parent / "corpus"
TODAY = date(2026, 11, 21)
FILES = 100_000
PART = 1_000
SECONDS = 1_800
"""After which no further part begins."""
TOGETHER = 100
STATE = REPOSITORY / "fuzz.json"


def measure() -> Iterator[Figure]:
    """How many of the files so far failed; after the last one a run begins anew."""
    warm()
    faults = _Faults()
    logging.getLogger(isolated.__name__).addHandler(faults)
    state = json.loads(STATE.read_text()) if STATE.exists() else {}
    done, failed = state.get("done", 0) % FILES, state.get("failed", 0) if state.get("done", 0) < FILES else 0
    started = monotonic()
    while done < FILES and monotonic() - started < SECONDS:
        failed += fuzz(PART, faults, seed=done // PART)
        done += PART
        STATE.write_text(json.dumps({"done": done, "failed": failed}))
    yield Figure("fuzz", failed, f"of {done:,} files", target=0)


class _Faults(logging.Handler):
    """Faults of ours while reading: whoever sent the file hears only that it cannot be read."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1
        print(record.getMessage())


def fuzz(count: int, faults: _Faults, seed: int) -> int:
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
    for number in range(count):
        raw = _spoilt_inside(chance, chance.choice(files), files)
        try:
            known = faults.count
            table = read(raw, country)
            waiting.setdefault(table.dataset, []).append((raw, table))
        except Unreadable as refused:
            outcomes["unreadable"] += 1
            if faults.count > known or not all(refused.text(language) for language in LANGUAGES):
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
    print(f"{count:,} spoilt files: {dict(outcomes)}; {len(failed)} failures")
    return len(failed)


def _kept(raw: bytes) -> Path:
    """A file that failed, to be looked at."""
    path = Path(tempfile.gettempdir(), f"sala-fuzz-{zlib.crc32(raw):08x}")
    path.write_bytes(raw)
    return path


def _accounted(verdict: Verdict) -> bool:
    """Every row is loaded, or is a total of others, or has a reason not to be; and every problem has its words."""
    assert verdict.table is not None
    assert verdict.totals is not None
    rejected = verdict.problems.loc[verdict.problems["severity"] == "reject", "row_number"]
    totals = verdict.table.row_number[verdict.totals.control]
    rows = {*verdict.good["row_number"], *rejected.dropna(), *totals}
    worded = all(problem.text(language) for problem in verdict.listed() for language in LANGUAGES)
    return worded and rows == set(verdict.table.row_number) and len(rows) == verdict.rows_read


def _spoilt_inside(chance: random.Random, raw: bytes, files: list[bytes]) -> bytes:
    """A packed file mostly stays whole, and one of what is in it is spoilt."""
    if chance.random() < 0.7:
        try:
            if raw.startswith(b"PK"):
                return _repacked(chance, raw, files)
            if raw.startswith(b"\x1f\x8b"):
                return gzip.compress(_spoilt(chance, gzip.decompress(raw), files), mtime=0)
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile):
            pass  # the corpus has damaged ones as well
    return _spoilt(chance, raw, files)


def _repacked(chance: random.Random, raw: bytes, files: list[bytes]) -> bytes:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        names = source.namelist()
        spoilt = chance.choice(names) if names else None
        for name in names:
            content = source.read(name)
            copy.writestr(name, _spoilt(chance, content, files) if name == spoilt else content)
    return packed.getvalue()


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
