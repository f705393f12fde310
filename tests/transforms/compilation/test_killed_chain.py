"""Killed between any two statements, the chain ends with an undisturbed one's figures, and says "done" not before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text

from countries.country import Country
from sql import warehouse
from tests.conftest import reset
from tests.reference import oracle
from tests.reference.world import AGES, Indicator, Scheme, World
from tests.transforms.compilation.test_compiling import as_csv, expected, published
from transforms.compilation.compiling import compile_layer
from transforms.country.load_country import load_country
from transforms.coverage.progress import progress
from transforms.coverage.publishing import publish
from transforms.identity.person import SYSTEM
from transforms.intake.receive import receive_and_announce
from transforms.intake.submit import submit

VILLAGES = ("RA1", "RA2", "RB1")
WORLD = World(
    {"R": None, "RA": "R", "RB": "R", "RA1": "RA", "RA2": "RA", "RB1": "RB"},
    (Scheme("cash", 2), Scheme("fund", 1)),
    (Indicator("any", ("cash", "fund")),),
    {(village, sex, age): 100 for village in VILLAGES for sex in "FM" for age in AGES},
)
STAGES = (2, 1, 0, -1)  # villages, their parents, the root; publication


class Killed(BaseException):
    """What kill -9 is to the work of one process: its transaction is gone, and nobody hears of it."""


@contextmanager
def killed_before(statement: int | None) -> Iterator[list[str]]:
    """Die before so many statements have been run, or else after the last commit, before anybody is told; None lives.
    Gives the statements."""
    done: list[str] = []

    def strike(_connection: object, _cursor: object, sql: str, *_: object) -> None:
        if len(done) == statement:
            raise Killed
        done.append(sql)

    event.listen(warehouse.engine(), "before_cursor_execute", strike)
    try:
        yield done
        if len(done) == statement:
            raise Killed
    finally:
        event.remove(warehouse.engine(), "before_cursor_execute", strike)


@dataclass
class Chain:
    """Airflow as far as it matters here: runs that are due for a period, each of which makes the next one due."""

    country: Country
    returns: oracle.Returns = field(default_factory=dict)
    due: list[tuple[str, int]] = field(default_factory=list)  # period, position in STAGES

    def send(self, persons: int, area: str = "RA1") -> None:
        changed: oracle.Returns = {(area, "cash"): [("F", "_T", persons)]}
        self.returns |= changed
        submit(as_csv(changed), f"{persons}.csv", by=SYSTEM, via="cli")

    def receive(self, kill: int | None = None) -> int:
        """Gives how many statements it took."""
        with killed_before(kill) as statements:
            announced = receive_and_announce(self.country)
        self.due += [(period, 0) for period in announced]
        return len(statements)

    def stage(self, number: int = 0, kill: int | None = None) -> None:
        """One of the runs that are due; killed, it is due no more."""
        period, position = self.due.pop(number)
        with killed_before(kill):
            publish(period) if STAGES[position] < 0 else compile_layer(period, STAGES[position])
        if position + 1 < len(STAGES):
            self.due.append((period, position + 1))

    def recover(self) -> None:
        """Nothing happens but that time goes by: whoever waits is looked after once."""
        self.due.clear()
        with warehouse.transaction() as connection:
            connection.execute(
                text("UPDATE core.compile_queue SET announced_at = announced_at - interval '1 hour'")
            )
        self.receive()
        while self.due:
            self.stage()
        assert progress().done, progress()
        self.check()

    def check(self) -> None:
        """Whoever says that all is done shows what was returned."""
        if progress().done:
            assert published() == expected(WORLD, self.returns, set())


@pytest.fixture
def chain(empty_warehouse: None, tmp_path: Path) -> Chain:
    return new_chain(tmp_path)


def new_chain(folder: Path) -> Chain:
    country = WORLD.country(folder / "country")
    load_country(country)
    chain = Chain(country)
    chain.send(1)
    chain.recover()
    return chain


def forget_attempts() -> None:
    """A file whose reading is cut short time after time is given up; here it is killed more often than that."""
    with warehouse.transaction() as connection:
        connection.execute(text("UPDATE ledger.submission SET attempts = 0"))


def test_killed_before_each_statement_in_turn(chain: Chain) -> None:
    chain.send(20)
    killed = 0
    for work in (chain.receive, *[chain.stage] * len(STAGES)):
        due = list(chain.due)
        for kill in count():
            chain.due = list(due)
            try:
                work(kill=kill)
            except Killed:
                killed += 1
                forget_attempts()
            else:
                break
    assert killed > 50
    assert progress().done
    chain.check()


def test_killed_once_a_return_is_loaded(chain: Chain) -> None:
    """From the end backwards: told nobody, did not note that it would, has just committed the load."""
    chain.send(20)
    statements = chain.receive()
    chain.recover()
    for back in range(12):
        chain.send(30 + back)
        with pytest.raises(Killed):
            chain.receive(statements - back)
        chain.recover()


def test_an_older_chain_hides_nothing_of_a_newer_one_that_died(chain: Chain) -> None:
    chain.send(20)
    chain.receive()
    for _ in range(3):
        chain.stage()
    chain.send(30, "RB1")
    chain.receive()  # [publication of the older, villages of the newer]
    chain.stage(1)
    chain.stage(0)
    assert not progress().done
    with pytest.raises(Killed):
        chain.stage(kill=0)
    chain.recover()


def test_a_return_that_is_committed_after_a_stage_began_is_announced(chain: Chain) -> None:
    chain.send(20)
    chain.receive()
    with warehouse.transaction() as late:  # as one that withdraws while the chain runs
        late.execute(
            text(
                "INSERT INTO core.compile_queue (period_id, stage, area_id)"
                " SELECT period_id, layer_id, area_id FROM core.period, core.area"
                " WHERE key = '2026-10' AND code = 'RB1'"
            )
        )
        while chain.due:
            chain.stage()
        assert progress().done
    assert not progress().done
    chain.receive()
    assert chain.due == [("2026-10", 0)]


def test_what_was_announced_is_not_announced_again_at_once(chain: Chain) -> None:
    chain.send(20)
    chain.receive()
    chain.receive()
    assert chain.due == [("2026-10", 0)]


@pytest.mark.timeout(1800)
@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rng=st.randoms(use_true_random=False))
def test_overlapping_chains_killed_anywhere(
    rng: Random, empty_warehouse: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    reset()
    chain = new_chain(tmp_path_factory.mktemp("world"))
    for persons in range(2, 40):
        act = rng.choice(["send", "receive", "stage", "stage", "stage"])
        kill = rng.choice([None, rng.randint(0, 40)])
        try:
            if act == "send":
                chain.send(persons, rng.choice(VILLAGES))
            elif act == "receive":
                chain.receive(kill)
            elif chain.due:
                chain.stage(rng.randrange(len(chain.due)), kill)
        except Killed:
            pass
        chain.check()
    chain.recover()
