"""Ten thousand spoilt files: each gets a verdict or a reason; nothing else comes out, and no row is lost.

The files of the corpus, spoilt at random. The figure is how many of them fail; each of those is kept to be looked at.
"""

from __future__ import annotations

import random
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from countries.country import load
from countries.gazetteer import areas
from tests.bench.figures import Figure
from transforms.intake.read.file import Unreadable, read
from validators.contracts.contract import LANGUAGES
from validators.reference import Reference
from validators.rules.suite import warm
from validators.table import Table
from validators.verdict import Verdict, judge_many

CORPUS = Path(__file__).parent.parent / "corpus"
TODAY = date(2026, 11, 21)
FILES = 10_000
TOGETHER = 100


def measure() -> Iterator[Figure]:
    warm()
    failed = fuzz(FILES)
    yield Figure("fuzz", failed, f"of {FILES:,} files", target=0)
    assert not failed, "the log says which files"


def fuzz(count: int, seed: int = 1) -> int:
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
    print(f"{count:,} spoilt files: {dict(outcomes)}; {len(failed)} failures")
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
    worded = all(problem.text(language) for problem in verdict.listed() for language in LANGUAGES)
    return worded and rows == set(verdict.table.row_number) and len(rows) == verdict.rows_read


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
