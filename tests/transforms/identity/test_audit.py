"""The audit log: appended to and never changed, and every way of tampering is found."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sala.errors import Invalid
from sql import warehouse
from transforms.identity.audit import Broken, Head, Verified, head, note_head, noted_heads, record, verify


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
        assert verify(connection, [Head(5, five.head)]).broken == broken


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
        assert verify(connection, [Head(5, five.head)]).entries == 6


def test_many_at_once_make_one_chain(empty_warehouse: None) -> None:
    def three(_: int) -> None:
        with warehouse.transaction() as connection:
            for _ in range(3):
                record(connection, SOKHA, "tested", "at once")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(three, range(24)))
    with warehouse.transaction() as connection:
        assert verify(connection) == Verified(72, verify(connection).head)


def test_an_entry_is_small_and_tells_the_databases_time(empty_warehouse: None) -> None:
    with warehouse.transaction() as connection:
        before = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        record(connection, SOKHA, "a" * 5000, "b" * 5000, "c" * 5000, {"because": "ហេតុ" * 5000, "n": 7})
        record(connection, SOKHA, "tested", "x", None, {str(n): "y" * 400 for n in range(100)})
    with warehouse.transaction() as connection:
        long, wide = connection.execute(text("SELECT * FROM ledger.audit ORDER BY audit_id")).all()
        assert (long.action, long.subject, long.area_code) == ("a" * 100, "b" * 250, "c" * 250)
        assert long.detail == {"because": ("ហេតុ" * 5000)[:500] + "…", "n": 7}
        assert wide.detail.keys() == {"cut"}
        assert before <= long.at <= connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        with pytest.raises(DBAPIError, match="bounded"):
            connection.execute(
                text(
                    "INSERT INTO ledger.audit SELECT 3, at, 1, 'x', 'x', 'x', NULL,"
                    " jsonb_build_object('x', repeat('x', 9000)), previous, seal FROM ledger.audit WHERE audit_id = 2"
                )
            )
        connection.rollback()


def test_a_head_noted_outside_finds_a_cut_tail_and_a_chain_sealed_anew(
    five: Verified, tmp_path: Path
) -> None:
    """As `sala audit head --out` and the nightly run note it, and `sala audit verify --against` reads it."""
    heads = tmp_path / "heads.txt"
    with warehouse.transaction() as connection:
        note_head(heads, head(connection), datetime(2026, 11, 26, tzinfo=UTC))
        record(connection, SOKHA, "tested", "later")
    with warehouse.transaction() as connection:
        note_head(heads, head(connection), datetime(2026, 11, 27, tzinfo=UTC))
        noted = noted_heads(str(heads))
        assert [one.number for one in noted] == [5, 6]
        assert verify(connection, noted).broken is None
        assert noted_heads(str(noted[0])) == noted[:1]
    _as_owner_of_the_machine("DELETE FROM ledger.audit WHERE audit_id = 6")
    with warehouse.transaction() as connection:
        assert verify(connection).broken is None
        assert verify(connection, noted).broken == Broken(6, "shortened")
    _as_owner_of_the_machine("DELETE FROM ledger.audit WHERE audit_id > 3")
    for thing in ("made up", "and this", "too"):
        with warehouse.transaction() as connection:
            record(connection, SOKHA, "tested", thing)
    with warehouse.transaction() as connection:
        assert verify(connection).broken is None
        assert verify(connection, noted).broken == Broken(5, "shortened")
    heads.write_text("no head\n")
    with pytest.raises(Invalid):
        noted_heads(str(heads))
