"""A month of a small country: every event stands on the homes of those who must act on it, and on nobody else's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import text

import dashboards.app  # noqa: F401  finds the pages
from countries.country import Country, load
from dashboards.routing import page_of
from dashboards.server.current_user import reading
from dashboards.server.view import View
from sala.errors import NotAllowed
from sala.runtime import embedded_postgres
from sql import warehouse
from tests.conftest import country_in_use, reset
from tests.reference.world import WORDS, Indicator, Scheme, World
from tests.transforms.reminders.conftest import Box
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.accounts import add
from transforms.identity.person import Person, find, visitor
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit
from transforms.items.moves import move, raise_question
from transforms.notices.acknowledgements import acknowledge
from transforms.notices.notices import Notice, publish
from transforms.reminders.digest import send_digests
from transforms.reminders.mark_read import mark_answers_read
from transforms.reminders.remind import remind
from transforms.reminders.remind_late import remind_late
from transforms.reminders.worklist import worklist
from transforms.review.review import Compilation, fingerprint, remark, send_back, sign

# a month that is over, whose due day is past, and that is still asked for
MONTH = (dt.datetime.now(dt.UTC).date() - dt.timedelta(days=35)).strftime("%Y-%m")
EVERY = ["provisional", "endorsed", "released"]
LAYERS = ["layer0", "layer1", "layer2"]
ROLES = {
    "officer": ["read", "submit", "draft"],
    "chair": ["read", "draft", "endorse", "return", "settle"],
    "secretary": ["read", "submit", "draft", "endorse", "return", "settle"],
    "board": ["read", "return", "publish", "allocate"],
    "analyst": ["read", "query"],
}
# C12 has nobody who writes for it: its province answers for it
PEOPLE = (
    "chair-r", "board-r", "analyst-r", "chair-p1", "secretary-p1", "officer-p1", "analyst-p1",
    "chair-p2", "secretary-p2", "chair-c11", "officer-c11", "officer-c21",
)  # fmt: skip
PROVINCE_ONE = {"chair-p1", "secretary-p1", "officer-p1"}
REASON = "C11 has doubled within a month."

Line = tuple[str, str, str | None]  # kind, what it is about, words or count
Homes = set[tuple[str, Line]]


@pytest.fixture
def country(server: embedded_postgres.Server, tmp_path: Path) -> Any:
    parents = {"R": None, "P1": "R", "P2": "R", "C11": "P1", "C12": "P1", "C21": "P2"}
    folder = tmp_path / "country"
    World(parents, (Scheme("a", 2),), (Indicator("i", ("a",)),)).country(folder)
    declared = yaml.safe_load((folder / "country.yaml").read_text())
    declared["schemes"][0]["due_days"] = 1
    (folder / "country.yaml").write_text(yaml.safe_dump(declared))
    public = {"id": "public", "names": WORDS, "layers": LAYERS[:1], "sees": ["released"], "actions": ["read"]}
    roles = [public | {"visitors": "always"}] + [
        {"id": name, "names": WORDS, "layers": LAYERS, "sees": EVERY, "actions": actions}
        for name, actions in ROLES.items()
    ]
    (folder / "roles.yaml").write_text(yaml.safe_dump(roles))
    quorums = [["chair"], ["chair", "secretary"], ["chair"]]
    committees = [
        {"layer": layer, "quorum": quorum, "requires_children": layer == "layer0"}
        for layer, quorum in zip(LAYERS, quorums, strict=True)
    ]
    (folder / "committees.yaml").write_text(yaml.safe_dump(committees))
    made = load(folder)
    reset()
    with country_in_use(folder):
        load_country(made)
        for name in PEOPLE:
            role, area = name.split("-")
            add(
                made, name, role, area.upper(), password="seven blue lanterns", must_change=False,
                email=f"{name}@example.org",
            )  # fmt: skip
        yield made


def person(name: str, country: Country) -> Person:
    with warehouse.transaction() as connection:
        number = connection.execute(
            text("SELECT person_id FROM ledger.person WHERE name = :name"), {"name": name}
        ).scalar_one()
    found = find(number, country)
    assert found is not None
    return found


class House:
    """The country and its people: what each does, and what then is new on every home."""

    def __init__(self, country: Country) -> None:
        self.country = country
        self.people = {name: person(name, country) for name in PEOPLE}
        self.known: Homes = set()
        self.files = 0

    def homes(self) -> Homes:
        lines: Homes = set()
        for name, who in self.people.items():
            with who.acting() as connection:
                for task in worklist(connection):
                    count = None if task.n is None else str(task.n)
                    lines.add((name, (task.kind, task.about, task.words or count)))
        return lines

    def news(self) -> tuple[Homes, Homes]:
        """What has come to which home, and what has left it, since the last time."""
        before, self.known = self.known, self.homes()
        return self.known - before, before - self.known

    def file(self, who: str, **persons: int | str) -> str:
        self.files += 1
        body = "".join(f"{MONTH},{area.upper()},a,F,Y18T59,{n}\n" for area, n in persons.items())
        raw = f"period,area_code,scheme,sex,age_group,beneficiaries\n{body}"
        name = f"{self.files}.csv"
        submit(raw.encode(), name, by=self.people[who], via="page")
        for period in receive_waiting(self.country):
            compile_and_publish(period)
        return name

    def act(self, who: str, what: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
        with self.people[who].acting() as connection:
            return what(connection, *arguments, **more)

    def sign(self, *people: str) -> None:
        for who in people:
            of = Compilation(self.people[who].area_code, "scheme_returns", MONTH)
            with self.people[who].acting() as connection:
                sign(connection, of, fingerprint(connection, of), self.people[who])

    def page(self, who: str) -> str:
        with reading(self.people[who]):
            return str(page_of(View(path="/")).body)


def on(names: set[str], *line: str | None) -> Homes:
    kind, about, words = line
    return {(name, (str(kind), str(about), words)) for name in names}


def test_each_event_is_on_the_right_homes_and_on_no_other(country: Country, box: Box) -> None:
    house = House(country)

    # One commune reports: the others are asked, and those above them hear who is late.
    house.file("officer-c21", C21=5)
    came, _ = house.news()
    assert came == (
        on({"officer-c11", "secretary-p1", "officer-p1"}, "to_report", "returns", "1")  # P1 answers for C12
        | on(PROVINCE_ONE, "late_below", "returns", "1")
        | on({"chair-r", "board-r"}, "late_below", "returns", "2")
        | on({"chair-p2", "secretary-p2"}, "to_sign", "review", None)
    )

    # A file whose row is rejected comes back to its sender; the next one mends it.
    name = house.file("officer-c11", C11="many")
    assert house.news() == (on({"officer-c11"}, "to_mend", "rejected", name), set())
    house.file("officer-c11", C11=10)
    came, went = house.news()
    assert came == (
        on({"chair-c11", "chair-p1", "secretary-p1"}, "to_sign", "review", None)
        | on({"chair-r", "board-r"}, "late_below", "returns", "1")
    )
    assert went == (
        on({"officer-c11"}, "to_mend", "rejected", name)
        | on({"officer-c11"}, "to_report", "returns", "1")
        | on(PROVINCE_ONE, "late_below", "returns", "1")
        | on({"chair-r", "board-r"}, "late_below", "returns", "2")
    )

    # Who has signed is not asked again; the nation is asked when its provinces have signed.
    house.sign("chair-c11", "chair-p1")
    assert house.news() == (set(), on({"chair-c11", "chair-p1"}, "to_sign", "review", None))
    house.sign("secretary-p1", "chair-p2", "secretary-p2")
    came, went = house.news()
    assert came == on({"chair-r"}, "to_sign", "review", None)
    assert went == on({"secretary-p1", "chair-p2", "secretary-p2"}, "to_sign", "review", None)

    # A correction reopens what was signed, and says which file did.
    house.file("officer-c11", C11=20)
    came, went = house.news()
    assert {(name, line[:2]) for name, line in came} == {
        (name, ("reopened", "review")) for name in ("chair-c11", "chair-p1", "secretary-p1")
    }
    assert all(words for _, (_, _, words) in came)
    assert went == on({"chair-r"}, "to_sign", "review", None)

    # What is sent back stands at everybody's who works for the area, with its reason.
    nation, province = (Compilation(area, "scheme_returns", MONTH) for area in ("R", "P1"))
    house.act("chair-r", send_back, nation, ["P1"], REASON, house.people["chair-r"])
    came, went = house.news()
    assert came == on(PROVINCE_ONE, "sent_back", "review", REASON)
    assert {name for name, _ in went} == {"chair-p1", "secretary-p1"}
    assert REASON in house.page("officer-p1")
    assert all(REASON not in house.page(name) for name in PEOPLE if name not in PROVINCE_ONE)

    # A remark waits for an answer, and the answer for whoever remarked, until it is read.
    asked = house.act("chair-r", remark, nation, "P1", "a/F", "Is it right?", house.people["chair-r"])
    assert house.news() == (on(PROVINCE_ONE, "to_answer", "remark", "Is it right?"), set())
    officer = house.people["officer-p1"]
    house.act("officer-p1", remark, province, "P1", "", "It is not.", officer, answers=asked)
    came, went = house.news()
    assert came == on({"chair-r"}, "answered", "remark", "Is it right?")
    assert went == on(PROVINCE_ONE, "to_answer", "remark", "Is it right?")
    house.act("chair-r", mark_answers_read)
    assert house.news() == (set(), on({"chair-r"}, "answered", "remark", "Is it right?"))

    # A question goes up to those who settle, and its answer comes down to those who asked.
    house.act("officer-c11", raise_question, house.people["officer-c11"], "C11", "Who pays?", "layer1")
    assert house.news() == (on({"chair-p1", "secretary-p1"}, "to_answer", "question", "Who pays?"), set())
    with warehouse.transaction() as connection:
        item = connection.execute(text("SELECT item_id FROM core.item")).scalar_one()
    house.act("chair-p1", move, house.people["chair-p1"], item, "answered", "The province.")
    came, went = house.news()
    assert came == on({"chair-c11", "officer-c11"}, "answered", "question", "Who pays?")
    assert went == on({"chair-p1", "secretary-p1"}, "to_answer", "question", "Who pays?")
    house.act("officer-c11", mark_answers_read)
    assert house.news() == (set(), on({"officer-c11"}, "answered", "question", "Who pays?"))

    # A notice waits for everybody who writes for an area below, until one of them has read it.
    notice = Notice("notice", "P1", {"en": "Pay early"}, {"en": "Before the feast."}, dt.date(2026, 1, 1))
    number = house.act("board-r", publish, house.people["board-r"], notice, country)
    waits = PROVINCE_ONE | {"chair-c11", "officer-c11"}
    assert house.news() == (on(waits, "to_acknowledge", "notice", None), set())
    house.act("officer-p1", acknowledge, house.people["officer-p1"], number, "P1")
    assert house.news() == (set(), on(PROVINCE_ONE, "to_acknowledge", "notice", None))

    # The digest says the same in one e-mail a person; another goes out only when something new waits.
    assert send_digests(country).sent == len({name for name, line in house.known if line[1] != "returns"})
    letters = {to: str(letter.get_content()) for to, letter in box.letters}
    assert REASON in letters["officer-p1@example.org"]
    assert {to for to, words in letters.items() if REASON in words} == {
        f"{name}@example.org" for name in PROVINCE_ONE
    }
    assert send_digests(country).sent == 0
    house.file("officer-c11", C11="few")
    assert send_digests(country).sent == 1
    assert box.letters[-1][0] == "officer-c11@example.org"


def test_who_is_late_is_named_to_whoever_follows_it_up_and_reminded_once_a_day(
    country: Country, box: Box
) -> None:
    house = House(country)
    house.file("officer-c11", c11=40)
    late = "SELECT area_code, n, people, reminded_at IS NOT NULL AS reminded FROM mart.late_below ORDER BY area_code"

    def named(who: str) -> list[tuple[Any, ...]]:
        return house.act(who, lambda connection: [tuple(row) for row in connection.execute(text(late))])

    # C12 has nobody, so P1 answers for it; whoever writes for a province is told of the offices below it alone.
    writers = ["chair-p1", "officer-p1", "secretary-p1"]
    assert named("board-r") == [("P1", 1, writers, False), ("P2", 1, ["chair-p2", "secretary-p2"], False)]
    assert named("secretary-p2") == [("C21", 1, ["officer-c21"], False)]
    assert named("officer-p1") == named("analyst-r") == []
    assert house.act("board-r", remind_late, house.people["board-r"]) == len(PROVINCE_ONE) + 2
    assert house.act("board-r", remind_late, house.people["board-r"]) == 0
    assert [reminded for *_, reminded in named("board-r")] == [True, True]
    mine = "SELECT stage, area_code, owing FROM mart.reminder WHERE read_at IS NULL"
    assert house.act("officer-p1", lambda c: [tuple(row) for row in c.execute(text(mine))]) == [
        ("asked", "P1", 1)
    ]
    remind(country)
    told = {to for to, letter in box.letters if "Somebody above asks you" in letter.get_content()}
    assert told == {f"{name}@example.org" for name in (*writers, "chair-p2", "secretary-p2")}
    with warehouse.acting(None) as connection, pytest.raises(NotAllowed):
        remind_late(connection, visitor(country))
