"""receive: whatever waits in the ledger is read, validated and loaded, a file a transaction."""

from airflow.sdk import dag, get_current_context, task

from dags.assets import INBOX, RETURNS


@dag(schedule=[INBOX], max_active_runs=1, tags=["sala"], doc_md=__doc__)
def receive() -> None:
    """One task: take in every waiting file, and announce the periods it changed as partitions of RETURNS."""

    @task(outlets=[RETURNS])
    def take_in() -> None:
        from countries.country import current
        from transforms.intake.receive import receive_and_announce

        get_current_context()["outlet_events"][RETURNS].add_partitions(receive_and_announce(current()))

    take_in()


receive()
