"""What the form of the inbox sends."""

from flask import Blueprint
from werkzeug.wrappers import Response

from dashboards.server.current_user import acting
from dashboards.server.forms import back
from transforms.reminders.mark_read import mark_read

blueprint = Blueprint("inbox_forms", __name__)


@blueprint.post("/inbox/read")
def post_read() -> Response:
    """Every reminder of the reader's own is read."""
    with acting() as connection:
        mark_read(connection)
    return back("read")
