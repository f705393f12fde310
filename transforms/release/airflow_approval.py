"""Airflow carries releases out, and an Airflow login cannot release.

Each draft has a run of the DAG `release`, named after it, which waits for an approval that Sala's service account alone
may give. Sala gives it when the quorum has signed, and the run then publishes, which the warehouse refuses for anything
that is not approved. While Airflow is away nothing happens to a release: it waits as it is, and is handed over later.
"""

from __future__ import annotations

import json
import logging
import threading
import urllib.error
import urllib.request
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sala.errors import Unavailable
from sala.secret import AIRFLOW_SERVICE, airflow_service_password
from sala.settings import settings
from sql import warehouse

DAG, TASK = "release", "approval"
LOOK_EVERY_SECONDS = 10.0
_PATIENCE_SECONDS = 10
_ANSWERS = {"approved": "Approve", "discarded": "Reject"}
_DONE = (404, 409)  # not waiting yet, and looked at again; or handed over already

_OPEN = """
    SELECT r.code, r.state::text AS state FROM core.release r
    WHERE r.state IN ('draft', 'approved') OR r.state = 'discarded' AND EXISTS (
        SELECT FROM core.release_decision d WHERE d.release_id = r.release_id AND d.act = 'discarded'
          AND d.decided_at > clock_timestamp() - interval '10 minutes')
    ORDER BY r.release_id
"""
_log = logging.getLogger(__name__)
_wake = threading.Event()


def hand_over() -> None:
    """Give Airflow a run for every draft, and to each run whose draft is approved or dropped its answer.

    However often it is called, each happens once. Raises Unavailable where Airflow does not answer.
    """
    with warehouse.transaction() as connection:
        waiting = connection.execute(text(_OPEN)).all()
    if not waiting:
        return
    account = {"username": AIRFLOW_SERVICE, "password": airflow_service_password()}
    token = _call("POST", "/auth/token", account, "")["access_token"]
    for code, state in waiting:
        if state != "discarded":
            run = {"dag_run_id": code, "logical_date": None, "conf": {"release": code}}
            _call("POST", f"/api/v2/dags/{DAG}/dagRuns", run, token)
        if answer := _ANSWERS.get(state):
            at = f"/api/v2/dags/{DAG}/dagRuns/{code}/taskInstances/{TASK}/-1/hitlDetails"
            _call("PATCH", at, {"chosen_options": [answer], "params_input": {}}, token)


def hand_over_soon() -> None:
    """Have the watcher of this process look now, and not only when its time comes."""
    _wake.set()


def watch_releases() -> None:
    """Hand over again and again, for ever."""
    while True:
        _wake.wait(LOOK_EVERY_SECONDS)
        _wake.clear()
        try:
            hand_over()
        except (Unavailable, DBAPIError) as why:
            _log.info("releases wait for Airflow: %s", type(why).__name__)


def _call(method: str, path: str, body: dict[str, Any], token: str) -> dict[str, Any]:
    chosen = settings()
    url = (chosen.airflow_url or f"http://127.0.0.1:{chosen.airflow_port}") + path
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(url, json.dumps(body).encode(), headers, method=method)
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(request, timeout=_PATIENCE_SECONDS) as answer:
            answered: dict[str, Any] = json.load(answer)
            return answered
    except urllib.error.HTTPError as error:
        if error.code in _DONE:
            return {}
        raise Unavailable("airflow_refuses", status=error.code, url=url) from error
    except (OSError, ValueError) as error:
        raise Unavailable("airflow_silent", url=url) from error
