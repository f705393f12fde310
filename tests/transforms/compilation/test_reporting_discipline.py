"""Duties, absorption and the management index against plain Python; who may publish, read and acknowledge."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from flask.testing import FlaskClient
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.exc import DBAPIError

from countries.country import Country, CountryError, load
from dashboards.pages.notices.forms import Amount
from sala.errors import Conflict, Invalid, NotAllowed
from sala.runtime import embedded_postgres
from sql import warehouse
from tests.conftest import country_in_use, reset
from tests.transforms.identity.client import page, sign_in
from tests.transforms.identity.conftest import PASSWORD, WORDS, write
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.accounts import add
from transforms.identity.person import SYSTEM, Person, find, visitor
from transforms.intake.corrections.withdraw import withdraw
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit
from transforms.notices.acknowledgements import acknowledge, acknowledge_allocation
from transforms.notices.allocations import allocate
from transforms.notices.notices import Notice, publish

MONTH = "2026-09"
DUE = dt.date(2026, 10, 10)
GRACE, IN_GRACE = 5, 0.5
WEIGHTS = {"timeliness": 0.4, "completeness": 0.3, "corrections": 0.2, "grievances": 0.1}
COMMUNES = ("C11", "C12", "C21", "C22")
SCHEMES = ("first", "second")
PUBLISHER = {"layers": ["layer0", "layer1"], "sees": ["provisional", "endorsed", "released"]}
# (area, scheme) → days after the due day on which its return came, persons, paid. What is not here has not come.
CAME: dict[tuple[str, str], tuple[int, int, int]] = {
    ("C11", "first"): (-3, 40, 4_000),
    ("C11", "second"): (0, 0, 0),
    ("C12", "first"): (3, 20, 1_500),
    ("C12", "second"): (9, 30, 700),
    ("C21", "first"): (-1, 10, 900),
    ("C21", "second"): (-1, 5, 50),
}
CORRECTED, WITHDRAWN = ("C11", "first"), ("C21", "second")
ZERO_FIRST = ("C21", "first")  # nobody in time; its figures come today, long after the due day
GRIEVANCES = {"C11": (3, 1), "C12": (0, 2)}  # resolved, pending
GRANTED = {("P1", "first"): 10_000, ("C11", "first"): 4_500, ("C21", "first"): 600, ("C22", "second"): 800}


@pytest.fixture(scope="module")
def country(server: embedded_postgres.Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Country]:
    """A month in which everything happens: in time, in grace, late, nobody, corrected, withdrawn, never."""
    folder = tmp_path_factory.mktemp("discipline") / "country"
    write(folder)
    declared = yaml.safe_load((folder / "country.yaml").read_text())
    declared["calendar"] = {"grace_days": {"scheme_returns": GRACE}}
    declared["management_index"] = {"weights": WEIGHTS, "in_grace": IN_GRACE}
    declared["grievances"] = {"slow_days": 30, "categories": [{"id": "late", "names": WORDS}]}
    (folder / "country.yaml").write_text(yaml.safe_dump(declared))
    roles = yaml.safe_load((folder / "roles.yaml").read_text())
    roles.append({"id": "board", "names": WORDS, **PUBLISHER, "actions": ["read", "publish", "allocate"]})
    (folder / "roles.yaml").write_text(yaml.safe_dump(roles).replace("true", '"yes"'))
    made = load(folder)
    reset()
    with country_in_use(folder):
        load_country(made)
        accounts = {"board": ("board", "R"), "office": ("board", "P1"), "c11": ("officer", "C11"),
                    "c21": ("officer", "C21"), "p1": ("officer", "P1"), "reader": ("reader", "P1")}  # fmt: skip
        for name, (role, area) in accounts.items():
            add(made, name, role, area, password=PASSWORD, must_change=False)
        for (area, scheme), (days, persons, paid) in CAME.items():
            came = dt.datetime.combine(DUE, dt.time(12), dt.UTC) + dt.timedelta(days=days)
            if (area, scheme) in (CORRECTED, ZERO_FIRST):
                _send(made, area, scheme, persons - 1 if (area, scheme) == CORRECTED else 0, 1, came)
            receipt = _send(made, area, scheme, persons, paid, came)
            if (area, scheme) == WITHDRAWN:
                withdraw(SYSTEM, receipt, "of another month")
        header = "period,area_code,category,sex,received,resolved,escalated,pending,median_days"
        lines = [f"{MONTH},{a},late,F,{r + p},{r},0,{p},{r}" for a, (r, p) in GRIEVANCES.items()]
        submit("\n".join([header, *lines]).encode(), "g.csv", by=SYSTEM, via="api", dataset="grievances")
        grants = [f"{MONTH},{a},{s},{amount}" for (a, s), amount in GRANTED.items()]
        file = "\n".join(["period,area_code,scheme,amount", *grants]).encode()
        submit(file, "a.csv", by=SYSTEM, via="api", dataset="allocations")
        receive_waiting(made)
        compile_and_publish(MONTH)
        yield made


def _send(country: Country, area: str, scheme: str, persons: int, paid: int, came: dt.datetime) -> str:
    header = "period,area_code,scheme,sex,age_group,beneficiaries,amount_paid"
    raw = f"{header}\n{MONTH},{area},{scheme},F,Y_GE60,{persons},{paid}\n".encode()
    receipt = submit(raw, f"{area}-{scheme}.csv", by=SYSTEM, via="api", received_at=came)
    receive_waiting(country)
    return receipt.receipt


def seen(query: str, person: Person | None = None, **params: Any) -> list[dict[str, Any]]:
    """Rows as Sala itself sees them, or as a person does."""
    with warehouse.transaction() if person is None else warehouse.acting(person.person_id) as connection:
        frame: pd.DataFrame = warehouse.read(connection, query, **params)
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def who(name: str, country: Country) -> Person:
    number = seen("SELECT person_id FROM ledger.person WHERE name = :name", name=name)[0]["person_id"]
    entry = find(int(number), country)
    assert entry is not None
    return entry


def below(area: str) -> list[str]:
    return [c for c in COMMUNES if area == "R" or c.startswith(area.replace("P", "C"))]


def fate(area: str, scheme: str) -> str:
    """The state of a duty, plainly."""
    if (area, scheme) not in CAME:
        return "missing"
    if (area, scheme) == WITHDRAWN:
        return "empty"
    days = CAME[area, scheme][0]
    return "on_time" if days <= 0 else "in_grace" if days <= GRACE else "late"


def test_every_duty_has_one_fate(country: Country) -> None:
    rows = seen("SELECT * FROM mart.duty WHERE period = :month", month=MONTH)
    assert {(r["area_code"], r["scheme"]): r["state"] for r in rows} == {
        (area, scheme): fate(area, scheme) for area in COMMUNES for scheme in SCHEMES
    }
    assert {str(r["due_on"]) for r in rows} == {str(DUE)}
    content = {(r["area_code"], r["scheme"]): r["content"] for r in rows}
    assert (content["C11", "first"], content["C11", "second"]) == ("figures", "zero")
    assert pd.isna(content["C22", "first"])


def test_fates_add_up_at_every_area(country: Country) -> None:
    rows = seen("SELECT * FROM mart.discipline WHERE period = :month AND scheme = '_T'", month=MONTH)
    assert {r["area_code"] for r in rows} == {"R", "P1", "P2", *COMMUNES}
    for row in rows:
        fates = [fate(area, scheme) for area in below(row["area_code"]) for scheme in SCHEMES]
        counted = {name: fates.count(name) for name in ("on_time", "in_grace", "late", "empty")}
        counted["expected"] = len(fates)
        counted["missing"] = fates.count("missing") + fates.count("empty")
        counted["received"] = len(fates) - counted["missing"]
        assert {name: row[name] for name in counted} == counted, row["area_code"]


def test_the_index_is_the_weighted_mean_of_what_is_known(country: Country) -> None:
    rows = {r["area_code"]: r for r in seen("SELECT * FROM mart.management_index WHERE period = :m", m=MONTH)}
    for area in ("R", "P1", "P2", "C21", "C22", "C11"):
        fates = [fate(a, s) for a in below(area) for s in SCHEMES]
        reported = [f for f in fates if f in ("on_time", "in_grace", "late")]
        corrected = sum(of in below(area) for of, _ in (CORRECTED, ZERO_FIRST))
        zero_first = int(ZERO_FIRST[0] in below(area))
        assert rows[area]["zero_first"] == zero_first
        answered = [GRIEVANCES[a] for a in below(area) if a in GRIEVANCES]
        parts = {
            "timeliness": (fates.count("on_time") - zero_first + IN_GRACE * fates.count("in_grace"))
            / len(fates),
            "completeness": len(reported) / len(fates),
            "corrections": (len(reported) - corrected) / len(reported) if reported else None,
            "grievances": sum(r for r, _ in answered) / sum(r + p for r, p in answered) if answered else None,
        }
        computed = {name: value for name, value in parts.items() if value is not None}
        index = sum(WEIGHTS[n] * v for n, v in computed.items()) / sum(WEIGHTS[n] for n in computed)
        assert rows[area]["index"] == pytest.approx(index), area
        assert rows[area]["parts"] == list(computed)
        assert rows[area]["left_out"] == [name for name in parts if name not in computed]


def test_absorption_divides_sums_of_the_same_areas(country: Country) -> None:
    rows = {(r["area_code"], r["scheme"]): r for r in seen("SELECT * FROM mart.absorption")}
    paid = {key: value[2] for key, value in CAME.items() if key != WITHDRAWN}
    province = paid["C11", "first"] + paid["C12", "first"]
    nation = rows["R", "first"]  # P1's grant holds C11's; C21's stands beside it
    assert (nation["allocated"], nation["paid"]) == (10_600, province + paid["C21", "first"])
    assert nation["absorption"] == pytest.approx((province + paid["C21", "first"]) / 10_600)
    assert rows["C11", "first"]["absorption"] == pytest.approx(paid["C11", "first"] / 4_500)
    assert rows["C21", "first"]["absorption"] == pytest.approx(1.5)  # never capped
    silent = rows["C22", "second"]  # nothing came: that is no absorption of 0
    assert (pd.isna(silent["paid"]), pd.isna(silent["absorption"]), silent["completeness"]) == (True, True, 0)


def test_service_levels_tell_delays_from_the_agreed_day(country: Country) -> None:
    first = seen("SELECT * FROM mart.service_level WHERE scheme = 'first' AND period = :m", m=MONTH)[0]
    delays = sorted(days for (_, scheme), (days, _, _) in CAME.items() if scheme == "first")
    assert first["median_delay"] == delays[1]
    assert (first["expected"], first["received"], first["corrected"]) == (4, 3, 2)
    assert first["on_time_rate"] == 0.5


def _notice(area: str = "R", valid_from: dt.date = dt.date(2026, 1, 1), renews: int | None = None) -> Notice:
    words = {"en": "The benefit goes up"}
    return Notice("notice", area, words, words, valid_from, renews=renews)


def test_a_notice_goes_down_and_its_acknowledgements_come_up(country: Country) -> None:
    board, office, c11, c21 = (who(name, country) for name in ("board", "office", "c11", "c21"))
    with warehouse.acting(board.person_id) as connection:
        national = publish(connection, board, _notice(), country)
    with warehouse.acting(office.person_id) as connection:
        local = publish(connection, office, _notice("P1"), country)
        with pytest.raises(NotAllowed):
            publish(connection, office, _notice("P2"), country)
    mine = {r["notice_id"] for r in seen("SELECT notice_id FROM mart.notice", c21)}
    assert national in mine
    assert local not in mine

    with warehouse.acting(c11.person_id) as connection:
        assert acknowledge(connection, c11, local, "C11")
        assert not acknowledge(connection, c11, local, "C11")
        with pytest.raises(NotAllowed):
            acknowledge(connection, c11, local, "C12")
    p1 = who("p1", country)
    with warehouse.acting(p1.person_id) as connection, pytest.raises(NotAllowed, match="by its own people"):
        acknowledge(connection, p1, local, "C12")
    reach = (
        "SELECT area_code, recipients, acknowledged FROM mart.notice_reach WHERE notice_id = :n ORDER BY 1"
    )
    assert seen(reach, office, n=local) == [
        {"area_code": "C11", "recipients": 1, "acknowledged": 1},
        {"area_code": "C12", "recipients": 1, "acknowledged": 0},
        {"area_code": "P1", "recipients": 2, "acknowledged": 1},
    ]
    assert [r["area_code"] for r in seen(reach, c11, n=local)] == ["C11"]


def test_somebody_who_is_not_signed_in_reads_what_is_for_everybody(country: Country) -> None:
    board, nobody = who("board", country), visitor(country)
    with warehouse.acting(board.person_id) as connection:
        words = {"en": "Who is eligible"}
        parameters = Notice(
            "parameters", "R", words, words, dt.date(2026, 1, 1),
            scheme="first", benefit=Decimal(20), benefit_per="month", everybody=True,
        )  # fmt: skip
        open_ = publish(connection, board, parameters, country)
        inside = publish(connection, board, _notice(), country)
        with pytest.raises(Invalid, match="choose which"):
            publish(connection, board, replace(parameters, scheme=None), country)
    notices = seen("SELECT notice_id, benefit FROM mart.notice", nobody)
    assert {(r["notice_id"], float(r["benefit"])) for r in notices} == {(open_, 20.0)}
    assert inside not in {r["notice_id"] for r in notices}


def test_a_newer_version_replaces_from_its_day_and_belongs_to_its_publisher(country: Country) -> None:
    board, office = who("board", country), who("office", country)
    with warehouse.acting(board.person_id) as connection:
        first = publish(connection, board, _notice(), country)
    number = int(seen("SELECT number FROM core.notice WHERE notice_id = :n", n=first)[0]["number"])
    with warehouse.acting(board.person_id) as connection:
        publish(connection, board, _notice(renews=number, valid_from=dt.date(2999, 1, 1)), country)
    states = "SELECT state FROM mart.notice WHERE number = :n ORDER BY version"
    assert [r["state"] for r in seen(states, n=number)] == ["in_force", "coming"]
    with warehouse.acting(office.person_id) as connection, pytest.raises(Conflict, match="same publisher"):
        publish(connection, office, _notice("P1", renews=number), country)
    with pytest.raises(DBAPIError, match="only ever appended"), warehouse.transaction() as connection:
        connection.exec_driver_sql("UPDATE core.notice SET person = 'x'")


def test_money_is_granted_by_those_who_may_and_acknowledged_by_who_gets_it(country: Country) -> None:
    board, c21, p1 = who("board", country), who("c21", country), who("p1", country)
    with warehouse.acting(board.person_id) as connection:
        allocate(connection, board, "2026-08", "C21", "second", Decimal(1250), country)
    with warehouse.acting(p1.person_id) as connection, pytest.raises(NotAllowed):
        allocate(connection, p1, "2026-08", "C11", "second", Decimal(1), country)
    raw = b"period,area_code,scheme,amount\n2026-08,C11,second,5\n"
    with pytest.raises(NotAllowed, match="does not file this kind"):
        submit(raw, "own.csv", by=p1, via="api", dataset="allocations")
    submit(raw, "own.csv", by=p1, via="api")  # what it is shows when it is read
    receive_waiting(country)
    answers = seen("SELECT * FROM mart.allocation_answer WHERE period = '2026-08'", c21)
    assert [(r["area_code"], float(r["amount"]), r["acknowledged_at"]) for r in answers] == [
        ("C21", 1250.0, None)
    ]
    assert seen("SELECT 1 FROM mart.allocation WHERE period = '2026-08' AND area_code = 'C11'") == []
    with warehouse.acting(c21.person_id) as connection:
        assert acknowledge_allocation(connection, c21, int(answers[0]["allocation"]), "C21")
    again = seen("SELECT acknowledged_by FROM mart.allocation_answer WHERE period = '2026-08'", board)
    assert again == [{"acknowledged_by": "c21"}]
    acts = {r["action"] for r in seen("SELECT DISTINCT action FROM ledger.audit")}
    assert {"notice published", "allocation handed in", "allocation acknowledged"} <= acts


def test_whoever_sees_no_returns_is_not_told_that_they_are_missing(country: Country) -> None:
    assert seen("SELECT 1 FROM mart.duty WHERE period = :m", who("reader", country), m=MONTH) == []


@pytest.mark.parametrize(
    ("written", "amount"), [("1 250,000", 1_250_000), ("7.50", 7.5), ("-3", None), ("nan", None), ("", None)]
)
def test_amounts_as_people_write_them(written: str, amount: float | None) -> None:
    parse = TypeAdapter(Amount).validate_python
    if amount is None:
        with pytest.raises(ValidationError):
            parse(written)
    else:
        assert float(parse(written)) == amount


@pytest.mark.parametrize(
    ("section", "says"),
    [
        ({"calendar": {"grace_days": {"population": 3}}}, "`population` has no due day"),
        ({"calendar": {"reminders": {"after_days": 9, "escalate_days": 9}}}, "hears of it last"),
        ({"management_index": {"weights": {"timeliness": 0.4}, "least_parts": 1}}, "add up to 0.4"),
        ({"management_index": {"weights": {"speed": 1}, "least_parts": 1}}, "it can be"),
    ],
)
def test_faults_of_the_folder_are_named_with_their_line(
    tmp_path: Path, section: dict[str, Any], says: str
) -> None:
    write(tmp_path / "country")
    file = tmp_path / "country" / "country.yaml"
    declared = yaml.safe_load(file.read_text())
    declared.update(section)
    file.write_text(yaml.safe_dump(declared))
    with pytest.raises(CountryError, match=says) as fault:
        load(tmp_path / "country")
    assert "country.yaml:" in str(fault.value)


def test_on_the_pages_a_notice_goes_down_and_is_acknowledged(country: Country) -> None:
    """The office publishes by its form; the commune finds it under “For me” and acknowledges; the office sees that."""
    from dashboards.app import server as pages

    office, commune = pages.test_client(), pages.test_client()
    sign_in(office, "office", PASSWORD)
    sign_in(commune, "c11", PASSWORD)
    before = re.search(r"(\d+) things? waits? for you", page(commune, "/inbox").get_data(as_text=True))
    sent = office.post(
        "/notices/P1/publish",
        data={"kind": "guideline", "title_en": "Bring the lists", "text_en": "On Monday.",
              "valid_from": "2026-02-01", "csrf_token": page_token(office)},
    )  # fmt: skip
    assert sent.headers["Location"] == "/notices/P1?outcome=published"

    waiting = page(commune, "/inbox").get_data(as_text=True)
    after = re.search(r"(\d+) things? waits? for you", waiting)
    assert after is not None
    assert int(after[1]) == (int(before[1]) if before else 0) + 1
    assert "Bring the lists" in waiting
    number = seen("SELECT max(notice_id) AS n FROM core.notice")[0]["n"]
    acknowledged = commune.post(
        "/notices/C11/acknowledge", data={"notice": str(number), "csrf_token": page_token(commune)}
    )
    assert acknowledged.headers["Location"] == "/notices/C11?outcome=acknowledged"
    assert "Acknowledged by 1 of 2 areas" in page(office, "/notices/P1").get_data(as_text=True)
    reach = office.get(f"/download/notice/{number}/P1.csv").get_data(as_text=True)
    assert "Area C11,C11,1,1," in reach
    assert "Area C12,C12,0,1,–" in reach
    refused = commune.post(
        "/notices/C12/acknowledge", data={"notice": str(number), "csrf_token": page_token(commune)}
    )
    assert refused.headers["Location"].startswith("/notices/C12?outcome=not_allowed&about=")

    calendar = page(office, "/calendar/P1", f"?period={MONTH}").get_data(as_text=True)
    assert "Management index" in calendar
    file = office.get("/download/absorption/P1.csv").get_data(as_text=True)
    assert "Area P1,P1,September 2026,words,10000.0,5500.0,0.55,2,2,1.0" in file
    assert commune.get("/download/absorption/P1.csv").status_code == 403


def page_token(client: FlaskClient) -> str:
    match = re.search(r'name="csrf-token" content="([^"]+)"', client.get("/notices").get_data(as_text=True))
    assert match is not None
    return match[1]
