"""From where a request signs in: its address, and whether the account has signed in by this browser before.

A cookie remembers the accounts of a browser, signed and without their names. It lets nobody in.
"""

from __future__ import annotations

import secrets

from flask import Response, after_this_request, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from transforms.identity.throttle import Place, key_of

_MOST_ACCOUNTS = 10  # of a computer that several share
_A_YEAR = 365 * 24 * 3600


def place_of(name: str) -> Place:
    """Where the current request tries to sign in as `name`."""
    device, accounts = _read()
    return Place(request.remote_addr or "", device if _short(name) in accounts else None)


def remember(name: str) -> None:
    """Note in the answer to this request that the account has signed in by this browser."""
    device, accounts = _read()
    kept = [_short(name), *(account for account in accounts if account != _short(name))][:_MOST_ACCOUNTS]

    @after_this_request
    def _set(response: Response) -> Response:
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie(
            _cookie(),
            _signer().dumps([device, kept]),
            max_age=_A_YEAR,
            secure=secure,
            httponly=True,
            samesite="Lax",
        )
        return response


def _read() -> tuple[str, list[str]]:
    """The device's own random name, and the accounts that it knows."""
    try:
        device, accounts = _signer().loads(request.cookies.get(_cookie(), ""))
    except BadSignature:
        return secrets.token_urlsafe(16), []
    return str(device), list(accounts)


def _cookie() -> str:
    return "__Host-sala_device" if current_app.config["SESSION_COOKIE_SECURE"] else "sala_device"


def _short(name: str) -> str:
    return key_of(name.strip().lower())[:9].hex()


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="the accounts of a browser")
