"""What the forms of an account's tokens send."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

from flask import Blueprint, session
from pydantic import BaseModel
from werkzeug.wrappers import Response as AnyResponse

from dashboards.pages.account.tokens import LONGEST_DAYS, MAKE, NEW_TOKEN, REVOKE
from dashboards.server.current_user import person
from dashboards.server.forms import Number, RefusedAs, back, read
from transforms.identity.tokens import make_token, revoke_token

blueprint = Blueprint("token_forms", __name__)


class NewToken(BaseModel):
    """`scopes` with spaces between them; good for so many days, or until it is revoked."""

    name: str = ""
    scopes: str = ""
    days: Number | None = None


class Revocation(BaseModel):
    """The number of a token."""

    token: Annotated[Number, RefusedAs("no_token")]


@blueprint.post(MAKE)
def post_token() -> AnyResponse:
    """A new token, which the page shows once."""
    form = read(NewToken)
    ends_at = datetime.now(UTC) + timedelta(days=min(form.days, LONGEST_DAYS)) if form.days else None
    session[NEW_TOKEN] = make_token(person(), form.name, form.scopes.split(), ends_at)
    return back("token_made")


@blueprint.post(REVOKE)
def post_revocation() -> AnyResponse:
    """Revoke the token of that number, if it is the reader's own; a redirect back to the page."""
    revoke_token(person(), read(Revocation).token)
    return back("token_revoked")
