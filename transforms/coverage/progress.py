"""How far the work is: what the ledger still holds, and which periods are not published yet."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import text

from sala.errors import Unavailable
from sql import warehouse

STATE = text(
    """
    SELECT (SELECT count(*) FROM ledger.submission) AS submissions,
           (SELECT count(*) FROM ledger.submission WHERE state = 'received') AS waiting,
           count(*) AS periods,
           count(*) FILTER (WHERE waiting.period_id IS NULL) AS published,
           count(*) * (SELECT count(*) FROM core.layer) AS steps,
           -- a stage is the depth of a layer, that of the publication is -1
           coalesce(sum((SELECT max(layer_id) FROM core.layer) - coalesce(waiting.stage, -1)), 0) AS compiled
    FROM core.period p
    LEFT JOIN core.period_to_compile waiting USING (period_id)
    WHERE p.published_at IS NOT NULL OR waiting.period_id IS NOT NULL
    """
)


@dataclass(frozen=True)
class Progress:
    """Files in the ledger and those still waiting; periods with figures and those whose figures are up to date;
    layers to compile for all periods, and those that are."""

    submissions: int
    waiting: int
    periods: int
    published: int
    steps: int
    compiled: int

    @property
    def done(self) -> bool:
        """Whether no file waits and the figures of every period are up to date."""
        return self.waiting == 0 and self.published == self.periods

    def __str__(self) -> str:
        taken = self.submissions - self.waiting
        return (
            f"{taken} of {self.submissions} files taken in, {self.compiled} of {self.steps} layers compiled, "
            f"{self.published} of {self.periods} periods published"
        )


def progress() -> Progress:
    """The state of this moment, read in one statement."""
    with warehouse.transaction() as connection:
        return Progress(*connection.execute(STATE).one())


def must_be_worked_on() -> None:
    """Return where nothing waits, or somebody who could work it off is connected. Raises Unavailable."""
    now = progress()
    with warehouse.transaction() as connection:
        others = connection.execute(
            text(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
        ).scalar_one()
    if not now.done and not others:
        raise Unavailable("nobody_works", progress=now)


def wait_until_published(report: Callable[[str], None], timeout_seconds: float = 900) -> None:
    """Return when every file is worked off and every period published; `report` hears of each step forward."""
    ends = time.monotonic() + timeout_seconds
    reported = ""
    while not (now := progress()).done:
        if str(now) != reported:
            reported = str(now)
            report(reported)
        if time.monotonic() > ends:
            raise Unavailable("still_waiting", seconds=f"{timeout_seconds:.0f}", progress=now)
        time.sleep(0.25)
    report(str(now))
