"""Every asset of the data flow, named once. Beyond the inbox, an asset's partition is a reporting period."""

from airflow.sdk import Asset, AssetAlias, AssetWatcher, get_current_context

from countries.country import current
from dags.triggers import SubmissionTrigger

CHAIN = tuple(reversed(list(enumerate(current().layers))))  # (depth, layer), from the villages up

INBOX = Asset("inbox", watchers=[AssetWatcher(name="submissions", trigger=SubmissionTrigger())])
RETURNS = Asset("returns")
COMPILED = {layer.id: Asset(f"compiled_{layer.id}") for _, layer in CHAIN}
FAILURES = Asset("failures")
INDICATORS = Asset("indicators")

IF_ANY_FAILED = AssetAlias("if_any_failed")  # FAILURES, from a run that has any to tell of


def this_period() -> str:
    """The reporting period that the running DAG run is for."""
    key = get_current_context()["dag_run"].partition_key
    if key is None:
        raise ValueError(
            "This DAG works on one period at a time: trigger it with a partition key such as 2026-10."
        )
    return key
