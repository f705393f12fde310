"""A database that takes connections and says nothing is a 503 within seconds, with a time to come again."""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from dashboards.app import server


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()  # the kernel accepts, and nobody ever answers
        url = f"postgresql+psycopg2://nobody:nothing@127.0.0.1:{listener.getsockname()[1]}/none"
        monkeypatch.setenv("SALA_DATABASE_URL", url)
        monkeypatch.setenv("SALA_APP_DATABASE_URL", url)
        yield


@pytest.mark.usefixtures("silent")
def test_an_upload_hears_that_it_was_not_taken_and_when_to_send_it_again() -> None:
    with server.test_client() as client:
        health = client.get("/healthz")
        sent = client.post(
            "/api/v1/submissions",
            data={"file": (io.BytesIO(b"period,area_code\n"), "october.csv")},
            auth=("somebody", "a password"),
        )
    assert (health.status_code, sent.status_code) == (503, 503)
    assert sent.headers["Retry-After"] == "30"
    assert "What you sent was not taken in" in sent.get_json()["detail"]
