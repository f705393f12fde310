"""A draft is its writer's alone; an item is seen on its way and moved by its holder, whatever door is tried."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from sala.errors import NotAllowed, NotFound
from sql import warehouse
from tests.transforms.identity.conftest import WEEK, Chain
from transforms.flash.drafts import draft, save
from transforms.flash.flash_report import Entry, FlashReport
from transforms.flash.submit_report import submit_report
from transforms.items.moves import move, raise_question


def test_a_draft_is_its_writers_alone(chain: Chain) -> None:
    writer = chain.people["officer-c11"]
    sheet = FlashReport(WEEK, "C11", None, {}, (Entry("risk", "not yet for others"),))
    with warehouse.acting(writer.person_id) as connection:
        save(connection, sheet)
        assert draft(connection, WEEK, "C11", None) is not None
    for name in ("officer-p1", "chair-p1", "chair-r", "analyst-r"):
        with warehouse.acting(chain.people[name].person_id) as connection:
            assert draft(connection, WEEK, "C11", None) is None
            assert connection.execute(text("SELECT count(*) FROM core.flash_draft")).scalar() == 0
    for name, area in (("officer-c11", "C12"), ("officer-p2", "C11"), ("body-one", "R")):
        other = chain.people[name]
        with pytest.raises(NotAllowed), warehouse.acting(other.person_id) as connection:
            submit_report(connection, other, FlashReport(WEEK, area, None, {}, sheet.entries), chain.country)


def test_an_item_is_moved_by_its_holder_alone(chain: Chain) -> None:
    asker, holder = chain.people["officer-c11"], chain.people["chair-p1"]
    with warehouse.acting(asker.person_id) as connection:
        item_id = raise_question(connection, asker, "C11", "May we hire?", "layer1")
    for name in ("chair-p2", "chair-r", "officer-p1", "officer-c11", "admin-p1"):
        other = chain.people[name]
        with (
            pytest.raises((NotFound, NotAllowed)),
            warehouse.acting(other.person_id) as connection,
        ):
            move(connection, other, item_id, "settled", "so be it")
        with warehouse.acting(other.person_id) as connection:  # nor by SQL that no page would send
            changed = connection.execute(
                text("UPDATE core.item SET state = 'settled' WHERE item_id = :id"), {"id": item_id}
            )
            assert changed.rowcount == 0
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        warehouse.acting(asker.person_id) as connection,
    ):
        connection.execute(
            text(
                "INSERT INTO core.item_step (item_id, at, action, from_id, to_id, person_id, person, reason)"
                " SELECT item_id, now(), 'answered', holder_id, origin_id, core.current_person(), 'x', 'yes'"
                " FROM core.item WHERE item_id = :id"
            ),
            {"id": item_id},
        )
    with warehouse.acting(chain.people["analyst-p2"].person_id) as connection:
        assert connection.execute(text("SELECT count(*) FROM mart.item")).scalar() == 0
    with warehouse.acting(holder.person_id) as connection:
        move(connection, holder, item_id, "answered", "yes, one")
    with warehouse.acting(asker.person_id) as connection:
        row = warehouse.read(connection, "SELECT * FROM mart.item WHERE item_id = :id", id=item_id).iloc[0]
    assert (row["state"], row["holder_code"], row["answer"]) == ("answered", "C11", "yes, one")
