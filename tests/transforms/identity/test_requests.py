"""What a browser or a program may send, and what nobody keeps of the answers: no request ends in a fault of ours."""

from __future__ import annotations

import io

from flask.testing import FlaskClient

from dashboards.server.body_limits import SMALL_BYTES
from tests.transforms.identity.client import page, sign_in
from tests.transforms.identity.conftest import MONTH, PASSWORD, Chain
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


def test_only_who_hands_in_files_sends_more_than_a_form(chain: Chain) -> None:
    large = "x" * (SMALL_BYTES + 1)
    for client in (browser(), officer()):
        assert client.post("/sign-in", data={"name": large}).status_code == 413
    sheet = f"period,area_code,scheme,sex,age_group,beneficiaries\n{large}\n".encode()
    for name, status in (("", 413), ("reader-p1", 413), ("officer-p1", 200)):
        sent = {"file": (io.BytesIO(sheet), "large.csv"), "dry_run": "true"}
        given = {"auth": (name, PASSWORD)} if name else {}
        assert browser().post(UPLOAD, data=sent, **given).status_code == status, name
