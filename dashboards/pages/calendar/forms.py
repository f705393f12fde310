"""What the form on the calendar sends."""

from flask import Blueprint
from werkzeug.wrappers import Response

from dashboards.server.current_user import acting, person
from dashboards.server.forms import back
from transforms.reminders.remind_late import remind_late

blueprint = Blueprint("calendar_forms", __name__)


@blueprint.post("/calendar/<code>/remind")
def post_reminder(code: str) -> Response:
    """Everybody below who is late is reminded, whatever the area in the address: it is the page to return to."""
    with acting() as connection:
        reminded = remind_late(connection, person())
    return back("reminded" if reminded else "reminded_already")
