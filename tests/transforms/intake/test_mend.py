"""A file is mended row by row: the new one comes by the same door, and brings back nothing that was replaced since."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pandas as pd
import pytest

from sala.errors import Invalid
from tests.transforms.intake.conftest import SOMEBODY, read, returns, standing
from transforms.identity.person import SYSTEM
from transforms.intake.corrections.mend import Edit, check_mended, faulty_rows, mend
from transforms.intake.raw_store import fetch
from transforms.intake.receive import receive_waiting

WOMEN, MEN = "2026-10 RA1 cash F _T 20", "2026-10 RA1 cash M _T 15"
FAULTY = (
    "2026-10 AR2 cash F _T 21",
    "2026-10 RA2 cash M _T 16x",
    WOMEN,
    MEN,
    "2026-10 RB1 cash F _T -3",
    MEN,
)


def workbook(*rows: str) -> bytes:
    content = io.BytesIO()
    pd.read_csv(io.BytesIO(returns(*rows)), dtype=str).to_excel(content, index=False)
    return content.getvalue()


@pytest.mark.parametrize("write", [returns, workbook])
def test_faulty_rows_are_mended_and_nothing_else_is_asked_for(country, send, write) -> None:
    sent = send(write(*FAULTY))
    faulty = faulty_rows(SYSTEM, sent, country)
    assert [row.row for row in faulty.rows] == [2, 3, 5, 6, 7]
    assert faulty.rows[0].problems[0].suggestions == ["RA2"]
    assert faulty.choices["sex"][:2] == ("F", "M")
    edits = {
        2: Edit({"area_code": "RA2"}),
        3: Edit({"beneficiaries": " 16 "}),
        6: Edit({"beneficiaries": "3"}),
        7: Edit(leave_out=True),
    }
    verdict = check_mended(SYSTEM, sent, country, edits)
    assert (verdict.rows_read, verdict.rows_rejected) == (5, 0)
    assert standing("RA2") == {}, "a check keeps nothing"
    mended = mend(SYSTEM, sent, country, edits)
    receive_waiting(country)
    assert standing("RA2") == {("RA2", "F", "_T"): 21, ("RA2", "M", "_T"): 16}
    assert standing("RB1") == {("RB1", "F", "_T"): 3}
    assert mend(SYSTEM, sent, country, edits).known, "the same mend twice is one file"
    assert read("SELECT because FROM mart.submission WHERE receipt = :r", r=mended.receipt).iloc[0, 0] == (
        f"{sent}: 2, 3, 6, 7"
    )
    for wrong in ({}, {99: Edit({"sex": "F"})}, {2: Edit({"sax": "F"})}):
        with pytest.raises(Invalid):
            mend(SYSTEM, sent, country, wrong)


def test_what_was_replaced_or_withdrawn_since_does_not_come_back(country, send) -> None:
    first = send(returns(WOMEN, "2026-10 RA2 cash F _T x", "2026-10 RB1 cash F _T 7"))
    send(returns("2026-10 RA1 cash F _T 61"))
    mend(SYSTEM, first, country, {3: Edit({"beneficiaries": "5"})})
    receive_waiting(country)
    assert standing() == {("RA1", "F", "_T"): 61, ("RA2", "F", "_T"): 5, ("RB1", "F", "_T"): 7}


def test_persons_stay_masked_and_their_untouched_cells_are_kept(country, send) -> None:
    people = b"period,area_code,scheme,person_id,sex,birth_year\n"
    sent = send(people + b"2026-10,RA1,cash,ID-777,F,1950\n2026-10,RA1,cash,ID-888,Z,1951\n")
    faulty = faulty_rows(replace(SYSTEM, name=SOMEBODY.name), sent, country)
    assert [row.row for row in faulty.rows] == [3]
    assert not {"888", "1951"} & set(re.findall(r"\d+", repr(faulty.rows)))
    mended = mend(SYSTEM, sent, country, {3: Edit({"sex": "M"})})
    receive_waiting(country)
    assert (
        read("SELECT outcome FROM mart.submission WHERE receipt = :r", r=mended.receipt).iloc[0, 0]
        == "accepted"
    )
    digest = bytes.fromhex(
        read("SELECT sha256 FROM mart.submission WHERE receipt = :r", r=mended.receipt).iloc[0, 0]
    )
    kept = pd.read_excel(io.BytesIO(fetch(digest)), dtype=str, engine="calamine")
    assert kept["person_id"].tolist() == ["ID777", "ID888"]
