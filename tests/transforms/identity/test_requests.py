"""What a browser or a program may send, and what nobody keeps of the answers: no request ends in a fault of ours."""

from __future__ import annotations

import io
import json
import re
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from dashboards.server.body_limits import CALLBACK_BYTES, SMALL_BYTES
from dashboards.server.sessions import SIGN_OUT
from tests.transforms.identity.client import form_token, page, sign_in, token
from tests.transforms.identity.conftest import MONTH, PASSWORD, WEEK, Chain
from tests.transforms.identity.test_accounts import browser

CALLBACKS = "/_dash-update-component"
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


def test_what_a_page_of_another_site_sends_is_not_done(chain: Chain) -> None:
    """A browser that knows a name and password of ours sends them with whatever form a stranger's page holds."""
    for site, status in (("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200)):
        sheet = {"file": (io.BytesIO(b"period,area_code\n"), "sheet.csv"), "dry_run": "true"}
        headers = {"Sec-Fetch-Site": site}
        answer = browser().post(UPLOAD, data=sheet, auth=("officer-p1", PASSWORD), headers=headers)
        assert answer.status_code == status, site
        assert browser().get(UPLOAD, headers=headers).status_code == 200  # a link leads here from anywhere


def test_only_who_hands_in_files_sends_more_than_a_form(chain: Chain) -> None:
    large = "x" * (SMALL_BYTES + 1)
    for client in (browser(), officer()):
        assert client.post("/sign-in", data={"name": large}).status_code == 413
    sheet = f"period,area_code,scheme,sex,age_group,beneficiaries\n{large}\n".encode()
    for name, status in (("", 413), ("reader-p1", 413), ("officer-p1", 200)):
        sent = {"file": (io.BytesIO(sheet), "large.csv"), "dry_run": "true"}
        given = {"auth": (name, PASSWORD)} if name else {}
        assert browser().post(UPLOAD, data=sent, **given).status_code == status, name


def test_what_is_too_large_is_refused_in_the_readers_language(chain: Chain) -> None:
    texts = set()
    for language in ("en", "fr", "km"):
        for path, data in (("/sign-in", {"name": "x" * SMALL_BYTES}), (UPLOAD, b"x" * (SMALL_BYTES + 1))):
            answer = browser().post(
                path, data=data, content_type="multipart/form-data", headers={"Accept-Language": language}
            )
            problem = answer.get_json()
            assert (answer.status_code, problem["status"], problem["rule"]) == (413, 413, "request_too_large")
            assert f"{SMALL_BYTES // 1024} k" in problem["detail"]
            texts.add(problem["detail"])
    assert len(texts) == 3


@pytest.mark.parametrize("depth", [2_000, 100_000])
def test_a_callback_nested_too_deeply_is_refused(chain: Chain, depth: int) -> None:
    client = officer()
    body = '{"output": ' + "[" * depth + "]" * depth + "}"
    answer = client.post(CALLBACKS, data=body, content_type="application/json", headers=token(client))
    assert 400 <= answer.status_code < 500


def test_a_callback_takes_a_form_and_no_file(chain: Chain) -> None:
    client = officer()
    for size, status in ((SMALL_BYTES, 422), (CALLBACK_BYTES, 413)):
        assert (
            client.post(CALLBACKS, json={"output": "x" * size}, headers=token(client)).status_code == status
        )


ODD = (
    "%00",
    "a%00b",
    "%ff",
    "%ed%a0%80",
    "NaT",
    "nan",
    "-1",
    "0",
    "9" * 400,
    "9999-99",
    "99999999-01",
    "%0a",
    "%0d%0aX:%20y",
)
NAMES = (
    "period", "lang", "level", "receipt", "outcome", "about", "next", "version", "state", "before", "area_code",
    "indicator", "scheme", "sex", "dataset", "limit", "after", "week", "area",
)  # fmt: skip


def test_no_address_ends_in_a_fault(chain: Chain) -> None:
    from dashboards.app import server

    client = officer()
    for rule in server.url_map.iter_rules():
        method = "GET" if "GET" in (rule.methods or ()) else "POST"
        for odd in ODD if rule.rule != SIGN_OUT else ():
            for path in (re.sub("<[^>]+>", odd, rule.rule), f"{_sensible(rule.rule)}?{_query(odd)}"):
                with client.open(path, method=method, headers=token(client)) as answer:
                    assert answer.status_code < 500 or answer.status_code == 501, path
                    assert "X" not in answer.headers


def test_no_page_ends_in_a_fault(chain: Chain) -> None:
    from dashboards.server.registry import routes

    client = officer()
    for rule in routes.iter_rules():
        for odd in ODD:
            blanks = re.sub("<[^>]+>", unquote(odd, errors="surrogateescape"), rule.rule)
            for path in {_sensible(rule.rule), blanks}:
                assert page(client, path, f"?{_query(odd)}").status_code < 500, (path, odd)


def _query(odd: str) -> str:
    return "&".join(f"{name}={odd}" for name in NAMES)


def _sensible(rule: str) -> str:
    """An address with something that there is in each blank."""
    blanks = {
        "code": "C11",
        "area": "C11",
        "week": WEEK,
        "dataset": "scheme_returns",
        "period": MONTH,
        "table": "areas",
    }
    return re.sub("<(?:[^:>]+:)?([^>]+)>", lambda blank: blanks.get(blank[1], "1"), rule)


@pytest.mark.parametrize("text", ["\0", "a\0b", "\ud800"])
def test_text_that_cannot_be_kept_is_refused_in_words(chain: Chain, text: str) -> None:
    client = officer()
    form = {"csrf_token": form_token(client, "/sign-in"), "name": text, "password": "x"}
    if text.isprintable() or "\0" in text:  # a form's text is UTF-8, which has no half of a pair
        assert client.post("/sign-in", data=form).location.startswith("/sign-in?outcome=text_not_kept")
    review = f"/api/v1/reviews/C11/scheme_returns/{MONTH}/remarks"
    answer = client.post(
        review, data=json.dumps({"text": text}), content_type="application/json", headers=token(client)
    )
    assert (answer.status_code, answer.get_json()["rule"]) == (400, "text_not_kept")
    if "\0" in text:
        assert browser().get(UPLOAD, auth=(text, "x")).status_code == 400


def test_a_files_name_has_no_line_of_its_own(chain: Chain) -> None:
    answer = officer().get(f"/download/areas/P1.csv?period={MONTH}&level=a%0d%0aX-Mine:%20y%22;b")
    assert "X-Mine" not in answer.headers
    assert answer.status_code < 500
