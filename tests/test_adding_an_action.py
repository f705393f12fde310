"""An action of a role costs two places: roles.yaml, and the function that asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from sqlalchemy import Connection, text

from countries.country import Country, check, load
from sala.errors import NotAllowed
from sala.runtime import embedded_postgres
from sql import warehouse
from tests.conftest import reset
from tests.transforms.identity.conftest import write
from transforms.country.load_country import load_country
from transforms.identity.accounts import add
from transforms.identity.person import Person, find

PASSWORD = "a long enough password"


def verify_list(connection: Connection, person: Person, area_code: str) -> bool:
    """A function that asks for the new action: in Python to say it in words, in SQL where it counts."""
    person.must("verify", area_code)
    allowed = "SELECT core.may('verify', area_id) FROM core.area WHERE code = :code"
    return bool(connection.execute(text(allowed), {"code": area_code}).scalar())


def with_action(folder: Path, role: str, action: object) -> Path:
    """The folder, with one more action of one role."""
    file = folder / "roles.yaml"
    roles = yaml.safe_load(file.read_text().replace("'yes'", "true"))
    next(each for each in roles if each["id"] == role)["actions"].append(action)
    roles = [{key: "yes" if value is True else value for key, value in each.items()} for each in roles]
    file.write_text(yaml.safe_dump(roles))
    return folder


def account(country: Country, name: str, role: str, area: str) -> Person:
    add(country, name, role, area, password=PASSWORD, must_change=False)
    with warehouse.transaction() as connection:
        number = connection.execute(text("SELECT person_id FROM ledger.person WHERE name = :n"), {"n": name})
        entry = find(number.scalar_one(), country)
    assert entry is not None
    return entry


def test_a_new_action_is_granted_and_asked_for(server: embedded_postgres.Server, tmp_path: Path) -> None:
    write(tmp_path / "country")
    folder = with_action(tmp_path / "country", "chair", {"verify": "check a list of persons by sample"})
    country = load(folder)
    reset()
    load_country(country)
    chair = account(country, "verifier", "chair", "P1")
    with warehouse.acting(chair.person_id) as connection:
        assert verify_list(connection, chair, "P1")
        with pytest.raises(NotAllowed):
            verify_list(connection, chair, "P2")
        elsewhere = "SELECT core.may('verify', area_id) FROM core.area WHERE code = 'P2'"
        assert not connection.execute(text(elsewhere)).scalar()
    other = account(country, "other", "officer", "C11")
    with warehouse.acting(other.person_id) as connection, pytest.raises(NotAllowed):
        verify_list(connection, other, "C11")
    with warehouse.transaction() as connection:  # Sala itself may do everything, the new action too
        assert connection.execute(text("SELECT 'verify' = ANY (actions) FROM core.current_grants()")).scalar()


def test_an_action_without_a_meaning_is_a_fault_of_the_folder(tmp_path: Path) -> None:
    write(tmp_path / "country")
    problems = check(with_action(tmp_path / "country", "chair", "verifi"))
    assert [str(problem) for problem in problems if "`verifi` is no action" in str(problem)]
