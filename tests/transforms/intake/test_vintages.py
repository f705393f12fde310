"""A newer file of the same sender beside an older one: what it no longer has is named, and withdrawn when asked."""

from __future__ import annotations

import pytest

from sala.errors import Conflict
from sql import warehouse
from tests.transforms.intake.conftest import NOW, SOMEBODY, read, returns, standing
from transforms.identity.person import SYSTEM
from transforms.identity.rights import Rights
from transforms.intake.check import check
from transforms.intake.corrections.withdraw import Which, withdraw
from transforms.intake.file_keys import FileKeys
from transforms.intake.persons_elsewhere import persons_elsewhere
from transforms.intake.reference_data import reference_data
from transforms.intake.sender import Sender

FOUR = tuple(
    f"2026-10 {area} cash F _T {n}" for area, n in (("RA1", 20), ("RA2", 21), ("RB1", 22), ("RB2", 23))
)


def test_what_a_newer_vintage_lacks_is_named_and_withdrawn_when_asked(send) -> None:
    older = send(returns(*FOUR))
    newer = send(returns(*FOUR[:2], "2026-10 RB1 cash F _T 30"))
    said = read("SELECT rule, message ->> 'en' AS words FROM mart.problem WHERE receipt = :r", r=newer)
    assert set(said["rule"]) == {"corrects", "left_out", "same_as_before"}
    assert f"Your file {older} of 2026-11-21 has 1 returns" in said.set_index("rule")["words"]["left_out"]
    left = read(
        "SELECT older_receipt, period, area_code, subject, total FROM mart.left_out_return WHERE receipt = :r",
        r=newer,
    )
    assert left.values.tolist() == [[older, "2026-10", "RB2", "cash", 23]]
    assert standing("RB2") == {("RB2", "F", "_T"): 23}, "it goes on standing until somebody withdraws it"
    assert withdraw(SYSTEM, older, "The village was closed", Which(left_out_of=newer)) == 1
    assert standing() == {("RA1", "F", "_T"): 20, ("RA2", "F", "_T"): 21, ("RB1", "F", "_T"): 30}
    with pytest.raises(Conflict):
        withdraw(SYSTEM, older, "The village was closed", Which(left_out_of=newer))


def test_an_older_file_under_other_periods_is_told_though_each_has_few_lines(send) -> None:
    def file(first: str, second: str) -> bytes:
        return returns(f"{first} RA1 cash F _T 30", f"{first} RA2 cash F _T 31", f"{second} RA1 cash F _T 40")

    send(file("2026-07", "2026-08"))
    copy = send(file("2026-09", "2026-10"))
    told = read(
        "SELECT message ->> 'en' AS words FROM mart.problem WHERE receipt = :r AND rule = 'copied'", r=copy
    )
    assert [words.partition(" say")[0] for words in sorted(told["words"])] == [
        "1 returns of 2026-10, cash",
        "2 returns of 2026-09, cash",
    ]


def test_a_check_says_what_another_sender_sent(country, send) -> None:
    send(returns(*FOUR))
    other = check(returns("2026-10 RA1 cash F _T 60"), country, by=SYSTEM, day=NOW.date())
    assert other.is_held
    assert "other_sender" in other.counts
    own = check(returns("2026-10 RA1 cash F _T 60"), country, by=SOMEBODY, day=NOW.date())
    assert not own.is_held
    assert "corrects" in own.counts


def test_where_a_person_stands_is_told_to_nobody_but_who_said_it(country, send) -> None:
    header = "period,area_code,scheme,person_id,sex,birth_year"
    send(f"{header}\n2026-10,RA1,cash,123456789,F,1980".encode())
    again = f"{header}\n2026-10,RA2,cash,123456789,F,1980".encode()
    assert check(again, country, by=SOMEBODY, day=NOW.date()).counts == {"person_elsewhere": 1}
    verdict = check(again, country, by=SOMEBODY, day=NOW.date())
    with warehouse.transaction() as connection:
        data = reference_data(connection, country)
        assert data is not None
        for rights, told in ((Rights(unbound=True), 1), (Rights(person_id=7), 0)):
            sender = Sender(NOW.date(), rights)
            assert len(persons_elsewhere(connection, FileKeys(verdict, data), sender)) == told
