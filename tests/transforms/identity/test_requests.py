"""What a browser or a program may send, and what nobody keeps of the answers: no request ends in a fault of ours."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.transforms.identity.client import page, sign_in
from tests.transforms.identity.conftest import MONTH, Chain
from tests.transforms.identity.test_accounts import browser

UPLOAD = "/api/v1/submissions"


def officer() -> FlaskClient:
    client = browser()
    sign_in(client, "officer-p1")
    return client


def test_nobody_keeps_what_is_not_the_same_for_everybody(chain: Chain) -> None:
    for client in (browser(), officer()):
        for path in (
            "/",
            "/healthz",
            "/_dash-layout",
            UPLOAD,
            f"/download/areas/P1.csv?period={MONTH}",
            "/nowhere",
        ):
            with client.get(path) as answer:
                assert answer.headers["Cache-Control"] == "no-store", path
        assert page(client, "/area/P1").headers["Cache-Control"] == "no-store"
        for path in ("/assets/sala.css", "/fonts/noto-sans-khmer.ttf"):
            with client.get(path) as public:
                assert "no-store" not in public.headers.get("Cache-Control", "")
