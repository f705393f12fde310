"""Signing in and out, guessing, and how much anybody may ask or send."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack, closing, suppress
from urllib.parse import urlsplit

import psycopg2
from sqlalchemy import make_url, text

from countries.country import current
from sala.settings import settings
from sql import warehouse
from tests.attack.target import PASSWORD, UPLOAD, Target, attack, must
from tests.dashboards.test_slow_senders import BEGINNINGS
from tests.transforms.identity.test_requests import NAMES, ODD
from transforms.identity import accounts


@attack()
def a_copied_cookie(target: Target) -> str:
    """A cookie that somebody copied is worth nothing once its owner has signed out."""
    owner, copy = target.browser("officer"), target.browser()
    name = target.account("officer").name
    copy.cookies.update(owner.cookies)
    must(name in copy.page("/sign-in").text, "the copy was never signed in: nothing was tried")
    owner.form("/sign-out")
    must(name not in copy.page("/sign-in").text, "the copy is still signed in")
    return "signed out"


@attack()
def a_session_left_open(target: Target) -> str:
    """A session that nobody uses ends, and so does one that is used for ever."""
    target.on_the_machine()
    name = target.account("chair").name
    for column, ages in (
        ("seen_at", settings().session_idle_minutes),
        ("began_at", settings().session_hours * 60),
    ):
        browser = target.browser("chair")
        must(name in browser.page("/sign-in").text, "never signed in: nothing was tried")
        with warehouse.transaction() as connection:
            older = text(
                f"UPDATE ledger.session SET {column} = {column} - make_interval(mins => :minutes)"  # noqa: S608
                " WHERE person_id = (SELECT person_id FROM ledger.person WHERE name = :name)"
            )
            connection.execute(older, {"minutes": ages + 1, "name": name})
        must(name not in browser.page("/sign-in").text, f"still signed in after {ages} minutes ({column})")
    target.forget("chair")
    return "ended"


@attack()
def a_closed_account(target: Target) -> str:
    """Whoever's account is closed is out at once, of the pages and of the database; and it is written down."""
    target.on_the_machine()
    analyst = target.account("analyst")
    made = accounts.add(
        current(), "leaver", analyst.role, analyst.area, password=PASSWORD, must_change=False, sql_login=True
    )
    browser = target.browser()
    browser.sign_in("leaver", PASSWORD)
    must("leaver" in browser.page("/sign-in").text, "never signed in: nothing was tried")
    address = make_url(analyst.login or "").set(username=made.login, password=PASSWORD)
    with closing(psycopg2.connect(address.render_as_string(hide_password=False))) as connection:
        accounts.disable("leaver")
        with suppress(psycopg2.Error), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            must(False, "the database still answers")
    must("leaver" not in browser.page("/sign-in").text, "the page still knows it")
    with warehouse.transaction() as connection:
        written = text("SELECT action FROM ledger.audit WHERE subject LIKE '%leaver%' ORDER BY audit_id")
        actions = connection.execute(written).scalars().all()
        connection.exec_driver_sql(f'DROP ROLE "{made.login}"')
    must(len(actions) >= 2, f"written down: {actions}")
    return f"out; written down: {', '.join(actions)}"


@attack()
def names_that_exist(target: Target) -> str:
    """A wrong password and a name that is nobody's are answered in the same words, after the same time."""
    words: dict[str, set[object]] = {"known": set(), "unknown": set()}
    times: dict[str, list[float]] = {"known": [], "unknown": []}
    for account in target.accounts.values():
        for kind, name in (("known", account.name), ("unknown", f"x{account.name}")):
            browser = target.browser()
            browser.page("/sign-in")
            started = time.monotonic()
            answer = browser.sign_in(name, "not the password at all")
            times[kind].append(time.monotonic() - started)
            words[kind].add((answer.status_code, answer.headers.get("Location")))
    took = {kind: min(seconds) for kind, seconds in times.items()}  # a busy machine only adds to it
    must(words["known"] == words["unknown"], words)
    ratio = took["known"] / took["unknown"]
    must(1 / 1.6 < ratio < 1.6, f"known {took['known']:.3f} s, unknown {took['unknown']:.3f} s")
    return f"same words; {took['known']:.2f} s and {took['unknown']:.2f} s"


@attack()
def guessing(target: Target) -> str:
    """Who guesses soon waits, by page and by API; the owner, elsewhere, does not."""
    name = target.account("secretary").name
    waits = None
    for count in range(1, 12):
        answer = target.browser(address="127.0.0.66").sign_in(name, f"guess number {count}")
        if "wait" in answer.headers.get("Location", ""):
            waits = count
            break
    must(waits is not None, "eleven guesses, and no wait")
    by_program = target.browser(address="127.0.0.66").get(
        UPLOAD, auth=(name, target.account("secretary").password), timeout=30
    )
    must(by_program.status_code in (401, 429), f"the API answers {by_program.status_code} meanwhile")
    owner = target.browser(address="127.0.0.67").sign_in(name, target.account("secretary").password)
    must(
        "outcome" not in owner.headers.get("Location", ""),
        f"its owner elsewhere: {owner.headers.get('Location')}",
    )
    return f"guess {waits} waits; the owner is let in"


@attack(short=False)
def many_requests(target: Target) -> str:
    """Too many requests are refused, wherever they go and whatever password comes with them."""
    seen = []
    for number, (address, auth) in enumerate(
        (("127.0.0.70", None), ("127.0.0.71", ("nobody", "nothing at all")))
    ):
        browser = target.browser(address=address)
        path = (UPLOAD, "/nowhere")[number]
        for count in range(1, 5_000):
            if browser.get(path, auth=auth if count % 200 == 0 else None, timeout=30).status_code == 429:
                seen.append(count)
                break
        else:
            must(False, f"{count} requests of {path} in a row")
    return f"refused after {seen}"


@attack()
def large_bodies(target: Target) -> str:
    """Nobody sends more than a form but who may hand in files, and it is said in words."""
    large = b"x" * 1_000_000
    seen = {
        "form": target.browser().post("/sign-in", data={"name": large}).status_code,
        "callback": target.as_("officer").callback(b'{"output": "' + large * 5 + b'"}').status_code,
        "file of a visitor to another path": target.browser()
        .post("/sign-in", files={"file": large})
        .status_code,
        "file of a reader": target.as_("analyst").check(large).status_code,
    }
    must(set(seen.values()) == {413}, seen)
    return "413"


@attack(short=False)  # tests/dashboards/test_slow_senders.py
def slow_senders(target: Target) -> str:
    """Thirty connections that send slowly, or not at all, hold up nobody else."""
    place = urlsplit(target.url)
    slowest = 0.0
    for beginning in BEGINNINGS.values():
        with ExitStack() as slow:
            for _ in range(30):
                sender = slow.enter_context(socket.create_connection((place.hostname, place.port or 80)))
                sender.sendall(beginning)
            started = time.monotonic()
            status = target.browser().get("/", timeout=60).status_code
            slowest = max(slowest, time.monotonic() - started)
            must(status == 200, f"{beginning[:40]!r}: {status}")
    must(slowest < 10, f"a page took {slowest:.1f} s")
    return f"a page took {slowest:.1f} s at most"


@attack()
def kept_answers(target: Target) -> str:
    """Nobody between keeps what is not the same for everybody."""
    paths = (
        "/",
        UPLOAD,
        "/_dash-layout",
        "/healthz",
        f"/download/areas/{target.areas['own']}.csv?period={target.spare_month()}",
    )
    for browser in (target.browser(), target.as_("officer")):
        for path in paths:
            kept = browser.get(path).headers.get("Cache-Control")
            must(kept == "no-store", f"{path}: {kept}")
    return "no-store"


@attack(short=False)  # tests/transforms/identity/test_requests.py
def odd_parameters(target: Target) -> str:
    """NUL, NaT, line ends, negative rows and other oddities end in no fault and no header of the sender's."""
    browser = target.as_("officer")
    own = target.areas["own"]
    paths = ["/", f"/area/{own}", f"/review/{own}/scheme_returns", f"/download/areas/{own}.csv", "/data", "/calendar",
             UPLOAD, "/api/v1/indicators", "/api/v1/templates/scheme_returns", "/api/v1/scheme-totals"]  # fmt: skip
    statuses = set()
    for path in paths:
        for odd in ODD:
            answer = browser.get(f"{path}?" + "&".join(f"{name}={odd}" for name in NAMES))
            statuses.add(answer.status_code)
            must(
                answer.status_code < 500 and "X" not in answer.headers,
                f"{path} with {odd}: {answer.status_code}",
            )
    return f"answers {sorted(statuses)}"


@attack()
def odd_filenames(target: Target) -> str:
    """A file's name writes no header, and none of it is a path."""
    raw = target.file("scheme_returns", target.spare_month(), "below", 46, target.schemes[0])
    for name in (
        "../../../../tmp/x.csv",
        'a"; filename="b.csv',
        "a\r\nX-Mine: y.csv",
        "x" * 5_000 + ".csv",
        "\u202e.csv",
        "NUL",
    ):
        answer = target.as_("officer").hand_in(raw, filename=name)
        must(
            answer.status_code < 500 and "X-Mine" not in answer.headers,
            f"{name[:30]!r}: {answer.status_code}",
        )
        if answer.status_code == 202:
            back = target.as_("officer").get(f"{UPLOAD}/{answer.json()['receipt']}/annotated")
            must(
                back.status_code < 500 and "X-Mine" not in back.headers,
                f"{name[:30]!r} back: {back.status_code}",
            )
    return "all answered"
