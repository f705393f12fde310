"""A country folder becomes one frozen, validated `Country`, or a list of what is wrong with it.

The folder holds `country.yaml`. Any section of it may stand in a file of its own (`schemes.yaml` holds what
`schemes:` would), and `indicators/` holds one file an indicator. `SALA_COUNTRY` names the folder in use.
"""

from functools import cache
from pathlib import Path

from countries import gazetteer, population
from countries.errors import CountryError, Fault
from countries.model import Country, Indicator, Layer, Scheme
from countries.raw_declarations import Draft
from countries.rules import hold
from sala.settings import settings

__all__ = ["Country", "CountryError", "Fault", "Indicator", "Layer", "Scheme", "check", "current", "load"]

CAMBODIA = Path(__file__).parent / "kh"


def load(folder: Path | str) -> Country:
    """Read a country folder. Raises `CountryError` with every fault of its declarations."""
    draft = Draft.read(Path(folder))
    hold(draft)
    if draft.faults:
        raise CountryError(draft.folder, draft.faults)
    return draft.country()


def check(folder: Path | str) -> list[Fault]:
    """Every fault of a country folder, of the tables of areas and people that it names as well."""
    draft = Draft.read(Path(folder))
    hold(draft)
    found = list(draft.faults)
    if draft.sound(*gazetteer.NEEDS):
        found += gazetteer.faults(draft.country())
    if not found:
        found += population.faults(draft.country())
    return sorted(set(found))


def current() -> Country:
    """The country in use: the folder that `SALA_COUNTRY` names, or Cambodia."""
    return _loaded(settings().country)


@cache
def _loaded(folder: Path) -> Country:
    return load(folder)
