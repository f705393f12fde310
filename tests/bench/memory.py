"""Files whose correct version stands, changed so that they mean something else: nothing passes in silence.

Each is refused, warned of, held, or leaves the figures as they were. The figure is how many do none of these; each of
them is kept to be looked at. What stands is compared here line by line, and not as the product compares it.
"""

from __future__ import annotations

import os
import random
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from countries.country import Country, load
from sql import deploy, warehouse
from tests.bench.figures import Figure
from tests.bench.meaning import CHANGES, FILES, WRITINGS, File
from transforms.country.load_country import load_country
from transforms.identity.person import SYSTEM
from transforms.intake.check import crosschecked
from transforms.intake.read.file import Unreadable, read
from transforms.intake.receive import receive_waiting
from transforms.intake.reference_data import ReferenceData, reference_data
from transforms.intake.sender import Sender
from transforms.intake.submit import submit
from validators.table import Table
from validators.verdict import Verdict, judge_many

COUNTRY = Path(__file__).parent.parent / "corpus" / "country"
TODAY = date(2026, 11, 21)
COUNT = int(os.environ.get("BENCH_FILES", 10_000))
TOGETHER = 300
SAYS_NOTHING = {"same_as_before"}
"""Rules that are no word about a change."""

Said = dict[tuple[str, ...], frozenset[tuple[object, ...]]]
"""The key of a return → its lines, each the values of the contract's columns in their order."""


def measure() -> Iterator[Figure]:
    deploy.migrate()
    silent = memory(COUNT)
    yield Figure("memory", silent, f"of {COUNT:,} files", target=0)
    assert not silent, "the log says which files"


def memory(count: int, seed: int = 1) -> int:
    """How many of `count` changed files pass in silence, in a warehouse that has been made."""
    country = load(COUNTRY)
    data, stands = _standing(country)
    chance = random.Random(seed)
    outcomes: Counter[str] = Counter()
    silent = 0
    for start in range(0, count, TOGETHER):
        changed = [_changed(chance) for _ in range(min(TOGETHER, count - start))]
        for (file, raw, what), verdict in zip(changed, _judged(changed, country, data), strict=True):
            outcome = _outcome(verdict, stands)
            outcomes[outcome] += 1
            if outcome == "silent":
                silent += 1
                print(f"{_kept(raw)}: {file.dataset}, {what}")
        print(f"{outcomes.total():,} of {count:,} files: {dict(outcomes)}", flush=True)
    return silent


def _standing(country: Country) -> tuple[ReferenceData, Said]:
    """The correct files are handed in, and nothing is said to any of them. What each return says afterwards."""
    load_country(country)
    at = datetime(2026, 11, 21, 9, tzinfo=UTC)
    for file in FILES:
        submit(
            file.csv(),
            "file.csv",
            by=replace(SYSTEM, name="office"),
            via="api",
            dataset=file.dataset,
            received_at=at,
        )
    receive_waiting(country)
    with warehouse.transaction() as connection:
        said = warehouse.read(connection, "SELECT * FROM ledger.problem")
        loaded = warehouse.read(connection, "SELECT state FROM ledger.submission WHERE via = 'api'")
        data = reference_data(connection, country)
    assert said.empty, said[["rule", "value"]]
    assert loaded["state"].tolist() == ["loaded"] * len(FILES)
    assert data is not None
    tables = [read(file.csv(), country, file.dataset) for file in FILES]
    stands: Said = {}
    for table in tables:
        (verdict,) = judge_many([table], country, data.reference, [TODAY])
        stands |= _lines(verdict)
    return data, stands


def _changed(chance: random.Random) -> tuple[File, bytes, str]:
    """A file of which one thing was changed, of every third another one too, or the way of writing: as the bytes that
    are sent.
    """
    file = chance.choice(FILES)
    names = [chance.choice(sorted(CHANGES))]
    if chance.random() < 1 / 3:
        names.append(chance.choice(sorted(chance.choice([CHANGES, WRITINGS]))))
    changed: File | bytes = file
    for name in names:
        if isinstance(changed, File):
            changed = CHANGES[name](chance, changed)
    return file, changed if isinstance(changed, bytes) else changed.csv(), " + ".join(names)


def _judged(
    changed: list[tuple[File, bytes, str]], country: Country, data: ReferenceData
) -> Iterator[Verdict | None]:
    """The verdict on each as its own sender would get it; None for one that cannot be read."""
    tables: dict[int, Table] = {}
    for place, (file, raw, _) in enumerate(changed):
        try:
            tables[place] = read(raw, country, file.dataset)
        except Unreadable:
            continue
    verdicts: dict[int, Verdict] = {}
    for dataset in {table.dataset for table in tables.values()}:
        places = [place for place, table in tables.items() if table.dataset == dataset]
        judged = judge_many([tables[p] for p in places], country, data.reference, [TODAY] * len(places))
        verdicts |= zip(places, judged, strict=True)
    sender = Sender(TODAY, SYSTEM.rights, name="office")
    with warehouse.transaction() as connection:
        for place in range(len(changed)):
            verdict = verdicts.get(place)
            yield None if verdict is None else crosschecked(connection, verdict, data, sender)


def _outcome(verdict: Verdict | None, stands: Said) -> str:
    if verdict is None:
        return "unreadable"
    if verdict.is_held:
        return "held"
    if set(verdict.counts) - SAYS_NOTHING:
        return "refused" if verdict.rows_rejected else "warned of"
    same = all(stands.get(key) == lines for key, lines in _lines(verdict).items())
    return "as it was" if same else "silent"


def _lines(verdict: Verdict) -> Said:
    """What the rows to be stored say, return by return."""
    assert verdict.table is not None
    contract, good = verdict.table.contract, verdict.good
    words = [c.name for c in contract.typed("text") if c.name not in contract.line_key]
    said = [name for name in contract.names if name in good and name not in words]
    lines: dict[tuple[str, ...], set[tuple[object, ...]]] = {}
    for row in good[said].astype("object").where(good[said].notna(), None).to_dict("records"):
        key = (contract.dataset, *(str(row[name]) for name in contract.return_key))
        lines.setdefault(key, set()).add(
            tuple((name, value) for name, value in row.items() if value is not None)
        )
    return {key: frozenset(of_return) for key, of_return in lines.items()}


def _kept(raw: bytes) -> Path:
    path = Path(tempfile.gettempdir(), f"sala-memory-{zlib.crc32(raw):08x}")
    path.write_bytes(raw)
    return path
