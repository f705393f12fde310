"""remind: every morning, those who owe a return are reminded. A run that takes too long is written down."""

from datetime import timedelta

from airflow.sdk import CronTriggerTimetable, dag, task
from airflow.sdk.definitions.deadline import AsyncCallback, DeadlineAlert, DeadlineReference

from countries.country import current
from dags.deadlines import reminders_late


@dag(
    schedule=CronTriggerTimetable("0 7 * * *", timezone=current().timezone),
    catchup=False,
    max_active_runs=1,
    # The retries below take half an hour; after an hour somebody should look.
    deadline=DeadlineAlert(
        reference=DeadlineReference.DAGRUN_QUEUED_AT,
        interval=timedelta(hours=1),
        callback=AsyncCallback(reminders_late),
    ),
    tags=["sala"],
    doc_md=__doc__,
)
def remind() -> None:
    """One task, tried again: make today's reminders and send those by e-mail that are not sent yet."""

    # What could not be sent is kept; a retry sends it and nothing else.
    @task(retries=3, retry_delay=timedelta(minutes=10))
    def remind_today() -> None:
        from transforms.reminders.remind import remind as remind_people

        done = remind_people(current())
        if done.failed:
            raise RuntimeError(f"{done.failed} e-mails could not be sent; the reminders are kept")

    remind_today()


remind()
