"""Persons of lists are counted once, as the oracle counts them, however their lists come."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from sqlalchemy import text

from sala.errors import Conflict, Unavailable
from sql import warehouse
from tests.reference import persons as oracle
from tests.reference.persons import Line
from tests.reference.world import Indicator, Scheme, World
from tests.transforms.compilation.test_compiling import MONTH, play
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.person import SYSTEM
from transforms.intake import raw_store
from transforms.intake.keys import folder
from transforms.intake.receive import receive_waiting
from transforms.intake.rotate_key import rotate_key
from transforms.intake.submit import submit

WORLD = World(
    {"R": None, "R1": "R", "R2": "R", "R11": "R1", "R12": "R1", "R21": "R2", "R22": "R2"},
    (Scheme("a", 2), Scheme("b", 2), Scheme("c", 1)),
    (Indicator("i", ("a", "b", "c")),),
)
CUBE = (
    "SELECT area_code, sex, age_group, disability, schemes, persons FROM mart.overlap WHERE period = :period"
)
CONFLICTS = "SELECT area_code, about, persons FROM mart.person_conflict WHERE period = :period"
ADJUSTMENTS = """
    SELECT area_code, scheme, sum(persons) FROM mart.list_adjustment WHERE period = :period
    GROUP BY area_code, scheme HAVING sum(persons) <> 0
"""
PAIRS = """
    SELECT scheme, other_scheme, sum(persons) FROM mart.overlap_pair
    WHERE period = :period AND area_code = 'R' GROUP BY 1, 2
"""
KEYS = "SELECT DISTINCT encode(person, 'hex'), key_version FROM core.beneficiary_line"
NUMBERS = """
    SELECT at_least, sum(persons) FROM mart.overlap_number WHERE period = :period AND area_code = 'R' GROUP BY 1
"""


def some_lines(rng: Random) -> list[Line]:
    """Lists of forty persons; some live in several areas, and lists say different things of some."""
    lines = []
    for number in range(40):
        sex, born = rng.choice("FM"), rng.randint(1930, 2020)
        places = rng.choices(list(WORLD.parents), k=rng.choice([1, 1, 1, 2, 3]))
        for scheme in rng.sample("abc", rng.randint(1, 3)):
            for place in sorted(set(rng.choices(places, k=rng.choice([1, 1, 2])))):
                odd = rng.random() < 0.15
                lines.append(
                    Line(
                        place,
                        scheme,
                        f"{number:05}",
                        rng.choice("FMU") if odd else sex,
                        born + (rng.choice([0, 1, 30]) if odd and born < 1990 else 0),
                        rng.choice("YNUTTT"),
                    )
                )
    return lines


def as_list(lines: list[Line], period: str = MONTH) -> bytes:
    rows = [
        f"{period},{x.area},{x.scheme},{x.person},{x.sex},{x.born},{x.disability.replace('T', '')}\n"
        for x in lines
    ]
    return ("period,area_code,scheme,person_id,sex,birth_year,disability\n" + "".join(rows)).encode()


def rows(query: str, period: str = MONTH) -> list[tuple[object, ...]]:
    with warehouse.transaction() as connection:
        return [tuple(row) for row in connection.execute(text(query), {"period": period})]


def stored(period: str = MONTH) -> dict[tuple[str, oracle.Cell], int]:
    return {
        (area, (sex, age, disability.replace("_", ""), frozenset(schemes))): n  # type: ignore[misc, attr-defined]
        for area, sex, age, disability, schemes, n in rows(CUBE, period)
    }


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.usefixtures("empty_warehouse")
def test_persons_are_counted_once_however_their_lists_come(seed: int) -> None:
    rng = Random(seed)
    lines = some_lines(rng)
    returns = sorted({(line.area, line.scheme) for line in lines})
    rng.shuffle(returns)
    parts = [
        [line for key in returns[i::3] for line in lines if (line.area, line.scheme) == key] for i in range(3)
    ]
    superseded = [  # a first list of each, with one person in it who is not there in the end
        Line(area, scheme, "99999", "M", 1980) for area, scheme in returns[::3]
    ]
    play(WORLD, *(as_list(part) for part in (superseded, *parts) if part))

    known = oracle.persons(WORLD, lines, 2026)
    assert stored() == stored("2026") == oracle.cube(WORLD, known)
    assert {(a, about): n for a, about, n in rows(CONFLICTS)} == oracle.conflicts(WORLD, known)
    assert {(a, s): n for a, s, n in rows(ADJUSTMENTS)} == oracle.adjusted(WORLD, lines, known)
    pairs: Counter[tuple[str, str]] = Counter()
    numbers: Counter[int] = Counter()
    for person in known.values():
        pairs.update((a, b) for a in person.schemes for b in person.schemes if a < b)
        numbers.update(range(1, len(person.schemes) + 1))
    assert {(a, b): n for a, b, n in rows(PAIRS)} == pairs
    assert dict(rows(NUMBERS)) == numbers  # type: ignore[arg-type]


@pytest.mark.usefixtures("empty_warehouse")
def test_a_key_is_not_rotated_where_a_list_cannot_be_read_again() -> None:
    country = play(WORLD, as_list([Line("R11", "a", "0001", "F", 1950)]))
    known = rows(KEYS)
    file = raw_store.sealed(digest := bytes(rows("SELECT sha256 FROM ledger.submission")[0][0]))

    raw_store.end(digest)
    with pytest.raises(Conflict) as refusal:
        rotate_key(country)
    assert refusal.value.key == "key_file_ended"
    raw_store.put_back(digest, file)
    with warehouse.transaction() as connection:
        connection.execute(text("UPDATE core.beneficiary_line SET person = sha256('another')"))
    with pytest.raises(Conflict) as refusal:
        rotate_key(country)
    assert (refusal.value.key, refusal.value.params["lines"]) == ("key_file_differs", 1)
    assert [version for _, version in rows(KEYS)] == [1]
    with warehouse.transaction() as connection:
        connection.execute(
            text("UPDATE core.beneficiary_line SET person = decode(:first, 'hex')"), {"first": known[0][0]}
        )
    assert rotate_key(country).version == 2  # nothing was in its way but the list
    for left in folder().glob("pseudonym-2"):
        left.unlink()


@pytest.mark.usefixtures("empty_warehouse")
def test_a_new_key_leaves_persons_who_they_are_and_another_key_is_refused() -> None:
    lines = [Line("R11", "a", "0001", "F", 1950), Line("R21", "b", "0001", "F", 1950)]
    country = play(WORLD, as_list(lines[:1]))
    path = folder() / "pseudonym-1"
    first = path.read_bytes()
    known = rows(KEYS)

    rotated = rotate_key(country)
    assert (rotated.version, rotated.files, rotated.ended) == (2, 1, [])
    assert known[0][1] == 1
    assert [version for _, version in rows(KEYS)] == [2]
    assert rows(KEYS)[0][0] != known[0][0]
    submit(as_list(lines[1:]), "later.csv", by=SYSTEM, via="cli")
    receive_waiting(country)
    compile_and_publish(MONTH)
    assert dict(rows(NUMBERS)) == {1: 1, 2: 1}  # one person in two schemes

    second = folder() / "pseudonym-2"
    right = second.read_bytes()
    second.write_bytes(first)
    try:
        with pytest.raises(Unavailable, match="version 2 is not the one"):
            rotate_key(country)
        second.unlink()
        with pytest.raises(Unavailable, match="is missing"):
            rotate_key(country)
    finally:
        for left in folder().glob("pseudonym-*"):
            left.unlink()
        path.write_bytes(first)
    assert right != first
