"""Scheme totals by the API: every measure of the contract, by population group as well, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from dashboards.api.scheme_totals import GroupTotal, SchemeTotal, SchemeTotals
from sql import warehouse
from tests.reference.world import GROUPS
from tests.transforms.identity.conftest import APART, MONTH, REPORTED, Chain
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.tokens import make_token
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit
from validators.contracts.contract import contract

GROUP = next(iter(GROUPS))
CORRECTED = f"""period,area_code,scheme,sex,age_group,beneficiaries,group,applied,refused,amount_paid
{MONTH},C11,first,F,Y_GE60,70,,90,20,350.5
{MONTH},C11,first,F,Y_GE60,30,{GROUP},,,
"""


@pytest.fixture(scope="module")
def corrected(chain: Chain) -> Chain:
    """C11 has corrected the return of the first scheme: with its take-up, what was paid, and a group."""
    officer = chain.people["officer-p1"]
    submit(CORRECTED.encode(), "corrected.csv", by=officer, via="api", again=True)
    for period in receive_waiting(chain.country):
        compile_and_publish(period)
    return chain


@pytest.fixture
def client(corrected: Chain) -> Iterator[FlaskClient]:
    from dashboards.app import server

    return server.test_client()


def totals(client: FlaskClient, chain: Chain, name: str, query: str) -> SchemeTotals:
    headers = {"Authorization": f"Bearer {make_token(chain.people[name], query, ['read'])}"}
    answer = client.get(f"/api/v1/scheme-totals?period={MONTH}&{query}", headers=headers)
    assert answer.status_code == 200, answer.get_data()
    return SchemeTotals.model_validate(answer.get_json())


def test_an_area_has_its_take_up_its_unit_and_its_groups(client: FlaskClient, corrected: Chain) -> None:
    answer = totals(client, corrected, "officer-p1", "area_code=C11&scheme=first")
    (line,) = (total.model_dump() for total in answer.totals)
    assert (line["beneficiaries"], line["applied"], line["refused"], line["amount_paid"]) == (
        70,
        90,
        20,
        350.5,
    )
    assert (line["waiting"], line["place_not_known"]) == (None, None)
    assert (line["scheme"], line["sex"], line["unit"], line["status"]) == (
        "first",
        "F",
        "persons",
        "provisional",
    )
    (group,) = (total.model_dump() for total in answer.groups)
    assert (group["population_group"], group["dimension"]) == (GROUP, GROUPS[GROUP])
    assert group["beneficiaries"] == 30


def test_an_area_above_adds_up_and_a_scheme_narrows(client: FlaskClient, corrected: Chain) -> None:
    both = totals(client, corrected, "officer-p1", "area_code=P1").totals
    persons = dict.fromkeys(("first", "second"), 0)
    for total in both:
        persons[total.scheme] += total.model_dump()["beneficiaries"]
    assert persons == {
        "first": 70 + REPORTED["C12"],
        "second": REPORTED["C11"] + REPORTED["C12"] + 2 * APART,
    }
    one = totals(client, corrected, "officer-p1", "area_code=P1&scheme=second").totals
    assert one == [total for total in both if total.scheme == "second"]


def test_each_reader_gets_what_is_theirs(client: FlaskClient, corrected: Chain) -> None:
    assert totals(client, corrected, "reader-p1", "area_code=P1").totals == []  # nothing is endorsed
    of_one = totals(client, corrected, "body-one", "area_code=R").totals
    assert {total.scheme for total in of_one} == {"first"}
    token = make_token(corrected.people["officer-p2"], "elsewhere", ["read"])
    headers = {"Authorization": f"Bearer {token}"}
    refused = client.get(f"/api/v1/scheme-totals?period={MONTH}&area_code=P1", headers=headers)
    assert refused.status_code == 403
    for query in ("area_code=P1", f"period={MONTH}", "period=soon&area_code=P1"):
        assert client.get(f"/api/v1/scheme-totals?{query}", headers=headers).status_code == 400


def test_the_models_have_the_measures_of_the_contract_and_the_columns_of_the_marts(chain: Chain) -> None:
    measures = {column.name for column in contract("scheme_returns").typed("count", "money")}
    for model, mart in ((SchemeTotal, "scheme_total"), (GroupTotal, "group_total")):
        assert measures <= set(model.model_fields)
        with warehouse.transaction() as connection:
            columns = warehouse.read(connection, f"SELECT * FROM mart.{mart} LIMIT 0").columns  # noqa: S608
        assert set(model.model_fields) == set(columns)
