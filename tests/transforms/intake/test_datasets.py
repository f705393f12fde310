"""The other datasets load, are replaced by newer returns, and read back; who is in a register stays unknown."""

from __future__ import annotations

import gzip
import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import text

from countries.declarations.conventions import Retention
from sala.errors import Gone
from sala.settings import settings
from sql import warehouse
from tests.transforms.intake.conftest import NOW, files_that_hold, read, returns
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.person import SYSTEM
from transforms.intake import inbox, raw_store
from transforms.intake.corrections.confirm import confirm
from transforms.intake.corrections.withdraw import withdraw
from transforms.intake.keys import newest, of_version
from transforms.intake.receive import receive_waiting
from transforms.intake.retention import end_raw_files
from transforms.intake.submit import submit
from validators.persons import digest

LIST = "period,area_code,scheme,person_id,sex,birth_year\n2026-10,RA1,cash,{a},F,1950\n2026-10,RA1,cash,{b},M,1948\n"


def test_targets_are_kept_by_indicator_and_year(country, send) -> None:
    header = "indicator,area_code,sex,year,kind,value,responsible\n"
    send((header + "any,R,_T,2030,target,0.6,The board\nany,R,F,2030,target,0.65,The board\n").encode())
    send((header + "any,R,_T,2028,milestone,0.5,\n").encode())
    fewer = send((header + "any,R,_T,2030,target,0.7,The board\n").encode())
    confirm(SYSTEM, fewer)
    receive_waiting(country)
    rows = read("SELECT year, sex, kind, value FROM mart.target ORDER BY year")
    assert rows.values.tolist() == [[2028, "_T", "milestone", 0.5], [2030, "_T", "target", 0.7]]


def test_allocations_are_kept_by_scheme(send) -> None:
    header = "period,area_code,scheme,amount\n"
    send((header + "2026-10,RA,cash,1500.50\n2026-10,RA,fund,7\n").encode())
    send((header + "2026-10,RA,cash,2000\n").encode())
    rows = read("SELECT scheme, amount FROM mart.allocation ORDER BY scheme")
    assert rows.values.tolist() == [["cash", 2000.0], ["fund", 7.0]]


def test_published_totals_are_compared_with_what_is_compiled(send) -> None:
    """Both numbers are named at the line, whatever the layer; nothing of it is added to anything."""
    send(returns("2026-10 RA1 cash F _T 40", "2026-10 RA1 cash M _T 30", "2026-10 RA2 cash F _T 5"))
    compile_and_publish("2026-10")
    header = "period,area_code,scheme,sex,beneficiaries,amount_paid\n"
    totals = "2026-10,R,cash,_T,75,\n2026-10,RA,cash,F,50,\n2026-10,RA,cash,M,30,900\n2026-10,RB,cash,_T,8,\n"
    receipt = send((header + totals).encode(), dataset="control_totals")
    problems = read(
        "SELECT row_number, rule, column_name, message ->> 'en' AS words FROM mart.problem WHERE receipt = :r"
        " ORDER BY row_number, column_name",
        r=receipt,
    )
    assert problems[["row_number", "rule", "column_name"]].values.tolist() == [
        [3, "control_differs", "beneficiaries"],
        [4, "control_alone", "amount_paid"],
        [5, "control_alone", "beneficiaries"],
    ]
    assert "were published as 50, and 45 are compiled; 5 apart" in problems["words"][0]
    compile_and_publish("2026-10")
    shown = (
        "SELECT area_code, sex, published, compiled, difference FROM mart.control_total ORDER BY row_number"
    )
    assert read(shown).astype("object").where(lambda f: f.notna(), None).values.tolist() == [
        ["R", "_T", 75, 75, 0], ["RA", "F", 50, 45, 5], ["RA", "M", 30, 30, 0], ["RB", "_T", 8, None, None],
    ]  # fmt: skip
    send(returns("2026-10 RB1 cash M _T 8"))
    compile_and_publish("2026-10")
    assert read(shown)["difference"].tolist() == [-8, 5, 0, 0], "compared with whatever stands"
    withdraw(SYSTEM, receipt, "another edition")
    assert read(shown).empty


def test_grievances_are_loaded(send) -> None:
    header = "period,area_code,category,sex,received,resolved,escalated,pending,median_days\n"
    send((header + "2026-10,RA,late,F,3,2,1,0,12.5\n").encode())
    send((header + "2026-10,RA,late,F,4,2,1,1,12.5\n").encode())
    rows = read("SELECT lines, total FROM mart.return WHERE dataset = 'grievances' AND known_to = 'infinity'")
    assert rows.values.tolist() == [[1, 4]]


def test_a_register_holds_pseudonyms_and_no_identifier_anywhere(country, send) -> None:
    first = send(LIST.format(a="ID-0001", b="ID-0002").encode())
    confirm(SYSTEM, send(LIST.format(a="ID-0001", b="ID-0003").encode()))  # a person less
    receive_waiting(country)
    rows = read(
        "SELECT encode(b.person, 'hex') AS pseudonym, b.key_version FROM core.beneficiary_line b"
        " JOIN core.return r USING (return_id) WHERE r.known_to = 'infinity' ORDER BY row_number"
    )
    key = newest("pseudonym")
    assert rows["pseudonym"].tolist() == [digest(p, key.secret).hex() for p in ("ID0001", "ID0003")]
    assert rows["key_version"].tolist() == [1, 1]
    assert digest("ID0001", key.secret) != hashlib.sha256(b"ID0001").digest()
    assert first != ""
    assert files_that_hold(settings().home, b"ID-000") == []


def test_a_rejected_person_leaves_no_identifier_either(send) -> None:
    send(
        (
            LIST.format(a="ID-0001", b="ID-0002")
            + "2026-10,RA1,cash,ID-0001,F,1950\n2026-10,RX,cash,ID-9,F,x\n"
        ).encode()
    )
    send(b"person_id,name\nID-0001,Sok\n")  # unreadable, and full of names
    send(gzip.compress(LIST.format(a="ID-0001", b="ID-0005").encode()))
    problems = read(
        "SELECT string_agg(coalesce(value, '') || message::text, ' ') AS words FROM ledger.problem"
    )
    assert not {"ID-0001", "ID-0002", "ID-9"} & set(problems.iloc[0, 0].replace(",", " ").split())
    assert "ID-" not in str(
        read("SELECT string_agg(cells::text, ' ') AS cells FROM ledger.rejected_row").iloc[0, 0]
    )
    assert files_that_hold(settings().home, b"ID-0001") == []


def test_raw_bytes_come_back_and_a_changed_or_foreign_file_does_not_open(country) -> None:
    content = LIST.format(a="1", b="2").encode()
    digest = hashlib.sha256(content).digest()
    raw_store.keep(content, digest)
    assert raw_store.fetch(digest) == content
    (path,) = (settings().home / "raw").rglob(f"{digest.hex()}*")
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(Gone, match="does not open"):
        raw_store.fetch(digest)
    assert of_version("raw", 1).secret not in path.read_bytes()
    assert (settings().home / "keys" / "raw-1").stat().st_mode & 0o077 == 0


def test_registers_end_when_the_country_says_and_returns_do_not(country, send) -> None:
    receipt = send(LIST.format(a="ID-0001", b="ID-0002").encode())
    kept = send(b"period,area_code,scheme,sex,age_group,beneficiaries\n2026-10,RA1,cash,F,_T,3\n")
    country = country.model_copy(update={"retention": Retention(person_files_days=30)})
    assert end_raw_files(country, NOW + timedelta(days=29)) == []
    assert end_raw_files(country, NOW + timedelta(days=31)) == [receipt]
    assert end_raw_files(country, NOW + timedelta(days=32)) == []
    ended = read(
        "SELECT receipt, sha256, raw_ended_at IS NULL AS there FROM mart.submission WHERE receipt IN (:a, :b)",
        a=receipt,
        b=kept,
    )
    for row in ended.to_dict("records"):
        digest = bytes.fromhex(row["sha256"])
        if row["receipt"] == receipt:
            assert not row["there"]
            with pytest.raises(Gone):
                raw_store.fetch(digest)
        else:
            assert row["there"]
            assert raw_store.fetch(digest)
    assert read("SELECT count(*) FROM mart.beneficiary").iloc[0, 0] == 2  # pseudonyms stay
    states = read(
        "SELECT c.state FROM ledger.state_change c JOIN ledger.submission s USING (submission_id)"
        " WHERE receipt = :r ORDER BY at",
        r=receipt,
    )
    assert states["state"].tolist() == ["received", "loaded", "raw ended"]


def test_what_may_be_a_register_ends_like_one(country, send) -> None:
    row = b"2026-10,RA1,cash,ID-0001,F,1950\n"
    unreadable = send(row, dataset="scheme_returns")
    rejected = send(LIST.format(a="ID-0001", b="ID-0002").replace("RA1", "RA9").encode())
    by_another = send(row, by="another")  # the same bytes, a month later
    named = "SELECT receipt, filename FROM mart.submission WHERE via = 'api'"
    kept = {rejected: f"{rejected}.csv", unreadable: "file.csv", by_another: "file.csv"}
    assert dict(read(named).to_numpy().tolist()) == kept
    inbox.folder().mkdir(exist_ok=True)
    (inbox.folder() / inbox.TAKEN).mkdir()
    note = inbox.folder() / inbox.TAKEN / f"{unreadable}.txt"
    note.write_text("Sok Dara.csv")
    with warehouse.transaction() as connection:
        connection.execute(
            text("UPDATE ledger.submission SET received_at = :later WHERE receipt = :receipt"),
            {"later": NOW + timedelta(days=30), "receipt": by_another},
        )
    country = country.model_copy(update={"retention": Retention(person_files_days=30)})
    assert end_raw_files(country, NOW + timedelta(days=31)) == [rejected]
    assert set(end_raw_files(country, NOW + timedelta(days=61))) == {unreadable, by_another}
    with pytest.raises(Gone):
        raw_store.fetch(hashlib.sha256(row).digest())
    answers = read("SELECT (SELECT count(*) FROM ledger.problem), (SELECT count(*) FROM ledger.rejected_row)")
    assert answers.values.tolist() == [[0, 0]]
    assert dict(read(named).to_numpy().tolist()) == {receipt: f"{receipt}.csv" for receipt in kept}
    assert not note.exists()
    note.parent.rmdir()


def test_lost_bytes_fail_the_file_and_nothing_else(country) -> None:
    content = b"period,area_code,scheme,sex,age_group,beneficiaries\n2026-10,RA1,cash,F,_T,3\n"
    lost = submit(content, "lost.csv", by=SYSTEM, via="api", received_at=NOW)
    raw_store.end(hashlib.sha256(content).digest())
    other = submit(content + b"2026-10,RA2,cash,F,_T,3\n", "b.csv", by=SYSTEM, via="api", received_at=NOW)
    for _ in range(3):
        receive_waiting(country)
    states = read("SELECT receipt, state FROM mart.submission WHERE via = 'api'").set_index("receipt")[
        "state"
    ]
    assert states.to_dict() == {lost.receipt: "failed", other.receipt: "loaded"}
