"""Items travel and never hang: whatever committees do, each has one holder, on its way between origin and root."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from countries.country import Country
from sala.errors import Conflict
from sql import warehouse
from tests.reference.world import Indicator, Scheme, World
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.person import EVERYBODY, SYSTEM
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit
from transforms.items.moves import MOVES, item_position, move, raise_question

WEEK = "2026-W46"
HEADER = "week,area_code,kind,text,needs_layer,due,origin,sources,stays_because"
TREE = {"R": None, "R1": "R", "R2": "R", "R11": "R1", "R12": "R1", "R21": "R2"}


@pytest.fixture
def country(empty_warehouse: None) -> Country:
    """A root, two areas below it, and three below those, which file flash reports."""
    return start()


def start() -> Country:
    declared = World(dict(TREE), (Scheme("s", 2),), (Indicator("i", ("s",)),)).country(
        Path(tempfile.mkdtemp())
    )
    load_country(declared)
    return declared


def file(country: Country, *lines: str, week: str = WEEK) -> None:
    """One file of items, as the form of the sheet sends it, and its week compiled."""
    raw = "\n".join([HEADER, *(f"{week},{line}" for line in lines)]).encode()
    submit(raw, "items.csv", by=SYSTEM, via="form", dataset="flash_items")
    receive_waiting(country)
    compile_and_publish(week)


def items(where: str = "true") -> list[dict[str, Any]]:
    with warehouse.transaction() as connection:
        query = f"SELECT * FROM mart.item WHERE {where} ORDER BY item_id"  # noqa: S608
        rows = warehouse.read(connection, query)
    return [{str(name): value for name, value in row.items()} for row in rows.to_dict("records")]


def line_of(area: str) -> int:
    with warehouse.transaction() as connection:
        rows = warehouse.read(
            connection, "SELECT item_id FROM mart.flash_item WHERE area_code = :area", area=area
        )
    return int(rows["item_id"].iloc[0])


def act(item_id: int, step: Any, reason: str = "because") -> None:
    with warehouse.acting(None) as connection:
        move(connection, EVERYBODY, item_id, step, reason)


def places(item_id: int) -> list[str]:
    with warehouse.transaction() as connection:
        rows = warehouse.read(
            connection, "SELECT * FROM mart.item_step WHERE item_id = :id ORDER BY step", id=item_id
        )
    return [f"{step.action} {step.holder_code}" for step in rows.itertuples()]


def test_an_item_is_held_by_the_lowest_layer_able_to_settle_it_and_its_answer_comes_back(
    country: Country,
) -> None:
    file(
        country,
        "R11,risk,no forms,,,,,",
        "R12,decision,second pay day,layer0,2026-11-30,,,",
        "R11,done,met,,,,,",
    )
    own, question = items()
    assert (own["holder_code"], question["holder_code"]) == ("R11", "R")
    assert str(question["due"]) == "2026-11-30"
    assert own["due"] is not None

    act(own["item_id"], "escalated", "the district prints them")
    act(question["item_id"], "answered", "yes, from January")
    own, question = items()
    assert (own["holder_code"], own["state"]) == ("R1", "open")
    assert (question["holder_code"], question["state"], question["answer"]) == (
        "R12",
        "answered",
        "yes, from January",
    )
    assert question["top_level"] == "layer0"
    assert places(question["item_id"]) == ["raised R12", "escalated R", "answered R12"]

    act(own["item_id"], "handed_down", "you have the budget")
    act(own["item_id"], "settled", "printed")
    with pytest.raises(Conflict, match="cannot go there"):
        act(own["item_id"], "escalated")
    assert items()[0]["holder_code"] == "R11"


def test_the_same_words_next_week_are_the_same_item_and_a_correction_withdraws(country: Country) -> None:
    file(country, "R11,risk,No forms,,,,,")
    file(country, "R11,risk,no forms ,,,,,", "R11,risk,flood,,,,,", week="2026-W47")
    assert [item["text"] for item in items()] == ["No forms", "flood"]
    compile_and_publish("2026-W47")
    file(country, "R11,risk,no forms ,,,,,", week="2026-W47")
    assert [item["state"] for item in items()] == ["open", "settled"]
    act(items()[0]["item_id"], "settled", "forms came")
    file(country, "R12,risk,x,,,,,", "R11,risk,no forms,,,,,", week="2026-W45")
    assert [item["text"] for item in items("state <> 'settled'")] == ["no forms", "x"]


def test_grouped_items_travel_together_and_every_origin_gets_the_answer(country: Country) -> None:
    file(country, "R11,risk,no forms,layer1,,,,", "R12,risk,forms are out,layer1,,,,", "R21,risk,forms,,,,,")
    sources = f"{line_of('R11')} {line_of('R12')} {line_of('R21')}"  # R21 is not below R1: it stays out
    file(country, f"R1,risk,Forms are out in two parishes,layer0,,compiled,{sources},")
    first, second, elsewhere, group = items()
    assert [first["part_of"], second["part_of"]] == [group["item_id"]] * 2
    assert (group["parts"], group["holder_code"], first["holder_code"]) == (2, "R", "R")
    assert elsewhere["holder_code"] == "R21"
    with pytest.raises(Conflict, match="put together with others"):
        act(first["item_id"], "answered")

    act(group["item_id"], "answered", "5,000 are on their way")
    answered = items("state = 'answered'")
    assert [item["holder_code"] for item in answered] == ["R11", "R12", "R1"]
    assert {item["answer"] for item in answered} == {"5,000 are on their way"}


def test_what_is_kept_back_or_beyond_the_number_is_not_sent(country: Country) -> None:
    lines = [f"R11,next,step {n},,,,," for n in range(6)] + [
        "R11,next,later,,,,,the district knows it already"
    ]
    file(country, *lines)
    with warehouse.transaction() as connection:
        sent = warehouse.read(connection, "SELECT text, sent FROM mart.flash_item ORDER BY row_number")
    assert sent["sent"].tolist() == [True] * 5 + [False] * 2


@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.sampled_from(["file", "ask", *MOVES]), st.integers(0, 9), st.sampled_from(list(TREE))),
        max_size=25,
    )
)
def test_an_item_always_has_exactly_one_holder_on_its_way(
    walked: None, acts: list[tuple[str, int, str]]
) -> None:
    for number, (what, which, area) in enumerate(acts):
        open_items = [item["item_id"] for item in items("state <> 'settled'")]
        with warehouse.acting(None) as connection:
            if what == "ask":
                raise_question(connection, EVERYBODY, area, f"question {number}?", f"layer{which % 3}")
            elif what != "file" and open_items:
                item_id = open_items[which % len(open_items)]
                if what in item_position(connection, item_id).moves:
                    move(connection, EVERYBODY, item_id, what, "because")  # type: ignore[arg-type]
        if what == "file":
            source = f"{line_of('R11')}" if which % 2 else ""
            origin = "compiled" if source else ""
            file(
                walked,
                f"{area},risk,risk {which},layer{which % 3},,{origin},{source},",
                f"R11,risk,r{which},,,,,",
            )
    with warehouse.transaction() as connection:
        rows = warehouse.read(
            connection,
            "SELECT i.item_id, i.state, o.code AS origin, h.code AS holder, i.due,"
            " (SELECT count(*) FROM core.item_step s WHERE s.item_id = i.item_id AND s.action = 'raised') AS raised,"
            " (SELECT to_id FROM core.item_step s WHERE s.item_id = i.item_id ORDER BY item_step_id DESC LIMIT 1)"
            " = i.holder_id AS agrees, whole.holder_id IS DISTINCT FROM i.holder_id AND whole.state = 'open' AS apart"
            " FROM core.item i JOIN core.area o ON o.area_id = i.origin_id JOIN core.area h ON h.area_id = i.holder_id"
            " LEFT JOIN core.item whole ON whole.item_id = i.part_of",
        )
    assert len(rows) >= 1
    assert rows["agrees"].all(), "the last step says who holds it"
    assert (rows["raised"] == 1).all()
    assert rows["due"].notna().all()
    assert not rows["apart"].fillna(False).any(), "what was grouped is where its group is"
    assert all(
        origin.startswith(holder) for origin, holder in zip(rows["origin"], rows["holder"], strict=True)
    )


@pytest.fixture
def walked(empty_warehouse: None) -> Country:
    declared = start()
    file(declared, "R11,risk,first,,,,,")
    return declared
