"""Somebody decides where persons live whom lists of two areas name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sala.errors import Invalid, NotFound
from sql import warehouse
from tests.reference.persons import Line
from tests.transforms.coverage.test_persons import MONTH, WORLD, as_list, play, rows
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.person import SYSTEM
from transforms.review.residence import Residence, decide

ADJUSTED = (
    "SELECT area_code, other_area_code, persons::integer, decided_by FROM mart.list_adjustment"
    " WHERE period = :period ORDER BY 1"
)
LIVING = (
    "SELECT area_code, sum(persons)::integer FROM mart.overlap WHERE period = :period AND area_code = ANY('{{{}}}')"
    " GROUP BY 1 ORDER BY 1"
)
CHAIR = replace(SYSTEM, name="the chair")


@pytest.mark.usefixtures("empty_warehouse")
def test_a_decision_moves_persons_by_a_signed_row_with_its_author() -> None:
    first, second = sorted(code for code in WORLD.parents if not WORLD.children(code))[:2]
    scheme = WORLD.schemes[0].id
    both = [Line(area, scheme, "00001", "F", 1980) for area in (first, second)]
    play(WORLD, as_list([*both, Line(second, scheme, "00002", "M", 1970)]))
    living = LIVING.format(f"{first},{second}")
    assert rows(ADJUSTED) == [(first, second, 0, "rule"), (second, first, -1, "rule")] or rows(ADJUSTED) == [
        (second, first, -1, "rule")
    ], "by the rule: the code that comes first"
    assert rows(living) == [(first, 1), (second, 1)]

    for area, other, because, refusal in (
        (second, WORLD.root, "a visit", NotFound),
        (second, first, "  ", Invalid),
    ):
        with warehouse.transaction() as connection, pytest.raises(refusal):
            decide(connection, Residence(MONTH, area, other, because), CHAIR)
    with warehouse.transaction() as connection:
        decide(connection, Residence(MONTH, second, first, "Both villages were visited"), CHAIR)
    compile_and_publish(MONTH)
    assert rows(ADJUSTED) == [(first, second, -1, "the chair")]
    assert rows(living) == [(second, 2)]
    assert rows(ADJUSTED, "2026") == [(first, second, -1, "the chair")], (
        "a month's decision counts for its year"
    )
    assert rows(living, "2026") == [(second, 2)]
    audit = rows("SELECT action, area_code, detail ->> 'because' FROM ledger.audit WHERE action = 'residence_decided'"
                 " OR :period = ''")  # fmt: skip
    assert audit == [("residence_decided", second, "Both villages were visited")]
