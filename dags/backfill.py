"""backfill: periods from `first` to `last` are compiled and published anew, as after a mend of a rule or an indicator.

With `preview`, as it is triggered unless that is taken away, the run ends when its log and its result have said what
would be touched: returns, published figures, and signatures that are reopened where a figure moves.
"""

from airflow.sdk import Param, dag, get_current_context, task

from dags.assets import RETURNS

PARAMS = {
    "first": Param(type="string", description="Such as 2026-01, 2026-W05 or 2026."),
    "last": Param(type="string", description="Of the same kind as the first; the same for one period."),
    "preview": Param(True, type="boolean", description="Only say what would be touched."),
}


@dag(schedule=None, params=PARAMS, max_active_runs=1, tags=["sala"], doc_md=__doc__)
def backfill() -> None:
    """Two tasks: say what is touched, and put it in the queue, whose chain then runs period by period."""

    @task
    def look() -> list[str]:
        from transforms.compilation.backfill import touched

        params = get_current_context()["params"]
        return [
            f"{each.period}: {each.returns} returns, {each.figures} figures, {each.signed} signed"
            for each in touched(params["first"], params["last"])
        ]

    @task.run_if(lambda context: not context["params"]["preview"])
    @task(outlets=[RETURNS])
    def compile_anew() -> None:
        from transforms.compilation.backfill import enqueue

        context = get_current_context()
        params = context["params"]
        context["outlet_events"][RETURNS].add_partitions(enqueue(params["first"], params["last"]))

    look() >> compile_anew()


backfill()
