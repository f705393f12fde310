"""What happens when a DAG run misses its deadline; Airflow's triggerer calls this."""

import asyncio
from collections.abc import Mapping
from typing import Any


async def reminders_late(context: Mapping[str, Any], **_: object) -> None:
    """Note in the audit log that the reminders of a morning have not gone out."""
    from transforms.reminders.remind import record_late

    run = context.get("dag_run") or {}
    await asyncio.to_thread(record_late, str(run.get("dag_run_id", "unknown")))
