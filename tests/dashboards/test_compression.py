"""Answers are pressed by what the browser takes: bundles once, downloads while they are sent."""

import gzip
from collections.abc import Iterator

import brotli
import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from dashboards.server import compression

BUNDLE = "/_dash-component-suites/dash/deps/react.js"
TEXT = "area,value\n" * 1000


def lines(closed: list[str]) -> Iterator[str]:
    """The text, line by line; says when nobody reads on."""
    try:
        for line in TEXT.splitlines():
            yield line + "\n"
    finally:
        closed.append("closed")


@pytest.fixture
def served() -> list[str]:
    """What was asked of the server, in order."""
    return []


@pytest.fixture
def client(served: list[str]) -> FlaskClient:
    server = Flask("pressed")

    @server.get(BUNDLE)
    def bundle() -> Response:
        served.append(BUNDLE)
        return Response(f"{TEXT}{len(served)}", mimetype="application/javascript")

    @server.get("/figures")
    def figures() -> Response:
        served.append("/figures")
        return Response(f"{TEXT}{len(served)}", mimetype="application/json")

    @server.get("/figures.csv")
    def download() -> Response:
        return Response(lines(served), mimetype="text/csv")

    compression.install(server)
    return server.test_client()


def fetch(client: FlaskClient, path: str, accepted: str) -> tuple[str | None, str]:
    """How an answer is pressed, and what it says."""
    answer = client.get(path, headers={"Accept-Encoding": accepted})
    pressed = answer.headers.get("Content-Encoding")
    raw = answer.get_data()
    unpressed = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[pressed](raw)
    assert len(raw) < len(TEXT) / 10 or pressed is None
    return pressed, unpressed.decode()


@pytest.mark.parametrize(("accepted", "pressed"), [("gzip, br", "br"), ("gzip", "gzip"), ("", None)])
def test_a_download_is_pressed_as_it_is_sent(client: FlaskClient, accepted: str, pressed: str | None) -> None:
    assert fetch(client, "/figures.csv", accepted) == (pressed, TEXT)


def test_a_bundle_is_pressed_once_and_figures_are_always_new(client: FlaskClient) -> None:
    first, again = (fetch(client, BUNDLE, "br")[1] for _ in range(2))
    assert first == again == f"{TEXT}1"
    assert fetch(client, "/figures", "br") == ("br", f"{TEXT}3")
    assert fetch(client, "/figures", "br") == ("br", f"{TEXT}4")


def test_what_is_read_while_it_is_sent_is_closed_when_nobody_reads_on(
    client: FlaskClient, served: list[str]
) -> None:
    answer = client.get("/figures.csv", headers={"Accept-Encoding": "br"}, buffered=False)
    first = next(iter(answer.response))
    assert brotli.Decompressor().process(first) == b"area,value\n", "the first line waits for others"
    answer.close()
    assert served == ["closed"]
