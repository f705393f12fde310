"""release: a run for each draft of a release waits for the approval of the board, and then publishes.

Only Sala's service account can answer it, and does when the quorum has signed (transforms/release/airflow_approval.py).
What is published the warehouse decides by the signatures, whoever marks a task as done.
"""

from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.sdk import dag, get_current_context, task

from sala.secret import AIRFLOW_SERVICE


@dag(schedule=None, catchup=False, tags=["sala"], doc_md=__doc__)
def release() -> None:
    """Two tasks: wait for Sala's answer, and publish the release that the run is named after."""
    approval = ApprovalOperator(
        task_id="approval",
        subject="Release {{ dag_run.run_id }}",
        body="The board signs on Sala's page /releases/{{ dag_run.run_id }}; Sala answers here.",
        assigned_users=[{"id": AIRFLOW_SERVICE, "name": AIRFLOW_SERVICE}],
    )

    @task(retries=3)
    def publish_approved() -> None:
        from transforms.release.acts import publish_release

        publish_release(get_current_context()["dag_run"].run_id)

    approval >> publish_approved()


release()
