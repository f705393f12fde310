"""A state of a review costs one value of an SQL enum, and its text in each language."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from sala.translation import translator
from sql import warehouse


@pytest.mark.parametrize("enum", ["state", "act"])
def test_every_value_has_its_text_in_each_language(empty_warehouse: None, enum: str) -> None:
    with warehouse.transaction() as connection:
        values = connection.execute(
            text(f"SELECT unnest(enum_range(NULL::core.review_{enum}))::text")
        ).scalars()
        keys = {f"review.{enum}.{value}" for value in values}
    assert len(keys) > 1
    for language in ("en", "fr", "km"):
        catalogue = translator._catalogue(language)
        assert not [key for key in keys if not catalogue.get(key)], language


def test_no_table_states_it_otherwise(empty_warehouse: None) -> None:
    """Columns that hold a state or an act of a review have the enum as their type."""
    with warehouse.transaction() as connection:
        types = connection.execute(
            text(
                "SELECT table_name, column_name, udt_name FROM information_schema.columns"
                " WHERE table_schema = 'core' AND table_name IN ('compilation', 'review')"
                " AND column_name IN ('state', 'act') ORDER BY 1, 2"
            )
        ).all()
    assert [tuple(row) for row in types] == [
        ("compilation", "state", "review_state"),
        ("review", "act", "review_act"),
        ("review", "state", "review_state"),
    ]
