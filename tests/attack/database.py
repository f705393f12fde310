"""Somebody with a database login, who has read the source and can write any SQL."""

from __future__ import annotations

import select
from contextlib import ExitStack

import psycopg2

from tests.attack.target import Target, attack, must
from tests.transforms.identity.test_login_attacks import REFUSED, TRIED

OF_EVERYBODY = {"area", "population", "denominator", "eligible_population"}
"""Tables of the mart that say the same to every login."""


@attack(short=False)  # tests/transforms/identity/test_login_attacks.py tries each by itself
def statements(target: Target) -> str:
    """Names, rights, locks, files, limits and sessions that are not one's own are refused."""
    through = []
    for statement in TRIED:
        with target.cursor("analyst") as cursor:
            try:
                cursor.execute(statement)
            except REFUSED:
                continue
            except psycopg2.Error as other:
                through.append(f"{statement}: {type(other).__name__}")
            else:
                through.append(statement)
    must(not through, through)
    return f"{len(TRIED)} statements refused"


@attack()
def functions(target: Target) -> str:
    """No function of Sala that runs with its owner's rights is found by a changeable name, or is everybody's."""
    with target.cursor("analyst") as cursor:
        cursor.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p"
            " WHERE p.pronamespace::regnamespace::text IN ('core', 'ledger', 'mart')"
            " AND (p.prosecdef AND NOT coalesce(p.proconfig, '{}') && ARRAY['search_path=pg_catalog, pg_temp']"
            " OR EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g"
            " WHERE g.grantee = 0))"
        )
        found = [name for (name,) in cursor.fetchall()]
    must(not found, found)
    return "none"


@attack()
def sealed_entries(target: Target) -> str:
    """Nobody with a login writes an entry of the audit log in another's name, or takes one out."""
    with target.cursor("analyst") as cursor:
        for statement in (
            "INSERT INTO ledger.audit (person, action) VALUES ('chair', 'endorse')",
            "UPDATE ledger.audit SET person = 'chair'",
            "DELETE FROM ledger.audit",
            "SELECT ledger.seal_audit()",
            "SELECT ledger.log_failed_sign_in('chair', '', false)",
        ):
            try:
                cursor.execute(statement)
            except (*REFUSED, psycopg2.errors.UndefinedFunction):
                continue
            must(False, statement)
    return "refused"


@attack()
def areas_of_others(target: Target) -> str:
    """By no table of the mart does a login read figures of areas that are not its own."""
    raw = target.file("scheme_returns", target.spare_month(), "below_beside", 54, target.schemes[0])
    target.taken_in("officer_beside", target.as_("officer_beside").hand_in(raw))
    others = [target.areas[place] for place in ("beside", "below_beside")]
    rows: dict[str, set[str]] = {}
    for part in ("analyst", "analyst_beside"):
        with target.cursor(part) as cursor:
            cursor.execute(
                "SELECT table_name FROM information_schema.columns WHERE table_schema = 'mart'"
                " AND column_name = 'area_code'"
            )
            tables = {name for (name,) in cursor.fetchall()} - OF_EVERYBODY
            rows[part] = set()
            for table in tables:
                cursor.execute(f'SELECT FROM mart."{table}" WHERE area_code = ANY (%s) LIMIT 1', (others,))
                if cursor.fetchone() is not None:
                    rows[part].add(table)
    must(
        "scheme_return" in rows["analyst_beside"], f"its own analyst reads nothing of {others} either: {rows}"
    )
    must(not rows["analyst"], f"rows of {others} in {sorted(rows['analyst'])}")
    return f"of {len(tables)} tables none, where its own analyst reads {len(rows['analyst_beside'])}"


@attack()
def listening(target: Target) -> str:
    """LISTEN on the names that the source has tells nothing when somebody hands in a file."""
    with target.cursor("analyst") as cursor:
        for name in ("sala_received", "sala_receive", "sala", "receive", "submission"):
            cursor.execute(f"LISTEN {name}")
        raw = target.file("scheme_returns", target.spare_month(), "below_beside", 45, target.schemes[0])
        target.taken_in("officer_beside", target.as_("officer_beside").hand_in(raw))
        connection = cursor.connection
        select.select([connection], [], [], 1)
        connection.poll()
        must(not connection.notifies, [(told.channel, told.payload) for told in connection.notifies])
    return "nothing heard"


@attack()
def connections(target: Target) -> str:
    """One login takes so many connections and no more, whatever it says of itself."""
    login = target.account("analyst").login
    with target.cursor("analyst"), ExitStack() as held:
        for count in range(1, 30):
            try:
                connection = psycopg2.connect(login)
            except psycopg2.OperationalError:
                return f"{count} connections, then refused"
            held.callback(connection.close)
    must(False, "30 connections")
    return ""


@attack()
def a_changed_password(target: Target) -> str:
    """A password that is changed on the page is the login's too, and what is open with the old one ends."""
    account, new = target.account("analyst_beside"), "nine green kettles"
    browser = target.browser("analyst_beside")
    with target.cursor("analyst_beside") as cursor:
        fields = {"old": account.password, "new": new, "again": new}
        answer = browser.form("/password", **fields)
        must("outcome=changed" in answer.headers.get("Location", ""), f"not changed: {answer.status_code}")
        try:
            try:
                cursor.execute("SELECT 1")
                must(False, "an open session goes on")
            except psycopg2.Error:
                pass
            try:
                psycopg2.connect(account.login).close()
                must(False, "the old password opens the database")
            except psycopg2.OperationalError:
                pass
        finally:  # as it was, for whoever comes after
            again = target.browser()
            again.sign_in(account.name, new)
            back = {"old": new, "new": account.password, "again": account.password}
            changed = again.form("/password", **back).headers.get("Location", "")
            must("outcome=changed" in changed, f"the password of {account.name} is now {new!r}: {changed}")
    return "the old one opens nothing"
