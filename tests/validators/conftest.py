"""The country of the faulty files, and its today."""

from datetime import date
from pathlib import Path

import pytest

from countries.country import Country, load
from countries.gazetteer import areas
from validators.reference import Reference

CORPUS = Path(__file__).parent.parent / "corpus"
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def tamara() -> Country:
    return load(CORPUS / "country")


@pytest.fixture(scope="session")
def reference(tamara: Country) -> Reference:
    return Reference.of(tamara, areas(tamara).areas, TODAY)
