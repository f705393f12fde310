"""note: every night, the head of the audit log is noted outside, in the file and e-mail that the settings name."""

from airflow.sdk import CronTriggerTimetable, dag, task

from countries.country import current


@dag(
    schedule=CronTriggerTimetable("0 3 * * *", timezone=current().timezone),
    catchup=False,
    max_active_runs=1,
    tags=["sala"],
    doc_md=__doc__,
)
def note() -> None:
    """One task: note the head, so that a log that is cut or made anew later is found out."""

    @task(retries=3)
    def note_head() -> None:
        from transforms.reminders.note_audit_head import note_audit_head

        note_audit_head(current())

    note_head()


note()
