"""Cambodia, made once for all the tests here."""

import pandas as pd
import pytest

from countries import gazetteer
from countries.country import CAMBODIA, Country, load
from countries.gazetteer import Gazetteer
from countries.population import population


@pytest.fixture(scope="session")
def cambodia() -> Country:
    return load(CAMBODIA)


@pytest.fixture(scope="session")
def places(cambodia) -> Gazetteer:
    return gazetteer.areas(cambodia)


@pytest.fixture(scope="session")
def people(cambodia, places) -> pd.DataFrame:
    return population(cambodia, places)
