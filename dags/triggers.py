"""The watcher that wakes the INBOX asset: an outbox read on NOTIFY, so that nothing is polled and nothing lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
from airflow.triggers.base import BaseEventTrigger, TriggerEvent
from sqlalchemy import make_url

from sql.warehouse import database_url

# A NOTIFY that nobody received (the triggerer was down) is found by looking again; so is work that was interrupted.
LOOK_AGAIN_SECONDS = 20.0

WAITING = """
    SELECT coalesce(max(submission_id), 0) FROM ledger.submission WHERE state = 'received'
"""
INTERRUPTED = """
    SELECT EXISTS (SELECT FROM ledger.submission WHERE state = 'received'
                   AND received_at < clock_timestamp() - $1 * interval '1 second')
        OR EXISTS (SELECT FROM core.period_to_compile WHERE since < clock_timestamp() - $1 * interval '1 second')
"""


class SubmissionTrigger(BaseEventTrigger):
    """Fires when a submission waits that it has not announced yet, or when announced work was left lying."""

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """The class's path and its parameters, of which there are none, as Airflow's triggerer wants them."""
        return "dags.triggers.SubmissionTrigger", {}

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Yields an event with the newest submission's number, as often as there is work. Never ends; a lost
        connection to the warehouse is made again.
        """
        announced, patience = 0, LOOK_AGAIN_SECONDS
        notified = asyncio.Event()
        while True:
            try:
                connection = await asyncpg.connect(database_dsn())
            except (OSError, asyncpg.PostgresError) as error:
                self.log.warning("The warehouse does not answer, trying again: %s", error)
                await asyncio.sleep(2)
                continue
            try:
                await connection.add_listener("sala_received", lambda *_: notified.set())
                while not connection.is_closed():
                    newest = await connection.fetchval(WAITING)
                    if newest > announced or await connection.fetchval(INTERRUPTED, patience):
                        announced = max(announced, newest)
                        yield TriggerEvent({"newest": newest})
                    try:
                        await asyncio.wait_for(notified.wait(), LOOK_AGAIN_SECONDS)
                        patience = 0.0  # somebody says that there is work, though no newer file: a withdrawal
                    except TimeoutError:
                        patience = LOOK_AGAIN_SECONDS
                    finally:
                        notified.clear()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                self.log.warning("Lost the warehouse, connecting again: %s", error)
            finally:
                await connection.close(timeout=5)


def database_dsn() -> str:
    """The warehouse as asyncpg and libpq want it named."""
    return make_url(database_url()).set(drivername="postgresql").render_as_string(hide_password=False)
