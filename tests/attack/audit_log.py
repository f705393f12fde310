"""What is written down, by whom, and whether it can be changed unseen."""

from __future__ import annotations

from sqlalchemy import text

from sql import warehouse
from tests.attack.target import Target, attack, must
from transforms.identity.audit import head, verify


def _entries(since: int) -> list[tuple[str, str, str]]:
    """person, action, subject of what was written since an entry."""
    with warehouse.transaction() as connection:
        rows = connection.execute(
            text(
                "SELECT person, action, subject FROM ledger.audit WHERE audit_id > :since ORDER BY audit_id"
            ),
            {"since": since},
        )
        return [tuple(row) for row in rows]


def _last() -> int:
    with warehouse.transaction() as connection:
        return int(
            connection.execute(text("SELECT coalesce(max(audit_id), 0) FROM ledger.audit")).scalar_one()
        )


@attack()
def what_is_written_down(target: Target) -> str:
    """Signing in, a wrong password, a hand-in and a permission refused are entries of whoever did it."""
    target.on_the_machine()
    since, account = _last(), target.account("chair")
    browser = target.browser("chair")
    target.browser().sign_in(account.name, "not the password at all")
    raw = target.file("scheme_returns", target.spare_month(), "below", 53, target.schemes[0])
    refused = browser.hand_in(raw, dataset="allocations")
    must(refused.status_code == 403, f"a chair hands in grants: {refused.status_code}")
    target.as_("officer").hand_in(raw)
    written = _entries(since)
    of = {name: [action for person, action, _ in written if person == name]
          for name in (account.name, target.account("officer").name)}  # fmt: skip
    must(len(of[account.name]) >= 2 and len(of[target.account("officer").name]) >= 1, written)
    wrong = [entry for entry in written if account.name in entry[2] or "password" in entry[1]]
    must(bool(wrong), f"no wrong password in {written}")
    return "; ".join(sorted({action for _, action, _ in written}))


@attack()
def a_flood_of_words(target: Target) -> str:
    """No request writes an entry of any size that it likes."""
    target.on_the_machine()
    since = _last()
    long = "y" * 3_000
    browser = target.as_("chair")
    browser.get(f"/review/{long}/scheme_returns/2026-10")
    browser.follow(long, "confirmations")
    browser.withdraw("AAAA-AAAA-AAAA", because=long)
    target.as_("officer").hand_in(b"x", filename=long, because=long * 50)
    with warehouse.transaction() as connection:
        largest = connection.execute(
            text("SELECT max(length(CAST(a AS text))) FROM ledger.audit a WHERE audit_id > :since"),
            {"since": since},
        ).scalar()
    must((largest or 0) < 20_000, f"an entry of {largest} letters")
    return f"the largest has {largest} letters"


@attack()
def a_tail_cut_off(target: Target) -> str:
    """Whoever owns the database and cuts the log, or seals it anew, is found by a head that was noted elsewhere."""
    target.on_the_machine()
    with warehouse.transaction() as connection:
        noted = head(connection)
        must(verify(connection, [noted]).broken is None, "it does not hold before anything was done")
        for statements in (
            ["DELETE FROM ledger.audit WHERE audit_id = (SELECT max(audit_id) FROM ledger.audit)"],
            ["UPDATE ledger.audit SET person = 'nobody' WHERE audit_id = 2"],
            ["DELETE FROM ledger.audit WHERE audit_id = (SELECT max(audit_id) FROM ledger.audit)",
             "INSERT INTO ledger.audit (audit_id, at, person, action, subject, detail, previous, seal)"
             " SELECT audit_id + 1, now(), 'nobody', 'none', '', detail, seal, sha256(seal) FROM ledger.audit"
             " ORDER BY audit_id DESC LIMIT 1"],
        ):  # fmt: skip
            undo = connection.begin_nested()
            connection.execute(text("ALTER TABLE ledger.audit DISABLE TRIGGER USER"))
            for statement in statements:
                connection.execute(text(statement))
            broken = verify(connection, [noted]).broken
            undo.rollback()
            must(broken is not None, f"not found: {statements}")
    return "found"
