"""Every account at every door for every area: nothing that is not theirs comes out.

Doors come from the server itself (its addresses, the pages of the router, the callbacks), so that a new page is tried
by itself; one whose address has a blank that nobody told us how to fill fails. What is written is
tried in `filing/`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from flask_openapi import OpenAPI
from sqlalchemy import text
from werkzeug.routing import Rule

from dashboards.queries.selection import explored
from sala.errors import Invalid
from sql import warehouse
from tests.transforms.identity.client import callback, dependencies, page, sign_in
from tests.transforms.identity.conftest import (
    ACCOUNTS,
    APART,
    MONTH,
    PARENTS,
    PASSWORD,
    REPORTED,
    WEEK,
    Chain,
)

VISITOR = ""
WHO = (VISITOR, "officer-c11", "officer-p1", "reader-p1", "analyst-p2", "body-one", "admin-p1", "chair-r")
# For each account its own area, one above, one beside, one below.
WHERE = ("R", "P1", "P2", "C11")
TABLES = ("areas", "history", "reporting", "flash", "schemes", "index", "below", "service", "dwell")
STATIC = (
    "/_dash-component-suites/",
    "/assets/",
    "/_dash-layout",
    "/_dash-dependencies",
    "/_favicon",
    "/static/",
)
_FORBIDDEN = "You do not have access to this"


@pytest.fixture(scope="module")
def client_of(chain: Chain) -> dict[str, FlaskClient]:
    """A browser for each account, signed in."""
    from dashboards.app import server

    server.config["PROPAGATE_EXCEPTIONS"] = True  # a fault of ours fails the test with its own words
    clients = {}
    for name in WHO:
        clients[name] = server.test_client()
        if name:
            assert sign_in(clients[name], name).status_code == 303
            assert name in page(clients[name], "/").get_data(as_text=True)
    return clients


def blanks(chain: Chain, area: str) -> dict[str, list[str]]:
    """How each blank of an address is filled to ask for an area."""
    return {
        "code": [area, f"{area}.csv"],
        "area": [area],
        "area_code": [area],
        "receipt": [chain.receipts.get(area, chain.receipts["C21"])],
        "period": [MONTH, WEEK],
        "week": [WEEK],
        "table": list(TABLES),
        "mart": list(explored()),
        "dataset": ["scheme_returns", "flash_reports"],
        "administrator": ["one"],
        "language": ["en"],
        "format": ["html"],
        "kind": ["html"],
        "name": ["any"],
        "release": ["2026-10-r1"],
        "key": [f"{area}:_T"],
        "path": ["x"],
        "filename": ["x"],
        "item": ["1"],
        "item_id": ["1"],
        "notice": ["1"],
    }


def addresses(rule: Rule, chain: Chain, area: str) -> list[str]:
    """The rule's address for an area, each blank filled in each way."""
    filled = [str(rule.rule)]
    for blank in sorted(rule.arguments):
        ways = blanks(chain, area).get(blank)
        assert ways, f"say in `blanks` how <{blank}> of {rule.rule} is filled"
        filled = [re.sub(rf"<(?:[^<>:]+:)?{blank}>", way, made) for made in filled for way in ways]
    return filled


def everything(client: FlaskClient, chain: Chain, area: str) -> Iterator[tuple[str, str]]:
    """What every door answers when it is asked for an area: the door, and its words."""
    from dashboards.app import server
    from dashboards.server.registry import routes

    query = {"period": MONTH, "area": area, "area_code": area, "code": area}
    query["receipt"] = chain.receipts.get(area, "")
    search = f"?{urlencode(query)}"
    for rule in routes.iter_rules():
        for path in addresses(rule, chain, area):
            yield f"page {path}", page(client, path, search).get_data(as_text=True)
    for rule in server.url_map.iter_rules():
        if str(rule.rule).startswith(STATIC) or str(rule.rule) in ("/_dash-update-component", "/sign-out"):
            continue
        for path in addresses(rule, chain, area):
            for method in (rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}:
                answer = client.open(path, query_string=_query(server, rule, method, query), method=method)
                assert answer.status_code < 500, f"{method} {path}: {answer.status_code}"
                yield f"{method} {path}", legible(answer.get_data())
                answer.close()
    for path in ("/api/v1/indicators", "/api/v1/submissions"):
        yield f"GET {path}", legible(client.get(path).get_data())
    at = {
        "pathname": f"/area/{area}", "search": search, "code": area, "area": area, "area_code": area,
        "receipt": chain.receipts.get(area, chain.receipts["C21"]), "of": f"/download/areas/{area}.csv?period={MONTH}",
    }  # fmt: skip
    for declared in dependencies(client):
        answer = callback(client, declared, at)
        # Any other refusal is an answer; this one would say that nothing was asked at all.
        assert answer.status_code < 500, f"{declared['output']}: {answer.status_code}"
        assert answer.status_code != Invalid.status, f"{declared['output']}: {answer.get_data(as_text=True)}"
        yield f"callback {declared['output']}", answer.get_data(as_text=True)


def legible(raw: bytes) -> str:
    """The words of an answer; a workbook's are in its parts. (A sheet's PDF says what the same sheet says as HTML.)"""
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            raw = b" ".join(parts.read(name) for name in parts.namelist())
    return "" if raw.startswith(b"%PDF") else raw.decode("utf-8", "replace")


def numbers(words: str) -> set[int]:
    """Every whole number in an answer, however it is written."""
    joined = re.sub(r"(?<=\d)(?:[,.\u00a0\u202f ]|\\u202f|\\u00a0)(?=\d{3}(?!\d))", "", words)
    return {int(number) for number in re.findall(r"(?<![\d.])\d{4,9}(?![\d])", joined)}


def secrets(chain: Chain, areas: set[str]) -> set[int]:
    """Counts of areas, of their schemes, and of women and men in them."""
    counts = chain.secrets(areas)
    for area in areas & set(REPORTED):
        for persons in (REPORTED[area], REPORTED[area] + APART):
            counts |= {persons // 2, persons - persons // 2}
    return counts


def hidden_from(chain: Chain, name: str) -> tuple[set[int], set[int]]:
    """Counts that must not come out for an account, and those that may."""
    role, own, administrator = ACCOUNTS.get(name, ("public", "R", None))
    sees = set() if role in ("reader", "public") else chain.within(own)
    open_ = secrets(chain, sees)
    if administrator:
        below = {area: sum(1 for c in REPORTED if c in chain.within(area)) for area in PARENTS}
        second = {
            sum(REPORTED[c] for c in REPORTED if c in chain.within(a)) + below[a] * APART for a in PARENTS
        }
        open_ -= second | {n for c in REPORTED for n in ((REPORTED[c] + APART) // 2,)}
    return secrets(chain, set(PARENTS)) - open_, open_


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", WHO)
def test_nothing_comes_out_that_is_not_theirs(
    chain: Chain, client_of: dict[str, FlaskClient], name: str
) -> None:
    hidden, open_ = hidden_from(chain, name)
    shown: set[int] = set()
    for area in WHERE:
        for door, words in everything(client_of[name], chain, area):
            numbers_shown = numbers(words)
            assert not numbers_shown & hidden, (
                f"{name or 'a visitor'} at {door} learns {numbers_shown & hidden}"
            )
            shown |= numbers_shown
    assert bool(shown & open_) == bool(open_), "what is theirs does come out"


@pytest.mark.parametrize("area", PARENTS)
@pytest.mark.parametrize("name", [who for who in WHO if who])
def test_an_area_that_is_not_theirs_is_closed(
    chain: Chain, client_of: dict[str, FlaskClient], name: str, area: str
) -> None:
    theirs = area in chain.within(ACCOUNTS[name][1])
    client = client_of[name]
    content = page(client, f"/area/{area}").get_data(as_text=True)
    assert (_FORBIDDEN in content) != theirs
    assert client.get(f"/area/{area}").status_code == (200 if theirs else 403)
    assert client.get(f"/download/areas/{area}.csv").status_code == (200 if theirs else 403)
    assert client.get(f"/api/v1/indicators?area_code={area}").status_code == (200 if theirs else 403)


def test_an_area_that_is_not_there_is_not_there_for_anybody(client_of: dict[str, FlaskClient]) -> None:
    for client in client_of.values():
        assert client.get("/area/nowhere").status_code == 404
        assert client.get("/download/areas/nowhere.csv").status_code == 404


def test_who_answers_whom_is_not_mixed_up_by_what_is_kept(
    chain: Chain, client_of: dict[str, FlaskClient]
) -> None:
    """The same address asked in turn by those who may and those who may not."""
    for _ in range(2):
        assert str(REPORTED["C11"]) in _plain(client_of["officer-p1"], "/area/C11")
        assert _FORBIDDEN in _plain(client_of["analyst-p2"], "/area/C11")
        assert str(REPORTED["C11"]) not in _plain(client_of[VISITOR], "/area/C11")


def _plain(client: FlaskClient, path: str) -> str:
    return (
        page(client, path, f"?period={MONTH}").get_data(as_text=True).replace(",", "").replace("\\u202f", "")
    )


LEDGER = (
    "SELECT (SELECT count(*) FROM ledger.state_change), (SELECT count(*) FROM core.review),"
    " (SELECT count(*) FROM core.return WHERE known_to = 'infinity')"
)


def test_nobody_writes_for_an_area_that_is_not_theirs(chain: Chain) -> None:
    """Every call that changes something, by name and password, for a file and an area of the other province."""
    from dashboards.app import server

    with warehouse.transaction() as connection:
        before = connection.execute(text(LEDGER)).one()
    tried = 0
    body = {"reason": "because", "because": "because", "seen": "x", "comment": "x", "children": ["C11"]}
    for rule in server.url_map.iter_rules():
        if not str(rule.rule).startswith("/api/") or not rule.arguments & {
            "receipt",
            "area",
            "code",
            "area_code",
        }:
            continue
        for method in (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}:
            for path in addresses(rule, chain, "C11"):
                sent = {name: body[name] for name in _fields(server, rule, method) & set(body)}
                answer = server.test_client().open(
                    path, method=method, json=sent, auth=("officer-p2", PASSWORD)
                )
                assert answer.status_code in (400, 403, 404, 409, 422), (
                    f"{method} {path}: {answer.status_code}"
                )
                tried += 1
    assert tried >= 5
    with warehouse.transaction() as connection:
        assert connection.execute(text(LEDGER)).one() == before


def _described(server: OpenAPI, rule: Rule, method: str) -> dict[str, Any]:
    """A call of the API as its description has it; nothing for what is none."""
    path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(rule.rule))
    described: dict[str, Any] = server.api_doc["paths"].get(path, {}).get(method.lower(), {})
    return described


def _query(server: OpenAPI, rule: Rule, method: str, query: dict[str, str]) -> dict[str, str]:
    """What of it an address takes: the API refuses what it does not know."""
    described = _described(server, rule, method)
    if not described:
        return query
    declared = {part["name"] for part in described.get("parameters", ()) if part["in"] == "query"}
    return {name: value for name, value in query.items() if name in declared}


def _fields(server: OpenAPI, rule: Rule, method: str) -> set[str]:
    """The fields of a call's JSON body, as its description has them."""
    body = _described(server, rule, method).get("requestBody")
    if body is None:
        return set()
    model = body["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[1]
    return set(server.api_doc["components"]["schemas"][model]["properties"])


UPLOAD = "period,area_code,scheme,sex,age_group,beneficiaries\n2026-09,{area},first,F,Y_GE60,7\n"


@pytest.mark.parametrize(
    ("name", "area", "status", "outcome"),
    [
        (VISITOR, "C11", 401, None),
        ("officer-p1", "C11", 200, "accepted"),
        ("officer-p1", "C21", 200, "rejected"),
        ("officer-c11", "C12", 200, "rejected"),
        ("analyst-p2", "C21", 403, None),
        ("reader-p1", "C11", 403, None),
    ],
)
def test_uploads_by_name_and_password(
    chain: Chain, name: str, area: str, status: int, outcome: str | None
) -> None:
    from dashboards.app import server

    given: dict[str, Any] = {"auth": (name, PASSWORD)} if name else {}
    data = {"file": (_bytes(UPLOAD.format(area=area)), "x.csv"), "dry_run": "true"}
    answer = server.test_client().post("/api/v1/submissions", data=data, **given)
    assert answer.status_code == status, answer.get_json()
    body = answer.get_json()
    if outcome is None:
        assert answer.mimetype == "application/problem+json"
        assert "may not submit" in body["detail"]
    else:
        assert body["outcome"] == outcome
        rules = {problem["rule"] for problem in body["problems"]}
        assert ("out_of_scope" in rules) == (outcome == "rejected")


def _bytes(words: str) -> io.BytesIO:
    return io.BytesIO(words.encode())
