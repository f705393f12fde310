"""Acts on returns: who files, replaces, withdraws and confirms what."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from sql import warehouse
from tests.attack.target import UPLOAD, NotTried, Target, attack, must
from tests.transforms.identity.filing.office import sheet_call

REFUSALS = (401, 403, 404)  # 404: whoever does not see a submission does not learn of it


def _filed(target: Target, part: str, raw: bytes, **form: str) -> dict[str, Any]:
    """Hand in a file that is good, and have it taken in."""
    submission = target.taken_in(part, target.as_(part).hand_in(raw, **form))
    if submission.get("outcome") not in ("accepted", "partial"):
        raise NotTried(f"a file of {part} that is accepted: {submission}")
    return submission


def _refused(target: Target, part: str, raw: bytes, dataset: str) -> str:
    """Why a file that somebody hands in comes to nothing. Raises NotHeld where it does not."""
    answer = target.as_(part).hand_in(raw, dataset=dataset)
    if answer.status_code in REFUSALS:
        return str(answer.status_code)
    submission = target.taken_in(part, answer)
    rules = {problem["rule"] for problem in submission["problems"]}
    must(not submission["rows_accepted"], f"{part}: {submission['outcome']}, {sorted(rules)}")
    return ", ".join(sorted(rules))


def _stays(target: Target, owner: str, before: dict[str, Any]) -> None:
    """Raises NotHeld where the owner sees another state of a submission than before."""
    after = target.as_(owner).get(f"{UPLOAD}/{before['receipt']}").json()
    told = ("submitted_by", "state", "outcome", "received_at", "rows_accepted", "verdicts")
    must([after.get(key) for key in told] == [before[key] for key in told], f"it is now {after}")


@attack()
def same_bytes(target: Target) -> str:
    """The same bytes, sent again from below, do not become the sender's to withdraw, nor tell that they came before."""
    month = target.spare_month()
    raw = target.file("population", month[:4], "below", 40_000_000 + int(month[5:]))
    before = _filed(target, "administrator", raw, because="a count")
    thief = target.as_("officer_below")
    answers = [thief.hand_in(raw, again=again) for again in ("true", "false")]
    told = [answer.json().get("known") for answer in answers if answer.status_code == 202]
    must(told in ([], [False, True]), f"known: {told}")
    receipts = {answer.json()["receipt"] for answer in answers if answer.status_code == 202}
    must(before["receipt"] not in receipts, "the thief got the owner's receipt")
    for answer in answers[:1]:
        if answer.status_code == 202:
            taken = target.taken_in("officer_below", answer)
            must(not taken["rows_accepted"], f"the thief's copy is {taken['outcome']}")
            thief.withdraw(taken["receipt"])
    status = thief.withdraw(before["receipt"]).status_code
    must(status in REFUSALS, f"withdrawing the owner's: {status}")
    _stays(target, "administrator", before)
    return f"a submission of their own; the owner's: {status}"


@attack()
def acts_on_anothers_file(target: Target) -> str:
    """Neighbours, other administrators and readers withdraw, confirm and judge anew nothing of an officer's."""
    month, scheme = target.spare_month(), target.schemes[0]
    before = _filed(target, "officer", target.file("scheme_returns", month, "below", 41, scheme))
    statuses = set()
    for part in (
        "officer_beside",
        "two",
        "analyst",
        "board",
    ):  # a sample's visitor files returns of everywhere
        browser = target.as_(part)
        for which in ({}, {"period": month}, {"area_code": target.areas["below"]}, {"scheme": scheme}):
            statuses.add(browser.withdraw(before["receipt"], **which).status_code)
        statuses |= {
            browser.follow(before["receipt"], act).status_code
            for act in ("confirmations", "retries", "joins")
        }
    must(statuses <= {*REFUSALS, 409}, sorted(statuses))
    _stays(target, "officer", before)
    return f"answers {sorted(statuses)}"


@attack()
def a_file_that_nobody_has_read(target: Target) -> str:
    """While a file waits and its dataset is not known, nobody ends it who may not file whatever its sender may."""
    machine, scheme = target.on_the_machine(), target.schemes[0]
    officer = target.as_("officer")
    waiting = officer.hand_in(target.file("scheme_returns", target.spare_month(), "below", 46, scheme))
    receipt = waiting.json()["receipt"]
    statuses = {
        status
        for part in ("chair", "province", "board", "one", "officer_beside", "analyst", "visitor")
        for status in (
            target.as_(part).withdraw(receipt).status_code,
            *(
                target.as_(part).follow(receipt, act).status_code
                for act in ("confirmations", "retries", "joins")
            ),
        )
    }
    machine.receive()
    taken = officer.get(f"{UPLOAD}/{receipt}").json()
    must(
        statuses <= set(REFUSALS) and taken["state"] == "loaded", f"{sorted(statuses)}, then {taken['state']}"
    )
    mended = officer.hand_in(target.file("scheme_returns", target.spare_month(), "below", 47, scheme))
    own = officer.withdraw(mended.json()["receipt"]).status_code
    must(own == 200, f"its sender cannot either: {own}")
    return f"answers {sorted(statuses)}"


@attack()
def a_grant_withdrawn(target: Target) -> str:
    """A grant is withdrawn by nobody who may not allocate, nor by whom it was granted to."""
    month, scheme = target.spare_month(), target.schemes[0]
    granted = target.as_("board").grant(month, target.areas["own"], scheme, 50_000, target.areas["nation"])
    must(granted == "allocated", f"the board could not grant: {granted}")
    if target.machine is not None:
        target.machine.receive()
    before = target.as_("board").get(UPLOAD).json()["submissions"][0]
    statuses = set()
    for part in ("administrator", "secretary", "officer", "province", "one", "visitor"):
        for which in ({}, {"period": month}, {"area_code": target.areas["own"]}, {"scheme": scheme}):
            statuses.add(target.as_(part).withdraw(before["receipt"], **which).status_code)
    must(statuses <= set(REFUSALS), sorted(statuses))
    _stays(target, "board", before)
    return f"answers {sorted(statuses)}"


@attack()
def a_grant_replaced(target: Target) -> str:
    """A province replaces no grant of the board's, and grants nothing to itself or beside it, nor by a file."""
    month, (scheme, *_) = target.spare_month(), target.schemes
    granted = target.as_("board").grant(month, target.areas["own"], scheme, 40_000, target.areas["nation"])
    must(granted == "allocated", f"the board could not grant: {granted}")
    province = target.as_("province")
    outcomes = {
        place: province.grant(month, target.areas[place], scheme, 90_000, target.areas["own"])
        for place in ("own", "beside", "nation")
    }
    must(not {"allocated", "unchanged"} & set(outcomes.values()), outcomes)
    sent = {place: _refused(target, "province", target.file("allocations", month, place, 90_000, scheme), "allocations")
            for place in ("own", "below")}  # fmt: skip
    return f"{outcomes}; by file {sent}"


@attack()
def a_visitor_grants(target: Target) -> str:
    """In a sample a visitor may try an upload, and still grants no money, by form or file."""
    month, scheme, visitor = target.spare_month(), target.schemes[0], target.as_("visitor")
    outcome = visitor.grant(month, target.areas["own"], scheme, 1_000, target.areas["nation"])
    must(outcome not in ("allocated", "unchanged"), outcome)
    raw = target.file("allocations", month, "own", 1_000, scheme)
    return f"{outcome}; by file {_refused(target, 'visitor', raw, 'allocations')}"


@attack()
def a_made_up_sender(target: Target) -> str:
    """`submitted_by` of a request is not believed."""
    raw = target.file("scheme_returns", target.spare_month(), "below", 43, target.schemes[0])
    name = target.account("administrator").name
    answers = [target.as_(part).hand_in(raw, submitted_by=name) for part in ("officer_beside", "visitor")]
    receipts = [answer.json()["receipt"] for answer in answers if answer.status_code == 202]
    for receipt in receipts:
        seen = target.as_("administrator").get(f"{UPLOAD}/{receipt}").json()
        must(seen.get("submitted_by") != name, f"{receipt} is said to be of {name}")
    return f"{len(receipts)} of 2 taken, none as {name}'s"


@attack(short=False)  # tests/transforms/identity/filing/test_attacks.py
def sheets_of_others(target: Target) -> str:
    """Officers file no sheet of a ministry or an administrator, and an administrator of a scheme none of areas."""
    week = target.spare_month().replace("-", "-W")
    one, two = target.administrators
    tries = [
        ("officer", "nation", ""), ("officer", "nation", one), ("officer", "own", one),
        ("one", "nation", two), ("one", "nation", ""), ("one", "own", ""), ("one", "below", ""),
    ]  # fmt: skip
    seen = {
        f"{part} of {place} {about}".strip(): _refused(
            target, part, target.file("flash_reports", week, place, 50, about), "flash_reports"
        )
        for part, place, about in tries
    }
    return "; ".join(f"{what}: {why}" for what, why in seen.items())


@attack()
def sheets_typed_for_others(target: Target) -> str:
    """Nor are they typed on the page: neither filed nor kept as a draft, which the one whose they are would find."""
    machine = target.on_the_machine()
    week, one = target.spare_month().replace("-", "-W"), target.administrators[0]
    for part, place, about in (
        ("officer", "nation", ""),
        ("officer", "nation", one),
        ("officer_beside", "own", ""),
        ("officer_beside", "below", ""),
        ("two", "nation", one),
        ("one", "own", ""),
        ("analyst", "own", ""),
        ("visitor", "nation", one),
    ):
        for file in (True, False):
            target.as_(part).callback(sheet_call(week, target.areas[place], about, 50, file))
        machine.receive()
        must(_typed(week) == (0, 0), f"{part} of {place} {about}: drafts and returns {_typed(week)}")
    target.as_("officer").callback(sheet_call(week, target.areas["own"], "", 50, file=False))
    must(_typed(week) == (1, 0), f"the own sheet is not kept either, so nothing was tried: {_typed(week)}")
    return "none filed, none kept"


def _typed(week: str) -> tuple[int, int]:
    """How many drafts and how many returns there are of a week."""
    counted = text(
        "SELECT (SELECT count(*) FROM core.flash_draft WHERE week = :week), (SELECT count(*) FROM core.return r"
        " JOIN core.period p USING (period_id) WHERE r.dataset = 'flash_reports' AND p.key = :week)"
    )
    with warehouse.transaction() as connection:
        drafts, stand = connection.execute(counted, {"week": week}).one()
    return int(drafts), int(stand)


@attack()
def figures_of_the_country(target: Target) -> str:
    """Population and targets are filed for the whole country: by no officer, administrator of a scheme or visitor."""
    month = target.spare_month()
    seen = set()
    for part in ("officer", "officer_below", "one", "secretary", "board", "analyst", "visitor"):
        for dataset in ("population", "targets"):
            for place in ("nation", "below"):
                raw = target.file(dataset, month[:4], place, 7, "")
                seen.add(_refused(target, part, raw, dataset))
    return "; ".join(sorted(seen))


@attack(short=False)  # tests/transforms/identity/filing/test_attacks.py
def a_return_of_an_administrator(target: Target) -> str:
    """What a scheme's administrator filed is replaced by no officer, secretary or other administrator."""
    month, scheme = target.spare_month(), target.schemes[0]
    before = _filed(target, "one", target.file("scheme_returns", month, "below", 44, scheme))
    raw = target.file("scheme_returns", month, "below", 45, scheme)
    seen = {
        _refused(target, part, raw, "scheme_returns")
        for part in ("officer", "officer_below", "secretary", "two")
    }
    _stays(target, "one", before)
    return "; ".join(sorted(seen))


@attack(short=False)  # tests/transforms/identity/filing/test_attacks.py
def checks_that_tell(target: Target) -> str:
    """Checking a file tells an administrator or a neighbour nothing of what others counted."""
    month, (_, scheme) = target.spare_month(), target.schemes
    for n in range(3):
        _filed(target, "officer", target.file("scheme_returns", month, "below", 987_641, scheme))
        month = target.spare_month() if n < 2 else month
    for part in ("one", "officer_beside"):
        told = target.as_(part).check(target.file("scheme_returns", month, "below", 2, scheme)).text
        must(
            "987641" not in told.replace(",", "").replace("\u202f", ""),
            f"{part} read 987,641 in {told[:500]}",
        )
    return "no figure of others in the verdict"
