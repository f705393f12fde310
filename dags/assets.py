"""Every asset of the data flow, named once. Beyond the inbox, an asset's partition is a reporting period."""

from airflow.sdk import Asset, AssetWatcher

from countries.country import current
from dags.watching import SubmissionTrigger

CHAIN = tuple(reversed(list(enumerate(current().layers))))  # (depth, layer), from the villages up

INBOX = Asset("inbox", watchers=[AssetWatcher(name="submissions", trigger=SubmissionTrigger())])
RETURNS = Asset("returns")
COMPILED = {layer.id: Asset(f"compiled_{layer.id}") for _, layer in CHAIN}
INDICATORS = Asset("indicators")
