"""How the work stands, for a monitor such as Prometheus; `sala health` prints the same."""

from flask import Response

from countries.country import current
from dashboards.api.resource import answers, media, resource
from dashboards.server.current_user import person
from sala.settings import settings
from transforms.coverage.health import as_metrics, health

blueprint = resource("metrics")

TEXT_FORMAT = "text/plain"


@blueprint.get("/metrics", responses=answers({200: media(TEXT_FORMAT)}))
def get_metrics() -> Response:
    """Gauges in the text format of Prometheus. For a role that may watch the whole country: a token of scope watch."""
    person().must("watch", current().root)
    return Response(as_metrics(health(settings().airflow_database_url)), mimetype=TEXT_FORMAT)
