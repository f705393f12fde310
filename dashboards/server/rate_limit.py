"""One limit for every address of the server: so many requests a minute from one sender.

A sender is a session, and where there is none an address of the network, whatever password or token comes with the
request. They are counted in the warehouse, for all server processes and machines together; without it nothing else
answers either.
"""

from __future__ import annotations

import hashlib
import time

from flask import Flask, Response, request
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dashboards.server import problems
from dashboards.server.device import place_of
from dashboards.server.security import PUBLIC_FILES
from dashboards.server.session_cookie import session_token
from sala.errors import TooMany
from sala.settings import settings
from sql import warehouse

_WINDOW_SECONDS = 60


def install(server: Flask) -> None:
    """Count each request before anything else is done for it."""
    server.before_request(_count)


def _count() -> Response | None:
    most = settings().requests_per_minute
    if not most or request.path.startswith(PUBLIC_FILES):
        return None
    try:
        with warehouse.acting(None) as connection:
            count, ends_at = connection.execute(
                text("SELECT count, ends_at FROM ledger.count_request(:key, :seconds)"),
                {"key": _sender(), "seconds": _WINDOW_SECONDS},
            ).one()
    except (warehouse.NoWarehouse, DBAPIError):
        return None
    if count <= most:
        return None
    answer = problems.refused(TooMany("too_many_requests"))
    answer.headers["Retry-After"] = str(max(1, round(ends_at.timestamp() - time.time())))
    return answer


def _sender() -> bytes:
    token = session_token()  # ours, as the cookie is signed
    return hashlib.sha256((token or place_of("").network).encode()).digest()
