"""What happens when a DAG run misses its deadline; Airflow's triggerer calls this."""

import asyncio
from typing import Any


async def reminders_late(context: dict[str, Any], **_: object) -> None:
    """Note in the audit log that the reminders of a morning have not gone out."""
    from transforms.chain.reminders import note_late

    run = context.get("dag_run") or {}
    name = run.get("run_id") if isinstance(run, dict) else getattr(run, "run_id", None)
    await asyncio.to_thread(note_late, str(name or "unknown"))
