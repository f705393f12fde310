"""What the forms of an account's tokens send."""

from datetime import UTC, datetime, timedelta

from flask import Blueprint, request, session
from werkzeug.wrappers import Response as AnyResponse

from dashboards.pages.account.tokens import LONGEST_DAYS, MAKE, NEW_TOKEN, REVOKE
from dashboards.server.current_user import person
from dashboards.server.forms import back
from transforms.identity.tokens import make_token, revoke_token

blueprint = Blueprint("token_forms", __name__)


@blueprint.post(MAKE)
def post_token() -> AnyResponse:
    """A new token, which the page shows once."""
    days = request.form.get("days", type=int)
    ends_at = datetime.now(UTC) + timedelta(days=min(days, LONGEST_DAYS)) if days else None
    scopes = request.form.get("scopes", "").split()
    session[NEW_TOKEN] = make_token(person(), request.form.get("name", ""), scopes, ends_at)
    return back("token_made")


@blueprint.post(REVOKE)
def post_revocation() -> AnyResponse:
    """Revoke the token of that number, if it is the reader's own; a redirect back to the page."""
    revoke_token(person(), request.form.get("token", 0, type=int))
    return back("token_revoked")
