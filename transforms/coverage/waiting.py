"""How far the work is: what the ledger still holds, and which periods are not published yet."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import text

from sql import warehouse

STATE = text(
    """
    SELECT (SELECT count(*) FROM ledger.submission) AS submissions,
           (SELECT count(*) FROM ledger.submission WHERE state = 'received') AS waiting,
           (SELECT count(*) FROM core.period WHERE moved_at IS NOT NULL) AS periods,
           (SELECT count(*) FROM core.period
            WHERE moved_at IS NOT NULL AND published_at > compiled_at AND compiled_at > moved_at) AS published
    """
)


@dataclass(frozen=True)
class Progress:
    """Files in the ledger and those still waiting; periods with figures and those whose figures are up to date."""

    submissions: int
    waiting: int
    periods: int
    published: int

    @property
    def done(self) -> bool:
        return self.waiting == 0 and self.published == self.periods

    def __str__(self) -> str:
        taken = self.submissions - self.waiting
        return f"{taken} of {self.submissions} files taken in, {self.published} of {self.periods} periods published"


class StillWaiting(Exception):
    """The time given to publishing is over."""


def progress() -> Progress:
    with warehouse.transaction() as connection:
        return Progress(*connection.execute(STATE).one())


def wait_until_published(report: Callable[[str], None], timeout_seconds: float = 900) -> None:
    """Return when every file is worked off and every period published; `report` hears of each step forward."""
    ends = time.monotonic() + timeout_seconds
    said = ""
    while not (now := progress()).done:
        if str(now) != said:
            said = str(now)
            report(said)
        if time.monotonic() > ends:
            raise StillWaiting(
                f"After {timeout_seconds:.0f} s: {now}. The logs under SALA_HOME/logs say why."
            )
        time.sleep(0.25)
    report(str(now))
