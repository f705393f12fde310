"""Acts of everybody by page, API and inbox, done for good: what stands afterwards is what roles.yaml says.

All acts are done in one warehouse, each on a return of its own, and then looked at one by one. They are chosen so that
every way meets every role, dataset, place and kind of sender, both where it is allowed and where it is not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from sql import warehouse
from tests.reference.filing import Account, ReturnOf, Rules
from tests.transforms.identity.filing.filed import POSSIBLE, Periods, may_file
from tests.transforms.identity.filing.office import Office, Return
from tests.transforms.identity.filing.people import PEOPLE, SALA, VISITOR
from transforms.identity.person import SYSTEM
from transforms.intake.submit import submit
from validators.contracts.contract import contract

ALLOWED, REFUSED = 5, 7  # acts a way
DONE = (200, 201, 202, 303)
BEFORE, AFTER = 5, 6  # the numbers in the files
DOUBTFUL = 9_000_000  # more than live there, which is a warning


@dataclass(frozen=True)
class Case:
    """Somebody acts on a return, of which `sender` has filed what stands, if anything does."""

    who: Account
    of: ReturnOf
    sender: Account | None


@dataclass
class Played:
    """What was done. `stood`: number, receipt and sender of the return before. `said`: what the door answered."""

    way: str
    case: Case
    at: Return
    allowed: bool
    receipt: str = ""
    stood: Any = None
    said: Any = None
    left: dict[str, Any] = field(default_factory=dict)


def hands_in(rules: Rules, case: Case) -> bool:
    """Whether somebody files a return with a file of any making."""
    return "submit" in rules.roles[case.who.role]["actions"] and files(rules, case)


def files(rules: Rules, case: Case) -> bool:
    if case.sender is None:
        return rules.may_file(case.who, case.of)
    return rules.may_replace(case.who, case.of, case.sender)


def drafts(rules: Rules, case: Case) -> bool:
    return rules.may_file(case.who, case.of)


def ends_a_part(rules: Rules, case: Case) -> bool:
    assert case.sender
    return rules.sees(case.who, case.sender) and rules.may_replace(case.who, case.of, case.sender)


def corrects(rules: Rules, case: Case) -> bool:
    assert case.sender
    return rules.sees(case.who, case.sender) and rules.may_correct(
        case.who, case.sender, case.of.dataset, [case.of]
    )


@dataclass(frozen=True)
class Way:
    """`act` does it and gives what was answered; `may` says whether it is allowed; `fits` for which cases it is."""

    act: Callable[[Office, Played], Any]
    may: Callable[[Rules, Case], bool]
    fits: Callable[[Case], bool]


def anything(case: Case) -> bool:
    return True


def with_a_folder(case: Case) -> bool:
    """A file in the inbox does not say what it is, as control totals have to."""
    return case.who.name != VISITOR and not contract(case.of.dataset).named_by_sender


def sheets(case: Case) -> bool:
    return case.of.dataset == "flash_reports"


def grants(case: Case) -> bool:
    return case.of.dataset == "allocations"


def standing(case: Case) -> bool:
    return case.sender is not None


def raw(played: Played) -> bytes:
    return played.at.file(AFTER)


WAYS = {
    "file: API": Way(lambda o, p: o.send(p.case.who.name, raw(p), again="true"), hands_in, anything),
    "file: inbox": Way(lambda o, p: o.put_in_inbox(p.case.who.name, raw(p)), hands_in, with_a_folder),
    "file: flash report": Way(lambda o, p: o.write_sheet(p.case.who.name, p.at, AFTER, True), files, sheets),
    "file: grant": Way(lambda o, p: o.grant(p.case.who.name, p.at, AFTER), files, grants),
    "draft": Way(lambda o, p: o.write_sheet(p.case.who.name, p.at, AFTER, False), drafts, sheets),
    "check": Way(lambda o, p: o.check(p.case.who.name, raw(p)), hands_in, anything),
    "withdraw: API": Way(lambda o, p: o.withdraw(p.case.who.name, p.receipt), corrects, standing),
    "withdraw a part: API": Way(
        lambda o, p: o.withdraw(p.case.who.name, p.receipt, period=p.at.at, area_code=p.at.area),
        ends_a_part,
        standing,
    ),
    "withdraw: page": Way(lambda o, p: o.press(p.case.who.name, p.receipt, "withdraw"), corrects, standing),
    "retry: API": Way(lambda o, p: o.follow(p.case.who.name, p.receipt, "retries"), corrects, standing),
    "retry: page": Way(lambda o, p: o.press(p.case.who.name, p.receipt, "retry"), corrects, standing),
    "confirm: API": Way(lambda o, p: o.follow(p.case.who.name, p.receipt, "confirmations"), corrects, standing),
    "confirm: page": Way(lambda o, p: o.press(p.case.who.name, p.receipt, "confirm"), corrects, standing),
}  # fmt: skip


def cases(rules: Rules, chance: Random) -> Iterator[Case]:
    """Everybody with every return, where nothing stands and where somebody has filed it."""
    senders = [*PEOPLE.values(), SALA]
    for who in PEOPLE.values():
        for of in POSSIBLE:
            yield Case(who, of, None)
            filers = [sender for sender in senders if may_file(rules, sender, of)]
            yield Case(who, of, chance.choice(filers))


def traits(rules: Rules, way: str, case: Case) -> tuple[str, ...]:
    """What pairs are made of."""
    belongs_to = case.of.administrator or rules.runs.get(case.of.scheme or "")
    own = "own" if belongs_to and belongs_to == case.who.administrator else "other" if belongs_to else "none"
    where = rules.where(case.who, case.of.area)
    if where == "outside":
        where = "above" if case.of.area in rules.above(case.who.area) else "beside"
    sender = case.sender and ("same" if case.sender == case.who else case.sender.role)
    return way, case.who.role, case.of.dataset, f"area: {where}", f"administrator: {own}", f"sender: {sender}"


def chosen(rules: Rules) -> Iterator[Played]:
    """As many acts of each way as are wanted, each the one whose traits have met least often until then."""
    chance, met, periods = Random(20), Counter[tuple[str, ...]](), Periods()
    every = list(cases(rules, chance))
    for way, how in WAYS.items():
        fitting = [case for case in every if how.fits(case)]
        chance.shuffle(fitting)
        for allowed, wanted in ((True, ALLOWED), (False, REFUSED)):
            left = [
                (case, list(combinations(traits(rules, way, case), 2)))
                for case in fitting
                if how.may(rules, case) == allowed
            ]
            for _ in range(wanted):
                case, pairs = min(left, key=lambda one: sum(met[pair] for pair in one[1]))
                left = [one for one in left if one[0] != case]
                met.update(pairs)
                yield Played(way, case, periods.free(case.of)[0], allowed)


@pytest.fixture(scope="module")
def played(office: Office, rules: Rules) -> list[Played]:
    acts = list(chosen(rules))
    for one in acts:
        if sender := one.case.sender:
            by = office.people.get(sender.name, SYSTEM)
            receipt = submit(_before(one), "before.csv", by=by, via="api", dataset=one.at.dataset)
            one.receipt = receipt.receipt
    office.receive()
    for one in acts:
        one.stood = one.at.stands
        assert (one.stood is not None) == (one.case.sender is not None), one
    for one in acts:
        one.said = WAYS[one.way].act(office, one)
        one.left = _left(one)
    office.receive()
    _confirm_own(office)
    office.receive()
    return acts


def _before(one: Played) -> bytes:
    """The file of what stands: one that is tried again holds a line that was refused as well."""
    if one.way.startswith("confirm") and one.at.dataset == "scheme_returns":
        return one.at.file(DOUBTFUL)
    first = one.at.file(BEFORE)
    if one.way.startswith("retry"):
        return first + first.splitlines()[1].replace(f",{one.at.area},".encode(), b",ZZ,") + b"\n"
    return first


def _left(one: Played) -> dict[str, Any]:
    """What an act has left at once: the state of the submission, its confirmations, drafts of the report."""
    query = (
        "SELECT (SELECT state FROM ledger.submission WHERE receipt = :receipt) AS state,"
        " (SELECT count(*) FROM ledger.confirmation JOIN ledger.submission USING (submission_id)"
        "  WHERE receipt = :receipt) AS confirmed,"
        " (SELECT count(*) FROM core.flash_draft d JOIN core.area a USING (area_id)"
        "  LEFT JOIN core.administrator m USING (administrator_id)"
        "  WHERE a.code = :area AND d.week = :at AND coalesce(m.code, '') = :about) AS drafts"
    )
    with warehouse.transaction() as connection:
        row = connection.execute(text(query), vars(one.at) | {"receipt": one.receipt}).one()
    return dict(row._mapping)


def _confirm_own(office: Office) -> None:
    """Whoever's file is held, because it replaces what another sent, confirms it."""
    with warehouse.transaction() as connection:
        held = connection.execute(
            text("SELECT receipt, submitted_by FROM ledger.submission WHERE state = 'held'")
        ).all()
    for receipt, name in held:
        assert office.follow(name, receipt, "confirmations").status_code == 201, name


@pytest.mark.parametrize("way", WAYS)
def test_what_stands_is_what_the_roles_say(played: list[Played], way: str) -> None:
    acts = [one for one in played if one.way == way]
    assert Counter(one.allowed for one in acts) == {True: ALLOWED, False: REFUSED}
    for one in acts:
        assert _came_true(one), f"{one.case} at {one.at} should be {one.allowed}: {one.said} {one.left}"


def _came_true(one: Played) -> bool:
    """Whether an act came to what was expected, and to nothing else."""
    stands, did = one.at.stands, one.way.partition(":")[0]
    if did == "file" and one.allowed:
        return bool(
            stands and stands != one.stood and stands.submitted_by == (one.case.who.name or "visitor")
        )
    if did.startswith("withdraw") and one.allowed:
        return stands is None and one.left["state"] == "withdrawn"
    answered = {
        "draft": one.left["drafts"] == one.allowed,
        "check": did != "check" or (one.said.get("outcome") == "accepted") == one.allowed,
        "retry": one.left["state"] == ("received" if one.allowed else "loaded"),
        "confirm": one.allowed or not one.left["confirmed"],
    }
    if did == "confirm" and one.allowed and one.at.dataset == "scheme_returns":
        return bool(stands == one.stood and one.left["confirmed"] == 1)
    return bool(stands == one.stood and answered.get(did, True))


def test_every_role_dataset_and_place_was_met(rules: Rules, played: list[Played]) -> None:
    met = Counter(trait for one in played for trait in traits(rules, one.way, one.case))
    wanted = {who.role for who in PEOPLE.values()} | {of.dataset for of in POSSIBLE} | set(WAYS)
    wanted |= {f"area: {where}" for where in ("own", "below", "above", "beside")}
    wanted |= {f"administrator: {whose}" for whose in ("own", "other", "none")}
    assert min(met[trait] for trait in wanted) >= 4, met
