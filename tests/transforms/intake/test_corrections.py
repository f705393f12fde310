"""What stands is replaced, confirmed, withdrawn, handed in anew and tried again; every change says who and why."""

from __future__ import annotations

import pytest

from countries.country import load
from sala.errors import Conflict, NotFound
from tests.transforms.intake.conftest import NOW, SOMEBODY, read, returns, standing
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.person import EVERYBODY, SYSTEM
from transforms.intake.corrections.confirm import confirm
from transforms.intake.corrections.retry import retry, retry_all
from transforms.intake.corrections.withdraw import Which, withdraw
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit

OCTOBER = ("2026-10 RA1 cash F Y0T17 30", "2026-10 RA1 cash M Y0T17 20", "2026-10 RB1 cash F Y0T17 7")
FEWER = ("2026-10 RA1 cash F Y0T17 33",)
CORRECTED = (*FEWER, "2026-10 RA1 cash M Y0T17 0")


def state(receipt: str) -> str:
    return str(read("SELECT state FROM mart.submission WHERE receipt = :r", r=receipt).iloc[0, 0])


def test_a_warning_is_confirmed_by_rule_or_all_together(send) -> None:
    send(returns(*OCTOBER))
    receipt = send(returns(*FEWER, "2026-10 RB2 cash F Y0T17 101"))
    unconfirmed = "SELECT unconfirmed FROM mart.submission WHERE receipt = :r"
    assert read(unconfirmed, r=receipt).iloc[0, 0] == 4
    assert confirm(EVERYBODY, receipt, rule="fewer_lines", comment="  No men in it  ") == 1
    assert read(unconfirmed, r=receipt).iloc[0, 0] == 3
    corrections = read(
        "SELECT rule, confirmed_by, comment FROM mart.problem WHERE receipt = :r ORDER BY rule", r=receipt
    )
    assert corrections.astype(object).where(corrections.notna(), None).values.tolist() == [
        ["above_population", None, None],
        ["added", None, None],
        ["fewer_lines", "visitor", "No men in it"],
        ["left_out", None, None],
    ]
    assert confirm(SYSTEM, receipt) == 4
    assert read(unconfirmed, r=receipt).iloc[0, 0] == 0
    kept = read("SELECT rule, comment, confirmed_by FROM mart.confirmation WHERE receipt = :r", r=receipt)
    assert len(kept) == 2
    with pytest.raises(Conflict, match="has no such warning"):
        confirm(SYSTEM, receipt, rule="jump")
    with pytest.raises(NotFound, match="ABCD-EFGH-2345"):
        confirm(SYSTEM, "NONE")


def test_what_a_correction_moved_is_told_up_the_chain(send) -> None:
    send(returns(*OCTOBER))
    receipt = send(returns(*CORRECTED, "2026-10 RA2 cash F Y0T17 6"), because="The men were counted in RA2")
    moved = read(
        "SELECT kind, by, why, area_code, own, before, after, difference FROM mart.change"
        " WHERE receipt = :r ORDER BY kind, area_code DESC",
        r=receipt,
    )
    assert moved.values.tolist() == [
        ["correction", "somebody", "The men were counted in RA2", "RA1", True, 50, 33, -17],
        ["correction", "somebody", "The men were counted in RA2", "RA", False, 50, 33, -17],
        ["correction", "somebody", "The men were counted in RA2", "R", False, 57, 40, -17],
        ["new", "somebody", "The men were counted in RA2", "RA2", True, 0, 6, 6],
        ["new", "somebody", "The men were counted in RA2", "RA", False, 33, 39, 6],
        ["new", "somebody", "The men were counted in RA2", "R", False, 40, 46, 6],
    ]
    older = read(
        "SELECT total, known_to < 'infinity' AS past FROM mart.return"
        " WHERE area_code = 'RA1' AND scheme = 'cash' ORDER BY known_from"
    )
    assert older.values.tolist() == [[50, True], [33, False]]
    lines = read(
        "SELECT beneficiaries FROM mart.scheme_return_history WHERE known_to < 'infinity' ORDER BY 1"
    )
    assert lines["beneficiaries"].tolist() == [20, 30]


def test_a_withdrawal_leaves_nothing_standing_until_a_file_is_handed_in_anew(country, send) -> None:
    first, second = send(returns(*OCTOBER)), send(returns(*CORRECTED))
    with pytest.raises(Conflict, match="Say why"):
        withdraw(SYSTEM, second, " ")
    assert withdraw(SYSTEM, second, "Sent by mistake") == 1
    assert standing("RA1") == {}  # what stood before does not come back by itself
    assert standing("RB1") == {("RB1", "F", "Y0T17"): 7}
    assert state(second) == "withdrawn"
    compile_and_publish("2026-10")
    rate = read(
        "SELECT received FROM mart.reporting_rate WHERE area_code = 'R' AND period = '2026-10' AND scheme = 'cash'"
    )
    assert rate["received"].tolist() == [1]
    change = read("SELECT area_code, why, before, after FROM mart.change WHERE kind = 'withdrawal' AND own")
    assert change.values.tolist() == [["RA1", "Sent by mistake", 33, 0]]
    with pytest.raises(Conflict, match="already"):
        withdraw(SYSTEM, second, "Twice")

    assert submit(returns(*CORRECTED), "again.csv", by=SYSTEM, via="api").known is False
    receive_waiting(country)
    assert standing("RA1") == {("RA1", "F", "Y0T17"): 33, ("RA1", "M", "Y0T17"): 0}
    assert state(first) == "loaded"


def test_some_returns_of_a_file_are_withdrawn_and_stay_so(country, send) -> None:
    receipt = send(returns(*OCTOBER, "2026-10 RB2 cash F Y0T17 x"))
    assert withdraw(SYSTEM, receipt, "Not RA1", Which(period="2026-10", area_code="RA1")) == 1
    assert state(receipt) == "loaded"
    assert {area for area, *_ in standing()} == {"RB1"}
    retry(SYSTEM, receipt)
    receive_waiting(country)
    assert {area for area, *_ in standing()} == {"RB1"}
    with pytest.raises(Conflict, match=r"No such return of .* counts"):
        withdraw(SYSTEM, receipt, "Again", Which(area_code="RA1"))


def test_the_same_file_changes_nothing_unless_it_is_handed_in_again_in_so_many_words(country, send) -> None:
    older = send(returns(*OCTOBER))
    send(returns(*CORRECTED))
    assert submit(returns(*OCTOBER), "x.csv", by=SYSTEM, via="api", received_at=NOW).known
    receive_waiting(country)
    assert standing("RA1") == {("RA1", "F", "Y0T17"): 33, ("RA1", "M", "Y0T17"): 0}
    assert not submit(returns(*OCTOBER), "x.csv", by=SYSTEM, via="api", received_at=NOW, again=True).known
    receive_waiting(country)
    assert standing("RA1") == {("RA1", "F", "Y0T17"): 30, ("RA1", "M", "Y0T17"): 20}
    assert read("SELECT verdicts FROM mart.submission WHERE receipt = :r", r=older).iloc[0, 0] == 2


def test_a_file_waiting_in_the_queue_is_withdrawn_before_it_is_taken_in(country) -> None:
    receipt = submit(returns(*OCTOBER), "x.csv", by=SYSTEM, via="api", received_at=NOW).receipt
    assert withdraw(SYSTEM, receipt, "The wrong file") == 0
    receive_waiting(country)
    assert state(receipt) == "withdrawn"
    assert standing() == {}


def test_rejected_rows_are_tried_again_after_a_mend_in_the_country_folder(country, send) -> None:
    receipt = send(returns("2026-10 RA1 cash F Y0T17 30", "2026-10 RC1 cash F Y0T17 9"))
    before = standing()
    assert read("SELECT cells ->> 'area_code' AS code FROM ledger.rejected_row").values.tolist() == [["RC1"]]
    assert retry_all(SYSTEM) == [receipt]
    receive_waiting(country)
    once = read(
        "SELECT count(*) AS n, max(known_from) AS at FROM core.return WHERE dataset = 'scheme_returns'"
    )
    assert standing() == before  # nothing was mended, nothing moved
    assert once["n"].tolist() == [1]

    areas = country.folder / "areas.csv"
    areas.write_text(areas.read_text() + "RC,R,layer1,Area RC\nRC1,RC,layer2,Area RC1\n")
    mended = load(country.folder)
    load_country(mended)
    assert retry_all(SYSTEM) == [receipt]
    receive_waiting(mended)
    assert standing() == before | {("RC1", "F", "Y0T17"): 9}
    verdicts = read(
        "SELECT number, outcome, country FROM mart.verdict WHERE receipt = :r ORDER BY number", r=receipt
    )
    assert verdicts["outcome"].tolist() == ["partial", "partial", "accepted"]
    assert verdicts["country"].nunique() == 2  # by which folder each was judged
    assert read("SELECT count(*) FROM mart.problem WHERE receipt = :r", r=receipt).iloc[0, 0] == 0
    assert read("SELECT count(*) FROM ledger.problem").iloc[0, 0] == 2  # the older verdicts keep theirs
    with pytest.raises(Conflict, match="wholly taken in"):
        retry(SYSTEM, receipt)


def test_every_change_of_state_is_in_the_audit_log(send) -> None:
    receipt = send(returns(*OCTOBER))
    withdraw(SYSTEM, receipt, "A mistake")
    entries = read(
        "SELECT action, person, detail ->> 'because' AS why FROM ledger.audit WHERE subject = :s ORDER BY audit_id",
        s=f"submission {receipt}",
    )
    assert entries["action"].tolist() == ["hand in", "judge", "withdraw"]
    assert entries["why"].tolist()[-1] == "A mistake"


def test_a_file_sent_as_the_wrong_dataset_is_sent_anew_as_the_right_one(country, send) -> None:
    wrong = send(returns(*OCTOBER), dataset="population")
    assert state(wrong) == "unreadable"
    assert send(returns(*OCTOBER), dataset="population") == wrong
    assert state(wrong) == "unreadable"
    assert send(returns(*OCTOBER), dataset="scheme_returns") == wrong
    assert state(wrong) == "loaded"
    with pytest.raises(Conflict, match="was taken in as scheme_returns, and stands"):
        send(returns(*OCTOBER), dataset="targets")
    assert len(standing()) == len(OCTOBER)


def test_what_is_put_right_while_it_waits_is_judged_as_what_was_said_last(country, send) -> None:
    submit(returns(*OCTOBER), "x.csv", by=SOMEBODY, via="api", dataset="population")
    receipt = send(returns(*OCTOBER))
    assert state(receipt) == "loaded"
    assert send(returns(*OCTOBER)) == receipt
    history = "SELECT count(*) FROM ledger.state_change JOIN ledger.submission USING (submission_id) WHERE receipt = :r"
    assert read(history, r=receipt).iloc[0, 0] == 3, "received, received anew, loaded"
