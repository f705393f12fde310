"""Waking the watcher of the ledger (dags/triggers.py) when something has come in.

Anybody with a database login may LISTEN and NOTIFY on a channel whose name they know, and fill the server's queue of
notifications, after which a transaction that notifies fails. So the channel's name is a secret of the installation,
nothing is told but that there is something, and it is told when that is safely in: who was not woken looks by itself.
"""

from __future__ import annotations

import logging

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sala.secret import key
from sql import warehouse

_log = logging.getLogger(__name__)


def channel() -> str:
    """The channel's name, a word of Postgres."""
    return f"sala_{key('channel of what came in').hex()[:32]}"


def announce() -> None:
    """Wake the watcher, after the transaction that gave it work."""
    try:
        with warehouse.transaction() as connection:
            connection.execute(text(f"NOTIFY {channel()}"))
    except (warehouse.NoWarehouse, DBAPIError) as why:
        _log.warning("the watcher was not woken, and will look by itself: %s", why)
