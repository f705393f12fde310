"""Lists of persons, and what they leave behind."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import psycopg2
from sqlalchemy import text

from sql import warehouse
from tests.attack.target import UPLOAD, Target, attack, must

MARKS = ("7788990011223", "Sok-Bopha-Kim")


def _spoilt_lists(target: Target) -> list[bytes]:
    """Lists of persons in which identifiers stand where none belong, or under no header."""
    month, scheme = target.spare_month(), target.schemes[0]
    good = target.file("beneficiary_list", month, "below", 1, scheme).decode()
    header, line = good.splitlines()[:2]
    cells = line.split(",")
    number = header.split(",").index("person_id")

    def line_with(place: int, mark: str) -> str:
        return ",".join(mark if at == place else cell for at, cell in enumerate(cells))

    return [
        "\n".join(line_with(number, mark) for mark in MARKS).encode(),
        *(
            f"{header}\n{line_with(place, mark)}\n{line_with(place, mark)}\n".encode()
            for place in range(len(cells))
            for mark in MARKS
        ),
        f"{header},remark\n{line},{MARKS[0]}\n".encode(),
        f"{MARKS[1]}\n{header}\n{line}\n".encode(),
    ]


@attack()
def lists_without_header(target: Target) -> str:
    """An identifier without a header, or in another column, is in no verdict, rejected row, problem or log."""
    browser, sent = target.as_("officer"), []
    for raw in _spoilt_lists(target):
        told = browser.check(raw, dataset="beneficiary_list").text
        must(not any(mark in told for mark in MARKS), f"the check of {raw[:80]!r} repeats it: {told[:300]}")
        sent.append((raw, browser.hand_in(raw, filename=f"{MARKS[1]}.csv", dataset="beneficiary_list")))
    for raw, answer in sent:
        submission = target.taken_in("officer", answer)
        seen = target.as_("administrator").get(f"{UPLOAD}/{submission['receipt']}").text
        must(not any(mark in seen for mark in MARKS), f"the verdict on {raw[:80]!r} repeats it: {seen[:300]}")
    return "in no answer"


@attack()
def traces_of_persons(target: Target) -> str:
    """And it is in no table of the warehouse and in no file of the machine but sealed."""
    machine = target.on_the_machine()
    found = set()
    with warehouse.transaction() as connection:
        tables = connection.execute(
            text(
                "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('core', 'ledger')"
            )
        ).scalars()
        for table in tables.all():
            for mark in MARKS:
                query = text(f"SELECT count(*) FROM {table} t WHERE CAST(t AS text) LIKE :mark")  # noqa: S608
                if connection.execute(query, {"mark": f"%{mark}%"}).scalar_one():
                    found.add(table)
    for path in (*_logs(machine.home), *_logs(machine.home.parent)):
        if any(mark.encode() in path.read_bytes() for mark in MARKS):
            found.add(path.name)
    must(not found, f"in {sorted(found)}")
    return "in no table and no log"


@attack()
def pseudonyms(target: Target) -> str:
    """Two readers of one list have no pseudonym in common that one of them could ask the other about."""
    month, scheme = target.spare_month(), target.schemes[0]
    for part, place in (("officer", "below"), ("officer_beside", "below_beside")):
        raw = target.file("beneficiary_list", month, place, 4711, scheme)
        target.taken_in(part, target.as_(part).hand_in(raw, dataset="beneficiary_list"))
    seen: list[set[str]] = []
    for part in ("analyst", "analyst_beside"):
        with target.cursor(part) as cursor:
            cursor.execute("SELECT pseudonym FROM mart.beneficiary WHERE period = %s", (month,))
            seen.append({name for (name,) in cursor.fetchall()})
            with suppress(psycopg2.errors.InsufficientPrivilege):  # else what the mart is made of
                cursor.execute("SELECT encode(person, 'hex') FROM core.beneficiary_line")
                seen[-1] |= {name for (name,) in cursor.fetchall()}
    must(all(seen), f"they read {seen}, so nothing was tried")
    must(not seen[0] & seen[1], f"both read {seen[0] & seen[1]}")
    return f"{len(seen[0])} and {len(seen[1])} read, none the same"


@attack()
def rows_in_the_servers_log(target: Target) -> str:
    """A statement that fails leaves none of its rows in the log of Postgres."""
    machine = target.on_the_machine()
    with target.cursor("analyst") as cursor:
        for statement in ("SELECT 'mark-of-a-row-77'::integer", "SELECT 'mark-of-a-row-77' FROM nowhere"):
            with suppress(psycopg2.Error):  # that it fails is meant
                cursor.execute(statement)
    found = [path.name for path in _logs(machine.home) if b"mark-of-a-row-77" in path.read_bytes()]
    must(not found, f"in {found}")
    return "none"


def _logs(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*log*") if path.is_file() and path.stat().st_size < 50_000_000
            and not {"pg_wal", "pg_xact"} & set(path.parts)]  # fmt: skip
