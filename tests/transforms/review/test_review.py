"""What moves an endorsement and what does not, over a small country whose committees sign."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import yaml
from sqlalchemy import text

from countries.country import Country, load
from sala.errors import Conflict
from sql import warehouse
from tests.reference.world import Indicator, Scheme, World
from tests.transforms.review.test_review_states import MONTH, governed, officers, rows
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.person import SYSTEM, Person
from transforms.intake.corrections.confirm import confirm
from transforms.intake.corrections.withdraw import withdraw
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit
from transforms.review.review import Compilation, fingerprint, remark, send_back, sign

PARENTS: dict[str, str | None] = {"R": None, "R0": "R", "R00": "R0", "R01": "R0", "R1": "R", "R10": "R1"}
HEAD = "period,area_code,scheme,sex,age_group,beneficiaries,applied,group\n"
File = Callable[..., None]


@pytest.fixture
def country(empty_warehouse: None) -> Country:
    people = {(area, sex, "Y18T59"): 500 for area in PARENTS for sex in "FM"}
    world = World(PARENTS, (Scheme("a", 2, above=True),), (Indicator("i", ("a",)),), people)
    made = governed(world, [("chair",), ("chair", "secretary"), ("chair",)], [True, False, False])
    made = made.model_copy(
        update={
            "schemes": tuple(scheme.model_copy(update={"reports": ("applied",)}) for scheme in made.schemes)
        }
    )
    load_country(made)
    officers(world)
    file(made, R00=10, R01=20, R10=30)
    return made


def file(country: Country, publish: bool = True, **persons: int) -> None:
    """A file of returns of some villages, taken in and (unless told otherwise) published."""
    lines(country, *(f"{area} {n}" for area, n in persons.items()), publish=publish)


def lines(country: Country, *lines: str, publish: bool = True) -> None:
    """The same, a line each: village, persons, and where told so those who applied and a population group."""
    cells = ([*line.split(), "", ""][:4] for line in lines)
    body = "".join(
        f"{MONTH},{area},a,F,Y18T59,{n},{applied.strip('-')},{group}\n" for area, n, applied, group in cells
    )
    [(already,)] = rows("SELECT count(*) FROM ledger.submission")
    submit((HEAD + body + "\n" * already).encode(), f"{already}.csv", by=SYSTEM, via="cli")
    receive_waiting(country)
    if publish:
        compile_and_publish(MONTH)


def of(area: str) -> Compilation:
    return Compilation(area, "scheme_returns", MONTH)


def person(area: str, office: str) -> Person:
    name = f"{office}-{area}".lower()
    [(number,)] = rows("SELECT person_id FROM ledger.person WHERE name = :name", name=name)
    return Person(number, name, None, area, "")


def look(area: str) -> str:
    with warehouse.acting(person(area, "chair").person_id) as connection:
        return fingerprint(connection, of(area))


def signs(area: str, *offices: str, seen: str | None = None) -> str:
    state = ""
    for office in offices:
        who = person(area, office)
        with warehouse.acting(who.person_id) as connection:
            state = sign(connection, of(area), seen or look(area), who)
    return state


def states() -> dict[str, str]:
    return {
        str(area): str(state)
        for area, state in rows(
            "SELECT area_code, state FROM mart.compilation WHERE dataset = 'scheme_returns' AND period = :month",
            month=MONTH,
        )
    }


def everybody_signs() -> None:
    offices = dict.fromkeys(("R00", "R01", "R10"), ("chair",)) | dict.fromkeys(
        ("R0", "R1"), ("chair", "secretary")
    )
    for area, of_area in {**offices, "R": ("chair",)}.items():
        if states().get(area) != "endorsed":
            signs(area, *of_area)
    assert set(states().values()) == {"endorsed"}


def test_a_later_file_reopens_everything_above_it_and_says_what_moved(country: Country) -> None:
    everybody_signs()
    file(country, R00=17)
    assert states() == {
        "R": "reopened", "R0": "reopened", "R00": "reopened",
        "R01": "endorsed", "R1": "endorsed", "R10": "endorsed",
    }  # fmt: skip
    assert rows(
        "SELECT moved, receipts IS NOT NULL, cause_code FROM mart.review WHERE act = 'reopened' AND area_code = 'R'"
    ) == [([{"what": "a/F/beneficiaries", "before": 60, "after": 67}], True, "R00")]
    then = rows(
        "SELECT area_code, numerator FROM mart.indicator_signed WHERE sex = '_T' AND area_code IN ('R', 'R0')"
        " ORDER BY 1"
    )
    assert then == [("R", 60), ("R0", 30)]
    now = rows("SELECT area_code, numerator, status FROM mart.indicator_value WHERE sex = '_T' ORDER BY 1")
    assert [row for row in now if row[0] in ("R", "R1")] == [("R", 67, "provisional"), ("R1", 30, "endorsed")]


def test_a_reopening_names_its_causes(country: Country) -> None:
    """A withdrawal, a population, a definition of the country folder; the log says the same."""

    def causes_of_the_last(area: str = "R") -> tuple[list[str], str, bool]:
        (row,) = rows(
            "SELECT causes, cause_code, receipts IS NOT NULL FROM mart.review"
            " WHERE act = 'reopened' AND area_code = :area ORDER BY review_id DESC LIMIT 1",
            area=area,
        )
        return row

    everybody_signs()
    file(country, R01=21)
    assert causes_of_the_last() == (["file"], "R01", True)
    [(receipt,)] = rows("SELECT receipt FROM ledger.submission ORDER BY turn DESC LIMIT 1")
    everybody_signs()
    withdraw(SYSTEM, receipt, "sent by mistake")
    compile_and_publish(MONTH)
    assert causes_of_the_last() == (["withdrawal"], "R01", True)
    everybody_signs()
    people = "year,area_code,sex,age_group,population,status,source\n" + "".join(
        f"{MONTH[:4]},R00,{sex},Y18T59,480,E,a count\n" for sex in "FM"
    )
    receipt = submit(people.encode(), "people.csv", by=SYSTEM, via="cli", dataset="population").receipt
    receive_waiting(country)
    confirm(SYSTEM, receipt, comment="a newer count")
    receive_waiting(country)
    compile_and_publish(MONTH)
    assert causes_of_the_last("R00") == (["population"], "R00", True)  # the nation's is its own
    everybody_signs()
    path = country.folder / "country.yaml"
    declared = yaml.safe_load(path.read_text())
    declared["indicators"][0]["numerator"]["measure"] = "registered"
    path.write_text(yaml.safe_dump(declared))
    load_country(load(country.folder))
    compile_and_publish(MONTH)
    assert causes_of_the_last() == (["definition"], "R", False)
    logged = rows("SELECT DISTINCT detail ->> 'causes' FROM ledger.audit WHERE action = 'review.reopened'")
    assert {cause for (cause,) in logged} == {"file", "withdrawal", "population", "definition"}


def test_figures_that_change_places_below_reopen_too(country: Country) -> None:
    everybody_signs()
    file(country, R00=20, R01=10)  # the commune's total stays 30
    assert states() == {
        "R": "reopened", "R0": "reopened", "R00": "reopened", "R01": "reopened", "R1": "endorsed", "R10": "endorsed",
    }  # fmt: skip


def test_a_file_that_says_the_same_again_moves_nothing(country: Country) -> None:
    everybody_signs()
    file(country, R00=10, R01=20)
    assert set(states().values()) == {"endorsed"}


MOVED = (
    "SELECT area_code, moved FROM mart.review WHERE act = 'reopened' AND area_code IN ('R', 'R00') ORDER BY 1"
)


def test_a_correction_of_another_measure_alone_reopens_and_shows(country: Country) -> None:
    lines(country, "R00 10 4", "R01 20 -", "R10 30 -")
    everybody_signs()
    [(signed_at,)] = rows("SELECT max(as_known_at) FROM mart.endorsement")
    seen = look("R0")
    lines(country, "R00 10 5")
    assert {states()[area] for area in ("R", "R0", "R00")} == {"reopened"}
    move = [{"what": "a/F/applied", "before": 4, "after": 5}]
    assert rows(MOVED) == [("R", move), ("R00", move)]
    assert look("R0") != seen
    then = "SELECT applied, unit FROM mart.scheme_total_as_known_at('R', :month, :at) WHERE sex = 'F'"
    assert rows(then, month=MONTH, at=signed_at) == [(4, "persons")]
    assert rows("SELECT applied FROM mart.scheme_total WHERE area_code = 'R' AND sex = 'F'") == [(5,)]


def test_another_population_leaves_a_signed_rate_as_it_was_signed(country: Country) -> None:
    everybody_signs()
    rate = "SELECT value, denominator FROM mart.{} WHERE area_code = 'R00' AND sex = '_T'"
    signed = rows(rate.format("indicator_signed"))
    assert signed == rows(rate.format("indicator_value")) == [(10 / 1000, 1000)]
    people = "".join(f"2026,R00,{sex},Y18T59,1000,A,another count\n" for sex in "FM")
    head = "year,area_code,sex,age_group,population,status,source\n"
    receipt = submit((head + people).encode(), "people.csv", by=SYSTEM, via="cli").receipt
    receive_waiting(country)
    confirm(SYSTEM, receipt, comment="a newer count")  # the country folder's stood
    receive_waiting(country)
    compile_and_publish(MONTH)
    assert rows(rate.format("indicator_value")) == [(10 / 2000, 2000)]
    assert rows(rate.format("indicator_signed")) == signed
    assert rows("SELECT cause FROM mart.indicator_change WHERE area_code = 'R00' AND sex = '_T'") == [
        ("denominator",)
    ]


def test_all_measures_are_as_known_now_what_they_are(country: Country) -> None:
    lines(country, "R00 10 4", "R0 5")
    figures = (
        "SELECT scheme, sex, age_group, disability, beneficiaries, contributors, registered, new_enrolments, exits,"
        " amount_paid, applied, refused, waiting, paid_on_time, records_updated, accepted,"
        " first_paid, place_not_known, unit FROM {}"
    )
    now = rows(figures.format("mart.scheme_total WHERE area_code = 'R'"))
    assert [(row[4], row[10], row[17]) for row in now] == [(65, 4, 5)]
    assert (
        rows(figures.format("mart.scheme_total_as_known_at('R', :month, clock_timestamp())"), month=MONTH)
        == now
    )


def test_a_correction_of_population_groups_alone_reopens(country: Country) -> None:
    lines(country, "R00 10", "R00 6 - poor", "R01 20", "R10 30")
    everybody_signs()
    seen = look("R00")
    lines(country, "R00 10", "R00 6 - poor")
    assert set(states().values()) == {"endorsed"}
    lines(country, "R00 10", "R00 7 - poor")
    assert {states()[area] for area in ("R", "R0", "R00")} == {"reopened"}
    assert rows(MOVED) == [("R", []), ("R00", [])]  # groups are part of the persons whose totals stand there
    assert look("R00") != seen


def test_figures_on_the_move_are_not_shown_as_endorsed(country: Country) -> None:
    everybody_signs()
    file(country, publish=False, R10=31)
    status = rows("SELECT area_code, status FROM mart.scheme_total")
    assert ("R10", "provisional") in status
    assert ("R00", "endorsed") in status


def test_what_was_not_seen_is_not_signed(country: Country) -> None:
    seen = look("R0")
    file(country, R01=21)
    with pytest.raises(Conflict, match="Figures have changed"):
        signs("R0", "chair", seen=seen)
    file(country, publish=False, R01=22)
    with pytest.raises(Conflict, match="being compiled"):
        signs("R0", "chair")


def test_a_signature_under_other_figures_does_not_count(country: Country) -> None:
    assert signs("R0", "chair") == "signed"
    file(country, R00=11)
    assert signs("R0", "secretary") == "signed"
    assert signs("R0", "chair") == "endorsed"


def test_one_person_is_no_quorum(country: Country) -> None:
    signs("R0", "chair")
    with pytest.raises(Conflict, match="signed these figures already"):
        signs("R0", "chair")


def test_the_nation_waits_for_its_children_and_returns_one_with_a_reason(country: Country) -> None:
    signs("R0", "chair", "secretary")
    with pytest.raises(Conflict, match="must sign first"):
        signs("R", "chair")
    signs("R1", "chair", "secretary")
    assert signs("R", "chair") == "endorsed"
    chair = person("R", "chair")
    with pytest.raises(Conflict, match="Say why"), warehouse.acting(chair.person_id) as connection:
        send_back(connection, of("R"), ["R1"], " \n", chair)
    with warehouse.acting(chair.person_id) as connection:
        send_back(connection, of("R"), ["R1"], "R10 has doubled", chair)
        number = remark(connection, of("R"), "R1", "a/F", "is it right?", chair)
    assert {area: states()[area] for area in ("R", "R0", "R1")} == {
        "R": "reopened",
        "R0": "endorsed",
        "R1": "returned",
    }
    below = person("R1", "secretary")
    with warehouse.acting(below.person_id) as connection:
        remark(connection, of("R1"), "R1", "", "it is", below, answers=number)
    file(country, R10=15)
    assert states()["R1"] == "compiled"
    acts = rows("SELECT act, reason FROM mart.review WHERE area_code = 'R1' ORDER BY review_id")
    assert acts[-2:] == [("returned", "R10 has doubled"), ("corrected", None)]


def test_the_application_writes_no_review_by_itself(country: Country) -> None:
    for statement in (
        "INSERT INTO core.compilation SELECT period_id, 'scheme_returns', 1, 'endorsed', now(), now() FROM core.period",
        "UPDATE core.endorsement SET ended_at = 'infinity'",
        "DELETE FROM core.review",
        "SELECT core.reopen(1, '', '{}', '{}', '{}', '{}', true, '', NULL, '')",
        "INSERT INTO ledger.audit_waiting (person, action, subject, detail) VALUES ('x', 'x', 'x', '{}')",
    ):
        with pytest.raises(Exception, match="permission denied"), warehouse.acting(None) as connection:
            connection.execute(text(statement))
