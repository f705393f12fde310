"""What a meeting decides is an item with a holder and a day; who was heard stands in its record."""

import datetime as dt

import pytest

from countries.country import Country
from sala.errors import Invalid
from sql import warehouse
from tests.transforms.items.test_moves import country, items, places  # noqa: F401
from transforms.identity.person import EVERYBODY
from transforms.items.consultation import record_consultation

DAY = dt.date(2026, 11, 27)
POINT = "Returns that did not come (−420)"


def write(**said: object) -> int | None:
    with warehouse.acting(None) as connection:
        return record_consultation(connection, EVERYBODY, "R", DAY, POINT, **said)  # type: ignore[arg-type]


def test_a_decision_lies_with_its_holder_and_the_record_keeps_who_was_heard(country: Country) -> None:  # noqa: F811
    due = DAY + dt.timedelta(days=14)
    heard = "The province: the boat was late."
    made = write(heard=heard, decision=" Send the boat twice a week. ", holder="R1", due=due)
    assert made is not None
    (item,) = items()
    assert (item["item_id"], item["kind"], item["text"]) == (made, "decision", "Send the boat twice a week.")
    assert (item["area_code"], item["holder_code"], item["due"], item["state"]) == ("R1", "R1", due, "open")
    assert places(made) == ["raised R1"]
    assert write(heard="The secretariat: nothing to add.") is None
    with warehouse.acting(None) as connection:
        record = warehouse.read(
            connection, "SELECT * FROM mart.consultation WHERE area_code = 'R' ORDER BY number"
        )
    assert record["point"].tolist() == [POINT, POINT]
    assert record["heard"].tolist() == [heard, "The secretariat: nothing to add."]
    assert record["decision"].fillna("").tolist() == ["Send the boat twice a week.", ""]


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"heard": "  "}, "consultation_empty"),
        ({"decision": "Do it", "holder": "R1"}, "decision_without_holder"),
        ({"decision": "Do it", "due": DAY}, "decision_without_holder"),
        ({"decision": "Do it", "holder": "R1", "due": DAY - dt.timedelta(days=1)}, "decision_due_before"),
    ],
)
def test_what_nobody_could_carry_out_is_not_written_down(
    country: Country,  # noqa: F811
    said: dict[str, object],
    rule: str,
) -> None:
    with pytest.raises(Invalid) as refused:
        write(**said)
    assert refused.value.key == rule
    assert items() == []
