"""Reviews by the API, with accounts of two areas: what a program can do is what a person can do on the page."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from plotly.utils import PlotlyJSONEncoder
from sqlalchemy import text
from werkzeug.test import TestResponse

from countries.country import Country, current
from dashboards.components.published_totals import published_totals
from dashboards.pages.area.page import body as area_body
from dashboards.pages.review.queries import review
from dashboards.pages.review.restatement import restatement
from dashboards.queries.area_profile import area_profile
from dashboards.server.current_user import reading
from dashboards.server.view import View
from sala.translation.translator import translator
from sql import warehouse
from tests.reference.world import Indicator, Scheme, World
from tests.transforms.review.test_review_states import MONTH, governed
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.accounts import add
from transforms.identity.person import SYSTEM, find
from transforms.identity.sign_in import change_password, sign_in
from transforms.identity.throttle import Place
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit

PARENTS: dict[str, str | None] = {"R": None, "R0": "R", "R00": "R0", "R1": "R", "R10": "R1"}
HERE = Place()
OLD, NEW = "a first word, to change", "another word of mine"
AT = f"/api/v1/reviews/R0/scheme_returns/{MONTH}"


@pytest.fixture
def client(empty_warehouse: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    world = World(PARENTS, (Scheme("a", 2),), (Indicator("i", ("a",)),))
    country = governed(world, [("chair",), ("chair", "secretary")], [True, False])
    monkeypatch.setenv("SALA_COUNTRY", str(country.folder))
    load_country(country)
    for name, role, area in (
        ("chair-0", "chair", "R0"),
        ("secretary-0", "secretary", "R0"),
        ("chair-1", "chair", "R1"),
    ):
        add(country, name, role, area, password=OLD)
        change_password(sign_in(name, OLD, country, HERE), OLD, NEW, country, HERE)
    _file(country, 10)
    from dashboards.app import server

    return server.test_client()


def _file(country: Country, n: int) -> None:
    raw = f"period,area_code,scheme,sex,age_group,beneficiaries\n{MONTH},R00,a,F,Y18T59,{n}\n{MONTH},R10,a,F,Y18T59,5\n"
    submit(raw.encode(), f"{n}.csv", by=SYSTEM, via="cli")
    receive_waiting(country)
    compile_and_publish(MONTH)


def _as(name: str) -> dict[str, str]:
    return {"Authorization": "Basic " + b64encode(f"{name}:{NEW}".encode()).decode()}


def _post(client: FlaskClient, name: str, act: str, **body: Any) -> TestResponse:
    return client.post(f"{AT}/{act}", json=body, headers=_as(name))


def test_signing_asking_and_moving_by_the_api(client: FlaskClient) -> None:
    seen = client.get(AT, headers=_as("chair-0")).get_json()["seen"]
    assert _post(client, "chair-0", "sign", seen=seen).get_json() == {"state": "signed"}
    again = _post(client, "chair-0", "sign", seen=seen)
    assert (again.status_code, again.get_json()["rule"]) == (409, "already_signed")
    assert _post(client, "secretary-0", "sign", seen=seen).get_json() == {"state": "endorsed"}
    signed = client.get("/api/v1/indicators?status=endorsed&area_code=R0&sex=_T", headers=_as("chair-0"))
    assert [row["numerator"] for row in signed.get_json()["indicators"]] == [10]
    _file(current(), 12)
    review = client.get(AT, headers=_as("chair-0")).get_json()
    assert review["state"] == "reopened"
    assert [act["act"] for act in review["timeline"]] == ["signed", "endorsed", "reopened"]
    assert review["timeline"][-1]["moved"] == [{"what": "a/F/beneficiaries", "before": 10, "after": 12}]
    still = client.get("/api/v1/indicators?status=endorsed&area_code=R0&sex=_T", headers=_as("chair-0"))
    assert [row["numerator"] for row in still.get_json()["indicators"]] == [10]
    remark = _post(client, "chair-0", "remarks", child="R00", cell="a/F", text="why two more?")
    assert remark.status_code == 201
    assert (
        _post(client, "chair-0", "return", children=["R00"], reason="").get_json()["rule"] == "reason_missing"
    )


def test_the_page_shows_published_totals_and_what_reopened_it(client: FlaskClient) -> None:
    seen = client.get(AT, headers=_as("chair-0")).get_json()["seen"]
    for name in ("chair-0", "secretary-0"):
        _post(client, name, "sign", seen=seen)
    _file(current(), 12)
    totals = "period,area_code,scheme,sex,beneficiaries,amount_paid\n"
    totals += f"{MONTH},R0,a,F,13,\n{MONTH},R00,a,_T,12,250.5\n"
    submit(totals.encode(), "published.csv", by=SYSTEM, via="cli", dataset="control_totals")
    receive_waiting(current())
    with warehouse.transaction() as connection:
        number = connection.execute(
            text("SELECT person_id FROM ledger.person WHERE name = 'chair-0'")
        ).scalar_one()
    chair = find(number, current())
    assert chair is not None
    with reading(chair):
        shown, t = review("R0", "scheme_returns", MONTH, False), translator("en")
        profile = area_profile("R0", MONTH)
        parts = [
            published_totals(shown.published, shown.reference, t),
            restatement(shown, View(), current(), t),
        ]
        own = area_body(profile, View(period=MONTH), current(), t, profile.period.ends_on)
    assert "13 published, 12 compiled; 1 apart" in json.dumps(own, cls=PlotlyJSONEncoder), (
        "on the area's page too"
    )
    said = json.dumps(parts, cls=PlotlyJSONEncoder)
    assert "13 published, 12 compiled; 1 apart" in said
    assert "12 published, and as many compiled" in said
    assert "250.50 published; nothing is compiled yet" in said
    assert "the figures of R00 changed: a newer file (" in said


def test_another_areas_committee_reads_and_does_nothing_here(client: FlaskClient) -> None:
    assert client.get(AT, headers=_as("chair-1")).status_code == 403
    seen = client.get(AT, headers=_as("chair-0")).get_json()["seen"]
    for act, body in (
        ("sign", {"seen": seen}),
        ("return", {"children": ["R00"], "reason": "x"}),
        ("remarks", {"child": "R00", "text": "x"}),
    ):
        assert _post(client, "chair-1", act, **body).status_code in (403, 404), act
        assert client.post(f"{AT}/{act}", json=body).status_code in (401, 403, 404), act
    own = client.get("/api/v1/reviews", headers=_as("chair-1")).get_json()["reviews"]
    assert {row["area_code"] for row in own} == {"R1", "R10"}
