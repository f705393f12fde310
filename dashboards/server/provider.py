"""Signing in by a provider of OpenID Connect: the way to it, and back with what it says of whoever signed in there.

The authorization code flow with state, nonce and PKCE (S256), by Authlib; what has to be the same on the way back
stands in the browser's signed cookie.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client import MismatchingStateError, OAuthError
from authlib.integrations.flask_client import FlaskIntegration, FlaskOAuth2App
from flask import request, session, url_for
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from sala.errors import NotSignedIn, Unavailable
from sala.settings import settings

_NEXT = "provider_next"
_PATIENCE = 10  # seconds
_LEEWAY = 60  # seconds by which the provider's clock may be off


def offered() -> bool:
    """Whether this installation has a provider."""
    return settings().oidc_issuer is not None


def to_provider(back: str, after: str) -> Response:
    """On to the provider's own page, from which a reader returns to the endpoint `back`, and then goes to `after`.

    Raises Unavailable.
    """
    with _understood():
        answer: Response = _client().authorize_redirect(url_for(back, _external=True))
    session[_NEXT] = after
    return answer


def claims_of_return(claim: str) -> tuple[Mapping[str, object], str]:
    """What the provider says of whoever returns by this request, `claim` among it where it says so at all; and where
    they were going.

    Raises NotSignedIn where it let nobody in, or the answer is not to a question of this browser's, and Unavailable.
    """
    after = str(session.pop(_NEXT, "/"))
    if request.args.get("error") == "access_denied":
        raise NotSignedIn("provider_denied")
    with _understood():
        client = _client()
        token = client.authorize_access_token(
            leeway=_LEEWAY, claims_options={"iss": {"essential": True, "value": settings().oidc_issuer}}
        )
        claims: dict[str, object] = dict(token.get("userinfo") or {})
        if not claims:
            raise NotSignedIn("provider_answer", why="no id_token")
        if claim not in claims and client.load_server_metadata().get("userinfo_endpoint"):
            more = dict(client.userinfo(token=token))
            if more.get("sub") != claims["sub"]:
                raise NotSignedIn("provider_answer", why="sub")
            claims = more | claims
    return claims, after


def out_of_provider(back: str) -> str | None:
    """The address at which a session with the provider ends; None where it has none. Raises Unavailable."""
    with _understood():
        client = _client()
        if not client.load_server_metadata().get("end_session_endpoint"):
            return None
        # a state would have to be looked at on the way back, where nothing is done any more
        url = client.create_logout_url(url_for(back, _external=True), client_id=client.client_id)["url"]
    return str(url)


def _client() -> FlaskOAuth2App:
    issuer, client, secret = settings().oidc_issuer, settings().oidc_client, settings().oidc_secret_file
    if issuer is None or client is None or secret is None:
        raise Unavailable("provider_settings")
    try:
        return _made(issuer, client, Path(secret).read_text(encoding="utf-8").strip())
    except OSError:
        raise Unavailable("provider_secret", path=secret) from None


@lru_cache(maxsize=1)
def _made(issuer: str, client: str, secret: str) -> FlaskOAuth2App:
    """One for all requests, so that what the provider says of itself is asked once."""
    return FlaskOAuth2App(
        FlaskIntegration("provider"),
        "provider",
        client_id=client,
        client_secret=secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile email",
            "code_challenge_method": "S256",
            "default_timeout": _PATIENCE,
        },
    )


@contextmanager
def _understood() -> Iterator[None]:
    """What goes wrong on the way, as a refusal that says what to do."""
    try:
        yield
    except MismatchingStateError:
        raise NotSignedIn("provider_state") from None
    except OAuthError as error:
        raise NotSignedIn("provider_answer", why=error.error) from error
    except (AuthlibBaseError, JoseError) as error:
        raise NotSignedIn("provider_answer", why=getattr(error, "error", type(error).__name__)) from error
    except (RequestException, ValueError) as error:
        raise Unavailable("provider_away", issuer=settings().oidc_issuer) from error
