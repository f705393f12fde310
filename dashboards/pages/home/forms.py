"""What the forms of the home page send."""

from flask import Blueprint
from werkzeug.wrappers import Response

from dashboards.server.current_user import acting
from dashboards.server.forms import back
from dashboards.server.registry import HOME
from transforms.reminders.mark_read import mark_answers_read, mark_read

blueprint = Blueprint("home_forms", __name__)


@blueprint.post(f"{HOME}/read")
def post_read() -> Response:
    """Every reminder of the reader's own is read."""
    with acting() as connection:
        mark_read(connection)
    return back("read")


@blueprint.post(f"{HOME}/answers")
def post_answers_read() -> Response:
    """Every answer on the reader's worklist is read, and leaves it."""
    with acting() as connection:
        mark_answers_read(connection)
    return back("answers_read")
