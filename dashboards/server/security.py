"""What keeps browsers and strangers from doing harm: headers, sessions' cookies, tokens in forms."""

from urllib.parse import urlsplit

from dash import Dash
from flask import Flask, Response, request
from flask_talisman import Talisman
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from dashboards.server import problems
from dashboards.server.kept_text import can_be_kept
from sala.errors import Refusal
from sala.secret import key
from sala.settings import settings

PUBLIC_FILES = ("/_dash-component-suites/", "/assets/", "/fonts/", "/_favicon")
"""The same for everybody; browsers keep them."""

_FOR_A_YEAR = "public, max-age=31536000, immutable"  # another version has another address

csrf = CSRFProtect()


def install(server: Flask) -> None:
    """Put everything on the server but the content policy, which needs the page's own scripts."""
    https = settings().https
    if proxies := settings().proxies:
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    server.config.update(
        SECRET_KEY=key("dashboard sessions"),
        SESSION_COOKIE_NAME="__Host-sala" if https else "sala_session",
        SESSION_COOKIE_SECURE=https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=settings().session_hours * 3600,
        SESSION_REFRESH_EACH_REQUEST=False,  # it ends when the session does, however often it is used
        WTF_CSRF_TIME_LIMIT=None,  # a token is good for as long as its session
        WTF_CSRF_CHECK_DEFAULT=False,  # dashboards.server.sessions asks where a cookie says who it is
        WTF_CSRF_HEADERS=["X-CSRFToken"],
    )
    csrf.init_app(server)
    server.before_request(_refuse_what_cannot_be_kept)
    server.after_request(_keep_nothing)


def _refuse_what_cannot_be_kept() -> Response | None:
    """Neither addresses nor names nor passwords have such characters."""
    sent = [request.path, *request.args, *request.args.values(), *request.cookies.values()]
    if (given := request.authorization) is not None:
        sent += [given.username or "", given.password or "", given.token or ""]
    return None if can_be_kept(sent) else problems.refused(Refusal("text_not_kept"))


def _keep_nothing(response: Response) -> Response:
    """What is not the same for everybody is kept by no browser and no proxy, as a computer may have several users."""
    if not request.path.startswith(PUBLIC_FILES):
        response.headers["Cache-Control"] = "no-store"
    elif request.path.startswith(("/assets/", "/_favicon")) and request.args and response.status_code == 200:
        response.headers["Cache-Control"] = _FOR_A_YEAR
    return response


def _provider() -> list[str]:
    """Where signing out leads on to: a form's redirect is held to the policy as well."""
    issuer = urlsplit(settings().oidc_issuer or "")
    return [f"{issuer.scheme}://{issuer.netloc}"] if issuer.netloc else []


def install_headers(server: Flask, app: Dash) -> None:
    """Security headers; the content policy lets run what the server sends and Dash's own lines in the page."""
    https = bool(server.config["SESSION_COOKIE_SECURE"])
    policy = {
        "default-src": "'self'",
        "script-src": ["'self'", *app.csp_hashes()],
        "style-src": ["'self'", "'unsafe-inline'"],  # charts and grids lay themselves out by style attributes
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'", "data:"],  # the upload box reads a file by its data: address
        "worker-src": ["'self'", "blob:"],
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": ["'self'", *_provider()],
        "frame-ancestors": "'none'",
    }
    Talisman(
        server,
        content_security_policy=policy,
        force_https=https,
        strict_transport_security=https,
        session_cookie_secure=https,
        frame_options="DENY",
        referrer_policy="same-origin",
    )
