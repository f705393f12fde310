"""The audit log: appended to and never changed, and every way of tampering is found."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sql import warehouse
from transforms.identity.audit import Broken, Verified, record, verify


@dataclass(frozen=True)
class Somebody:
    person_id: int | None
    name: str


SOKHA = Somebody(None, "សុខា")

TAMPERING: dict[str, tuple[str, Broken]] = {
    "an entry taken out": ("DELETE FROM ledger.audit WHERE audit_id = 3", Broken(3, "missing")),
    "a reason changed": (
        "UPDATE ledger.audit SET detail = '{\"n\": 99}' WHERE audit_id = 2",
        Broken(2, "altered"),
    ),
    "another's name": ("UPDATE ledger.audit SET person = 'Dara' WHERE audit_id = 4", Broken(4, "altered")),
    "an entry sealed anew": (
        "UPDATE ledger.audit a SET action = 'none', seal = sha256(a.previous || convert_to("
        "ledger.audited((a.audit_id, a.at, a.person_id, a.person, 'none', a.subject, a.area_code, a.detail,"
        " a.previous, a.seal)::ledger.audit), 'UTF8')) WHERE audit_id = 2",
        Broken(3, "unlinked"),
    ),
    "the end cut off": ("DELETE FROM ledger.audit WHERE audit_id > 3", Broken(5, "shortened")),
}


@pytest.fixture
def five(empty_warehouse: None) -> Verified:
    for n in range(5):
        with warehouse.transaction() as connection:
            record(connection, SOKHA, "tested", f"thing {n}", "01", {"n": n, "why": "ហេតុផល", "part": 0.1})
    with warehouse.transaction() as connection:
        return verify(connection)


def _as_owner_of_the_machine(statement: str) -> None:
    with warehouse.transaction() as connection:
        connection.execute(text("ALTER TABLE ledger.audit DISABLE TRIGGER USER"))
        connection.execute(text(statement))
        connection.execute(text("ALTER TABLE ledger.audit ENABLE TRIGGER USER"))


@pytest.mark.parametrize("how", TAMPERING)
def test_tampering_is_found(five: Verified, how: str) -> None:
    assert five.broken is None
    statement, broken = TAMPERING[how]
    _as_owner_of_the_machine(statement)
    with warehouse.transaction() as connection:
        assert verify(connection, (5, five.head)).broken == broken


@pytest.mark.parametrize(
    "change",
    ["UPDATE ledger.audit SET person = 'x'", "DELETE FROM ledger.audit", "TRUNCATE ledger.audit"],
)
def test_the_owner_of_the_tables_is_refused(five: Verified, change: str) -> None:
    with pytest.raises(DBAPIError, match="only ever appended"), warehouse.transaction() as connection:
        connection.execute(text(change))


def test_what_was_undone_leaves_no_entry_and_no_gap(five: Verified) -> None:
    with warehouse.engine().connect() as connection:
        record(connection, SOKHA, "tested", "undone")
        connection.rollback()
    with warehouse.transaction() as connection:
        record(connection, SOKHA, "tested", "done")
    with warehouse.transaction() as connection:
        assert verify(connection, (5, five.head)).entries == 6


def test_many_at_once_make_one_chain(empty_warehouse: None) -> None:
    def three(_: int) -> None:
        with warehouse.transaction() as connection:
            for _ in range(3):
                record(connection, SOKHA, "tested", "at once")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(three, range(24)))
    with warehouse.transaction() as connection:
        assert verify(connection) == Verified(72, verify(connection).head)
