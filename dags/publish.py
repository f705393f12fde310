"""publish: the nation is compiled for a period; its indicators are brought up to date at every area."""

from airflow.sdk import PartitionedAssetTimetable, dag, task

from dags.assets import CHAIN, COMPILED, INDICATORS, this_period

_, nation = CHAIN[-1]


@dag(schedule=PartitionedAssetTimetable(assets=COMPILED[nation.id]), tags=["sala"], doc_md=__doc__)
def publish() -> None:
    """One task: bring up to date the indicators of the period that was compiled up to the nation."""

    @task(outlets=[INDICATORS])
    def publish_period() -> None:
        from transforms.coverage.publishing import publish as publish_indicators

        publish_indicators(this_period())

    publish_period()


publish()
