"""What the form of the page sends."""

from flask import Blueprint
from werkzeug.wrappers import Response

from dashboards.pages.operations.queries import failures
from dashboards.server.current_user import person
from dashboards.server.forms import back
from transforms.intake.corrections.retry import retry

blueprint = Blueprint("operations_forms", __name__)


@blueprint.post("/operations/retry")
def post_retry() -> Response:
    """Put every file that failed back into the queue; a redirect back to the page."""
    for failure in failures():
        if failure.state == "failed":
            retry(person(), failure.receipt)
    return back("tried")
