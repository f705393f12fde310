"""receive: whatever waits in the ledger is read, validated and loaded, a file a transaction.

Several runs work beside each other: each takes the files that nobody has, and whoever leaves some wakes the next.
"""

from airflow.sdk import dag, get_current_context, task

from dags.assets import FAILURES, IF_ANY_FAILED, INBOX, RETURNS
from sala.settings import settings


@dag(schedule=[INBOX], max_active_runs=settings().receivers, tags=["sala"], doc_md=__doc__)
def receive() -> None:
    """One task: take in every waiting file, and announce the periods it changed as partitions of RETURNS. Files that a
    fault of Sala stops are left to the DAG `alert`.
    """

    @task(outlets=[RETURNS, IF_ANY_FAILED])
    def take_in() -> None:
        from countries.country import current
        from transforms.intake.receive import receive_and_announce
        from transforms.reminders.alert import anybody_to_tell

        events = get_current_context()["outlet_events"]
        events[RETURNS].add_partitions(receive_and_announce(current()))
        if anybody_to_tell():
            events[IF_ANY_FAILED].add(FAILURES)

    take_in()


receive()
