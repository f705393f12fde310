"""The same chain of DAGs with nothing to do: the floor under every upload."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
from airflow.sdk import DAG, Asset, AssetWatcher, PartitionedAssetTimetable, get_current_context, task
from airflow.triggers.base import BaseEventTrigger, TriggerEvent

from countries.country import current
from dags.triggers import database_dsn

STARTED, ENDED = "bench_started", "bench_ended"


class BellTrigger(BaseEventTrigger):
    """Fires at each NOTIFY, with its payload."""

    def serialize(self) -> tuple[str, dict[str, Any]]:
        return "tests.bench.dags.empty_chain.BellTrigger", {}

    async def run(self) -> AsyncIterator[TriggerEvent]:
        rung: asyncio.Queue[str] = asyncio.Queue()
        connection = await asyncpg.connect(database_dsn())
        await connection.add_listener(STARTED, lambda *notification: rung.put_nowait(notification[-1]))
        while True:
            yield TriggerEvent(await rung.get())


BELL = Asset("bench_bell", watchers=[AssetWatcher(name="bell", trigger=BellTrigger())])
hops = ["receive", *(layer.id for layer in reversed(current().layers)), "publish"]
below = BELL
for hop in hops:
    asset = Asset(f"bench_{hop}")
    with DAG(
        f"empty_{hop}",
        schedule=[BELL] if below is BELL else PartitionedAssetTimetable(assets=below),
        max_active_runs=1 if below is BELL else 16,
    ):

        @task(outlets=[asset])
        def nothing(first: bool, last: bool, name: str) -> None:
            context = get_current_context()
            if first:
                context["outlet_events"][Asset(name)].add_partitions(["2026-10"])
            if last:
                import psycopg2

                with psycopg2.connect(database_dsn()) as connection, connection.cursor() as cursor:
                    cursor.execute(f"NOTIFY {ENDED}")

        nothing(hop == hops[0], hop == hops[-1], asset.name)
    below = asset
