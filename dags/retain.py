"""retain: every night, the bytes of files that name persons end where the country's time for them is over."""

from airflow.sdk import CronTriggerTimetable, dag, task

from countries.country import current


@dag(
    schedule=CronTriggerTimetable("0 2 * * *", timezone=current().timezone),
    catchup=False,
    max_active_runs=1,
    tags=["sala"],
    doc_md=__doc__,
)
def retain() -> None:
    """One task: end the raw files of persons that the country keeps no longer."""

    @task
    def end_what_is_over() -> None:
        from transforms.intake.retention import end_raw_files

        end_raw_files(current())

    end_what_is_over()


retain()
