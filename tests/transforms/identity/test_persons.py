"""Who reads lists of persons counts and joins them; nobody finds out by a pseudonym who is in another's list."""

from __future__ import annotations

from typing import Any

import psycopg2
import pytest

from sql import warehouse
from tests.transforms.identity.conftest import MONTH, PASSWORD, Chain, logged_in
from transforms.identity.accounts import add
from transforms.intake.keys import newest
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit
from validators.persons import digest

LIST = "period,area_code,scheme,person_id,sex,birth_year\n"
SEEN = "SELECT area_code, scheme, pseudonym FROM mart.beneficiary ORDER BY area_code, scheme, row_number"
Rows = list[tuple[Any, ...]]


@pytest.fixture(scope="module")
def logins(chain: Chain) -> dict[str, str]:
    """Account → its database login. ID1 is in two lists of C11 and in one of C21, ID2 in one of C11."""
    for sender, rows in {
        "officer-p1": ("C11,first,ID1", "C11,first,ID2", "C11,second,ID1"),
        "officer-p2": ("C21,first,ID1",),
    }.items():
        born = 1950 if sender == "officer-p1" else 1949
        content = LIST + "".join(f"{MONTH},{row},F,{born}\n" for row in rows)
        submit(content.encode(), f"{sender}.csv", by=chain.people[sender], via="api")
    receive_waiting(chain.country)
    made = {}
    for role, area in (("analyst", "R"), ("analyst", "P1"), ("officer", "R"), ("officer", "P1")):
        name = f"persons-{role}-{area.lower()}"
        made[f"{role} {area}"] = (
            add(chain.country, name, role, area, password=PASSWORD, sql_login=True).login or ""
        )
    return made


def seen(login: str, query: str = SEEN) -> Rows:
    with logged_in(login, PASSWORD) as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def test_a_reader_counts_and_joins_within_the_own_area(logins: dict[str, str]) -> None:
    first, second, other_scheme, other_area = (row[2] for row in seen(logins["analyst R"]))
    assert first == other_scheme == other_area != second
    rows = seen(logins["analyst P1"])
    assert [row[:2] for row in rows] == [("C11", "first"), ("C11", "first"), ("C11", "second")]
    assert rows[0][2] == rows[2][2] != rows[1][2]
    both = "SELECT count(*) FROM mart.beneficiary a JOIN mart.beneficiary b USING (pseudonym) WHERE a.scheme < b.scheme"
    assert seen(logins["analyst P1"], both) == [(1,)]


def test_no_two_readers_have_a_key_in_common(logins: dict[str, str]) -> None:
    keys = [{row[2] for row in seen(logins[name])} for name in ("analyst R", "analyst P1")]
    assert all(map(all, keys))
    assert keys[0] & keys[1] == set()
    stored = {digest(person, newest("pseudonym").secret).hex() for person in ("ID1", "ID2")}
    assert (keys[0] | keys[1]) & stored == set()


def test_who_files_lists_has_no_key_of_anybody(chain: Chain, logins: dict[str, str]) -> None:
    assert seen(logins["officer P1"]) == [
        ("C11", "first", None),
        ("C11", "first", None),
        ("C11", "second", None),
    ]
    assert {row[2] for row in seen(logins["officer R"])} == {None}
    for narrowed in (None, "read"):  # a token that only reads is its account's all the same
        with warehouse.acting(chain.people["officer-p1"].person_id) as connection:
            if narrowed:
                connection.exec_driver_sql("SELECT set_config('sala.actions', %s, true)", (narrowed,))
            rows = connection.exec_driver_sql(SEEN).all()
            assert [row[2] for row in rows] == [None, None, None]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT person FROM core.beneficiary_line",
        "SELECT count(*) FROM core.beneficiary_line",
        "SELECT * FROM core.reader_secret",
        "SELECT * FROM core.filing_right",
    ],
)
def test_what_keys_are_made_of_is_read_by_nobody(logins: dict[str, str], query: str) -> None:
    for login in (logins["analyst R"], logins["officer P1"]):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            seen(login, query)


def test_conditions_of_a_query_do_not_meet_lines_of_others(logins: dict[str, str]) -> None:
    for relation in ("core.listed_person", "mart.beneficiary"):
        betraying = f"SELECT count(*) FROM {relation} WHERE 1 / (birth_year - 1949) > 0"  # noqa: S608
        with pytest.raises(psycopg2.errors.DivisionByZero):
            seen(logins["analyst R"], betraying)
        assert seen(logins["analyst P1"], betraying) == [(3,)]
