"""One function, view or mart a file, made in an order that works."""

from __future__ import annotations

from pathlib import Path

import pytest

from sql import definitions
from sql.definitions import BadDefinition, Definition, definition, in_order


def made(name: str, *uses: str) -> Definition:
    return Definition(Path(f"{name}.sql"), name, "VIEW", "", frozenset(uses))


def test_each_file_makes_what_its_name_says_and_comes_after_what_it_uses() -> None:
    ordered = in_order(map(definition, definitions.paths()))
    position = {one.name: place for place, one in enumerate(ordered)}
    assert len(ordered) == len(definitions.paths()) > 100
    for one in ordered:
        assert all(position[used] < position[one.name] for used in one.uses & position.keys()), one.name


def test_marts_are_where_people_look_for_them() -> None:
    for one in map(definition, definitions.paths()):
        assert one.name.startswith("mart.") == ("marts" in one.path.parts), one.path


def test_a_comment_uses_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "shown.sql"
    file.write_text(
        "-- Beside core.hidden.\nCREATE VIEW core.shown AS SELECT * FROM core.table;  -- not core.other\n"
    )
    assert definition(file).uses == {"core.table"}


def test_a_file_of_another_name_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(definitions, "FOLDER", tmp_path)
    (tmp_path / "shown.sql").write_text("CREATE VIEW core.other AS SELECT 1")
    with pytest.raises(BadDefinition, match=r"shown\.sql makes core\.other"):
        definition(tmp_path / "shown.sql")
    (tmp_path / "empty.sql").write_text("SELECT 1")
    with pytest.raises(BadDefinition, match=r"empty\.sql makes no function"):
        definition(tmp_path / "empty.sql")


def test_a_circle_is_named() -> None:
    with pytest.raises(BadDefinition, match=r"circle: core\.\w → core\.\w → core\.\w"):
        in_order([made("core.a", "core.b"), made("core.b", "core.a")])


def test_the_same_twice_is_refused() -> None:
    with pytest.raises(BadDefinition, match=r"core\.a is made by"):
        in_order([made("core.a"), made("core.a")])


def test_functions_and_relations_begin_with_what_they_are() -> None:
    files = [
        path for path in definitions.paths() if "marts" not in path.parts
    ]  # a mart's meaning stands in its .yml
    assert [path.name for path in files if not path.read_text().startswith("-- ")] == []


def test_relations_state_their_grain() -> None:
    relations = sorted((definitions.FOLDER / "relations").rglob("*.sql"))
    assert relations
    assert [path.name for path in relations if "rain: " not in path.read_text().partition("CREATE")[0]] == []
