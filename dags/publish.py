"""publish: the nation is compiled for a period; its indicators are brought up to date at every area."""

from airflow.sdk import PartitionedAssetTimetable, dag, get_current_context, task

from dags.assets import CHAIN, COMPILED, INDICATORS

_, nation = CHAIN[-1]


@dag(schedule=PartitionedAssetTimetable(assets=COMPILED[nation.id]), tags=["sala"], doc_md=__doc__)
def publish() -> None:
    @task(outlets=[INDICATORS])
    def publish_period() -> None:
        from transforms.coverage.publishing import publish as publish_indicators

        publish_indicators(get_current_context()["dag_run"].partition_key)

    publish_period()


publish()
