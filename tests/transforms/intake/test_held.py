"""Files whose loading would replace, drop or halve what stands wait to be confirmed, and block nobody."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from countries.declarations.exchange import Check
from sala.commands.app import app
from sala.errors import Conflict
from sql import warehouse
from tests.reference.world import AGES
from tests.transforms.intake.conftest import COLUMNS, NOW, SOMEBODY, read, returns, standing
from transforms.coverage.publishing import compile_and_publish
from transforms.flash.flash_report import AXES
from transforms.identity.person import EVERYBODY, SYSTEM
from transforms.intake.corrections.confirm import confirm
from transforms.intake.corrections.join import join
from transforms.intake.corrections.withdraw import withdraw
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit

WOMEN = ("2026-10 RA1 cash F _T 20", "2026-10 RA2 cash F _T 21")
MEN = ("2026-10 RA1 cash M _T 15", "2026-10 RA2 cash M _T 16")


def state(receipt: str) -> str:
    return str(read("SELECT state FROM mart.submission WHERE receipt = :r", r=receipt).iloc[0, 0])


def rows_of(header: str, *rows: str) -> bytes:
    return "\n".join(",".join(row.split()) for row in (header, *rows)).encode()


def reasons(receipt: str) -> set[str]:
    rows = read("SELECT rule FROM mart.problem WHERE receipt = :r AND severity = 'hold'", r=receipt)
    return set(rows["rule"])


def test_men_after_women_are_held_with_what_they_would_drop(country, send) -> None:
    send(returns(*WOMEN))
    men = send(returns(*MEN))
    assert state(men) == "held"
    assert reasons(men) == {"other_lines"}
    words = read("SELECT message ->> 'en' FROM mart.problem WHERE receipt = :r AND severity = 'hold'", r=men)
    assert "sent by somebody on 2026-11-21, has lines that this one lacks: women." in words.iloc[0, 0]
    assert standing() == {("RA1", "F", "_T"): 20, ("RA2", "F", "_T"): 21}
    held = read("SELECT area_code, before_total, after_total FROM mart.held_return ORDER BY 1")
    assert held.values.tolist() == [["RA1", 20, 15], ["RA2", 21, 16]]

    after = send(returns("2026-10 RB1 cash F _T 7"))
    assert state(after) == "loaded", "a held file blocks nobody"
    assert confirm(EVERYBODY, men, rule="other_lines", comment="They are households of men") == 2
    receive_waiting(country)
    assert state(men) == "loaded"
    assert standing("RA1") == {("RA1", "M", "_T"): 15}
    assert read("SELECT unconfirmed FROM mart.submission WHERE receipt = :r", r=men).iloc[0, 0] == 0


def test_one_click_joins_the_two(country, send) -> None:
    send(returns(*WOMEN), by="the health post")
    men = send(returns(*MEN))
    joined = join(EVERYBODY, men, country)
    receive_waiting(country)
    assert (state(men), state(joined.receipt)) == ("withdrawn", "loaded")
    assert standing("RA1") == {("RA1", "F", "_T"): 20, ("RA1", "M", "_T"): 15}
    with pytest.raises(Conflict, match="not a held file"):
        join(EVERYBODY, joined.receipt, country)


def test_a_command_that_waits_ends_and_says_that_the_file_is_held(
    country, send, tmp_path, monkeypatch
) -> None:
    monkeypatch.setenv("SALA_COUNTRY", str(country.folder))
    file = tmp_path / "men.csv"
    file.write_bytes(returns(*MEN))
    send(returns(*WOMEN))
    held = send(file.read_bytes())
    compile_and_publish("2026-10")
    ended = CliRunner().invoke(app, ["submit", str(file), "--wait"])
    assert ended.exit_code == 3, ended.output
    assert f"{held}  held" in ended.output
    assert state(held) == "held"


def test_what_another_sent_is_not_replaced_unasked(send) -> None:
    both = ("2026-10 RA1 cash F _T 40", "2026-10 RA1 cash M _T 40")
    send(returns(*both, "2026-10 RA2 cash F _T 40"), by="district")
    correction = send(returns("2026-10 RA1 cash F _T 61", "2026-10 RA1 cash M _T 52"), by="commune")
    assert reasons(correction) == {"other_sender"}
    confirm(SYSTEM, correction)
    send(returns("2026-10 RB1 cash F _T 1"), by="commune")  # takes in what waits
    assert standing("RA1") == {("RA1", "F", "_T"): 61, ("RA1", "M", "_T"): 52}
    again = send(returns(*both, "2026-10 RA2 cash F _T 40", "2026-10 RB2 cash F _T 12"), by="district")
    assert (state(again), reasons(again)) == ("held", {"other_sender"})
    assert standing("RA1") == {("RA1", "F", "_T"): 61, ("RA1", "M", "_T"): 52}
    assert withdraw(SYSTEM, again, "An old copy") == 0
    assert state(again) == "withdrawn"


def test_an_old_copy_of_ones_own_does_not_undo_a_correction_unasked(send) -> None:
    send(returns("2026-10 RA1 cash F _T 40"))
    corrected = send(returns("2026-10 RA1 cash F _T 61"))
    assert state(corrected) == "loaded", "a correction of what one sent oneself is none of these"
    old = send(returns("2026-10 RA1 cash F _T 40", "2026-10 RA2 cash F _T 12"))
    assert (state(old), reasons(old)) == ("held", {"older_copy"})


def test_a_word_does_not_undo_what_came_meanwhile(country, send) -> None:
    send(returns("2026-10 RA1 cash F _T 40"), by="district")
    ours = send(returns("2026-10 RA1 cash F _T 61"), by="commune")
    send(returns("2026-10 RA1 cash F _T 45"), by="district")
    confirm(SYSTEM, ours)
    receive_waiting(country)
    assert standing("RA1") == {("RA1", "F", "_T"): 45}
    assert "newer_stands" in set(read("SELECT rule FROM mart.problem WHERE receipt = :r", r=ours)["rule"])


def test_a_country_may_have_it_said_and_loaded(country, send) -> None:
    milder = country.model_copy(update={"checks": {**country.checks, "other_lines": Check(severity="warn")}})
    send(returns(*WOMEN))
    with warehouse.transaction() as connection:
        connection.exec_driver_sql("UPDATE core.country SET loaded_at = clock_timestamp()")  # read anew
    receipt = submit(returns(*MEN), "men.csv", by=SOMEBODY, via="api", received_at=NOW).receipt
    receive_waiting(milder)
    assert state(receipt) == "loaded"
    assert "other_lines" in set(read("SELECT rule FROM mart.problem WHERE receipt = :r", r=receipt)["rule"])


def test_values_that_a_correction_leaves_empty_are_named_and_held(send) -> None:
    header = " ".join((*COLUMNS, "registered", "amount_paid"))
    send(rows_of(header, "2026-10 RA1 cash F _T 20 30 1000"))
    fewer = send(returns("2026-10 RA1 cash F _T 20"))
    assert reasons(fewer) == {"fewer_values"}
    words = read(
        "SELECT message ->> 'en' FROM mart.problem WHERE receipt = :r AND severity = 'hold'", r=fewer
    )
    assert "Registered, Amount paid" in words.iloc[0, 0]


def test_ages_told_apart_drop_nothing(send) -> None:
    send(returns("2026-10 RA1 cash F _T 20"))
    told_apart = send(returns("2026-10 RA1 cash F Y0T17 5", "2026-10 RA1 cash F Y18T59 15"))
    assert state(told_apart) == "loaded"


def test_what_was_withdrawn_does_not_come_back_unasked(send) -> None:
    wrong = send(returns("2026-10 RA1 cash F _T 40"))
    withdraw(SYSTEM, wrong, "The wrong month")
    copy = send(returns("2026-10 RA1 cash F _T 40") + b"\n", by="the health post")
    assert reasons(copy) == {"was_withdrawn"}
    assert standing("RA1") == {}


GRIEVANCES = "period area_code category sex received resolved escalated pending median_days"
LIST = "period area_code scheme person_id sex birth_year"
POPULATION = "year area_code sex age_group population status source"
SHEET = (
    "week area_code administrator institutional_arrangement human_resources communication_enrolment"
    " process_tools project_management"
)
GRANTS = "period area_code scheme amount"
TARGETS = "indicator area_code sex year kind value"


def sheet(area: str, advanced: int) -> bytes:
    return rows_of(SHEET, f"2026-W46 {area} office {' '.join([str(advanced)] * 5)}")


@pytest.mark.parametrize(
    ("first", "second", "reason", "words"),
    [
        pytest.param(
            rows_of(GRIEVANCES, "2026-10 RA1 payment F 9 6 1 2 10"),
            rows_of(GRIEVANCES, "2026-10 RA1 payment M 9 6 1 2 10"),
            "other_lines",
            "women (payment)",
            id="grievances of men after women",
        ),
        pytest.param(
            rows_of(LIST, *(f"2026-10 RA1 cash 10000000{n} F 1980" for n in range(3))),
            rows_of(LIST, *(f"2026-10 RA1 cash 20000000{n} F 1980" for n in range(3))),
            "other_lines",
            "3 persons",
            id="as many other persons",
        ),
        pytest.param(
            rows_of(GRIEVANCES, "2026-10 RA1 payment F 9 6 1 2 10", "2026-10 RA2 payment F 3 2 0 1 10"),
            rows_of(GRIEVANCES, "2026-10 RA payment F 12 8 1 3 10"),
            "counted_below_too",
            "Area RA (RA) counts 12 for 2026-10 (in this file), and the areas below it 12 with this file",
            id="the total of grievances after its parts",
        ),
        pytest.param(
            rows_of(GRIEVANCES, "2026-10 RA payment F 12 8 1 3 10"),
            rows_of(GRIEVANCES, "2026-10 RA1 payment F 9 6 1 2 10", "2026-10 RA2 payment F 3 2 0 1 10"),
            "counted_below_too",
            "Area RA (RA) counts 12 for 2026-10 (sent by somebody on 2026-11-21)",
            id="the parts of grievances after their total",
        ),
        pytest.param(
            rows_of(POPULATION, *(f"2026 RA {sex} {age} 200 E x" for sex in "FM" for age in AGES)),
            rows_of(POPULATION, *(f"2026 RA1 {sex} {age} 180 E x" for sex in "FM" for age in AGES)),
            "own_figure_above",
            "Area RA (RA) has a figure of its own for 2026, 1200 (sent by somebody on 2026-11-21), and the"
            " areas below it come to 1680",
            id="a population under a figure of its own",
        ),
        pytest.param(
            rows_of(GRANTS, "2026-10 RA cash 900"),
            rows_of(GRANTS, "2026-10 RA1 cash 600", "2026-10 RA2 cash 500"),
            "own_figure_above",
            "Area RA (RA) has a figure of its own for 2026-10, 900 (sent by somebody on 2026-11-21), and the"
            " areas below it come to 1100",
            id="more granted below than above",
        ),
        pytest.param(
            rows_of(GRANTS, "2026-09 RA cash 900", "2026-10 RA cash 900"),
            rows_of(GRANTS, "2026 RA cash 9000"),
            "year_and_months",
            "is granted 9000 for words for the year 2026, and 1800 for 2 months of it (sent by somebody on 2026-11-21)",
            id="a year's grant after those of its months",
        ),
        pytest.param(
            returns("2026-10 RA1 cash F _T 20"),
            rows_of(LIST, *(f"2026-10 RA1 cash 10000000{n} F 1980" for n in range(3))),
            "list_and_return",
            "the return counts 20 persons, and the list names 3; the other of the two stands already (sent by somebody",
            id="a list where a return stands",
        ),
        pytest.param(
            rows_of(LIST, *(f"2026-10 RA1 cash 10000000{n} F 1980" for n in range(3))),
            returns("2026-10 RA1 cash F _T 20"),
            "list_and_return",
            "the return counts 20 persons, and the list names 3; the other of the two stands already (sent by somebody",
            id="a return where a list stands",
        ),
        pytest.param(
            returns("2026-10 RA cash F _T 40"),
            returns("2026-10 RA1 cash F _T 20"),
            "remainder_above",
            "Area RA (RA) counts 40 persons of no known place for 2026-10 (sent by somebody on 2026-11-21), and the"
            " areas below it come to 20",
            id="a village after its commune's persons of no known place",
        ),
        pytest.param(
            sheet("R", 40),
            sheet("R", 90),
            "other_sender",
            "was sent by somebody on 2026-11-21",
            id="an administrator's sheet of another sender",
        ),
        pytest.param(
            rows_of("week area_code kind text", "2026-W46 RA1 done met", "2026-W46 RA1 risk flood"),
            rows_of("week area_code kind text", "2026-W46 RA1 done met", "2026-W46 RA1 risk storm"),
            "other_lines",
            "has lines that this one lacks: risk: flood.",
            id="an item of a sheet that goes",
        ),
        pytest.param(
            rows_of(LIST, *(f"2026-10 RA1 cash 10000000{n} F 1980" for n in range(6))),
            rows_of(LIST, *(f"2026-10 RA cash 10000000{n} F 1980" for n in range(6))),
            "list_elsewhere",
            "6 of 6 persons of this list stand in the list of Area RA1 (RA1) for 2026-10 already",
            id="a list under another area once more",
        ),
        pytest.param(
            rows_of(TARGETS, "any RA _T 2029 target 0.4"),
            rows_of(TARGETS, "any RA _T 2030 target 40"),
            "share_above_one",
            "40 is 4000 %",
            id="a target in percent",
        ),
        pytest.param(
            rows_of(POPULATION, "2026 RA1 F _T 90 E x"),
            rows_of(POPULATION, "2027 RA1 F _T 91 E x"),
            "new_population_year",
            "3 areas have none in it: Area RA2 (RA2)",
            id="the first population of a year without some areas",
        ),
    ],
)
def test_what_would_go_is_named(send, first: bytes, second: bytes, reason: str, words: str) -> None:
    send(first)
    other = send(second, by="another" if reason == "other_sender" else SOMEBODY.name)
    assert reason in reasons(other)
    said = read(
        "SELECT message ->> 'en' FROM mart.problem WHERE receipt = :r AND rule = :rule", r=other, rule=reason
    )
    assert words in said.iloc[0, 0]


def test_what_is_written_on_the_page_replaces_what_it_shows(send) -> None:
    send(sheet("R", 40))
    written = send(sheet("R", 90), by="another", via="form")
    assert (state(written), reasons(written)) == ("loaded", set())


def test_an_old_copy_is_told_where_nothing_is_counted(send) -> None:
    for value in ("0.4", "0.5"):
        send(rows_of(TARGETS, f"any RA _T 2030 target {value}"))
    old = send(rows_of(TARGETS, "any RA _T 2030 target 0.40"))
    assert reasons(old) == {"older_copy"}


def test_a_first_sheet_for_an_earlier_week_is_asked_about(country, send) -> None:
    header = f"week area_code {' '.join(AXES)}"
    send(rows_of(header, "2026-W46 R 40 41 42 43 44"))
    earlier = send(rows_of(header, "2026-W45 R 30 31 32 33 34"))
    said = read(
        "SELECT rule, message ->> 'en' FROM mart.problem WHERE receipt = :r", r=earlier
    ).values.tolist()
    assert [rule for rule, _ in said] == ["out_of_turn"]
    assert "no sheet for 2026-W45 so far, and one for 2026-W46" in said[0][1]
    again = send(rows_of(header, "2026-W45 R 30 31 32 33 35"))
    assert "out_of_turn" not in set(read("SELECT rule FROM mart.problem WHERE receipt = :r", r=again)["rule"])
