"""The way to the provider of OpenID Connect and back, and out of it."""

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from countries.country import current
from dashboards.server import provider
from dashboards.server.forms import back
from dashboards.server.sessions import SIGN_IN, begin, first_stop, safe_next
from dashboards.server.trouble import refusal_of
from dashboards.server.view import request_view
from sala.errors import NotFound, Refusal
from sala.settings import settings
from transforms.identity.provider import account_of

TO_PROVIDER = f"{SIGN_IN}/provider"

blueprint = Blueprint("provider_forms", __name__)


@blueprint.get(TO_PROVIDER)
def get_provider() -> Response:
    """On to the provider's page. A country without accounts, or an installation without a provider, has none."""
    if not provider.offered() or not current().roles:
        raise NotFound("unknown_address", what=TO_PROVIDER)
    try:
        return provider.to_provider("provider_forms.get_return", safe_next(request.args.get("next")))
    except Refusal as refusal:
        return _refused(refusal)


@blueprint.get(f"{SIGN_IN}/returned")
def get_return() -> Response:
    """From the provider's page: signed in, or told why not. After signing out there, to the first page."""
    if not request.args.keys() & {"code", "error"}:
        return redirect("/", 303)
    try:
        claim = settings().oidc_claim
        claims, after = provider.claims_of_return(claim)
        person = begin(account_of(claims, claim, current()), provider=True)
    except Refusal as refusal:
        return _refused(refusal)
    return redirect(first_stop(person, after), 303)


def _refused(refusal: Refusal) -> Response:
    said = refusal_of(refusal)
    return back(said.key, said.blanks(request_view().language))
