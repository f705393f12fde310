"""compile_<layer>: one layer of the chain, for one period (the partition). The country folder decides the layers."""

from airflow.sdk import DAG, PartitionedAssetTimetable, task

from dags.assets import CHAIN, COMPILED, RETURNS, this_period

below = RETURNS
for depth, layer in CHAIN:
    with DAG(
        f"compile_{layer.id}",
        schedule=PartitionedAssetTimetable(assets=below),
        tags=["sala"],
        doc_md=__doc__,
    ):

        @task(outlets=[COMPILED[layer.id]])
        def compile_one(layer_id: int) -> None:
            """Compile this layer's areas for the period of the run's partition."""
            from transforms.compilation.compiling import compile_layer

            compile_layer(this_period(), layer_id)

        compile_one(depth)
    below = COMPILED[layer.id]
