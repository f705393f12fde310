"""The watcher that wakes the INBOX asset: an outbox read on NOTIFY, so that nothing is polled and nothing lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
from airflow.triggers.base import BaseEventTrigger, TriggerEvent
from sqlalchemy import make_url

from sala.settings import settings
from sql.warehouse import database_url
from transforms.intake.announcement import channel

# What nobody was told of (a NOTIFY while the triggerer was down) and what was left lying (by a run that was killed) is
# found by looking again. Whoever was told has so long to begin before it is told again.
LOOK_AGAIN_SECONDS = 5.0
PATIENCE_SECONDS = 15.0

NEWEST = "SELECT coalesce(max(submission_id), 0) FROM ledger.submission WHERE state = 'received'"
# In nobody's hand, where there are hands; older than $1 seconds, or of a clock that has been set back since.
LEFT_LYING = """
    SELECT EXISTS (
        SELECT FROM core.untaken_submission
        WHERE (SELECT count(DISTINCT pid) FROM core.file_in_hand) < $2
          AND received_at NOT BETWEEN clock_timestamp() - $1 * interval '1 second' AND clock_timestamp())
    OR EXISTS (
        SELECT FROM core.unstarted
        WHERE queued_at NOT BETWEEN clock_timestamp() - $1 * interval '1 second' AND clock_timestamp())
"""


class SubmissionTrigger(BaseEventTrigger):
    """Fires when a submission waits that it has not announced yet, or when work was left lying."""

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """The class's path and its parameters, of which there are none, as Airflow's triggerer wants them."""
        return "dags.triggers.SubmissionTrigger", {}

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Yields an event with the newest submission's number, as often as there is work. Never ends; a lost
        connection to the warehouse is made again.
        """
        announced, announced_at = 0, float("-inf")
        notified = asyncio.Event()
        while True:
            try:
                connection = await asyncpg.connect(database_dsn(), timeout=10, command_timeout=30)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                self.log.warning("The warehouse does not answer, trying again: %s", error)
                await asyncio.sleep(2)
                continue
            try:
                await connection.add_listener(channel(), lambda *_: notified.set())
                patience = PATIENCE_SECONDS
                while not connection.is_closed():
                    newest = await connection.fetchval(NEWEST)
                    recently_announced = time.monotonic() - announced_at < patience
                    if newest > announced or (
                        not recently_announced
                        and await connection.fetchval(LEFT_LYING, patience, settings().receivers)
                    ):
                        announced, announced_at = max(announced, newest), time.monotonic()
                        yield TriggerEvent({"newest": newest})
                    try:
                        await asyncio.wait_for(notified.wait(), LOOK_AGAIN_SECONDS)
                        patience = 0.0  # somebody says that there is work, though no newer file: a withdrawal
                    except TimeoutError:
                        patience = PATIENCE_SECONDS
                    finally:
                        notified.clear()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                self.log.warning("Lost the warehouse, connecting again: %s", error)
            finally:
                await connection.close(timeout=5)


def database_dsn() -> str:
    """The warehouse as asyncpg and libpq want it named."""
    return make_url(database_url()).set(drivername="postgresql").render_as_string(hide_password=False)
