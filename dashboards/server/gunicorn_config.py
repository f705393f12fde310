"""How gunicorn serves the dashboard.

    gunicorn --config python:dashboards.server.gunicorn_config dashboards.app:server

Great Expectations takes seconds to import. The parent process does it once, before there is anybody to wait for it,
and the workers share its memory. What a file is held against each worker reads for itself, right away.
"""

import logging
from threading import Thread
from typing import Any

from sqlalchemy.exc import DBAPIError

from countries.country import current
from sala.events import LOGGER
from sql import warehouse
from transforms.identity.database_logins import watch_sessions
from transforms.intake.read.isolated import start
from transforms.intake.reference_data import reference_data
from transforms.release.airflow_approval import watch_releases
from validators.rules.suite import warm

workers = 2
threads = 8
worker_class = "dashboards.server.gunicorn_worker.PatientWorker"
timeout = 120  # of a worker that hangs; what a slow request may take is the worker class's
graceful_timeout = 5
preload_app = True

_log = logging.getLogger(__name__)


def when_ready(server: Any) -> None:
    """The port is open and no worker has been forked: whoever comes now waits in the port's queue."""
    events = logging.getLogger(LOGGER)
    events.setLevel(logging.INFO)
    events.handlers = server.log.error_log.handlers  # on the same terminal as gunicorn's own
    start()  # the workers share it
    warm()


def post_worker_init(worker: Any) -> None:
    """Begin to read the reference data in a thread, while the worker already serves requests; watch in another."""
    Thread(target=_read_reference_data, daemon=True).start()
    Thread(target=watch_sessions, daemon=True).start()
    Thread(target=watch_releases, daemon=True).start()


def _read_reference_data() -> None:
    try:
        with warehouse.transaction() as connection:
            reference_data(connection, current())
    except (warehouse.NoWarehouse, DBAPIError) as why:
        _log.info("No warehouse to read yet; the first file will: %s", type(why).__name__)
