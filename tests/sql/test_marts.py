"""Every mart says what it is: in its file, in the database, in the dictionary."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from sql import dictionary, warehouse
from sql.dictionary import MARTS, NotDescribed, check, mart

COMMENTS = """
    SELECT c.relname AS mart, a.attname AS column, col_description(c.oid, a.attnum) AS comment
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    WHERE c.relnamespace = 'mart'::regnamespace
    UNION ALL
    SELECT relname, '', obj_description(oid, 'pg_class') FROM pg_class WHERE relnamespace = 'mart'::regnamespace
    UNION ALL
    SELECT proname, '', obj_description(oid, 'pg_proc') FROM pg_proc WHERE pronamespace = 'mart'::regnamespace
"""


def test_every_mart_and_column_has_its_comment_in_the_database(empty_warehouse: None) -> None:
    with warehouse.transaction() as connection:
        rows = connection.execute(text(COMMENTS)).all()
    assert [f"{row.mart}.{row.column}" for row in rows if not row.comment] == []
    assert {row.mart for row in rows} == {sql.stem for sql in MARTS.glob("*.sql")}
    comments = {(row.mart, row.column): row.comment for row in rows}
    assert comments["item", "holder_code"] == "The one area that holds it now"
    assert (
        comments["item", "area_code"] == "The area that raised it"
    )  # and not what the column means elsewhere
    assert comments["scheme_total", "sex"].startswith("F women")
    assert comments["as_known_at", ""].endswith("SELECT * FROM mart.as_known_at('2026-11-01')")


def test_every_description_belongs_to_a_mart_and_names_the_code_that_fills_it() -> None:
    descriptions = {file.stem for file in MARTS.glob("*.yml")} - {dictionary.SHARED.stem}
    assert descriptions == {sql.stem for sql in MARTS.glob("*.sql")}
    assert [
        described.name
        for described in dictionary.marts()
        if not (warehouse.FOLDER.parent / described.owner).is_dir()
    ] == []


def test_what_a_column_means_everywhere_is_used_somewhere() -> None:
    shared = dictionary._yaml(dictionary.SHARED)
    listed = {column for described in dictionary.marts() for column in described.columns}
    assert set(shared) <= listed


@pytest.fixture
def item(tmp_path: Path) -> Path:
    """A copy of one mart, to be spoilt."""
    for name in ("item.sql", "item.yml", "shared_columns.yml"):
        shutil.copy(MARTS / name, tmp_path / name)
    return tmp_path / "item.sql"


def test_a_column_without_a_meaning_is_named(item: Path) -> None:
    beside = item.with_suffix(".yml")
    beside.write_text(
        beside.read_text().replace("  holder_code: The one area that holds it now\n", "  holder_code:\n")
    )
    with pytest.raises(NotDescribed, match=r"sql/marts/item\.yml says nothing of its column holder_code"):
        mart(item)


def test_a_mart_without_a_grain_is_named(item: Path) -> None:
    beside = item.with_suffix(".yml")
    beside.write_text(beside.read_text().replace("grain: item\n", ""))
    with pytest.raises(NotDescribed, match=r"sql/marts/item\.yml: grain: Field required"):
        mart(item)


def test_a_mart_without_a_description_is_named(item: Path) -> None:
    item.with_suffix(".yml").unlink()
    with pytest.raises(NotDescribed, match=r"sql/marts/item\.sql has no item\.yml beside it"):
        mart(item)


def test_columns_described_and_columns_there_are_the_same() -> None:
    described = mart(MARTS / "layer.sql")
    columns = list(described.columns)
    check(described, columns)
    with pytest.raises(
        NotDescribed, match=r"sql/marts/layer\.yml does not describe the column colour of mart\.layer"
    ):
        check(described, [*columns, "colour"])
    with pytest.raises(
        NotDescribed, match=r"sql/marts/layer\.yml describes depth, which is no column of mart\.layer"
    ):
        check(described, [column for column in columns if column != "depth"])


def test_the_dictionary_has_every_mart_and_column() -> None:
    chapters = dictionary.markdown().split("\n## mart.")
    assert len(chapters) == len(dictionary.marts())
    for described, chapter in zip(dictionary.marts(), chapters, strict=True):
        assert described.meaning in chapter
        for column in described.columns:
            assert f"| `{column}` |" in chapter
