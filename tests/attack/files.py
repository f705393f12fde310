"""Files made to hurt whoever reads them."""

from __future__ import annotations

import time

from tests.attack.target import NotTried, Target, attack, must
from tests.transforms.intake.hostile_files import FILES

SECONDS = 60
OUTCOMES = ("accepted", "partial", "rejected", "unreadable")


@attack(short=False)  # tests/transforms/intake/test_hostile_files.py
def checks(target: Target) -> str:
    """Each of them gets a verdict in time, and the pages go on."""
    browser, slowest = target.as_("officer"), 0.0
    for name, hostile in FILES.items():
        started = time.monotonic()
        answer = browser.check(hostile.make(), dataset="scheme_returns")
        took = time.monotonic() - started
        slowest = max(slowest, took)
        verdict = answer.json().get("outcome") if answer.status_code == 200 else answer.status_code
        must(verdict in (*OUTCOMES, 413), f"{name}: {answer.status_code} {answer.text[:200]}")
        must(took < SECONDS, f"{name}: {took:.0f} s")
        page = target.browser().get("/", timeout=30).status_code
        must(page == 200, f"after {name} the first page: {page}")
    return f"{len(FILES)} files, the slowest {slowest:.0f} s"


@attack(short=False)
def queue(target: Target) -> str:
    """Handed in, none of them stops the queue: a good file behind them is taken in."""
    browser = target.as_("officer")
    sent = [
        browser.hand_in(hostile.make(), name, dataset="scheme_returns") for name, hostile in FILES.items()
    ]
    refused = [answer.status_code for answer in sent if answer.status_code not in (202, 413)]
    must(not refused, refused)
    raw = target.file("scheme_returns", target.spare_month(), "below", 47, target.schemes[0])
    behind = target.taken_in("officer", browser.hand_in(raw))
    must(behind["outcome"] == "accepted", f"the file behind them: {behind['state']}, {behind['outcome']}")
    waiting = [answer.json()["url"] for answer in sent if answer.status_code == 202
               and browser.get(answer.json()["url"]).json()["state"] in ("received", "failed")]  # fmt: skip
    must(not waiting, f"without a verdict: {waiting}")
    return f"{len(sent)} files, and the one behind them is accepted"


@attack()
def one_cell_far_away(target: Target) -> str:
    """A small workbook whose one cell is the last that there can be is answered, and so is what comes next."""
    name = next((name for name in FILES if "far" in name or "last_cell" in name or "corner" in name), None)
    if name is None:
        raise NotTried("such a file among those of the tests")
    answer = target.as_("officer").check(FILES[name].make(), dataset="scheme_returns")
    must(answer.status_code == 200, f"{answer.status_code} {answer.text[:200]}")
    return f"{name}: {answer.json()['outcome']}"
