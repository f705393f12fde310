"""The API keeps what its description promises, whoever calls and whatever they send."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from flask.testing import FlaskClient
from schemathesis.specs.openapi.schemas import OpenApiSchema

from countries.country import CAMBODIA, Country, load
from sala.runtime import embedded_postgres
from tests.conftest import country_in_use, reset
from tests.dashboards.api.promises import keeps_its_promises
from tests.transforms.identity.conftest import MONTH, SHEET, WEEK, cambodias_roles, returns, write
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity import accounts
from transforms.identity.tokens import make_token, offered
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit

EXAMPLES = 8  # of each call by each role, half of them against the description
VISITOR = "visitor"
AREAS = {"layer0": "R", "layer1": "P1", "layer2": "C11"}
SAMPLE_ROLES = [role for role in load(CAMBODIA).roles if role.visitors is None]


@pytest.fixture(scope="module")
def country(server: embedded_postgres.Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Country]:
    """A chain of three layers with Cambodia's roles, and an account, files, figures and warnings in it."""
    folder = tmp_path_factory.mktemp("country") / "country"
    write(folder, sample=True)
    (folder / "roles.yaml").write_text(cambodias_roles())
    country = load(folder)
    reset()
    with country_in_use(folder):
        load_country(country)
        for role in country.roles:
            if role.visitors is None:
                administrator = "one" if role.of_administrator else None
                accounts.add(
                    country,
                    _name(role.id),
                    role.id,
                    AREAS[role.layers[0]],
                    administrator=administrator,
                    must_change=False,
                )
        officer = accounts.account_named("officer", country)
        bad = f"{MONTH},C12,no_such_scheme,F,Y_GE60,-1\n"
        for name, file in (
            ("returns.csv", returns("C11", "first", 40) + bad),
            ("sheet.csv", f"{SHEET}\n{WEEK},C11,50,50,50,50,50\n"),
        ):
            submit(file.encode(), name, by=officer, via="api")
        for period in receive_waiting(country):
            compile_and_publish(period)
        yield country


def _name(role: str) -> str:
    return role.replace("_", "-")


@pytest.fixture(scope="module")
def tokens(country: Country) -> dict[str, str]:
    """Role → a token that may do all that the role may."""
    people = {role.id: accounts.account_named(_name(role.id), country) for role in SAMPLE_ROLES}
    return {role: make_token(person, "test", offered(person)) for role, person in people.items()}


@pytest.fixture(scope="module")
def description(country: Country) -> OpenApiSchema:
    from dashboards.app import server

    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", server)


@pytest.fixture
def client(country: Country) -> Iterator[FlaskClient]:
    from dashboards.app import server

    return server.test_client()


@pytest.mark.parametrize("role", [VISITOR, *(role.id for role in SAMPLE_ROLES)])
def test_every_answer_is_one_that_is_described(
    description: OpenApiSchema, tokens: dict[str, str], role: str
) -> None:
    headers = {"Accept-Encoding": "identity"}
    if role != VISITOR:
        headers["Authorization"] = f"Bearer {tokens[role]}"
    calls = [result.ok() for result in description.get_all_operations()]
    assert len(calls) > 15
    for call in calls:
        keeps_its_promises(call, EXAMPLES, headers)


def test_an_unknown_parameter_is_refused_by_its_name(description: OpenApiSchema, client: FlaskClient) -> None:
    for call in (result.ok() for result in description.get_all_operations()):
        path = call.path.replace("{receipt}", "X").replace("{dataset}", "population")
        answer = client.open(f"{path}?surprise=1", method=call.method.upper())
        assert answer.status_code == 400, call.label
        assert "surprise" in answer.get_json()["detail"]


def test_the_description_is_of_openapi_3_1_with_every_dataset(client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").get_json()
    assert described["openapi"] == "3.1.0"
    assert "beneficiaries" in described["components"]["schemas"]["scheme_returns"]["properties"]


DEEP = b"[" * 100_000
MULTIPART = "multipart/form-data"


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("GET", "/submissions/%00", {}, 400),
        ("GET", "/indicators?area_code=%00", {}, 400),
        ("GET", "/indicators?as_known_at=NaN", {}, 400),
        ("GET", "/submissions?before=0001-01-01T00:00:00%2B14:00", {}, 400),
        ("GET", "/submissions?before=9999-12-31T23:59:59-14:00", {}, 400),
        ("GET", "/indicators?as_known_at=2026-11-01T00:00:00%2B20:54", {}, 200),
        ("GET", "/templates/scheme_returns?area=KH&period=%0A", {}, 400),
        ("POST", "/submissions/X/confirmations", {"json": {"row": -1}}, 400),
        ("POST", "/submissions/X/confirmations", {"json": {"row": 2**31}}, 400),
        ("POST", "/submissions/X/confirmations", {"json": {"comment": "\x00"}}, 400),
        ("POST", "/submissions/X/confirmations", {"data": b"{", "content_type": "application/json"}, 400),
        ("POST", "/submissions/X/confirmations", {"data": DEEP, "content_type": "application/json"}, 400),
        ("POST", "/submissions/X/confirmations", {"data": {"comment": "x"}}, 415),
        ("POST", "/submissions", {"data": {"file": "no file"}, "content_type": MULTIPART}, 400),
        ("POST", "/submissions", {"data": {"file": "no file"}}, 415),
        ("POST", "/submissions", {"data": {"file": (io.BytesIO(b""), "empty.csv")}}, 400),
        ("POST", "/submissions", {"data": {"file": (io.BytesIO(b"x"), "\x00.csv")}}, 400),
        ("POST", "/submissions", {"data": {"dry_run": DEEP.decode()}, "content_type": MULTIPART}, 400),
        ("PUT", "/submissions", {}, 405),
        ("GET", "/nothing", {}, 404),
        ("GET", "/releases", {}, 200),
        ("GET", "/releases/2026-10-r1", {}, 404),
    ],
)
def test_what_is_no_request_is_a_problem(
    client: FlaskClient, method: str, path: str, sent: dict[str, Any], status: int
) -> None:
    answer = client.open(f"/api/v1{path}", method=method, **sent)
    assert answer.status_code == status, answer.get_data()
    if status >= 400:
        assert answer.mimetype == "application/problem+json"
        assert answer.get_json()["status"] == status


def test_a_refusal_is_read_in_the_language_of_its_reader(client: FlaskClient) -> None:
    path = "/api/v1/submissions/ABCD-EFGH-2345"
    french = client.get(path, headers={"Accept-Language": "fr"}).get_json()
    english = client.get(path, headers={"Accept-Language": "de"}).get_json()
    assert french["detail"] != english["detail"]
    assert french["rule"] == english["rule"] == "unknown_receipt"
    assert english["params"] == {"what": "ABCD-EFGH-2345"}
