"""A return is about a scheme, an indicator or an administrator; who belongs to an administrator sees by that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import psycopg2
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import IntegrityError

from sql import warehouse
from tests.transforms.identity.conftest import PASSWORD, SHEET, WEEK, Chain
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.accounts import add
from transforms.identity.person import SYSTEM
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit

SHEETS = f"{SHEET},administrator\n" + "".join(
    f"{WEEK},R,40,40,40,40,40,{body}\n" for body in ("", "one", "two")
)
ITEMS = "week,area_code,kind,text,administrator\n" + "".join(
    f"{WEEK},R,risk,of {body or 'the area'},{body}\n" for body in ("", "one", "two")
)
TARGETS = "indicator,area_code,sex,year,kind,value\nolder,R,_T,2030,target,0.7\n"

Rows = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def filed(chain: Chain) -> Chain:
    for name, content in (("sheets", SHEETS), ("items", ITEMS), ("targets", TARGETS)):
        submit(content.encode(), f"{name}.csv", by=SYSTEM, via="api")
    for period in receive_waiting(chain.country):
        compile_and_publish(period)
    return chain


@pytest.fixture(scope="module")
def login(filed: Chain) -> Iterator[str]:
    made = add(filed.country, "body-sql", "body", "R", password=PASSWORD, administrator="one", sql_login=True)
    assert made.login is not None
    yield made.login
    with warehouse.transaction() as connection:
        connection.exec_driver_sql(f'DROP ROLE "{made.login}"')


@pytest.fixture(params=["page", "login"])
def rows(request: pytest.FixtureRequest, filed: Chain) -> Iterator[Rows]:
    """Asks as the administrator's account: as pages do, and with its own SQL."""
    if request.param == "page":
        with warehouse.acting(filed.people["body-one"].person_id) as connection:
            yield lambda query: [tuple(row) for row in connection.execute(text(query))]
        return
    url = make_url(warehouse.database_url())
    user = request.getfixturevalue("login")
    with (
        closing(
            psycopg2.connect(host=url.host, port=url.port, dbname=url.database, user=user, password=PASSWORD)
        ) as connection,
        connection.cursor() as cursor,
    ):

        def ask(query: str) -> list[tuple[Any, ...]]:
            cursor.execute(query)
            return cursor.fetchall()

        yield ask


EVERYTHING = {
    "SELECT DISTINCT scheme FROM mart.scheme_return": {("first",), ("second",)},
    "SELECT DISTINCT indicator FROM mart.target": {("older",)},
    "SELECT DISTINCT indicator FROM mart.return WHERE dataset = 'targets'": {("older",)},
    "SELECT DISTINCT value FROM core.target_line": {(0.7,)},
    "SELECT DISTINCT administrator FROM mart.flash_administrator": {("one",), ("two",)},
    "SELECT DISTINCT administrator FROM mart.flash_item WHERE area_code = 'R'": {(None,), ("one",), ("two",)},
    "SELECT DISTINCT administrator FROM mart.item WHERE area_code = 'R'": {(None,), ("one",), ("two",)},
}
OF_ONE = {("first",), (None,), ("one",)}


def test_the_nation_s_chair_sees_returns_of_every_subject(filed: Chain) -> None:
    with warehouse.acting(filed.people["chair-r"].person_id) as connection:
        for query, expected in EVERYTHING.items():
            assert {tuple(row) for row in connection.execute(text(query))} == expected, query


def test_an_administrator_sees_its_schemes_and_sheets_and_no_targets(rows: Rows) -> None:
    with warehouse.transaction() as connection:  # the numbers that a policy must not confuse are the same
        same = "SELECT (SELECT scheme_id FROM core.scheme WHERE code = 'first') = min(indicator_id) FROM core.indicator"
        assert connection.execute(text(same)).scalar_one()
    for query, everything in EVERYTHING.items():
        assert set(rows(query)) == everything & OF_ONE, query


@pytest.mark.parametrize(
    ("dataset", "subject"),
    [
        ("scheme_returns", (0, 0, 0)),  # about nothing
        ("scheme_returns", (1, 1, 0)),  # about two things
        ("targets", (1, 0, 0)),
        ("targets", (0, 999, 0)),  # about what is not there
        ("scheme_returns", (999, 0, 0)),
        ("flash_reports", (0, 0, 999)),
        ("population", (0, 0, 1)),
    ],
)
def test_a_return_is_about_what_its_dataset_says_and_what_there_is(
    filed: Chain, dataset: str, subject: tuple[int, int, int]
) -> None:
    scheme, indicator, administrator = subject
    statement = text(
        "INSERT INTO core.return (return_id, dataset, period_id, area_id, scheme_id, indicator_id, administrator_id,"
        " submission_id, received_at, known_from, partial, zero) VALUES (2000000000, :dataset, 2020112, 1, :scheme,"
        " :indicator, :administrator, 1, now(), now(), false, false)"
    )
    values = {"dataset": dataset, "scheme": scheme, "indicator": indicator, "administrator": administrator}
    with pytest.raises(IntegrityError), warehouse.transaction() as connection:
        connection.execute(statement, values)
