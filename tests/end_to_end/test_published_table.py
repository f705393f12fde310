"""A real published table, through every door and the whole of Sala, to the official totals.

One `sala run` of a country with other layers and codes than Cambodia's: real Postgres, real Airflow, real HTTP.
"""

from __future__ import annotations

import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import text

from countries.country import load
from sala.runtime import embedded_postgres
from sala.runtime.airflow_environment import USER, airflow_password
from sala.settings import settings
from sql import deploy, warehouse
from tests.chaos.house import House
from tests.us import oasdi
from transforms.country.load_country import load_country
from transforms.coverage.progress import wait_until_published
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.audit import verify
from transforms.identity.person import SYSTEM
from transforms.intake.submit import submit
from transforms.release.acts import answer, approve
from transforms.release.draft import draft

pytestmark = pytest.mark.xdist_group("airflow")

FIGURES = """
    SELECT area_code, period, scheme, sum(beneficiaries) AS persons
    FROM mart.scheme_total WHERE area_level = 'nation' GROUP BY area_code, period, scheme
"""
STANDING = """
    SELECT count(*) FROM core.return JOIN core.period USING (period_id) WHERE key = '2013' AND known_to = 'infinity'
"""
KILLED = ("task", "gunicorn worker", "backend", "scheduler", "inbox", "postmaster", "gunicorn master")


def csv_of(year: str, more: int = 0) -> bytes:
    """The published table of a year, with so many persons more in its first line."""
    returns = oasdi.returns()
    of_year = returns[returns["period"] == year].copy()
    of_year.iloc[0, of_year.columns.get_loc("beneficiaries")] += more
    return of_year.to_csv(index=False).encode()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A running Sala, into whose ledger the year 2013 came while Airflow was down."""
    patch = pytest.MonkeyPatch()
    patch.setenv("SALA_HOME", str(tmp_path_factory.mktemp("house")))
    patch.setenv("SALA_COUNTRY", str(oasdi.COUNTRY))
    patch.delenv("SALA_DATABASE_URL", raising=False)
    embedded_postgres.start()
    deploy.migrate()
    load_country(load(oasdi.COUNTRY))
    assert not submit(csv_of("2013"), "2013.csv", by=SYSTEM, via="cli").known

    running = House()
    try:
        yield running
    finally:
        running.stop()
        embedded_postgres.erase()
        patch.undo()


def post(house: House, filename: str, content: bytes) -> dict[str, Any]:
    boundary = "a-line-between-parts"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{filename}"\r\n\r\n'
    request = urllib.request.Request(
        f"{house.address}/api/v1/submissions",
        head.encode() + content + f"\r\n--{boundary}--\r\n".encode(),
        {"Content-Type": f"multipart/form-data; boundary={boundary}"},
    )
    with urllib.request.urlopen(request, timeout=120) as answer:
        return json.load(answer)


def national() -> dict[tuple[str, str], int]:
    with warehouse.transaction() as connection:
        rows = warehouse.read(connection, FIGURES)
    return {(row.period, row.scheme): int(row.persons) for row in rows.itertuples()}


def test_every_door_leads_to_the_official_totals(house: House) -> None:
    official = oasdi.official().drop("_T", level="scheme").to_dict()
    assert national() == {key: n for key, n in official.items() if key[0] == "2013"}, (
        "worked off after it was up"
    )

    faulty = b"period,area_code,scheme,sex,age_group,beneficiaries\n2014,ZZ,retired_workers,U,_T,5\n"
    bad = post(house, "unknown-area.csv", faulty)
    odd = post(house, "a-picture.csv", b"\x89PNG\r\n\x1a\n\x00\x00 not a table")
    first = post(house, "2014.csv", csv_of("2014"))
    again = post(house, "the-same-under-another-name.csv", csv_of("2014"))
    assert (first["known"], again["known"]) == (False, True)
    assert first["receipt"] == again["receipt"]
    inbox = settings().home / "inbox" / "clerk"
    inbox.mkdir(parents=True)
    (inbox / "header-only.csv").write_bytes(b"period,area_code,scheme,sex,age_group,beneficiaries\n")

    deadline = time.monotonic() + 300
    while len(list(inbox.glob(".taken/*"))) == 0 and time.monotonic() < deadline:
        time.sleep(0.5)
    wait_until_published(print, 400)

    assert national() == official
    with warehouse.transaction() as connection:
        states = warehouse.read(connection, "SELECT receipt, state, submitted_by FROM mart.submission")
        problem = warehouse.read(
            connection, "SELECT * FROM mart.problem WHERE receipt = :receipt", receipt=bad["receipt"]
        )
    state = states.set_index("receipt")["state"].to_dict()
    assert (state[bad["receipt"]], state[odd["receipt"]]) == ("rejected", "unreadable")
    assert "clerk" in set(states["submitted_by"])
    assert problem[["row_number", "column_name", "value"]].to_numpy().tolist() == [[2, "area_code", "ZZ"]]


def test_compiling_without_airflow_gives_the_same_to_the_last_digit(house: House) -> None:
    everything = "SELECT * FROM mart.indicator_history ORDER BY indicator, area_code, period, sex, known_from"
    with warehouse.transaction() as connection:
        before = warehouse.read(connection, everything)
    for year in ("2013", "2014"):
        compile_and_publish(year)
    with warehouse.transaction() as connection:
        after = warehouse.read(connection, everything)
    assert before["period"].nunique() == 2
    assert before.equals(after)


def test_a_release_waits_for_the_board_and_no_airflow_login_lets_it_go(house: House) -> None:
    name = draft(load(oasdi.COUNTRY), "2013", SYSTEM, "The table of the year.")
    with warehouse.transaction() as connection:
        seen, checks = connection.execute(text("SELECT content_hash, open_checks FROM mart.release")).one()
        for check in checks:
            answer(connection, name, check, "as in the published table", SYSTEM)
    url, token = airflow(house)
    approval = f"{url}/dags/release/dagRuns/{name}/taskInstances/approval/-1/hitlDetails"
    status = _until(
        lambda: ask("PATCH", approval, {"chosen_options": ["Approve"], "params_input": {}}, token)[0], 403
    )
    assert status == 403
    assert _state(name) == "draft"
    with warehouse.transaction() as connection:
        assert approve(connection, name, seen, SYSTEM) == "approved"
    assert _until(lambda: _state(name), "released") == "released"


def test_a_backfill_says_what_it_would_touch_and_then_compiles_anew(house: House) -> None:
    url, token = airflow(house)
    runs = f"{url}/dags/backfill/dagRuns"
    published = "SELECT published_at FROM core.period WHERE key = '2013'"
    with warehouse.transaction() as connection:
        before = connection.execute(text(published)).scalar_one()
        returns = connection.execute(text(STANDING)).scalar_one()

    def run(**params: object) -> str:
        conf = {"first": "2013", "last": "2013"} | params
        began = ask("POST", runs, {"logical_date": None, "conf": conf}, token)[1]["dag_run_id"]
        assert _until(lambda: ask("GET", f"{runs}/{began}", None, token)[1]["state"], "success") == "success"
        return str(began)

    looked = ask("GET", f"{runs}/{run()}/taskInstances/look/xcomEntries/return_value", None, token)[1][
        "value"
    ]
    assert f"2013: {returns} returns" in str(looked)
    with warehouse.transaction() as connection:
        assert connection.execute(text(published)).scalar_one() == before
    run(preview=False)
    with warehouse.transaction() as connection:
        assert _until(lambda: connection.execute(text(published)).scalar_one() > before, True)


def airflow(house: House) -> tuple[str, str]:
    """The address of Airflow's API, and a token of its only login."""
    (url,) = set(re.findall(r"Airflow +(http://[\d.:]+)", house._said()))
    login = {"username": USER, "password": airflow_password()}
    return f"{url}/api/v2", ask("POST", f"{url}/auth/token", login)[1]["access_token"]


def _state(name: str) -> str:
    with warehouse.transaction() as connection:
        return str(
            connection.execute(
                text("SELECT state FROM mart.release WHERE release = :n"), {"n": name}
            ).scalar()
        )


def _until(look: Callable[[], Any], wanted: Any) -> Any:
    """What is found once it is what is wanted, or after four minutes."""
    ends = time.monotonic() + 240
    while (found := look()) != wanted and time.monotonic() < ends:
        time.sleep(0.5)
    return found


def ask(method: str, url: str, body: Any, token: str = "") -> tuple[int, Any]:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    sent = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, sent, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=120) as answered:
            return answered.status, json.load(answered)
    except urllib.error.HTTPError as error:
        return error.code, None


def test_what_is_killed_at_work_loses_nothing_that_was_acknowledged(house: House) -> None:
    """`make chaos`, in short: a correction, and a process killed while it is on its way; again and again."""
    receipts = set()
    for more, kind in enumerate(KILLED, 1):
        receipts.add(_insisting(house, more))
        ends = time.monotonic() + 120
        while not house.kill(kind):
            assert time.monotonic() < ends, f"there was no {kind} to kill"
            time.sleep(0.02)
    wait_until_published(print, 400)

    expected = oasdi.official().drop("_T", level="scheme").to_dict()
    first = oasdi.returns().query("period == '2014'").iloc[0]["scheme"]
    assert national() == expected | {("2014", first): expected["2014", first] + len(KILLED)}
    with warehouse.transaction() as connection:
        ledger = warehouse.read(connection, "SELECT receipt, state FROM mart.submission")
        assert verify(connection).broken is None
    states = ledger[ledger["receipt"].isin(receipts)]
    assert len(states) == len(receipts) == len(KILLED)
    assert set(states["state"]) == {"loaded"}


def _insisting(house: House, more: int) -> str:
    """Hand in a correction until there is a receipt."""
    ends = time.monotonic() + 240
    while True:
        try:
            return str(post(house, f"{more}.csv", csv_of("2014", more))["receipt"])
        except OSError:
            assert time.monotonic() < ends, "no receipt within four minutes"
            time.sleep(0.3)
