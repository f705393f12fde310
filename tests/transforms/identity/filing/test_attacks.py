"""Ways in which somebody once wrote, replaced or ended what was not theirs, played as they were, and their variants.

Each plays in a period of its own, so that none sees what another left.
"""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from sqlalchemy import text

from sala.errors import NotAllowed
from sql import warehouse
from tests.transforms.identity.filing.office import Office, Return, outcome
from tests.transforms.identity.filing.people import VISITOR
from transforms.identity.filing import files
from transforms.intake.corrections.withdraw import Which, withdraw
from transforms.intake.submit import submit
from transforms.notices.allocations import allocate

POPULATION = Return("population", "2031", "C11")
REFUSALS = (
    401,
    403,
    404,
)  # 401: a visitor might sign in; 404: whoever does not see a submission does not learn of it
NOT_THEIRS = "is written by its own committee or administrator"


def rules(verdict: dict[str, object]) -> set[str]:
    problems = verdict["problems"]
    assert isinstance(problems, list)
    return {problem["rule"] for problem in problems}


def ledger(receipt: str) -> tuple[object, ...]:
    """Whose a submission is, and when it came."""
    query = (
        "SELECT submission_id, person_id, unbound, from_area_id, from_administrator, submitted_by, via, turn,"
        " received_at, handed_in_at, state FROM ledger.submission WHERE receipt = :receipt"
    )
    with warehouse.transaction() as connection:
        return tuple(connection.execute(text(query), {"receipt": receipt}).one())


def problems_of(receipt: str) -> set[str]:
    """The rules of a submission's last verdict."""
    query = (
        "SELECT DISTINCT p.rule FROM ledger.problem p JOIN ledger.submission s"
        " ON s.submission_id = p.submission_id AND s.verdicts = p.verdict WHERE s.receipt = :receipt"
    )
    with warehouse.transaction() as connection:
        return set(connection.execute(text(query), {"receipt": receipt}).scalars())


# the same bytes from somebody else


@pytest.mark.parametrize(
    ("owner", "of", "thief"),
    [
        ("admin", POPULATION, "officer-c11"),
        ("admin", Return("population", "2032", "C11"), "one"),
        ("admin", Return("targets", "2033", "P1"), "secretary-r"),
        ("officer-p1", Return("scheme_returns", "2025-01", "C11", "first"), "officer-p2"),
        ("officer-p1", Return("scheme_returns", "2025-02", "C11", "first"), VISITOR),
        ("one", Return("flash_reports", "2025-W02", "R", "one"), "secretary-r"),
    ],
    ids=lambda value: value.dataset if isinstance(value, Return) else value or "visitor",
)
def test_the_same_bytes_from_another_are_a_submission_of_their_own(
    office: Office, owner: str, of: Return, thief: str
) -> None:
    receipt = office.sent(owner, of.file(7))
    before, stood = ledger(receipt), of.stands
    assert stood is not None
    taken = [office.send(thief, of.file(7), again=again).get_json() for again in ("true", "false")]
    if thief != VISITOR:
        assert office.put_in_inbox(thief, of.file(7)) == ("submit" in office.people[thief].actions)
    assert [answer["known"] for answer in taken] == [False, True], "as for bytes that nobody had sent"
    (theirs,) = {answer["receipt"] for answer in taken}
    assert theirs != receipt
    office.receive()
    assert problems_of(theirs) & {"out_of_scope", "not_filed", "other_administrator", "filed_by_others"}
    for act in ("confirmations", "retries"):
        assert office.follow(thief, receipt, act).status_code in REFUSALS
    for number in (theirs, receipt):
        office.withdraw(thief, number)
        office.press(thief, number, "withdraw")
    assert office.withdraw(thief, receipt).status_code in REFUSALS
    assert (ledger(receipt), of.stands) == (before, stood)


def test_the_same_bytes_from_a_colleague_do_not_move_the_first_submission(office: Office) -> None:
    of = Return("scheme_returns", "2025-03", "C11", "first")
    receipt = office.sent("officer-p1", of.file(9))
    before = ledger(receipt)
    theirs = office.sent("officer-c11", of.file(9), again="true")
    assert (of.sender, ledger(receipt)) == ("officer-c11", before), "who may file the return may replace it"
    assert office.withdraw("officer-c11", theirs).status_code == 200
    assert (of.stands, ledger(receipt)) == (None, before)


# grants


@pytest.mark.parametrize(
    "name", ["chair-r", "secretary-r", "admin", "analyst-r", "office-p1", "office-p2", "one", VISITOR]
)
def test_a_grant_is_withdrawn_by_nobody_who_may_not_allocate(office: Office, name: str) -> None:
    of = Return("allocations", "2025-04", "P1", "first")
    receipt = office.granted("board", of, 50_000)
    stood = of.stands
    assert stood is not None
    for which in (
        {},
        {"period": of.at},
        {"area_code": of.area},
        {"scheme": of.about},
        {"area_code": of.area, "period": of.at},
    ):
        assert office.withdraw(name, receipt, **which).status_code in REFUSALS, which
    for act in ("withdraw", "confirm", "retry"):
        office.press(name, receipt, act)
    with pytest.raises(NotAllowed):
        withdraw(office.people["admin"], receipt, "in Python as well", Which(area_code=of.area))
    assert of.stands == stood


@pytest.mark.parametrize("area", ["P1", "C11", "P2", "R"])
def test_a_province_replaces_no_grant_of_the_board_and_grants_nothing_to_itself(
    office: Office, area: str
) -> None:
    of = Return("allocations", "2025-05", area, "second")
    if area != "R":
        office.granted("board", of, 40_000)
    stood = of.stands
    assert (stood is None) == (area == "R")
    granted = outcome(office.grant("office-p1", of, 90_000))
    assert granted == (
        "allocated" if area == "C11" else "not_allowed" if area in ("P2", "R") else "not_filing_there"
    )
    assert office.send("office-p1", of.file(90_000), dataset="allocations").status_code in REFUSALS
    assert not office.put_in_inbox("office-p1", of.file(90_000))
    submit(of.file(90_001), "by-hand.csv", by=office.people["office-p1"], via="cli", dataset="allocations")
    office.receive()
    assert of.stands == stood


def test_nobody_grants_to_the_own_area(office: Office) -> None:
    for name, area in (("board", "R"), ("office-p1", "P1")):
        of = Return("allocations", "2025-06", area, "first")
        person = office.people[name]
        with warehouse.acting(person.person_id) as connection, pytest.raises(NotAllowed):
            allocate(connection, person, of.at, area, of.about, Decimal(5), office.country)
        assert outcome(office.grant(name, of, 5)) == "not_filing_there"
        submit(of.file(5), "by-hand.csv", by=person, via="cli", dataset="allocations")
        office.receive()
        assert of.stands is None


def test_the_granting_level_and_the_one_above_replace_a_grant(office: Office) -> None:
    of = Return("allocations", "2025-07", "C11", "first")
    for name, amount in (("office-p1", 10), ("office-p1", 11), ("board", 12)):
        office.granted(name, of, amount)
        assert of.sender == name
    office.granted("office-p1", of, 13)
    assert of.sender == "board"


# what belongs to somebody else


@pytest.mark.parametrize(
    "name", ["officer-p1", "secretary-r", "chair-r", "board", "two", "analyst-r", VISITOR]
)
@pytest.mark.parametrize("stands", [False, True])
def test_an_administrator_s_sheet_is_filed_and_drafted_by_its_own_people(
    office: Office, name: str, stands: bool
) -> None:
    of = Return("flash_reports", "2025-W10" if stands else "2025-W11", "R", "one")
    if stands:
        office.sent("one", of.file(50))
    stood = of.stands
    assert (stood is not None) == stands
    for file in (True, False):
        assert NOT_THEIRS in office.write_sheet(name, of, 9, file), name
    for dataset in ("flash_reports", "flash_items"):
        office.send(name, Return(dataset, of.at, "R", "one").file(9))
    office.receive()
    assert of.stands == stood
    with warehouse.transaction() as connection:
        drafts = "SELECT count(*) FROM core.flash_draft WHERE administrator_id > 0"
        assert connection.execute(text(drafts)).scalar() == 0


@pytest.mark.parametrize(
    "of",
    [
        Return("population", "2034", "C11"),
        Return("targets", "2034", "R"),
        Return("flash_reports", "2025-W12", "R"),
        Return("flash_reports", "2025-W12", "C11"),
        Return("flash_items", "2025-W12", "R", "two"),
        Return("scheme_returns", "2025-08", "C11", "second"),
        Return("beneficiary_list", "2025-08", "C11", "second"),
        Return("grievances", "2025-08", "C11"),
    ],
    ids=lambda of: f"{of.dataset}-{of.area}-{of.about}",
)  # fmt: skip
def test_an_administrator_files_what_is_its_own_alone(office: Office, of: Return) -> None:
    assert office.check("one", of.file(3))["outcome"] == "rejected"
    office.send("one", of.file(3))
    office.put_in_inbox("one", of.file(4))
    if of.dataset == "flash_reports":
        assert NOT_THEIRS in office.write_sheet("one", of, 9, file=True)
    office.receive()
    assert of.stands is None


@pytest.mark.parametrize("name", ["officer-c11", "officer-p1", "secretary-r", "chair-c11"])
def test_an_officer_replaces_no_population_of_the_own_area(office: Office, name: str) -> None:
    of = Return("population", "2035", "C11")
    office.sent("admin", of.file(3_000_000))
    stood = of.stands
    office.send(name, of.file(1))
    office.put_in_inbox(name, of.file(2))
    office.receive()
    assert of.stands == stood


@pytest.mark.parametrize("name", ["officer-c11", "officer-p1", "secretary-r", "two", VISITOR])
def test_an_administrator_s_return_is_replaced_by_its_own_people_and_who_stands_in_for_them(
    office: Office, name: str
) -> None:
    of = Return("scheme_returns", "2025-09", "C11", "first")
    receipt = office.sent("one", of.file(500))
    stood = of.stands
    assert office.check(name, of.file(1))["outcome"] == "rejected"
    office.send(name, of.file(1), again="true")
    office.receive()
    for which in ({}, {"area_code": "C11"}):
        assert office.withdraw(name, receipt, **which).status_code in REFUSALS
    assert of.stands == stood


def test_who_stands_in_for_administrators_replaces_their_return(office: Office) -> None:
    of = Return("scheme_returns", "2025-10", "C12", "first")
    office.sent("one", of.file(500))
    receipt = office.sent("admin", of.file(501))
    assert (
        office.follow("admin", receipt, "confirmations").status_code == 201
    )  # it replaces what another sent
    office.receive()
    assert of.sender == "admin"


# what a check tells


def test_a_check_tells_nobody_figures_that_they_may_not_see(office: Office) -> None:
    history = [Return("scheme_returns", f"2024-{month:02}", "C21", "second") for month in range(1, 9)]
    header = history[0].file(50).decode().splitlines()[0]
    lines = [of.file(50 + n % 3).decode().splitlines()[1] for n, of in enumerate(history)]
    office.sent("officer-p2", "\n".join([header, *lines]).encode())
    odd = Return("scheme_returns", "2024-09", "C21", "second")
    assert "jump" in rules(office.check("officer-p2", odd.file(5_000))), "whoever sees them is told"
    replaced = Return("scheme_returns", "2024-08", "C21", "second").file(5_000)
    above = Return("scheme_returns", "2024-08", "R", "second").file(50)
    for name in ("one", "officer-p1", "officer-c11"):
        for raw in (odd.file(5_000), replaced, above):
            verdict = office.check(name, raw)
            assert rules(verdict) <= {"out_of_scope", "not_filed", "other_administrator", "wrong_layer"}, name
            told = json.dumps(verdict["problems"]).replace("5000", "")
            assert not any(f"{n}" in told for n in (50, 51, 52)), told


# a visitor of a sample


def test_a_visitor_of_a_sample_grants_no_money(office: Office) -> None:
    of = Return("allocations", "2025-11", "P1", "first")
    assert not files(office.people[VISITOR], "allocations")
    assert office.send(VISITOR, of.file(5), dataset="allocations").status_code in REFUSALS
    assert office.check(VISITOR, of.file(5), "allocations")["status"] in REFUSALS
    assert office.check(VISITOR, of.file(5))["outcome"] == "rejected"
    office.send(VISITOR, of.file(5))
    office.grant(VISITOR, of, 5)
    office.receive()
    assert of.stands is None


def test_who_sent_a_file_is_not_believed_from_the_request(office: Office) -> None:
    of = Return("scheme_returns", "2025-12", "C11", "first")
    for name in (VISITOR, "officer-c11"):
        receipt = office.sent(name, of.file(5), submitted_by="board", via="country")
        assert ledger(receipt)[5:7] == (name or "visitor", "api")


@pytest.mark.parametrize("dataset", ["scheme_returns", "grievances", "flash_reports", "beneficiary_list"])
def test_a_visitor_of_a_sample_touches_nothing_that_an_account_filed(office: Office, dataset: str) -> None:
    at = "2025-W20" if dataset == "flash_reports" else "2026-01"
    of = Return(dataset, at, "C12", "first" if dataset in ("scheme_returns", "beneficiary_list") else "")
    receipt = office.sent("officer-p1", of.file(5))
    stood = of.stands
    assert stood is not None
    assert "filed_by_others" in rules(office.check(VISITOR, of.file(6)))
    office.send(VISITOR, of.file(6), again="true")
    office.receive()
    for which in ({}, {"area_code": "C12"}, {"period": at}):
        assert office.withdraw(VISITOR, receipt, **which).status_code in REFUSALS
    for act in ("confirmations", "retries", "joins"):
        assert office.follow(VISITOR, receipt, act).status_code in REFUSALS
    for act in ("withdraw", "confirm", "retry", "join"):
        assert outcome(office.press(VISITOR, receipt, act)) == "not_correcting"
    assert of.stands == stood


def test_a_visitor_of_a_sample_tries_where_nothing_stands_and_an_account_has_the_last_word(
    office: Office,
) -> None:
    of = Return("grievances", "2026-02", "C12")
    tried = office.sent(VISITOR, of.file(5))
    assert of.sender == "visitor"
    office.sent(VISITOR, of.file(6))
    assert of.sender == "visitor"
    receipt = office.sent("officer-p1", of.file(7))
    office.follow("officer-p1", receipt, "confirmations")  # it replaces what another sent
    office.receive()
    assert of.sender == "officer-p1"
    office.withdraw(VISITOR, tried)
    assert of.sender == "officer-p1"


def test_a_visitor_of_a_sample_tries_to_correct_the_made_up_round(office: Office) -> None:
    of = Return("scheme_returns", "2026-04", "C12", "first")
    submit(of.file(5), "round.csv", by=office.people["one"], via="sample")
    office.receive()
    assert of.stands
    office.sent(VISITOR, of.file(6))
    assert of.sender == "visitor"


# files that wait


@pytest.mark.parametrize("name", ["analyst-r", "analyst-p1", "chair-c11", "board", "two"])
def test_a_file_that_waits_is_not_withdrawn_by_naming_a_part_of_it(office: Office, name: str) -> None:
    of = Return("scheme_returns", "2026-03", "C11", "first")
    office.sent("officer-p1", of.file(5))
    held = office.sent("officer-c11", of.file(6))  # it replaces what another sent
    assert ledger(held)[-1] == "held"
    for which in ({}, {"period": of.at}, {"area_code": "C12"}, {"period": "1999-01"}, {"scheme": "none"}):
        assert office.withdraw(name, held, **which).status_code in REFUSALS, which
    for act in ("confirmations", "retries", "joins"):
        assert office.follow(name, held, act).status_code in REFUSALS
    for act in ("withdraw", "confirm", "retry", "join"):
        office.press(name, held, act)
    assert ledger(held)[-1] == "held"
