"""Who is signed in now, and the token of their session: for a page that outlived the session in which it was opened."""

from flask import Blueprint, Response, jsonify
from flask_wtf.csrf import generate_csrf

from dashboards.server.current_user import account_name

blueprint = Blueprint("session_state", __name__)


@blueprint.get("/session")
def get_session() -> Response:
    """The name of the account, empty for a visitor, and the token that goes with what it sends."""
    name = account_name()
    return jsonify(account=name, token=generate_csrf() if name else "")
