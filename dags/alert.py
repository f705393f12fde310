"""alert: a fault of Sala stopped a file. Whoever the settings name gets an e-mail, and the run fails to be seen."""

from datetime import timedelta

from airflow.sdk import dag, task
from airflow.sdk.exceptions import AirflowFailException

from countries.country import current
from dags.assets import FAILURES


@dag(schedule=[FAILURES], max_active_runs=1, tags=["sala"], doc_md=__doc__)
def alert() -> None:
    """One task, tried again where the mail server does not answer; it ends as failed, for something is to be mended."""

    @task(retries=3, retry_delay=timedelta(minutes=10))
    def tell() -> None:
        from transforms.reminders.alert import tell_of_failures

        if failures := tell_of_failures(current()):
            files = "\n".join(failure.line("en") for failure in failures)
            raise AirflowFailException(f"Files that a fault of Sala keeps from being taken in:\n{files}")

    tell()


alert()
